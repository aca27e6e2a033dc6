package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any number of threads gives the same bits, and none of them waits or stays. */
class ParallelismTest {

  /** Around the order from which work is shared, and around more panels, subtrees and chunks. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 40, 256, 257, 258, 259, 313, 384, 512, 513, 530})
  void decompose_anyNumberOfThreads_givesTheSameBits(int n) {
    requireSameBits(TestMatrices.uniform(n, n));
  }

  @Test
  void decompose_clusteredSpectra_giveTheSameBits() {
    int n = 300;
    requireSameBits(TestMatrices.withSpectrum(spectrum(n, 3), 1));
    requireSameBits(TestMatrices.withSpectrum(spectrum(n, 150), 2));
    requireSameBits(DenseMatrix.identity(n));
    requireSameBits(DenseMatrix.diagonal(spectrum(n, n)));
  }

  /** Values 0 … kinds − 1, each for several neighbours 1e-13 apart. */
  private static double[] spectrum(int n, int kinds) {
    return IntStream.range(0, n).mapToDouble(i -> i % kinds + 1e-13 * i).toArray();
  }

  @Test
  void tridiagonal_anyNumberOfThreads_givesTheSameBits() {
    int n = 600;
    double[] d = TestMatrices.random(1).doubles(n, -1, 1).toArray();
    double[] e = TestMatrices.random(2).doubles(n - 1, -1, 1).toArray();
    Eigendecomposition expected = TridiagonalEigen.decompose(d, e);
    double[] values = TridiagonalEigen.values(d, e);
    forEachPool(
        options -> {
          requireEqual(expected, new EigenSolver(options).decompose(d, e));
          assertArrayEquals(values, new EigenSolver(options).values(d, e));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 257, 313, 520})
  void decomposeRange_anyNumberOfThreads_givesTheSameBits(int n) {
    IndexRange range = IndexRange.of(n / 5, n / 2);
    for (DenseMatrix matrix :
        new DenseMatrix[] {
          TestMatrices.uniform(n, n), TestMatrices.withSpectrum(spectrum(n, 3), 1)
        }) {
      PartialEigendecomposition expected = SymmetricEigen.decompose(matrix, range);
      double[] values = SymmetricEigen.values(matrix, range);
      forEachPool(
          options -> {
            PartialEigendecomposition actual = new EigenSolver(options).decompose(matrix, range);
            assertArrayEquals(expected.values(), actual.values());
            assertEquals(expected.vectors(), actual.vectors());
            assertArrayEquals(values, new EigenSolver(options).values(matrix, range));
          });
    }
  }

  @Test
  void decompose_fromWithinThePool_needsNoOtherThread() throws Exception {
    DenseMatrix matrix = TestMatrices.uniform(300, 5);
    Eigendecomposition expected = SymmetricEigen.decompose(matrix);
    for (int threads = 1; threads <= 2; threads++) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        EigenOptions options = on(pool);
        requireEqual(expected, pool.submit(() -> new EigenSolver(options).decompose(matrix)).get());
      }
    }
  }

  @Test
  void decompose_poolThatIsBusy_goesOnAlone() {
    DenseMatrix matrix = TestMatrices.uniform(300, 6);
    Eigendecomposition expected = SymmetricEigen.decompose(matrix);
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      CountDownLatch busy = new CountDownLatch(1);
      pool.execute(() -> await(busy));
      pool.execute(() -> await(busy));
      requireEqual(expected, new EigenSolver(on(pool)).decompose(matrix));
      busy.countDown();
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
  }

  @Test
  void run_oftenOnAPoolThatIsBusy_leavesFewTasksInItsQueue() {
    try (ForkJoinPool pool = new ForkJoinPool(16)) {
      CountDownLatch busy = new CountDownLatch(1);
      for (int thread = 0; thread < 16; thread++) {
        pool.execute(() -> await(busy));
      }
      try {
        for (int solve = 0; solve < 1_000; solve++) {
          Parallelism.of(pool).run(3, (chunk, worker) -> {});
        }
        assertTrue(pool.getQueuedSubmissionCount() < 16 + 16, pool::toString);
      } finally {
        busy.countDown();
      }
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
  }

  /** As Kotlin, Scala and Lombok throw them. */
  @Test
  void run_checkedException_isThrownByEveryRun() {
    try (ForkJoinPool pool = new ForkJoinPool(4)) {
      Parallelism parallelism = Parallelism.of(pool);
      IOException failure = new IOException("chunk 5");
      for (int run = 0; run < 500; run++) {
        assertSame(
            failure,
            assertThrows(
                IOException.class,
                () ->
                    parallelism.run(
                        8,
                        (chunk, worker) -> {
                          if (chunk == 5) {
                            ParallelismTest.<RuntimeException>rethrow(failure);
                          }
                        })));
      }
      AtomicInteger done = new AtomicInteger();
      parallelism.run(8, (chunk, worker) -> done.incrementAndGet());
      assertEquals(8, done.get());
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void decompose_poolThatIsShutDown_goesOnAlone() {
    DenseMatrix matrix = TestMatrices.uniform(300, 7);
    ForkJoinPool pool = new ForkJoinPool(3);
    pool.shutdown();
    requireEqual(SymmetricEigen.decompose(matrix), new EigenSolver(on(pool)).decompose(matrix));
  }

  @Test
  void decompose_severalAtOnceOnOnePool_doNotDisturbEachOther()
      throws ExecutionException, InterruptedException {
    int callers = 4;
    List<DenseMatrix> matrices = new ArrayList<>();
    List<Eigendecomposition> expected = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      matrices.add(TestMatrices.uniform(290 + 7 * i, i));
      expected.add(SymmetricEigen.decompose(matrices.get(i)));
    }
    try (ForkJoinPool pool = new ForkJoinPool(3);
        ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      EigenOptions options = on(pool);
      for (int repeat = 0; repeat < 5; repeat++) {
        List<Future<Eigendecomposition>> results = new ArrayList<>();
        for (DenseMatrix matrix : matrices) {
          results.add(threads.submit(() -> new EigenSolver(options).decompose(matrix)));
        }
        for (int i = 0; i < callers; i++) {
          requireEqual(expected.get(i), results.get(i).get());
        }
      }
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
  }

  @Test
  void solve_interruptedBefore_isCancelledAndLeavesItsArgumentsAlone() {
    DenseMatrix matrix = TestMatrices.uniform(300, 8);
    double[] before = matrix.toArray();
    double[] d = new double[300];
    double[] e = new double[299];
    java.util.Arrays.fill(e, 1);
    IndexRange range = IndexRange.largest(5);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      for (EigenOptions options : new EigenOptions[] {EigenOptions.DEFAULT, on(pool)}) {
        requireCancelled(() -> new EigenSolver(options).decompose(matrix));
        requireCancelled(() -> new EigenSolver(options).values(matrix));
        requireCancelled(() -> new EigenSolver(options).decompose(d, e));
        requireCancelled(() -> new EigenSolver(options).values(d, e));
        requireCancelled(() -> new EigenSolver(options).decompose(matrix, range));
        requireCancelled(() -> new EigenSolver(options).values(matrix, range));
        requireCancelled(() -> new EigenSolver(options).decompose(d, e, range));
        requireCancelled(() -> new EigenSolver(options).values(d, e, range));
      }
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
    assertArrayEquals(before, matrix.columnMajor());
    assertArrayEquals(new double[300], d);
  }

  private static void requireCancelled(Runnable solve) {
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, solve::run);
    } finally {
      assertTrue(Thread.interrupted(), "the thread stays interrupted");
    }
  }

  /** A solve asks the pool for helpers once it is under way: this pool interrupts it then. */
  @Test
  void solve_interruptedMeanwhile_isCancelled() {
    DenseMatrix matrix = TestMatrices.uniform(300, 9);
    try (ForkJoinPool pool =
        new ForkJoinPool(2) {
          @Override
          public void execute(Runnable task) {
            super.execute(task);
            Thread.currentThread().interrupt();
          }
        }) {
      EigenOptions options = on(pool);
      assertThrows(CancellationException.class, () -> new EigenSolver(options).decompose(matrix));
      assertTrue(Thread.interrupted());
      // A task that still waits in the queue would do for the next solve, too.
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
      assertThrows(
          CancellationException.class,
          () -> new EigenSolver(options).decompose(matrix, IndexRange.largest(5)));
      assertTrue(Thread.interrupted());
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
  }

  @Test
  void decompose_withoutConvergence_releasesItsHelpers() {
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      EigenOptions options = new EigenOptions(1e-10, 1, 32).withParallelism(Parallelism.of(pool));
      DenseMatrix matrix = TestMatrices.clustered(336);
      assertThrows(
          EigenConvergenceException.class, () -> new EigenSolver(options).decompose(matrix));
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
  }

  @Test
  void options_withParallelism_keepTheRestAndAreEqualOnOnePool() {
    try (ForkJoinPool pool = new ForkJoinPool(3);
        ForkJoinPool other = new ForkJoinPool(3)) {
      EigenOptions options = on(pool);
      assertEquals(EigenOptions.DEFAULT, options.withParallelism(Parallelism.sequential()));
      assertEquals(options, on(pool));
      assertEquals(options.hashCode(), on(pool).hashCode());
      assertNotEquals(options, on(other));
      assertNotEquals(options, EigenOptions.DEFAULT);
      assertEquals(options.parallelism(), options.lowerTriangleOnly().parallelism());
      assertEquals("up to 3 threads", options.parallelism().toString());
      assertEquals("sequential", EigenOptions.DEFAULT.parallelism().toString());
    }
  }

  private static EigenOptions on(ForkJoinPool pool) {
    return EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool));
  }

  private static void requireSameBits(DenseMatrix matrix) {
    Eigendecomposition expected = SymmetricEigen.decompose(matrix);
    double[] values = SymmetricEigen.values(matrix);
    forEachPool(
        options -> {
          requireEqual(expected, new EigenSolver(options).decompose(matrix));
          assertArrayEquals(values, new EigenSolver(options).values(matrix));
        });
  }

  private static void forEachPool(java.util.function.Consumer<EigenOptions> check) {
    for (int threads = 1; threads <= 4; threads++) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        check.accept(on(pool));
        assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
      }
    }
  }

  private static void requireEqual(Eigendecomposition expected, Eigendecomposition actual) {
    assertArrayEquals(expected.values(), actual.values());
    assertEquals(expected.vectors(), actual.vectors());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
