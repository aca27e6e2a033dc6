package eigengrad.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestCluster.class)
class EigengradPcaTest {
  private static final PCA SPARKS =
      new PCA().setInputCol("features").setOutputCol("projected").setK(2);
  private static final EigengradPca OURS = new EigengradPca().setOutputCol("projected").setK(2);

  private static Dataset<Row> correlated(SparkSession session, double offset) {
    return TestRows.of(session, 300, 4, id -> TestRows.correlated(id, 3, offset));
  }

  @Test
  void fit_rows_agreesWithSparksOwn(SparkSession session) {
    Dataset<Row> data = correlated(session, 0).cache();
    PCAModel theirs = SPARKS.fit(data);
    EigengradPcaModel ours = OURS.fit(data);
    assertArrayEquals(
        theirs.explainedVariance().toArray(), ours.explainedVariance().toArray(), 1e-13);
    double[][] expected = TestRows.collected(theirs.transform(data), "projected");
    double[][] actual = TestRows.collected(ours.transform(data), "projected");
    for (int j = 0; j < 2; j++) {
      double sign = Math.signum(theirs.pc().apply(2, j) * ours.pc().apply(2, j));
      for (int i = 0; i < 3; i++) {
        assertEquals(sign * theirs.pc().apply(i, j), ours.pc().apply(i, j), 1e-13);
      }
      for (int s = 0; s < expected.length; s++) {
        assertEquals(sign * expected[s][j], actual[s][j], 1e-12);
      }
    }
    data.unpersist();
  }

  /** Of vectors that are half zeros Spark computes E[xxᵀ] − E[x]E[x]ᵀ. */
  @Test
  void fit_sparseOfMean1e8_keepsTheDigitsThatSparkLoses(SparkSession session) {
    double[] truth = OURS.fit(sparse(session, 0)).explainedVariance().toArray();
    Dataset<Row> offset = sparse(session, 1e8);
    assertArrayEquals(truth, OURS.fit(offset).explainedVariance().toArray(), 1e-8);
    double theirError = SPARKS.fit(offset).explainedVariance().apply(0) - truth[0];
    assertTrue(Math.abs(theirError) > 1e-3, () -> "Spark's error is " + theirError);
  }

  private static Dataset<Row> sparse(SparkSession session, double offset) {
    return TestRows.of(
        session,
        300,
        4,
        id -> Vectors.sparse(8, new int[] {1, 4, 6}, TestRows.correlated(id, 3, offset).toArray()));
  }

  @Test
  void fit_executorDiesInTheMiddle_sameBits(SparkSession session, @TempDir Path once) {
    String marker = once.resolve("died").toString();
    Dataset<Row> mortal =
        TestRows.of(
            session,
            300,
            4,
            id -> {
              if (id == 200 && createdFirst(marker)) {
                Runtime.getRuntime().halt(137);
              }
              return TestRows.correlated(id, 3, 0);
            });
    EigengradPcaModel disturbed = OURS.copy(OURS.extractParamMap()).fit(mortal);
    assertTrue(Files.exists(Path.of(marker)), "no executor has died");
    EigengradPcaModel undisturbed = OURS.fit(correlated(session, 0));
    assertArrayEquals(undisturbed.pc().toArray(), disturbed.pc().toArray());
    assertArrayEquals(undisturbed.variances().toArray(), disturbed.variances().toArray());
    assertArrayEquals(undisturbed.mean().toArray(), disturbed.mean().toArray());
  }

