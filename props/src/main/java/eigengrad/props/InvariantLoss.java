package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;

/**
 * L = Σ cⱼλⱼ + Σ wⱼ vⱼᵀBvⱼ, which does not depend on the signs of vectors nor, with weights that
 * are equal at ties, on rotations inside them.
 *
 * @param c ∂L/∂λ, n
 * @param b B, n×n symmetric
 * @param weights w, n
 */
record InvariantLoss(double[] c, DenseMatrix b, double[] weights) {

  /** Weights that number the distinct values; values that tie share one element of c. */
  static InvariantLoss of(GradientSample sample) {
    int n = sample.size();
    double[] values = sample.values();
    double[] c = sample.valueCotangent();
    double[] weights = new double[n];
    for (int j = 1; j < n; j++) {
      boolean tie = values[j] == values[j - 1];
      weights[j] = weights[j - 1] + (tie ? 0 : 1);
      c[j] = tie ? c[j - 1] : c[j];
    }
    DenseMatrix b = SymmetricMatrices.gaussian(n, n, sample.seed() + 4).symmetricPart();
    return new InvariantLoss(c, b, weights);
  }

  /** ∂L/∂V, column j 2wⱼBvⱼ. */
  DenseMatrix vectorCotangent(DenseMatrix vectors) {
    return b.times(vectors).times(DenseMatrix.diagonal(weights)).times(2);
  }

  /** dL/dt at M + tE, by differences with steps of 1e-3 of the smallest gap. */
  double slope(GradientSample sample, DenseMatrix direction) {
    double[] values = sample.values();
    double gap = Math.abs(values[0]);
    for (int j = 1; j < values.length; j++) {
      gap = Math.min(gap, values[j] - values[j - 1]);
    }
    double step = 1e-3 * gap / direction.frobeniusNorm();
    return Differences.directional(this::at, sample.matrix(), direction, step);
  }

  private double at(DenseMatrix matrix) {
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    DenseMatrix v = eigen.vectors();
    DenseMatrix image = b.times(v);
    double sum = 0;
    for (int j = 0; j < c.length; j++) {
      sum += c[j] * eigen.value(j);
      for (int i = 0; i < c.length; i++) {
        sum += weights[j] * v.get(i, j) * image.get(i, j);
      }
    }
    return sum;
  }
}
