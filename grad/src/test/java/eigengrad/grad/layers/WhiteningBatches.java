package eigengrad.grad.layers;

import static eigengrad.grad.Samples.gaussian;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.grad.Samples;
import eigengrad.linalg.DenseMatrix;
import java.util.function.Function;

/** Features and their statistics for the tests of the layers, by plain loops. */
final class WhiteningBatches {
  private WhiteningBatches() {}

  /** N samples of correlated channels, the same distribution for every seed. */
  static DenseMatrix correlated(int channels, int samples, double deviation, long seed) {
    DenseMatrix mix =
        DenseMatrix.identity(channels).plusScaled(0.3, gaussian(channels, channels, 77));
    return shifted(mix.times(gaussian(channels, samples, seed)).times(deviation), 3 * deviation);
  }

  /** Channel c moved by (c + 1)·distance. */
  static DenseMatrix shifted(DenseMatrix features, double distance) {
    int channels = features.rows();
    double[] x = features.toArray();
    for (int i = 0; i < x.length; i++) {
      x[i] += (i % channels + 1) * distance;
    }
    return DenseMatrix.wrap(channels, features.columns(), x);
  }

  static double[] mean(DenseMatrix x) {
    double[] mean = new double[x.rows()];
    for (int s = 0; s < x.columns(); s++) {
      for (int c = 0; c < x.rows(); c++) {
        mean[c] += x.get(c, s) / x.columns();
      }
    }
    return mean;
  }

  /** Σ (x − μ)(x − μ)ᵀ/divisor. */
  static DenseMatrix covariance(DenseMatrix x, double divisor) {
    int d = x.rows();
    double[] mean = mean(x);
    double[] covariance = new double[d * d];
    for (int s = 0; s < x.columns(); s++) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i + j * d] += (x.get(i, s) - mean[i]) * (x.get(j, s) - mean[j]) / divisor;
        }
      }
    }
    return DenseMatrix.wrap(d, d, covariance).symmetricPart();
  }

  static DenseMatrix rows(DenseMatrix x, int from, int count) {
    double[] rows = new double[count * x.columns()];
    for (int s = 0; s < x.columns(); s++) {
      System.arraycopy(x.columnMajor(), from + s * x.rows(), rows, s * count, count);
    }
    return DenseMatrix.wrap(count, x.columns(), rows);
  }

  /** Samples of one batch after those of the other. */
  static DenseMatrix joined(DenseMatrix... batches) {
    int columns = 0;
    for (DenseMatrix batch : batches) {
      columns += batch.columns();
    }
    int rows = batches[0].rows();
    double[] all = new double[rows * columns];
    int at = 0;
    for (DenseMatrix batch : batches) {
      System.arraycopy(batch.columnMajor(), 0, all, at, batch.columnMajor().length);
      at += batch.columnMajor().length;
    }
    return DenseMatrix.wrap(rows, columns, all);
  }

  /** ∂L/∂X of L = ⟨Y, B⟩ against differences in some directions, relative to its norm. */
  static void requireGradient(
      Function<DenseMatrix, LayerPass> forward, DenseMatrix x, double step) {
    DenseMatrix b = gaussian(x.rows(), x.columns(), 30);
    DenseMatrix gradient = forward.apply(x).backward(b).input();
    for (int seed = 40; seed < 44; seed++) {
      DenseMatrix direction = gaussian(x.rows(), x.columns(), seed);
      double expected =
          Samples.directional(z -> Samples.inner(forward.apply(z).output(), b), x, direction, step);
      assertEquals(expected, Samples.inner(gradient, direction), 1e-6 * gradient.frobeniusNorm());
    }
  }

  static void requireSumsToZero(DenseMatrix gradient) {
    double[] mean = mean(gradient);
    for (double m : mean) {
      assertEquals(0, m * gradient.columns(), 1e-12 * gradient.frobeniusNorm());
    }
  }
}
