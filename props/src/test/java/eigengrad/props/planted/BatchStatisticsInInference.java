package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;

/** Inference by the mean and covariance of what it is given. */
final class BatchStatisticsInInference implements PlainWhitening {
  @Override
  public DenseMatrix infer(DenseMatrix trainedOn, DenseMatrix features) {
    return forward(features);
  }
}
