package eigengrad.linalg;

import static eigengrad.linalg.SpectralAccuracy.ULP;
import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;
import static eigengrad.linalg.TestMatrices.uniform;
import static eigengrad.linalg.TestMatrices.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs and values of an index range, dense and tridiagonal, against all pairs. */
class PartialEigenTest {

  static IntStream sizes() {
    return IntStream.concat(IntStream.rangeClosed(0, 40), IntStream.of(100, 200));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void decompose_randomMatrixOfEverySize_isAccurate(int n) {
    requireAccurate(uniform(n, n));
    requireAccurate(
        new Tridiagonal(
            TestMatrices.random(n).doubles(n, -1, 1).toArray(),
            TestMatrices.random(n + 1).doubles(Math.max(n - 1, 0), -1, 1).toArray()));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 12, 40, 90})
  void decompose_rangeThatCutsThroughClusters_isAccurate(int n) {
    requireAccurate(withSpectrum(PrescribedSpectra.values(n, i -> third(i, n)), n));
    requireAccurate(withSpectrum(PrescribedSpectra.values(n, i -> third(i, n) + 1e-14 * i), n));
    requireAccurate(withSpectrum(PrescribedSpectra.values(n, i -> third(i, n) + 1e-9 * i), n));
    requireAccurate(withSpectrum(PrescribedSpectra.values(n, i -> i == n - 1 ? 1 : 0), n));
    requireAccurate(withSpectrum(PrescribedSpectra.values(n, i -> i * ULP), n));
    requireAccurate(withSpectrum(PrescribedSpectra.values(n, i -> Math.pow(2, -i)), n));
  }

