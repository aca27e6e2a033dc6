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
  private int n;

  /** n rounded up to whole vectors. */
  private int end;

  private int ld;
  private double[] a = {};
  private double[] tau = {};
  private TridiagonalMatrix tridiagonal = new TridiagonalMatrix();
  private double[] v = {};
  private double[] w = {};

  /** The reflector whose update of the matrix waits for the next one, and its product. */
  private double[] pendingV = {};

  private double[] pendingW = {};

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
   * @param order n
   * @param matrix n columns {@link #leadingDimension} apart, lower triangle read; overwritten by
   *     the reflectors
   * @param factors overwritten by the n − 1 factors τ
   * @param result overwritten by T
   */
  void reduce(int order, double[] matrix, double[] factors, TridiagonalMatrix result) {
    n = order;
    end = wholeVectors(n);
    ld = leadingDimension(n);
    a = matrix;
    tau = factors;
    tridiagonal = result;
    v = Buffers.atLeast(v, end);
    w = Buffers.atLeast(w, end);
    pendingV = Buffers.atLeast(pendingV, end);
    pendingW = Buffers.atLeast(pendingW, end);
    Arrays.fill(pendingV, 0, end, 0);
    Arrays.fill(pendingW, 0, end, 0);
    mirror();
    for (int i = 0; i < n - 1; i++) {
      reduceColumn(i);
    }
    if (n > 0) {
      tridiagonal.diagonal()[n - 1] = a[(n - 1) * ld + n - 1];
    }
  }

  /** Copies the lower triangle to the upper one, and zeros below the last row. */
  private void mirror() {
    for (int j = 0; j < n; j++) {
      Arrays.fill(a, j * ld + n, j * ld + end, 0);
    }
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
