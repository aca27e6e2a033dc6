package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;

/** The mean is a constant to the gradient. */
final class MeanForgotten implements PlainWhitening {
  @Override
  public DenseMatrix withoutMean(DenseMatrix gradient) {
    return gradient;
  }
}
