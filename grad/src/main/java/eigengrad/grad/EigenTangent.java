package eigengrad.grad;

import eigengrad.grad.internal.eigen.Clusters;
import eigengrad.grad.internal.eigen.GapCoefficients;
import eigengrad.grad.internal.eigen.GaugeGate;
import eigengrad.grad.internal.support.ArrayText;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * The derivative of eigenvalues and eigenvectors in a direction dM: forward mode, the transpose of
 * {@link EigenGradient}.
 *
 * <pre>A = Vᵀ dM V,   dλⱼ = Aⱼⱼ,   dV = V(F ∘ A),   Fᵢⱼ = 1/(λⱼ − λᵢ), Fⱼⱼ = 0.</pre>
 *
 * <p>With the same rule for 1/(λⱼ − λᵢ), ⟨∂L/∂λ, dλ⟩ + ⟨∂L/∂V, dV⟩ = ⟨∂L/∂M, dM⟩ for all of them,
 * whatever the rule. Domain: distinct eigenvalues. In a tie ({@link InverseGap#tieTolerance}) dλ is
 * that of the given basis, and dV has nothing between the vectors that tie. That is the derivative
 * of whatever does not depend on the basis; it is also that of the vectors themselves where dM does
 * not split the tie, and the analytic rule refuses a dM that does.
 *
 * <p>It needs the decomposition only, which may serve any number of directions. Cost: 5n³ flops
 * each, 6n²k for k of the pairs; where only those are known, {@link PowerIterationTangent}. Source:
 * M. B. Giles, <i>An extended collection of matrix derivative results</i>, 2008, section 3.1.
 *
 * @param values dλ, one for each pair asked for
 * @param vectors dV, a column for each
 */
public record EigenTangent(double[] values, DenseMatrix vectors) {

  /**
   * dλ and dV.
   *
   * @param eigen the decomposition of M, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param direction dM, n×n symmetric
   * @return the derivatives
   * @throws IllegalArgumentException if the direction has another order, or is not symmetric or
   *     finite
   * @throws NonFiniteException if dM splits a tie under the analytic rule, or a coefficient or a
   *     derivative overflows
   */
  public static EigenTangent along(
      Eigendecomposition eigen, InverseGap rule, DenseMatrix direction) {
    return along(eigen, IndexRange.of(0, eigen.order()), rule, direction);
  }

  /**
   * dλ and dV of some pairs, for instance the leading k. Cost: 6n²k flops.
   *
   * @param eigen the decomposition of M, n×n
   * @param range which k pairs
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param direction dM, n×n symmetric
   * @return the derivatives, k values and n×k vectors
   * @throws IllegalArgumentException if there are fewer pairs, or the direction has another order,
   *     or is not symmetric or finite
   * @throws NonFiniteException if dM splits a tie that one of the pairs is in under the analytic
   *     rule, or a coefficient or a derivative overflows
   */
  public static EigenTangent along(
      Eigendecomposition eigen, IndexRange range, InverseGap rule, DenseMatrix direction) {
    int n = eigen.order();
    Cotangents.requireDirection(n, direction);
    int first = range.first(n);
    int k = range.count();
    if (n == 0) {
      return new EigenTangent(new double[0], direction);
    }
    double[] v = eigen.vectors().columnMajor();
    double[] d = direction.columnMajor();
    double[] product = new double[n * k];
    double[] core = new double[n * k];
    Gemm gemm = new Gemm();
    gemm.multiply(
        Transpose.NO, Transpose.NO, n, k, n, 1, d, 0, n, v, first * n, n, 0, product, 0, n);
    if (k == n) {
      gemm.multiplyLower(Transpose.YES, Transpose.NO, n, n, v, product, core);
      LowerTriangle.mirror(n, core, 0, n);
    } else {
      gemm.multiply(Transpose.YES, Transpose.NO, n, k, n, v, product, core);
    }
    GapCoefficients coefficients = new GapCoefficients(eigen, rule, Rounding.NONE);
    requireTiesKept(coefficients, n, first, core, d);
    double[] values = weigh(coefficients, n, first, core);
    gemm.multiply(Transpose.NO, Transpose.NO, n, k, n, v, core, product);
    return new EigenTangent(
        Cotangents.finiteResult("dλ", 1, values).columnMajor(),
        Cotangents.finiteResult("dV", n, product));
  }

  /**
   * dλ alone, for which no rule is needed. Cost: 2n³ flops.
   *
   * @param eigen the decomposition of M, n×n
   * @param direction dM, n×n symmetric
   * @return n elements
   * @throws IllegalArgumentException if the direction has another order, or is not symmetric or
   *     finite
   * @throws NonFiniteException if a derivative overflows
   */
  public static double[] valuesAlong(Eigendecomposition eigen, DenseMatrix direction) {
    int n = eigen.order();
    Cotangents.requireDirection(n, direction);
    double[] v = eigen.vectors().columnMajor();
    double[] product = direction.times(eigen.vectors()).columnMajor();
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = Kernels.level1().dot(n, v, j * n, product, j * n);
    }
    return n == 0 ? values : Cotangents.finiteResult("dλ", 1, values).columnMajor();
  }

  /** Under an unbounded rule, A must be 0 between values that tie. */
  private static void requireTiesKept(
      GapCoefficients coefficients, int n, int first, double[] core, double[] direction) {
    GaugeGate gate = GaugeGate.of(coefficients);
    Clusters clusters = coefficients.clusters();
    for (int j = 0; j < core.length / n; j++) {
      int pair = first + j;
      for (int i = clusters.start(pair); i < clusters.end(pair); i++) {
        if (i != pair) {
          gate.note(i, core[i + j * n]);
        }
      }
    }
    gate.requireTiesKept(direction);
  }

  /** A → F ∘ A in place, n×k; returns the elements of A for each pair with itself. */
  private static double[] weigh(GapCoefficients coefficients, int n, int first, double[] core) {
    double[] own = new double[core.length / n];
    for (int j = 0; j < own.length; j++) {
      int pair = first + j;
      int column = j * n;
      double[] below = coefficients.of(pair, 0, pair);
      for (int i = 0; i < pair; i++) {
        core[column + i] *= below[i];
      }
      own[j] = core[column + pair];
      core[column + pair] = 0;
      double[] above = coefficients.of(pair, pair + 1, n);
      for (int i = pair + 1; i < n; i++) {
        core[column + i] *= -above[i];
      }
    }
    return own;
  }

  /** Compares all numbers bit by bit: 0 and −0 differ, NaN equals NaN. */
  @Override
  public boolean equals(Object other) {
    return other instanceof EigenTangent that
        && Arrays.equals(values, that.values)
        && vectors.equals(that.vectors);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + vectors.hashCode();
  }

  /** Every component; of a long array only its length. */
  @Override
  public String toString() {
    return "EigenTangent[values=" + ArrayText.of(values) + ", vectors=" + vectors + "]";
  }
}
