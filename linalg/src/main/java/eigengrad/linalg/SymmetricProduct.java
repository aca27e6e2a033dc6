package eigengrad.linalg;

/** The product of a symmetric matrix with a vector: all that matrix-free methods know of it. */
@FunctionalInterface
public interface SymmetricProduct {

  /**
   * y ← Mx.
   *
   * @param x n elements; not to be modified
   * @param y n elements, overwritten
   */
  void multiply(double[] x, double[] y);

  /**
   * Y ← MX, column by column; to be overridden where several columns at once cost less.
   *
   * @param n order of M
   * @param columns k, of X and Y
   * @param x n×k, column-major; not to be modified
   * @param y n×k, overwritten
   */
  default void multiply(int n, int columns, double[] x, double[] y) {
    double[] from = new double[n];
    double[] to = new double[n];
    for (int j = 0; j < columns; j++) {
      System.arraycopy(x, j * n, from, 0, n);
      multiply(from, to);
      System.arraycopy(to, 0, y, j * n, n);
    }
  }

  /**
   * The product with a matrix at hand. Cost: 2n² flops per vector. It owns buffers, so several
   * threads must not use it at once.
   *
   * @param matrix M, n×n symmetric
   * @return its product, which refuses vectors of another order
   * @throws IllegalArgumentException if M is not square, finite and symmetric
   */
  static SymmetricProduct of(DenseMatrix matrix) {
    return new DenseProduct(matrix.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance()));
  }
}
