package eigengrad.grad.paper;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.batch.LaneBlocks;
import eigengrad.grad.internal.support.Arguments;
import eigengrad.linalg.BatchedEigenPairs;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.ArraySize;
import eigengrad.simd.LaneBlock;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;

/**
 * Power iteration with deflation on every matrix of a batch, differentiated through its own steps:
 * "PI" in the paper, {@link DifferentiableEigen#deflatedPowerIteration} one matrix per SIMD lane.
 * Immutable.
 *
 * <p>Forward, for each of k pairs: v⁽⁰⁾ = start/‖start‖, K times v⁽ᵏ⁺¹⁾ = Mv⁽ᵏ⁾/‖Mv⁽ᵏ⁾‖, then λ =
 * vᵀMv and M ← M − Mvvᵀ. Backward is the exact derivative of just that, converged or not, deflation
 * included and last pair first:
 *
 * <pre>p = (I − v⁽ᵏ⁺¹⁾v⁽ᵏ⁺¹⁾ᵀ)/‖Mv⁽ᵏ⁾‖ · ∂L/∂v⁽ᵏ⁺¹⁾,   ∂L/∂M ← ∂L/∂M + p v⁽ᵏ⁾ᵀ,   ∂L/∂v⁽ᵏ⁾ = Mᵀp.
 * </pre>
 *
 * <p>Values, vectors and their cotangents are interleaved like {@link BatchedEigenPairs}: value j
 * of matrix b is {@code interleavedValues()[((b / 8) * k + j) * 8 + b % 8]}, component i of its
 * vector {@code interleavedVectors()[((b / 8) * n * k + j * n + i) * 8 + b % 8]}. The padding of
 * the last lane block is ignored in arguments and 0 in results. A matrix that deflation uses up
 * before k pairs are found has zeros for the others, whose cotangents do not enter.
 *
 * <p>The answer for a matrix, bit by bit, depends on nothing but the matrix and its starts: neither
 * on its index nor on the other matrices nor on the threads. It may differ in rounding from that of
 * {@link DifferentiableEigen#deflatedPowerIteration}.
 *
 * <p>Cost per matrix: 2kKn² flops forward, 6kKn² backward, which takes the steps again instead of
 * remembering them. Memory: 8kn(n + K) doubles for each thread, in the solver. Source: W. Wang et
 * al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019, section 2.2 and equations
 * 2 to 4.
 */
public final class BatchedPowerIterationPass {
  private final BatchedDeflation deflation;
  private final int count;
  private final int order;
  private final int pairs;
  private final double[] values;
  private final double[] vectors;

  private BatchedPowerIterationPass(
      MatrixBatch batch, int pairs, BatchedDeflation deflation, EigenSolver solver) {
    this.deflation = deflation;
    this.count = batch.count();
    this.order = batch.order();
    this.pairs = pairs;
    this.values = new double[LaneBlocks.length(count, pairs)];
    this.vectors = new double[LaneBlocks.length(count, order * pairs)];
    deflation.forward(values, vectors, solver);
  }

