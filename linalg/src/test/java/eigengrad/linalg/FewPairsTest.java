package eigengrad.linalg;

import static eigengrad.linalg.SpectralAccuracy.ULP;
import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few pairs of tridiagonal matrices, at a cost and in memory that grow with their number. */
class FewPairsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final EigenOptions ALONE =
      EigenOptions.DEFAULT.withParallelism(Parallelism.sequential());

  @ParameterizedTest
  @ValueSource(ints = {50, 2500, 20_000})
  void decompose_secondDifferences_hasTheClosedForm(int n) {
    requireClosedForm(n, 1, 3, Math.min(20, n / 16));
  }

  @Test
  @Tag("slow")
  void decompose_secondDifferencesOfOrderOneMillion_hasTheClosedForm() {
    requireClosedForm(1_000_000, 1, 20);
  }

  /** λ = 2 + 2cos(jπ/(n + 1)), v = sin(ijπ/(n + 1)), for j from n down. */
  private static void requireClosedForm(int n, int... counts) {
    Tridiagonal t = Tridiagonal.of(n, i -> 2, i -> 1);
    for (int k : counts) {
      for (int first : new int[] {0, n / 3, n - k}) {
        IndexRange range = IndexRange.of(first, first + k);
        PartialEigendecomposition eigen = decomposeWithin(memoryBound(n, k), t, range);
        requireAccurate(t, range + " of " + n, eigen);
        for (int i = 0; i < k; i++) {
          int j = n - first - i;
          assertEquals(closedForm(n, j), eigen.value(i), 4 * RATIO_LIMIT * ULP, range + " of " + n);
          double gap =
              Math.min(
                  j > 1 ? closedForm(n, j - 1) - closedForm(n, j) : 4,
                  j < n ? closedForm(n, j) - closedForm(n, j + 1) : 4);
          requireClosedFormVector(n, j, eigen.vectors().column(i), 100 * ULP / gap);
        }
      }
    }
  }

  private static double closedForm(int n, int j) {
    double cosine = Math.cos(j * Math.PI / (2.0 * (n + 1)));
    return 4 * cosine * cosine;
  }

  private static void requireClosedFormVector(int n, int j, double[] v, double tolerance) {
    double product = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double exact = Math.sin(Math.PI * ((long) (i + 1) * j % (2L * (n + 1))) / (n + 1));
      product += exact * v[i];
      squares += exact * exact;
    }
    // 1 − cos² of the angle between them, which is the square of its sine.
    double sineSquared = 1 - product * product / squares;
    assertTrue(sineSquared <= tolerance * tolerance + n * ULP, "vector " + j + " of " + n);
  }

  /** Clusters are no reason to solve for all pairs either. */
  @Test
  void decompose_fewPairsOfClusters_areAccurateInLittleMemory() {
    Map<String, Tridiagonal> clustered = new LinkedHashMap<>();
    for (double glue : new double[] {1e-13, 1e-8, 1e-3, 8}) {
      clustered.put("glue " + glue, gluedWilkinson(8_400, glue));
    }
    clustered.put("identity", Tridiagonal.of(8_000, i -> 1, i -> 0));
    clustered.put("two values", Tridiagonal.of(8_000, i -> i % 2, i -> 0));
    clustered.put("blocks of 3", Tridiagonal.of(8_000, i -> 0, i -> i % 3 == 2 ? 0 : 1));
    clustered.put("halves", Tridiagonal.of(8_000, i -> 2, i -> i == 3999 ? 0 : 1));
    clustered.put("weakly coupled", Tridiagonal.of(8_000, i -> 1, i -> 1e-12));
    clustered.put("weakly coupled zeros", Tridiagonal.of(8_000, i -> i == 0 ? 1 : 0, i -> 1e-15));
    clustered.put("one large value", Tridiagonal.of(8_000, i -> i == 9 ? 1 : 0, i -> 1e-30));
    clustered.forEach(
        (name, t) -> {
          int n = t.d().length;
          for (int k : new int[] {1, 10}) {
            for (int first : new int[] {0, n / 2, n - k}) {
              IndexRange range = IndexRange.of(first, first + k);
              String what = name + ", " + range;
              PartialEigendecomposition eigen = decomposeWithin(memoryBound(n, k), t, range);
              requireAccurate(t, what, eigen);
              requireCounts(t, first, eigen.values(), what);
              double[] alone = TridiagonalEigen.values(t.d(), t.e(), range);
              assertArrayEquals(alone, eigen.values(), RATIO_LIMIT * ULP * norm(t), what);
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 64, 200})
  void decompose_fewPairsOfHostileMatrices_areThoseOfTheWhole(int n) {
    HostileTridiagonals.all(n, n).forEach(FewPairsTest::requirePairsOfTheWhole);
  }

  @Test
  void decompose_fewPairsOfGluedMatrices_areThoseOfTheWhole() {
    HostileTridiagonals.gluedWilkinson(16).forEach(FewPairsTest::requirePairsOfTheWhole);
    HostileTridiagonals.mixedGlue(1).forEach(FewPairsTest::requirePairsOfTheWhole);
    for (double glue : new double[] {5, 8, 12, 30, 1000}) {
      requirePairsOfTheWhole("glue " + glue, gluedWilkinson(336, glue));
    }
    double[] half = TestMatrices.random(1).doubles(150, -1, 1).toArray();
    for (double coupling : new double[] {1e-3, 1e-8, 1e-12, 1e-15}) {
      requirePairsOfTheWhole(
          "equal halves coupled by " + coupling,
          Tridiagonal.of(300, i -> half[i % 150], i -> i == 149 ? coupling : half[149 - i % 150]));
    }
  }

  /** A Rayleigh quotient may be that of another eigenvalue: 0 instead of one of two that are 1. */
  @Test
  void decompose_oneOfTwoEqualValues_isThatValue() {
    double[] d = {0, 2, 0, 1, 1, 0, 0};
    double[] e = {2e-16, 2e-16, 1e-16, 2e-16, 1e-16, 2e-16};
    double[] expected = {0, 0, 0, 0, 1, 1, 2};
    for (int i = 0; i < 7; i++) {
      IndexRange range = IndexRange.of(i, i + 1);
      assertEquals(expected[i], TridiagonalEigen.decompose(d, e, range).value(0), 1e-15);
    }
  }

  /** Eigenvectors that live far apart in the matrix are neighbours no more than others. */
  @Test
  void decompose_manyVectorsOfSeparateParts_areOrthogonal() {
    int n = 5982;
    Random random = new Random(7);
    Tridiagonal t =
        Tridiagonal.of(
            n, i -> Math.abs(i - (n - 1) / 2.0) * (random.nextInt(50) == 0 ? 1e-16 : 1), i -> 1);
    requireAccurate(t, "holes", TridiagonalEigen.decompose(t.d(), t.e(), IndexRange.smallest(115)));
  }

  /** Each block at its own scale: the smallest eigenvalues are as exact, relatively, as alone. */
  @Test
  void decompose_blocksOfVeryDifferentSize_areAsAccurateAsAlone() {
    double[] scales = {1e-40, 1, 1e-80};
    int m = 100;
    Tridiagonal t =
        Tridiagonal.of(
            3 * m, i -> 2 * scales[i / m], i -> i == m - 1 || i == 2 * m - 1 ? 0 : scales[i / m]);
    for (int k : new int[] {1, 5, 150, 201}) {
      double[] values = TridiagonalEigen.values(t.d(), t.e(), IndexRange.smallest(k));
      PartialEigendecomposition eigen =
          TridiagonalEigen.decompose(t.d(), t.e(), IndexRange.smallest(k));
      for (int i = 0; i < k; i++) {
        double scale = i < m ? 1e-80 : i < 2 * m ? 1e-40 : 1;
        double exact = closedForm(m, m - i % m) * scale;
        assertEquals(exact, values[i], 4 * RATIO_LIMIT * ULP * scale, k + " values: " + i);
        assertEquals(exact, eigen.value(i), 4 * RATIO_LIMIT * ULP * scale, k + " pairs: " + i);
      }
    }
  }

  @Test
  void decompose_moreThreads_changeNoBit() {
    ForkJoinPool pool = new ForkJoinPool(3);
    try {
      EigenOptions parallel = EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool));
      for (double glue : new double[] {1e-9, 1}) {
        Tridiagonal t = gluedWilkinson(21_000, glue);
        for (IndexRange range : List.of(IndexRange.largest(20), IndexRange.of(10_000, 10_003))) {
          PartialEigendecomposition one = new EigenSolver(ALONE).decompose(t.d(), t.e(), range);
          PartialEigendecomposition more = new EigenSolver(parallel).decompose(t.d(), t.e(), range);
          assertArrayEquals(one.values(), more.values());
          assertEquals(one.vectors(), more.vectors());
        }
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void decompose_interruptedWhileItRuns_endsEarly() throws InterruptedException {
    Tridiagonal t = gluedWilkinson(210_000, 1e-9);
    Throwable[] thrown = new Throwable[1];
    Thread solver =
        new Thread(
            () -> {
              try {
                new EigenSolver(ALONE).decompose(t.d(), t.e(), IndexRange.largest(60));
              } catch (CancellationException interrupted) {
                thrown[0] = interrupted;
              }
            });
    solver.start();
    Thread.sleep(200);
    solver.interrupt();
    solver.join(60_000);
    assertEquals(CancellationException.class, thrown[0].getClass());
  }

  @Test
  void decompose_moreElementsThanAnArrayHolds_isRefused() {
    int n = 1_000_000;
    double[] d = new double[n];
    double[] e = new double[n - 1];
    IndexRange range = IndexRange.largest(3000);
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class, () -> TridiagonalEigen.decompose(d, e, range))
                .getMessage());
    assertTrue(message.contains("1000000×3000: ") && message.contains("ask for"), message);
  }

  /** The vectors, and no more than so many numbers beside them for each row. */
  private static long memoryBound(int n, int k) {
    return 8L * n * (k + 120) + 200_000;
  }

  /** More than once if need be: until they are compiled vectors are objects. */
  private static PartialEigendecomposition decomposeWithin(
      long bytes, Tridiagonal t, IndexRange range) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + Allocation.PATIENCE;
    while (System.nanoTime() - end < 0) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      PartialEigendecomposition eigen = new EigenSolver(ALONE).decompose(t.d(), t.e(), range);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      if (least <= bytes) {
        return eigen;
      }
    }
    throw new AssertionError(range + " of " + t.d().length + ": " + least + " bytes");
  }

  private static Tridiagonal gluedWilkinson(int n, double glue) {
    return Tridiagonal.of(n, i -> Math.abs(i % 21 - 10), i -> i % 21 == 20 ? glue : 1);
  }

  private static void requirePairsOfTheWhole(String name, Tridiagonal t) {
    int n = t.d().length;
    double[] all = TridiagonalEigen.decompose(t.d(), t.e()).values();
    double largest = DoubleStream.of(all).map(Math::abs).max().orElse(0);
    for (int k : new int[] {1, 2, 3, 5, 10, 20}) {
      TreeSet<Integer> firsts = new TreeSet<>(List.of(0, 1, n / 3, n / 2, n - k - 1, n - k));
      for (int first : firsts.subSet(0, Math.max(n - k + 1, 0))) {
        IndexRange range = IndexRange.of(first, first + k);
        String what = name + ", " + range + " of " + n;
        PartialEigendecomposition eigen = TridiagonalEigen.decompose(t.d(), t.e(), range);
        double[] alone = TridiagonalEigen.values(t.d(), t.e(), range);
        for (int j = 0; j < k; j++) {
          double tolerance = RATIO_LIMIT * ULP * largest;
          assertEquals(all[first + j], eigen.value(j), tolerance, what);
          assertEquals(all[first + j], alone[j], tolerance, what);
        }
        requireAccurate(t, what, eigen);
        requireCounts(t, first, eigen.values(), what);
      }
    }
  }

  /** LAPACK's ratios, the residual without a dense matrix. */
  private static void requireAccurate(Tridiagonal t, String what, PartialEigendecomposition eigen) {
    double residual = residual(t, eigen);
    assertTrue(residual <= RATIO_LIMIT, what + ": residual ratio " + residual);
    double orthogonality = eigen.orthogonality();
    assertTrue(orthogonality <= RATIO_LIMIT, what + ": orthogonality ratio " + orthogonality);
  }

  /** The largest ‖Tv − λv‖₁ / (‖T‖₁·n·u'). */
  private static double residual(Tridiagonal t, PartialEigendecomposition eigen) {
    int n = t.d().length;
    // Where T is near the largest double a sum of magnitudes may overflow.
    double scale = Math.scalb(1.0, -Math.getExponent(Math.max(largest(t), Double.MIN_NORMAL)));
    double worst = 0;
    for (int j = 0; j < eigen.size(); j++) {
      double[] v = eigen.vectors().column(j);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double element = (t.d()[i] * scale - eigen.value(j) * scale) * v[i];
        element += i > 0 ? t.e()[i - 1] * scale * v[i - 1] : 0;
        element += i < n - 1 ? t.e()[i] * scale * v[i + 1] : 0;
        sum += Math.abs(element);
      }
      worst = Math.max(worst, sum);
    }
    return worst == 0 ? 0 : worst / (norm(t) * scale * n * ULP);
  }

  private static double largest(Tridiagonal t) {
    return DoubleStream.concat(DoubleStream.of(t.d()), DoubleStream.of(t.e()))
        .map(Math::abs)
        .max()
        .orElse(0);
  }

  /** A lower bound of ‖T‖₁ that does not overflow. */
  private static double norm(Tridiagonal t) {
    return largest(t);
  }

  /** Each value is where Sturm counts place that of its index. */
  private static void requireCounts(Tridiagonal t, int first, double[] values, String what) {
    SturmCount sturm = new SturmCount(t);
    double tolerance = RATIO_LIMIT * ULP * 3 * largest(t);
    for (int j = 0; j < values.length; j++) {
      assertTrue(sturm.below(values[j] - tolerance) <= first + j, what + ": value " + j);
      assertTrue(sturm.below(values[j] + tolerance) > first + j, what + ": value " + j);
    }
  }
}
