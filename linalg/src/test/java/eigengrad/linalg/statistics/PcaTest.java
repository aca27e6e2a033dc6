package eigengrad.linalg.statistics;

import static eigengrad.linalg.statistics.TestSamples.accumulated;
import static eigengrad.linalg.statistics.TestSamples.assertClose;
import static eigengrad.linalg.statistics.TestSamples.assertGuarded;
import static eigengrad.linalg.statistics.TestSamples.assertIdentity;
import static eigengrad.linalg.statistics.TestSamples.correlated;
import static eigengrad.linalg.statistics.TestSamples.covariance;
import static eigengrad.linalg.statistics.TestSamples.refuse;
import static eigengrad.linalg.statistics.TestSamples.scaleFeatures;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Parallelism;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcaTest {
  private static PcaOptions first(int k) {
    return PcaOptions.DEFAULT.withComponents(k);
  }

  /** The example in scikit-learn's documentation of PCA, with what it prints. */
  @Test
  void fit_exampleOfScikitLearn_hasItsNumbers() {
    Pca pca = Pca.fit(DenseMatrix.of(2, 6, -1, -1, -2, -1, -3, -2, 1, 1, 2, 1, 3, 2));
    assertArrayEquals(new double[] {0.9924, 0.0075}, pca.explainedVarianceRatio(), 1e-4);
    assertArrayEquals(new double[] {6.30061, 0.54980}, pca.singularValues(), 1e-5);
    assertArrayEquals(new double[2], pca.mean());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2",
    "1, 600",
    "3, 2",
    "7, 8",
    "9, 5",
    "30, 31",
    "30, 12",
    "20, 255",
    "20, 256",
    "20, 257",
    "17, 1500",
    "70, 300"
  })
  void components_anyShape_areEigenvectorsOfTheCovariance(int d, int n) {
    DenseMatrix samples = correlated(d, n, 3);
    DenseMatrix covariance = covariance(samples);
    for (Pca pca : new Pca[] {Pca.fit(samples), Pca.fit(accumulated(samples))}) {
      int k = Math.min(n, d);
      assertEquals(k, pca.size());
      assertEquals(Math.min(n - 1, d), pca.rank());
      DenseMatrix v = pca.components();
      double[] variances = pca.explainedVariance();
      assertIdentity(v.transpose().times(v), 1e-13);
      double tolerance = 1e-13 * pca.totalVariance();
      assertClose(v.times(DenseMatrix.diagonal(variances)), covariance.times(v), tolerance);
      for (int j = 0; j < k; j++) {
        double[] component = v.column(j);
        double most = DoubleStream.of(component).map(Math::abs).max().orElseThrow();
        assertEquals(most, DoubleStream.of(component).max().orElseThrow());
        assertTrue(j == 0 || variances[j] <= variances[j - 1]);
        assertEquals(Math.sqrt((n - 1) * variances[j]), pca.singularValues()[j], 1e-12 * n);
      }
      if (n <= d) {
        assertEquals(0, variances[n - 1]);
      }
      assertEquals(1, DoubleStream.of(pca.explainedVarianceRatio()).sum(), 1e-13);
      assertEquals(0, pca.noiseVariance());
    }
  }

  @ParameterizedTest
  @CsvSource({"6, 50, false", "6, 50, true", "15, 400, true"})
  void transform_samples_haveDiagonalCovariance(int d, int n, boolean whiten) {
    DenseMatrix samples = correlated(d, n, -5);
    Pca pca = Pca.fit(samples, first(4).withWhiten(whiten));
    DenseMatrix transformed = pca.transform(samples);
    assertEquals(4, transformed.rows());
    DenseMatrix expected =
        whiten ? DenseMatrix.identity(4) : DenseMatrix.diagonal(pca.explainedVariance());
    assertClose(expected, covariance(transformed), 1e-12);
    assertEquals(0, mean(transformed), 1e-12);
    assertTrue(whiten == pca.whitens());
  }

  private static double mean(DenseMatrix samples) {
    return DoubleStream.of(accumulated(samples).mean()).map(Math::abs).max().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void inverseTransform_allComponents_givesTheSamplesBack(boolean whiten) {
    DenseMatrix samples = correlated(8, 100, 40);
    Pca pca = Pca.fit(samples, PcaOptions.DEFAULT.withWhiten(whiten));
    assertClose(samples, pca.inverseTransform(pca.transform(samples)), 1e-12);
  }

  /** What is lost has the variance of the directions left out. */
  @ParameterizedTest
  @CsvSource({"12, 200, 3", "12, 9, 3"})
  void inverseTransform_someComponents_losesTheOthersVariance(int d, int n, int k) {
    DenseMatrix samples = correlated(d, n, 1);
    for (Pca pca :
        new Pca[] {Pca.fit(samples, first(k)), Pca.fit(accumulated(samples), first(k))}) {
      DenseMatrix lost = samples.minus(pca.inverseTransform(pca.transform(samples)));
      double variance = Math.pow(lost.frobeniusNorm(), 2) / (n - 1);
      assertEquals(variance, pca.noiseVariance() * (Math.min(n, d) - k), 1e-12);
      double all = DoubleStream.of(Pca.fit(samples).explainedVariance()).skip(k).sum();
      assertEquals(variance, all, 1e-12);
    }
  }

  @Test
  void explaining_fraction_isExceededByTheFewest() {
    double[] variances = {4, 3, 2, 1};
    assertEquals(1, ComponentCount.explaining(0.3).kept(variances, 10));
    assertEquals(2, ComponentCount.explaining(0.4).kept(variances, 10));
    assertEquals(2, ComponentCount.explaining(0.69).kept(variances, 10));
    assertEquals(3, ComponentCount.explaining(0.7).kept(variances, 10));
    assertEquals(4, ComponentCount.explaining(0.99).kept(variances, 10));
    assertEquals(1, ComponentCount.explaining(0.9).kept(new double[3], 0));
    DenseMatrix samples = correlated(10, 100, 0);
    Pca pca = Pca.fit(samples, PcaOptions.DEFAULT.withComponents(ComponentCount.explaining(0.8)));
    double[] ratios = Pca.fit(samples).explainedVarianceRatio();
    int k = pca.size();
    assertTrue(Arrays.stream(ratios, 0, k).sum() > 0.8);
    assertTrue(Arrays.stream(ratios, 0, k - 1).sum() <= 0.8);
    assertArrayEquals(Arrays.copyOf(ratios, k), pca.explainedVarianceRatio());
  }

  @Test
  void fit_constantFeature_hasNoVariance() {
    DenseMatrix samples = scaleFeatures(correlated(3, 50, 0), 1, 0, 1).plus(constant(50));
    for (Pca pca : new Pca[] {Pca.fit(samples), Pca.fit(accumulated(samples))}) {
      assertEquals(2, pca.rank());
      assertEquals(0, pca.explainedVariance()[2], 1e-16);
      assertArrayEquals(new double[] {0, 1, 0}, pca.components().column(2), 1e-15);
      assertClose(samples, pca.inverseTransform(pca.transform(samples)), 1e-14);
    }
  }

  /** 0.1 in the second of three features. */
  private static DenseMatrix constant(int n) {
    double[] x = new double[3 * n];
    for (int s = 0; s < n; s++) {
      x[1 + 3 * s] = 0.1;
    }
    return DenseMatrix.wrap(3, n, x);
  }

  @Test
  void fit_nothingVaries_hasNoNaN() {
    Pca pca = Pca.fit(constant(5));
    assertEquals(0, pca.rank());
    assertArrayEquals(new double[3], pca.explainedVarianceRatio());
    assertEquals(0, pca.transform(constant(2)).maxAbs());
  }

  /** What is asked for is done: no more components than vary. */
  @Test
  void whiten_moreComponentsThanVary_isRefusedWithTheNumber() {
    DenseMatrix samples = correlated(9, 5, 1);
    PcaOptions whiten = PcaOptions.DEFAULT.withWhiten(true);
    String message = "of 5 components 4 have any, as far as can be computed: ask for no more";
    refuse(IllegalArgumentException.class, message, () -> Pca.fit(samples, whiten));
    refuse(IllegalArgumentException.class, message, () -> Pca.fit(accumulated(samples), whiten));
    Pca pca = Pca.fit(samples, whiten.withComponents(4));
    assertIdentity(covariance(pca.transform(samples)), 1e-12);
  }

  @Test
  void fit_meanOfAHundredMillion_keepsItsDigits() {
    double[] expected = Pca.fit(correlated(5, 600, 0)).explainedVariance();
    DenseMatrix offset = correlated(5, 600, 1e8);
    for (Pca pca : new Pca[] {Pca.fit(offset), Pca.fit(accumulated(offset))}) {
      assertArrayEquals(expected, pca.explainedVariance(), 1e-8);
    }
    // The mean's own rounding is 5e-7; it is not in the centred samples.
    DenseMatrix far = correlated(5, 600, 0x1p32);
    assertArrayEquals(expected, Pca.fit(far).explainedVariance(), 1e-13);
  }

  /** The covariance has lost what the singular values still know. */
  @Test
  void fit_varianceOf1e24Beside1_hasDigitsFromSamplesAlone() {
    DenseMatrix samples = correlated(2, 300, 0);
    DenseMatrix graded = scaleFeatures(samples, 1, 0x1p-40);
    DenseMatrix shear = DenseMatrix.of(2, 2, 0.6, 0.8, -0.8, 0.6).times(graded);
    DenseMatrix covariance = covariance(samples);
    double determinant =
        covariance.get(0, 0) * covariance.get(1, 1) - Math.pow(covariance.get(0, 1), 2);
    double expected = determinant / covariance.get(0, 0) * 0x1p-80;
    assertEquals(expected, Pca.fit(shear).explainedVariance()[1], 0.01 * expected);
    assertFalse(
        Math.abs(Pca.fit(accumulated(shear)).explainedVariance()[1] - expected) < 0.5 * expected);
  }

  @Test
  void fit_weights_areAsManyEqualSamples() {
    DenseMatrix samples = correlated(4, 60, 2);
    CovarianceAccumulator weighted = new CovarianceAccumulator(4);
    CovarianceAccumulator repeated = new CovarianceAccumulator(4);
    for (int s = 0; s < 60; s++) {
      weighted.add(samples.column(s), 2);
      repeated.add(samples.column(s));
      repeated.add(samples.column(s));
    }
    Pca expected = Pca.fit(repeated);
    Pca actual = Pca.fit(weighted);
    assertArrayEquals(expected.singularValues(), actual.singularValues(), 1e-12);
    assertClose(expected.components(), actual.components(), 1e-12);
  }

  @Test
  void fit_threads_changeNoBit() {
    DenseMatrix samples = correlated(12, 1500, 2);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      PcaOptions parallel = PcaOptions.DEFAULT.withParallelism(Parallelism.of(pool));
      Pca expected = Pca.fit(samples);
      Pca actual = Pca.fit(samples, parallel);
      assertEquals(expected.components(), actual.components());
      assertArrayEquals(expected.explainedVariance(), actual.explainedVariance());
    }
  }

  @Test
  void fit_floatRows_areColumnsOfDoubles() {
    float[] rows = {1, 2, 3, 5, 4, -1};
    Pca pca = Pca.fit(DenseMatrix.of(2, 3, rows));
    assertEquals(Pca.fit(DenseMatrix.of(2, 3, 1.0, 2, 3, 5, 4, -1)).components(), pca.components());
  }

  @Test
  void read_savedModel_transformsToTheSameBits() throws IOException {
    DenseMatrix samples = correlated(6, 40, 1);
    Pca pca = Pca.fit(samples, first(3).withWhiten(true));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pca.save(bytes);
    bytes.write(77);
    ByteArrayInputStream source = new ByteArrayInputStream(bytes.toByteArray());
    Pca read = Pca.read(source);
    assertEquals(77, source.read());
    assertEquals(pca.transform(samples), read.transform(samples));
    assertEquals(
        pca.inverseTransform(pca.transform(samples)),
        read.inverseTransform(read.transform(samples)));
    assertArrayEquals(pca.singularValues(), read.singularValues());
    assertArrayEquals(pca.explainedVarianceRatio(), read.explainedVarianceRatio());
    assertEquals(pca.noiseVariance(), read.noiseVariance());
    assertEquals(pca.rank(), read.rank());
    assertTrue(read.whitens());
    assertGuarded(Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1), Pca::read);
  }

  @Test
  void badInput_isRefused() {
    DenseMatrix samples = correlated(4, 3, 0);
    Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
    refuse(illegal, "k must be ≥ 1, got 0", () -> ComponentCount.of(0));
    refuse(illegal, "less than 1, got 1.0", () -> ComponentCount.explaining(1));
    refuse(illegal, "k must be ≤ 3", () -> Pca.fit(samples, first(4)));
    refuse(illegal, "k must be ≤ 3", () -> Pca.fit(accumulated(samples), first(4)));
    refuse(illegal, "got 4×1", () -> Pca.fit(correlated(4, 1, 0)));
    refuse(illegal, "got 0×3", () -> Pca.fit(DenseMatrix.of(0, 3, new double[0])));
    DenseMatrix broken = DenseMatrix.of(2, 2, 1, 2, 3, Double.NaN);
    refuse(illegal, "got NaN at index 1 of column 1", () -> Pca.fit(broken));
    Pca pca = Pca.fit(samples, first(2));
    refuse(illegal, "samples must have 4 elements each, got a 2×2", () -> pca.transform(broken));
    refuse(illegal, "got NaN at index 1 of column 1", () -> pca.inverseTransform(broken));
    refuse(illegal, "got a 4×3 matrix", () -> pca.inverseTransform(samples));
    CovarianceAccumulator one = accumulated(correlated(4, 1, 0));
    refuse(IllegalStateException.class, "weight greater than 1", () -> Pca.fit(one));
  }

  /** The message advises to scale, which helps. */
  @Test
  void fit_overflow_isAnErrorThatScalingMends() {
    String advice = "scale the samples down by a power of two";
    for (double size : new double[] {1e200, 1.5e308}) {
      DenseMatrix large = DenseMatrix.of(1, 2, size, -size);
      refuse(ArithmeticException.class, advice, () -> Pca.fit(large));
      assertTrue(Pca.fit(large.times(0x1p-600)).totalVariance() > 0);
    }
    Pca pca = Pca.fit(DenseMatrix.of(1, 2, 1, -1));
    DenseMatrix far = DenseMatrix.of(1, 1, Double.MAX_VALUE);
    assertEquals(far, pca.inverseTransform(pca.transform(far)));
    Pca offset = Pca.fit(DenseMatrix.of(1, 2, 1e308, 1e308));
    refuse(ArithmeticException.class, advice, () -> offset.transform(far.times(-1)));
  }
}
