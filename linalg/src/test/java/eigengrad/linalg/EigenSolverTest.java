package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A solver saves memory and changes nothing. */
class EigenSolverTest {
  /** On both sides of the leaf size, of blocked back-transformation and of a shared reduction. */
  private static final int[] SIZES = {0, 1, 2, 8, 31, 33, 64, 65, 100, 129, 257, 300};

  /** Small objects, whatever n: the result's two, a crew, a scaling. */
  private static final long SMALL_OBJECTS = 512;

  /** Some hundred solves. */
  private static final long WHILE_COMPILED = 100_000_000;

  private double[] copy = {};

  /** Where QL is only the faster way, as it is for few rows, its limit is nobody's failure. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 6, 7, 8, 12, 13, 40})
  void decompose_oneIterationOfQl_isEnoughForSeparatedEigenvalues(int n) {
    EigenOptions usual = EigenOptions.DEFAULT;
    EigenSolver once =
        new EigenSolver(new EigenOptions(usual.symmetryTolerance(), 1, usual.leafSize()));
    for (int seed = 0; seed < 100; seed++) {
      DenseMatrix random = TestMatrices.uniform(n, seed);
      for (DenseMatrix matrix : List.of(random, random.times(random.transpose()))) {
        Eigendecomposition eigen = once.decompose(matrix);
        assertTrue(eigen.residual(matrix) <= 4, "seed " + seed);
        assertTrue(eigen.orthogonality() <= 4, "seed " + seed);
      }
    }
  }

  @Test
  void solve_solverUsedBefore_allocatesTheResultAlone() {
    EigenSolver solver = new EigenSolver();
    for (int n : new int[] {300, 8, 100, 33}) {
      DenseMatrix matrix = TestMatrices.uniform(n, n);
      double[] d = TestMatrices.random(n).doubles(n, -1, 1).toArray();
      double[] e = TestMatrices.random(n).doubles(n - 1, -1, 1).toArray();
      EigenOptions options = EigenOptions.DEFAULT;
      long vectors = 8L * n * n;
      long values = 8L * n;
      assertAllocates(vectors + values, () -> solver.with(options).decompose(matrix));
      assertAllocates(values, () -> solver.with(options).values(matrix));
      DenseMatrix blocks = DenseMatrix.diagonal(d);
      assertAllocates(vectors + values, () -> solver.with(options).decompose(blocks));
      assertAllocates(vectors + values, () -> solver.with(options).decompose(d, e));
      assertAllocates(values, () -> solver.with(options).values(d, e));
    }
  }

  @Test
  void solveRange_solverUsedBefore_allocatesTheResultAlone() {
    EigenSolver solver = new EigenSolver();
    EigenOptions options = EigenOptions.DEFAULT;
    for (int n : new int[] {300, 8, 100, 33}) {
      IndexRange range = IndexRange.largest(n / 4);
      long values = 8L * range.count();
      long pairs = values * (n + 1);
      double[] d = TestMatrices.random(n).doubles(n, -1, 1).toArray();
      double[] e = TestMatrices.random(n).doubles(n - 1, -1, 1).toArray();
      assertAllocates(pairs, () -> solver.with(options).decompose(d, e, range));
      assertAllocates(values, () -> solver.with(options).values(d, e, range));
      for (DenseMatrix matrix :
          new DenseMatrix[] {TestMatrices.uniform(n, n), DenseMatrix.diagonal(d)}) {
        assertAllocates(pairs, () -> solver.with(options).decompose(matrix, range));
        assertAllocates(values, () -> solver.with(options).values(matrix, range));
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
    EigenSolver used = new EigenSolver();
    used.with(options).decompose(new double[] {1, 2, 3, 4}, new double[] {1, 1, 1});
    Eigendecomposition fresh = new EigenSolver(options).decompose(d, e);
    Eigendecomposition again = used.with(options).decompose(d, e);
    assertArrayEquals(fresh.values(), again.values());
    assertEquals(fresh.vectors(), again.vectors());
  }

  /** Jacobi, lock-step and one by one, at some lane width at least. */
  @Test
  void solveBatch_solverUsedBefore_allocatesTheResultAlone() {
    EigenSolver solver = new EigenSolver();
    EigenOptions options = EigenOptions.DEFAULT;
    for (int n : new int[] {4, 8, 41}) {
      // Where they are solved one by one each has its scaling, an object of 16 bytes.
      boolean single = n == 41;
      int count = single ? 8 : 64;
      long scalings = single ? 16L * count : 0;
      MatrixBatch batch = MatrixBatch.of(BatchTest.uniform(count, n));
      long result = 8L * count * n * (n + 1);
      assertAllocates(result + scalings, () -> solver.with(options).decompose(batch));
      BatchedEigendecomposition old = SymmetricEigen.decompose(batch);
      assertAllocates(scalings, () -> solver.with(options).decompose(batch, old));
    }
  }

  /** A pair has two doubles, n components, an int and a boolean. */
  @Test
  void powerIterationOfBatch_solverUsedBefore_allocatesTheResultAlone() {
    EigenSolver solver = new EigenSolver();
    PowerIteration settings = new PowerIteration(5, 1e-3, 1);
    int count = 64;
    int k = 2;
    for (int n : new int[] {4, 12, 40}) {
      MatrixBatch batch = MatrixBatch.of(BatchTest.uniform(count, n));
      long result = (8L * (n + 2) + 5) * count * k;
      assertAllocates(result, () -> settings.leading(batch, k, solver));
    }
  }

