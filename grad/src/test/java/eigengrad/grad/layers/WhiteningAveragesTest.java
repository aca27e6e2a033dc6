package eigengrad.grad.layers;

import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.layers.WhiteningBatches.correlated;
import static eigengrad.grad.layers.WhiteningBatches.covariance;
import static eigengrad.grad.layers.WhiteningBatches.joined;
import static eigengrad.grad.layers.WhiteningBatches.mean;
import static eigengrad.grad.layers.WhiteningBatches.shifted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.SpectralFunction;
import eigengrad.grad.layers.WhiteningSettings.RunningStatistic;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the running averages are and how soon they are right. */
class WhiteningAveragesTest {
  private static final int D = 4;

  private static WhiteningSettings settings() {
    return WhiteningSettings.of(D, D);
  }

  /** Σ w(x − μ)(x − μ)ᵀ and its whitening, by the formula; weights per sample. */
  private static DenseMatrix whitened(
      DenseMatrix x, DenseMatrix samples, double[] weights, double factor) {
    double[] mean = new double[D];
    for (int s = 0; s < samples.columns(); s++) {
      for (int c = 0; c < D; c++) {
        mean[c] += weights[s] * samples.get(c, s);
      }
    }
    double[] m = new double[D * D];
    for (int s = 0; s < samples.columns(); s++) {
      for (int i = 0; i < D; i++) {
        for (int j = 0; j < D; j++) {
          m[i + j * D] +=
              factor * weights[s] * (samples.get(i, s) - mean[i]) * (samples.get(j, s) - mean[j]);
        }
      }
    }
    for (int i = 0; i < D; i++) {
      m[i + i * D] += settings().epsilon();
    }
    DenseMatrix root =
        SpectralFunction.inverseSquareRoot()
            .forward(DenseMatrix.wrap(D, D, m).symmetricPart())
            .matrix();
    double[] centred = x.toArray();
    for (int i = 0; i < centred.length; i++) {
      centred[i] -= mean[i % D];
    }
    return root.times(DenseMatrix.wrap(D, x.columns(), centred));
  }

  private static DenseMatrix[] batches() {
    return new DenseMatrix[] {
      correlated(D, 7, 1, 1),
      shifted(correlated(D, 1, 3, 2), 2),
      shifted(correlated(D, 12, 2, 3), -5),
      correlated(D, 30, 0.1, 4)
    };
  }

  /** Of samples of one weight per batch that sum to 1. */
  private static double[] weights(DenseMatrix[] batches, double... shares) {
    double[] weights = new double[joined(batches).columns()];
    int at = 0;
    for (int b = 0; b < batches.length; b++) {
      for (int s = 0; s < batches[b].columns(); s++) {
        weights[at] = shares[b] / batches[b].columns();
        at++;
      }
    }
    return weights;
  }

  private static double unbiasedFactor(double[] weights) {
    double squares = 0;
    for (double w : weights) {
      squares += w * w;
    }
    return 1 / (1 - squares);
  }

  @Test
  void infer_cumulative_isThatOfThePooledData() {
    DenseMatrix[] batches = batches();
    DenseMatrix pooled = joined(batches);
    DenseMatrix x = correlated(D, 9, 1, 5);
    WhiteningSettings settings = settings().withAveraging(Averaging.cumulative());
    ZcaWhitening layer = new ZcaWhitening(settings);
    ZcaWhitening atOnce = new ZcaWhitening(settings);
    for (DenseMatrix batch : batches) {
      layer.forward(batch);
    }
    DenseMatrix trained = atOnce.forward(pooled).output();
    assertTrue(relativeDifference(trained, atOnce.infer(pooled)) <= 1e-12);
    assertTrue(relativeDifference(atOnce.infer(x), layer.infer(x)) <= 1e-12);
    int n = pooled.columns();
    double[] weights = weights(batches, 7.0 / n, 1.0 / n, 12.0 / n, 30.0 / n);
    assertTrue(relativeDifference(whitened(x, pooled, weights, 1), layer.infer(x)) <= 1e-12);
  }

