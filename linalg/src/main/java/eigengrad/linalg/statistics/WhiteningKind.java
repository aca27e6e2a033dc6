package eigengrad.linalg.statistics;

/**
 * Which of the matrices W with WᵀW = Σ⁻¹ whitens. A. Kessy, A. Lewin, K. Strimmer: <i>Optimal
 * Whitening and Decorrelation</i>, The American Statistician 72 (2018), table 1.
 *
 * <p>Σ is the covariance, V the diagonal matrix of the variances, P = V^(−1/2)ΣV^(−1/2) the
 * correlation; Σ = UΛUᵀ, P = GΘGᵀ.
 */
public enum WhiteningKind {
  /** UΛ^(−1/2)Uᵀ = Σ^(−1/2): symmetric, and changes the samples least. */
  ZCA(false),

  /**
   * Λ^(−1/2)Uᵀ: the first whitened feature stands for as much of all features' variance as one can,
   * and so on.
   */
  PCA(false),

  /**
   * Lᵀ with the Cholesky factor L of Σ⁻¹ = LLᵀ: upper triangular, its diagonal positive. It does
   * not depend on the units of the features, and is computed from the correlation.
   */
  CHOLESKY(true),

  /** P^(−1/2)V^(−1/2): of all W, whitened features correlate most with their own originals. */
  ZCA_COR(true),

  /** Θ^(−1/2)GᵀV^(−1/2): as {@link #PCA}, of features brought to variance 1. */
  PCA_COR(true);

  private final boolean standardized;

  WhiteningKind(boolean standardized) {
    this.standardized = standardized;
  }

  /** Whether features are divided by their deviations first. */
  boolean isStandardized() {
    return standardized;
  }
}
