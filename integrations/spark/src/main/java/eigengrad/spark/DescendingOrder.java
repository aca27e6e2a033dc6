package eigengrad.spark;

import eigengrad.linalg.DenseMatrix;

/** The largest eigenvalue comes first in statistics, and last in eigengrad. */
final class DescendingOrder {
  private DescendingOrder() {}

  /** The columns from the last to the first. */
  static DenseMatrix ofColumns(DenseMatrix matrix) {
    int rows = matrix.rows();
    int columns = matrix.columns();
    double[] reversed = new double[rows * columns];
    for (int j = 0; j < columns; j++) {
      System.arraycopy(matrix.columnMajor(), (columns - 1 - j) * rows, reversed, j * rows, rows);
    }
    return DenseMatrix.wrap(rows, columns, reversed);
  }
}
