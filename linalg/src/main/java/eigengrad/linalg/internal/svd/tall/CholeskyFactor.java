package eigengrad.linalg.internal.svd.tall;

import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * The Cholesky factorisation G = LLᵀ, and L⁻¹, both by halves: what couples them is a product.
 * Cost: n³/3 flops each.
 */
final class CholeskyFactor {
  /** Order from which on a triangle is halved. */
  private static final int LEAF = 16;

  private final Gemm gemm = new Gemm();
  private final RowSubstitution substitution = new RowSubstitution();
  private int n;
  private double[] l = Buffers.NONE;
  private double[] inverse = Buffers.NONE;

  /** The smallest pivots that are accepted. */
  private double[] smallest = Buffers.NONE;

  /** The product of two blocks. */
  private double[] product = Buffers.NONE;

  /**
   * Factors a matrix. What the last call left is overwritten.
   *
   * @param order n
   * @param g G, its lower triangle read; not modified
   * @param tolerance the smallest pivot that is accepted, relative to its element of G
   * @return whether G is that definite; if not, there is no factor
   */
  boolean factor(int order, double[] g, double tolerance) {
    n = order;
    l = Buffers.atLeast(l, n * n);
    smallest = Buffers.atLeast(smallest, n);
    for (int j = 0; j < n; j++) {
      Arrays.fill(l, j * n, j * n + j, 0);
      System.arraycopy(g, j * n + j, l, j * n + j, n - j);
      smallest[j] = tolerance * g[j * n + j];
    }
    return factorBlock(0, n);
  }

  private boolean factorBlock(int first, int size) {
    int corner = first + first * n;
    if (size <= LEAF) {
      return factorLeaf(first, size);
    }
    int half = half(size);
    int rest = size - half;
    int below = corner + half;
    int second = below + half * n;
    if (!factorBlock(first, half)) {
      return false;
    }
    substitution.solve(rest, half, l, corner, n, l, below, n);
    gemm.syrk(Transpose.NO, rest, half, -1, l, below, n, 1, l, second, n);
    return factorBlock(first + half, rest);
  }

  /** The first half's order: of whole leaves. */
  private static int half(int size) {
    return Buffers.roundUp(size / 2, LEAF);
  }

  private boolean factorLeaf(int first, int size) {
    for (int j = first; j < first + size; j++) {
      int column = j * n;
      double pivot = l[column + j];
      // Also refuses a NaN.
      if (!(pivot > smallest[j])) {
        return false;
      }
      double root = Math.sqrt(pivot);
      l[column + j] = root;
      for (int i = j + 1; i < first + size; i++) {
        l[column + i] /= root;
      }
      for (int k = j + 1; k < first + size; k++) {
        double factor = l[column + k];
        for (int i = k; i < first + size; i++) {
          l[k * n + i] -= factor * l[column + i];
        }
      }
    }
    return true;
  }

  /** Computes L⁻¹. */
  void invert() {
    inverse = Buffers.atLeast(inverse, n * n);
    product = Buffers.atLeast(product, n * n / 4 + n * LEAF);
    Arrays.fill(inverse, 0, n * n, 0);
    invertBlock(0, n);
  }

  private void invertBlock(int first, int size) {
    if (size <= LEAF) {
      invertLeaf(first, size);
      return;
    }
    int half = half(size);
    int rest = size - half;
    invertBlock(first, half);
    invertBlock(first + half, rest);
    int corner = first + first * n;
    int below = corner + half;
    int second = below + half * n;
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        rest,
        half,
        half,
        1,
        l,
        below,
        n,
        inverse,
        corner,
        n,
        0,
        product,
        0,
        rest);
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        rest,
        half,
        rest,
        -1,
        inverse,
        second,
        n,
        product,
        0,
        rest,
        0,
        inverse,
        below,
        n);
  }

  /** Forward substitution for each column of the identity. */
  private void invertLeaf(int first, int size) {
    int end = first + size;
    for (int j = first; j < end; j++) {
      int column = j * n;
      inverse[column + j] = 1;
      for (int k = j; k < end; k++) {
        double element = inverse[column + k] / l[k * n + k];
        inverse[column + k] = element;
        for (int i = k + 1; i < end; i++) {
          inverse[column + i] -= element * l[k * n + i];
        }
      }
    }
  }

  /** L, n×n, zeros above its diagonal. */
  double[] lower() {
    return l;
  }

  /** L⁻¹, n×n, zeros above its diagonal. */
  double[] inverse() {
    return inverse;
  }

  /** The smallest diagonal element of L. */
  double smallestDiagonal() {
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      least = Math.min(least, l[j * n + j]);
    }
    return least;
  }
}
