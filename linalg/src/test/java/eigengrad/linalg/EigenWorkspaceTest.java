package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A workspace saves memory and changes nothing. */
class EigenWorkspaceTest {
  /** On both sides of the leaf size, of blocked back-transformation and of a shared reduction. */
  private static final int[] SIZES = {0, 1, 2, 8, 31, 33, 64, 65, 100, 129, 257, 300};

  /** Small objects, whatever n: the result's two, a crew, a scaling. */
  private static final long SMALL_OBJECTS = 512;

  /**
   * Rows in all solves of one order: the compiler counts turns of loops and arrives late where they
   * are short, and on a busy machine; an array of n is there every time.
   */
  private static final int MOST_ROWS = 6_000_000;

  private double[] copy = {};

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void solve_workspaceUsedBefore_allocatesTheResultAlone() {
    EigenWorkspace workspace = new EigenWorkspace();
    for (int n : new int[] {300, 8, 100, 33}) {
      DenseMatrix matrix = TestMatrices.uniform(n, n);
      double[] d = TestMatrices.random(n).doubles(n, -1, 1).toArray();
      double[] e = TestMatrices.random(n).doubles(n - 1, -1, 1).toArray();
      EigenOptions options = EigenOptions.DEFAULT;
      long vectors = 8L * n * n;
      long values = 8L * n;
      assertAllocates(
          n, vectors + values, () -> SymmetricEigen.decompose(matrix, options, workspace));
      assertAllocates(n, values, () -> SymmetricEigen.values(matrix, options, workspace));
      DenseMatrix blocks = DenseMatrix.diagonal(d);
      assertAllocates(
          n, vectors + values, () -> SymmetricEigen.decompose(blocks, options, workspace));
      assertAllocates(
          n, vectors + values, () -> TridiagonalEigen.decompose(d, e, options, workspace));
      assertAllocates(n, values, () -> TridiagonalEigen.values(d, e, options, workspace));
    }
  }

  @Test
  void solveRange_workspaceUsedBefore_allocatesTheResultAlone() {
    EigenWorkspace workspace = new EigenWorkspace();
    EigenOptions options = EigenOptions.DEFAULT;
    for (int n : new int[] {300, 8, 100, 33}) {
      IndexRange range = IndexRange.largest(n / 4);
      long values = 8L * range.count();
      long pairs = values * (n + 1);
      double[] d = TestMatrices.random(n).doubles(n, -1, 1).toArray();
      double[] e = TestMatrices.random(n).doubles(n - 1, -1, 1).toArray();
      assertAllocates(n, pairs, () -> TridiagonalEigen.decompose(d, e, range, options, workspace));
      assertAllocates(n, values, () -> TridiagonalEigen.values(d, e, range, options, workspace));
      for (DenseMatrix matrix :
          new DenseMatrix[] {TestMatrices.uniform(n, n), DenseMatrix.diagonal(d)}) {
        assertAllocates(
            n, pairs, () -> SymmetricEigen.decompose(matrix, range, options, workspace));
        assertAllocates(n, values, () -> SymmetricEigen.values(matrix, range, options, workspace));
      }
    }
  }

  /** Of an order beyond that of the default. */
  @Test
  @Tag("slow")
  void solve_veryLargeLeaf_givesTheSameBitsInAUsedWorkspace() {
    int n = 4097;
    double[] d = TestMatrices.random(n).doubles(n, -1, 1).toArray();
    double[] e = TestMatrices.random(n + 1).doubles(n - 1, -1, 1).toArray();
    EigenOptions options = new EigenOptions(1e-10, 30, 5000);
    EigenWorkspace used = new EigenWorkspace();
    TridiagonalEigen.decompose(new double[] {1, 2, 3, 4}, new double[] {1, 1, 1}, options, used);
    Eigendecomposition fresh = TridiagonalEigen.decompose(d, e, options, new EigenWorkspace());
    Eigendecomposition again = TridiagonalEigen.decompose(d, e, options, used);
    assertArrayEquals(fresh.values(), again.values());
    assertEquals(fresh.vectors(), again.vectors());
  }

