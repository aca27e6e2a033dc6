package eigengrad.examples;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.statistics.ComponentCount;
import eigengrad.linalg.statistics.Pca;
import eigengrad.linalg.statistics.PcaOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/**
 * Principal components of samples that no memory holds at once: each part is accumulated where it
 * is, the parts are merged, and the fitted model travels as bytes.
 */
public final class MergedComponents {
  private static final int FEATURES = 12;
  private static final int SAMPLES = 5000;
  private static final double NOISE = 0.5;

  private MergedComponents() {}

  /**
   * Prints how many components matter, and what they make of new samples.
   *
   * @param args none
   */
  public static void main(String[] args) {
    CovarianceAccumulator all = new CovarianceAccumulator(FEATURES);
    for (int part = 0; part < 4; part++) {
      CovarianceAccumulator its = new CovarianceAccumulator(FEATURES);
      its.addColumns(samples(part));
      all.merge(its);
    }
    PcaOptions options =
        PcaOptions.DEFAULT.withComponents(ComponentCount.explaining(0.95)).withWhiten(true);
    Pca pca = throughBytes(Pca.fit(all, options));
    double explained = 0;
    for (double share : pca.explainedVarianceRatio()) {
      explained += share;
    }
    System.out.printf(
        "%d of %d components explain %.0f%%%n", pca.size(), FEATURES, 100 * explained);
    System.out.printf("the others are noise of deviation %.2f%n", Math.sqrt(pca.noiseVariance()));

    CovarianceAccumulator whitened = new CovarianceAccumulator(pca.size());
    whitened.addColumns(pca.transform(samples(4)));
    DenseMatrix identity = DenseMatrix.identity(pca.size());
    System.out.printf(
        "covariance of new samples: off by at most %.3f%n",
        whitened.covariance().minus(identity).maxAbs());
  }

  private static Pca throughBytes(Pca pca) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pca.save(bytes);
      return Pca.read(new ByteArrayInputStream(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Three waves of random strength, a large offset, noise: one sample per column. */
  private static DenseMatrix samples(int part) {
    SplittableRandom random = new SplittableRandom(part);
    double[] x = new double[FEATURES * SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      double[] strength = {3 * random.nextGaussian(), 2 * random.nextGaussian(), random.nextGaussian()};
      for (int i = 0; i < FEATURES; i++) {
        double sum = 1e6 + NOISE * random.nextGaussian();
        for (int wave = 0; wave < strength.length; wave++) {
          sum += strength[wave] * Math.cos((wave + 1) * i);
        }
        x[i + s * FEATURES] = sum;
      }
    }
    return DenseMatrix.wrap(FEATURES, SAMPLES, x);
  }
}
