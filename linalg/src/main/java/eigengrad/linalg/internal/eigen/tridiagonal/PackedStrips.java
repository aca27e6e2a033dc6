package eigengrad.linalg.internal.eigen.tridiagonal;

import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.AlignedBuffer;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.Reduction;
import java.util.Arrays;

/**
 * A symmetric matrix packed in strips of rows as {@link Reduction#syr2Symv} wants it.
 *
 * <p>Its order is rounded up to whole strips by rows and columns before the first: those are done
 * with before a reduction begins, so that they cost nothing.
 */
final class PackedStrips {
  private final int stripRows = Kernels.reduction().stripRows();
  private int order;
  private int padding;
  private final AlignedBuffer buffer = new AlignedBuffer();

  /**
   * Takes a matrix.
   *
   * @param n its order
   * @param a its lower triangle is read
   * @param exponent the matrix is multiplied by 2^exponent
   */
  void pack(int n, double[] a, int exponent) {
    order = Buffers.roundUp(n, stripRows);
    padding = order - n;
    int strips = strips();
    int length = length(strips);
    buffer.ensure(length);
    double[] elements = buffer.elements();
    int origin = buffer.origin();
    // Whole vectors of padding do not count.
    int unread = padding / Kernels.lanes() * Kernels.lanes();
    int read = Math.min(length, unread * stripRows);
    Arrays.fill(elements, origin + read, origin + Math.min(length, stripRows * stripRows), 0);
    for (int strip = 0; strip < strips; strip++) {
      int top = strip * stripRows;
      for (int j = padding; j < top + stripRows; j++) {
        int row = Math.max(top, j);
        int source = (j - padding) * n + row - padding;
        System.arraycopy(a, source, elements, at(strip, row, j), top + stripRows - row);
      }
      mirrorSquares(strip);
    }
    PowerOfTwo.scale(length - read, exponent, elements, origin + read);
  }

  /** Copies the lower triangles of the squares on the diagonal to the upper ones. */
  private void mirrorSquares(int strip) {
    double[] elements = buffer.elements();
    int lanes = Kernels.lanes();
    int end = (strip + 1) * stripRows;
    for (int top = strip * stripRows; top < end; top += lanes) {
      int square = at(strip, top, top);
      for (int j = 0; j < lanes; j++) {
        for (int i = j + 1; i < lanes; i++) {
          elements[square + j + i * stripRows] = elements[square + i + j * stripRows];
        }
      }
    }
  }

  private int at(int strip, int row, int column) {
    return start(strip) + row - strip * stripRows + column * stripRows;
  }

  private int start(int strip) {
    return buffer.origin() + length(strip);
  }

  /** Elements of so many strips, from the first on. */
  private int length(int strips) {
    return strips * stripRows / 2 * (strips + 1) * stripRows;
  }

  /** n rounded up to whole strips. */
  int order() {
    return order;
  }

  int strips() {
    return order / stripRows;
  }

  /** Rows and columns before those of the matrix. */
  int padding() {
    return padding;
  }

  double[] elements() {
    return buffer.elements();
  }

  /** Where the first strip starts. */
  int origin() {
    return buffer.origin();
  }

  /** An element of the lower triangle, its row and column numbered with the padding before them. */
  double get(int row, int column) {
    return buffer.elements()[at(row / stripRows, row, column)];
  }
}
