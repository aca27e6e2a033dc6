package eigengrad.grad;

import eigengrad.grad.internal.batch.BatchedAssembly;
import eigengrad.grad.internal.batch.LaneBlockRunner;
import eigengrad.grad.internal.batch.LaneBlocks;
import eigengrad.grad.internal.eigen.GapCoefficients;
import eigengrad.grad.internal.eigen.GaugeGate;
import eigengrad.grad.internal.eigen.GradientAssembly;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.FailurePolicy;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.MatrixBatch;
import java.util.concurrent.CancellationException;

/**
 * ∂L/∂M of a loss that depends on the eigenvalues and eigenvectors of a symmetric M.
 *
 * <p>From M = VΛVᵀ, dλⱼ = vⱼᵀ dM vⱼ and dV = V(F ∘ (Vᵀ dM V)) with Fᵢⱼ = 1/(λⱼ − λᵢ), Fⱼⱼ = 0, so
 *
 * <pre>∂L/∂M = sym( V ( F ∘ (VᵀG) + diag(∂L/∂λ) ) Vᵀ ),   G = ∂L/∂V,   sym(X) = ½(X + Xᵀ).</pre>
 *
 * <p>The rule says what stands for 1/(λⱼ − λᵢ). Domain: L must not depend on the signs of the
 * vectors; where eigenvalues tie ({@link InverseGap#tieTolerance}) it must not depend on the choice
 * of basis inside their eigenspace either. The analytic rule refuses a loss that does, as far as
 * ∂L/∂V shows it ({@link Gauge}), and one of both values and vectors whose ∂L/∂λ differs within a
 * tie, as that of a function of the matrix does: there {@link SpectralFunction} is exact. A bounded
 * rule leaves out what it cannot know. With ∂L/∂V = 0 no rule is needed.
 *
 * <p>A batch is differentiated one matrix per SIMD lane, in the layout of {@link MatrixBatch} from
 * end to end. Cotangents of its values are interleaved like {@link
 * BatchedEigendecomposition#interleavedValues()}: ∂L/∂λⱼ of matrix b is {@code valueCotangents[((b
 * / 8) * n + j) * 8 + b % 8]}; what fills up the last lane block is ignored. The answer for a
 * matrix, bit by bit, depends on nothing else in the batch: neither on its index nor on the other
 * matrices nor on the threads; it may differ in rounding from that of the matrix alone. A matrix
 * that the forward pass did not solve, under {@link FailurePolicy#LIST}, has a gradient of NaN. An
 * interrupt of the calling thread ends a call with a {@link CancellationException}.
 *
 * <p>Cost: 5n³ flops; 6n²k where all cotangents that are not 0 belong to k neighbouring pairs. The
 * derivative in the other direction, from dM to dλ and dV, is {@link EigenTangent}. Source: M. B.
 * Giles, <i>An extended collection of matrix derivative results</i>, 2008, section 3.1; W. Wang et
 * al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019, equations 10 to 14.
 */
public final class EigenGradient {
  private EigenGradient() {}

  /**
   * ∂L/∂M from values and vectors.
   *
   * @param eigen the decomposition of M, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param valueCotangent ∂L/∂λ, n elements in the order of {@link Eigendecomposition#values()}
   * @param vectorCotangent ∂L/∂V, n×n
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or a cotangent is not finite
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backward(
      Eigendecomposition eigen,
      InverseGap rule,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    return GradientAssembly.backward(eigen, rule, Rounding.NONE, valueCotangent, vectorCotangent);
  }

  /**
   * ∂L/∂M from values alone: V diag(∂L/∂λ) Vᵀ. No rule is needed; at a tie, L must be a symmetric
   * function of the values that tie. Cost: n³ flops.
   *
   * @param eigen the decomposition of M, n×n
   * @param valueCotangent ∂L/∂λ, n elements
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or the cotangent is not finite
   * @throws NonFiniteException if the gradient overflows
   */
  public static DenseMatrix backwardValues(Eigendecomposition eigen, double[] valueCotangent) {
    int n = eigen.order();
    Cotangents.require("valueCotangent", n, valueCotangent);
    return GradientAssembly.fromValues(eigen, Rounding.NONE, valueCotangent);
  }

