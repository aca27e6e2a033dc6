package eigengrad.linalg;

import eigengrad.simd.ArraySize;
import eigengrad.simd.FloatConversion;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;
import java.util.StringJoiner;

/**
 * A dense m×n matrix of doubles in column-major order, not modified by anything in this library.
 *
 * <p>Element (i, j), counted from zero, is {@code columnMajor()[i + j * rows()]}.
 */
public final class DenseMatrix {
  private static final int PRINTED_ROWS = 12;

  private final int rows;
  private final int columns;
  private final double[] elements;

  private DenseMatrix(int rows, int columns, double[] elements) {
    this.rows = rows;
    this.columns = columns;
    this.elements = elements;
  }

  /**
   * A matrix that copies its elements.
   *
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param columnMajor the m·n elements, column after column
   * @return the matrix
   * @throws IllegalArgumentException if a size is negative or the number of elements is not m·n
   */
  public static DenseMatrix of(int rows, int columns, double... columnMajor) {
    return wrap(rows, columns, columnMajor.clone());
  }

  /**
   * A matrix of single-precision numbers, which doubles hold exactly.
   *
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param columnMajor the m·n elements, column after column
   * @return the matrix
   * @throws IllegalArgumentException if a size is negative or the number of elements is not m·n
   */
  public static DenseMatrix of(int rows, int columns, float[] columnMajor) {
    return wrap(rows, columns, FloatConversion.widen(columnMajor));
  }

  /**
   * A matrix whose rows lie one after the other, as most frameworks hold it.
   *
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param rowMajor the m·n elements, row after row
   * @return the matrix
   * @throws IllegalArgumentException if a size is negative or the number of elements is not m·n
   */
  public static DenseMatrix ofRowMajor(int rows, int columns, double[] rowMajor) {
    requireElements(rows, columns, rowMajor.length);
    return new DenseMatrix(/* rows= */ columns, /* columns= */ rows, rowMajor).transpose();
  }

  /**
   * The same of single-precision numbers.
   *
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param rowMajor the m·n elements, row after row
   * @return the matrix
   * @throws IllegalArgumentException if a size is negative or the number of elements is not m·n
   */
  public static DenseMatrix ofRowMajor(int rows, int columns, float[] rowMajor) {
    return ofRowMajor(rows, columns, FloatConversion.widen(rowMajor));
  }

  /**
   * A matrix that keeps the given array: the caller promises not to change it afterwards.
   *
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param columnMajor the m·n elements, column after column
   * @return the matrix
   * @throws IllegalArgumentException if a size is negative or the number of elements is not m·n
   */
  public static DenseMatrix wrap(int rows, int columns, double[] columnMajor) {
    requireElements(rows, columns, columnMajor.length);
    return new DenseMatrix(rows, columns, columnMajor);
  }

  private static void requireElements(int rows, int columns, int elements) {
    int expected = elementCount(rows, columns);
    if (elements != expected) {
      throw new IllegalArgumentException(
          "a %d×%d matrix has %d elements, got %d".formatted(rows, columns, expected, elements));
    }
  }

