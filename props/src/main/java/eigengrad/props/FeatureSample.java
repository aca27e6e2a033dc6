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
    double[] deviations = Arrays.stream(variances).map(Math::sqrt).toArray();
    DenseMatrix mixing =
        SymmetricMatrices.orthogonal(channels, seed).times(DenseMatrix.diagonal(deviations));
    DenseMatrix mean = SymmetricMatrices.gaussian(channels, 1, seed + 1);
    return mixing.times(white()).plus(mean.times(ones()));
  }

  /** H: rows of mean 0 and covariance I if there are enough samples, else Gaussian ones. */
  private DenseMatrix white() {
    int channels = channels();
    if (samples <= channels) {
      return SymmetricMatrices.gaussian(channels, samples, seed + 2);
    }
    double[] columns = new double[(channels + 1) * samples];
    Arrays.fill(columns, 0, samples, 1);
    DenseMatrix random = SymmetricMatrices.gaussian(samples, channels, seed + 2);
    System.arraycopy(random.columnMajor(), 0, columns, samples, channels * samples);
    double[] orthonormal =
        SymmetricMatrices.orthonormalised(samples, DenseMatrix.wrap(samples, channels + 1, columns));
    return DenseMatrix.wrap(
            samples, channels, Arrays.copyOfRange(orthonormal, samples, orthonormal.length))
        .transpose()
        .times(Math.sqrt(samples));
  }

  private DenseMatrix ones() {
    double[] ones = new double[samples];
    Arrays.fill(ones, 1);
    return DenseMatrix.wrap(1, samples, ones);
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
