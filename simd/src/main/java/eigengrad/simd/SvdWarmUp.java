package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static eigengrad.simd.WarmUpCalls.numbers;

import java.util.Arrays;
import java.util.Map;

/**
 * Calls of every kernel of {@link BatchSvd} on small matrices: those of two orders, on either side
 * of where kernels change their ways, meet every loop and branch, and those of the smallest find
 * loops empty.
 */
final class SvdWarmUp {
  /** Some are left of threes and of fours, and of pairs after the first. */
  private static final int ROWS = 10;

  /** Columns are exchanged, and rotated for two vectors in turn; in fours, and one that is left. */
  private static final int FEW = 5;

  /** Columns are brought to their ranks. */
  private static final int MANY = 9;

  /** Enough to apply rotations twice, and once an odd number of them. */
  private static final int SWEEPS = BatchSolver.SWEEPS + 1;

  private final BatchSvd svd;
  private final int n;
  private final double[] blocks;
  private final double[] a;
  private final double[] w;
  private final double[] u;
  private final double[] v;
  private final double[] d;
  private final double[] e;
  private final double[] diagonal;
  private final double[] beside;
  private final double[] work;
  private final double[] values;
  private final double[] left;
  private final double[] right;
  private final double[] failed = new double[PAIR];
  private final double[] ones = new double[2 * PAIR];

  private SvdWarmUp(BatchSvd svd, int n) {
    this.svd = svd;
    this.n = n;
    blocks = numbers(ROWS * n * BLOCK);
    a = numbers(n * columnStride(ROWS));
    w = a.clone();
    u = a.clone();
    v = numbers(n * columnStride(n));
    diagonal = numbers(n * PAIR);
    beside = numbers((n + 1) * PAIR);
    d = diagonal.clone();
    e = beside.clone();
    work = new double[BatchSvd.qrWork(ROWS, n)];
    values = new double[n * BLOCK];
    left = numbers(ROWS * n * BLOCK);
    right = numbers(n * n * BLOCK);
    Arrays.fill(ones, 1);
  }

  static Map<Kernel, Runnable> of(BatchSvd family) {
    SvdWarmUp one = new SvdWarmUp(family, 1);
    SvdWarmUp two = new SvdWarmUp(family, 2);
    SvdWarmUp few = new SvdWarmUp(family, FEW);
    SvdWarmUp many = new SvdWarmUp(family, MANY);
    return Map.of(
        Kernel.SVD_SCALING,
        few::begin,
        Kernel.SVD_JACOBI,
        () -> {
          one.orthogonalize();
          two.orthogonalize();
          few.orthogonalize();
          many.orthogonalize();
          few.arrange();
        },
        Kernel.SVD_QR,
        () -> {
          one.iterate();
          two.iterate();
          few.iterate();
          few.order();
          many.order();
        },
        Kernel.DIAGONAL_PRODUCTS,
        few::multiply);
  }

  private void begin() {
    svd.inspect(ROWS * n, blocks, 0, failed, 0);
    svd.scaleInto(Transpose.NO, ROWS, n, ones, blocks, 0, w, 0);
    svd.scaleInto(Transpose.YES, ROWS, n, ones, blocks, 0, w, BLOCK);
  }

  /** Some that need more than a sweep, and some that need no rotation. */
  private void orthogonalize() {
    System.arraycopy(a, 0, w, 0, a.length);
    svd.orthogonalize(ROWS, n, PAIR, true, 1, w, v, failed);
    Arrays.fill(w, 0);
    svd.orthogonalize(ROWS, n, PAIR, false, 1, w, v, failed);
  }

  private void arrange() {
    svd.lengths(ROWS, n, ones, a, 0, values, 0);
    svd.arrange(ROWS, n, true, a, v, 0, left, 0, right, 0);
    svd.arrange(ROWS, n, false, a, v, BLOCK, left, 0, right, 0);
  }

  /** Sweeps that do not suffice, without vectors and with; and matrices that need none. */
  private void iterate() {
    System.arraycopy(a, 0, w, 0, a.length);
    svd.bidiagonalize(ROWS, n, PAIR, true, w, d, e, v, work);
    bidiagonal();
    svd.implicitQr(ROWS, n, BLOCK, SWEEPS, false, d, e, u, v, work, failed);
    bidiagonal();
    svd.implicitQr(ROWS, n, PAIR, SWEEPS, true, d, e, u, v, work, failed);
    Arrays.fill(e, 0);
    svd.implicitQr(ROWS, n, PAIR, SWEEPS, true, d, e, u, v, work, failed);
  }

  private void bidiagonal() {
    System.arraycopy(diagonal, 0, d, 0, d.length);
    System.arraycopy(beside, 0, e, 0, e.length);
    Arrays.fill(e, 0, PAIR, 0);
  }

  private void order() {
    System.arraycopy(diagonal, 0, d, 0, d.length);
    svd.order(ROWS, n, true, ones, d, u, v, 0, values, 0, left, 0, right, 0, work);
    svd.order(ROWS, n, false, ones, d, u, v, BLOCK, values, 0, left, 0, right, 0, work);
  }

  /** Three rows and two have tiles of their own. */
  private void multiply() {
    svd.multiplyDiagonal(ROWS, n, n, left, 0, values, 0, right, 0, blocks, 0);
    svd.multiplyDiagonal(3, n, n, left, 0, values, 0, right, 0, blocks, 0);
    svd.multiplyDiagonal(2, n, n, left, 0, values, 0, right, 0, blocks, 0);
    svd.multiplyDiagonalSymmetric(n, n, right, 0, values, 0, blocks, 0);
  }
}
