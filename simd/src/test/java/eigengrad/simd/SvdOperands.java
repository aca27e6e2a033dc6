package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;

import java.util.Arrays;
import java.util.Random;

/** A pair of lane blocks on its way through all kernels of {@link BatchSvd}. */
final class SvdOperands {
  /** In turns and one vector after the other; in fours and one that is left. */
  private static final int LARGEST = 9;

  final double[] result;
  final double[] values;
  private final BatchSvd kernels;
  private final int m;
  private final int n;
  private final double[] a;
  private final double[] w;
  private final double[] v;
  private final double[] largest = new double[PAIR];
  private final double[] failed = new double[PAIR];
  private final double[] factors = new double[2 * PAIR];
  private final double[] unit;
  private final double[] other;
  private final double[] d;
  private final double[] e;
  private final double[] work;

  /** Of an order up to 9 that grows with the other operands'. */
  SvdOperands(BatchSvd kernels, int rows) {
    this.kernels = kernels;
    n = Math.min(Math.max(rows / 4, 1), LARGEST);
    m = n + 1;
    a = new Random(23).doubles(2L * m * n * BLOCK, -1, 1).toArray();
    w = new double[n * LaneBlock.columnStride(m)];
    v = new double[n * LaneBlock.columnStride(n)];
    values = new double[2 * n * BLOCK];
    unit = new double[2 * m * n * BLOCK];
    other = new double[2 * n * n * BLOCK];
    result = new double[m * n * BLOCK];
    d = new double[n * PAIR];
    e = new double[(n + 1) * PAIR];
    work = new double[BatchSvd.qrWork(m, n)];
    Arrays.fill(factors, 1);
  }

  void jacobi() {
    begin();
    kernels.orthogonalize(m, n, PAIR, true, 60, w, v, failed);
    for (int half = 0; half < PAIR; half += BLOCK) {
      kernels.lengths(m, n, factors, w, half, values, half * n);
      kernels.arrange(m, n, half > 0, w, v, half, unit, half * m * n, other, half * n * n);
    }
    kernels.multiplyDiagonal(m, n, n, unit, 0, values, 0, other, 0, result, 0);
  }

  void qr() {
    begin();
    kernels.bidiagonalize(m, n, PAIR, true, w, d, e, v, work);
    kernels.implicitQr(m, n, PAIR, 30 * n, true, d, e, w, v, work, failed);
    for (int half = 0; half < PAIR; half += BLOCK) {
      int at = half * n;
      kernels.order(
          m, n, half > 0, factors, d, w, v, half, values, at, unit, at * m, other, at * n, work);
    }
    kernels.multiplyDiagonal(m, n, n, unit, 0, values, 0, other, 0, result, 0);
  }

  private void begin() {
    for (int block = 0; block < 2; block++) {
      int from = block * m * n * BLOCK;
      kernels.inspect(m * n, a, from, largest, block * BLOCK);
      kernels.scaleInto(Transpose.YES, m, n, factors, a, from, w, block * BLOCK);
    }
  }
}
