package eigengrad.linalg;

import java.util.List;
import java.util.function.Function;

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

  /**
   * From singular values and vectors. Cost: 2(m + n)nk flops per matrix, k = min(m, n).
   *
   * @param svd of each A; all of their values
   * @return the decompositions; NaN for matrices that were not solved
   * @throws IllegalArgumentException if only the largest singular values are there
   */
  public static BatchedPolarDecomposition of(BatchedSingularValueDecomposition svd) {
    return of(svd, PolarDecomposition::of);
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
    return of(svd, PolarDecomposition::nearestRotation);
  }

  private static BatchedPolarDecomposition of(
      BatchedSingularValueDecomposition svd,
      Function<SingularValueDecomposition, PolarDecomposition> single) {
    int count = svd.count();
    DenseMatrix[] orthogonal = new DenseMatrix[count];
    DenseMatrix[] symmetric = new DenseMatrix[count];
    for (int b = 0; b < count; b++) {
      PolarDecomposition polar = single.apply(svd.copy(b));
      orthogonal[b] = polar.orthogonalFactor();
      symmetric[b] = polar.symmetricFactor();
    }
    return new BatchedPolarDecomposition(
        MatrixBatch.of(orthogonal), MatrixBatch.of(symmetric), svd.failures());
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
