package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.simd.Kernels;

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
   * The product with a matrix at hand. Cost: 2n² flops, half the matrix read once.
   *
   * @param matrix M, n×n symmetric
   * @return its product
   * @throws IllegalArgumentException if M is not square, finite and symmetric
   */
  static SymmetricProduct of(DenseMatrix matrix) {
    matrix.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
    int n = matrix.rows();
    double[] m = matrix.columnMajor();
    Kernels kernels = Kernels.active();
    return (x, y) -> kernels.symv(n, 1, m, 0, n, x, 0, 0, y, 0);
  }
}
