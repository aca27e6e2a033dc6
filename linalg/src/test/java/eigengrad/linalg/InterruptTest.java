package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an interrupt of the calling thread does, by entry point: the same everywhere. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptTest {
  /** Never converges: the eigenvalues are ±1, and 0. */
  private static final DenseMatrix ENDLESS = DenseMatrix.diagonal(1, -1, 0);

  private static final PowerIteration MANY_STEPS = new PowerIteration(Integer.MAX_VALUE, 0, 1);

  /** Each takes a matrix of any order and says how to solve it. */
  private static Map<String, BiConsumer<DenseMatrix, EigenOptions>> solves() {
    Map<String, BiConsumer<DenseMatrix, EigenOptions>> table = new LinkedHashMap<>();
    table.put("decompose", SymmetricEigen::decompose);
    table.put("values", SymmetricEigen::values);
    table.put("decompose range", (a, o) -> SymmetricEigen.decompose(a, all(a), o));
    table.put("values range", (a, o) -> SymmetricEigen.values(a, all(a), o));
    table.put("decompose no range", (a, o) -> SymmetricEigen.decompose(a, none(), o));
    table.put("values no range", (a, o) -> SymmetricEigen.values(a, none(), o));
    table.put("tridiagonal", (a, o) -> TridiagonalEigen.decompose(diagonal(a), next(a), o));
    table.put("tridiagonal values", (a, o) -> TridiagonalEigen.values(diagonal(a), next(a), o));
    table.put(
        "tridiagonal range", (a, o) -> TridiagonalEigen.decompose(diagonal(a), next(a), all(a), o));
    table.put(
        "tridiagonal values range",
        (a, o) -> TridiagonalEigen.values(diagonal(a), next(a), all(a), o));
    for (int count : new int[] {0, 1, 9}) {
      table.put(
          "batch of " + count,
          (a, o) -> BatchedSymmetricEigen.decompose(batch(a, count), o, FailurePolicy.LIST));
    }
    table.put("chunks", (a, o) -> o.parallelism().run(a.rows(), (chunk, worker) -> {}));
    return table;
  }

  /** As {@link #solves}, for orders from 1 on. */
  private static Map<String, BiConsumer<DenseMatrix, EigenOptions>> iterations() {
    Map<String, BiConsumer<DenseMatrix, EigenOptions>> table = new LinkedHashMap<>();
    table.put("dominant", (a, o) -> MANY_STEPS.dominant(a));
    table.put("dominant from a start", (a, o) -> MANY_STEPS.dominant(a, ones(a)));
    table.put("leading", (a, o) -> MANY_STEPS.leading(a, a.rows()));
    table.put("dominant of a batch", (a, o) -> MANY_STEPS.dominant(batch(a, 3)));
    table.put(
        "leading of a batch", (a, o) -> MANY_STEPS.leading(batch(a, 2_000), 1, o.parallelism()));
    return table;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 40, 300})
  void solve_interruptedBefore_isCancelledAndStaysInterrupted(int n) {
    requireCancelledAtOnce(TestMatrices.uniform(n, n), solves());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void powerIteration_interruptedBefore_isCancelledAndStaysInterrupted(int n) {
    requireCancelledAtOnce(TestMatrices.uniform(n, n), iterations());
  }

  @Test
  void powerIteration_interruptedBeforeAnEmptyBatch_isCancelled() {
    MatrixBatch empty = MatrixBatch.of();
    requireCancelledAtOnce(
        DenseMatrix.identity(1), Map.of("empty", (a, o) -> MANY_STEPS.dominant(empty)));
  }

  private static void requireCancelledAtOnce(
      DenseMatrix matrix, Map<String, BiConsumer<DenseMatrix, EigenOptions>> table) {
    forEachParallelism(
        options ->
            table.forEach(
                (name, solve) -> {
                  Thread.currentThread().interrupt();
                  requireCancelled(name, () -> solve.accept(matrix, options));
                }));
  }

  /** Years of steps otherwise. */
  @Test
  void powerIteration_interruptedMeanwhile_isCancelledSoon() {
    forEachParallelism(
        options ->
            iterations()
                .forEach(
                    (name, solve) -> {
                      Thread caller = Thread.currentThread();
                      Thread other = new Thread(() -> interruptSoon(caller));
                      other.start();
                      requireCancelled(name, () -> solve.accept(ENDLESS, options));
                    }));
  }

  private static void interruptSoon(Thread thread) {
    try {
      Thread.sleep(30);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
    thread.interrupt();
  }

  private static void requireCancelled(String name, Runnable solve) {
    try {
      assertThrows(CancellationException.class, solve::run, name);
    } finally {
      assertTrue(Thread.interrupted(), name + ": the thread stays interrupted");
    }
  }

  private static void forEachParallelism(Consumer<EigenOptions> check) {
    check.accept(EigenOptions.DEFAULT);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      check.accept(EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool)));
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
  }

  private static MatrixBatch batch(DenseMatrix matrix, int count) {
    List<DenseMatrix> matrices = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      matrices.add(matrix);
    }
    return MatrixBatch.of(matrices.toArray(DenseMatrix[]::new));
  }

  private static IndexRange all(DenseMatrix matrix) {
    return IndexRange.of(0, matrix.rows());
  }

  private static IndexRange none() {
    return IndexRange.of(0, 0);
  }

  private static double[] ones(DenseMatrix matrix) {
    double[] ones = new double[matrix.rows()];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] diagonal(DenseMatrix matrix) {
    double[] d = new double[matrix.rows()];
    Arrays.setAll(d, i -> matrix.get(i, i));
    return d;
  }

  private static double[] next(DenseMatrix matrix) {
    double[] e = new double[Math.max(matrix.rows() - 1, 0)];
    Arrays.setAll(e, i -> matrix.get(i + 1, i));
    return e;
  }
}
