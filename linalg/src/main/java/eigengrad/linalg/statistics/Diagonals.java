package eigengrad.linalg.statistics;

import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Products with diagonal matrices, which are the arrays of their diagonals. */
final class Diagonals {
  private Diagonals() {}

  /** A·diag(factors). */
  static DenseMatrix scaleColumns(DenseMatrix matrix, double[] factors) {
    int rows = matrix.rows();
    double[] scaled = matrix.toArray();
    for (int j = 0; j < factors.length; j++) {
      Kernels.level1().scale(rows, factors[j], scaled, j * rows);
    }
    return DenseMatrix.wrap(rows, matrix.columns(), scaled);
  }

  /** diag(factors)·A. */
  static DenseMatrix scaleRows(double[] factors, DenseMatrix matrix) {
    return scaleColumns(matrix.transpose(), factors).transpose();
  }

  /** The diagonal of a square matrix. */
  static double[] of(DenseMatrix matrix) {
    double[] diagonal = new double[matrix.rows()];
    Arrays.setAll(diagonal, i -> matrix.get(i, i));
    return diagonal;
  }

  /** That of I. */
  static double[] ones(int d) {
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Element by element. */
  static double[] map(double[] diagonal, DoubleUnaryOperator function) {
    return DoubleStream.of(diagonal).map(function).toArray();
  }
}
