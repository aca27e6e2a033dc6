package eigengrad.linalg;

import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.linalg.internal.svd.batch.SvdPairSolver;
import eigengrad.simd.Buffers;
import org.jspecify.annotations.Nullable;

/** The memory of one thread that takes part in solving a batch by its singular values. */
final class SvdBatchMemory {
  final SvdPairSolver pair = new SvdPairSolver();
  final LanePolar polar = new LanePolar();

  /** Singular values and vectors of two lane blocks, where they are not the result. */
  double[] values = Buffers.NONE;

  double[] left = Buffers.NONE;
  double[] right = Buffers.NONE;

  private @Nullable SvdSolver single;

  /** For k singular values of m×n matrices, and as many vectors. */
  void reserve(int m, int n, int k) {
    values = Buffers.atLeast(values, k * PAIR);
    left = Buffers.atLeast(left, m * k * PAIR);
    right = Buffers.atLeast(right, n * k * PAIR);
  }

  /** For matrices that are solved alone. */
  SvdSolver single(SvdOptions options) {
    if (single == null || !single.options().equals(options)) {
      single = new SvdSolver(options);
    }
    return single;
  }
}
