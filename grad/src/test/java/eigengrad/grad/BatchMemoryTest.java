package eigengrad.grad;

import static eigengrad.grad.Batches.cotangents;
import static eigengrad.grad.Batches.symmetric;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import eigengrad.grad.paper.BatchedPowerIterationPass;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SymmetricEigen;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A warmed-up solver allocates results and nothing else. */
class BatchMemoryTest {
  /** Small objects, however large the batch: work, failure, crew, result. */
  private static final long SMALL_OBJECTS = 512;

  /** In that time the compiler, which other tests keep busy too, has done away with the rest. */
  private static final long PATIENCE = 20_000_000_000L;

  /** Some thousand calls. */
  private static final long WHILE_COMPILED = 100_000_000;

  private static final int COUNT = 24;
  private static final int ORDER = 6;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final EigenSolver solver = new EigenSolver();
  private final MatrixBatch g = MatrixBatch.of(cotangents(COUNT, ORDER, 1));
  private final BatchedEigendecomposition eigen =
      SymmetricEigen.decompose(MatrixBatch.of(symmetric(COUNT, ORDER, 2)));
  private double[] copy = {};

  /** Of calls in so long a time, or until one allocates no more than it may. */
  private static long leastAllocated(long nanos, Runnable call, long result) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + nanos;
    while (least > result + SMALL_OBJECTS && System.nanoTime() - end < 0) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      call.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static void assertAllocates(long result, Runnable call) {
    long least = leastAllocated(PATIENCE, call, result);
    assertTrue(least <= result + SMALL_OBJECTS, least + " bytes for a result of " + result);
  }

  @Test
  void call_solverUsedBefore_allocatesTheResultAlone() {
    long matrices = 8L * COUNT * ORDER * ORDER;
    long vectors = 8L * COUNT * ORDER;
    double[] c = eigen.interleavedValues();
    for (InverseGap rule : Samples.rules().toList()) {
      assertAllocates(matrices, () -> EigenGradient.backward(eigen, rule, c, g, solver));
    }
    assertAllocates(matrices, () -> EigenGradient.backwardValues(eigen, c, solver));
    SpectralFunction function = SpectralFunction.exponential();
    assertAllocates(matrices + 2 * vectors, () -> function.forward(eigen, solver));
    BatchedSpectralPass pass = function.forward(eigen, solver);
    assertAllocates(matrices, () -> pass.backward(g, solver));
  }

  @Test
  void powerIteration_solverUsedBefore_allocatesTheResultAlone() {
    int pairs = 2;
    int steps = 5;
    long values = 8L * COUNT * pairs;
    long vectors = values * ORDER;
    MatrixBatch batch = MatrixBatch.of(symmetric(COUNT, ORDER, 3));
    double[] starts = Samples.gaussian(COUNT * ORDER, pairs, 4).toArray();
    // A pass keeps a copy of the starts.
    assertAllocates(
        values + 2 * vectors,
        () -> BatchedPowerIterationPass.forward(batch, pairs, steps, starts, solver));
    BatchedPowerIterationPass pass =
        BatchedPowerIterationPass.forward(batch, pairs, steps, starts, solver);
    double[] c = pass.interleavedValues();
    assertAllocates(
        8L * COUNT * ORDER * ORDER, () -> pass.backward(c, pass.interleavedVectors(), solver));
  }

  @Test
  void leastAllocated_callThatCopiesItsResult_isBeyondTheLimit() {
    long matrices = 8L * COUNT * ORDER * ORDER;
    Runnable wasteful =
        () ->
            copy =
                EigenGradient.backwardVectors(eigen, InverseGap.powerIteration(19), g, solver)
                    .interleaved()
                    .clone();
    assertTrue(leastAllocated(WHILE_COMPILED, wasteful, matrices) > matrices + SMALL_OBJECTS);
    assertEquals(COUNT * ORDER * ORDER, copy.length);
  }
}
