package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.PlainNormalisation;
import eigengrad.props.RotationEquivariantContract;

/** Batch normalisation, which is right, but has axes. */
final class AxesThatMatter implements RotationEquivariantContract {
  @Override
  public DenseMatrix forward(DenseMatrix features) {
    return PlainNormalisation.infer(features, features);
  }

  @Override
  public DenseMatrix backward(DenseMatrix features, DenseMatrix outputGradient) {
    return PlainNormalisation.backward(features, outputGradient);
  }

  @Override
  public DenseMatrix infer(DenseMatrix trainedOn, DenseMatrix features) {
    return PlainNormalisation.infer(trainedOn, features);
  }

  @Override
  public DenseMatrix outputCovariance(DenseMatrix covariance) {
    return PlainNormalisation.outputCovariance(covariance);
  }
}