  /** Jacobi, lock-step and one by one, at some lane width at least. */
  @Test
  void solveBatch_workspaceUsedBefore_allocatesTheResultAlone() {
    EigenWorkspace workspace = new EigenWorkspace();
    EigenOptions options = EigenOptions.DEFAULT;
    for (int n : new int[] {4, 8, 41}) {
      // Where they are solved one by one each has its scaling, an object of 16 bytes.
      boolean single = n == 41;
      int count = single ? 8 : 64;
      long scalings = single ? 16L * count : 0;
      MatrixBatch batch = MatrixBatch.of(BatchedSymmetricEigenTest.uniform(count, n));
      long result = 8L * count * n * (n + 1);
      assertAllocates(
          count * n,
          result + scalings,
          () -> BatchedSymmetricEigen.decompose(batch, options, FailurePolicy.THROW, workspace));
      BatchedEigendecomposition old = BatchedSymmetricEigen.decompose(batch);
      assertAllocates(
          count * n,
          scalings,
          () ->
              BatchedSymmetricEigen.decompose(batch, options, FailurePolicy.THROW, workspace, old));
    }
  }

  /** A pair has two doubles, n components, an int and a boolean. */
  @Test
  void powerIterationOfBatch_workspaceUsedBefore_allocatesTheResultAlone() {
    EigenWorkspace workspace = new EigenWorkspace();
    PowerIteration settings = new PowerIteration(5, 1e-3, 1);
    int count = 64;
    int k = 2;
    for (int n : new int[] {4, 12, 40}) {
      MatrixBatch batch = MatrixBatch.of(BatchedSymmetricEigenTest.uniform(count, n));
      long result = (8L * (n + 2) + 5) * count * k;
      assertAllocates(
          count * n, result, () -> settings.leading(batch, k, Parallelism.sequential(), workspace));
    }
  }

  @Test
  void leastAllocated_solveThatAllocatesOneArrayMore_isBeyondTheLimit() {
    EigenWorkspace workspace = new EigenWorkspace();
    int n = 100;
    DenseMatrix matrix = TestMatrices.uniform(n, n);
    EigenOptions options = EigenOptions.DEFAULT;
    long values = 8L * n;
    assertAllocates(n, values, () -> SymmetricEigen.values(matrix, options, workspace));
    Runnable wasteful = () -> copy = SymmetricEigen.values(matrix, options, workspace).clone();
    assertTrue(leastAllocated(500, values, wasteful) > values + SMALL_OBJECTS);
    assertEquals(n, copy.length);
  }

  private static void assertAllocates(int n, long result, Runnable solve) {
    long least = leastAllocated(MOST_ROWS / n, result, solve);
    assertTrue(least <= result + SMALL_OBJECTS, least + " bytes for a result of " + result);
  }

  /** Of so many solves, or until one allocates no more than it may. */
  private static long leastAllocated(int solves, long result, Runnable solve) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < solves && least > result + SMALL_OBJECTS; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      solve.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @Test
  void solve_workspaceUsedForOtherOrders_givesTheBitsOfAFreshOne() {
    EigenWorkspace workspace = new EigenWorkspace();
    for (int size : SIZES) {
      requireSameBits(size, workspace);
    }
    for (int i = SIZES.length - 1; i >= 0; i--) {
      requireSameBits(SIZES[i], workspace);
    }
  }

