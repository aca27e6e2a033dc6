package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.statistics.Pca;
import eigengrad.linalg.statistics.Whitening;
import eigengrad.linalg.statistics.WhiteningKind;
import eigengrad.linalg.statistics.WhiteningOptions;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** What principal components and whitening promise, for samples of any shape. */
@AddLifecycleHook(ChosenSeed.class)
class StatisticsProperties {
  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  /** In general position: the features' deviations are of one order. */
  private static DenseMatrix samples(int d, int n, long seed) {
    DenseMatrix mixing =
        SymmetricMatrices.gaussian(d, d, seed).plusScaled(d, DenseMatrix.identity(d));
    return mixing.times(SymmetricMatrices.gaussian(d, n, seed + 1));
  }

  private static CovarianceAccumulator accumulated(DenseMatrix samples) {
    CovarianceAccumulator all = new CovarianceAccumulator(samples.rows());
    all.addColumns(samples);
    return all;
  }

  @Property
  void whitening_ofAnyKind_makesTheCovarianceI(
      @ForAll WhiteningKind kind,
      @ForAll @IntRange(min = 1, max = 8) int d,
      @ForAll @IntRange(min = 10, max = 40) int more,
      @ForAll("seeds") long seed) {
    DenseMatrix samples = samples(d, d + more, seed);
    Whitening whitening = Whitening.fit(samples, WhiteningOptions.DEFAULT.withKind(kind));
    DenseMatrix whitened = accumulated(whitening.transform(samples)).sampleCovariance();
    assertEquals(0, whitened.minus(DenseMatrix.identity(d)).maxAbs(), 1e-10);
  }

  /** A rotation turns the components and leaves the variances; so does the way they are found. */
  @Property
  void principalComponents_ofRotatedSamples_haveTheSameVariances(
      @ForAll @IntRange(min = 1, max = 8) int d,
      @ForAll @IntRange(min = 2, max = 40) int n,
      @ForAll("seeds") long seed) {
    DenseMatrix samples = samples(d, n, seed);
    Pca pca = Pca.fit(samples);
    DenseMatrix rotated = SymmetricMatrices.orthogonal(d, seed + 2).times(samples);
    double tolerance = 1e-12 * pca.totalVariance();
    double[] variances = pca.explainedVariance();
    assertArrayEquals(variances, Pca.fit(rotated).explainedVariance(), tolerance);
    assertArrayEquals(variances, Pca.fit(accumulated(rotated)).explainedVariance(), tolerance);
  }
}
