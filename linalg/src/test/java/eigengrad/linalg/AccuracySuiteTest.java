package eigengrad.linalg;

import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every hostile family, at leaves that divide everything and at the default ones. */
class AccuracySuiteTest {
  private static final EigenOptions SMALL_LEAVES = new EigenOptions(1e-10, 30, 4);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 20, 33, 67, 130})
  void decompose_denseFamilies_areAccurate(int n) {
    HostileMatrices.all(n).forEach(AccuracySuiteTest::requireAccurate);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 21, 40, 101, 200})
  void decompose_tridiagonalFamilies_areAccurate(int n) {
    HostileTridiagonals.all(n).forEach(AccuracySuiteTest::requireAccurate);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 20})
  void decompose_gluedWilkinsonMatrices_areAccurate(int copies) {
    HostileTridiagonals.glued(copies).forEach(AccuracySuiteTest::requireAccurate);
  }

  private static void requireAccurate(String family, HostileTridiagonals.Tridiagonal t) {
    DenseMatrix dense = t.dense();
    Eigendecomposition eigen = TridiagonalEigen.decompose(t.d(), t.e());
    requireRatios(family + ", tridiagonal", dense, eigen);
    requireSameValues(family, eigen.values(), TridiagonalEigen.values(t.d(), t.e()));
    requireAccurate(family, dense);
  }

  private static void requireAccurate(String family, DenseMatrix matrix) {
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    requireRatios(family, matrix, eigen);
    requireRatios(
        family + ", small leaves", matrix, SymmetricEigen.decompose(matrix, SMALL_LEAVES));
    requireSameValues(family, eigen.values(), SymmetricEigen.values(matrix));
  }

  private static void requireRatios(String family, DenseMatrix matrix, Eigendecomposition eigen) {
    double residual = eigen.residual(matrix);
    double orthogonality = eigen.orthogonality();
    String where = family + ", n = " + matrix.rows();
    assertTrue(residual <= RATIO_LIMIT, () -> where + ": residual ratio " + residual);
    assertTrue(
        orthogonality <= RATIO_LIMIT, () -> where + ": orthogonality ratio " + orthogonality);
  }

  /** LAPACK's third ratio: values with vectors against values alone. */
  private static void requireSameValues(String family, double[] values, double[] alone) {
    double largest = DoubleStream.of(values).map(Math::abs).max().orElse(0);
    for (int j = 0; j < values.length; j++) {
      double difference = Math.abs(values[j] - alone[j]);
      assertTrue(
          difference <= RATIO_LIMIT * largest * SpectralAccuracy.ULP,
          () -> family + ", n = " + values.length + ": values differ by " + difference);
    }
  }
}