  /**
   * ∂L/∂M from vectors alone.
   *
   * @param eigen the decomposition of M, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param vectorCotangent ∂L/∂V, n×n
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or the cotangent is not finite
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backwardVectors(
      Eigendecomposition eigen, InverseGap rule, DenseMatrix vectorCotangent) {
    return backward(eigen, rule, new double[eigen.order()], vectorCotangent);
  }

  /**
   * ∂L/∂M from some vectors, for instance the leading k. Cost: 6n²k flops.
   *
   * @param eigen the decomposition of M, n×n
   * @param range which k vectors L depends on
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param vectorCotangent the cotangents of those vectors, n×k, in ascending order of the values
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or the cotangent is not finite
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backwardVectors(
      Eigendecomposition eigen, IndexRange range, InverseGap rule, DenseMatrix vectorCotangent) {
    int n = eigen.order();
    int first = range.first(n);
    int k = range.count();
    if (Cotangents.require("vectorCotangent", n, k, vectorCotangent) == 0) {
      return DenseMatrix.wrap(n, n, new double[n * n]);
    }
    GapCoefficients coefficients = new GapCoefficients(eigen, rule, Rounding.NONE);
    return new GradientAssembly(eigen, coefficients, Rounding.NONE, first, k)
        .assemble(new double[n], vectorCotangent.columnMajor(), 0, GaugeGate.of(coefficients));
  }

  /**
   * ∂L/∂M from values and vectors, with what there is to know about its quality. A loss that
   * depends on the basis within a tie is not refused but reported; the gradient leaves that part
   * out.
   *
   * @param eigen the decomposition of M, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param valueCotangent ∂L/∂λ, n elements
   * @param vectorCotangent ∂L/∂V, n×n
   * @return the gradient of {@link #backward} and its diagnostics, at O(n²) flops more and 4n for
   *     each pair that ties
   * @throws IllegalArgumentException if sizes do not match or a cotangent is not finite
   * @throws NonFiniteException if a coefficient or the gradient overflows
   */
  public static DiagnosedGradient diagnosed(
      Eigendecomposition eigen,
      InverseGap rule,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    GapCoefficients coefficients = new GapCoefficients(eigen, rule, Rounding.NONE);
    DenseMatrix gradient =
        GradientAssembly.backward(
            eigen,
            coefficients,
            Rounding.NONE,
            valueCotangent,
            vectorCotangent,
            GaugeGate.open(coefficients));
    return DiagnosedGradient.of(gradient, eigen, coefficients, vectorCotangent);
  }

  /**
   * ∂L/∂M of every matrix of a batch from values and vectors.
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
    return backward(eigen, rule, valueCotangents, vectorCotangents, new EigenSolver());
  }

  /**
   * ∂L/∂M of every matrix of a batch from values and vectors, allocating nothing but the result
   * where the solver has seen the order before.
   *
   * @param eigen the decompositions, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param valueCotangents ∂L/∂λ, 8n elements for each lane block
   * @param vectorCotangents ∂L/∂V, as many n×n matrices
   * @param solver whose threads and memory are used
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if a loss depends on the basis within a tie under the analytic rule,
   *     or a coefficient or a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backward(
      BatchedEigendecomposition eigen,
      InverseGap rule,
      double[] valueCotangents,
      MatrixBatch vectorCotangents,
      EigenSolver solver) {
    LaneBlocks.requireVectors("valueCotangents", eigen, valueCotangents);
    LaneBlocks.requireMatrices("vectorCotangents", eigen.count(), eigen.order(), vectorCotangents);
    return new BatchedAssembly(eigen, rule, valueCotangents, vectorCotangents)
        .run(new LaneBlockRunner(solver));
  }

  /**
   * ∂L/∂M of every matrix of a batch from vectors alone.
   *
   * @param eigen the decompositions, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param vectorCotangents ∂L/∂V, as many n×n matrices
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws NonFiniteException if a loss depends on the basis within a tie under the analytic rule,
   *     or a coefficient or a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardVectors(
      BatchedEigendecomposition eigen, InverseGap rule, MatrixBatch vectorCotangents) {
    return backwardVectors(eigen, rule, vectorCotangents, new EigenSolver());
  }

  /**
   * ∂L/∂M of every matrix of a batch from vectors alone.
   *
   * @param eigen the decompositions, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param vectorCotangents ∂L/∂V, as many n×n matrices
   * @param solver whose threads and memory are used
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if a loss depends on the basis within a tie under the analytic rule,
   *     or a coefficient or a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardVectors(
      BatchedEigendecomposition eigen,
      InverseGap rule,
      MatrixBatch vectorCotangents,
      EigenSolver solver) {
    LaneBlocks.requireMatrices("vectorCotangents", eigen.count(), eigen.order(), vectorCotangents);
    return new BatchedAssembly(eigen, rule, null, vectorCotangents)
        .run(new LaneBlockRunner(solver));
  }

  /**
   * ∂L/∂M of every matrix of a batch from values alone: V diag(∂L/∂λ) Vᵀ. No rule is needed; at a
   * tie, L must be a symmetric function of the values that tie. Cost: n³ flops per matrix.
   *
   * @param eigen the decompositions, n×n
   * @param valueCotangents ∂L/∂λ, 8n elements for each lane block
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws NonFiniteException if a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardValues(
      BatchedEigendecomposition eigen, double[] valueCotangents) {
    return backwardValues(eigen, valueCotangents, new EigenSolver());
  }

  /**
   * ∂L/∂M of every matrix of a batch from values alone: V diag(∂L/∂λ) Vᵀ. No rule is needed; at a
   * tie, L must be a symmetric function of the values that tie. Cost: n³ flops per matrix.
   *
   * @param eigen the decompositions, n×n
   * @param valueCotangents ∂L/∂λ, 8n elements for each lane block
   * @param solver whose threads and memory are used
   * @return exactly symmetric n×n matrices
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardValues(
      BatchedEigendecomposition eigen, double[] valueCotangents, EigenSolver solver) {
    LaneBlocks.requireVectors("valueCotangents", eigen, valueCotangents);
    return new BatchedAssembly(eigen, InverseGap.analytic(), valueCotangents, null)
        .run(new LaneBlockRunner(solver));
  }
}
