package eigengrad.linalg.internal.svd.conquer;

import eigengrad.linalg.internal.eigen.conquer.PartialSpectrum;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Solves the blocks that are not torn any further.
 *
 * <p>Where a block's own last row was torn out of it, what is left in its last column is first
 * rotated into the others, from the bottom to the top: that column of V is then the right vector
 * for the singular value 0, and the left one is the last axis.
 */
final class BidiagonalLeaf {
  private final ImplicitQr qr = new ImplicitQr();
  private double[] d = Buffers.NONE;
  private double[] e = Buffers.NONE;
  private double[] u = Buffers.NONE;
  private double[] v = Buffers.NONE;

  /**
   * Solves a block by QR, on copies whose columns lie side by side.
   *
   * @param torn whether its last row is torn out: then the last value is 0, and not among those
   *     that are ordered
   * @return whether it converged
   */
  boolean solve(
      double[] diagonal,
      double[] superdiagonal,
      int first,
      int size,
      boolean torn,
      PartialSpectrum left,
      PartialSpectrum right,
      int maxIterations,
      Crew crew) {
    take(diagonal, superdiagonal, first, size);
    setIdentity(size);
    int order = size;
    if (torn) {
      order--;
      clearLastColumn(size);
    }
    int exponent = PowerOfTwo.toOne(largest(order));
    PowerOfTwo.scale(order, exponent, d, 0);
    PowerOfTwo.scale(order - 1, exponent, e, 0);
    int unconverged =
        order == 0
            ? 0
            : qr.solve(order, d, 0, e, 0, u, size, 0, size, v, size, 0, size, maxIterations, crew);
    PowerOfTwo.scale(order, -exponent, d, 0);
    System.arraycopy(d, 0, right.values, first, order);
    if (torn) {
      right.values[first + order] = 0;
    }
    right.sort(first, order);
    copyColumns(u, size, left, first);
    copyColumns(v, size, right, first);
    return unconverged == 0;
  }

  private void take(double[] diagonal, double[] superdiagonal, int first, int size) {
    d = Buffers.atLeast(d, size);
    e = Buffers.atLeast(e, size);
    u = Buffers.atLeast(u, size * size);
    v = Buffers.atLeast(v, size * size);
    System.arraycopy(diagonal, first, d, 0, size);
    System.arraycopy(superdiagonal, first, e, 0, size - 1);
  }

  private double largest(int order) {
    return Math.max(
        Kernels.level1().maxAbs(order, d, 0),
        Kernels.level1().maxAbs(Math.max(order - 1, 0), e, 0));
  }

  private void setIdentity(int size) {
    Arrays.fill(u, 0, size * size, 0);
    Arrays.fill(v, 0, size * size, 0);
    for (int j = 0; j < size; j++) {
      u[j + j * size] = 1;
      v[j + j * size] = 1;
    }
  }

  private void clearLastColumn(int size) {
    int last = size - 1;
    double element = size > 1 ? e[last - 1] : 0;
    for (int i = last - 1; i >= 0 && element != 0; i--) {
      double length = Math.hypot(d[i], element);
      double c = d[i] / length;
      double s = element / length;
      d[i] = length;
      if (i > 0) {
        element = -s * e[i - 1];
        e[i - 1] *= c;
      }
      Kernels.level1().rotate(size, v, i * size, v, last * size, c, s);
    }
  }

  private static void copyColumns(double[] from, int size, PartialSpectrum side, int first) {
    int corner = side.corner(first);
    for (int j = 0; j < size; j++) {
      System.arraycopy(from, j * size, side.vectors, corner + j * side.ld, size);
    }
  }
}
