package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.simd.Kernels;

/**
 * A gradient with what its user should know about it.
 *
 * @param gradient ∂L/∂M, n×n
 * @param smallestRelativeGap the least λⱼ₊₁ − λⱼ, divided by ‖M‖₂; ∞ if there are fewer than two
 *     values, 0 for M = 0
 * @param largestCoefficient the largest magnitude that stood for a 1/(λᵢ − λⱼ) in it; 0 if none was
 *     needed
 * @param gaugeDependence {@link Gauge#dependence} of ∂L/∂V: a part of the loss's derivative that no
 *     gradient can represent; far above rounding, the loss is not a function of M
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
      InverseGap rule,
      double largestCoefficient,
      DenseMatrix vectorCotangent) {
    return new DiagnosedGradient(
        gradient,
        smallestRelativeGap(eigen),
        largestCoefficient,
        Gauge.dependence(eigen, vectorCotangent, Gauge.tieTolerance(eigen.size())),
        bound(eigen, rule, vectorCotangent));
  }

  private static double smallestRelativeGap(Eigendecomposition eigen) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int j = 1; j < eigen.size(); j++) {
      smallest = Math.min(smallest, eigen.value(j) - eigen.value(j - 1));
    }
    return smallest == 0 ? 0 : smallest / Gauge.norm(eigen);
  }

  private static double bound(
      Eigendecomposition eigen, InverseGap rule, DenseMatrix vectorCotangent) {
    double norm = Gauge.norm(eigen);
    double largest = 0;
    for (int j = 0; j < eigen.size(); j++) {
      if (isUsed(j, vectorCotangent)) {
        for (int i = 0; i < eigen.size(); i++) {
          if (i != j) {
            double leading = Math.max(Math.abs(eigen.value(i)), Math.abs(eigen.value(j)));
            largest = Math.max(largest, rule.bound(leading, norm));
          }
        }
      }
    }
    return largest;
  }

  private static boolean isUsed(int j, DenseMatrix vectorCotangent) {
    int n = vectorCotangent.rows();
    return Kernels.active().maxAbs(n, vectorCotangent.columnMajor(), j * n) > 0;
  }
}
