package eigengrad.linalg;

import eigengrad.simd.ArraySize;
import eigengrad.simd.FloatConversion;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;

/**
 * A batch of m×n matrices of one shape, interleaved in lane blocks of eight, not modified by
 * anything in this library.
 *
 * <p>Element (i, j) of matrix b, all counted from zero, is {@code interleaved()[((b / 8) * m * n +
 * j * m + i) * 8 + b % 8]}: eight matrices lie side by side, so that a SIMD instruction does the
 * same to each of them. The last lane block is filled up with zero matrices. The layout is the same
 * on every machine.
 */
public final class MatrixBatch {
  /** Matrices in a lane block. */
  public static final int LANES = LaneBlock.BLOCK;

  private final int count;
  private final int rows;
  private final int columns;
  private final double[] elements;

  private MatrixBatch(int count, int rows, int columns, double[] elements) {
    this.count = count;
    this.rows = rows;
    this.columns = columns;
    this.elements = elements;
  }

  /**
   * A batch of copies.
   *
   * @param matrices of one shape
   * @return the batch, of shape 0×0 if there are no matrices
   * @throws IllegalArgumentException if a matrix is of another shape than the first, or there are
   *     more elements than an array holds
   */
  public static MatrixBatch of(DenseMatrix... matrices) {
    int count = matrices.length;
    int m = count == 0 ? 0 : matrices[0].rows();
    int n = count == 0 ? 0 : matrices[0].columns();
    double[] elements = new double[elementCount(count, m, n)];
    for (int b = 0; b < count; b++) {
      DenseMatrix matrix = matrices[b];
      if (matrix.rows() != m || matrix.columns() != n) {
        throw new IllegalArgumentException(
            "matrices must be %d×%d, got %d×%d at index %d"
                .formatted(m, n, matrix.rows(), matrix.columns(), b));
      }
      int first = LaneBlock.first(b, m * n);
      for (int i = 0; i < m * n; i++) {
        elements[first + i * LANES] = matrix.columnMajor()[i];
      }
    }
    return new MatrixBatch(count, m, n, elements);
  }

  /**
   * A batch of copies of square matrices from one array.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param columnMajor the count·n² elements: one matrix after the other, each column after column
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·n²
   *     or more than an array holds
   */
  public static MatrixBatch of(int count, int order, double[] columnMajor) {
    return of(count, order, order, columnMajor);
  }

  /**
   * A batch of copies from one array.
   *
   * @param count matrices, ≥ 0
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param columnMajor the count·m·n elements: one matrix after the other, each column after column
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·m·n
   *     or more than an array holds
   */
  public static MatrixBatch of(int count, int rows, int columns, double[] columnMajor) {
    double[] interleaved = interleavedFor(count, rows, columns, columnMajor.length);
    int each = rows * columns;
    for (int b = 0; b < count && each > 0; b += LANES) {
      int some = Math.min(LANES, count - b);
      Kernels.transposition()
          .transpose(each, some, columnMajor, b * each, each, interleaved, b * each, LANES);
    }
    return new MatrixBatch(count, rows, columns, interleaved);
  }

  /**
   * Square matrices of single-precision numbers, which doubles hold exactly.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param columnMajor the count·n² elements: one matrix after the other, each column after column
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·n²
   *     or more than an array holds
   */
  public static MatrixBatch of(int count, int order, float[] columnMajor) {
    return of(count, order, order, columnMajor);
  }

  /**
   * Matrices of single-precision numbers, which doubles hold exactly.
   *
   * @param count matrices, ≥ 0
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param columnMajor the count·m·n elements: one matrix after the other, each column after column
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·m·n
   *     or more than an array holds
   */
  public static MatrixBatch of(int count, int rows, int columns, float[] columnMajor) {
    return copy(
        count,
        rows,
        columns,
        columnMajor.length,
        false,
        (first, elements, target) -> FloatConversion.widen(elements, columnMajor, first, target));
  }

