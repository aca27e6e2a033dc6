package eigengrad.grad;

import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;

/**
 * ⟨R, U W₁ Uᵀ⟩ + ⟨S, V W₂ Vᵀ⟩ + ⟨T, U W₃ Vᵀ⟩ + Σ wⱼσⱼ² with diagonal weights: a loss that does not
 * depend on signs, nor on more where weights that tie are equal and those of zeros are 0.
 */
record SvdLoss(DenseMatrix r, DenseMatrix s, DenseMatrix t, double[] weights) {
  static SvdLoss of(int m, int n, double... weights) {
    return new SvdLoss(
        gaussian(m, m, 71).symmetricPart(),
        gaussian(n, n, 72).symmetricPart(),
        gaussian(m, n, 73),
        weights);
  }

  private DenseMatrix weight(double power) {
    double[] powers = weights.clone();
    for (int j = 0; j < powers.length; j++) {
      powers[j] = powers[j] == 0 ? 0 : Math.pow(powers[j], power);
    }
    return DenseMatrix.diagonal(powers);
  }

  double of(SingularValueDecomposition svd) {
    DenseMatrix u = svd.leftVectors();
    DenseMatrix v = svd.rightVectors();
    double sum = inner(r, u.times(weight(1)).times(u.transpose()));
    sum += inner(s, v.times(weight(2)).times(v.transpose()));
    sum += inner(t, u.times(weight(0.5)).times(v.transpose()));
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * svd.value(j) * svd.value(j);
    }
    return sum;
  }

  DenseMatrix left(SingularValueDecomposition svd) {
    return r.times(svd.leftVectors())
        .times(weight(1))
        .times(2)
        .plus(t.times(svd.rightVectors()).times(weight(0.5)));
  }

  double[] values(SingularValueDecomposition svd) {
    double[] cotangent = new double[weights.length];
    for (int j = 0; j < weights.length; j++) {
      cotangent[j] = 2 * weights[j] * svd.value(j);
    }
    return cotangent;
  }

  DenseMatrix right(SingularValueDecomposition svd) {
    return s.times(svd.rightVectors())
        .times(weight(2))
        .times(2)
        .plus(t.transpose().times(svd.leftVectors()).times(weight(0.5)));
  }

  DenseMatrix gradient(SingularValueDecomposition svd, InverseGap rule) {
    return SvdGradient.backward(svd, rule, left(svd), values(svd), right(svd));
  }
}
