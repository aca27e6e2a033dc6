package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small eigenvalues of positive definite matrices DBD, D diagonal and B well conditioned, have
 * digits of their own, on every route and in any order of rows.
 */
class GradedMatricesTest {
  /** Of the digits a reduction loses few, and never more than half. */
  private static final double LIMIT = 1e-11;

  static IntStream orders() {
    return IntStream.concat(IntStream.rangeClosed(2, 20), IntStream.of(31, 32, 33, 40, 41, 48, 64));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void everyRoute_gradedDown_hasTheSmallestValue(int n) {
    requireSmallestValue(n, i -> i);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void everyRoute_gradedUp_hasTheSmallestValue(int n) {
    requireSmallestValue(n, i -> n - 1 - i);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void everyRoute_gradedInNoOrder_hasTheSmallestValue(int n) {
    List<Integer> order = Arrays.asList(IntStream.range(0, n).boxed().toArray(Integer[]::new));
    Collections.shuffle(order, TestMatrices.random(n));
    requireSmallestValue(n, order::get);
  }

  private static void requireSmallestValue(int n, IntUnaryOperator place) {
    for (int range : new int[] {35, 110, 480}) {
      int step = Math.max(range / (n - 1), 1);
      requireSmallestValue(graded(n, step, place), smallest(n, step), LIMIT);
    }
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

  /** The report's: D = diag(10^(−3k)) of order 5 and a B of condition 7. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRoute_thousandfoldSteps_hasTheSmallestValue(boolean up) {
    int n = 5;
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double b = i == j ? 2 : 1 / (1.0 + i + j);
        a[i + j * n] = b * Math.pow(10, -3 * (up ? 2 * n - 2 - i - j : i + j));
      }
    }
    double expected = up ? 1.8123147628252462e-24 : 1.9638878086151067e-24;
    requireSmallestValue(DenseMatrix.wrap(n, n, a), expected, LIMIT);
  }

  private static void requireSmallestValue(DenseMatrix matrix, double expected, double limit) {
    IndexRange one = IndexRange.smallest(1);
    DenseMatrix other = TestMatrices.uniform(matrix.rows(), 1);
    MatrixBatch batch = MatrixBatch.of(other, matrix, other);
    double[] found = {
      SymmetricEigen.decompose(matrix).value(0),
      SymmetricEigen.decompose(matrix, new EigenOptions(1e-10, 30, 4)).value(0),
      SymmetricEigen.values(matrix)[0],
      SymmetricEigen.decompose(matrix, one).value(0),
      SymmetricEigen.values(matrix, one)[0],
      BatchedSymmetricEigen.decompose(batch).value(1, 0)
    };
    for (int route = 0; route < found.length; route++) {
      assertEquals(1, found[route] / expected, limit, "route " + route);
    }
  }
}
