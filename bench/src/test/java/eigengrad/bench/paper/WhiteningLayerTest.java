package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.layers.Averaging;
import eigengrad.grad.layers.LayerGradient;
import eigengrad.grad.layers.LayerPass;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.WhiteningSettings.RunningStatistic;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WhiteningLayerTest {
  private static final int CHANNELS = 8;
  private static final int GROUP = 4;
  private static final int SAMPLES = 40;
  private static final long SEED = 3;
  private static final ImageSets IMAGES = TextureImages.generate(1, 32, 16);

  static Stream<Arguments> methodsAndPrecisions() {
    return Stream.of(Method.values())
        .flatMap(m -> Stream.of(Precision.values()).map(p -> Arguments.of(m, p)));
  }

  /** The constants stand here a second time: to change one takes a change of both. */
  private static ZcaWhitening library(Method method, Precision precision) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    DifferentiableEigen eigen =
        switch (method) {
          case SVD -> DifferentiableEigen.analytic(precision);
          case PI -> DifferentiableEigen.deflatedPowerIteration(19, random, precision);
          case OURS -> DifferentiableEigen.hybrid(19, precision);
        };
    return new ZcaWhitening(
        new WhiteningSettings(
            CHANNELS,
            GROUP,
            1e-4,
            new Averaging.Exponential(0.1, false),
            RunningStatistic.WHITENING,
            false,
            true,
            true),
        new EigenInverseSquareRoot(eigen, Retention.ENERGY));
  }

  /** In each group the last two channels are equal, so that not every eigenvector is kept. */
  private static double[] features(long seed) {
    double[] x = CentralDifferences.randomArray(CHANNELS * SAMPLES, seed);
    for (int at = 0; at < x.length; at += GROUP) {
      x[at + GROUP - 1] = x[at + GROUP - 2];
    }
    return x;
  }

  private static DenseMatrix matrix(double[] values) {
    return DenseMatrix.of(CHANNELS, SAMPLES, values);
  }

  @ParameterizedTest
  @MethodSource("methodsAndPrecisions")
  void layer_anyMethod_isTheLibrarysWithTheAuthorsConstants(Method method, Precision precision) {
    RunSettings settings =
        new RunSettings(method, GROUP, SEED, 1, 1, 0.1, precision, Retention.ENERGY);
    WhiteningLayer layer = new WhiteningLayer(CHANNELS, settings);
    ZcaWhitening expected = library(method, precision);
    for (long batch = 1; batch <= 2; batch++) {
      double[] x = features(batch);
      double[] dy = CentralDifferences.randomArray(x.length, 10 + batch);
      LayerPass expectedPass = expected.forward(matrix(x));
      Normalization.Pass pass = layer.forward(x, CHANNELS, SAMPLES);
      assertArrayEquals(expectedPass.output().toArray(), pass.output());

      LayerGradient expectedGradient = expectedPass.backward(matrix(dy));
      Normalization.Gradient gradient = pass.backward(dy);
      assertArrayEquals(expectedGradient.input().toArray(), gradient.input());
      assertEquals(2, gradient.parameters().size());
      assertArrayEquals(expectedGradient.weight(), gradient.parameters().get(0));
      assertArrayEquals(expectedGradient.bias(), gradient.parameters().get(1));
    }
    double[] x = features(5);
    assertArrayEquals(
        expected.infer(matrix(x)).toArray(), layer.infer(x, CHANNELS, SAMPLES), "momentum");
  }

  @Test
  void infer_arrayWithRoomToSpare_readsWhatIsFeatures() {
    RunSettings settings = settings(Method.OURS, GROUP, Precision.FLOAT64, Retention.ENERGY, 1);
    WhiteningLayer layer = new WhiteningLayer(CHANNELS, settings);
    double[] x = features(1);
    double[] padded = Arrays.copyOf(x, x.length + 7);
    padded[x.length] = Double.NaN;
    assertArrayEquals(layer.infer(x, CHANNELS, SAMPLES), layer.infer(padded, CHANNELS, SAMPLES));
  }

  @ParameterizedTest
  @MethodSource("methodsAndPrecisions")
  void train_anyMethod_hasFiniteLosses(Method method, Precision precision) throws Exception {
    RunResult result = train(settings(method, 4, precision, Retention.ENERGY, 0.2));
    assertNull(result.failure());
    assertEquals(2, result.losses().length);
    assertTrue(Arrays.stream(result.losses()).allMatch(Double::isFinite));
    assertTrue(result.errorPercent() >= 0 && result.errorPercent() <= 100);
  }

  /** Rows of a Hadamard matrix: their covariance is I exactly, so that all eigenvalues tie. */
  @Test
  void backward_tiedEigenvaluesAnalytically_isNotFinite() {
    double[] x = new double[4 * 8];
    for (int i = 0; i < x.length; i++) {
      x[i] = Integer.bitCount(i / 4 & (i % 4 + 1)) % 2 == 0 ? 1 : -1;
    }
    double[] dy = CentralDifferences.randomArray(x.length, 4);
    for (Method method : Method.values()) {
      RunSettings settings = settings(method, 4, Precision.FLOAT64, Retention.ALL, 0.2);
      Normalization.Pass pass = new WhiteningLayer(4, settings).forward(x, 4, 8);
      if (method == Method.SVD) {
        NotFiniteException failure =
            assertThrows(NotFiniteException.class, () -> pass.backward(dy));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("whitening: "));
      } else {
        assertTrue(Arrays.stream(pass.backward(dy).input()).allMatch(Double::isFinite));
      }
    }
  }

  @Test
  void train_featuresOverflow_isAFailedRun() throws Exception {
    RunResult result =
        train(settings(Method.OURS, 4, Precision.FLOAT64, Retention.ENERGY, Double.MAX_VALUE));
    assertTrue(String.valueOf(result.failure()).startsWith("step 2: "), result::failure);
  }

  private static RunSettings settings(
      Method method, int groupSize, Precision precision, Retention retention, double rate) {
    return new RunSettings(method, groupSize, SEED, 2, 8, rate, precision, retention);
  }

  private static RunResult train(RunSettings settings) throws InterruptedException {
    return new Training(IMAGES, WhiteningLayer::new).train(settings, () -> {});
  }
}
