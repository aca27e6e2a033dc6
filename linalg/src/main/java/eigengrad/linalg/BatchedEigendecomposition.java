package eigengrad.linalg;

import eigengrad.simd.LaneBlock;
import java.util.Arrays;
import java.util.List;

/**
 * The decompositions Aᵦ = VᵦΛᵦVᵦᵀ of a batch of symmetric matrices: not modified by anything in
 * this library, unless it is handed over for a new result.
 *
 * <p>Of each matrix, what {@link Eigendecomposition} says holds: eigenvalues ascend, vectors are
 * orthonormal columns and of each the first component of largest magnitude is positive. Both are
 * interleaved like {@link MatrixBatch}: value j of matrix b is {@code interleavedValues()[((b / 8)
 * * n + j) * 8 + b % 8]}.
 */
public final class BatchedEigendecomposition {
  private final double[] values;
  private final MatrixBatch vectors;
  private final List<BatchFailure> failures;

  private BatchedEigendecomposition(
      double[] values, MatrixBatch vectors, List<BatchFailure> failures) {
    this.values = values;
    this.vectors = vectors;
    this.failures = failures;
  }

  /**
   * Decompositions from elsewhere as a batch of copies.
   *
   * @param decompositions of one order
   * @return the batch, of order 0 if there are none
   * @throws IllegalArgumentException if one is of another order than the first, or there are more
   *     elements than an array holds
   */
  public static BatchedEigendecomposition of(Eigendecomposition... decompositions) {
    DenseMatrix[] vectors = new DenseMatrix[decompositions.length];
    Arrays.setAll(vectors, b -> decompositions[b].vectors());
    MatrixBatch batch = MatrixBatch.of(vectors);
    int n = batch.order();
    double[] values = new double[MatrixBatch.interleavedLength(batch.count(), n)];
    for (int b = 0; b < batch.count(); b++) {
      for (int j = 0; j < n; j++) {
        values[first(b, n) + j * MatrixBatch.LANES] = decompositions[b].value(j);
      }
    }
    return owning(values, batch, List.of());
  }

  /** All zero. */
  static BatchedEigendecomposition blank(int count, int n) {
    double[] vectors = new double[MatrixBatch.elementCount(count, n)];
    return owning(
        new double[MatrixBatch.interleavedLength(count, n)],
        MatrixBatch.wrap(count, n, vectors),
        List.of());
  }

  /** Takes all over without copying or checking; failures ascend by index. */
  static BatchedEigendecomposition owning(
      double[] values, MatrixBatch vectors, List<BatchFailure> failures) {
    return new BatchedEigendecomposition(values, vectors, failures);
  }

  /**
   * How many matrices there were.
   *
   * @return their number
   */
  public int count() {
    return vectors.count();
  }

  /**
   * The order of each matrix.
   *
   * @return n
   */
  public int order() {
    return vectors.order();
  }

  /**
   * One eigenvalue.
   *
   * @param b matrix, counted from 0
   * @param j index, 0 for the smallest
   * @return λⱼ of matrix b; NaN if it was not solved
   * @throws IndexOutOfBoundsException if there is no such matrix or eigenvalue
   */
  public double value(int b, int j) {
    if (b < 0 || b >= count() || j < 0 || j >= order()) {
      throw new IndexOutOfBoundsException(
          "eigenvalue " + j + " of matrix " + b + " of " + count() + " of order " + order());
    }
    return values[first(b, order()) + j * MatrixBatch.LANES];
  }

  /** Where the smallest eigenvalue of a matrix lies. */
  static int first(int b, int n) {
    return LaneBlock.first(b, n);
  }

  /**
   * The eigenvalues of one matrix.
   *
   * @param b which, counted from 0
   * @return a copy, ascending; NaN if it was not solved
   * @throws IndexOutOfBoundsException if there is no such matrix
   */
  public double[] values(int b) {
    if (b < 0 || b >= count()) {
      throw new IndexOutOfBoundsException("matrix " + b + " of " + count());
    }
    double[] copy = new double[order()];
    Arrays.setAll(copy, j -> value(b, j));
    return copy;
  }

  /**
   * A copy of the eigenvalues of all matrices.
   *
   * @return the count·n values, one matrix after the other; NaN for those that were not solved
   */
  public double[] allValues() {
    return MatrixBatch.contiguous(count(), order(), values);
  }

  /**
   * The eigenvalues of all matrices: the storage itself, to be treated as read-only.
   *
   * @return 8n numbers per lane block, interleaved; NaN for matrices that were not solved
   */
  public double[] interleavedValues() {
    return values;
  }

  /**
   * The eigenvectors.
   *
   * @return V of each matrix; NaN for those that were not solved
   */
  public MatrixBatch vectors() {
    return vectors;
  }

  /**
   * One matrix's decomposition.
   *
   * @param b which, counted from 0
   * @return a copy of its values and vectors
   * @throws IndexOutOfBoundsException if there is no such matrix
   * @throws IllegalArgumentException if it was not symmetric or not finite
   * @throws EigenConvergenceException if the solver failed
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   */
  public Eigendecomposition decomposition(int b) {
    DenseMatrix copy = vectors.matrix(b);
    BatchFailure.throwIfAmong(failures, b);
    return Eigendecomposition.owning(values(b), copy);
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
