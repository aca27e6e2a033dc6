package eigengrad.linalg;

import eigengrad.simd.LaneBlock;
import java.util.Arrays;
import java.util.List;

/**
 * The decompositions Aᵦ = UᵦΣᵦVᵦᵀ of a batch of m×n matrices: not modified by anything in this
 * library.
 *
 * <p>Of each matrix, what {@link SingularValueDecomposition} says holds: k = min(m, n) singular
 * values descend, vectors are orthonormal columns and of each left vector the first component of
 * largest magnitude is positive. All are interleaved like {@link MatrixBatch}: value j of matrix b
 * is {@code interleavedValues()[((b / 8) * k + j) * 8 + b % 8]}.
 */
public final class BatchedSingularValueDecomposition {
  private final BatchedSingularValues values;
  private final MatrixBatch left;
  private final MatrixBatch right;

  private BatchedSingularValueDecomposition(
      BatchedSingularValues values, MatrixBatch left, MatrixBatch right) {
    this.values = values;
    this.left = left;
    this.right = right;
  }

  /**
   * Decompositions from elsewhere as a batch of copies.
   *
   * @param decompositions of one shape
   * @return the batch, of shape 0×0 if there are none
   * @throws IllegalArgumentException if one is of another shape than the first, or there are more
   *     elements than an array holds
   */
  public static BatchedSingularValueDecomposition of(SingularValueDecomposition... decompositions) {
    int count = decompositions.length;
    DenseMatrix[] left = new DenseMatrix[count];
    DenseMatrix[] right = new DenseMatrix[count];
    Arrays.setAll(left, b -> decompositions[b].leftVectors());
    Arrays.setAll(right, b -> decompositions[b].rightVectors());
    MatrixBatch lefts = MatrixBatch.of(left);
    MatrixBatch rights = MatrixBatch.of(right);
    int k = count == 0 ? 0 : decompositions[0].size();
    double[] values = new double[MatrixBatch.interleavedLength(count, k)];
    for (int b = 0; b < count; b++) {
      int size = decompositions[b].size();
      if (size != k) {
        throw new IllegalArgumentException(
            "decompositions must have %d values, got %d at index %d".formatted(k, size, b));
      }
      for (int j = 0; j < k; j++) {
        values[LaneBlock.first(b, k) + j * MatrixBatch.LANES] = decompositions[b].value(j);
      }
    }
    return owning(new BatchedSingularValues(count, k, values, List.of()), lefts, rights);
  }

  /** Takes all over without copying or checking. */
  static BatchedSingularValueDecomposition owning(
      BatchedSingularValues values, MatrixBatch left, MatrixBatch right) {
    return new BatchedSingularValueDecomposition(values, left, right);
  }

  /**
   * How many matrices there were.
   *
   * @return their number
   */
  public int count() {
    return values.count();
  }

  /**
   * The rows of each matrix.
   *
   * @return m
   */
  public int rows() {
    return left.rows();
  }

  /**
   * The columns of each matrix.
   *
   * @return n
   */
  public int columns() {
    return right.rows();
  }

  /**
   * How many singular values each matrix has.
   *
   * @return k = min(m, n)
   */
  public int size() {
    return values.size();
  }

  /**
   * One singular value.
   *
   * @param b matrix, counted from 0
   * @param j index, 0 for the largest
   * @return σⱼ of matrix b; NaN if it was not solved
   * @throws IndexOutOfBoundsException if there is no such matrix or singular value
   */
  public double value(int b, int j) {
    return values.value(b, j);
  }

  /**
   * The singular values of one matrix.
   *
   * @param b which, counted from 0
   * @return a copy, descending; NaN if it was not solved
   * @throws IndexOutOfBoundsException if there is no such matrix
   */
  public double[] values(int b) {
    return values.values(b);
  }

  /**
   * A copy of the singular values of all matrices.
   *
   * @return the count·k values, one matrix after the other; NaN for those that were not solved
   */
  public double[] allValues() {
    return values.allValues();
  }

  /**
   * The singular values of all matrices: the storage itself, to be treated as read-only.
   *
   * @return 8k numbers per lane block, interleaved; NaN for matrices that were not solved
   */
  public double[] interleavedValues() {
    return values.interleavedValues();
  }

  /**
   * The left singular vectors.
   *
   * @return U of each matrix, m×k, or m×m if they are {@linkplain SvdShape#FULL full}; NaN for
   *     those that were not solved
   */
  public MatrixBatch leftVectors() {
    return left;
  }

  /**
   * The right singular vectors.
   *
   * @return V of each matrix, not Vᵀ: n×k, or n×n if they are {@linkplain SvdShape#FULL full}; NaN
   *     for those that were not solved
   */
  public MatrixBatch rightVectors() {
    return right;
  }

  /**
   * One matrix's decomposition.
   *
   * @param b which, counted from 0
   * @return a copy of its values and vectors
   * @throws IndexOutOfBoundsException if there is no such matrix
   * @throws IllegalArgumentException if it was not finite
   * @throws EigenConvergenceException if the solver failed
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public SingularValueDecomposition decomposition(int b) {
    DenseMatrix leftCopy = left.matrix(b);
    BatchFailure.throwIfAmong(failures(), b);
    return SingularValueDecomposition.owning(values(b), leftCopy, right.matrix(b));
  }

  /**
   * The matrices that were not solved.
   *
   * @return one entry each, by ascending index; empty unless asked for by {@link
   *     FailurePolicy#LIST}
   */
  public List<BatchFailure> failures() {
    return values.failures();
  }
}
