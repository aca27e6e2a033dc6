package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;

/** What one worker needs for its share of a merge. */
final class MergeTools {
  final Gemm gemm = new Gemm();
  final SecularEquation secular = new SecularEquation();
  double[] column = {};

  /** Makes room for merges up to an order. */
  void ensure(int n) {
    column = Buffers.atLeast(column, n);
  }
}
