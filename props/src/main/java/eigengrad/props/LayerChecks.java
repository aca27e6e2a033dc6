package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;

/** What the contract of layers checks, and plain loops over features, channels by samples. */
final class LayerChecks {
  private LayerChecks() {}

  /** The mean of each channel, C×1. */
  static DenseMatrix mean(DenseMatrix x) {
    double[] mean = new double[x.rows()];
    for (int s = 0; s < x.columns(); s++) {
      for (int c = 0; c < x.rows(); c++) {
        mean[c] += x.get(c, s) / x.columns();
      }
    }
    return DenseMatrix.wrap(x.rows(), 1, mean);
  }

  /** X + m1ᵀ. */
  static DenseMatrix shifted(DenseMatrix x, DenseMatrix m) {
    double[] shifted = x.toArray();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += m.get(i % x.rows(), 0);
    }
    return DenseMatrix.wrap(x.rows(), x.columns(), shifted);
  }

  /** X less its mean over the samples. */
  static DenseMatrix centred(DenseMatrix x) {
    return shifted(x, mean(x).times(-1));
  }

  /** The covariance, divided by N. */
  static DenseMatrix covariance(DenseMatrix x) {
    DenseMatrix centred = centred(x);
    return SymmetricMatrices.timesTransposed(centred, centred)
        .times(1.0 / x.columns())
        .symmetricPart();
  }

  /** The samples in another order. */
  static DenseMatrix reordered(DenseMatrix x, int[] order) {
    double[] columns = new double[order.length * x.rows()];
    for (int s = 0; s < order.length; s++) {
      System.arraycopy(x.columnMajor(), order[s] * x.rows(), columns, s * x.rows(), x.rows());
    }
    return DenseMatrix.wrap(x.rows(), order.length, columns);
  }

  /** X with constants in the place of the first channels. */
  static DenseMatrix withConstants(DenseMatrix x, int channels, double value) {
    double[] dead = x.toArray();
    for (int s = 0; s < x.columns(); s++) {
      Arrays.fill(dead, s * x.rows(), s * x.rows() + channels, value);
    }
    return DenseMatrix.wrap(x.rows(), x.columns(), dead);
  }

  /**
   * Up to seven channels by eight samples of mean 0 whose covariance is exactly v² I: signs of the
   * rows of a Hadamard matrix but its first.
   */
  static DenseMatrix isotropic(int channels, double v) {
    double[] x = new double[channels * 8];
    for (int s = 0; s < 8; s++) {
      for (int c = 0; c < channels; c++) {
        x[c + channels * s] = Integer.bitCount(s & (c + 1)) % 2 == 0 ? v : -v;
      }
    }
    return DenseMatrix.wrap(channels, 8, x);
  }

  /** Output and gradient have neither NaN nor ∞. */
  static void requireFinite(
      LayerContract layer, DenseMatrix x, DenseMatrix g, String where, Object sample) {
    SolverChecks.require(
        isFinite(layer.forward(x)), "NaN or ∞ in the output, " + where + ",", sample);
    SolverChecks.require(
        isFinite(layer.backward(x, g)), "NaN or ∞ in the gradient, " + where + ",", sample);
  }

  private static boolean isFinite(DenseMatrix x) {
    return Arrays.stream(x.columnMajor()).allMatch(Double::isFinite);
  }

  /** The gradient of ⟨G, Y⟩ along a direction, by steps whose elements are about 10⁻⁴. */
  static void requireSlope(
      LayerContract layer, FeatureSample sample, DenseMatrix direction, String where) {
    DenseMatrix g = sample.outputGradient();
    DenseMatrix gradient = layer.backward(sample.features(), g);
    double size = direction.frobeniusNorm() / Math.sqrt(direction.columnMajor().length);
    double slope =
        Differences.directional(
            x -> Differences.inner(g, layer.forward(x)),
            sample.features(),
            direction,
            1e-4 / Math.max(size, 1e-4));
    double error = Math.abs(slope - Differences.inner(gradient, direction));
    Limit.LAYER_DIFFERENCES.require(
        error == 0 ? 0 : error / (gradient.frobeniusNorm() * direction.frobeniusNorm()),
        sample + "; " + where);
  }

  /** Relative to what is expected, or to 10⁻³ where that is nearly 0. */
  static void requireClose(DenseMatrix expected, DenseMatrix actual, String where, Object sample) {
    double scale = Math.max(expected.frobeniusNorm(), 1e-3);
    Limit.LAYER.require(expected.minus(actual).frobeniusNorm() / scale, sample + "; " + where);
  }
}