  @Test
  void least_solveThatAllocatesOneArrayMore_isBeyondTheLimit() {
    EigenSolver solver = new EigenSolver();
    int n = 100;
    DenseMatrix matrix = TestMatrices.uniform(n, n);
    EigenOptions options = EigenOptions.DEFAULT;
    long values = 8L * n;
    assertAllocates(values, () -> solver.with(options).values(matrix));
    Runnable wasteful = () -> copy = solver.with(options).values(matrix).clone();
    long limit = values + SMALL_OBJECTS;
    assertTrue(Allocation.least(limit, WHILE_COMPILED, wasteful) > limit);
    assertEquals(n, copy.length);
  }

  private static void assertAllocates(long result, Runnable solve) {
    long least = Allocation.least(result + SMALL_OBJECTS, Allocation.PATIENCE, solve);
    assertTrue(least <= result + SMALL_OBJECTS, least + " bytes for a result of " + result);
  }

  @Test
  void solve_solverUsedForOtherOrders_givesTheBitsOfAFreshOne() {
    EigenSolver solver = new EigenSolver();
    for (int size : SIZES) {
      requireSameBits(size, solver);
    }
    for (int i = SIZES.length - 1; i >= 0; i--) {
      requireSameBits(SIZES[i], solver);
    }
  }

  @Test
  void solve_solverSharedWithSeveralThreads_givesTheBitsOfAFreshOne() {
    EigenSolver solver = new EigenSolver();
    DenseMatrix matrix = TestMatrices.uniform(300, 1);
    Eigendecomposition expected = SymmetricEigen.decompose(matrix);
    try (ForkJoinPool small = new ForkJoinPool(2);
        ForkJoinPool large = new ForkJoinPool(4)) {
      for (ForkJoinPool pool : new ForkJoinPool[] {small, large, small}) {
        EigenOptions options = EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool));
        requireEqual(expected, solver.with(options).decompose(matrix));
      }
    }
  }

  @Test
  void solve_afterOneThatFailed_givesTheBitsOfAFreshWorkspace() {
    EigenSolver solver = new EigenSolver();
    DenseMatrix matrix = TestMatrices.uniform(150, 2);
    EigenOptions hasty = new EigenOptions(1e-10, 1, 32);
    DenseMatrix clustered = TestMatrices.clustered(21);
    assertThrows(EigenConvergenceException.class, () -> solver.with(hasty).decompose(clustered));
    requireSameBits(100, solver);
    DenseMatrix notFinite = DenseMatrix.diagonal(1, Double.NaN);
    assertThrows(IllegalArgumentException.class, () -> solver.decompose(notFinite));
    requireSameBits(33, solver);
    DenseMatrix large = DenseMatrix.of(2, 2, 1e308, 1e308, 1e308, 1e308);
    assertThrows(ArithmeticException.class, () -> solver.decompose(large));
    requireSameBits(64, solver);
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> solver.decompose(matrix));
    assertTrue(Thread.interrupted());
    requireSameBits(150, solver);
  }

  /** The pool is asked for helpers in the middle of a solve: there it starts another one. */
  @Test
  void solve_solverInUse_isRefused() {
    EigenSolver solver = new EigenSolver();
    DenseMatrix matrix = TestMatrices.uniform(300, 3);
    try (ForkJoinPool pool =
        new ForkJoinPool(2) {
          @Override
          public void execute(Runnable task) {
            solver.values(matrix);
          }
        }) {
      EigenOptions options = EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool));
      IllegalStateException refusal =
          assertThrows(IllegalStateException.class, () -> solver.with(options).decompose(matrix));
      assertTrue(String.valueOf(refusal.getMessage()).contains("give each thread its own"));
    }
    requireSameBits(300, solver);
  }

  /** Vectors that come out of order, in several cycles, end in their places. */
  @Test
  void decompose_diagonalInAnyOrder_putsEachVectorInItsPlace() {
    EigenSolver solver = new EigenSolver();
    for (int n : new int[] {2, 7, 40}) {
      for (int stride : new int[] {1, 3, n - 1}) {
        IntFunction<Double> value = i -> (double) ((i * stride + 1) % n);
        double[] diagonal = IntStream.range(0, n).mapToDouble(value::apply).toArray();
        DenseMatrix matrix = DenseMatrix.diagonal(diagonal);
        Eigendecomposition eigen = solver.decompose(matrix);
        assertEquals(0, eigen.residual(matrix));
        assertEquals(0, eigen.orthogonality());
      }
    }
  }

  private static void requireSameBits(int n, EigenSolver solver) {
    DenseMatrix matrix = TestMatrices.uniform(n, n);
    EigenOptions options = EigenOptions.DEFAULT;
    requireEqual(SymmetricEigen.decompose(matrix), solver.with(options).decompose(matrix));
    assertArrayEquals(SymmetricEigen.values(matrix), solver.with(options).values(matrix));
    double[] d = TestMatrices.random(n).doubles(n, -1, 1).toArray();
    double[] e = TestMatrices.random(n + 1).doubles(Math.max(n - 1, 0), -1, 1).toArray();
    requireEqual(TridiagonalEigen.decompose(d, e), solver.with(options).decompose(d, e));
    assertArrayEquals(TridiagonalEigen.values(d, e), solver.with(options).values(d, e));
    IndexRange range = IndexRange.of(n / 3, n / 2);
    for (DenseMatrix some : new DenseMatrix[] {matrix, DenseMatrix.diagonal(d)}) {
      requireEqual(SymmetricEigen.decompose(some), solver.with(options).decompose(some));
      requireEqual(
          SymmetricEigen.decompose(some, range), solver.with(options).decompose(some, range));
      assertArrayEquals(
          SymmetricEigen.values(some, range), solver.with(options).values(some, range));
    }
    requireEqual(
        TridiagonalEigen.decompose(d, e, range), solver.with(options).decompose(d, e, range));
    assertArrayEquals(
        TridiagonalEigen.values(d, e, range), solver.with(options).values(d, e, range));
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