  /**
   * Finds pairs from random starts, the same for every matrix: those that {@link
   * DifferentiableEigen#deflatedPowerIteration} would draw for one.
   *
   * @param batch M, symmetric n×n matrices; not modified
   * @param pairs k, 1 to n
   * @param iterations K ≥ 1, steps per vector; the paper takes 19
   * @param random source of the nk normal elements of the starts; left alone if the arguments are
   *     refused
   * @param solver whose threads and memory are used
   * @return the pass
   * @throws IllegalArgumentException if k or K is out of range, K steps are more than an array
   *     holds, or a matrix is not finite or not symmetric, naming the first
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if an iterate overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedPowerIterationPass forward(
      MatrixBatch batch, int pairs, int iterations, RandomGenerator random, EigenSolver solver) {
    require(batch, pairs, iterations);
    LaneBlocks.requireSymmetric(batch);
    int order = batch.count() == 0 ? 0 : batch.order();
    double[] starts = PowerIterationStarts.random(order, pairs, random);
    return new BatchedPowerIterationPass(
        batch, pairs, new BatchedDeflation(batch, pairs, iterations, starts, true), solver);
  }

  /**
   * Finds pairs from given starts, such as the vectors of the training step before.
   *
   * @param batch M, symmetric n×n matrices; not modified
   * @param pairs k, 1 to n
   * @param iterations K ≥ 1, steps per vector
   * @param starts vectors of any norm but 0, 8nk elements for each lane block, interleaved like
   *     {@link #interleavedVectors}; copied
   * @param solver whose threads and memory are used
   * @return the pass
   * @throws IllegalArgumentException if k or K is out of range, K steps are more than an array
   *     holds, starts have another size, or a matrix is not finite or not symmetric or a start not
   *     finite or zero, naming the first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if an iterate overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedPowerIterationPass forward(
      MatrixBatch batch, int pairs, int iterations, double[] starts, EigenSolver solver) {
    require(batch, pairs, iterations);
    int size = batch.order() * pairs;
    LaneBlocks.requireNumbers("starts", batch.count(), batch.order(), size, starts);
    return new BatchedPowerIterationPass(
        batch,
        pairs,
        new BatchedDeflation(batch, pairs, iterations, starts.clone(), false),
        solver);
  }

  private static void require(MatrixBatch batch, int pairs, int iterations) {
    int n = batch.order();
    if (pairs < 1 || (pairs > n && batch.count() > 0)) {
      throw new IllegalArgumentException(
          "pairs must be between 1 and the matrices' order " + n + ", got " + pairs);
    }
    Arguments.requirePositive("iterations K", iterations);
    ArraySize.of(
        "iterates of a lane block",
        (long) n * LANES,
        iterations + 1L,
        "ask for fewer iterations K");
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
   * @return λ
   * @throws IndexOutOfBoundsException if there is no such matrix or pair
   */
  public double value(int b, int j) {
    requireIndex(b, j);
    return values[LaneBlocks.vector(b, pairs) + j * LANES];
  }

  /**
   * One eigenvector.
   *
   * @param b matrix, counted from 0
   * @param j which of its pairs, in the order they were found
   * @return a copy of v, n elements
   * @throws IndexOutOfBoundsException if there is no such matrix or pair
   */
  public double[] vector(int b, int j) {
    requireIndex(b, j);
    int first = LaneBlock.first(b, order * pairs) + j * order * LANES;
    return LaneBlock.copy(vectors, first, order);
  }

  private void requireIndex(int b, int j) {
    if (b < 0 || b >= count || j < 0 || j >= pairs) {
      throw new IndexOutOfBoundsException(
          "pair " + j + " of " + pairs + " of matrix " + b + " of " + count);
    }
  }

  /**
   * The eigenvalues: the storage itself, to be treated as read-only.
   *
   * @return 8k for each lane block, interleaved
   */
  public double[] interleavedValues() {
    return values;
  }

  /**
   * The unit eigenvectors: the storage itself, to be treated as read-only.
   *
   * @return 8nk for each lane block, interleaved
   */
  public double[] interleavedVectors() {
    return vectors;
  }

  /**
   * ∂L/∂M, allocating nothing but the result where the solver has seen the order before.
   *
   * @param valueCotangents ∂L/∂λ, 8k elements for each lane block
   * @param vectorCotangents ∂L/∂v, 8nk elements for each lane block
   * @param solver whose threads and memory are used
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public MatrixBatch backward(
      double[] valueCotangents, double[] vectorCotangents, EigenSolver solver) {
    LaneBlocks.requireNumbers("valueCotangents", count, order, pairs, valueCotangents);
    LaneBlocks.requireNumbers("vectorCotangents", count, order, order * pairs, vectorCotangents);
    return deflation.backward(valueCotangents, vectorCotangents, solver);
  }
}