  /**
   * A matrix given row by row, as one writes it.
   *
   * @param rows the rows, all of one length
   * @return the matrix
   * @throws IllegalArgumentException if the rows differ in length
   */
  public static DenseMatrix ofRows(double[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] elements = new double[elementCount(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " elements, row 0 has " + columns);
      }
      for (int j = 0; j < columns; j++) {
        elements[i + j * rows.length] = rows[i][j];
      }
    }
    return new DenseMatrix(rows.length, columns, elements);
  }

  /**
   * The n×n identity.
   *
   * @param n order, ≥ 0
   * @return I
   * @throws IllegalArgumentException if n is negative, or n² more than an array holds
   */
  public static DenseMatrix identity(int n) {
    elementCount(n, n);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return diagonal(ones);
  }

  /**
   * A square matrix with the given diagonal and zeros elsewhere.
   *
   * @param diagonal the n diagonal elements
   * @return the n×n matrix
   * @throws IllegalArgumentException if n² is more than an array holds
   */
  public static DenseMatrix diagonal(double... diagonal) {
    int n = diagonal.length;
    double[] elements = new double[elementCount(n, n)];
    for (int i = 0; i < n; i++) {
      elements[i + i * n] = diagonal[i];
    }
    return new DenseMatrix(n, n, elements);
  }

  /**
   * The number of rows.
   *
   * @return m
   */
  public int rows() {
    return rows;
  }

  /**
   * The number of columns.
   *
   * @return n
   */
  public int columns() {
    return columns;
  }

  /**
   * One element.
   *
   * @param i row, counted from 0
   * @param j column, counted from 0
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public double get(int i, int j) {
    if (i < 0 || i >= rows || j < 0 || j >= columns) {
      throw new IndexOutOfBoundsException(
          "element (" + i + ", " + j + ") of a " + rows + "×" + columns + " matrix");
    }
    return elements[i + j * rows];
  }

  /**
   * One column.
   *
   * @param j column, counted from 0
   * @return a copy of it
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public double[] column(int j) {
    if (j < 0 || j >= columns) {
      throw new IndexOutOfBoundsException(
          "column " + j + " of a " + rows + "×" + columns + " matrix");
    }
    return Arrays.copyOfRange(elements, j * rows, (j + 1) * rows);
  }

  /**
   * The storage itself, for code that wants no copy. Treat it as read-only.
   *
   * @return the m·n elements, column after column
   */
  public double[] columnMajor() {
    return elements;
  }

  /**
   * A copy of the elements.
   *
   * @return the m·n elements, column after column
   */
  public double[] toArray() {
    return elements.clone();
  }

  /**
   * The nearest single-precision numbers.
   *
   * @return the m·n elements, column after column
   * @throws ArithmeticException if one is beyond the largest float
   */
  public float[] toFloats() {
    return FloatConversion.narrow(elements);
  }

  /**
   * A copy of the elements in the order of most frameworks.
   *
   * @return the m·n elements, row after row
   */
  public double[] toRowMajor() {
    return transpose().elements;
  }

  /**
   * The nearest single-precision numbers in that order.
   *
   * @return the m·n elements, row after row
   * @throws ArithmeticException if one is beyond the largest float
   */
  public float[] toRowMajorFloats() {
    return FloatConversion.narrow(toRowMajor());
  }

  /**
   * The transpose.
   *
   * @return Aᵀ
   */
  public DenseMatrix transpose() {
    double[] result = new double[elements.length];
    Kernels.transposition()
        .transpose(rows, columns, elements, 0, Math.max(1, rows), result, 0, Math.max(1, columns));
    return new DenseMatrix(columns, rows, result);
  }

  /**
   * The sum.
   *
   * @param other a matrix of the same shape
   * @return A + B
   * @throws IllegalArgumentException if the shapes differ
   */
  public DenseMatrix plus(DenseMatrix other) {
    return plusScaled(1, other);
  }

  /**
   * The difference.
   *
   * @param other a matrix of the same shape
   * @return A − B
   * @throws IllegalArgumentException if the shapes differ
   */
  public DenseMatrix minus(DenseMatrix other) {
    return plusScaled(-1, other);
  }

  /**
   * The sum with a multiple.
   *
   * @param factor c
   * @param other a matrix of the same shape
   * @return A + c·B
   * @throws IllegalArgumentException if the shapes differ
   */
  public DenseMatrix plusScaled(double factor, DenseMatrix other) {
    if (rows != other.rows || columns != other.columns) {
      throw new IllegalArgumentException("shapes differ: " + shape() + " and " + other.shape());
    }
    double[] result = elements.clone();
    Kernels.level1().axpy(result.length, factor, other.elements, 0, result, 0);
    return new DenseMatrix(rows, columns, result);
  }

  /**
   * A multiple.
   *
   * @param factor c
   * @return c·A
   */
  public DenseMatrix times(double factor) {
    double[] result = elements.clone();
    Kernels.level1().scale(result.length, factor, result, 0);
    return new DenseMatrix(rows, columns, result);
  }

  /**
   * The matrix product, in 2·m·n·k flops.
   *
   * @param other a matrix with as many rows as this has columns
   * @return AB
   * @throws IllegalArgumentException if the sizes do not match, or AB is more than an array holds
   */
  public DenseMatrix times(DenseMatrix other) {
    if (columns != other.rows) {
      throw new IllegalArgumentException(
          "cannot multiply a " + shape() + " by a " + other.shape() + " matrix");
    }
    double[] result = new double[elementCount(rows, other.columns)];
    new Gemm()
        .multiply(
            Transpose.NO,
            Transpose.NO,
            rows,
            other.columns,
            columns,
            elements,
            other.elements,
            result);
    return new DenseMatrix(rows, other.columns, result);
  }

  /**
   * The symmetric part ½(A + Aᵀ), which is A itself, bit by bit, where A is symmetric.
   *
   * @return an exactly symmetric matrix
   * @throws IllegalArgumentException if this is not square
   */
  public DenseMatrix symmetricPart() {
    if (rows != columns) {
      throw new IllegalArgumentException(
          "only a square matrix has a symmetric part, got " + shape());
    }
    DenseMatrix transpose = transpose();
    double[] result = transpose.elements;
    for (int i = 0; i < result.length; i++) {
      result[i] = mean(elements[i], result[i]);
    }
    return transpose;
  }

  /** Halved after the sum, or of two equal subnormal numbers something else might come out. */
  private static double mean(double x, double y) {
    double sum = x + y;
    return Math.abs(sum) <= Double.MAX_VALUE ? 0.5 * sum : 0.5 * x + 0.5 * y;
  }

  /**
   * Refuses a matrix that is not square, finite and symmetric.
   *
   * @param tolerance largest |aᵢⱼ − aⱼᵢ| allowed, relative to max |a|; for instance {@link
   *     EigenOptions#symmetryTolerance()}
   * @return this matrix where it is symmetric to the bit, else its symmetric part
   * @throws IllegalArgumentException naming the first offending element or pair, or if the
   *     tolerance is negative or NaN
   */
  public DenseMatrix requireSymmetric(double tolerance) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must be ≥ 0, got " + tolerance);
    }
    return SymmetricInput.symmetric(this, tolerance);
  }

  /**
   * The Frobenius norm √Σ aᵢⱼ², without avoidable overflow.
   *
   * @return ‖A‖_F
   */
  public double frobeniusNorm() {
    return Kernels.level1().norm(elements.length, elements, 0);
  }

  /**
   * The largest magnitude of an element.
   *
   * @return max |aᵢⱼ|, 0 for an empty matrix, NaN if an element is NaN
   */
  public double maxAbs() {
    return Kernels.level1().maxAbs(elements.length, elements, 0);
  }

  /**
   * The number of elements, if an array can hold them.
   *
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @return m·n
   * @throws IllegalArgumentException if a size is negative, or m·n more than an array holds
   */
  public static int elementCount(int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException(
          "rows and columns must be ≥ 0, got " + rows + "×" + columns);
    }
    return ArraySize.of("matrix", rows, columns, "divide it into smaller ones");
  }

  private String shape() {
    return rows + "×" + columns;
  }

  /** Same shape and the same bits (so 0 and −0 differ, and NaN equals NaN). */
  @Override
  public boolean equals(Object other) {
    return other instanceof DenseMatrix that
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(elements, that.elements);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(elements);
  }

  /** The shape, and the elements row by row unless there are many. */
  @Override
  public String toString() {
    if (rows > PRINTED_ROWS || columns > PRINTED_ROWS) {
      return "DenseMatrix " + shape();
    }
    StringJoiner lines = new StringJoiner("\n ", "DenseMatrix " + shape() + "\n[", "]");
    for (int i = 0; i < rows; i++) {
      StringJoiner line = new StringJoiner(", ", "[", "]");
      for (int j = 0; j < columns; j++) {
        line.add(Double.toString(elements[i + j * rows]));
      }
      lines.add(line.toString());
    }
    return lines.toString();
  }
}
