package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.props.PlainNormalisation;
import eigengrad.props.RotationEquivariantContract;
import eigengrad.props.SymmetricMatrices;

/** ZCA whitening that is right: what mistakes are planted into, by overriding one step of it. */
interface PlainWhitening extends RotationEquivariantContract {
  double EPSILON = PlainNormalisation.EPSILON;

  /** What the covariance is divided by. */
  default int divisor(int samples) {
    return samples;
  }

  /** M = X̂X̂ᵀ/N + εI of centred features. */
  private DenseMatrix covariance(DenseMatrix centred) {
    return centred
        .times(centred.transpose())
        .times(1.0 / divisor(centred.columns()))
        .plus(DenseMatrix.identity(centred.rows()).times(EPSILON))
        .symmetricPart();
  }

  private DenseMatrix whitening(DenseMatrix trainedOn) {
    Eigendecomposition eigen =
        SymmetricEigen.decompose(covariance(PlainNormalisation.centred(trainedOn)));
    double[] values = eigen.values();
    for (int j = 0; j < values.length; j++) {
      values[j] = 1 / Math.sqrt(values[j]);
    }
    return SymmetricMatrices.similar(eigen.vectors(), values);
  }

  @Override
  default DenseMatrix forward(DenseMatrix features) {
    return whitening(features).times(PlainNormalisation.centred(features));
  }

  /** What 2/N is in the gradient's term of the covariance. */
  default double factor(int samples) {
    return 2.0 / samples;
  }

  /** (f(m) − f(l))/(m − l) for f = 1/√ and two eigenvalues. */
  default double dividedDifference(double l, double m) {
    return -1 / (Math.sqrt(l) * Math.sqrt(m) * (Math.sqrt(l) + Math.sqrt(m)));
  }

  /** What is done with the mean of ∂L/∂X̂. */
  default DenseMatrix withoutMean(DenseMatrix gradient) {
    return PlainNormalisation.centred(gradient);
  }

  @Override
  default DenseMatrix backward(DenseMatrix features, DenseMatrix outputGradient) {
    DenseMatrix centred = PlainNormalisation.centred(features);
    Eigendecomposition eigen = SymmetricEigen.decompose(covariance(centred));
    int n = eigen.order();
    DenseMatrix v = eigen.vectors();
    DenseMatrix cotangent = outputGradient.times(centred.transpose()).symmetricPart();
    double[] core = v.transpose().times(cotangent).times(v).toArray();
    for (int i = 0; i < core.length; i++) {
      double m = eigen.value(i / n);
      boolean diagonal = i % n == i / n;
      core[i] *= diagonal ? -0.5 / (m * Math.sqrt(m)) : dividedDifference(eigen.value(i % n), m);
    }
    DenseMatrix ofCovariance = v.times(DenseMatrix.wrap(n, n, core)).times(v.transpose());
    return withoutMean(
        whitening(features)
            .times(outputGradient)
            .plus(ofCovariance.times(centred).times(factor(features.columns()))));
  }

  @Override
  default DenseMatrix infer(DenseMatrix trainedOn, DenseMatrix features) {
    return whitening(trainedOn).times(features.minus(meanOf(trainedOn, features.columns())));
  }

  /** The mean of a batch, in each column. */
  private static DenseMatrix meanOf(DenseMatrix trainedOn, int columns) {
    DenseMatrix mean = trainedOn.minus(PlainNormalisation.centred(trainedOn));
    double[] repeated = new double[mean.rows() * columns];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = mean.get(i % mean.rows(), 0);
    }
    return DenseMatrix.wrap(mean.rows(), columns, repeated);
  }

  @Override
  default DenseMatrix outputCovariance(DenseMatrix covariance) {
    Eigendecomposition eigen = SymmetricEigen.decompose(covariance);
    double[] values = eigen.values();
    for (int j = 0; j < values.length; j++) {
      values[j] /= values[j] + EPSILON;
    }
    return SymmetricMatrices.similar(eigen.vectors(), values);
  }
}