  private static boolean createdFirst(String path) {
    if (SparkEnv.get().executorId().equals("driver")) {
      throw new AssertionError("the driver must not die");
    }
    try {
      Files.createFile(Path.of(path));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The rows are 600 MB, an executor has 512. */
  @Test
  void fit_partitionLargerThanMemory_streamsThrough(SparkSession session) {
    int dimension = 128;
    long rows = 600_000;
    Dataset<Row> data =
        TestRows.of(
            session,
            rows,
            1,
            id -> {
              double[] x = new double[dimension];
              x[(int) (id % dimension)] = id % dimension;
              return Vectors.dense(x);
            });
    EigengradPcaModel model = OURS.fit(data);
    // Element j is j in one row of 128 and 0 else.
    assertEquals(127.0 / 128, model.mean().apply(127), 1e-2);
    assertEquals(127.0 * 127 / 128, model.variances().apply(0), 2);
  }

  @Test
  void fit_twoRowsInFivePartitionsOfOneElement_isTheirVariance(SparkSession session) {
    Dataset<Row> data = TestRows.of(session, 2, 5, id -> Vectors.dense(new double[] {3 + 2 * id}));
    EigengradPcaModel model = new EigengradPca().setK(1).fit(data);
    assertArrayEquals(new double[] {4}, model.mean().toArray());
    assertArrayEquals(new double[] {2}, model.variances().toArray(), 1e-15);
    assertArrayEquals(new double[] {1}, model.pc().toArray());
  }

  @Test
  void fit_leading_findsWhatTheCovarianceHas(SparkSession session) {
    Dataset<Row> data =
        TestRows.of(
            session,
            300,
            3,
            id ->
                id % 2 == 0
                    ? TestRows.correlated(id, 120, 10)
                    : TestRows.correlated(id, 120, 10).toSparse());
    EigengradPca pca = new EigengradPca().setK(3);
    EigengradPcaModel narrow = pca.setSolver("covariance").fit(data);
    EigengradPcaModel wide = pca.setSolver("leading").fit(data);
    assertArrayEquals(narrow.variances().toArray(), wide.variances().toArray(), 1e-9);
    assertArrayEquals(narrow.pc().toArray(), wide.pc().toArray(), 1e-6);
    assertEquals(narrow.totalVariance(), wide.totalVariance(), 1e-6);
    Exception e =
        assertThrows(ArithmeticException.class, () -> pca.setTol(0).setMaxIter(1).fit(data));
    assertTrue(String.valueOf(e.getMessage()).endsWith("raise maxIter or tol"), e::getMessage);
  }

  @Test
  void fit_arraysOfFloats_asVectors(SparkSession session) {
    Dataset<Row> vectors = correlated(session, 0);
    Dataset<Row> arrays =
        vectors.withColumn(
            "features", functions.vector_to_array(col("features"), "float64").cast("array<float>"));
    EigengradPcaModel model = OURS.fit(arrays);
    assertArrayEquals(OURS.fit(vectors).pc().toArray(), model.pc().toArray(), 1e-6);
    assertEquals(300, model.transform(arrays).select("projected").collectAsList().size());
  }

  @Test
  void load_pipeline_transformsTheSame(SparkSession session, @TempDir Path folder)
      throws Exception {
    Dataset<Row> data = correlated(session, 5);
    EigengradPca pca = new EigengradPca("pca").setOutputCol("projected").setK(2).setWithMean(true);
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {pca});
    pipeline.write().save(folder.resolve("pipeline").toString());
    PipelineModel fitted = Pipeline.load(folder.resolve("pipeline").toString()).fit(data);
    fitted.write().save(folder.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(folder.resolve("model").toString());
    double[][] expected = TestRows.collected(fitted.transform(data), "projected");
    assertArrayEquals(expected, TestRows.collected(loaded.transform(data), "projected"));
    EigengradPcaModel model = (EigengradPcaModel) loaded.stages()[0];
    assertEquals("pca", model.uid());
    double centre = 0;
    for (double[] row : expected) {
      centre += row[0];
    }
    assertEquals(0, centre / expected.length, 1e-12, "withMean is lost");
  }

  @Test
  void fit_badRow_isNamedByPartitionAndPosition(SparkSession session) {
    assertRefused(
        session,
        x -> Vectors.dense(x.apply(0), Double.NaN, 1),
        "column 'features', row 25 of partition 2: sample must be finite, got NaN at index 1");
    assertRefused(
        session,
        x -> Vectors.dense(1, 2),
        "column 'features', row 25 of partition 2: sample must have 3 elements, got 2");
    assertRefused(
        session, x -> null, "column 'features', row 25 of partition 2: null is not a vector");
  }

  private static void assertRefused(SparkSession session, Spoiler spoiler, String message) {
    Dataset<Row> data =
        TestRows.of(
            session,
            300,
            4,
            id -> {
              Vector row = TestRows.correlated(id, 3, 0);
              return id == 175 || id == 250 ? spoiler.spoilt(row) : row;
            });
    Exception e = assertThrows(IllegalArgumentException.class, () -> OURS.fit(data));
    assertEquals(message, e.getMessage());
  }

  /** Makes a bad row of a good one. */
  private interface Spoiler extends Serializable {
    @Nullable Vector spoilt(Vector row);
  }

  @Test
  void fit_fewRowsOrWrongColumns_refusedInWords(SparkSession session) {
    Dataset<Row> one = TestRows.of(session, 1, 2, id -> Vectors.dense(1, 2, 3));
    assertRefused(OURS, one, "a covariance needs at least 2 rows, column 'features' has 1");
    assertRefused(OURS, one.filter("id > 5"), "column 'features' has no rows");
    assertRefused(
        OURS.copy(OURS.extractParamMap()).setK(4),
        one,
        "k must be ≤ 3, the length of the vectors of column 'features', got 4");
    assertRefused(
        OURS.copy(OURS.extractParamMap()).setInputCol("x"),
        one,
        "there is no column 'x': set inputCol to one of [id, features]");
    assertRefused(
        OURS.copy(OURS.extractParamMap()).setInputCol("id"),
        one,
        "column 'id' must hold vectors or arrays of numbers, got bigint");
    assertRefused(
        OURS,
        one.withColumn("projected", lit(1)),
        "there is a column 'projected' already: set the output to another name");
  }

  private static void assertRefused(EigengradPca pca, Dataset<Row> data, String message) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> pca.fit(data));
    assertEquals(message, e.getMessage());
  }
}
