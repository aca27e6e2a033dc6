package eigengrad.linalg;

import eigengrad.simd.ArraySize;
import eigengrad.simd.FloatConversion;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;

/**
 * A batch of square matrices of one order, interleaved in lane blocks of eight, not modified by
 * anything in this library.
 *
 * <p>Element (i, j) of matrix b, all counted from zero, is {@code interleaved()[((b / 8) * n * n +
 * j * n + i) * 8 + b % 8]}: eight matrices lie side by side, so that a SIMD instruction does the
 * same to each of them. The last lane block is filled up with zero matrices. The layout is the same
 * on every machine.
 */
public final class MatrixBatch {
  /** Matrices in a lane block. */
  public static final int LANES = LaneBlock.BLOCK;

  private final int count;
  private final int order;
  private final double[] elements;

  private MatrixBatch(int count, int order, double[] elements) {
    this.count = count;
    this.order = order;
    this.elements = elements;
  }

  /**
   * A batch of copies.
   *
   * @param matrices square and of one order
   * @return the batch, of order 0 if there are no matrices
   * @throws IllegalArgumentException if a matrix is not square or of another order than the first,
   *     or there are more elements than an array holds
   */
  public static MatrixBatch of(DenseMatrix... matrices) {
    int count = matrices.length;
    int n = count == 0 ? 0 : matrices[0].rows();
    double[] elements = new double[elementCount(count, n)];
    for (int b = 0; b < count; b++) {
      DenseMatrix matrix = matrices[b];
      if (matrix.rows() != n || matrix.columns() != n) {
        throw new IllegalArgumentException(
            "matrices must be "
                + n
                + "×"
                + n
                + ", got "
                + matrix.rows()
                + "×"
                + matrix.columns()
                + " at index "
                + b);
      }
      int first = first(b, n);
      for (int i = 0; i < n * n; i++) {
        elements[first + i * LANES] = matrix.columnMajor()[i];
      }
    }
    return new MatrixBatch(count, n, elements);
  }

  /**
   * A batch of copies from one array.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param columnMajor the count·n² elements: one matrix after the other, each column after column
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·n²
   *     or more than an array holds
   */
  public static MatrixBatch of(int count, int order, double[] columnMajor) {
    int size = elementCount(count, order);
    int square = order * order;
    requireElements(count, order, columnMajor.length);
    double[] elements = new double[size];
    int blocks = size == 0 ? 0 : laneBlocks(count);
    for (int block = 0; block < blocks; block++) {
      int b = block * LANES;
      int matrices = Math.min(LANES, count - b);
      Kernels.transposition()
          .transpose(
              square, matrices, columnMajor, b * square, square, elements, b * square, LANES);
    }
    return new MatrixBatch(count, order, elements);
  }

  /**
   * The same of single-precision numbers, which doubles hold exactly.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param columnMajor the count·n² elements: one matrix after the other, each column after column
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·n²
   *     or more than an array holds
   */
  public static MatrixBatch of(int count, int order, float[] columnMajor) {
    return of(count, order, FloatConversion.widen(columnMajor));
  }

  /**
   * A batch of copies from an array as most frameworks hold it, count×n×n.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param rowMajor the count·n² elements: one matrix after the other, each row after row
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·n²
   *     or more than an array holds
   */
  public static MatrixBatch ofRowMajor(int count, int order, double[] rowMajor) {
    elementCount(count, order);
    requireElements(count, order, rowMajor.length);
    return of(count, order, eachTransposed(count, order, rowMajor));
  }

  /**
   * The same of single-precision numbers.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param rowMajor the count·n² elements: one matrix after the other, each row after row
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·n²
   *     or more than an array holds
   */
  public static MatrixBatch ofRowMajor(int count, int order, float[] rowMajor) {
    return ofRowMajor(count, order, FloatConversion.widen(rowMajor));
  }

  private static void requireElements(int count, int order, int elements) {
    int expected = count * order * order;
    if (elements != expected) {
      throw new IllegalArgumentException(
          "%d matrices of order %d have %d elements, got %d"
              .formatted(count, order, expected, elements));
    }
  }

  private static double[] eachTransposed(int count, int n, double[] matrices) {
    double[] transposed = new double[matrices.length];
    for (int b = 0; b < count && n > 0; b++) {
      int first = b * n * n;
      Kernels.transposition().transpose(n, n, matrices, first, n, transposed, first, n);
    }
    return transposed;
  }

