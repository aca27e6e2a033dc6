package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;

import java.util.Arrays;
import java.util.Random;

/** A pair of groups on its way through all batch kernels. */
final class BatchOperands {
  /** Rows in fours and one that is left. */
  private static final int LARGEST = 9;

  final double[] values;
  final double[] vectors;
  private final BatchSolver kernels;
  private final int n;
  private final double[] matrices;
  private final double[] a;
  private final double[] v;
  private final double[] d;
  private final double[] e;
  private final double[] work;
  private final double[] failed = new double[PAIR];
  private final double[] largest = new double[PAIR];
  private final double[] factors = new double[2 * PAIR];

  /** Of an order up to 9 that grows with the other operands'. */
  BatchOperands(BatchSolver kernels, int rows) {
    this.kernels = kernels;
    n = Math.min(Math.max(rows / 4, 1), LARGEST);
    matrices = new Random(19).doubles((long) n * n * PAIR, -1, 1).toArray();
    values = new double[n * PAIR];
    vectors = new double[n * n * PAIR];
    a = new double[n * LaneBlock.columnStride(n)];
    v = a.clone();
    d = new double[n * PAIR];
    e = new double[n * PAIR];
    work = new double[BatchSolver.qrWork(n)];
    Arrays.fill(factors, 0.5);
  }

  void jacobi() {
    begin();
    kernels.jacobi(n, PAIR, 60, a, d, v, failed);
    end(v);
  }

  void qr() {
    begin();
    kernels.tridiagonalize(n, PAIR, a, d, e, work);
    kernels.implicitQr(n, PAIR, 30 * n, d, e, a, work, failed);
    end(a);
  }

  private void begin() {
    for (int half = 0; half < PAIR; half += BLOCK) {
      kernels.inspect(n, true, matrices, half * n * n, largest, failed, half);
      kernels.scaleInto(n, factors, matrices, half * n * n, a, half);
    }
  }

  private void end(double[] q) {
    for (int half = 0; half < PAIR; half += BLOCK) {
      int to = half * n;
      kernels.arrange(n, factors, d, q, half, values, to, vectors, to * n, work);
    }
  }
}
