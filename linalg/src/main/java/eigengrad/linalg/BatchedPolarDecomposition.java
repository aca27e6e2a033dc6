package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

import java.util.List;

/**
 * The polar decompositions Aᵦ = QᵦHᵦ of a batch of m×n matrices: not modified by anything in this
 * library. Of each matrix, what {@link PolarDecomposition} says holds.
 */
public final class BatchedPolarDecomposition {
  private final MatrixBatch orthogonal;
  private final MatrixBatch symmetric;
  private final List<BatchFailure> failures;

  private BatchedPolarDecomposition(
      MatrixBatch orthogonal, MatrixBatch symmetric, List<BatchFailure> failures) {
    this.orthogonal = orthogonal;
    this.symmetric = symmetric;
    this.failures = failures;
  }

  /** Takes both over without copying or checking. */
  static BatchedPolarDecomposition owning(
      MatrixBatch orthogonal, MatrixBatch symmetric, List<BatchFailure> failures) {
    return new BatchedPolarDecomposition(orthogonal, symmetric, failures);
  }

  /**
   * From singular values and vectors. Cost: (2m + n)nk flops per matrix, k = min(m, n). Where the
   * vectors are not needed otherwise, {@link SvdSolver#polar(MatrixBatch)} does not store them.
   *
   * @param svd of each A; all of their values
   * @return the decompositions; NaN for matrices that were not solved
   * @throws IllegalArgumentException if only the largest singular values are there
   */
  public static BatchedPolarDecomposition of(BatchedSingularValueDecomposition svd) {
    return of(svd, false);
  }

  /**
   * The nearest rotations, from singular values and vectors.
   *
   * @param svd of each A, n×n; all of their values
   * @return the decompositions, det Q = 1; NaN for matrices that were not solved
   * @throws IllegalArgumentException if the matrices are not square, or only the largest singular
   *     values are there
   */
  public static BatchedPolarDecomposition nearestRotation(BatchedSingularValueDecomposition svd) {
    PolarDecomposition.requireSquare(svd.rows(), svd.columns());
    return of(svd, true);
  }

  private static BatchedPolarDecomposition of(
      BatchedSingularValueDecomposition svd, boolean rotations) {
    int count = svd.count();
    int m = svd.rows();
    int n = svd.columns();
    int k = svd.size();
    PolarDecomposition.requireAll(m, n, k);
    double[] values = svd.interleavedValues();
    double[] u = svd.leftVectors().interleaved();
    double[] v = svd.rightVectors().interleaved();
    double[] q = new double[MatrixBatch.elementCount(count, m, n)];
    double[] h = new double[MatrixBatch.elementCount(count, n)];
    LanePolar polar = new LanePolar();
    int blocks = k == 0 ? 0 : MatrixBatch.laneBlocks(count);
    for (int block = 0; block < blocks; block++) {
      int b = block * LANES;
      int uAt = b * m * svd.leftVectors().columns();
      int vAt = b * n * svd.rightVectors().columns();
      polar.form(m, n, k, rotations, u, uAt, values, b * k, v, vAt, q, b * m * n, h, b * n * n);
    }
    return owning(MatrixBatch.wrap(count, m, n, q), MatrixBatch.wrap(count, n, h), svd.failures());
  }

  /**
   * How many matrices there were.
   *
   * @return their number
   */
  public int count() {
    return orthogonal.count();
  }

  /**
   * The orthogonal factors.
   *
   * @return Q of each matrix, m×n; NaN for those that were not solved
   */
  public MatrixBatch orthogonalFactors() {
    return orthogonal;
  }

  /**
   * The symmetric factors.
   *
   * @return H of each matrix, n×n, symmetric to the bit; NaN for those that were not solved
   */
  public MatrixBatch symmetricFactors() {
    return symmetric;
  }

  /**
   * One matrix's decomposition.
   *
   * @param b which, counted from 0
   * @return a copy of its factors
   * @throws IndexOutOfBoundsException if there is no such matrix
   * @throws IllegalArgumentException if it was not finite
   * @throws EigenConvergenceException if the solver failed
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public PolarDecomposition decomposition(int b) {
    DenseMatrix copy = orthogonal.matrix(b);
    BatchFailure.throwIfAmong(failures, b);
    return PolarDecomposition.owning(copy, symmetric.matrix(b));
  }

  /**
   * The matrices that were not solved.
   *
   * @return one entry each, by ascending index; empty unless asked for by {@link
   *     FailurePolicy#LIST}
   */
  public List<BatchFailure> failures() {
    return failures;
  }
}
