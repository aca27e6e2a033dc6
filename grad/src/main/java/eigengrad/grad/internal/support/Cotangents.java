package eigengrad.grad.internal.support;

import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.simd.Kernels;

/** Checks of what a caller hands to a {@code forward} or {@code backward}. */
public final class Cotangents {
  private Cotangents() {}

  public static void require(String name, int length, double[] vector) {
    if (vector.length != length) {
      throw new IllegalArgumentException(
          name + " must have " + length + " elements, got " + vector.length);
    }
    requireFinite(name, 0, vector);
  }

  /** Checks a matrix; returns its largest magnitude. */
  public static double require(String name, int rows, int columns, DenseMatrix matrix) {
    requireShape(name, rows, columns, matrix);
    return requireFinite(name, rows, matrix.columnMajor());
  }

  /**
   * Checks that a matrix is finite, given the sums of its rows: a number that is not finite leaves
   * none that is, so that a matrix need not be read again for this.
   */
  public static void requireFinite(String name, double[] rowSums, DenseMatrix matrix) {
    if (!(Kernels.level1().maxAbs(rowSums.length, rowSums, 0) <= Double.MAX_VALUE)) {
      requireFinite(name, matrix.rows(), matrix.columnMajor());
    }
  }

  /** Checks a matrix's size alone. */
  public static void requireShape(String name, int rows, int columns, DenseMatrix matrix) {
    if (matrix.rows() != rows || matrix.columns() != columns) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + rows
              + "×"
              + columns
              + ", got "
              + matrix.rows()
              + "×"
              + matrix.columns());
    }
  }

  /** Checks a direction dM of an n×n matrix; returns its largest magnitude. */
  public static double requireDirection(int n, DenseMatrix direction) {
    double largest = require("direction", n, n, direction);
    direction.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
    return largest;
  }

  /** Checks a matrix and how many of its eigenpairs are wanted; returns its order. */
  public static int requirePairs(DenseMatrix matrix, int count) {
    matrix.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
    if (count < 1 || count > matrix.rows()) {
      throw new IllegalArgumentException(
          "count must be between 1 and the matrix's order " + matrix.rows() + ", got " + count);
    }
    return matrix.rows();
  }

  /**
   * Checks that matrices can be a batch.
   *
   * @throws IllegalArgumentException if one is of another order than the first
   */
  public static void requireOneOrder(DenseMatrix[] matrices) {
    for (int b = 1; b < matrices.length; b++) {
      int n = matrices[0].rows();
      if (matrices[b].rows() != n) {
        throw new IllegalArgumentException(
            "matrices must be of one order, %d, got %d at index %d"
                .formatted(n, matrices[b].rows(), b));
      }
    }
  }

  /**
   * Wraps a result computed from finite arguments.
   *
   * @param name for the message
   * @param rows how many; none for a 0×0 result
   * @throws NonFiniteException if an element overflowed
   */
  public static DenseMatrix finiteResult(String name, int rows, double[] elements) {
    requireFiniteResult(name, elements, 0, elements.length);
    return DenseMatrix.wrap(rows, rows == 0 ? 0 : elements.length / rows, elements);
  }

  /**
   * Checks a part of a result computed from finite arguments.
   *
   * @param name of the whole, for the message
   * @throws NonFiniteException if an element overflowed
   */
  public static void requireFiniteResult(String name, double[] elements, int at, int count) {
    double largest = Kernels.level1().maxAbs(count, elements, at);
    if (!(largest <= Double.MAX_VALUE)) {
      throw new NonFiniteException(name + " is not finite: its largest magnitude is " + largest);
    }
  }

  /** With rows > 0 the position is reported as (row, column). */
  private static double requireFinite(String name, int rows, double[] elements) {
    double largest = Kernels.level1().maxAbs(elements.length, elements, 0);
    if (largest <= Double.MAX_VALUE) {
      return largest;
    }
    int at = 0;
    while (Double.isFinite(elements[at])) {
      at++;
    }
    String where = rows > 0 ? "(" + at % rows + ", " + at / rows + ")" : "index " + at;
    throw new IllegalArgumentException(
        name + " must be finite, got " + elements[at] + " at " + where);
  }
}
