package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import java.util.function.DoubleBinaryOperator;

/** What the planted mistakes are planted into: V(F ∘ (VᵀG) + diag(∂L/∂λ))Vᵀ. */
final class Assembly {
  private Assembly() {}

  /**
   * Before it is symmetrised.
   *
   * @param coefficient what stands for 1/(λⱼ − λᵢ), a function of λᵢ and λⱼ
   */
  static DenseMatrix raw(
      Eigendecomposition eigen,
      double[] valueCotangent,
      DenseMatrix vectorCotangent,
      DoubleBinaryOperator coefficient) {
    int n = eigen.order();
    DenseMatrix v = eigen.vectors();
    double[] core = v.transpose().times(vectorCotangent).toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        core[i + j * n] =
            i == j
                ? valueCotangent[j]
                : core[i + j * n] * coefficient.applyAsDouble(eigen.value(i), eigen.value(j));
      }
    }
    return v.times(DenseMatrix.wrap(n, n, core)).times(v.transpose());
  }

  /** The K terms of the series, for λᵢ, λⱼ in either order; 0 at a tie. */
  static double series(double a, double b, int terms) {
    if (a == b) {
      return 0;
    }
    return Math.abs(b) > Math.abs(a)
        ? (1 - Math.pow(a / b, terms)) / (b - a)
        : (1 - Math.pow(b / a, terms)) / (b - a);
  }
}
