package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.props.LayerContract;
import eigengrad.props.PlainNormalisation;

/** PCA denoising by the leading component, whose projector is a constant to the gradient. */
final class ProjectorHeldFast implements LayerContract {

  private static DenseMatrix projector(DenseMatrix covariance) {
    DenseMatrix correlation = PlainNormalisation.outputCovariance(covariance);
    int n = correlation.rows();
    double[] leading = SymmetricEigen.decompose(correlation).vectors().column(n - 1);
    DenseMatrix u = DenseMatrix.wrap(n, 1, leading);
    return u.times(u.transpose());
  }

  private static DenseMatrix covariance(DenseMatrix features) {
    DenseMatrix centred = PlainNormalisation.centred(features);
    return centred.times(centred.transpose()).times(1.0 / features.columns()).symmetricPart();
  }

  @Override
  public DenseMatrix forward(DenseMatrix features) {
    return infer(features, features);
  }

  @Override
  public DenseMatrix backward(DenseMatrix features, DenseMatrix outputGradient) {
    return PlainNormalisation.backward(
        features, projector(covariance(features)).times(outputGradient));
  }

  @Override
  public DenseMatrix infer(DenseMatrix trainedOn, DenseMatrix features) {
    return projector(covariance(trainedOn)).times(PlainNormalisation.infer(trainedOn, features));
  }

  @Override
  public DenseMatrix outputCovariance(DenseMatrix covariance) {
    DenseMatrix p = projector(covariance);
    return p.times(PlainNormalisation.outputCovariance(covariance)).times(p).symmetricPart();
  }

  /** With the leading eigenvalue well apart. */
  @Override
  public boolean isSmoothAt(DenseMatrix features) {
    double[] values =
        SymmetricEigen.values(PlainNormalisation.outputCovariance(covariance(features)));
    int n = values.length;
    return n == 1 || values[n - 1] - values[n - 2] >= 0.1 * values[n - 1];
  }
}
