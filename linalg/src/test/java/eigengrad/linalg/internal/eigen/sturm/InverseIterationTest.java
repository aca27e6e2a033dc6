package eigengrad.linalg.internal.eigen.sturm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.TestMatrices;
import eigengrad.linalg.internal.support.Crew;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InverseIterationTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  private final RandomGenerator random = TestMatrices.random(1);
  private static final InverseIteration ITERATION = new InverseIteration();

  @Test
  void solve_randomMatrix_hasAllVectors() {
    for (int n : new int[] {2, 3, 10, 100}) {
      double[] d = random.doubles(n, -1, 1).toArray();
      double[] e = random.doubles(n - 1, -1, 1).toArray();
      requireVectors(d, e, 0, n);
    }
  }

  /** Up to all of 40 copies of an eigenvalue. */
  @Test
  void solve_clusters_hasOrthonormalVectors() {
    int n = 840;
    double[] d = new double[n];
    Arrays.setAll(d, i -> Math.abs(i % 21 - 10) / 10.0);
    for (double glue : new double[] {1e-300, 1e-17, 1e-14, 1e-10, 1e-6, 1e-2}) {
      double[] e = new double[n - 1];
      Arrays.setAll(e, i -> i % 21 == 20 ? glue : 0.1);
      for (int first : new int[] {0, 10, n / 2, n - 80, n - 50, n - 3}) {
        requireVectors(d, e, first, Math.min(first + 50, n));
      }
    }
  }

  /**
   * Among eigenvalues within some ulps of 0 and 1, wanted and not, little but rounding errors may
   * be left of a vector: which are another's, or not orthogonal to those before.
   */
  @Test
  void solve_randomWeakCouplings_hasOrthonormalVectors() {
    LongStream known = LongStream.of(680, 830, 1227, 1639, 1876, 2011, 2033, 22_988, 39_348);
    LongStream.concat(LongStream.rangeClosed(1, 100), known)
        .forEach(InverseIterationTest::requireVectorsOfWeakCouplings);
  }

  /** Zeros coupled by 1 or far less, or zeros and ones coupled by anything. */
  private static void requireVectorsOfWeakCouplings(long seed) {
    RandomGenerator random = TestMatrices.random(seed);
    int n = 50 + random.nextInt(150);
    double weak = Math.pow(10, -10 - random.nextInt(9));
    int chain = 2 + random.nextInt(12);
    boolean zeros = random.nextInt(2) == 0;
    double[] d = new double[n];
    double[] e = new double[n - 1];
    Arrays.setAll(d, i -> zeros ? 0 : random.nextInt(2));
    Arrays.setAll(
        e, i -> zeros ? random.nextInt(chain) == 0 ? weak : 1 : Math.pow(10, -random.nextInt(20)));
    int k = 1 + random.nextInt(n / 8);
    int first = random.nextInt(n - k + 1);
    requireVectors(d, e, first, first + k);
  }

  /** Every solution would grow beyond the largest double without scaling. */
  @Test
  void factors_pivotsAllNearZero_solveWithoutOverflow() {
    int n = 2000;
    double[] d = new double[n];
    double[] e = new double[n - 1];
    double[] x = new double[n];
    Arrays.fill(e, 1e-3);
    Arrays.fill(x, 1);
    // Alternate rows are exchanged, and the others have tiny pivots.
    Arrays.setAll(d, i -> i % 2 == 0 ? 1e-3 : 1e3);
    ShiftedFactors factors = new ShiftedFactors();
    factors.factorise(n, d, 0, e, 0, 1e-3, 1e-300);
    factors.solve(x, 0);
    double largest = 0;
    for (double element : x) {
      assertTrue(Double.isFinite(element));
      largest = Math.max(largest, Math.abs(element));
    }
    assertTrue(largest > 0);
  }

  @Test
  void factors_anyMatrix_solveUpToAFactor() {
    int n = 50;
    double[] d = random.doubles(n, -1, 1).toArray();
    double[] e = random.doubles(n - 1, -1, 1).toArray();
    double[] x = random.doubles(n, -1, 1).toArray();
    double[] right = x.clone();
    ShiftedFactors factors = new ShiftedFactors();
    factors.factorise(n, d, 0, e, 0, 0.3, 1e-300);
    factors.solve(x, 0);
    for (int i = 0; i < n; i++) {
      double product = (d[i] - 0.3) * x[i];
      product += i > 0 ? e[i - 1] * x[i - 1] : 0;
      product += i < n - 1 ? e[i] * x[i + 1] : 0;
      assertEquals(right[i], product, 1e-12);
    }
  }

  @Test
  void solve_valueThatIsNone_isReported() {
    int n = 30;
    double[] d = new double[n];
    double[] e = new double[n - 1];
    Arrays.fill(d, 1);
    Arrays.fill(e, 0.25);
    double[] vectors = new double[n];
    assertFalse(
        ITERATION.solve(n, d, 0, e, 0, 1, new double[] {1.7}, 1.5, vectors, 0, n, 9, Crew.alone()));
  }

  /** In the columns of an array that is longer, and at an offset. */
  private static void requireVectors(double[] d, double[] e, int first, int end) {
    int n = d.length;
    int k = end - first;
    int ld = n + 3;
    double[] values = new double[k];
    EigenvalueSearch search = new EigenvalueSearch();
    assertEquals(0, search.find(n, d, 0, e, 0, first, end, 400, Crew.alone(), values));
    double[] vectors = new double[5 + ld * k];
    Arrays.fill(vectors, Double.NaN);
    double norm = search.norm();
    assertTrue(
        ITERATION.solve(n, d, 0, e, 0, k, values, norm, vectors, 5, ld, 9, Crew.alone()),
        "vectors from " + first);
    for (int j = 0; j < k; j++) {
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double element = (d[i] - values[j]) * vectors[5 + i + j * ld];
        element += i > 0 ? e[i - 1] * vectors[4 + i + j * ld] : 0;
        element += i < n - 1 ? e[i] * vectors[6 + i + j * ld] : 0;
        squares += element * element;
      }
      double residual = Math.sqrt(squares);
      assertTrue(residual <= 16 * UNIT_ROUNDOFF * norm, "residual " + residual);
      for (int l = 0; l <= j; l++) {
        double product = l == j ? -1 : 0;
        for (int i = 0; i < n; i++) {
          // The norm that the vector was divided by was rounded like this sum.
          product += vectors[5 + i + j * ld] * vectors[5 + i + l * ld];
        }
        assertEquals(0, product, 2 * (10 + Math.sqrt(n)) * UNIT_ROUNDOFF, l + " and " + j);
      }
      for (int i = n; i < ld && j < k - 1; i++) {
        assertTrue(Double.isNaN(vectors[5 + i + j * ld]), "written beyond a column");
      }
    }
  }
}
