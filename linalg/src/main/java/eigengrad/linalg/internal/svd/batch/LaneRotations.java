package eigengrad.linalg.internal.svd.batch;

import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;

/** One-sided Jacobi rotations. */
final class LaneRotations implements LaneMethod {
  private double[] v = Buffers.NONE;

  @Override
  public void solve(
      int m, int n, int lanes, boolean vectors, int maxIterations, double[] a, double[] failed) {
    v = Buffers.atLeast(v, vectors ? n * LaneBlock.columnStride(n) : 0);
    Kernels.batchSvd().orthogonalize(m, n, lanes, vectors, maxIterations, a, v, failed);
  }

  @Override
  public void values(
      int m, int n, double[] factors, double[] a, int half, double[] values, int valuesOffset) {
    Kernels.batchSvd().lengths(m, n, factors, a, half, values, valuesOffset);
  }

  @Override
  public void vectors(
      int m,
      int n,
      boolean signsOfV,
      double[] factors,
      double[] a,
      int half,
      double[] values,
      int valuesOffset,
      double[] left,
      int leftOffset,
      double[] right,
      int rightOffset) {
    values(m, n, factors, a, half, values, valuesOffset);
    Kernels.batchSvd().arrange(m, n, signsOfV, a, v, half, left, leftOffset, right, rightOffset);
  }

  @Override
  public boolean hasVectorsOfZeros() {
    return false;
  }
}
