package eigengrad.linalg.tridiagonal;

import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The reduction of a small matrix on its full square: twice the arithmetic of the triangle, all of
 * it in whole vectors.
 *
 * <p>Columns are padded, and every vector is zero where it does not act, so that no kernel meets a
 * remainder.
 */
final class FullReduction {
  private final Kernels kernels = Kernels.active();
  private final int n;

  /** n rounded up to whole vectors. */
  private final int end;

  private final int ld;
  private final double[] a;
  private final double[] tau;
  private final TridiagonalMatrix tridiagonal;
  private double[] v;
  private double[] w;

  /** The reflector whose update of the matrix waits for the next one, and its product. */
  private double[] pendingV;

  private double[] pendingW;

  private FullReduction(int n, double[] a, double[] tau, TridiagonalMatrix tridiagonal) {
    this.n = n;
    this.end = wholeVectors(n);
    this.ld = leadingDimension(n);
    this.a = a;
    this.tau = tau;
    this.tridiagonal = tridiagonal;
    this.v = new double[end];
    this.w = new double[end];
    this.pendingV = new double[end];
    this.pendingW = new double[end];
  }

  /** Whole vectors, an odd number of them: columns a power of two apart would share cache sets. */
  static int leadingDimension(int n) {
    int lanes = Kernels.active().lanes();
    int padded = wholeVectors(n);
    return padded / lanes % 2 == 0 ? padded + lanes : padded;
  }

  private static int wholeVectors(int n) {
    int lanes = Kernels.active().lanes();
    return (n + lanes - 1) / lanes * lanes;
  }

  /**
   * Reduces a matrix.
   *
   * @param n order, ≥ 1
   * @param a n columns {@link #leadingDimension} apart, lower triangle read, zero from row n on;
   *     overwritten by the reflectors
   * @param tau overwritten by the n − 1 factors
   * @param tridiagonal overwritten by T
   */
  static void reduce(int n, double[] a, double[] tau, TridiagonalMatrix tridiagonal) {
    FullReduction reduction = new FullReduction(n, a, tau, tridiagonal);
    reduction.mirror();
    for (int i = 0; i < n - 1; i++) {
      reduction.reduceColumn(i);
    }
    tridiagonal.diagonal()[n - 1] = a[(n - 1) * reduction.ld + n - 1];
  }

  /** Copies the lower triangle to the upper one. */
  private void mirror() {
    int block = kernels.lanes();
    for (int left = 0; left < n; left += block) {
      int right = Math.min(left + block, n);
      for (int j = left; j < right; j++) {
        for (int i = j + 1; i < right; i++) {
          a[j + i * ld] = a[i + j * ld];
        }
      }
      kernels.transpose(
          n - right, right - left, a, right + left * ld, ld, a, left + right * ld, ld);
    }
  }

  private void reduceColumn(int i) {
    int column = i * ld;
    int start = wholeVectorsBelow(i);
    kernels.axpy(end - start, -pendingW[i], pendingV, start, a, column + start);
    kernels.axpy(end - start, -pendingV[i], pendingW, start, a, column + start);
    tridiagonal.diagonal()[i] = a[column + i];
    makeReflector(i, column);

    int top = i + 1;
    start = wholeVectorsBelow(top);
    int length = end - start;
    Arrays.fill(w, start, end, 0);
    kernels.syr2Gemv(start, end, top, n, pendingV, pendingW, a, ld, v, w);
    Arrays.fill(w, start, top, 0);
    double correction = -0.5 * tau[i] * kernels.dot(length, w, start, v, start);
    kernels.axpy(length, correction, v, start, w, start);
    kernels.scale(length, tau[i], w, start);
    double[] swap = pendingV;
    pendingV = v;
    v = swap;
    swap = pendingW;
    pendingW = w;
    w = swap;
  }

  private int wholeVectorsBelow(int i) {
    return i / kernels.lanes() * kernels.lanes();
  }

  /** Chooses Hᵢ with Hᵢx = (β, 0, …, 0)ᵀ for the column x below the diagonal. */
  private void makeReflector(int i, int column) {
    int top = i + 1;
    int start = wholeVectorsBelow(top);
    double first = a[column + top];
    System.arraycopy(a, column + start, v, start, end - start);
    Arrays.fill(v, start, top + 1, 0);
    double rest = kernels.dot(end - start, v, start, v, start);
    if (rest <= Tridiagonalizer.NEGLIGIBLE * Tridiagonalizer.NEGLIGIBLE) {
      Arrays.fill(v, start, end, 0);
      tridiagonal.offDiagonal()[i] = first;
      tau[i] = 0;
    } else {
      double beta = -Math.copySign(Math.sqrt(first * first + rest), first);
      kernels.scale(end - start, 1 / (first - beta), v, start);
      tridiagonal.offDiagonal()[i] = beta;
      tau[i] = (beta - first) / beta;
      v[top] = 1;
      System.arraycopy(v, top, a, column + top, n - top);
    }
  }
}