  @Test
  void solve_workspaceSharedWithSeveralThreads_givesTheBitsOfAFreshOne() {
    EigenWorkspace workspace = new EigenWorkspace();
    DenseMatrix matrix = TestMatrices.uniform(300, 1);
    Eigendecomposition expected = SymmetricEigen.decompose(matrix);
    try (ForkJoinPool small = new ForkJoinPool(2);
        ForkJoinPool large = new ForkJoinPool(4)) {
      for (ForkJoinPool pool : new ForkJoinPool[] {small, large, small}) {
        EigenOptions options = EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool));
        requireEqual(expected, SymmetricEigen.decompose(matrix, options, workspace));
      }
    }
  }

  @Test
  void solve_afterOneThatFailed_givesTheBitsOfAFreshWorkspace() {
    EigenWorkspace workspace = new EigenWorkspace();
    DenseMatrix matrix = TestMatrices.uniform(150, 2);
    EigenOptions hasty = new EigenOptions(1e-10, 1, 32);
    DenseMatrix paired = TestMatrices.gluedWilkinson(1);
    assertThrows(
        EigenConvergenceException.class, () -> SymmetricEigen.decompose(paired, hasty, workspace));
    requireSameBits(100, workspace);
    DenseMatrix notFinite = DenseMatrix.diagonal(1, Double.NaN);
    assertThrows(
        IllegalArgumentException.class,
        () -> SymmetricEigen.decompose(notFinite, EigenOptions.DEFAULT, workspace));
    requireSameBits(33, workspace);
    DenseMatrix large = DenseMatrix.of(2, 2, 1e308, 1e308, 1e308, 1e308);
    assertThrows(
        ArithmeticException.class,
        () -> SymmetricEigen.decompose(large, EigenOptions.DEFAULT, workspace));
    requireSameBits(64, workspace);
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class,
        () -> SymmetricEigen.decompose(matrix, EigenOptions.DEFAULT, workspace));
    assertTrue(Thread.interrupted());
    requireSameBits(150, workspace);
  }

  /** The pool is asked for helpers in the middle of a solve: there it starts another one. */
  @Test
  void solve_workspaceInUse_isRefused() {
    EigenWorkspace workspace = new EigenWorkspace();
    DenseMatrix matrix = TestMatrices.uniform(300, 3);
    try (ForkJoinPool pool =
        new ForkJoinPool(2) {
          @Override
          public void execute(Runnable task) {
            SymmetricEigen.values(matrix, EigenOptions.DEFAULT, workspace);
          }
        }) {
      EigenOptions options = EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool));
      IllegalStateException refusal =
          assertThrows(
              IllegalStateException.class,
              () -> SymmetricEigen.decompose(matrix, options, workspace));
      assertTrue(String.valueOf(refusal.getMessage()).contains("give each thread its own"));
    }
    requireSameBits(300, workspace);
  }

  /** Vectors that come out of order, in several cycles, end in their places. */
  @Test
  void decompose_diagonalInAnyOrder_putsEachVectorInItsPlace() {
    EigenWorkspace workspace = new EigenWorkspace();
    for (int n : new int[] {2, 7, 40}) {
      for (int stride : new int[] {1, 3, n - 1}) {
        IntFunction<Double> value = i -> (double) ((i * stride + 1) % n);
        double[] diagonal = IntStream.range(0, n).mapToDouble(value::apply).toArray();
        DenseMatrix matrix = DenseMatrix.diagonal(diagonal);
        Eigendecomposition eigen =
            SymmetricEigen.decompose(matrix, EigenOptions.DEFAULT, workspace);
        assertEquals(0, eigen.residual(matrix));
        assertEquals(0, eigen.orthogonality());
      }
    }
  }

  private static void requireSameBits(int n, EigenWorkspace workspace) {
    DenseMatrix matrix = TestMatrices.uniform(n, n);
    EigenOptions options = EigenOptions.DEFAULT;
    requireEqual(
        SymmetricEigen.decompose(matrix), SymmetricEigen.decompose(matrix, options, workspace));
    assertArrayEquals(
        SymmetricEigen.values(matrix), SymmetricEigen.values(matrix, options, workspace));
    double[] d = TestMatrices.random(n).doubles(n, -1, 1).toArray();
    double[] e = TestMatrices.random(n + 1).doubles(Math.max(n - 1, 0), -1, 1).toArray();
    requireEqual(
        TridiagonalEigen.decompose(d, e), TridiagonalEigen.decompose(d, e, options, workspace));
    assertArrayEquals(
        TridiagonalEigen.values(d, e), TridiagonalEigen.values(d, e, options, workspace));
    IndexRange range = IndexRange.of(n / 3, n / 2);
    for (DenseMatrix some : new DenseMatrix[] {matrix, DenseMatrix.diagonal(d)}) {
      requireEqual(
          SymmetricEigen.decompose(some), SymmetricEigen.decompose(some, options, workspace));
      requireEqual(
          SymmetricEigen.decompose(some, range),
          SymmetricEigen.decompose(some, range, options, workspace));
      assertArrayEquals(
          SymmetricEigen.values(some, range),
          SymmetricEigen.values(some, range, options, workspace));
    }
    requireEqual(
        TridiagonalEigen.decompose(d, e, range),
        TridiagonalEigen.decompose(d, e, range, options, workspace));
    assertArrayEquals(
        TridiagonalEigen.values(d, e, range),
        TridiagonalEigen.values(d, e, range, options, workspace));
  }

  private static void requireEqual(
      PartialEigendecomposition expected, PartialEigendecomposition actual) {
    assertArrayEquals(expected.values(), actual.values());
    assertEquals(expected.vectors(), actual.vectors());
  }

  private static void requireEqual(Eigendecomposition expected, Eigendecomposition actual) {
    assertArrayEquals(expected.values(), actual.values());
    assertEquals(expected.vectors(), actual.vectors());
  }
}
