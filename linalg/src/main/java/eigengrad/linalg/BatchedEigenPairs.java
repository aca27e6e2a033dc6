package eigengrad.linalg;

import eigengrad.simd.LaneBlock;
import java.util.Arrays;

/**
 * The k pairs of every matrix of a batch that {@link PowerIteration} has found: not modified by
 * anything in this library.
 *
 * <p>Interleaved like {@link MatrixBatch}: value j of matrix b is {@code interleavedValues()[((b /
 * 8) * k + j) * 8 + b % 8]}, component i of its vector {@code interleavedVectors()[((b / 8) * n * k
 * + j * n + i) * 8 + b % 8]}.
 */
public final class BatchedEigenPairs {
  private final int count;
  private final int order;
  private final int pairs;
  final double[] values;
  final double[] vectors;
  final double[] residuals;
  final int[] iterations;
  final boolean[] converged;

  BatchedEigenPairs(int count, int order, int pairs) {
    this.count = count;
    this.order = order;
    this.pairs = pairs;
    int figures = MatrixBatch.interleavedLength(count, pairs);
    this.values = new double[figures];
    this.vectors = new double[MatrixBatch.interleavedLength(count, (long) pairs * order)];
    this.residuals = new double[figures];
    this.iterations = new int[figures];
    this.converged = new boolean[figures];
  }

  /** Where the figures of a pair lie. */
  int figure(int b, int j) {
    return LaneBlock.first(b, pairs) + j * MatrixBatch.LANES;
  }

  /** Where the vector of a pair begins; its components lie a lane block apart. */
  int vector(int b, int j) {
    return LaneBlock.first(b, pairs * order) + j * order * MatrixBatch.LANES;
  }

  /**
   * How many matrices there were.
   *
   * @return their number
   */
  public int count() {
    return count;
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
    return pairs;
  }

  /**
   * One eigenvalue.
   *
   * @param b matrix, counted from 0
   * @param j which of its pairs, in the order they were found
   * @return λⱼ
   * @throws IndexOutOfBoundsException if there is no such matrix or pair
   */
  public double value(int b, int j) {
    requirePair(b, j);
    return values[figure(b, j)];
  }

  /**
   * The eigenvalues of one matrix.
   *
   * @param b matrix, counted from 0
   * @return k, in the order they were found
   * @throws IndexOutOfBoundsException if there is no such matrix
   */
  public double[] values(int b) {
    if (b < 0 || b >= count) {
      throw new IndexOutOfBoundsException("matrix " + b + " of " + count);
    }
    return LaneBlock.copy(values, LaneBlock.first(b, pairs), pairs);
  }

  /**
   * One pair.
   *
   * @param b matrix, counted from 0
   * @param j which of its pairs, in the order they were found
   * @return a copy of it
   * @throws IndexOutOfBoundsException if there is no such matrix or pair
   */
  public EigenPair pair(int b, int j) {
    requirePair(b, j);
    int at = figure(b, j);
    double[] v = new double[order];
    Arrays.setAll(v, i -> vectors[vector(b, j) + i * MatrixBatch.LANES]);
    return new EigenPair(values[at], v, iterations[at], residuals[at], converged[at]);
  }

  private void requirePair(int b, int j) {
    if (b < 0 || b >= count || j < 0 || j >= pairs) {
      throw new IndexOutOfBoundsException(
          "pair " + j + " of " + pairs + " of matrix " + b + " of " + count);
    }
  }

  /**
   * The eigenvalues: the storage itself, to be treated as read-only.
   *
   * @return 8k numbers per lane block, interleaved
   */
  public double[] interleavedValues() {
    return values;
  }

  /**
   * The unit eigenvectors: the storage itself, to be treated as read-only.
   *
   * @return 8nk numbers per lane block, interleaved
   */
  public double[] interleavedVectors() {
    return vectors;
  }
}
