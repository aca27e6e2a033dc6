package eigengrad.linalg;

import eigengrad.simd.LaneBlock;
import java.util.List;

/**
 * Some eigenpairs of every matrix of a batch, of each the same k: what {@link
 * PartialEigendecomposition} says holds for each. Values and vectors are interleaved like {@link
 * MatrixBatch}: component i of vector j of matrix b is {@code interleavedVectors()[((b / 8) * n * k
 * + j * n + i) * 8 + b % 8]}.
 */
public final class BatchedPartialEigendecomposition {
  private final int order;
  private final BatchedEigenvalues values;
  private final double[] vectors;

  BatchedPartialEigendecomposition(
      int count,
      int order,
      int size,
      double[] values,
      double[] vectors,
      List<BatchFailure> failures) {
    this.order = order;
    this.values = new BatchedEigenvalues(count, size, values, failures);
    this.vectors = vectors;
  }

  /**
   * How many matrices there are.
   *
   * @return their number
   */
  public int count() {
    return values.count();
  }

  /**
   * The order of each matrix.
   *
   * @return n
   */
  public int order() {
    return order;
  }

  /**
   * How many pairs of each matrix there are.
   *
   * @return k
   */
  public int size() {
    return values.size();
  }

  /**
   * One eigenvalue.
   *
   * @param b matrix, counted from 0
   * @param j which of its k, in ascending order
   * @return λⱼ; NaN if the matrix was not solved
   * @throws IndexOutOfBoundsException if there is no such matrix or eigenvalue
   */
  public double value(int b, int j) {
    return values.value(b, j);
  }

  /**
   * The eigenvalues of one matrix.
   *
   * @param b matrix, counted from 0
   * @return k, ascending; NaN if it was not solved
   * @throws IndexOutOfBoundsException if there is no such matrix
   */
  public double[] values(int b) {
    return values.values(b);
  }

  /**
   * A copy of the eigenvalues of all matrices.
   *
   * @return the count·k values, one matrix after the other; NaN for those that were not solved
   */
  public double[] allValues() {
    return values.allValues();
  }

  /**
   * All eigenvalues: the storage itself, to be treated as read-only.
   *
   * @return 8k numbers per lane block, interleaved
   */
  public double[] interleavedValues() {
    return values.interleavedValues();
  }

  /**
   * All eigenvectors: the storage itself, to be treated as read-only.
   *
   * @return 8nk numbers per lane block, interleaved
   */
  public double[] interleavedVectors() {
    return vectors;
  }

  /**
   * The pairs of one matrix.
   *
   * @param b matrix, counted from 0
   * @return a copy
   * @throws IndexOutOfBoundsException if there is no such matrix
   * @throws IllegalArgumentException if it was refused
   * @throws ArithmeticException if it was not solved
   */
  public PartialEigendecomposition decomposition(int b) {
    double[] own = values.values(b);
    BatchFailure.throwIfAmong(failures(), b);
    int elements = order * size();
    double[] columns = LaneBlock.copy(vectors, LaneBlock.first(b, elements), elements);
    return new PartialEigendecomposition(own, DenseMatrix.wrap(order, size(), columns));
  }

  /**
   * The matrices that were not solved, under {@link FailurePolicy#LIST}.
   *
   * @return in the order of the matrices
   */
  public List<BatchFailure> failures() {
    return values.failures();
  }
}
