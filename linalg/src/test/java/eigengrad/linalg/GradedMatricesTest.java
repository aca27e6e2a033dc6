package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link Eigendecomposition} says of positive definite matrices DBD, D diagonal and B well
 * conditioned: relative accuracy on every dense route as long as Jacobi's method is used, and what
 * is promised of any matrix beyond.
 */
class GradedMatricesTest {
  private static final int LARGEST = 6;
  private static final int LARGEST_IN_BATCHES = 5;

  /** κ(B) is below 10. */
  private static final double RELATIVE = 1e-14;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6})
  void everyRoute_gradedInAnyOrder_hasRelativeAccuracy(int n) {
    List<Integer> order = Arrays.asList(IntStream.range(0, n).boxed().toArray(Integer[]::new));
    Collections.shuffle(order, TestMatrices.random(n));
    for (IntUnaryOperator place :
        List.<IntUnaryOperator>of(i -> i, i -> n - 1 - i, i -> order.get(i))) {
      for (int bits : new int[] {20, 35, 110}) {
        int step = bits / (n - 1);
        requireRelativeAccuracy(graded(n, step, place), smallest(n, step));
      }
    }
  }

  /** D = diag(10^(−3k)), B of condition 2; from 80-digit arithmetic. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRoute_thousandfoldSteps_hasTheSmallestValue(boolean up) {
    double smallest = up ? 1.8123147628252462e-24 : 1.963887808615107e-24;
    requireRelativeAccuracy(thousandfoldSteps(5, up), smallest);
  }

  /** In a block of order 6 among others. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRoute_gradedBlock_hasTheSmallestValue(boolean up) {
    double smallest = up ? 1.806960532190993e-30 : 1.9710923414309017e-30;
    DenseMatrix block = thousandfoldSteps(6, up);
    DenseMatrix other = TestMatrices.uniform(30, 1);
    int n = 36;
    double[] a = new double[n * n];
    double[] expected = new double[n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        if (i < 6 == j < 6) {
          a[i + j * n] = i < 6 ? block.get(i, j) : other.get(i - 6, j - 6);
        }
      }
    }
    System.arraycopy(SymmetricEigen.values(other), 0, expected, 0, 30);
    System.arraycopy(SymmetricEigen.values(block), 0, expected, 30, 6);
    Arrays.sort(expected);
    DenseMatrix matrix = DenseMatrix.wrap(n, n, a);
    assertArrayEquals(expected, SymmetricEigen.values(matrix));
    int place = Arrays.binarySearch(expected, SymmetricEigen.values(block)[0]);
    assertEquals(1, SymmetricEigen.decompose(matrix).value(place) / smallest, RELATIVE);
  }

  private static void requireRelativeAccuracy(DenseMatrix matrix, double smallest) {
    int n = matrix.rows();
    assertTrue(n <= LARGEST);
    double[] values = SymmetricEigen.decompose(matrix).values();
    assertEquals(1, values[0] / smallest, RELATIVE);
    assertArrayEquals(values, SymmetricEigen.values(matrix));
    for (int first = 0; first < n; first++) {
      IndexRange range = IndexRange.of(first, n);
      double[] some = Arrays.copyOfRange(values, first, n);
      assertArrayEquals(some, SymmetricEigen.values(matrix, range));
      assertArrayEquals(some, SymmetricEigen.decompose(matrix, range).values());
    }
    if (n <= LARGEST_IN_BATCHES) {
      DenseMatrix other = TestMatrices.uniform(n, 1);
      MatrixBatch batch = MatrixBatch.of(other, matrix, other);
      double[] inBatch = BatchedSymmetricEigen.decompose(batch).values(1);
      for (int j = 0; j < n; j++) {
        assertEquals(1, inBatch[j] / values[j], RELATIVE);
      }
    }
  }

  static IntStream largerOrders() {
    return IntStream.of(7, 8, 16, 33, 41);
  }

  @ParameterizedTest
  @MethodSource("largerOrders")
  void everyRoute_larger_isWithinRoundingOfTheNorm(int n) {
    for (boolean up : new boolean[] {false, true}) {
      DenseMatrix matrix = graded(n, 110 / n, i -> up ? n - 1 - i : i);
      double[] values = SymmetricEigen.decompose(matrix).values();
      double limit = TestMatrices.RATIO_LIMIT * SpectralAccuracy.ULP * values[n - 1];
      assertEquals(smallest(n, 110 / n), values[0], limit);
      assertArrayEquals(values, SymmetricEigen.values(matrix), limit);
      double[] inBatch = BatchedSymmetricEigen.decompose(MatrixBatch.of(matrix)).values(0);
      assertArrayEquals(values, inBatch, limit);
    }
  }

  /** If this fails, more can be promised. */
  @ParameterizedTest
  @ValueSource(ints = {7, 20})
  void values_larger_haveLostTheSmallest(int n) {
    DenseMatrix matrix = graded(n, 110 / n, i -> i);
    double smallest = smallest(n, 110 / n);
    assertTrue(Math.abs(SymmetricEigen.values(matrix)[0] / smallest - 1) > 1);
    double[] d = new double[n];
    double[] e = new double[n - 1];
    for (int i = 0; i < n; i++) {
      d[i] = matrix.get(i, i);
      if (i > 0) {
        e[i - 1] = matrix.get(i, i - 1);
      }
    }
    double alone = TridiagonalEigen.values(d, e)[0];
    assertTrue(Math.abs(TridiagonalEigen.decompose(d, e).value(0) / alone - 1) > 1e-3);
  }

  /** DBD with dᵢ = 2^−step·place and bᵢⱼ = 2^−|i − j|: exact. */
  private static DenseMatrix graded(int n, int step, IntUnaryOperator place) {
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        int p = place.applyAsInt(i);
        int q = place.applyAsInt(j);
        a[i + j * n] = Math.scalb(1.0, -Math.abs(p - q) - step * (p + q));
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }

  /** From the largest eigenvalue of the inverse, whose elements are multiples of 1/3. */
  private static double smallest(int n, int step) {
    int unit = 2 * step * (n - 1);
    double[] d = new double[n];
    double[] e = new double[n - 1];
    for (int i = 0; i < n; i++) {
      d[i] = Math.scalb(i == 0 || i == n - 1 ? 4.0 / 3 : 5.0 / 3, 2 * step * i - unit);
      if (i > 0) {
        e[i - 1] = Math.scalb(-2.0 / 3, step * (2 * i - 1) - unit);
      }
    }
    return Math.scalb(1 / TridiagonalEigen.values(d, e)[n - 1], -unit);
  }

  private static DenseMatrix thousandfoldSteps(int n, boolean up) {
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double b = i == j ? 2 : 1 / (1.0 + i + j);
        a[i + j * n] = b * Math.pow(10, -3 * (up ? 2 * n - 2 - i - j : i + j));
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }
}
