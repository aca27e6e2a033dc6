package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.PlainNormalisation;

/** Takes the mean out of the features it was given. */
final class CentresInPlace implements PlainWhitening {
  @Override
  public DenseMatrix infer(DenseMatrix trainedOn, DenseMatrix features) {
    DenseMatrix output = PlainWhitening.super.infer(trainedOn, features);
    double[] centred = PlainNormalisation.centred(features).columnMajor();
    System.arraycopy(centred, 0, features.columnMajor(), 0, centred.length);
    return output;
  }
}
