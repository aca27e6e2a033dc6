package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.truth.PublishedFormula;
import eigengrad.grad.layers.Averaging;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.DenoisingSettings;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.LayerGradient;
import eigengrad.grad.layers.LayerPass;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.grad.layers.PcaDenoising;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.grad.paper.EigenProjector;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LayersTest {
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
  private static DifferentiableEigen eigen(Method method, Precision precision) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    return switch (method) {
      case SVD -> DifferentiableEigen.analytic(precision);
      case PI -> DifferentiableEigen.deflatedPowerIteration(19, random, precision);
      case OURS -> DifferentiableEigen.hybrid(19, precision);
      case PUBLISHED -> new PublishedFormula(PublishedFormula.Form.SYMMETRIC, precision);
      case PUBLISHED_SVD -> new PublishedFormula(PublishedFormula.Form.SINGULAR, precision);
      case EXACT -> throw new AssertionError();
    };
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
  void create_whitening_isTheLibrarysWithTheAuthorsConstants(Method method, Precision precision) {
    Route route = new Route(method, 19, precision);
    InverseSquareRoot root =
        method == Method.EXACT
            ? InverseSquareRoot.exact()
            : new EigenInverseSquareRoot(eigen(method, precision), Retention.ENERGY);
    ZcaWhitening expected = new ZcaWhitening(WhiteningSettings.of(CHANNELS, GROUP), root);
    assertSame(new Layer.Zca(route, GROUP, Retention.ENERGY), expected::forward, expected::infer);
    assertEquals(1e-4, expected.settings().epsilon());
    assertEquals(new Averaging.Exponential(0.1, true), expected.settings().averaging());
  }

  @ParameterizedTest
  @MethodSource("methodsAndPrecisions")
  void create_denoising_isTheLibrarysWithTheAuthorsConstants(Method method, Precision precision) {
    Route route = new Route(method, 19, precision);
    ComponentCount kept = ComponentCount.fixed(3);
    LeadingProjector projector =
        method == Method.EXACT
            ? LeadingProjector.exact()
            : new EigenProjector(eigen(method, precision));
    PcaDenoising expected =
        new PcaDenoising(DenoisingSettings.of(CHANNELS, kept).withEpsilon(1e-4), projector);
    assertSame(new Layer.Pca(route, kept), expected::forward, expected::infer);
  }

  private static void assertSame(
      Layer layer, Function<DenseMatrix, LayerPass> forward, UnaryOperator<DenseMatrix> infer) {
    Normalization actual = Layers.create(CHANNELS, new RunSettings(layer, SEED, Runs.SCHEDULE));
    for (long batch = 1; batch <= 2; batch++) {
      double[] x = features(batch);
      double[] dy = CentralDifferences.randomArray(x.length, 10 + batch);
      LayerPass expectedPass = forward.apply(matrix(x));
      Normalization.Pass pass = actual.forward(x, CHANNELS, SAMPLES);
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
        infer.apply(matrix(x)).toArray(), actual.infer(x, CHANNELS, SAMPLES), "running averages");
  }

  /** Whitening of single channels against batch normalisation written out. */
  @Test
  void create_batchNorm_isBatchNormalisation() {
    RunSettings run = new RunSettings(new Layer.BatchNorm(), SEED, Runs.SCHEDULE);
    Normalization actual = Layers.create(CHANNELS, run);
    BatchNormalization expected = new BatchNormalization(CHANNELS, 1e-4);
    for (Normalization layer : new Normalization[] {actual, expected}) {
      layer.parameters().get(0).values()[2] = 0.5;
      layer.parameters().get(1).values()[3] = -2;
    }
    for (long batch = 1; batch <= 2; batch++) {
      double[] x = features(batch);
      double[] dy = CentralDifferences.randomArray(x.length, 10 + batch);
      Normalization.Pass expectedPass = expected.forward(x, CHANNELS, SAMPLES);
      Normalization.Pass pass = actual.forward(x, CHANNELS, SAMPLES);
      assertArrayEquals(expectedPass.output(), pass.output(), 1e-12);
      Normalization.Gradient expectedGradient = expectedPass.backward(dy);
      Normalization.Gradient gradient = pass.backward(dy);
      assertArrayEquals(expectedGradient.input(), gradient.input(), 1e-12);
      for (int p = 0; p < 2; p++) {
        assertArrayEquals(
            expectedGradient.parameters().get(p), gradient.parameters().get(p), 1e-12);
      }
    }
  }

  @Test
  void infer_arrayWithRoomToSpare_readsWhatIsFeatures() {
    Normalization layer = Layers.create(CHANNELS, Runs.run(Method.OURS, GROUP, SEED));
    double[] x = features(1);
    double[] padded = Arrays.copyOf(x, x.length + 7);
    padded[x.length] = Double.NaN;
    assertArrayEquals(layer.infer(x, CHANNELS, SAMPLES), layer.infer(padded, CHANNELS, SAMPLES));
  }

  @ParameterizedTest
  @MethodSource("methodsAndPrecisions")
  void train_anyLayer_hasFiniteLosses(Method method, Precision precision) throws Exception {
    Route route = new Route(method, 19, precision);
    for (Layer layer :
        new Layer[] {
          new Layer.BatchNorm(),
          new Layer.Zca(route, 4, Retention.ENERGY),
          new Layer.Pca(route, ComponentCount.energy(0.9))
        }) {
      RunResult result = train(layer, 0.2);
      assertNull(result.failure(), layer::text);
      assertEquals(2, result.losses().steps());
      assertTrue(result.errorPercent() >= 0 && result.errorPercent() <= 100);
    }
  }

  /** Rows of a Hadamard matrix: their covariance is I exactly, so that all eigenvalues tie. */
  @ParameterizedTest
  @EnumSource
  void backward_tiedEigenvalues_isNotFiniteWhereGapsDivide(Method method) {
    double[] x = new double[4 * 8];
    for (int i = 0; i < x.length; i++) {
      x[i] = Integer.bitCount(i / 4 & (i % 4 + 1)) % 2 == 0 ? 1 : -1;
    }
    double[] dy = CentralDifferences.randomArray(x.length, 4);
    Layer layer = new Layer.Zca(Runs.route(method), 4, Retention.ALL);
    Normalization.Pass pass =
        Layers.create(4, new RunSettings(layer, SEED, Runs.SCHEDULE)).forward(x, 4, 8);
    boolean divides =
        method == Method.SVD || method == Method.PUBLISHED || method == Method.PUBLISHED_SVD;
    if (divides) {
      NotFiniteException failure = assertThrows(NotFiniteException.class, () -> pass.backward(dy));
      assertTrue(String.valueOf(failure.getMessage()).startsWith("whitening: "));
    } else {
      assertTrue(Arrays.stream(pass.backward(dy).input()).allMatch(Double::isFinite));
    }
  }

  @Test
  void train_featuresOverflow_isAFailedRun() throws Exception {
    RunResult result = train(Runs.zca(Method.OURS, 4), Double.MAX_VALUE);
    assertTrue(String.valueOf(result.failure()).startsWith("step 2: "), result::failure);
  }

  private static RunResult train(Layer layer, double rate) throws InterruptedException {
    RunSettings run = new RunSettings(layer, SEED, new Schedule(2, 8, rate));
    return new Training(IMAGES, Layers::create).train(run, () -> {});
  }
}
