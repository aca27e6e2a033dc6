package eigengrad.props;

import eigengrad.grad.InverseGap;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.DenoisingSettings;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.grad.layers.PcaDenoising;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;

/** PCA denoising by any number of components, with a rule that is exact but at narrow edges. */
interface DenoisingContract extends LayerContract {
  /** The narrowest edge, relative to the largest eigenvalue, that leaves room for differences. */
  double NARROWEST = 0.1;

  /** How many components are kept. */
  ComponentCount components(int channels);

  /** The same by plain sums over the eigenvalues, largest first; 0 where it is about to change. */
  int kept(double[] leading);

  private PcaDenoising layer(DenseMatrix features) {
    int channels = features.rows();
    return new PcaDenoising(
        DenoisingSettings.of(channels, components(channels))
            .withEpsilon(PlainNormalisation.EPSILON),
        LeadingProjector.with(InverseGap.clipped(1e6)));
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
    PcaDenoising layer = layer(trainedOn);
    layer.forward(trainedOn);
    return layer.infer(features);
  }

  /** That of the standardised features, its dropped eigenvalues 0. */
  @Override
  default DenseMatrix outputCovariance(DenseMatrix covariance) {
    Eigendecomposition eigen =
        SymmetricEigen.decompose(PlainNormalisation.outputCovariance(covariance));
    double[] values = eigen.values();
    int dropped = values.length - kept(descending(values));
    for (int j = 0; j < dropped; j++) {
      values[j] = 0;
    }
    return SymmetricMatrices.similar(eigen.vectors(), values);
  }

  /** Not where a kept and a dropped eigenvalue are close, unless all variance is kept. */
  @Override
  default boolean isSmoothAt(DenseMatrix features) {
    double[] leading =
        descending(
            SymmetricEigen.values(
                PlainNormalisation.outputCovariance(LayerChecks.covariance(features))));
    int kept = kept(leading);
    return kept > 0
        && (kept == leading.length
            || leading[kept - 1] - leading[kept] >= NARROWEST * leading[0]
            || leading[kept - 1] <= 1e-12);
  }

  private static double[] descending(double[] ascending) {
    int n = ascending.length;
    return PrescribedSpectra.array(n, j -> ascending[n - 1 - j]);
  }
}
