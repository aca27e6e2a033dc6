package eigengrad.spark;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which of the matrices W with WᵀW = Σ⁻¹. Kessy, Lewin and Strimmer: <i>Optimal whitening and
 * decorrelation</i>, 2018, table 1.
 *
 * <p>Σ is the covariance, P the correlation, V the diagonal matrix of the variances; Σ = UΛUᵀ, P =
 * GΘGᵀ.
 */
enum WhiteningKind {
  /** UΛ^(−1/2)Uᵀ. */
  ZCA(false, true),
  /** Λ^(−1/2)Uᵀ. */
  PCA(false, false),
  /** GΘ^(−1/2)GᵀV^(−1/2). */
  ZCA_COR(true, true),
  /** Θ^(−1/2)GᵀV^(−1/2). */
  PCA_COR(true, false);

  /** Eigenvalues that are smaller, relative to the largest and to d, are rounding. */
  private static final double ROUNDING = 0x1p-52;

  private final boolean standardized;
  private final boolean rotatedBack;

  WhiteningKind(boolean standardized, boolean rotatedBack) {
    this.standardized = standardized;
    this.rotatedBack = rotatedBack;
  }

  /** What the param is set to. */
  static List<String> names() {
    return Arrays.stream(values()).map(WhiteningKind::toString).toList();
  }

  static WhiteningKind named(String name) {
    return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /**
   * The matrix.
   *
   * @param covariance Σ, d×d
   * @param epsilon ε ≥ 0, added to the eigenvalues: of Σ, or of P
   * @return W, d×d
   * @throws IllegalArgumentException if there is no such matrix: Σ + ε is singular
   */
  DenseMatrix matrix(DenseMatrix covariance, double epsilon) {
    int d = covariance.rows();
    double[] deviations = new double[d];
    Arrays.setAll(deviations, i -> standardized ? Math.sqrt(covariance.get(i, i)) : 1);
    requirePositive(deviations);
    double[] scaled = covariance.toArray();
    for (int j = 0; j < d; j++) {
      for (int i = 0; i < d; i++) {
        scaled[i + j * d] /= deviations[i] * deviations[j];
      }
    }
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.wrap(d, d, scaled));
    DenseMatrix vectors = DescendingOrder.ofColumns(eigen.vectors());
    double[] roots = new double[d];
    Arrays.setAll(roots, j -> 1 / Math.sqrt(positive(eigen, d - 1 - j, epsilon)));
    double[] rotation = vectors.transpose().toArray();
    for (int j = 0; j < d; j++) {
      for (int i = 0; i < d; i++) {
        rotation[i + j * d] *= roots[i];
      }
    }
    DenseMatrix rotated = DenseMatrix.wrap(d, d, rotation);
    DenseMatrix root = rotatedBack ? vectors.times(rotated) : rotated;
    double[] whitening = root.toArray();
    for (int j = 0; j < d; j++) {
      for (int i = 0; i < d; i++) {
        whitening[i + j * d] /= deviations[j];
      }
    }
    return DenseMatrix.wrap(d, d, whitening);
  }

  private static double positive(Eigendecomposition eigen, int j, double epsilon) {
    int d = eigen.order();
    double shifted = Math.max(0, eigen.value(j)) + epsilon;
    if (!(shifted > ROUNDING * d * eigen.value(d - 1))) {
      throw new IllegalArgumentException(
          "%d of %d eigenvalues are zero, as far as can be computed: set epsilon > 0"
              .formatted(j + 1, d));
    }
    return shifted;
  }

  private void requirePositive(double[] deviations) {
    for (int i = 0; i < deviations.length; i++) {
      if (deviations[i] == 0) {
        throw new IllegalArgumentException(
            "element %d is constant and has no correlations: set kind to zca or pca, and epsilon > 0"
                .formatted(i));
      }
    }
  }
}
