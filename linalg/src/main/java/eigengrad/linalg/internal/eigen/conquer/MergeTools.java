package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;
import java.util.Arrays;

/** What one worker needs for its share of a merge. */
public final class MergeTools {
  final SecularEquation secular = new SecularEquation();
  double[] column = Buffers.NONE;
  private final Gemm gemm = new Gemm();

  private MergeTools() {}

  /**
   * Tools for merges up to an order.
   *
   * @param tools those there are, one per worker
   * @param workers how many workers there will be
   * @param n the order
   * @return tools for all of them
   */
  public static MergeTools[] perWorker(MergeTools[] tools, int workers, int n) {
    MergeTools[] all = tools;
    while (all.length < workers) {
      MergeTools another = new MergeTools();
      all = Arrays.copyOf(all, all.length + 1);
      all[all.length - 1] = another;
    }
    for (MergeTools tool : all) {
      tool.column = Buffers.atLeast(tool.column, n);
    }
    return all;
  }

  /**
   * For products.
   *
   * @return always the same
   */
  public Gemm gemm() {
    return gemm;
  }
}
