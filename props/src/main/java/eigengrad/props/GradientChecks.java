package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;

/** The exact gradient, written down as in the books, and checks built on it. */
final class GradientChecks {
  private GradientChecks() {}

  static DenseMatrix formula(GradientSample sample) {
    return formula(sample, sample.vectorCotangent());
  }

  static DenseMatrix formula(GradientSample sample, InvariantLoss loss) {
    return formula(sample, loss.vectorCotangent(sample.vectors()));
  }

  /** sym(V(F ∘ (VᵀG) + diag(∂L/∂λ))Vᵀ), Fᵢⱼ = 1/(λⱼ − λᵢ) off the diagonal. */
  private static DenseMatrix formula(GradientSample sample, DenseMatrix vectorCotangent) {
    int n = sample.size();
    double[] values = sample.values();
    double[] c = sample.valueCotangent();
    DenseMatrix v = sample.vectors();
    double[] core = v.transpose().times(vectorCotangent).columnMajor();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        core[i + j * n] = i == j ? c[j] : core[i + j * n] / (values[j] - values[i]);
      }
    }
    return SymmetricMatrices.similar(v, DenseMatrix.wrap(n, n, core));
  }

  /** VᵀXV. */
  static DenseMatrix inEigenbasis(GradientSample sample, DenseMatrix x) {
    DenseMatrix v = sample.vectors();
    return v.transpose().times(x).times(v);
  }

  /** ∂(Σλ)/∂M = I and ∂(Σλ²)/∂M = 2M. */
  static void requireTraceAndNorm(EigenGradientContract gradient, GradientSample sample) {
    int n = sample.size();
    DenseMatrix none = DenseMatrix.wrap(n, n, new double[n * n]);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    double[] twice = Arrays.stream(sample.values()).map(value -> 2 * value).toArray();
    Limit.GRADIENT.require(
        Differences.ofMatrices(
            DenseMatrix.identity(n), gradient.backward(sample.eigen(), ones, none)),
        sample);
    Limit.GRADIENT.require(
        Differences.ofMatrices(
            sample.matrix().times(2), gradient.backward(sample.eigen(), twice, none)),
        sample);
  }
}
