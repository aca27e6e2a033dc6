package eigengrad.linalg;

import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;
import static eigengrad.linalg.TestMatrices.uniform;
import static eigengrad.linalg.TestMatrices.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {

  static IntStream sizes() {
    return IntStream.concat(
        IntStream.rangeClosed(0, 40),
        IntStream.of(47, 48, 49, 63, 64, 65, 100, 127, 129, 200, 257));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void decompose_randomMatrixOfEverySize_isAccurate(int n) {
    requireAccurate(uniform(n, n));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 20, 33, 70})
  void decompose_hostileSpectrum_isAccurate(int n) {
    double cond = 0x1p52;
    requireAccurate(withSpectrum(spectrum(n, i -> i == 0 ? 1 : 1 / cond), n));
    requireAccurate(withSpectrum(spectrum(n, i -> i == n - 1 ? 1 / cond : 1), n));
    requireAccurate(withSpectrum(spectrum(n, i -> Math.pow(cond, -i / (n - 1.0))), n));
    requireAccurate(withSpectrum(spectrum(n, i -> 1 - i / (n - 1.0) * (1 - 1 / cond)), n));
    requireAccurate(withSpectrum(spectrum(n, i -> i % 2 == 0 ? 1 : -1), n));
    requireAccurate(withSpectrum(spectrum(n, i -> i * 0x1p-52), n));
    requireAccurate(withSpectrum(spectrum(n, i -> 1 + i * 0x1p-26), n));
    requireAccurate(withSpectrum(spectrum(n, i -> i < 2 ? 3 : 0), n));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p500, 0x1p-500, 0x1p1020, 0x1p-1020, 0x1p-1060})
  void decompose_scaledByPowerOfTwo_scalesItsValues(double scale) {
    DenseMatrix matrix = uniform(21, 5).times(0.5);
    DenseMatrix scaled = matrix.times(scale);
    if (scale > 0x1p-1021) {
      requireAccurate(scaled);
    }
    double[] values = SymmetricEigen.values(matrix);
    double[] scaledValues = SymmetricEigen.values(scaled);
    // Subnormal elements were rounded by the scaling itself.
    double tolerance = scale < 0x1p-900 ? 64 * Math.max(Double.MIN_VALUE, scale * 0x1p-50) : 0;
    for (int i = 0; i < values.length; i++) {
      double expected = values[i] * scale;
      assertEquals(
          expected, scaledValues[i], Math.max(tolerance, Math.scalb(scale, -47)), "value " + i);
    }
  }

  @Test
  void decompose_subnormalMatrix_hasVectorsOfItsScaledCopy() {
    DenseMatrix subnormal = uniform(21, 5).times(0x1p-1050);
    DenseMatrix scaled = subnormal.times(0x1p1000).times(0x1p50);
    DenseMatrix vectors = SymmetricEigen.decompose(subnormal).vectors();
    double[] values = SymmetricEigen.decompose(scaled).values();
    assertTrue(subnormal.maxAbs() < Double.MIN_NORMAL);
    assertTrue(SpectralAccuracy.residual(scaled, values, vectors) <= RATIO_LIMIT);
    assertTrue(SpectralAccuracy.orthogonality(vectors) <= RATIO_LIMIT);
  }

  @Test
  void decompose_matricesOfOneKind_areAccurate() {
    int n = 37;
    requireAccurate(DenseMatrix.wrap(n, n, new double[n * n]));
    requireAccurate(DenseMatrix.identity(n));
    requireAccurate(DenseMatrix.identity(n).times(-3));
    requireAccurate(DenseMatrix.diagonal(spectrum(n, i -> Math.sin(i))));
    requireAccurate(DenseMatrix.diagonal(spectrum(n, i -> i == 20 ? 1e300 : 1e-300)));
    double[] ones = new double[n * n];
    Arrays.fill(ones, 1);
    requireAccurate(DenseMatrix.wrap(n, n, ones));
    double[] hilbert = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      hilbert[i] = 1.0 / (1 + i % n + i / n);
    }
    requireAccurate(DenseMatrix.wrap(n, n, hilbert));
    double[] antidiagonal = new double[n * n];
    for (int i = 0; i < n; i++) {
      antidiagonal[i + (n - 1 - i) * n] = 1;
    }
    requireAccurate(DenseMatrix.wrap(n, n, antidiagonal));
  }

  @Test
  void decompose_elementsOfVeryDifferentSize_isAccurate() {
    int n = 12;
    double[] a = uniform(n, 3).toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        a[i + j * n] *= Math.pow(2, -90.0 * (Math.max(i, j)));
      }
    }
    requireAccurate(DenseMatrix.wrap(n, n, a));
  }

  /**
   * Found by review: elements that underflow when squared made QL stall, or rotate by
   * non-rotations.
   */
  @Test
  void decompose_zeroDiagonalsAndElementsNearUnderflow_isAccurate() {
    for (double tiny : new double[] {1e-250, 1e-160, 1e-300, 1e-308}) {
      for (double unit : new double[] {1, 1e3}) {
        requireAccurate(
            DenseMatrix.of(
                4, 4, 0, unit, unit, 0, unit, 0, 0, tiny, unit, 0, 0, tiny, 0, tiny, tiny, tiny));
      }
    }
  }

  @Test
  void decompose_gradedCovariances_haveOrthogonalVectors() {
    RandomGenerator random = TestMatrices.random(31);
    for (int trial = 0; trial < 2000; trial++) {
      int n = 3 + trial % 6;
      double[] factor = new double[n * n];
      for (int j = 0; j < n; j++) {
        double scale = Math.pow(10, -160 * random.nextDouble());
        for (int i = 0; i < n; i++) {
          factor[j + i * n] = scale * random.nextGaussian();
        }
      }
      DenseMatrix rows = DenseMatrix.wrap(n, n, factor);
      requireAccurate(rows.times(rows.transpose()).symmetricPart());
    }
  }

  /** The squares of a column's norm are near the least that counts, and far from that of others. */
  @Test
  void decompose_trailingMatricesAroundTheLeastThatCounts_isAccurate() {
    for (int exponent = -256; exponent <= -244; exponent++) {
      double tiny = Math.scalb(1.0, exponent);
      for (int n : new int[] {8, 33, 70}) {
        for (int large : new int[] {1, 5}) {
          double[] a = uniform(n, 5).toArray();
          for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
              a[i + j * n] *= Math.max(i, j) < large ? 1 : tiny;
            }
          }
          requireAccurate(DenseMatrix.wrap(n, n, a));
        }
      }
    }
  }

  @Test
  void decompose_columnOfSubnormals_isDropped() {
    double tiny = 1e-310;
    requireAccurate(
        DenseMatrix.of(4, 4, 1, 0, tiny, tiny, 0, 2, 1, 0, tiny, 1, 3, 1, tiny, 0, 1, 4));
  }

  @Test
  void decompose_severalBlocksOfReflectors_isAccurate() {
    requireAccurate(uniform(520, 11));
  }

  @Test
  void decompose_valueBeyondTheLargestDouble_isReported() {
    DenseMatrix matrix = DenseMatrix.of(2, 2, 1e308, 1e308, 1e308, 1e308);
    assertThrows(ArithmeticException.class, () -> SymmetricEigen.decompose(matrix));
    assertThrows(ArithmeticException.class, () -> SymmetricEigen.values(matrix));
  }

  @Test
  void decompose_asymmetryAroundTheTolerance_isJudgedByIt() {
    double[] a = uniform(5, 1).toArray();
    double largest = DenseMatrix.wrap(5, 5, a).maxAbs();
    double[] within = a.clone();
    within[3 + 5] = a[1 + 15] + 0.9e-10 * largest;
    requireAccurate(DenseMatrix.wrap(5, 5, within).symmetricPart());
    SymmetricEigen.decompose(DenseMatrix.wrap(5, 5, within));
    double[] beyond = a.clone();
    beyond[3 + 5] = a[1 + 15] + 1.1e-10 * largest;
    assertRefused("(3, 1) is", DenseMatrix.wrap(5, 5, beyond));
  }

  @Test
  void decompose_secondDifferenceMatrix_hasItsClosedForm() {
    int n = 50;
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      a[i + i * n] = 2;
      if (i + 1 < n) {
        a[i + 1 + i * n] = -1;
        a[i + (i + 1) * n] = -1;
      }
    }
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.wrap(n, n, a));
    for (int j = 0; j < n; j++) {
      double half = Math.sin(Math.PI * (j + 1) / (2.0 * (n + 1)));
      assertEquals(4 * half * half, eigen.value(j), 4 * 30 * 0x1p-52);
      for (int i = 0; i < n; i++) {
        double expected =
            Math.sqrt(2.0 / (n + 1)) * Math.sin(Math.PI * (i + 1) * (j + 1) / (n + 1));
        assertEquals(Math.abs(expected), Math.abs(eigen.vectors().get(i, j)), 1e-12);
      }
    }
  }

  @Test
  void decompose_eachVector_hasItsLargestComponentPositive() {
    Eigendecomposition eigen = SymmetricEigen.decompose(uniform(30, 8));
    for (int j = 0; j < 30; j++) {
      double[] v = eigen.vectors().column(j);
      double largest = 0;
      for (double component : v) {
        if (Math.abs(component) > Math.abs(largest)) {
          largest = component;
        }
      }
      assertTrue(largest > 0, "vector " + j);
    }
  }

  @Test
  void decompose_sameInput_givesSameBits() {
    DenseMatrix matrix = uniform(61, 9);
    Eigendecomposition first = SymmetricEigen.decompose(matrix);
    for (int repeat = 0; repeat < 200; repeat++) {
      Eigendecomposition again = SymmetricEigen.decompose(matrix);
      assertArrayEquals(first.values(), again.values());
      assertEquals(first.vectors(), again.vectors());
    }
  }

  @Test
  void decompose_anyInput_isLeftAlone() {
    DenseMatrix matrix = uniform(17, 4);
    double[] before = matrix.toArray();
    SymmetricEigen.decompose(matrix);
    SymmetricEigen.values(matrix);
    assertArrayEquals(before, matrix.columnMajor());
  }

  @Test
  void values_always_agreeWithThoseOfTheDecomposition() {
    for (int n : new int[] {1, 2, 5, 33, 80, 150}) {
      DenseMatrix matrix = uniform(n, n + 1);
      double[] expected = SymmetricEigen.decompose(matrix).values();
      double largest = Math.max(Math.abs(expected[0]), Math.abs(expected[n - 1]));
      assertArrayEquals(
          expected, SymmetricEigen.values(matrix), RATIO_LIMIT * largest * SpectralAccuracy.ULP);
    }
  }

  @Test
  void decompose_notSquare_isRefused() {
    assertRefused("3×4", DenseMatrix.wrap(3, 4, new double[12]));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void decompose_notFinite_isRefusedWithPosition(double bad) {
    for (int position : new int[] {0, 7, 34, 80, 99}) {
      double[] a = uniform(10, 2).toArray();
      a[position] = bad;
      DenseMatrix matrix = DenseMatrix.wrap(10, 10, a);
      assertRefused(bad + " at (" + position % 10 + ", " + position / 10 + ")", matrix);
    }
  }

  @Test
  void decompose_notSymmetric_isRefusedWithPair() {
    double[] a = uniform(5, 1).toArray();
    a[3 + 5] += 1e-6;
    assertRefused("(3, 1) is", DenseMatrix.wrap(5, 5, a));
  }

  @Test
  void decompose_lowerTriangleOnly_neverLooksAbove() {
    DenseMatrix matrix = uniform(20, 6);
    double[] a = matrix.toArray();
    for (int j = 0; j < 20; j++) {
      for (int i = 0; i < j; i++) {
        a[i + j * 20] = Double.NaN;
      }
    }
    Eigendecomposition eigen =
        new EigenSolver(EigenOptions.DEFAULT.lowerTriangleOnly())
            .decompose(DenseMatrix.wrap(20, 20, a));
    assertEquals(SymmetricEigen.decompose(matrix).vectors(), eigen.vectors());
  }

  @Test
  void decompose_tooFewIterations_saysHowToGetMore() {
    EigenConvergenceException failure =
        assertThrows(
            EigenConvergenceException.class,
            () ->
                new EigenSolver(new EigenOptions(1e-10, 1, 32))
                    .decompose(TestMatrices.clustered(21)));
    assertTrue(String.valueOf(failure.getMessage()).contains("raise EigenOptions.maxIterations"));
    assertTrue(failure.unconverged() > 0 && failure.largestOffDiagonal() > 0);
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new EigenOptions(-1, 30, 32));
    assertThrows(IllegalArgumentException.class, () -> new EigenOptions(Double.NaN, 30, 32));
    assertThrows(IllegalArgumentException.class, () -> new EigenOptions(1e-10, 0, 32));
    assertThrows(IllegalArgumentException.class, () -> new EigenOptions(1e-10, 30, 1));
  }

  private static double[] spectrum(int n, java.util.function.IntToDoubleFunction value) {
    return IntStream.range(0, n).mapToDouble(value).toArray();
  }

  private static final EigenOptions SMALL_LEAVES = new EigenOptions(1e-10, 30, 4);

  private static void requireAccurate(DenseMatrix matrix) {
    requireAccurate(matrix, EigenOptions.DEFAULT);
    requireAccurate(matrix, SMALL_LEAVES);
  }

  private static void requireAccurate(DenseMatrix matrix, EigenOptions options) {
    Eigendecomposition eigen = new EigenSolver(options).decompose(matrix);
    double[] values = eigen.values();
    assertTrue(DoubleStream.of(values).allMatch(Double::isFinite));
    for (int i = 1; i < values.length; i++) {
      assertTrue(values[i - 1] <= values[i], "ascending at " + i);
    }
    double residual = eigen.residual(matrix);
    double orthogonality = eigen.orthogonality();
    assertTrue(residual <= RATIO_LIMIT, "residual ratio " + residual);
    assertTrue(orthogonality <= RATIO_LIMIT, "orthogonality ratio " + orthogonality);
  }

  private static void assertRefused(String detail, DenseMatrix matrix) {
    for (Runnable call :
        new Runnable[] {
          () -> SymmetricEigen.decompose(matrix), () -> SymmetricEigen.values(matrix)
        }) {
      IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
      assertTrue(String.valueOf(refusal.getMessage()).contains(detail), refusal.getMessage());
    }
  }
}
