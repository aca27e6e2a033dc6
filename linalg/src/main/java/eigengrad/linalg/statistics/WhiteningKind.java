package eigengrad.linalg.statistics;

import java.io.IOException;

/**
 * Which of the matrices W with WᵀW = Σ⁻¹ whitens. A. Kessy, A. Lewin, K. Strimmer: <i>Optimal
 * Whitening and Decorrelation</i>, The American Statistician 72 (2018), table 1.
 *
 * <p>Σ is the covariance, V the diagonal matrix of the variances, P = V^(−1/2)ΣV^(−1/2) the
 * correlation; Σ = UΛUᵀ, P = GΘGᵀ.
 */
public enum WhiteningKind {
  /** UΛ^(−1/2)Uᵀ = Σ^(−1/2): symmetric, and changes the samples least. */
  ZCA(0, false),

  /**
   * Λ^(−1/2)Uᵀ: the first whitened feature stands for as much of all features' variance as one can,
   * and so on.
   */
  PCA(1, false),

  /**
   * Lᵀ with the Cholesky factor L of Σ⁻¹ = LLᵀ: upper triangular, its diagonal positive. It does
   * not depend on the units of the features, and is computed from the correlation.
   */
  CHOLESKY(2, true),

  /** P^(−1/2)V^(−1/2): of all W, whitened features correlate most with their own originals. */
  ZCA_COR(3, true),

  /** Θ^(−1/2)GᵀV^(−1/2): as {@link #PCA}, of features brought to variance 1. */
  PCA_COR(4, true);

  private final int code;
  private final boolean standardized;

  WhiteningKind(int code, boolean standardized) {
    this.code = code;
    this.standardized = standardized;
  }

  /** Whether features are divided by their deviations first. */
  boolean isStandardized() {
    return standardized;
  }

  /** What a saved model calls it. */
  int code() {
    return code;
  }

  /**
   * The one that a saved model means.
   *
   * @throws IOException if there is none
   */
  static WhiteningKind ofCode(int code) throws IOException {
    for (WhiteningKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IOException("a saved Whitening has a kind from 0 to 4, got " + code);
  }
}
