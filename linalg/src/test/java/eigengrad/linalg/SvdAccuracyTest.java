package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every matrix, every way, within the ratios. */
class SvdAccuracyTest {
  private static final double LIMIT = RectangularMatrices.RATIO_LIMIT;
  private static final SvdSolver THIN = new SvdSolver();
  private static final SvdSolver FULL = new SvdSolver(SvdOptions.DEFAULT.withShape(SvdShape.FULL));

  @ParameterizedTest
  @CsvSource({
    "1, 1", "2, 2", "3, 2", "1, 7", "9, 1", "7, 8", "8, 8", "9, 9", "17, 16", "16, 31", "33, 33",
    "40, 27", "70, 17", "41, 64", "65, 65", "24, 150"
  })
  void decompose_hostileMatrices_areWithinTheRatios(int m, int n) {
    RectangularMatrices.all(m, n, 100 * m + n).forEach(SvdAccuracyTest::check);
  }

  /** More than one chunk of a product, and columns that are not a multiple of anything. */
  @Test
  void decompose_largerMatrices_areWithinTheRatios() {
    check("square", RectangularMatrices.uniform(301, 301, 1));
    check("high", RectangularMatrices.uniform(700, 150, 2));
    DenseMatrix noise = RectangularMatrices.uniform(600, 40, 4);
    check(
        "nearly equal columns",
        RectangularMatrices.ofElements(600, 40, (i, j) -> 1 + noise.get(i, j) / 100));
    check("clusters", RectangularMatrices.named("two clusters", 150, 140, 3));
  }

  private static void check(String name, DenseMatrix matrix) {
    int m = matrix.rows();
    int n = matrix.columns();
    String message = name + " " + m + "×" + n;
    SingularValueDecomposition thin = THIN.decompose(matrix);
    requireAccurate(message, matrix, thin);
    SingularValueDecomposition full = FULL.decompose(matrix);
    assertEquals(m, full.leftVectors().columns(), message);
    assertEquals(n, full.rightVectors().columns(), message);
    requireAccurate(message + " full", matrix, full);
    double[] alone = THIN.values(matrix);
    int count = (Math.min(m, n) + 1) / 2;
    SingularValueDecomposition largest = THIN.decompose(matrix, count);
    assertTrue(largest.leftOrthogonality() <= LIMIT, message + " largest");
    assertTrue(largest.rightOrthogonality() <= LIMIT, message + " largest");
    double allowed = LIMIT * Math.max(m, n) * SpectralAccuracy.ULP * thin.value(0);
    for (int j = 0; j < alone.length; j++) {
      assertEquals(thin.value(j), alone[j], allowed, message + " value " + j);
      if (j < count) {
        assertEquals(thin.value(j), largest.value(j), allowed, message + " largest " + j);
      }
    }
    requireTriplets(message, matrix, largest, allowed);
  }

  private static void requireAccurate(
      String message, DenseMatrix matrix, SingularValueDecomposition svd) {
    assertTrue(svd.residual(matrix) <= LIMIT, () -> message + " residual " + svd.residual(matrix));
    assertTrue(svd.leftOrthogonality() <= LIMIT, message + " left");
    assertTrue(svd.rightOrthogonality() <= LIMIT, message + " right");
    for (int j = 0; j < svd.size(); j++) {
      assertTrue(svd.value(j) >= 0 && (j == 0 || svd.value(j) <= svd.value(j - 1)), message);
    }
  }

  /** ‖Av − σu‖ for each triplet of a part. */
  private static void requireTriplets(
      String message, DenseMatrix matrix, SingularValueDecomposition svd, double allowed) {
    int exponent = matrix.maxAbs() > 1 ? -Math.getExponent(matrix.maxAbs()) : 0;
    Scaling scaling = new Scaling(exponent);
    DenseMatrix scaled = scaling.apply(matrix);
    for (int j = 0; j < svd.size(); j++) {
      double square = 0;
      for (int i = 0; i < matrix.rows(); i++) {
        double sum = -scaling.applied(svd.value(j)) * svd.leftVectors().get(i, j);
        for (int l = 0; l < matrix.columns(); l++) {
          sum += scaled.get(i, l) * svd.rightVectors().get(l, j);
        }
        square += sum * sum;
      }
      assertTrue(Math.sqrt(square) <= scaling.applied(allowed) + Double.MIN_NORMAL, message);
    }
  }

  /** The test has teeth: an error of a thousand roundings is found. */
  @Test
  void check_valueOrVectorThatIsOff_isRejected() {
    DenseMatrix matrix = RectangularMatrices.uniform(9, 7, 1);
    SingularValueDecomposition svd = Svd.decompose(matrix);
    double[] values = svd.values();
    values[0] *= 1 + 1e-12;
    double[] left = svd.leftVectors().toArray();
    left[3] += 1e-12;
    assertThrows(
        AssertionError.class,
        () ->
            requireAccurate(
                "value",
                matrix,
                SingularValueDecomposition.of(values, svd.leftVectors(), svd.rightVectors())));
    assertThrows(
        AssertionError.class,
        () ->
            requireAccurate(
                "vector",
                matrix,
                SingularValueDecomposition.of(
                    svd.values(), DenseMatrix.of(9, 7, left), svd.rightVectors())));
  }
}
