package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;
import java.util.Arrays;
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

  /**
   * From singular values and vectors. Cost: 2(m + n)nk flops per matrix, k = min(m, n).
   *
   * @param svd of each A; all of their values
   * @return the decompositions; NaN for matrices that were not solved
   * @throws IllegalArgumentException if only the largest singular values are there
   */
  public static BatchedPolarDecomposition of(BatchedSingularValueDecomposition svd) {
    requireAll(svd);
    double[] signs = new double[svd.interleavedValues().length];
    Arrays.fill(signs, 1);
    return of(svd, signs);
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
    requireAll(svd);
    int n = svd.size();
    double[] signs = new double[svd.interleavedValues().length];
    Arrays.fill(signs, 1);
    if (n == 0) {
      return of(svd, signs);
    }
    MatrixBatch nearest = MatrixBatch.wrap(svd.count(), n, multiply(svd, signs));
    boolean reflections = false;
    for (int b = 0; b < svd.count(); b++) {
      if (Determinants.isReflection(nearest.matrix(b))) {
        signs[LaneBlock.first(b, n) + (n - 1) * LANES] = -1;
        reflections = true;
      }
    }
    return reflections
        ? of(svd, signs)
        : new BatchedPolarDecomposition(nearest, symmetricFactors(svd, signs), svd.failures());
  }

  private static void requireAll(BatchedSingularValueDecomposition svd) {
    PolarDecomposition.requireAll(svd.rows(), svd.columns(), svd.size());
  }

  /** Each singular value counts with a sign. */
  private static BatchedPolarDecomposition of(
      BatchedSingularValueDecomposition svd, double[] signs) {
    MatrixBatch orthogonal =
        MatrixBatch.wrap(svd.count(), svd.rows(), svd.columns(), multiply(svd, signs));
    return new BatchedPolarDecomposition(orthogonal, symmetricFactors(svd, signs), svd.failures());
  }

  /** U·diag(signs)·Vᵀ. */
  private static double[] multiply(BatchedSingularValueDecomposition svd, double[] signs) {
    int m = svd.rows();
    int n = svd.columns();
    int k = svd.size();
    double[] product = new double[MatrixBatch.elementCount(svd.count(), m, n)];
    int blocks = k == 0 ? 0 : MatrixBatch.laneBlocks(svd.count());
    double[] u = svd.leftVectors().interleaved();
    double[] v = svd.rightVectors().interleaved();
    for (int block = 0; block < blocks; block++) {
      int b = block * LANES;
      int uAt = b * m * svd.leftVectors().columns();
      int vAt = b * n * svd.rightVectors().columns();
      Kernels.batchSvd()
          .multiplyDiagonal(m, n, k, u, uAt, signs, b * k, v, vAt, product, b * m * n);
    }
    return product;
  }

  /** VΣ·diag(signs)·Vᵀ. */
  private static MatrixBatch symmetricFactors(
      BatchedSingularValueDecomposition svd, double[] signs) {
    int n = svd.columns();
    int k = svd.size();
    double[] values = svd.interleavedValues().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= signs[i];
    }
    double[] symmetric = new double[MatrixBatch.elementCount(svd.count(), n)];
    double[] product = new double[n * n * LANES];
    double[] v = svd.rightVectors().interleaved();
    int blocks = k == 0 ? 0 : MatrixBatch.laneBlocks(svd.count());
    for (int block = 0; block < blocks; block++) {
      int b = block * LANES;
      int at = b * n * svd.rightVectors().columns();
      Kernels.batchSvd().multiplyDiagonal(n, n, k, v, at, values, b * k, v, at, product, 0);
      Kernels.batchProducts().symmetricPart(n, product, 0, symmetric, b * n * n);
    }
    return MatrixBatch.wrap(svd.count(), n, symmetric);
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
