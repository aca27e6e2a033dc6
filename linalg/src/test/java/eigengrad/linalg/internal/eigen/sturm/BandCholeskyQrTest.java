package eigengrad.linalg.internal.eigen.sturm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.TestMatrices;
import eigengrad.linalg.internal.support.Crew;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BandCholeskyQrTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;
  private static final int[] COLUMNS = {1, 2, 15, 16, 17, 31, 32, 33, 47, 48, 64, 100, 128};

  private final RandomGenerator random = TestMatrices.random(1);
  private final BandCholeskyQr orthogonal = new BandCholeskyQr();

  @Test
  void orthogonalise_neighboursThatOverlap_areOrthogonalAndMovedByTheOverlapAlone() {
    for (int k : COLUMNS) {
      for (double overlap : new double[] {1e-14, 1e-9, 1e-6, 1e-4}) {
        int n = k + 5;
        double[] given = unitVectors(n, k);
        mixNeighbours(n, k, given, overlap, 1);
        double[] before = given.clone();
        double[] v = solve(n, k, given, true);
        assertTrue(defect(n, k, v) <= 20 * UNIT_ROUNDOFF, "k = " + k + ", overlap " + overlap);
        for (int i = 0; i < v.length; i++) {
          assertEquals(before[i], v[i], 4 * overlap, "k = " + k);
        }
      }
    }
  }

  @Test
  void orthogonalise_orthogonalVectors_staysWithinRounding() {
    int n = 70;
    double[] given = unitVectors(n, n);
    double[] v = solve(n, n, given.clone(), true);
    assertArrayEquals(given, v, 2 * UNIT_ROUNDOFF);
  }

  @Test
  void orthogonalise_overlapsThatFallOffWithTheDistance_areFollowedAsFarAsFourPanels() {
    int n = 141;
    for (double atNextPanel : new double[] {4, 12, 20, 28}) {
      double[] v = solve(n, n, mixedAll(n, atNextPanel * UNIT_ROUNDOFF), true);
      assertTrue(defect(n, n, v) <= 20 * UNIT_ROUNDOFF, "overlap " + atNextPanel);
    }
  }

  @Test
  void orthogonalise_overlapsThatReachTooFar_isRefusedAndClears() {
    int n = 205;
    for (double atNextPanel : new double[] {60, 1000}) {
      double[] v = solve(n, n, mixedAll(n, atNextPanel * UNIT_ROUNDOFF), false);
      assertArrayEquals(new double[n * n], v, "overlap " + atNextPanel);
    }
  }

  /** A few vectors that overlap with all do not make the others go as far. */
  @Test
  void orthogonalise_someOverlapsThatReachFar_areFollowedWhereTheyAre() {
    int n = 205;
    int from = n - 3 * BandCholeskyQr.PANEL;
    double[] given = unitVectors(n, n);
    double[] before = given.clone();
    for (int j = from; j < n; j++) {
      for (int l = 0; l < j; l++) {
        for (int i = 0; i < n; i++) {
          given[i + j * n] += 1e-10 / (j - l) * before[i + l * n];
        }
      }
    }
    double[] v = solve(n, n, given, true);
    assertTrue(defect(n, n, v) <= 20 * UNIT_ROUNDOFF);
  }

  /** Unit vectors with overlaps inversely proportional to their distance. */
  private double[] mixedAll(int n, double atNextPanel) {
    double[] vectors = unitVectors(n, n);
    for (int distance = 1; distance < n; distance++) {
      mixNeighbours(n, n, vectors, atNextPanel * BandCholeskyQr.PANEL / distance, distance);
    }
    return vectors;
  }

  @Test
  void orthogonalise_vectorsThatAreNearlyTheSame_isRefusedAndClears() {
    int n = 40;
    double[] given = unitVectors(n, n);
    System.arraycopy(given, 3 * n, given, 4 * n, n);
    assertArrayEquals(new double[n * n], solve(n, n, given, false));
  }

  private double[] solve(int n, int k, double[] given, boolean succeeds) {
    double[] v = new double[n * k];
    boolean done = orthogonal.orthogonalise(n, k, panels(n, k, given), 1, v, 0, n, Crew.alone());
    if (succeeds) {
      assertTrue(done, "k = " + k);
    } else {
      assertFalse(done, "k = " + k);
    }
    return v;
  }

  /** In panels, filled up with what must not matter. */
  private static double[] panels(int n, int k, double[] vectors) {
    double[] panels = new double[n * BandCholeskyQr.panels(k) * BandCholeskyQr.PANEL];
    Arrays.fill(panels, Double.NaN);
    for (int j = 0; j < k; j++) {
      int first = j / BandCholeskyQr.PANEL * BandCholeskyQr.PANEL;
      for (int i = 0; i < n; i++) {
        panels[first * n + j - first + i * BandCholeskyQr.PANEL] = vectors[i + j * n];
      }
    }
    return panels;
  }

  /** Columns of the identity after a reflection that fills them. */
  private double[] unitVectors(int n, int k) {
    double[] u = random.doubles(n, -1, 1).toArray();
    double square = 0;
    for (double x : u) {
      square += x * x;
    }
    double[] vectors = new double[n * k];
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < n; i++) {
        vectors[i + j * n] = (i == j ? 1 : 0) - 2 * u[i] * u[j] / square;
      }
    }
    return vectors;
  }

  /** Adds to every column some of the one at a distance behind it, and keeps its norm near 1. */
  private static void mixNeighbours(int n, int k, double[] x, double overlap, int distance) {
    for (int j = 0; j < k - distance; j++) {
      for (int i = 0; i < n; i++) {
        x[i + j * n] += overlap * x[i + (j + distance) * n];
      }
    }
  }

  private static double defect(int n, int k, double[] v) {
    double largest = 0;
    for (int j = 0; j < k; j++) {
      for (int l = 0; l <= j; l++) {
        double product = l == j ? -1 : 0;
        for (int i = 0; i < n; i++) {
          product += v[i + j * n] * v[i + l * n];
        }
        largest = Math.max(largest, Math.abs(product));
      }
    }
    return largest;
  }
}
