package eigengrad.linalg.internal.svd.jacobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.internal.support.Crew;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class OneSidedJacobiTest {
  private static double[] random(int size, long seed) {
    Random random = new Random(seed);
    double[] a = new double[size];
    for (int i = 0; i < size; i++) {
      a[i] = random.nextGaussian();
    }
    return a;
  }

  private static boolean solves(int m, int n, double[] a, double[] values, int maxSweeps) {
    return new OneSidedJacobi().solve(m, n, a, new double[n * n], values, maxSweeps, Crew.alone());
  }

  @Test
  void solve_columnsOfVeryDifferentLengths_findsEveryValueToItsLastDigits() {
    // Where lengths are 1e−20 apart, value j is the distance of column j from those before it.
    int m = 9;
    for (int n : new int[] {2, 5, 9}) {
      double[] b = random(m * n, n);
      double[] a = b.clone();
      int[] order = {3, 0, 8, 5, 1, 7, 2, 6, 4};
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
          a[i + j * m] = Math.scalb(b[i + j * m], -110 * j);
        }
      }
      double[] expected = distances(m, n, b);
      double[] moved = new double[m * n];
      int at = 0;
      for (int j : order) {
        if (j < n) {
          System.arraycopy(a, j * m, moved, at++ * m, m);
        }
      }
      double[] values = new double[n];
      assertTrue(solves(m, n, moved, values, 60));
      for (int j = 0; j < n; j++) {
        double distance = Math.scalb(expected[j], -110 * j);
        assertEquals(1, values[j] / distance, 1e-13, "value " + j + " of " + n);
      }
    }
  }

  /** Of each column from the span of those before it. */
  private static double[] distances(int m, int n, double[] b) {
    double[] q = b.clone();
    double[] distances = new double[n];
    for (int j = 0; j < n; j++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          double product = 0;
          for (int i = 0; i < m; i++) {
            product += q[i + k * m] * q[i + j * m];
          }
          for (int i = 0; i < m; i++) {
            q[i + j * m] -= product * q[i + k * m];
          }
        }
      }
      double square = 0;
      for (int i = 0; i < m; i++) {
        square += q[i + j * m] * q[i + j * m];
      }
      distances[j] = Math.sqrt(square);
      for (int i = 0; i < m; i++) {
        q[i + j * m] /= distances[j];
      }
    }
    return distances;
  }

  @Test
  void solve_tooFewSweeps_saysSo() {
    double[] values = new double[8];
    assertFalse(solves(8, 8, random(64, 1), values, 1));
  }

  /** A matrix of zeros goes through no factorisation before the sweeps. */
  @Test
  void solve_interrupted_isCancelledInTheFactorisationAndInSweeps() {
    for (double[] a : new double[][] {random(64, 2), new double[64]}) {
      Crew crew = Crew.ofCaller();
      Thread.currentThread().interrupt();
      try {
        assertThrows(
            CancellationException.class,
            () -> new OneSidedJacobi().solve(8, 8, a, new double[64], new double[8], 60, crew));
      } finally {
        assertTrue(Thread.interrupted());
      }
    }
  }
}