  /**
   * A batch of copies of square matrices from an array as most frameworks hold it, count×n×n.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param rowMajor the count·n² elements: one matrix after the other, each row after row
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·n²
   *     or more than an array holds
   */
  public static MatrixBatch ofRowMajor(int count, int order, double[] rowMajor) {
    return ofRowMajor(count, order, order, rowMajor);
  }

  /**
   * A batch of copies from an array as most frameworks hold it, count×m×n.
   *
   * @param count matrices, ≥ 0
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param rowMajor the count·m·n elements: one matrix after the other, each row after row
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·m·n
   *     or more than an array holds
   */
  public static MatrixBatch ofRowMajor(int count, int rows, int columns, double[] rowMajor) {
    return copy(
        count,
        rows,
        columns,
        rowMajor.length,
        true,
        (first, elements, target) -> System.arraycopy(rowMajor, first, target, 0, elements));
  }

  /**
   * Square matrices of single-precision numbers, row after row.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param rowMajor the count·n² elements: one matrix after the other, each row after row
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·n²
   *     or more than an array holds
   */
  public static MatrixBatch ofRowMajor(int count, int order, float[] rowMajor) {
    return ofRowMajor(count, order, order, rowMajor);
  }

  /**
   * Matrices of single-precision numbers, row after row.
   *
   * @param count matrices, ≥ 0
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param rowMajor the count·m·n elements: one matrix after the other, each row after row
   * @return the batch
   * @throws IllegalArgumentException if a size is negative, the number of elements is not count·m·n
   *     or more than an array holds
   */
  public static MatrixBatch ofRowMajor(int count, int rows, int columns, float[] rowMajor) {
    return copy(
        count,
        rows,
        columns,
        rowMajor.length,
        true,
        (first, elements, target) -> FloatConversion.widen(elements, rowMajor, first, target));
  }

  private static MatrixBatch copy(
      int count, int rows, int columns, int elements, boolean rowMajor, BatchLayout.Source source) {
    double[] interleaved = interleavedFor(count, rows, columns, elements);
    new BatchLayout(count, rows, columns, rowMajor).interleave(source, interleaved);
    return new MatrixBatch(count, rows, columns, interleaved);
  }

  /** Memory for matrices that have so many elements. */
  private static double[] interleavedFor(int count, int rows, int columns, int elements) {
    int size = elementCount(count, rows, columns);
    int expected = count * rows * columns;
    if (elements != expected) {
      throw new IllegalArgumentException(
          "%d matrices of %d×%d have %d elements, got %d"
              .formatted(count, rows, columns, expected, elements));
    }
    return new double[size];
  }

  /**
   * A batch of square matrices that keeps the given array: the caller promises not to change it
   * afterwards.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @param interleaved the elements in the layout of this class, whole lane blocks
   * @return the batch
   * @throws IllegalArgumentException if a size is negative or the number of elements is another
   *     than {@link #elementCount(int, int)}
   */
  public static MatrixBatch wrap(int count, int order, double[] interleaved) {
    return wrap(count, order, order, interleaved);
  }

  /**
   * A batch that keeps the given array: the caller promises not to change it afterwards.
   *
   * @param count matrices, ≥ 0
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param interleaved the elements in the layout of this class, whole lane blocks
   * @return the batch
   * @throws IllegalArgumentException if a size is negative or the number of elements is another
   *     than {@link #elementCount(int, int, int)}
   */
  public static MatrixBatch wrap(int count, int rows, int columns, double[] interleaved) {
    int size = elementCount(count, rows, columns);
    if (interleaved.length != size) {
      throw new IllegalArgumentException(
          "%d matrices of %d×%d have %d elements in whole lane blocks, got %d"
              .formatted(count, rows, columns, size, interleaved.length));
    }
    return new MatrixBatch(count, rows, columns, interleaved);
  }

