package eigengrad.linalg;

import eigengrad.linalg.internal.svd.batch.SvdPairSolver;
import org.jspecify.annotations.Nullable;

/** The memory of one thread that takes part in solving a batch for its singular values. */
final class SvdBatchMemory {
  final SvdPairSolver pair = new SvdPairSolver();

  private @Nullable SvdSolver single;

  /** For matrices that are solved alone. */
  SvdSolver single(SvdOptions options) {
    if (single == null || !single.options().equals(options)) {
      single = new SvdSolver(options);
    }
    return single;
  }
}
