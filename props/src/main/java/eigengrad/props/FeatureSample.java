package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A batch of features X = QΛ^(1/2)H + μ1ᵀ, channels by samples, for a layer that normalises: with
 * more samples than channels its covariance is QΛQᵀ but for rounding. It prints itself as Java
 * source.
 *
 * @param variances Λ, one per channel, ascending, ≥ 0
 * @param samples N ≥ 1
 * @param seed of Q, H, μ and the output's gradient
 */
public record FeatureSample(double[] variances, int samples, long seed) {
  private static final int PRINTED_ELEMENTS = 60;

  /**
   * Batches of more samples than channels; a failing one shrinks towards fewer channels and
   * samples.
   *
   * @param spectra generator of the covariance's eigenvalues, ascending
   * @return a generator of samples
   */
  public static Arbitrary<FeatureSample> of(Arbitrary<double[]> spectra) {
    return Combinators.combine(
            spectra, Arbitraries.integers().between(1, 20), SymmetricMatrices.seeds())
        .as((values, more, seed) -> new FeatureSample(values, values.length + more, seed))
        .withoutEdgeCases();
  }

  /**
   * Batches of no more samples than channels, so that the covariance is singular.
   *
   * @param spectra generator of the eigenvalues that the covariance would have with many samples
   * @return a generator of samples
   */
  public static Arbitrary<FeatureSample> few(Arbitrary<double[]> spectra) {
    return Combinators.combine(
            spectra, Arbitraries.integers().between(0, 100), SymmetricMatrices.seeds())
        .as((values, k, seed) -> new FeatureSample(values, 1 + k % values.length, seed))
        .withoutEdgeCases();
  }

  /**
   * The number of channels.
   *
   * @return C
   */
  public int channels() {
    return variances.length;
  }

  /**
   * X.
   *
   * @return C×N, one column per sample
   */
  public DenseMatrix features() {
    int channels = channels();
    double[] x = SymmetricMatrices.timesTransposed(mixing(), white()).toArray();
    double[] mean = SymmetricMatrices.gaussian(channels, 1, seed + 1).columnMajor();
    for (int i = 0; i < x.length; i++) {
      x[i] += mean[i % channels];
    }
    return DenseMatrix.wrap(channels, samples, x);
  }

  /** QΛ^(1/2). */
  private DenseMatrix mixing() {
    int channels = channels();
    double[] q = SymmetricMatrices.orthogonal(channels, seed).toArray();
    for (int i = 0; i < q.length; i++) {
      q[i] *= Math.sqrt(variances[i / channels]);
    }
    return DenseMatrix.wrap(channels, channels, q);
  }

  /** Hᵀ: columns of mean 0 and covariance I if there are enough samples, else Gaussian ones. */
  private DenseMatrix white() {
    int channels = channels();
    if (samples <= channels) {
      return SymmetricMatrices.gaussian(samples, channels, seed + 2);
    }
    // What is orthogonal to a column of ones has mean 0.
    double[] columns = SymmetricMatrices.gaussian(samples, channels + 1, seed + 2).toArray();
    Arrays.fill(columns, 0, samples, 1);
    DenseMatrix basis =
        SymmetricMatrices.orthonormalised(DenseMatrix.wrap(samples, channels + 1, columns));
    return DenseMatrix.wrap(
            samples,
            channels,
            Arrays.copyOfRange(basis.columnMajor(), samples, samples * (channels + 1)))
        .times(Math.sqrt(samples));
  }

  /**
   * ∂L/∂Y, of independent normal elements.
   *
   * @return C×N
   */
  public DenseMatrix outputGradient() {
    return SymmetricMatrices.gaussian(channels(), samples, seed + 3);
  }

  /** Java source of the sample and, for small ones, of its features. */
  @Override
  public String toString() {
    String source =
        "new FeatureSample(%s, %d, %dL)".formatted(JavaLiteral.of(variances), samples, seed);
    return channels() * samples > PRINTED_ELEMENTS
        ? source
        : "%s%nX = %s".formatted(source, JavaLiteral.of(features()));
  }
}
