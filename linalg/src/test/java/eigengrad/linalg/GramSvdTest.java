package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.PowerOfTwo;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * What is decomposed by its Gram matrix is as accurate as if it were not, and all else declined.
 */
class GramSvdTest {
  /** In units of max(m, n)·u′, a third of what is allowed elsewhere. */
  private static final double LIMIT = RectangularMatrices.RATIO_LIMIT / 3;

  private static final int[] ORDERS = {32, 33, 47, 64, 100, 130, 257};

  private final GramSvd gram = new GramSvd();

  /** Of a random matrix about a tenth of the singular values are small, one or another very. */
  @Test
  void solve_randomMatrices_isAccurateAndTheUsualWay() {
    for (int n : ORDERS) {
      int solved = 0;
      for (int m : new int[] {n, n + 1, n + n / 2}) {
        for (int seed = 0; seed < 3; seed++) {
          Solved solution = new Solved(RectangularMatrices.uniform(m, n, 31 * seed + m));
          solution.requireAccurateOrUntouched();
          solved += solution.done ? 1 : 0;
        }
      }
      // Of small matrices chance may tell the probe otherwise.
      assertTrue(solved >= (n < 100 ? 7 : 9), solved + " of 9, n = " + n);
    }
  }

  @Test
  void solve_knownValues_findsThem() {
    for (int n : new int[] {64, 77, 130}) {
      int some = n / 5;
      for (double smallest : new double[] {0.9, 0.3, 1e-2, 1e-4, 2e-5}) {
        // Evenly spaced down to 1/2, then a fifth of them geometrically.
        IntToDoubleFunction values =
            j ->
                j < n - some
                    ? 1 - 0.5 * j / n
                    : 0.5 * Math.pow(2 * Math.min(smallest, 0.4), (j - n + some + 1.0) / some);
        for (int m : new int[] {n, n + 7}) {
          DenseMatrix matrix = RectangularMatrices.withValues(m, n, values, n);
          Solved solution = new Solved(matrix);
          assertTrue(solution.done, n + " " + smallest);
          solution.requireAccurate();
          for (int j = 0; j < n; j++) {
            double error = Math.abs(solution.values[j] - values.applyAsDouble(j));
            assertTrue(error <= LIMIT * m * SpectralAccuracy.ULP, n + " value " + j);
          }
        }
      }
    }
  }

  /** Nothing may be judged by whether values are near 1. */
  @Test
  void solve_scaledMatrix_givesTheSameBits() {
    DenseMatrix matrix = RectangularMatrices.uniform(50, 40, 1);
    Solved expected = new Solved(matrix);
    assertTrue(expected.done);
    for (int exponent : new int[] {-440, -1, 100, 440}) {
      Solved scaled = new Solved(matrix.times(PowerOfTwo.of(exponent)));
      assertTrue(scaled.done);
      assertArrayEquals(expected.left, scaled.left);
      assertArrayEquals(expected.right, scaled.right);
      for (int j = 0; j < 40; j++) {
        assertEquals(Math.scalb(expected.values[j], exponent), scaled.values[j]);
      }
    }
  }

  /** Another way has to find its memory as a new one. */
  @Test
  void solve_matricesItIsNoWayFor_declinesAndLeavesZeros() {
    int n = 48;
    for (String name :
        new String[] {
          "zero",
          "ones",
          "Kahan",
          "Hilbert",
          "near overflow",
          "all subnormal",
          "columns graded",
          "identity",
          "geometric",
          "all equal",
          "two clusters",
          "one large",
          "one small",
          "rank one",
          "rank deficient",
          "zero columns",
          "two rows"
        }) {
      decline(name, RectangularMatrices.named(name, n, n, 1));
    }
    decline("order", RectangularMatrices.uniform(GramSvd.SMALLEST_ORDER, 31, 1));
    decline("pair", RectangularMatrices.withValues(n, n, j -> 1 - 0.5 * (j - j % 2) / n, 1));
    decline(
        "close",
        RectangularMatrices.withValues(n, n, j -> 1 - (j - j % 2 * (1 - 1e-12)) / (2.0 * n), 1));
    decline(
        "half", RectangularMatrices.withValues(n, n, j -> (j < n / 2 ? 1 : 1e-3) - 1e-5 * j, 1));
  }

  /** A tridiagonal matrix that rounding couples by nearly nothing. */
  @Test
  void solve_matrixOfTwoBlocks_isAccurateOrDeclined() {
    int n = 48;
    for (int seed = 0; seed < 10; seed++) {
      DenseMatrix dense = RectangularMatrices.uniform(n, n, seed);
      Solved solution =
          new Solved(
              RectangularMatrices.ofElements(n, n, (i, j) -> i % 2 == j % 2 ? dense.get(i, j) : 0));
      solution.requireAccurateOrUntouched();
    }
  }

  private void decline(String name, DenseMatrix matrix) {
    Solved solution = new Solved(matrix);
    assertFalse(solution.done, name);
    solution.requireUntouched();
  }

  private final class Solved {
    private final DenseMatrix matrix;
    private final double[] values;
    private final double[] left;
    private final double[] right;
    private final boolean done;

    Solved(DenseMatrix matrix) {
      this.matrix = matrix;
      int m = matrix.rows();
      int n = matrix.columns();
      int exponent = PowerOfTwo.toOne(matrix.maxAbs());
      values = new double[n];
      left = new double[m * n];
      right = new double[n * n];
      double[] a = matrix.columnMajor().clone();
      done =
          GramSvd.suits(n, exponent)
              && gram.solve(m, n, a, exponent, 30, Crew.alone(), values, left, right);
      assertArrayEquals(matrix.columnMajor(), a);
      PowerOfTwo.scale(n, -exponent, values, 0);
    }

    void requireAccurateOrUntouched() {
      if (done) {
        requireAccurate();
      } else {
        requireUntouched();
      }
    }

    void requireUntouched() {
      assertArrayEquals(new double[left.length], left);
      assertArrayEquals(new double[right.length], right);
    }

    void requireAccurate() {
      int m = matrix.rows();
      int n = matrix.columns();
      SingularValueDecomposition svd =
          SingularValueDecomposition.of(
              values, DenseMatrix.of(m, n, left), DenseMatrix.of(n, n, right));
      String message = m + "×" + n;
      assertTrue(svd.residual(matrix) <= LIMIT, () -> message + ": " + svd.residual(matrix));
      assertTrue(svd.leftOrthogonality() <= LIMIT, message + ": " + svd.leftOrthogonality());
      assertTrue(svd.rightOrthogonality() <= LIMIT, message + ": " + svd.rightOrthogonality());
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int j = 0; j < n; j++) {
        assertEquals(sorted[n - 1 - j], values[j], message);
      }
    }
  }
}
