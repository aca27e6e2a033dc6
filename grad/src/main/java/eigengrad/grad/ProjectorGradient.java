package eigengrad.grad;

import eigengrad.grad.internal.eigen.Clusters;
import eigengrad.grad.internal.eigen.GapCoefficients;
import eigengrad.grad.internal.eigen.GaugeGate;
import eigengrad.grad.internal.eigen.GradientAssembly;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

/**
 * The projector P = UUᵀ onto the span of k eigenvectors U, for instance the leading ones, and its
 * gradient.
 *
 * <p>P is a function of the matrix: 1 at the k eigenvalues, 0 at the others W. Its divided
 * differences are 1/(λᵢ − λⱼ) for i kept and j dropped, and 0 within either block, so that ties
 * inside a block do no harm:
 *
 * <pre>∂L/∂M = W B Uᵀ + U Bᵀ Wᵀ,   Bⱼᵢ = wⱼᵀ sym(∂L/∂P) uᵢ / (λᵢ − λⱼ).</pre>
 *
 * <p>The rule stands for 1/(λᵢ − λⱼ) and matters only where the two blocks come close; with the
 * analytic one the gradient is exact. A tie across the edge leaves P undefined: the analytic rule
 * refuses a ∂L/∂P that depends on the basis there. Cost: about 8n²k flops. Source: the theorem of
 * Daleckiĭ and Kreĭn; N. J. Higham, <i>Functions of Matrices</i>, 2008, theorem 3.11.
 */
public final class ProjectorGradient {
  private ProjectorGradient() {}

  /**
   * P = UUᵀ.
   *
   * @param eigen the decomposition of M, n×n
   * @param kept which eigenvectors span its range
   * @return n×n, exactly symmetric
   * @throws IllegalArgumentException if there are fewer eigenvectors
   */
  public static DenseMatrix projector(Eigendecomposition eigen, IndexRange kept) {
    int n = eigen.order();
    int first = kept.first(n);
    double[] p = new double[n * n];
    new Gemm()
        .syrk(
            Transpose.NO,
            n,
            kept.count(),
            1,
            eigen.vectors().columnMajor(),
            first * n,
            n,
            0,
            p,
            0,
            n);
    LowerTriangle.mirror(n, p, 0, n);
    return DenseMatrix.wrap(n, n, p);
  }

  /**
   * ∂L/∂M.
   *
   * @param eigen the decomposition of M, n×n
   * @param kept which eigenvectors span the range of P
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param projectorCotangent ∂L/∂P, n×n; only its symmetric part matters
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or the cotangent is not finite
   * @throws NonFiniteException if ∂L/∂P depends on the basis within a tie of kept and dropped
   *     eigenvalues under the analytic rule, or a coefficient or the gradient overflows
   */
  public static DenseMatrix backward(
      Eigendecomposition eigen, IndexRange kept, InverseGap rule, DenseMatrix projectorCotangent) {
    int n = eigen.order();
    int first = kept.first(n);
    int k = kept.count();
    Cotangents.require("projectorCotangent", n, n, projectorCotangent);
    double[] v = eigen.vectors().columnMajor();
    double[] image = new double[n * k];
    double[] core = new double[n * k];
    Gemm gemm = new Gemm();
    double[] s = projectorCotangent.columnMajor();
    gemm.multiply(
        Transpose.NO, Transpose.NO, n, k, n, 0.5, s, 0, n, v, first * n, n, 0, image, 0, n);
    gemm.multiply(
        Transpose.YES, Transpose.NO, n, k, n, 0.5, s, 0, n, v, first * n, n, 1, image, 0, n);
    gemm.multiply(Transpose.YES, Transpose.NO, n, k, n, v, image, core);
    GapCoefficients coefficients = new GapCoefficients(eigen, rule, Rounding.NONE);
    requireSameAcrossTies(coefficients, n, first, k, core, s);
    weigh(coefficients, n, first, k, core);
    gemm.multiply(Transpose.NO, Transpose.NO, n, k, n, v, core, image);
    double[] gradient = new double[n * n];
    gemm.syr2k(Transpose.NO, n, k, 1, image, 0, n, v, first * n, n, 0, gradient, 0, n);
    return GradientAssembly.symmetric(n, gradient, Rounding.NONE);
  }

  /** Under an unbounded rule, wⱼᵀ sym(∂L/∂P) uᵢ must be 0 where i and j tie. */
  private static void requireSameAcrossTies(
      GapCoefficients coefficients, int n, int first, int k, double[] core, double[] s) {
    GaugeGate gate = GaugeGate.of(coefficients);
    Clusters clusters = coefficients.clusters();
    for (int i = 0; i < k; i++) {
      int pair = first + i;
      for (int j = clusters.start(pair); j < clusters.end(pair); j++) {
        if (j < first || j >= first + k) {
          gate.note(j, core[j + i * n]);
        }
      }
    }
    gate.requireIndependentLoss("∂L/∂P", s);
  }

  /** The rows of dropped eigenvectors times 1/(λᵢ − λⱼ); those of kept ones 0. */
  private static void weigh(GapCoefficients coefficients, int n, int first, int k, double[] core) {
    int end = first + k;
    for (int i = 0; i < k; i++) {
      int column = i * n;
      double[] below = coefficients.of(first + i, 0, first);
      for (int j = 0; j < first; j++) {
        core[column + j] *= below[j];
      }
      for (int j = first; j < end; j++) {
        core[column + j] = 0;
      }
      double[] above = coefficients.of(first + i, end, n);
      for (int j = end; j < n; j++) {
        core[column + j] *= -above[j];
      }
    }
  }
}
