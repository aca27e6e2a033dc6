package eigengrad.linalg;

/**
 * The singular value decomposition A = UΣVᵀ of a real m×n matrix with default options; {@link
 * SvdSolver} has others.
 */
public final class Svd {
  private Svd() {}

  /**
   * Values and vectors, thin.
   *
   * @param matrix A, m×n; not modified
   * @return the decomposition, singular values descending
   * @throws IllegalArgumentException if A is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public static SingularValueDecomposition decompose(DenseMatrix matrix) {
    return new SvdSolver().decompose(matrix);
  }

  /**
   * The largest singular values and their vectors.
   *
   * @param matrix A, m×n; not modified
   * @param count k, from 0 to min(m, n)
   * @return the k largest singular values, descending, and their vectors
   * @throws IllegalArgumentException if A is not finite, or there are not so many
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public static SingularValueDecomposition decompose(DenseMatrix matrix, int count) {
    return new SvdSolver().decompose(matrix, count);
  }

  /**
   * Values alone.
   *
   * @param matrix A, m×n; not modified
   * @return min(m, n) singular values, descending
   * @throws IllegalArgumentException if A is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public static double[] values(DenseMatrix matrix) {
    return new SvdSolver().values(matrix);
  }
}
