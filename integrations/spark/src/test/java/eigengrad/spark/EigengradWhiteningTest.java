package eigengrad.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestCluster.class)
class EigengradWhiteningTest {
  private static EigengradWhitening whitening(String kind) {
    return new EigengradWhitening().setOutputCol("white").setKind(kind);
  }

  private static CovarianceAccumulator of(Dataset<Row> data, String column) {
    CovarianceAccumulator rows = new CovarianceAccumulator(3);
    for (double[] row : TestRows.collected(data, column)) {
      rows.add(row);
    }
    return rows;
  }

  /** Each kind has its own property and none of the others. */
  @ParameterizedTest
  @ValueSource(strings = {"zca", "pca", "cholesky", "zca-cor", "pca-cor"})
  void transform_anyKind_whitensInItsOwnWay(String kind, SparkSession session) {
    Dataset<Row> data = TestRows.of(session, 300, 2, id -> TestRows.correlated(id, 3, 7));
    EigengradWhiteningModel model = whitening(kind).fit(data);
    CovarianceAccumulator white = of(model.transform(data), "white");
    assertArrayEquals(DenseMatrix.identity(3).toArray(), white.sampleCovariance().toArray(), 1e-12);
    assertArrayEquals(new double[3], white.mean(), 1e-12);

    DenseMatrix covariance = of(data, "features").sampleCovariance();
    DenseMatrix cross = DenseMatrix.of(3, 3, model.whitening().toArray()).times(covariance);
    for (String other : WhiteningNames.all()) {
      double violation = violation(other, cross, covariance);
      assertEquals(other.equals(kind), violation < 1e-12, other + " is violated by " + violation);
    }
  }

  /**
   * Kessy, Lewin and Strimmer: the cross-covariance WΣ of what comes out with what goes in is
   * symmetric, for ZCA; its rows are orthogonal, for PCA; or the cross-correlation is or has. For
   * Cholesky, it is lower triangular.
   */
  private static double violation(String kind, DenseMatrix cross, DenseMatrix covariance) {
    DenseMatrix phi = cross;
    if (kind.endsWith("-cor")) {
      double[] scale = new double[3];
      Arrays.setAll(scale, i -> 1 / Math.sqrt(covariance.get(i, i)));
      phi = cross.times(DenseMatrix.diagonal(scale));
    }
    if (kind.equals("cholesky")) {
      return Math.max(
          Math.abs(cross.get(0, 1)), Math.max(Math.abs(cross.get(0, 2)), Math.abs(cross.get(1, 2))));
    }
    if (kind.startsWith("zca")) {
      return phi.minus(phi.transpose()).maxAbs();
    }
    DenseMatrix gram = phi.times(phi.transpose());
    return Math.max(
        Math.abs(gram.get(1, 0)), Math.max(Math.abs(gram.get(2, 0)), Math.abs(gram.get(2, 1))));
  }

  @Test
  void fit_singularCovariance_needsEpsilon(SparkSession session) {
    Dataset<Row> plane = TestRows.of(session, 50, 2, EigengradWhiteningTest::inPlane);
    Exception e = assertThrows(IllegalArgumentException.class, () -> whitening("zca").fit(plane));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("the covariance has rank 2 of 3"), message);
    assertTrue(message.contains("make epsilon greater than"), message);
    double[][] white =
        TestRows.collected(whitening("zca").setEpsilon(1e-3).fit(plane).transform(plane), "white");
    assertTrue(Arrays.stream(white).flatMapToDouble(Arrays::stream).allMatch(x -> x * x < 100));
  }

  private static Vector inPlane(long id) {
    double x = id;
    return Vectors.dense(x, x * x, 2 * x + x * x);
  }

  @Test
  void fit_constantElement_hasNoCorrelations(SparkSession session) {
    Dataset<Row> constant =
        TestRows.of(session, 50, 2, id -> Vectors.dense((double) id, 5, (double) id * id));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> whitening("pca-cor").fit(constant));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("feature 1 is constant and has no correlations"), message);
    double[][] white =
        TestRows.collected(
            whitening("pca").setEpsilon(1e-3).fit(constant).transform(constant), "white");
    assertEquals(0, white[7][2], 1e-12);
  }

  @Test
  void load_model_transformsTheSame(SparkSession session, @TempDir Path folder) throws Exception {
    Dataset<Row> data = TestRows.of(session, 300, 2, id -> TestRows.correlated(id, 3, 7));
    whitening("zca-cor").setEpsilon(0.25).write().save(folder.resolve("estimator").toString());
    EigengradWhitening estimator = EigengradWhitening.load(folder.resolve("estimator").toString());
    assertEquals("zca-cor", estimator.getKind());
    assertEquals(0.25, estimator.getEpsilon());
    EigengradWhiteningModel model = estimator.fit(data);
    model.write().save(folder.resolve("model").toString());
    assertArrayEquals(
        TestRows.collected(model.transform(data), "white"),
        TestRows.collected(
            EigengradWhiteningModel.load(folder.resolve("model").toString()).transform(data),
            "white"));
  }
}
