package eigengrad.grad.paper;

import java.util.Arrays;

/** The steps of power iteration on one lane block, for every pair, in memory that is kept. */
final class TraceMemory {
  private BatchedPowerIterationTrace[] traces = {};

  /** At least this many traces, each with room for this many steps. */
  BatchedPowerIterationTrace[] traces(int pairs, int n, int iterations) {
    while (traces.length < pairs) {
      BatchedPowerIterationTrace another = new BatchedPowerIterationTrace();
      traces = Arrays.copyOf(traces, traces.length + 1);
      traces[traces.length - 1] = another;
    }
    for (int j = 0; j < pairs; j++) {
      traces[j].reserve(n, iterations);
    }
    return traces;
  }
}
