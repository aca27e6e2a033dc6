package eigengrad.linalg;

import eigengrad.simd.LaneBlock;
import java.util.List;

/**
 * The singular values of every matrix of a batch, of each k = min(m, n), descending. They are
 * interleaved like {@link MatrixBatch}: value j of matrix b is {@code interleavedValues()[((b / 8)
 * * k + j) * 8 + b % 8]}.
 */
public final class BatchedSingularValues {
  private final int count;
  private final int size;
  private final double[] values;
  private final List<BatchFailure> failures;

  BatchedSingularValues(int count, int size, double[] values, List<BatchFailure> failures) {
    this.count = count;
    this.size = size;
    this.values = values;
    this.failures = failures;
  }

  /**
   * How many matrices there are.
   *
   * @return their number
   */
  public int count() {
    return count;
  }

  /**
   * How many singular values of each matrix there are.
   *
   * @return k
   */
  public int size() {
    return size;
  }

  /**
   * One singular value.
   *
   * @param b matrix, counted from 0
   * @param j index, 0 for the largest
   * @return σⱼ; NaN if the matrix was not solved
   * @throws IndexOutOfBoundsException if there is no such matrix or singular value
   */
  public double value(int b, int j) {
    if (b < 0 || b >= count || j < 0 || j >= size) {
      throw new IndexOutOfBoundsException(
          "singular value " + j + " of " + size + " of matrix " + b + " of " + count);
    }
    return values[LaneBlock.first(b, size) + j * MatrixBatch.LANES];
  }

  /**
   * The singular values of one matrix.
   *
   * @param b matrix, counted from 0
   * @return a copy, descending; NaN if it was not solved
   * @throws IndexOutOfBoundsException if there is no such matrix
   */
  public double[] values(int b) {
    if (b < 0 || b >= count) {
      throw new IndexOutOfBoundsException("matrix " + b + " of " + count);
    }
    return LaneBlock.copy(values, LaneBlock.first(b, size), size);
  }

  /**
   * A copy of the singular values of all matrices.
   *
   * @return the count·k values, one matrix after the other; NaN for those that were not solved
   */
  public double[] allValues() {
    return MatrixBatch.contiguous(count, size, values);
  }

  /**
   * All singular values: the storage itself, to be treated as read-only.
   *
   * @return 8k numbers per lane block, interleaved
   */
  public double[] interleavedValues() {
    return values;
  }

  /**
   * The matrices that were not solved, under {@link FailurePolicy#LIST}.
   *
   * @return in the order of the matrices
   */
  public List<BatchFailure> failures() {
    return failures;
  }
}
