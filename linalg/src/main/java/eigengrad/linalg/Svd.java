package eigengrad.linalg;

/**
 * The singular value decomposition A = UΣVᵀ of a real m×n matrix with default options; {@link
 * SvdSolver} has others.
 *
 * <p>A is scaled by a power of two, made triangular if it has at least twice as many rows as
 * columns, and bidiagonal by Householder reflectors from both sides; the bidiagonal problem is
 * solved, and its vectors are transformed back. The triangle is the Cholesky factor of AᵀA, found
 * in two steps for all but well-conditioned columns, or comes from Householder's method where that
 * would cost accuracy. Where few singular values are small and all vectors are wanted, the right
 * ones are eigenvectors of AᵀA instead, and A times these has the left ones and the values; small
 * ones are found apart. A matrix wider than high is transposed first. Singular values are
 * descending, of each left vector's components the one largest in magnitude is positive, and so is
 * that of each right vector of {@link SvdShape#FULL} beyond the values.
 *
 * <p>Accuracy, with u' = 2⁻⁵²: ‖A − UΣVᵀ‖₁ ≤ 30·max(m, n)·u'·‖A‖₁, ‖I − UᵀU‖₁ ≤ 30·m·u', ‖I − VᵀV‖₁
 * ≤ 30·n·u', and values alone differ from those with vectors by at most 30·max(m, n)·u'·σ₀: tested
 * for graded, clustered, rank-deficient, subnormal and nearly overflowing matrices of every shape.
 * Small singular values are accurate beside σ₀; {@link SvdMethod#JACOBI} does better.
 *
 * <p>Cost for n ≤ m: 4n²(m − n/3) flops for the reduction and about 4mn² for the way back, beside
 * the bidiagonal problem; by AᵀA 3mn² + (10/3)n³. By a triangle 3mn² to 5mn² flops and a matrix of
 * order n, or 6mn² where it is Householder's.
 *
 * <p>Up to 64 rows and columns the memory of a call is kept for the next one, a MB for each
 * processor at most and only as long as the collector does not need it; a larger matrix has an
 * {@link SvdSolver} of its own.
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
    return SvdSolver.once(matrix, solver -> solver.decompose(matrix));
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
    return SvdSolver.once(matrix, solver -> solver.decompose(matrix, count));
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
    return SvdSolver.once(matrix, solver -> solver.values(matrix));
  }

  /**
   * Values and vectors of every matrix of a batch, thin.
   *
   * @param batch m×n matrices; not modified
   * @return their decompositions, singular values descending
   * @throws IllegalArgumentException if a matrix is not finite, naming the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if a singular value exceeds the largest double, naming the first
   *     such matrix
   */
  public static BatchedSingularValueDecomposition decompose(MatrixBatch batch) {
    return new SvdSolver().decompose(batch);
  }

  /**
   * The singular values alone of every matrix of a batch.
   *
   * @param batch m×n matrices; not modified
   * @return min(m, n) values of each, descending
   * @throws IllegalArgumentException if a matrix is not finite, naming the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if a singular value exceeds the largest double, naming the first
   *     such matrix
   */
  public static BatchedSingularValues values(MatrixBatch batch) {
    return new SvdSolver().values(batch);
  }

  /**
   * The polar decomposition A = QH.
   *
   * @param matrix A, m×n; not modified
   * @return Q with orthonormal columns, or rows where m &lt; n, and H symmetric and semidefinite
   * @throws IllegalArgumentException if A is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public static PolarDecomposition polar(DenseMatrix matrix) {
    return SvdSolver.once(matrix, solver -> solver.polar(matrix));
  }

  /**
   * The rotation nearest to a matrix, and what is left: A = QH, det Q = 1.
   *
   * @param matrix A, n×n; not modified
   * @return Q and H; H has a negative eigenvalue where A is nearer to a reflection
   * @throws IllegalArgumentException if A is not square or not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public static PolarDecomposition nearestRotation(DenseMatrix matrix) {
    return SvdSolver.once(matrix, solver -> solver.nearestRotation(matrix));
  }

  /**
   * The polar decomposition of every matrix of a batch.
   *
   * @param batch m×n matrices; not modified
   * @return their factors
   * @throws IllegalArgumentException if a matrix is not finite, naming the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if a singular value exceeds the largest double, naming the first
   *     such matrix
   */
  public static BatchedPolarDecomposition polar(MatrixBatch batch) {
    return new SvdSolver().polar(batch);
  }

  /**
   * The rotation nearest to every matrix of a batch.
   *
   * @param batch n×n matrices; not modified
   * @return their factors, det Q = 1
   * @throws IllegalArgumentException if the matrices are not square, or one is not finite, naming
   *     the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if a singular value exceeds the largest double, naming the first
   *     such matrix
   */
  public static BatchedPolarDecomposition nearestRotation(MatrixBatch batch) {
    return new SvdSolver().nearestRotation(batch);
  }
}
