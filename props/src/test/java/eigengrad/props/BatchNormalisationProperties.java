package eigengrad.props;

import eigengrad.linalg.DenseMatrix;

/** The contract is met by a layer that has nothing to do with eigenvalues. */
class BatchNormalisationProperties implements LayerContract {

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
