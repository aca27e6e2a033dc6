package eigengrad.props;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;

/** ZCA whitening of all channels together, by any root. */
interface WhiteningContract extends RotationEquivariantContract {
  double EPSILON = 0.01;

  /** How M^(−1/2) is computed and differentiated. */
  InverseSquareRoot root();

  /** What becomes of an eigenvalue m of M + εI: w of W, the trace being that of M + εI. */
  default double whitening(double m, double trace) {
    return 1 / Math.sqrt(m);
  }

  private ZcaWhitening layer(DenseMatrix features) {
    int channels = features.rows();
    return new ZcaWhitening(WhiteningSettings.of(channels, channels).withEpsilon(EPSILON), root());
  }

  @Override
  default DenseMatrix forward(DenseMatrix features) {
    return layer(features).forward(features).output();
  }

  @Override
  default DenseMatrix backward(DenseMatrix features, DenseMatrix outputGradient) {
    return layer(features).forward(features).backward(outputGradient).input();
  }

  @Override
  default DenseMatrix infer(DenseMatrix trainedOn, DenseMatrix features) {
    ZcaWhitening layer = layer(trainedOn);
    layer.forward(trainedOn);
    return layer.infer(features);
  }

  @Override
  default DenseMatrix outputCovariance(DenseMatrix covariance) {
    Eigendecomposition eigen = SymmetricEigen.decompose(covariance);
    double[] values = eigen.values();
    double trace = 0;
    for (double value : values) {
      trace += value + EPSILON;
    }
    for (int j = 0; j < values.length; j++) {
      double w = whitening(values[j] + EPSILON, trace);
      values[j] *= w * w;
    }
    return SymmetricMatrices.similar(eigen.vectors(), values);
  }
}
