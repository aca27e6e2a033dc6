package eigengrad.linalg.internal.eigen.sturm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.TestMatrices;
import eigengrad.linalg.internal.support.Crew;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Sweeps are bounded when few of the eigenvalues are wanted, too. */
class EigenvalueSearchTest {
  private final RandomGenerator random = TestMatrices.random(1);

  @Test
  void find_fewSeparatedValuesAnywhere_takesFewSweeps() {
    int n = 1000;
    double[] d = random.doubles(n, -1, 1).toArray();
    double[] e = random.doubles(n - 1, -1, 1).toArray();
    for (int k : new int[] {1, 2, 10}) {
      for (int first : new int[] {0, 1, 300, 500, n - k - 1, n - k}) {
        assertEquals(0, unfinished(d, e, first, first + k, 32), k + " values from " + first);
      }
    }
  }

  @Test
  void find_oneValueOfACluster_takesNoMoreThanASweepABit() {
    int n = 300;
    double[] d = new double[n];
    Arrays.fill(d, 1);
    d[0] = -1;
    double[] e = random.doubles(n - 1, 1e-10, 1e-9).toArray();
    for (int first : new int[] {0, 1, 150, n - 2, n - 1}) {
      assertEquals(0, unfinished(d, e, first, first + 1, 80), "value " + first);
    }
  }

  @Test
  void find_allValuesOfARandomMatrix_takesFewSweeps() {
    double[] d = random.doubles(100, -1, 1).toArray();
    double[] e = random.doubles(99, -1, 1).toArray();
    assertEquals(0, unfinished(d, e, 0, 100, 8));
  }

  /** Halving alone would take 50. */
  @Test
  void find_valuesInClusters_takesFewSweeps() {
    int n = 210;
    double[] pairs = new double[n];
    double[] copies = new double[n];
    double[] ones = new double[n - 1];
    Arrays.fill(ones, 1);
    for (int i = 0; i < n; i++) {
      pairs[i] = Math.abs(i - (n - 1) / 2.0) / n;
      copies[i] = Math.abs(i % 21 - 10) / 10.0;
    }
    double[] weak = new double[n - 1];
    Arrays.fill(weak, 1.0 / n);
    assertEquals(0, unfinished(pairs, weak, 0, n, 30), "pairs");
    for (int k : new int[] {1, 2, 10}) {
      for (int first : new int[] {0, 70, n - k}) {
        assertEquals(
            0, unfinished(pairs, weak, first, first + k, 30), k + " of pairs from " + first);
      }
    }
    for (double glue : new double[] {1e-13, 1e-7, 1e-3, 2}) {
      double[] e = ones.clone();
      for (int i = 20; i < n - 1; i += 21) {
        e[i] = glue;
      }
      assertEquals(0, unfinished(copies, e, 0, n, 36), "all, glue " + glue);
      assertEquals(0, unfinished(copies, e, n - 3, n, 30), "largest, glue " + glue);
    }
  }

  /** 2cos(2π/3) = −1 is an eigenvalue, and so is 1, where a first shift falls. */
  @Test
  void find_shiftsThatHitAnEigenvalue_takesFewSweeps() {
    int n = 512;
    double[] d = new double[n];
    double[] e = new double[n - 1];
    Arrays.fill(e, 1);
    for (int first = 165; first <= 175; first++) {
      assertEquals(0, unfinished(d, e, first, first + 10, 14), "from " + first);
    }
  }

  @Test
  void find_fewerSweepsThanItTakes_reportsTheValuesNotFound() {
    double[] d = random.doubles(100, -1, 1).toArray();
    double[] e = random.doubles(99, -1, 1).toArray();
    assertEquals(10, unfinished(d, e, 5, 15, 0));
    assertEquals(10, unfinished(d, e, 5, 15, 1));
  }

  /** −1, 2, −1 in each row: λ = 2 − 2cos(kπ/(n + 1)). */
  @Test
  void findSeparated_secondDifferences_findsTheirClosedForm() {
    int n = 50;
    double[] d = new double[n];
    Arrays.fill(d, 2);
    double[] e = new double[n - 1];
    Arrays.fill(e, -1);
    double[] values = new double[n];
    EigenvalueSearch search = new EigenvalueSearch();
    assertTrue(search.findSeparated(n, d, 0, e, 0, 0, n, Crew.alone(), values));
    assertFalse(search.mostlyClustered());
    assertEquals(4, search.norm(), 1e-15);
    for (int k = 1; k <= n; k++) {
      assertEquals(2 - 2 * Math.cos(k * Math.PI / (n + 1)), values[k - 1], 8 * 0x1p-52);
    }
  }

  @Test
  void findSeparated_cluster_givesUpEarly() {
    int n = 50;
    double[] d = new double[n];
    Arrays.fill(d, 1);
    double[] e = random.doubles(n - 1, 1e-14, 1e-13).toArray();
    d[0] = -1;
    EigenvalueSearch search = new EigenvalueSearch();
    assertFalse(search.findSeparated(n, d, 0, e, 0, 0, n, Crew.alone(), new double[n]));
    assertTrue(search.mostlyClustered());
  }

  /** Eigenvalues 10^(−8i/n) but for what small off-diagonal elements add. */
  @Test
  void findSeparated_valuesThatDecay_givesUpWhereHalfTheVectorsWouldOverlapTooFar() {
    for (int n : new int[] {80, 81}) {
      double[] d = new double[n];
      for (int i = 0; i < n; i++) {
        d[i] = Math.pow(10, -10.0 * i / n);
      }
      double[] e = new double[n - 1];
      Arrays.fill(e, 1e-12);
      EigenvalueSearch search = new EigenvalueSearch();
      boolean eachIsMadeOrthogonalToAll = n <= 5 * BandCholeskyQr.PANEL;
      assertEquals(
          eachIsMadeOrthogonalToAll,
          search.findSeparated(n, d, 0, e, 0, 0, n, Crew.alone(), new double[n]));
      assertFalse(search.mostlyClustered());
    }
  }

  private static int unfinished(double[] d, double[] e, int first, int end, int maxSweeps) {
    double[] values = new double[end - first];
    return new EigenvalueSearch()
        .find(d.length, d, 0, e, 0, first, end, maxSweeps, Crew.alone(), values);
  }
}
