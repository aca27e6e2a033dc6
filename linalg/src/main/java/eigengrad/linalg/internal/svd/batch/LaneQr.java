package eigengrad.linalg.internal.svd.batch;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.simd.BatchSvd;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;
import java.util.Arrays;

/** Reduction to bidiagonal form, then implicit QR. */
final class LaneQr implements LaneMethod {
  private double[] v = Buffers.NONE;
  private double[] d = Buffers.NONE;
  private double[] e = Buffers.NONE;
  private double[] work = Buffers.NONE;

  @Override
  public void solve(
      int m, int n, int lanes, boolean vectors, int maxIterations, double[] a, double[] failed) {
    v = Buffers.atLeast(v, n * LaneBlock.columnStride(n));
    d = Buffers.atLeast(d, n * PAIR);
    e = Buffers.atLeast(e, (n + 1) * PAIR);
    work = Buffers.atLeast(work, BatchSvd.qrWork(m, n));
    int sweeps = (int) Math.min((long) n * maxIterations, Integer.MAX_VALUE);
    Kernels.batchSvd().bidiagonalize(m, n, lanes, vectors, a, d, e, v, work);
    Kernels.batchSvd().implicitQr(m, n, lanes, sweeps, vectors, d, e, a, v, work, failed);
  }

  @Override
  public void values(
      int m, int n, double[] factors, double[] a, int half, double[] values, int valuesOffset) {
    for (int lane = 0; lane < BLOCK; lane++) {
      int first = half + lane;
      for (int j = 0; j < n; j++) {
        work[j] = d[first + j * PAIR] * factors[first] * factors[PAIR + first];
      }
      Arrays.sort(work, 0, n);
      for (int j = 0; j < n; j++) {
        values[valuesOffset + lane + j * BLOCK] = work[n - 1 - j];
      }
    }
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
    Kernels.batchSvd()
        .order(
            m,
            n,
            signsOfV,
            factors,
            d,
            a,
            v,
            half,
            values,
            valuesOffset,
            left,
            leftOffset,
            right,
            rightOffset,
            work);
  }

  @Override
  public boolean hasVectorsOfZeros() {
    return true;
  }
}
