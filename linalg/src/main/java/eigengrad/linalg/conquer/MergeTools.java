package eigengrad.linalg.conquer;

import eigengrad.simd.Gemm;

/** What one worker needs for its share of a merge. */
final class MergeTools {
  final Gemm gemm = new Gemm();
  final SecularEquation secular = new SecularEquation();
  final double[] column;

  MergeTools(int n) {
    column = new double[n];
  }
}