  /**
   * A batch that keeps the given array: the caller promises not to change it afterwards.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param interleaved the elements in the layout of this class, whole lane blocks
   * @return the batch
   * @throws IllegalArgumentException if a size is negative or the number of elements is another
   *     than {@link #elementCount}
   */
  public static MatrixBatch wrap(int count, int order, double[] interleaved) {
    int size = elementCount(count, order);
    if (interleaved.length != size) {
      throw new IllegalArgumentException(
          count
              + " matrices of order "
              + order
              + " have "
              + size
              + " elements in whole lane blocks, got "
              + interleaved.length);
    }
    return new MatrixBatch(count, order, interleaved);
  }

  /**
   * The elements of a batch with those that fill up the last lane block.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @return 8n² numbers per lane block
   * @throws IllegalArgumentException if a size is negative, or there are more than an array holds
   */
  public static int elementCount(int count, int order) {
    if (count < 0 || order < 0) {
      throw new IllegalArgumentException(
          "count and order must be ≥ 0, got " + count + " and " + order);
    }
    return interleavedLength(count, (long) order * order);
  }

  /** With so many numbers for each matrix, whole lane blocks. */
  static int interleavedLength(int count, long each) {
    long matrices = (long) laneBlocks(count) * LANES;
    return ArraySize.of("batch", each, matrices, "divide it into smaller ones");
  }

  /** Lane blocks that hold so many matrices. */
  static int laneBlocks(int count) {
    return count / LANES + (count % LANES == 0 ? 0 : 1);
  }

  /** Where element (0, 0) of a matrix lies. */
  static int first(int b, int n) {
    return LaneBlock.first(b, n * n);
  }

  /**
   * How many matrices there are.
   *
   * @return their number, without those that fill up the last lane block
   */
  public int count() {
    return count;
  }

  /**
   * The order of each matrix.
   *
   * @return n
   */
  public int order() {
    return order;
  }

  /**
   * One element.
   *
   * @param b matrix, counted from 0
   * @param i row, counted from 0
   * @param j column, counted from 0
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such matrix, row or column
   */
  public double get(int b, int i, int j) {
    if (b < 0 || b >= count || i < 0 || i >= order || j < 0 || j >= order) {
      throw new IndexOutOfBoundsException(
          "element (" + i + ", " + j + ") of matrix " + b + " of " + count + " of order " + order);
    }
    return elements[first(b, order) + (j * order + i) * LANES];
  }

  /**
   * One matrix.
   *
   * @param b which, counted from 0
   * @return a copy of it
   * @throws IndexOutOfBoundsException if there is no such matrix
   */
  public DenseMatrix matrix(int b) {
    if (b < 0 || b >= count) {
      throw new IndexOutOfBoundsException("matrix " + b + " of " + count);
    }
    double[] columnMajor = new double[order * order];
    copyMatrix(b, columnMajor);
    return DenseMatrix.wrap(order, order, columnMajor);
  }

  /** One matrix, column after column. */
  void copyMatrix(int b, double[] columnMajor) {
    int first = first(b, order);
    for (int i = 0; i < order * order; i++) {
      columnMajor[i] = elements[first + i * LANES];
    }
  }

  /**
   * The storage itself, for code that wants no copy. Treat it as read-only.
   *
   * @return the elements of whole lane blocks, in the layout of this class
   */
  public double[] interleaved() {
    return elements;
  }

  /**
   * A copy of all matrices.
   *
   * @return the count·n² elements: one matrix after the other, each column after column
   */
  public double[] toColumnMajor() {
    return contiguous(count, order * order, elements);
  }

  /** A copy of interleaved numbers, so many for each matrix, one matrix after the other. */
  static double[] contiguous(int count, int each, double[] interleaved) {
    double[] result = new double[count * each];
    int blocks = each == 0 ? 0 : laneBlocks(count);
    for (int block = 0; block < blocks; block++) {
      int b = block * LANES;
      int matrices = Math.min(LANES, count - b);
      Kernels.transposition()
          .transpose(matrices, each, interleaved, b * each, LANES, result, b * each, each);
    }
    return result;
  }

  /**
   * The nearest single-precision numbers.
   *
   * @return the count·n² elements: one matrix after the other, each column after column
   * @throws ArithmeticException if one is beyond the largest float
   */
  public float[] toFloats() {
    return FloatConversion.narrow(toColumnMajor());
  }

  /**
   * A copy of all matrices as most frameworks hold them, count×n×n.
   *
   * @return the count·n² elements: one matrix after the other, each row after row
   */
  public double[] toRowMajor() {
    return eachTransposed(count, order, toColumnMajor());
  }

  /**
   * The nearest single-precision numbers in that order.
   *
   * @return the count·n² elements: one matrix after the other, each row after row
   * @throws ArithmeticException if one is beyond the largest float
   */
  public float[] toRowMajorFloats() {
    return FloatConversion.narrow(toRowMajor());
  }
}
