package eigengrad.grad.paper;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.Samples;
import eigengrad.grad.internal.batch.LaneBlocks;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.MatrixBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TraceInterruptTest {

  /** Steps whose memory grows with their number: too few for a clock. */
  @Test
  void trace_callerInterruptedMeanwhile_isCancelledBothWays() {
    int n = 3;
    DenseMatrix matrix = Samples.withSpectrum(7, 1, 2, 4);
    double[] m = matrix.toArray();
    double[] start = {1, 2, 3};
    Caller idle = Caller.current();
    PowerIterationTrace trace = PowerIterationTrace.run(n, m, start, 5, Rounding.NONE, idle);
    BatchedPowerIterationTrace lanes = new BatchedPowerIterationTrace();
    double[] block = MatrixBatch.of(matrix).interleaved();
    double[] starts = new double[n * LaneBlocks.LANES];
    lanes.reserve(n, 5);
    lanes.load(block, 0);
    lanes.run(starts, 0, idle);
    Map<String, Runnable> table = new LinkedHashMap<>();
    table.put("run", () -> PowerIterationTrace.run(n, m, start, 5, Rounding.NONE, idle));
    table.put("backward", () -> trace.backward(1, new double[n], new double[n * n], idle));
    table.put("run, lanes", () -> lanes.run(starts, 0, idle));
    table.put(
        "backward, lanes",
        () -> lanes.backward(new double[8], 0, starts, 0, new double[block.length], idle));
    table.forEach(
        (name, call) -> {
          Thread.currentThread().interrupt();
          try {
            assertThrows(CancellationException.class, call::run, name);
          } finally {
            assertTrue(Thread.interrupted(), name);
          }
        });
  }
}
