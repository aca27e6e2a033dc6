package eigengrad.props;

import eigengrad.linalg.DenseMatrix;

/** Batch normalisation in plain loops, Y = (X − mean)/√(v + ε), and its gradient. */
public final class PlainNormalisation {
  /** ε. */
  public static final double EPSILON = 0.01;

  private PlainNormalisation() {}

  /** X less its mean over the samples. */
  public static DenseMatrix centred(DenseMatrix features) {
    return LayerChecks.centred(features);
  }

  /** The mean of each channel of x ∘ y. */
  private static double[] mean(DenseMatrix x, DenseMatrix y) {
    double[] mean = new double[x.rows()];
    for (int s = 0; s < x.columns(); s++) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += x.get(c, s) * y.get(c, s) / x.columns();
      }
    }
    return mean;
  }

  private static double[] deviations(DenseMatrix trainedOn) {
    double[] deviations = mean(LayerChecks.centred(trainedOn), LayerChecks.centred(trainedOn));
    for (int c = 0; c < deviations.length; c++) {
      deviations[c] = Math.sqrt(deviations[c] + EPSILON);
    }
    return deviations;
  }

  /** X by the statistics of another batch. */
  public static DenseMatrix infer(DenseMatrix trainedOn, DenseMatrix features) {
    double[] deviations = deviations(trainedOn);
    double[] y = LayerChecks.shifted(features, LayerChecks.mean(trainedOn).times(-1)).toArray();
    for (int i = 0; i < y.length; i++) {
      y[i] /= deviations[i % features.rows()];
    }
    return DenseMatrix.wrap(features.rows(), features.columns(), y);
  }

  /** ∂L/∂X. */
  public static DenseMatrix backward(DenseMatrix features, DenseMatrix outputGradient) {
    int channels = features.rows();
    DenseMatrix y = infer(features, features);
    double[] deviations = deviations(features);
    double[] along = mean(y, outputGradient);
    double[] gradient = LayerChecks.centred(outputGradient).toArray();
    for (int i = 0; i < gradient.length; i++) {
      int c = i % channels;
      gradient[i] = (gradient[i] - y.get(c, i / channels) * along[c]) / deviations[c];
    }
    return DenseMatrix.wrap(channels, features.columns(), gradient);
  }

  /** D⁻¹CD⁻¹ with the deviations D: the covariance of Y. */
  public static DenseMatrix outputCovariance(DenseMatrix covariance) {
    int n = covariance.rows();
    double[] correlation = covariance.toArray();
    for (int i = 0; i < correlation.length; i++) {
      correlation[i] /=
          Math.sqrt(covariance.get(i % n, i % n) + EPSILON)
              * Math.sqrt(covariance.get(i / n, i / n) + EPSILON);
    }
    return DenseMatrix.wrap(n, n, correlation).symmetricPart();
  }
}