  @Test
  void infer_cumulativeUnbiased_isThatOfThePooledData() {
    DenseMatrix[] batches = batches();
    batches[1] = correlated(D, 2, 3, 2);
    DenseMatrix x = correlated(D, 9, 1, 5);
    WhiteningSettings settings =
        settings().withUnbiased(true).withAveraging(Averaging.cumulative());
    ZcaWhitening layer = new ZcaWhitening(settings);
    ZcaWhitening atOnce = new ZcaWhitening(settings);
    for (DenseMatrix batch : batches) {
      layer.forward(batch);
    }
    DenseMatrix pooled = joined(batches);
    DenseMatrix trained = atOnce.forward(pooled).output();
    assertTrue(relativeDifference(trained, atOnce.infer(pooled)) <= 1e-12);
    assertTrue(relativeDifference(atOnce.infer(x), layer.infer(x)) <= 1e-12);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void infer_exponential_isThatOfAllSamplesByTheirShares(boolean unbiased) {
    double m = 0.3;
    DenseMatrix[] batches = batches();
    batches[1] = correlated(D, 2, 3, 2);
    DenseMatrix x = correlated(D, 9, 1, 5);
    ZcaWhitening layer =
        new ZcaWhitening(settings().withUnbiased(unbiased).withAveraging(Averaging.exponential(m)));
    for (DenseMatrix batch : batches) {
      layer.forward(batch);
    }
    double all = 1 - Math.pow(1 - m, 4);
    double[] weights =
        weights(
            batches,
            m * Math.pow(1 - m, 3) / all,
            m * Math.pow(1 - m, 2) / all,
            m * (1 - m) / all,
            m / all);
    double factor = unbiased ? unbiasedFactor(weights) : 1;
    DenseMatrix expected = whitened(x, joined(batches), weights, factor);
    assertTrue(relativeDifference(expected, layer.infer(x)) <= 1e-12);
  }

  @Test
  void infer_untrainedLayer_whitensByTheIdentity() {
    DenseMatrix x = correlated(D, 9, 1, 6);
    DenseMatrix expected = x.times(1 / Math.sqrt(1 + 1e-4));
    assertTrue(relativeDifference(expected, new ZcaWhitening(settings()).infer(x)) <= 1e-14);
    ZcaWhitening paper = new ZcaWhitening(WhiteningSettings.ofPaper(D, D));
    assertEquals(x, paper.infer(x));
  }

  /** Largest distance of an eigenvalue of the output's covariance from 1, and of a mean from 0. */
  private static double distanceFromWhite(DenseMatrix output) {
    double worst = 0;
    for (double value : SymmetricEigen.values(covariance(output, output.columns()))) {
      worst = Math.max(worst, Math.abs(value - 1));
    }
    for (double mean : mean(output)) {
      worst = Math.max(worst, Math.abs(mean));
    }
    return worst;
  }

  @ParameterizedTest
  @EnumSource(RunningStatistic.class)
  void infer_fromTheFirstBatchOn_isWhite(RunningStatistic statistic) {
    DenseMatrix unseen = correlated(D, 20_000, 100, 7);
    for (Averaging averaging : new Averaging[] {Averaging.DEFAULT, Averaging.cumulative()}) {
      ZcaWhitening layer =
          new ZcaWhitening(settings().withRunningStatistic(statistic).withAveraging(averaging));
      for (int step = 1; step <= 20; step++) {
        layer.forward(correlated(D, 4000, 100, 100 + step));
        double distance = distanceFromWhite(layer.infer(unseen));
        assertTrue(distance <= 0.1, () -> averaging + " is off by " + distance);
      }
      double distance = distanceFromWhite(layer.infer(unseen));
      assertTrue(distance <= 0.05, () -> averaging + " is off by " + distance);
    }
  }

  /** W still is 0.9²⁰·I and more. */
  @Test
  void infer_asThePaper_isFarFromWhiteAfterTwentyBatches() {
    ZcaWhitening layer = new ZcaWhitening(WhiteningSettings.ofPaper(1, 1));
    for (int step = 1; step <= 20; step++) {
      layer.forward(correlated(1, 4000, 100, 100 + step));
    }
    DenseMatrix unseen = correlated(1, 20_000, 100, 7);
    double deviation = Math.sqrt(covariance(unseen, 20_000).get(0, 0));
    double expected = 0.8784 + 0.1216 * deviation;
    double actual = Math.sqrt(covariance(layer.infer(unseen), 20_000).get(0, 0));
    assertEquals(expected, actual, 0.05);
    assertTrue(actual > 10);
  }

  /** Averages of W are too large where batches are small; those of covariances are not. */
  @Test
  void infer_smallBatches_isWhiteByCovariancesOnly() {
    DenseMatrix unseen = correlated(D, 20_000, 1, 7);
    ZcaWhitening byCovariance = new ZcaWhitening(settings().withAveraging(Averaging.cumulative()));
    ZcaWhitening byWhitening =
        new ZcaWhitening(
            settings()
                .withAveraging(Averaging.cumulative())
                .withRunningStatistic(RunningStatistic.WHITENING));
    for (int step = 0; step < 1000; step++) {
      DenseMatrix x = correlated(D, 2 * D, 1, 1000 + step);
      byCovariance.forward(x);
      byWhitening.forward(x);
    }
    double good = distanceFromWhite(byCovariance.infer(unseen));
    assertTrue(good <= 0.1, () -> "covariances are off by " + good);
    double bad = distanceFromWhite(byWhitening.infer(unseen));
    assertTrue(bad >= 1, () -> "W is off by " + bad);
  }
}
