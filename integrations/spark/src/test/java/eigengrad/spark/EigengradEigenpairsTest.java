package eigengrad.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestCluster.class)
class EigengradEigenpairsTest {

  /**
   * Orders 1 to 5 in runs of 7; every row whose number ends in 99 has NaN, or is null, or short.
   */
  private static double @Nullable [] matrix(long id, boolean bad) {
    int n = 1 + (int) (id / 7 % 5);
    SplittableRandom random = new SplittableRandom(id);
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i <= j; i++) {
        a[i + j * n] = random.nextDouble() - 0.5;
        a[j + i * n] = a[i + j * n];
      }
    }
    if (bad && id % 100 == 99) {
      switch ((int) (id / 100)) {
        case 0 -> a[0] = Double.NaN;
        case 1 -> {
          return null;
        }
        default -> {
          return new double[3];
        }
      }
    }
    return a;
  }

  private static Dataset<Row> matrices(SparkSession session, long rows, boolean bad) {
    return session
        .range(0, rows, 1, 3)
        .toDF()
        .withColumn(
            "matrix",
            udf(
                    (UDF1<Long, double @Nullable []>) id -> matrix(id, bad),
                    DataTypes.createArrayType(DataTypes.DoubleType, false))
                .apply(col("id")))
        .withColumn("tag", col("id").cast("string"));
  }

  private static double[] doubles(Row row, int column) {
    List<Double> list = row.getList(column);
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void transform_ordersInTurns_solvesEachRow(SparkSession session, @TempDir Path folder)
      throws Exception {
    new EigengradEigenpairs().setValuesCol("w").write().save(folder.resolve("stage").toString());
    EigengradEigenpairs stage = EigengradEigenpairs.load(folder.resolve("stage").toString());
    Dataset<Row> solved = stage.transform(matrices(session, 300, false));
    assertEquals(List.of("id", "matrix", "tag", "w", "eigenvectors"), List.of(solved.columns()));
    assertEquals(stage.transformSchema(solved.drop("w", "eigenvectors").schema()), solved.schema());
    List<Row> rows = solved.collectAsList();
    assertEquals(300, rows.size());
    for (int id = 0; id < 300; id++) {
      Row row = rows.get(id);
      assertEquals(id, row.getLong(0));
      assertEquals(String.valueOf(id), row.getString(2));
      double[] a = Objects.requireNonNull(matrix(id, false));
      assertArrayEquals(a, doubles(row, 1));
      int n = 1 + id / 7 % 5;
      Eigendecomposition truth = SymmetricEigen.decompose(DenseMatrix.of(n, n, a));
      assertArrayEquals(truth.values(), doubles(row, 3), 1e-14);
      assertArrayEquals(truth.vectors().toArray(), doubles(row, 4), 1e-11);
    }
  }

  @Test
  void transform_badRows_handledAsToldOrNamed(SparkSession session) {
    Dataset<Row> data = matrices(session, 300, true);
    List<Row> kept =
        new EigengradEigenpairs().setHandleInvalid("keep").transform(data).collectAsList();
    assertEquals(300, kept.size());
    for (Row row : kept) {
      boolean bad = row.getLong(0) % 100 == 99;
      assertEquals(bad, row.isNullAt(3), row::toString);
      assertEquals(bad, row.isNullAt(4), row::toString);
    }
    Dataset<Row> skipped = new EigengradEigenpairs().setHandleInvalid("skip").transform(data);
    assertEquals(297, skipped.count());
    assertFalse(skipped.collectAsList().stream().anyMatch(row -> row.getLong(0) % 100 == 99));

    SparkException e =
        assertThrows(
            SparkException.class,
            () -> new EigengradEigenpairs().transform(data.filter("id != 199")).collectAsList());
    String message = String.valueOf(e.getMessage()) + e.getCause();
    assertTrue(message.contains("column 'matrix', partition "), message);
    assertTrue(message.contains(", row 99: "), message);
    assertTrue(message.contains("set handleInvalid to skip or keep"), message);
  }

  @Test
  void transform_floats_symmetricToTheirPrecision(SparkSession session) {
    Dataset<Row> floats =
        session.sql("select array(float(2), float(1), float(1.0000001), float(2)) as matrix");
    Row row = new EigengradEigenpairs().transform(floats).head();
    assertArrayEquals(new double[] {1, 3}, doubles(row, 1), 1e-6);
    SparkException e =
        assertThrows(
            SparkException.class,
            () ->
                new EigengradEigenpairs()
                    .transform(floats.selectExpr("cast(matrix as array<double>) as matrix"))
                    .head());
    assertTrue((e.getMessage() + e.getCause()).contains("symmetric"), e::getMessage);
  }

  @Test
  void transformSchema_wrongColumns_refusedInWords(SparkSession session) {
    EigengradEigenpairs stage = new EigengradEigenpairs();
    assertRefused(
        stage,
        session.range(1).toDF("matrix"),
        "column 'matrix' must hold arrays of numbers, got bigint");
    assertRefused(
        stage.copy(stage.extractParamMap()).setVectorsCol("eigenvalues"),
        session.sql("select array(1) as matrix"),
        "there is a column 'eigenvalues' already: set the output to another name");
  }

  private static void assertRefused(EigengradEigenpairs stage, Dataset<Row> data, String message) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> stage.transform(data));
    assertEquals(message, e.getMessage());
  }
}
