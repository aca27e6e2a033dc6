package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EigenSolverProperties {
  private static final double ULP = 0x1p-52;

  @Provide
  Arbitrary<double[]> spectra() {
    return Spectra.hostile(0, 40);
  }

  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  @Property
  void decompose_anySpectrum_reproducesTheMatrix(
      @ForAll("spectra") double[] values, @ForAll("seeds") long seed) {
    DenseMatrix matrix = SymmetricMatrices.withSpectrum(values, seed);
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    assertTrue(eigen.residual(matrix) <= Tolerances.RATIO, "residual " + eigen.residual(matrix));
    assertTrue(eigen.orthogonality() <= Tolerances.RATIO, "orthogonality " + eigen.orthogonality());
  }

  @Property
  void decompose_anySpectrum_findsItsValues(
      @ForAll("spectra") double[] values, @ForAll("seeds") long seed) {
    double[] found = SymmetricEigen.values(SymmetricMatrices.withSpectrum(values, seed));
    int n = values.length;
    // The matrix itself is off by the rounding of two products.
    assertArrayEquals(values, found, 4 * Tolerances.RATIO * Math.max(n, 1) * ULP);
  }

  @Property
  void decompose_timesPowerOfTwo_scalesExactly(
      @ForAll("spectra") double[] values,
      @ForAll("seeds") long seed,
      @ForAll @IntRange(min = -300, max = 300) int exponent) {
    DenseMatrix matrix = SymmetricMatrices.withSpectrum(values, seed);
    double scale = Math.scalb(1.0, exponent);
    Eigendecomposition plain = SymmetricEigen.decompose(matrix);
    Eigendecomposition scaled = SymmetricEigen.decompose(matrix.times(scale));
    // Thresholds against underflow are absolute, so tiny parts may be rounded differently.
    for (int j = 0; j < values.length; j++) {
      assertEquals(
          plain.value(j) * scale,
          scaled.value(j),
          Tolerances.RATIO * values.length * ULP * matrix.maxAbs() * scale);
    }
  }

  @Property
  void decompose_anyMatrix_conservesTraceAndNorm(
      @ForAll("spectra") double[] values, @ForAll("seeds") long seed) {
    DenseMatrix matrix = SymmetricMatrices.withSpectrum(values, seed);
    int n = values.length;
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += matrix.get(i, i);
    }
    double sum = 0;
    double squares = 0;
    for (double value : SymmetricEigen.values(matrix)) {
      sum += value;
      squares += value * value;
    }
    double tolerance = Tolerances.RATIO * n * n * ULP;
    assertEquals(trace, sum, tolerance);
    assertEquals(matrix.frobeniusNorm(), Math.sqrt(squares), tolerance);
  }

  @Property
  void values_leadingPrincipalSubmatrix_interlace(
      @ForAll("spectra") double[] values, @ForAll("seeds") long seed) {
    DenseMatrix matrix = SymmetricMatrices.withSpectrum(values, seed);
    int n = values.length;
    if (n < 2) {
      return;
    }
    double[] inner = new double[(n - 1) * (n - 1)];
    for (int j = 0; j < n - 1; j++) {
      System.arraycopy(matrix.columnMajor(), j * n, inner, j * (n - 1), n - 1);
    }
    double[] outerValues = SymmetricEigen.values(matrix);
    double[] innerValues = SymmetricEigen.values(DenseMatrix.wrap(n - 1, n - 1, inner));
    double slack = Tolerances.RATIO * n * ULP;
    for (int j = 0; j < n - 1; j++) {
      assertTrue(outerValues[j] <= innerValues[j] + slack);
      assertTrue(innerValues[j] <= outerValues[j + 1] + slack);
    }
  }
}
