package eigengrad.linalg.internal.svd.conquer;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lazy;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.linalg.internal.svd.golubkahan.GolubKahanSolver;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Solves a bidiagonal singular value problem whole: splits it where an element above the diagonal
 * is negligible and chooses the algorithm for each block.
 */
public final class BidiagonalSolver {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Elements near 1 don't notice smaller ones. */
  private static final double FLOOR = 0x1p-1000;

  private final Lazy<GolubKahanSolver> separated = new Lazy<>(GolubKahanSolver::new);
  private final Lazy<BidiagonalDivideAndConquer> divideAndConquer =
      new Lazy<>(BidiagonalDivideAndConquer::new);

  private final Lazy<ImplicitQr> qr = new Lazy<>(ImplicitQr::new);
  private final DescendingOrder order = new DescendingOrder();

  /** The block being solved. */
  private int size;

  private double[] blockD = Buffers.NONE;
  private double[] blockE = Buffers.NONE;

  /** All vectors, where those wanted are chosen from them. */
  private double[] allLeft = Buffers.NONE;

  private double[] allRight = Buffers.NONE;

  /** A solver to be used for any number of matrices, one after the other. */
  public BidiagonalSolver() {}

  /**
   * Values and vectors of an upper bidiagonal matrix B = U·diag(σ)·Vᵀ: twisted factorisations of
   * the Golub-Kahan matrix where the values are separated; else QR for a small block, divide and
   * conquer for a larger one, and QR where that failed.
   *
   * @param n order of B, ≥ 0
   * @param d the diagonal, scaled to elements of less than 2 in magnitude; overwritten by the
   *     singular values, descending
   * @param e n − 1 elements above the diagonal, likewise; not modified
   * @param u overwritten by U, n×n
   * @param uOffset where U starts
   * @param ldu its leading dimension
   * @param v overwritten by V, n×n
   * @param vOffset where V starts
   * @param ldv its leading dimension
   * @param maxIterations of QR allowed for each singular value, on average
   * @param crew does the work
   * @return how many elements above the diagonal did not vanish: 0 for success
   */
  public int solve(
      int n,
      double[] d,
      double[] e,
      double[] u,
      int uOffset,
      int ldu,
      double[] v,
      int vOffset,
      int ldv,
      int maxIterations,
      Crew crew) {
    int unconverged = 0;
    for (int first = 0; first < n; first += size) {
      takeBlock(n, d, e, first);
      if (first == 0 && size < n) {
        clear(n, u, uOffset, ldu);
        clear(n, v, vOffset, ldv);
      }
      int uCorner = uOffset + first * ldu + first;
      int vCorner = vOffset + first * ldv + first;
      int exponent = scaleToOne();
      unconverged += solveBlock(u, uCorner, ldu, v, vCorner, ldv, maxIterations, crew);
      PowerOfTwo.scale(size, -exponent, blockD, 0);
      System.arraycopy(blockD, 0, d, first, size);
    }
    order.sort(n, d);
    order.permute(n, u, uOffset, ldu);
    order.permute(n, v, vOffset, ldv);
    return unconverged;
  }

  /** Copies the unreduced block that starts at a row. */
  private void takeBlock(int n, double[] d, double[] e, int first) {
    int end = blockEnd(n, d, e, first);
    size = end - first;
    blockD = Buffers.atLeast(blockD, size);
    blockE = Buffers.atLeast(blockE, size);
    System.arraycopy(d, first, blockD, 0, size);
    System.arraycopy(e, first, blockE, 0, size - 1);
  }

  /**
   * One beyond the last row of the unreduced block that starts at a row: before an element that no
   * singular value would notice, relatively.
   */
  private static int blockEnd(int n, double[] d, double[] e, int first) {
    double smallest = Math.abs(d[first]);
    int end = first + 1;
    while (end < n) {
      double coupling = Math.abs(e[end - 1]);
      if (coupling <= Math.max(UNIT_ROUNDOFF * smallest, FLOOR)) {
        return end;
      }
      smallest = Math.abs(d[end]) * (smallest / (smallest + coupling));
      end++;
    }
    return end;
  }

  /** What is negligible in a block may not be judged by the size of others. */
  private int scaleToOne() {
    double largest =
        Math.max(
            Kernels.level1().maxAbs(size, blockD, 0), Kernels.level1().maxAbs(size - 1, blockE, 0));
    int exponent = PowerOfTwo.toOne(largest);
    PowerOfTwo.scale(size, exponent, blockD, 0);
    PowerOfTwo.scale(size - 1, exponent, blockE, 0);
    return exponent;
  }

