package eigengrad.grad;

import eigengrad.grad.internal.batch.EachMatrix;
import eigengrad.grad.internal.batch.LaneBlocks;
import eigengrad.grad.internal.eigen.GaugeGate;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.svd.SvdAssembly;
import eigengrad.grad.internal.svd.SvdCoefficients;
import eigengrad.grad.internal.svd.TallFactors;
import eigengrad.linalg.BatchedSingularValueDecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.SvdSolver;
import eigengrad.simd.LaneBlock;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * ∂L/∂A of a loss that depends on the singular values and vectors of A = UΣVᵀ, m×n, k = min(m, n).
 *
 * <p>With G = ∂L/∂U, H = ∂L/∂V, M = UᵀG + VᵀH and N = UᵀG − VᵀH,
 *
 * <pre>∂L/∂A = U C Vᵀ + (I − UUᵀ) G Σ⁻¹ Vᵀ + U Σ⁻¹ Hᵀ (I − VVᵀ),
 * Cᵢⱼ = ½ (M − Mᵀ)ᵢⱼ/(σⱼ − σᵢ) + ½ (N − Nᵀ)ᵢⱼ/(σⱼ + σᵢ),   Cⱼⱼ = ∂L/∂σⱼ.</pre>
 *
 * <p>The rule says what stands for 1/(σⱼ − σᵢ). The other coefficients stay what they are: no tie
 * makes them large, only two values that are both 0, or for m ≠ n one. No singular value is
 * squared.
 *
 * <p>Domain: L must not depend on the signs of the pairs (uⱼ, vⱼ). Where singular values tie
 * ({@link InverseGap#tieTolerance}, n the larger dimension) it must not depend on the choice of
 * basis inside their spaces, in which U and V turn together; where they tie with 0, U and V turn
 * each by itself, and into what lies beside all k vectors. The analytic rule refuses a loss that
 * does, as far as the cotangents show it ({@link SvdGauge}), and one of both values and vectors
 * whose ∂L/∂σ differs within a tie: there {@link SingularFunction} is exact. A bounded rule leaves
 * out what it cannot know. σⱼ has a kink at 0; there ∂L/∂σⱼ counts as that of uⱼᵀAvⱼ for the given
 * vectors. A pair without cotangents does not matter.
 *
 * <p>Thin: of full U and V the first k columns count. Cost: 8n³ flops for m = n, 6mn² + 2n³ for m
 * &gt; n; 2mn² from values alone. The derivative in the other direction is {@link SvdTangent}.
 * Source: M. B. Giles, <i>An extended collection of matrix derivative results</i>, 2008, section
 * 3.2; J. Townsend, <i>Differentiating the Singular Value Decomposition</i>, 2016.
 */
public final class SvdGradient {
  private SvdGradient() {}

  /**
   * ∂L/∂A from values and vectors.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param rule what stands for 1/(σᵢ − σⱼ)
   * @param leftCotangent ∂L/∂U, m×k
   * @param valueCotangent ∂L/∂σ, k elements
   * @param rightCotangent ∂L/∂V, n×k
   * @return m×n
   * @throws IllegalArgumentException if sizes do not match, a cotangent is not finite, or only the
   *     largest singular values are there
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backward(
      SingularValueDecomposition svd,
      InverseGap rule,
      DenseMatrix leftCotangent,
      double[] valueCotangent,
      DenseMatrix rightCotangent) {
    TallFactors factors = TallFactors.of(svd);
    SvdCoefficients coefficients = new SvdCoefficients(factors, rule);
    return backward(
        svd,
        factors,
        coefficients,
        GaugeGate.of(coefficients.gaps()),
        leftCotangent,
        valueCotangent,
        rightCotangent);
  }

  /**
   * ∂L/∂A from values alone: U diag(∂L/∂σ) Vᵀ. No rule is needed; at a tie, L must be a symmetric
   * function of the values that tie. With f′(σⱼ) for ∂L/∂σⱼ, the gradient of Σ f(σⱼ); with 1, of
   * the nuclear norm. The largest values alone will do. Cost: 2mnk flops.
   *
   * @param svd the decomposition of A, m×n, with k values
   * @param valueCotangent ∂L/∂σ, k elements
   * @return m×n
   * @throws IllegalArgumentException if sizes do not match or the cotangent is not finite
   * @throws NonFiniteException if the gradient overflows
   */
  public static DenseMatrix backwardValues(
      SingularValueDecomposition svd, double[] valueCotangent) {
    Cotangents.require("valueCotangent", svd.size(), valueCotangent);
    return SvdAssembly.fromValues(svd, valueCotangent);
  }

  /**
   * ∂L/∂A from vectors alone.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param rule what stands for 1/(σᵢ − σⱼ)
   * @param leftCotangent ∂L/∂U, m×k
   * @param rightCotangent ∂L/∂V, n×k
   * @return m×n
   * @throws IllegalArgumentException if sizes do not match, a cotangent is not finite, or only the
   *     largest singular values are there
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backwardVectors(
      SingularValueDecomposition svd,
      InverseGap rule,
      DenseMatrix leftCotangent,
      DenseMatrix rightCotangent) {
    return backward(svd, rule, leftCotangent, new double[svd.size()], rightCotangent);
  }

  /**
   * ∂L/∂A from left vectors alone.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param rule what stands for 1/(σᵢ − σⱼ)
   * @param leftCotangent ∂L/∂U, m×k
   * @return m×n
   * @throws IllegalArgumentException if sizes do not match, the cotangent is not finite, or only
   *     the largest singular values are there
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backwardLeft(
      SingularValueDecomposition svd, InverseGap rule, DenseMatrix leftCotangent) {
    return backwardVectors(svd, rule, leftCotangent, zeros(svd.columns(), svd.size()));
  }

  /**
   * ∂L/∂A from right vectors alone.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param rule what stands for 1/(σᵢ − σⱼ)
   * @param rightCotangent ∂L/∂V, n×k
   * @return m×n
   * @throws IllegalArgumentException if sizes do not match, the cotangent is not finite, or only
   *     the largest singular values are there
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backwardRight(
      SingularValueDecomposition svd, InverseGap rule, DenseMatrix rightCotangent) {
    return backwardVectors(svd, rule, zeros(svd.rows(), svd.size()), rightCotangent);
  }

  /**
   * ∂L/∂A from values and vectors, with what there is to know about its quality. A loss that
   * depends on the basis within a tie is not refused but reported; the gradient leaves that part
   * out.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param rule what stands for 1/(σᵢ − σⱼ)
   * @param leftCotangent ∂L/∂U, m×k
   * @param valueCotangent ∂L/∂σ, k elements
   * @param rightCotangent ∂L/∂V, n×k
   * @return the gradient of {@link #backward} and its diagnostics
   * @throws IllegalArgumentException if sizes do not match, a cotangent is not finite, or only the
   *     largest singular values are there
   * @throws NonFiniteException if a coefficient or the gradient overflows
   */
  public static DiagnosedGradient diagnosed(
      SingularValueDecomposition svd,
      InverseGap rule,
      DenseMatrix leftCotangent,
      double[] valueCotangent,
      DenseMatrix rightCotangent) {
    TallFactors factors = TallFactors.of(svd);
    SvdCoefficients coefficients = new SvdCoefficients(factors, rule);
    DenseMatrix gradient =
        backward(
            svd,
            factors,
            coefficients,
            GaugeGate.open(coefficients.gaps()),
            leftCotangent,
            valueCotangent,
            rightCotangent);
    return DiagnosedGradient.of(gradient, svd, coefficients, leftCotangent, rightCotangent);
  }

  /**
   * ∂L/∂A of every matrix of a batch from values and vectors. Cotangents of the values are
   * interleaved like {@link BatchedSingularValueDecomposition#interleavedValues()}.
   *
   * @param svd the decompositions, m×n, with all k values
   * @param rule what stands for 1/(σᵢ − σⱼ)
   * @param leftCotangents ∂L/∂U, as many m×k matrices
   * @param valueCotangents ∂L/∂σ, 8k elements for each lane block
   * @param rightCotangents ∂L/∂V, as many n×k matrices
   * @param solver whose threads are used
   * @return m×n matrices; NaN of those that were not solved
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix, or only the largest singular values are there
   * @throws NonFiniteException if a loss depends on the basis within a tie under the analytic rule,
   *     or a coefficient or a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backward(
      BatchedSingularValueDecomposition svd,
      InverseGap rule,
      MatrixBatch leftCotangents,
      double[] valueCotangents,
      MatrixBatch rightCotangents,
      SvdSolver solver) {
    EachMatrix each = new EachMatrix(svd, solver);
    each.requireMatrices("leftCotangents", svd.rows(), svd.size(), leftCotangents);
    requireNumbers(svd, valueCotangents);
    each.requireMatrices("rightCotangents", svd.columns(), svd.size(), rightCotangents);
    return each.map(
        svd.rows(),
        svd.columns(),
        b ->
            backward(
                svd.decomposition(b),
                rule,
                leftCotangents.matrix(b),
                numbers(svd, b, valueCotangents),
                rightCotangents.matrix(b)));
  }

  /**
   * ∂L/∂A of every matrix of a batch from vectors alone.
   *
   * @param svd the decompositions, m×n, with all k values
   * @param rule what stands for 1/(σᵢ − σⱼ)
   * @param leftCotangents ∂L/∂U, as many m×k matrices
   * @param rightCotangents ∂L/∂V, as many n×k matrices
   * @param solver whose threads are used
   * @return m×n matrices; NaN of those that were not solved
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix, or only the largest singular values are there
   * @throws NonFiniteException if a loss depends on the basis within a tie under the analytic rule,
   *     or a coefficient or a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardVectors(
      BatchedSingularValueDecomposition svd,
      InverseGap rule,
      MatrixBatch leftCotangents,
      MatrixBatch rightCotangents,
      SvdSolver solver) {
    double[] zeros = new double[svd.interleavedValues().length];
    return backward(svd, rule, leftCotangents, zeros, rightCotangents, solver);
  }

  /**
   * ∂L/∂A of every matrix of a batch from values alone. No rule is needed; at a tie, L must be a
   * symmetric function of the values that tie. Cost: 2mnk flops per matrix.
   *
   * @param svd the decompositions, m×n, with k values
   * @param valueCotangents ∂L/∂σ, 8k elements for each lane block
   * @param solver whose threads are used
   * @return m×n matrices; NaN of those that were not solved
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws NonFiniteException if a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardValues(
      BatchedSingularValueDecomposition svd, double[] valueCotangents, SvdSolver solver) {
    requireNumbers(svd, valueCotangents);
    return new EachMatrix(svd, solver)
        .map(
            svd.rows(),
            svd.columns(),
            b -> backwardValues(svd.decomposition(b), numbers(svd, b, valueCotangents)));
  }

  private static void requireNumbers(
      BatchedSingularValueDecomposition svd, double[] valueCotangents) {
    LaneBlocks.requireNumbers(
        "valueCotangents", svd.count(), svd.size(), svd.size(), valueCotangents);
  }

  private static double[] numbers(
      BatchedSingularValueDecomposition svd, int b, double[] valueCotangents) {
    return LaneBlock.copy(valueCotangents, LaneBlocks.vector(b, svd.size()), svd.size());
  }

  private static DenseMatrix backward(
      SingularValueDecomposition svd,
      TallFactors factors,
      SvdCoefficients coefficients,
      GaugeGate gate,
      DenseMatrix leftCotangent,
      double[] valueCotangent,
      DenseMatrix rightCotangent) {
    int k = svd.size();
    double[] left = elements("leftCotangent", svd.rows(), k, leftCotangent);
    Cotangents.require("valueCotangent", k, valueCotangent);
    double[] right = elements("rightCotangent", svd.columns(), k, rightCotangent);
    if (left == null && right == null) {
      return SvdAssembly.fromValues(svd, valueCotangent);
    }
    boolean wide = factors.transposed();
    return new SvdAssembly(factors, coefficients, gate)
        .assemble(valueCotangent, wide ? right : left, wide ? left : right);
  }

  /** Of a checked cotangent; null if all are 0. */
  private static double @Nullable [] elements(
      String name, int rows, int columns, DenseMatrix cotangent) {
    double largest = Cotangents.require(name, rows, columns, cotangent);
    return largest == 0 ? null : cotangent.columnMajor();
  }

  private static DenseMatrix zeros(int rows, int columns) {
    return DenseMatrix.wrap(rows, columns, new double[DenseMatrix.elementCount(rows, columns)]);
  }
}
