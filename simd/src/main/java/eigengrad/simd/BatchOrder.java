package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;

/** Eigenpairs by rank. */
final class BatchOrder {
  private BatchOrder() {}

  /** Puts each pair in its place: lanes go different ways, so one by one. */
  static void scatter(
      int n,
      double[] ranks,
      double[] d,
      double[] values,
      int valuesOffset,
      double[] v,
      double[] vectors,
      int vectorsOffset) {
    for (int j = 0; j < n; j++) {
      for (int lane = 0; lane < GROUP; lane++) {
        int rank = (int) ranks[j * GROUP + lane];
        values[valuesOffset + rank * GROUP + lane] = d[j * GROUP + lane];
        int from = j * n * GROUP + lane;
        int to = vectorsOffset + rank * n * GROUP + lane;
        for (int i = 0; i < n * GROUP; i += GROUP) {
          vectors[to + i] = v[from + i];
        }
      }
    }
  }
}
