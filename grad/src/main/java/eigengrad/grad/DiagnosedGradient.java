package eigengrad.grad;

import eigengrad.grad.internal.eigen.Clusters;
import eigengrad.grad.internal.eigen.GapCoefficients;
import eigengrad.grad.internal.svd.SvdCoefficients;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.simd.Kernels;

/**
 * A gradient with what its user should know about it: said here of eigenvectors, from {@link
 * EigenGradient}; of singular vectors, from {@link SvdGradient}, with σ for λ.
 *
 * @param gradient ∂L/∂M, n×n
 * @param smallestRelativeGap the least λⱼ₊₁ − λⱼ, divided by ‖M‖₂; ∞ if there are fewer than two
 *     values, 0 for M = 0
 * @param largestCoefficient the largest magnitude that stood for 1/(λᵢ − λⱼ) in a pair with a
 *     vector that L depends on; 0 if none was needed
 * @param gaugeDependence {@link Gauge#dependence} of ∂L/∂V with the rule's tolerance: a part of the
 *     loss's derivative that no gradient can represent, and this one leaves out; above {@link
 *     Gauge#ROUNDING} the loss is not a function of M
 * @param bound what no coefficient of the rule can exceed for the pairs that L depends on, whatever
 *     their gaps: K/λ for power iteration, λ the least over those pairs of the larger |λ|. With
 *     ∂L/∂λ = 0, ‖gradient‖_F ≤ bound · ‖∂L/∂V‖_F
 */
public record DiagnosedGradient(
    DenseMatrix gradient,
    double smallestRelativeGap,
    double largestCoefficient,
    double gaugeDependence,
    double bound) {

  static DiagnosedGradient of(
      DenseMatrix gradient,
      Eigendecomposition eigen,
      GapCoefficients coefficients,
      DenseMatrix vectorCotangent) {
    int n = eigen.order();
    InverseGap rule = coefficients.rule();
    double norm = Clusters.norm(eigen.values());
    double largest = 0;
    double bound = 0;
    for (int j = 0; j < n; j++) {
      if (isUsed(j, vectorCotangent)) {
        largest = Math.max(largest, largest(coefficients.of(j, 0, j), 0, j));
        largest = Math.max(largest, largest(coefficients.of(j, j + 1, n), j + 1, n));
        for (int i = 0; i < n; i++) {
          if (i != j) {
            double leading = Math.max(Math.abs(eigen.value(i)), Math.abs(eigen.value(j)));
            bound = Math.max(bound, rule.bound(leading, norm));
          }
        }
      }
    }
    double dependence = Gauge.dependence(eigen, vectorCotangent, rule.tieTolerance(n));
    return new DiagnosedGradient(gradient, smallestRelativeGap(eigen), largest, dependence, bound);
  }

  /** The coefficients of sums and of values alone count as well; they have no bound of a rule. */
  static DiagnosedGradient of(
      DenseMatrix gradient,
      SingularValueDecomposition svd,
      SvdCoefficients coefficients,
      DenseMatrix leftCotangent,
      DenseMatrix rightCotangent) {
    int k = svd.size();
    InverseGap rule = coefficients.gaps().rule();
    double norm = k == 0 ? 0 : svd.value(0);
    double largest = 0;
    double bound = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < k; j++) {
      if (isUsed(j, leftCotangent) || isUsed(j, rightCotangent)) {
        largest = Math.max(largest, largest(coefficients.ofGaps(j, 0, j), 0, j));
        largest = Math.max(largest, largest(coefficients.ofGaps(j, j + 1, k), j + 1, k));
        for (int i = 0; i < k; i++) {
          if (i != j) {
            largest = Math.max(largest, coefficients.ofSum(i, j));
            bound = Math.max(bound, rule.bound(svd.value(Math.min(i, j)), norm));
          }
        }
        if (svd.rows() != svd.columns()) {
          largest = Math.max(largest, coefficients.ofValue(j));
        }
      }
      smallest = Math.min(smallest, j == 0 ? smallest : svd.value(j - 1) - svd.value(j));
    }
    int order = Math.max(svd.rows(), svd.columns());
    double dependence =
        SvdGauge.dependence(svd, leftCotangent, rightCotangent, rule.tieTolerance(order));
    double gap = smallest == 0 ? 0 : smallest / norm;
    return new DiagnosedGradient(gradient, gap, largest, dependence, bound);
  }

  private static double largest(double[] coefficients, int from, int end) {
    return Kernels.level1().maxAbs(end - from, coefficients, from);
  }

  private static double smallestRelativeGap(Eigendecomposition eigen) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int j = 1; j < eigen.order(); j++) {
      smallest = Math.min(smallest, eigen.value(j) - eigen.value(j - 1));
    }
    return smallest == 0 ? 0 : smallest / Clusters.norm(eigen.values());
  }

  private static boolean isUsed(int j, DenseMatrix vectorCotangent) {
    int n = vectorCotangent.rows();
    return Kernels.level1().maxAbs(n, vectorCotangent.columnMajor(), j * n) > 0;
  }
}