  /**
   * The elements of a batch of square matrices with those that fill up the last lane block.
   *
   * @param count matrices, ≥ 0
   * @param order n ≥ 0
   * @return 8n² numbers per lane block
   * @throws IllegalArgumentException if a size is negative, or there are more than an array holds
   */
  public static int elementCount(int count, int order) {
    return elementCount(count, order, order);
  }

  /**
   * The elements of a batch with those that fill up the last lane block.
   *
   * @param count matrices, ≥ 0
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @return 8mn numbers per lane block
   * @throws IllegalArgumentException if a size is negative, or there are more than an array holds
   */
  public static int elementCount(int count, int rows, int columns) {
    if (count < 0 || rows < 0 || columns < 0) {
      throw new IllegalArgumentException(
          "count, rows and columns must be ≥ 0, got %d, %d and %d".formatted(count, rows, columns));
    }
    return interleavedLength(count, (long) rows * columns);
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

  /**
   * How many matrices there are.
   *
   * @return their number, without those that fill up the last lane block
   */
  public int count() {
    return count;
  }

  /**
   * The rows of each matrix.
   *
   * @return m
   */
  public int rows() {
    return rows;
  }

  /**
   * The columns of each matrix.
   *
   * @return n
   */
  public int columns() {
    return columns;
  }

  /**
   * The order of each matrix, where they are square.
   *
   * @return n
   * @throws IllegalArgumentException if they are not
   */
  public int order() {
    if (rows != columns) {
      throw new IllegalArgumentException(
          "the matrices of the batch must be square, got %d×%d: their sizes are rows() and columns(), and Svd decomposes them"
              .formatted(rows, columns));
    }
    return rows;
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
    if (b < 0 || b >= count || i < 0 || i >= rows || j < 0 || j >= columns) {
      throw new IndexOutOfBoundsException(
          "element (%d, %d) of matrix %d of %d of %d×%d".formatted(i, j, b, count, rows, columns));
    }
    return elements[LaneBlock.first(b, rows * columns) + (j * rows + i) * LANES];
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
    double[] columnMajor = new double[rows * columns];
    copyMatrix(b, columnMajor);
    return DenseMatrix.wrap(rows, columns, columnMajor);
  }

  /** One matrix, column after column. */
  void copyMatrix(int b, double[] columnMajor) {
    int first = LaneBlock.first(b, rows * columns);
    for (int i = 0; i < rows * columns; i++) {
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
   * @return the count·m·n elements: one matrix after the other, each column after column
   */
  public double[] toColumnMajor() {
    return contiguous(count, rows * columns, elements);
  }

  private void separate(boolean rowMajor, BatchLayout.Target target) {
    new BatchLayout(count, rows, columns, rowMajor).separate(elements, target);
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
   * @return the count·m·n elements: one matrix after the other, each column after column
   * @throws ArithmeticException if one is beyond the largest float
   */
  public float[] toFloats() {
    float[] columnMajor = new float[count * rows * columns];
    separate(
        false,
        (first, length, source) -> FloatConversion.narrow(length, source, columnMajor, first));
    return columnMajor;
  }

  /**
   * A copy of all matrices as most frameworks hold them, count×m×n.
   *
   * @return the count·m·n elements: one matrix after the other, each row after row
   */
  public double[] toRowMajor() {
    double[] rowMajor = new double[count * rows * columns];
    separate(true, (first, length, source) -> System.arraycopy(source, 0, rowMajor, first, length));
    return rowMajor;
  }

  /**
   * The nearest single-precision numbers in that order.
   *
   * @return the count·m·n elements: one matrix after the other, each row after row
   * @throws ArithmeticException if one is beyond the largest float
   */
  public float[] toRowMajorFloats() {
    float[] rowMajor = new float[count * rows * columns];
    separate(
        true, (first, length, source) -> FloatConversion.narrow(length, source, rowMajor, first));
    return rowMajor;
  }
}
