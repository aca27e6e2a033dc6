package eigengrad.grad;

import eigengrad.grad.internal.batch.BatchedAssembly;
import eigengrad.grad.internal.batch.LaneBlocks;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.FailurePolicy;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Parallelism;
import java.util.concurrent.CancellationException;

/**
 * ∂L/∂M of every matrix of a batch: {@link EigenGradient} with its formula, domain and rules, one
 * matrix per SIMD lane, in the layout of {@link MatrixBatch} from end to end.
 *
 * <p>Cotangents of the values are interleaved like {@link
 * BatchedEigendecomposition#interleavedValues()}: ∂L/∂λⱼ of matrix b is {@code valueCotangents[((b
 * / 8) * n + j) * 8 + b % 8]}. The padding of the last lane block is ignored.
 *
 * <p>The answer for a matrix, bit by bit, depends on nothing else in the batch: neither on its
 * index nor on the other matrices nor on the {@link Parallelism}. It may differ in rounding from
 * that of {@link EigenGradient}. A matrix that the forward pass did not solve, under {@link
 * FailurePolicy#LIST}, has a gradient of NaN. An interrupt of the calling thread ends a call with a
 * {@link CancellationException}.
 *
 * <p>Cost: 5n³ flops per matrix, n³ from the values alone. Source: that of {@link EigenGradient}.
 */
public final class BatchedEigenGradient {
  private BatchedEigenGradient() {}

  /**
   * ∂L/∂M from values and vectors.
   *
   * @param eigen the decompositions, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param valueCotangents ∂L/∂λ, 8n elements for each lane block
   * @param vectorCotangents ∂L/∂V, as many n×n matrices
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws NonFiniteException if a loss depends on the basis within a tie under the analytic rule,
   *     or a coefficient or a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backward(
      BatchedEigendecomposition eigen,
      InverseGap rule,
      double[] valueCotangents,
      MatrixBatch vectorCotangents) {
    return backward(eigen, rule, valueCotangents, vectorCotangents, new BatchWorkspace());
  }

  /**
   * ∂L/∂M from values and vectors, allocating nothing but the result where the workspace is large
   * enough.
   *
   * @param eigen the decompositions, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param valueCotangents ∂L/∂λ, 8n elements for each lane block
   * @param vectorCotangents ∂L/∂V, as many n×n matrices
   * @param workspace threads and memory
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws IllegalStateException if the workspace is in use by another call
   * @throws NonFiniteException if a loss depends on the basis within a tie under the analytic rule,
   *     or a coefficient or a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backward(
      BatchedEigendecomposition eigen,
      InverseGap rule,
      double[] valueCotangents,
      MatrixBatch vectorCotangents,
      BatchWorkspace workspace) {
    LaneBlocks.requireVectors("valueCotangents", eigen, valueCotangents);
    LaneBlocks.requireMatrices("vectorCotangents", eigen.count(), eigen.order(), vectorCotangents);
    return new BatchedAssembly(eigen, rule, valueCotangents, vectorCotangents)
        .run(workspace.runner());
  }

  /**
   * ∂L/∂M from vectors alone.
   *
   * @param eigen the decompositions, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param vectorCotangents ∂L/∂V, as many n×n matrices
   * @param workspace threads and memory
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws IllegalStateException if the workspace is in use by another call
   * @throws NonFiniteException if a loss depends on the basis within a tie under the analytic rule,
   *     or a coefficient or a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardVectors(
      BatchedEigendecomposition eigen,
      InverseGap rule,
      MatrixBatch vectorCotangents,
      BatchWorkspace workspace) {
    LaneBlocks.requireMatrices("vectorCotangents", eigen.count(), eigen.order(), vectorCotangents);
    return new BatchedAssembly(eigen, rule, null, vectorCotangents).run(workspace.runner());
  }

  /**
   * ∂L/∂M from values alone: V diag(∂L/∂λ) Vᵀ. No rule is needed; at a tie, L must be a symmetric
   * function of the values that tie. Cost: n³ flops per matrix.
   *
   * @param eigen the decompositions, n×n
   * @param valueCotangents ∂L/∂λ, 8n elements for each lane block
   * @param workspace threads and memory
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws IllegalStateException if the workspace is in use by another call
   * @throws NonFiniteException if a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardValues(
      BatchedEigendecomposition eigen, double[] valueCotangents, BatchWorkspace workspace) {
    LaneBlocks.requireVectors("valueCotangents", eigen, valueCotangents);
    return new BatchedAssembly(eigen, InverseGap.analytic(), valueCotangents, null)
        .run(workspace.runner());
  }
}
