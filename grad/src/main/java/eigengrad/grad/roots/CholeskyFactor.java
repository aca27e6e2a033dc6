package eigengrad.grad.roots;

import eigengrad.grad.internal.support.Ridge;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.simd.Kernels;

/**
 * L of A = LLᵀ for a symmetric positive definite A: tells whether A is positive definite, and
 * solves AX = B.
 *
 * <p>Cost: n³/3 flops, by columns from the left, and 2n² for each column of B. Source: G. H. Golub
 * and C. F. Van Loan, <i>Matrix Computations</i>, 4th edition, section 4.2.5.
 *
 * @param n order
 * @param l L, column-major; above the diagonal, anything
 */
record CholeskyFactor(int n, double[] l) {

  /**
   * Factors A.
   *
   * @param a A, its largest element near 1
   * @throws IllegalArgumentException if A is empty, not square, not finite, not symmetric or not
   *     positive definite
   */
  static CholeskyFactor of(DenseMatrix a) {
    return of(a, new Scaling(0));
  }

  /**
   * Factors a scaled matrix.
   *
   * @param a A, its largest element near 1
   * @param scaling that made it, undone in the message of an exception
   * @throws IllegalArgumentException if A is empty, not square, not finite, not symmetric or not
   *     positive definite
   */
  static CholeskyFactor of(DenseMatrix a, Scaling scaling) {
    int n = a.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance()).rows();
    if (n == 0) {
      throw new IllegalArgumentException("matrix must have at least one row, got 0×0");
    }
    double[] l = a.toArray();
    double[] row = new double[n];
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < j; k++) {
        row[k] = l[j + k * n];
      }
      int diagonal = j + j * n;
      Kernels.level2().gemv(n - j, j, -1, l, j, n, row, 0, 1, l, diagonal);
      double pivot = l[diagonal];
      if (!(pivot > 0)) {
        throw notPositiveDefinite(a, j, pivot, scaling);
      }
      Kernels.level1().scale(n - j, 1 / Math.sqrt(pivot), l, diagonal);
    }
    return new CholeskyFactor(n, l);
  }

  private static IllegalArgumentException notPositiveDefinite(
      DenseMatrix a, int j, double pivot, Scaling scaling) {
    double[] values = SymmetricEigen.values(a);
    double ridge =
        Ridge.enough(scaling.undone(values[0]), scaling.undone(values[values.length - 1]));
    return new IllegalArgumentException(
        "matrix must be positive definite, but pivot "
            + j
            + " of its Cholesky factorisation is "
            + scaling.undone(pivot)
            + ": "
            + Ridge.advice(ridge, "εI with ε = %s"));
  }

  /** X = A⁻¹B. */
  DenseMatrix solve(DenseMatrix b) {
    double[] x = b.toArray();
    for (int at = 0; at < x.length; at += n) {
      for (int k = 0; k < n; k++) {
        int diagonal = k + k * n;
        x[at + k] /= l[diagonal];
        Kernels.level1().axpy(n - k - 1, -x[at + k], l, diagonal + 1, x, at + k + 1);
      }
      for (int k = n - 1; k >= 0; k--) {
        int diagonal = k + k * n;
        double below = Kernels.level1().dot(n - k - 1, l, diagonal + 1, x, at + k + 1);
        x[at + k] = (x[at + k] - below) / l[diagonal];
      }
    }
    return DenseMatrix.wrap(n, b.columns(), x);
  }
}
