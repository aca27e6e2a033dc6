package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;

/** The gradient of a singular value decomposition, term by term and by differences. */
final class SvdGradientChecks {
  private static final double STEP = 1e-3;

  private SvdGradientChecks() {}

  /**
   * With P = Uᵀ∂L/∂U and Q = Vᵀ∂L/∂V: UMVᵀ + (I − UUᵀ)(∂L/∂U)Σ⁻¹Vᵀ + UΣ⁻¹(∂L/∂V)ᵀ(I − VVᵀ), where
   * mᵢⱼ = ½((pᵢⱼ + qᵢⱼ − pⱼᵢ − qⱼᵢ)/(σⱼ − σᵢ) + (pᵢⱼ − qᵢⱼ − pⱼᵢ + qⱼᵢ)/(σᵢ + σⱼ)) and mᵢᵢ =
   * ∂L/∂σᵢ.
   */
  static DenseMatrix formula(SvdSample sample) {
    int k = sample.size();
    DenseMatrix u = sample.left();
    DenseMatrix v = sample.right();
    double[] s = sample.values();
    DenseMatrix p = u.transpose().times(sample.leftCotangent());
    DenseMatrix q = v.transpose().times(sample.rightCotangent());
    double[] m = new double[k * k];
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < k; i++) {
        double both = p.get(i, j) + q.get(i, j) - p.get(j, i) - q.get(j, i);
        double apart = p.get(i, j) - q.get(i, j) - p.get(j, i) + q.get(j, i);
        m[i + j * k] =
            i == j
                ? sample.valueCotangent()[i]
                : 0.5 * (both / (s[j] - s[i]) + apart / (s[i] + s[j]));
      }
    }
    DenseMatrix inner = u.times(DenseMatrix.wrap(k, k, m)).times(v.transpose());
    DenseMatrix outerLeft = overValues(sample.leftCotangent().minus(u.times(p)), s);
    DenseMatrix outerRight = overValues(sample.rightCotangent().minus(v.times(q)), s);
    return inner.plus(outerLeft.times(v.transpose())).plus(u.times(outerRight.transpose()));
  }

  private static DenseMatrix overValues(DenseMatrix columns, double[] s) {
    double[] scaled = columns.toArray();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] /= s[i / columns.rows()];
    }
    return DenseMatrix.wrap(columns.rows(), columns.columns(), scaled);
  }

  /** The slope of the loss whose cotangents the sample has, by differences. */
  static double slope(SvdSample sample, DenseMatrix direction) {
    double gap = sample.values()[sample.size() - 1];
    for (int j = 1; j < sample.size(); j++) {
      gap = Math.min(gap, sample.values()[j - 1] - sample.values()[j]);
    }
    double h = STEP * gap / direction.frobeniusNorm();
    return Differences.directional(matrix -> loss(sample, matrix), sample.matrix(), direction, h);
  }

  /** ⟨∂L/∂σ, σ⟩ + ⟨∂L/∂U, U⟩ + ⟨∂L/∂V, V⟩, the vectors with the sample's signs. */
  private static double loss(SvdSample sample, DenseMatrix matrix) {
    SingularValueDecomposition svd = Svd.decompose(matrix);
    DenseMatrix u = sample.left();
    double loss = 0;
    for (int j = 0; j < sample.size(); j++) {
      double sign = Math.signum(product(svd.leftVectors(), u, j));
      loss +=
          sample.valueCotangent()[j] * svd.value(j)
              + sign * product(svd.leftVectors(), sample.leftCotangent(), j)
              + sign * product(svd.rightVectors(), sample.rightCotangent(), j);
    }
    return loss;
  }

  private static double product(DenseMatrix a, DenseMatrix b, int column) {
    double sum = 0;
    for (int i = 0; i < a.rows(); i++) {
      sum += a.get(i, column) * b.get(i, column);
    }
    return sum;
  }
}