  private int solveBlock(
      double[] u,
      int uCorner,
      int ldu,
      double[] v,
      int vCorner,
      int ldv,
      int maxIterations,
      Crew crew) {
    if (size > 1 && solveSeparated(size, blockD, u, uCorner, ldu, v, vCorner, ldv, crew)) {
      return 0;
    }
    if (size > BidiagonalDivideAndConquer.LARGEST_LEAF
        && divideAndConquer
            .get()
            .solve(
                size,
                blockD,
                blockE,
                u,
                uCorner,
                ldu,
                v,
                vCorner,
                ldv,
                BidiagonalDivideAndConquer.LARGEST_LEAF,
                maxIterations,
                crew)) {
      return 0;
    }
    setIdentity(size, u, uCorner, ldu);
    setIdentity(size, v, vCorner, ldv);
    return qr.get()
        .solve(
            size,
            blockD,
            0,
            blockE,
            0,
            u,
            size,
            uCorner,
            ldu,
            v,
            size,
            vCorner,
            ldv,
            maxIterations,
            crew);
  }

  /** The block's largest triplets, if its values are separated.get(). */
  private boolean solveSeparated(
      int count,
      double[] values,
      double[] u,
      int uCorner,
      int ldu,
      double[] v,
      int vCorner,
      int ldv,
      Crew crew) {
    return separated
        .get()
        .solve(
            size, blockD, 0, blockE, 0, count, values, 0, u, uCorner, ldu, v, vCorner, ldv, crew);
  }

  /**
   * The largest singular values and their vectors.
   *
   * @param n order of B, ≥ 0
   * @param d the diagonal, as for {@link #solve}; its first elements are overwritten by the
   *     singular values, descending
   * @param e n − 1 elements above the diagonal; not modified
   * @param count how many, 0 to n
   * @param u overwritten by n×count left singular vectors
   * @param uOffset where they start
   * @param ldu from one to the next
   * @param v overwritten by n×count right singular vectors
   * @param vOffset where they start
   * @param ldv from one to the next
   * @param maxIterations as for {@link #solve}
   * @param crew does the work
   * @return how many elements above the diagonal did not vanish: 0 for success
   */
  public int solveLargest(
      int n,
      double[] d,
      double[] e,
      int count,
      double[] u,
      int uOffset,
      int ldu,
      double[] v,
      int vOffset,
      int ldv,
      int maxIterations,
      Crew crew) {
    if (count == 0) {
      return 0;
    }
    takeBlock(n, d, e, 0);
    if (size == n && count < n) {
      int exponent = scaleToOne();
      if (solveSeparated(count, d, u, uOffset, ldu, v, vOffset, ldv, crew)) {
        PowerOfTwo.scale(count, -exponent, d, 0);
        return 0;
      }
    }
    allLeft = Buffers.atLeast(allLeft, n * n);
    allRight = Buffers.atLeast(allRight, n * n);
    int unconverged = solve(n, d, e, allLeft, 0, n, allRight, 0, n, maxIterations, crew);
    for (int j = 0; j < count; j++) {
      System.arraycopy(allLeft, j * n, u, uOffset + j * ldu, n);
      System.arraycopy(allRight, j * n, v, vOffset + j * ldv, n);
    }
    return unconverged;
  }

  /**
   * Values alone.
   *
   * @param n order of B, ≥ 0
   * @param d the diagonal, as for {@link #solve}; overwritten by the singular values, descending
   * @param e n − 1 elements above the diagonal; not modified
   * @param crew does the work
   * @return how many were not found: 0 for success
   */
  public int solveValues(int n, double[] d, double[] e, Crew crew) {
    int unfinished = 0;
    for (int first = 0; first < n; first += size) {
      takeBlock(n, d, e, first);
      if (size == 1) {
        d[first] = Math.abs(d[first]);
      } else {
        int exponent = scaleToOne();
        unfinished += separated.get().findValues(size, blockD, 0, blockE, 0, size, d, first, crew);
        PowerOfTwo.scale(size, -exponent, d, first);
      }
    }
    order.sort(n, d);
    return unfinished;
  }

  private static void clear(int n, double[] a, int offset, int ld) {
    for (int j = 0; j < n; j++) {
      Arrays.fill(a, offset + j * ld, offset + j * ld + n, 0);
    }
  }

  private static void setIdentity(int n, double[] a, int offset, int ld) {
    clear(n, a, offset, ld);
    for (int j = 0; j < n; j++) {
      a[offset + j * ld + j] = 1;
    }
  }
}
