package eigengrad.props;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;

/** The paper's hybrid method: exact where neighbours are apart, finite everywhere. */
class HybridWhiteningProperties implements WhiteningContract {
  private static final int TERMS = 200;
  private static final double LARGEST_RATIO = 0.85;

  @Override
  public InverseSquareRoot root() {
    return new EigenInverseSquareRoot(
        DifferentiableEigen.hybrid(TERMS, Precision.FLOAT64), Retention.ALL);
  }

  /** Of ratios up to 0.85, the error 0.85²⁰⁰ is 10⁻¹⁴. */
  @Override
  public boolean isSmoothAt(DenseMatrix features) {
    double[] values = SymmetricEigen.values(LayerChecks.covariance(features));
    for (int j = 1; j < values.length; j++) {
      if (values[j - 1] + EPSILON > LARGEST_RATIO * (values[j] + EPSILON)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Arbitrary<double[]> spectra() {
    return Spectra.geometric(1, 6, 0.5, 0.8)
        .map(values -> Arrays.stream(values).map(value -> 10 * value).toArray());
  }
}