  /** 0, 1 or 2. */
  private static int third(int i, int n) {
    return 3 * i / n;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 21, 60})
  void decompose_hostileTridiagonals_areAccurate(int n) {
    HostileTridiagonals.all(n, n).values().forEach(PartialEigenTest::requireAccurate);
  }

  @Test
  void decompose_gluedMatrices_areAccurate() {
    HostileTridiagonals.gluedWilkinson(3).values().forEach(PartialEigenTest::requireAccurate);
  }

  @Test
  void decompose_matricesThatSplit_areAccurate() {
    int n = 37;
    requireAccurate(DenseMatrix.wrap(n, n, new double[n * n]));
    requireAccurate(DenseMatrix.identity(n).times(-3));
    requireAccurate(DenseMatrix.diagonal(PrescribedSpectra.values(n, Math::sin)));
    double[] twoBlocks = uniform(n, 1).toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        if (i < 15 != j < 15) {
          twoBlocks[i + j * n] = 0;
        }
      }
    }
    requireAccurate(DenseMatrix.wrap(n, n, twoBlocks));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p500, 0x1p-500, 0x1p1020, 0x1p-1000})
  void decompose_scaledByPowerOfTwo_isThatOfTheMatrixScaled(double scale) {
    DenseMatrix matrix = uniform(21, 5).times(0.5);
    IndexRange range = IndexRange.of(4, 13);
    PartialEigendecomposition eigen = SymmetricEigen.decompose(matrix, range);
    PartialEigendecomposition scaled = SymmetricEigen.decompose(matrix.times(scale), range);
    assertEquals(eigen.vectors(), scaled.vectors());
    assertArrayEquals(PrescribedSpectra.values(9, j -> eigen.value(j) * scale), scaled.values());
    requireAccurate(matrix.times(scale));
  }

  /** Vectors of separated values are the same up to rounding, signs included. */
  @Test
  void decompose_separatedValues_hasTheVectorsOfTheWhole() {
    int n = 60;
    DenseMatrix matrix = withSpectrum(PrescribedSpectra.values(n, i -> i - 20), 7);
    Eigendecomposition all = SymmetricEigen.decompose(matrix);
    for (IndexRange range : ranges(n)) {
      DenseMatrix vectors = SymmetricEigen.decompose(matrix, range).vectors();
      for (int j = 0; j < range.count(); j++) {
        assertArrayEquals(
            all.vectors().column(range.first(n) + j), vectors.column(j), 1e-12, range + " " + j);
      }
    }
  }

  @Test
  void decompose_valueBeyondTheLargestDouble_isReportedIfWanted() {
    DenseMatrix matrix = DenseMatrix.of(2, 2, 1e308, 1e308, 1e308, 1e308);
    IndexRange top = IndexRange.largest(1);
    assertThrows(ArithmeticException.class, () -> SymmetricEigen.decompose(matrix, top));
    assertThrows(ArithmeticException.class, () -> SymmetricEigen.values(matrix, top));
    double least = SymmetricEigen.decompose(matrix, IndexRange.smallest(1)).value(0);
    assertEquals(0, least, RATIO_LIMIT * ULP * 1e308);
  }

  @Test
  void solve_arguments_areLeftAlone() {
    DenseMatrix matrix = uniform(17, 4);
    double[] before = matrix.toArray();
    double[] d = {1, 2, 3};
    double[] e = {0.5, 0.25};
    IndexRange range = IndexRange.of(1, 3);
    SymmetricEigen.decompose(matrix, range);
    SymmetricEigen.values(matrix, range);
    TridiagonalEigen.decompose(d, e, range);
    TridiagonalEigen.values(d, e, range);
    assertArrayEquals(before, matrix.columnMajor());
    assertArrayEquals(new double[] {1, 2, 3}, d);
    assertArrayEquals(new double[] {0.5, 0.25}, e);
  }

  @Test
  void solve_rangeThatDoesNotFit_isRefused() {
    DenseMatrix matrix = uniform(5, 1);
    double[] d = new double[5];
    double[] e = new double[4];
    for (IndexRange range : List.of(IndexRange.largest(6), IndexRange.of(6, 6))) {
      for (Runnable call :
          List.<Runnable>of(
              () -> SymmetricEigen.decompose(matrix, range),
              () -> SymmetricEigen.values(matrix, range),
              () -> TridiagonalEigen.decompose(d, e, range),
              () -> TridiagonalEigen.values(d, e, range))) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertEquals("range must fit a matrix of order 5, got " + range, message);
      }
    }
  }

  @Test
  void solve_badMatrix_isRefused() {
    IndexRange range = IndexRange.smallest(1);
    DenseMatrix notSquare = DenseMatrix.wrap(3, 4, new double[12]);
    assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.decompose(notSquare, range));
    assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.values(notSquare, range));
    double[] d = {0, Double.NaN};
    double[] e = {1};
    assertThrows(IllegalArgumentException.class, () -> TridiagonalEigen.decompose(d, e, range));
    assertThrows(IllegalArgumentException.class, () -> TridiagonalEigen.values(d, e, range));
  }

  @Test
  void decompose_tooFewIterations_saysHowToGetMore() {
    EigenOptions hasty = new EigenOptions(1e-10, 1, 32);
    DenseMatrix clustered = TestMatrices.clustered(21);
    IndexRange range = IndexRange.largest(4);
    assertThrows(
        EigenConvergenceException.class, () -> new EigenSolver(hasty).decompose(clustered, range));
  }

  /** Both ends, the middle, one and all and none. */
  private static List<IndexRange> ranges(int n) {
    TreeSet<Integer> ends = new TreeSet<>(List.of(0, n / 3, n / 2, n - n / 4, n));
    ends.add(Math.min(1, n));
    ends.add(Math.max(n - 1, 0));
    return ends.stream()
        .flatMap(first -> ends.tailSet(first).stream().map(end -> IndexRange.of(first, end)))
        .toList();
  }

  private static void requireAccurate(DenseMatrix matrix) {
    int n = matrix.rows();
    double[] all = SymmetricEigen.decompose(matrix).values();
    for (IndexRange range : ranges(n)) {
      requireAccurate(matrix, range, all, SymmetricEigen.decompose(matrix, range));
      requireClose(range, all, SymmetricEigen.values(matrix, range));
    }
    requireEnds(n, matrix);
  }

  private static void requireAccurate(Tridiagonal t) {
    DenseMatrix matrix = t.dense();
    double[] all = TridiagonalEigen.decompose(t.d(), t.e()).values();
    for (IndexRange range : ranges(all.length)) {
      requireAccurate(matrix, range, all, TridiagonalEigen.decompose(t.d(), t.e(), range));
      requireClose(range, all, TridiagonalEigen.values(t.d(), t.e(), range));
    }
  }

  private static void requireEnds(int n, DenseMatrix matrix) {
    int k = (n + 1) / 3;
    assertEquals(
        SymmetricEigen.decompose(matrix, IndexRange.of(n - k, n)).vectors(),
        SymmetricEigen.decompose(matrix, IndexRange.largest(k)).vectors());
    assertArrayEquals(
        SymmetricEigen.values(matrix, IndexRange.of(0, k)),
        SymmetricEigen.values(matrix, IndexRange.smallest(k)));
  }

  private static void requireAccurate(
      DenseMatrix matrix, IndexRange range, double[] all, PartialEigendecomposition eigen) {
    int n = all.length;
    assertEquals(n, eigen.vectors().rows());
    assertEquals(range.count(), eigen.vectors().columns());
    assertEquals(range.count(), eigen.size());
    requireClose(range, all, eigen.values());
    double residual = eigen.residual(matrix);
    double orthogonality = eigen.orthogonality();
    assertTrue(residual <= RATIO_LIMIT, range + ": residual ratio " + residual);
    assertTrue(orthogonality <= RATIO_LIMIT, range + ": orthogonality ratio " + orthogonality);
    for (int j = 0; j < eigen.size(); j++) {
      double[] v = eigen.vectors().column(j);
      double largest = DoubleStream.of(v).map(Math::abs).max().orElse(0);
      double first = DoubleStream.of(v).filter(x -> Math.abs(x) == largest).findFirst().orElse(0);
      assertTrue(first > 0, range + ": sign of vector " + j);
    }
  }

  private static void requireClose(IndexRange range, double[] all, double[] some) {
    int n = all.length;
    double largest = DoubleStream.of(all).map(Math::abs).max().orElse(0);
    int first = range.first(n);
    assertArrayEquals(
        Arrays.copyOfRange(all, first, first + range.count()),
        some,
        RATIO_LIMIT * ULP * largest,
        range.toString());
    for (int j = 1; j < some.length; j++) {
      assertTrue(some[j - 1] <= some[j], range + ": ascending at " + j);
    }
  }
}
