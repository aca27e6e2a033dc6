package eigengrad.grad.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.layers.WhiteningBatches.correlated;
import static eigengrad.grad.layers.WhiteningBatches.covariance;
import static eigengrad.grad.layers.WhiteningBatches.requireGradient;
import static eigengrad.grad.layers.WhiteningBatches.requireSumsToZero;
import static eigengrad.grad.layers.WhiteningBatches.rows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.layers.WhiteningSettings.RunningStatistic;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whitening of every shape and under every setting, by batch and by frozen statistics. */
class WhiteningCasesTest {
  private static final double EPSILON = 1e-2;

  private static WhiteningSettings settings(int channels, int groupSize) {
    return WhiteningSettings.of(channels, groupSize).withEpsilon(EPSILON);
  }

  private static LayerPass forward(WhiteningSettings settings, DenseMatrix x) {
    return new ZcaWhitening(settings).forward(x);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 1, 9",
    "3, 2, 12",
    "5, 3, 4",
    "6, 6, 2",
    "8, 8, 8",
    "10, 4, 40",
    "17, 2, 30",
    "20, 20, 5",
    "35, 4, 60",
    "41, 5, 21",
    "40, 17, 90"
  })
  void forward_anyShape_whitensEachGroupAndHasItsGradient(int channels, int d, int samples) {
    DenseMatrix x = correlated(channels, samples, 1, 3);
    for (boolean unbiased : new boolean[] {false, true}) {
      if (unbiased && samples == 1) {
        continue;
      }
      WhiteningSettings settings = settings(channels, d).withUnbiased(unbiased);
      LayerPass pass = forward(settings, x);
      double divisor = unbiased ? samples - 1 : samples;
      for (int from = 0; from < channels; from += d) {
        int size = Math.min(d, channels - from);
        double[] before = SymmetricEigen.values(covariance(rows(x, from, size), divisor));
        double[] after =
            SymmetricEigen.values(covariance(rows(pass.output(), from, size), divisor));
        for (int j = 0; j < size; j++) {
          assertEquals(before[j] / (before[j] + EPSILON), after[j], 1e-10);
        }
      }
      requireGradient(z -> forward(settings, z), x, 1e-4);
      requireSumsToZero(pass.backward(gaussian(channels, samples, 4)).input());
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 3", "10, 4", "35, 4", "33, 32", "17, 2"})
  void layer_unevenLastGroup_whitensEachAsIfAlone(int channels, int d) {
    DenseMatrix x = correlated(channels, 50, 1, 5);
    DenseMatrix dy = gaussian(channels, 50, 6);
    ZcaWhitening whole = new ZcaWhitening(settings(channels, d));
    LayerPass pass = whole.forward(x);
    DenseMatrix gradient = pass.backward(dy).input();
    DenseMatrix inferred = whole.infer(x);
    for (int from = 0; from < channels; from += d) {
      int size = Math.min(d, channels - from);
      ZcaWhitening alone = new ZcaWhitening(settings(size, size));
      LayerPass expected = alone.forward(rows(x, from, size));
      requireNear(expected.output(), rows(pass.output(), from, size));
      requireNear(expected.backward(rows(dy, from, size)).input(), rows(gradient, from, size));
      requireNear(alone.infer(rows(x, from, size)), rows(inferred, from, size));
    }
  }

  private static void requireNear(DenseMatrix expected, DenseMatrix actual) {
    assertTrue(relativeDifference(expected, actual) <= 1e-12);
  }

  @Test
  void forward_singleSample_isTheBiasAndHasNoGradient() {
    ZcaWhitening layer = new ZcaWhitening(settings(5, 2));
    layer.bias()[3] = 0.25;
    LayerPass pass = layer.forward(gaussian(5, 1, 7).times(1e3));
    assertArrayEquals(new double[] {0, 0, 0, 0.25, 0}, pass.output().columnMajor());
    assertEquals(0, pass.backward(gaussian(5, 1, 8)).input().maxAbs());
    assertTrue(Double.isFinite(layer.infer(gaussian(5, 3, 9)).maxAbs()));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void forward_constantChannels_comeOutAsZeroAndTheOthersWhite(int d) {
    double[] x = correlated(5, 30, 1, 10).toArray();
    for (int s = 0; s < 30; s++) {
      x[1 + 5 * s] = 0.1;
      x[4 + 5 * s] = -1e3 / 3;
    }
    DenseMatrix features = DenseMatrix.wrap(5, 30, x);
    LayerPass pass = forward(settings(5, d), features);
    assertEquals(0, rows(pass.output(), 1, 1).maxAbs(), 1e-10);
    assertEquals(0, rows(pass.output(), 4, 1).maxAbs(), 1e-10);
    double[] values = SymmetricEigen.values(covariance(rows(pass.output(), 2, 2), 30));
    assertTrue(values[0] > 0.5 && values[1] < 1, () -> values[0] + ", " + values[1]);
    requireGradient(z -> forward(settings(5, d), z), features, 1e-4);
    requireSumsToZero(pass.backward(gaussian(5, 30, 11)).input());
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "false, false"})
  void layer_withoutParameters_isThatWithWeightOneAndBiasZero(boolean weight, boolean bias) {
    DenseMatrix x = correlated(4, 20, 1, 12);
    DenseMatrix dy = gaussian(4, 20, 13);
    ZcaWhitening both = new ZcaWhitening(settings(4, 2));
    ZcaWhitening layer = new ZcaWhitening(settings(4, 2).withWeight(weight).withBias(bias));
    assertEquals(weight ? 4 : 0, layer.weight().length);
    assertEquals(bias ? 4 : 0, layer.bias().length);
    LayerPass expected = both.forward(x);
    LayerPass pass = layer.forward(x);
    assertArrayEquals(expected.output().columnMajor(), pass.output().columnMajor());
    LayerGradient back = pass.backward(dy);
    LayerGradient expectedBack = expected.backward(dy);
    assertEquals(expectedBack.input(), back.input());
    assertArrayEquals(weight ? expectedBack.weight() : new double[0], back.weight());
    assertArrayEquals(bias ? expectedBack.bias() : new double[0], back.bias());
    assertArrayEquals(both.infer(x).columnMajor(), layer.infer(x).columnMajor());
  }

  @Test
  void forwardWithoutUpdate_anyBatch_isForwardAndLeavesTheAverages() {
    DenseMatrix x = correlated(6, 25, 1, 14);
    DenseMatrix dy = gaussian(6, 25, 15);
    for (RunningStatistic statistic : RunningStatistic.values()) {
      ZcaWhitening layer = new ZcaWhitening(settings(6, 4).withRunningStatistic(statistic));
      layer.forward(correlated(6, 25, 2, 16));
      DenseMatrix before = layer.infer(x);
      LayerPass pass = layer.forwardWithoutUpdate(x);
      assertEquals(before, layer.infer(x));
      LayerPass updating = layer.forward(x);
      assertEquals(updating.output(), pass.output());
      assertEquals(updating.backward(dy), pass.backward(dy));
      assertNotEquals(before, layer.infer(x));
    }
  }

  @Test
  void forwardFrozen_trainedLayer_isInferenceWithItsGradient() {
    for (RunningStatistic statistic : RunningStatistic.values()) {
      ZcaWhitening layer = new ZcaWhitening(settings(7, 3).withRunningStatistic(statistic));
      layer.forward(correlated(7, 25, 1, 17));
      layer.forward(correlated(7, 25, 2, 18));
      for (int c = 0; c < 7; c++) {
        layer.weight()[c] = 0.5 + c;
        layer.bias()[c] = c - 2;
      }
      DenseMatrix x = correlated(7, 4, 3, 19);
      DenseMatrix dy = gaussian(7, 4, 20);
      LayerPass pass = layer.forwardFrozen(x);
      assertEquals(layer.infer(x), pass.output());
      requireGradient(layer::forwardFrozen, x, 1);
      LayerGradient gradient = pass.backward(dy);
      double base = inner(pass.output(), dy);
      for (int c = 0; c < 7; c++) {
        layer.weight()[c] += 1;
        assertEquals(inner(layer.infer(x), dy) - base, gradient.weight()[c], 1e-9);
        layer.weight()[c] -= 1;
        layer.bias()[c] += 1;
        assertEquals(inner(layer.infer(x), dy) - base, gradient.bias()[c], 1e-9);
        layer.bias()[c] -= 1;
      }
    }
  }

  @Test
  void backward_afterFurtherTraining_isThatOfThePass() {
    ZcaWhitening layer = new ZcaWhitening(settings(4, 2));
    DenseMatrix x = correlated(4, 20, 1, 21);
    DenseMatrix dy = gaussian(4, 20, 22);
    layer.forward(x);
    LayerPass batch = layer.forwardWithoutUpdate(x);
    LayerPass frozen = layer.forwardFrozen(x);
    LayerGradient ofBatch = batch.backward(dy);
    LayerGradient ofFrozen = frozen.backward(dy);
    layer.weight()[0] = 9;
    layer.forward(correlated(4, 20, 5, 23));
    assertEquals(ofBatch, batch.backward(dy));
    assertEquals(ofFrozen, frozen.backward(dy));
  }

  @Test
  void layer_activationsOfSinglePrecision_enterAndLeave() {
    Nchw shape = new Nchw(3, 4, 5, 2);
    float[] activations = shape.toFloats(correlated(4, 30, 1, 24));
    ZcaWhitening layer = new ZcaWhitening(settings(4, 4));
    LayerPass pass = layer.forward(shape.features(activations));
    float[] output = shape.toFloats(pass.output());
    DenseMatrix again = shape.features(output);
    assertTrue(relativeDifference(pass.output(), again) <= 1e-7);
    assertTrue(again.maxAbs() > 1);
  }

  /** Of these channels the sum has variance 4a², the difference 4b²: x becomes x/√(x² + ε). */
  @ParameterizedTest
  @CsvSource({"1.8125, 0.9375", "2, 2", "3, 0.001", "40, 0.25"})
  void forward_activationsOfSinglePrecision_areTheRoundedOnesOfTheExactLayer(float a, float b) {
    Nchw shape = new Nchw(1, 2, 2, 2);
    float[] x = {a, b, -b, -a, a, -b, b, -a};
    float[] y = shape.toFloats(forward(settings(2, 2), shape.features(x)).output());
    for (int i = 0; i < x.length; i++) {
      assertEquals((float) (x[i] / Math.hypot(x[i], Math.sqrt(EPSILON))), y[i]);
    }
  }

  @Test
  void settings_outOfRange_areRefusedByName() {
    WhiteningSettings sound = WhiteningSettings.of(6, 4);
    assertRefused("channels must be ≥ 1, got 0", () -> WhiteningSettings.of(0, 1));
    assertRefused("number of channels, 6, got 7", () -> WhiteningSettings.of(6, 7));
    assertRefused("groupSize must be between 1", () -> WhiteningSettings.ofPaper(6, 0));
    assertRefused("epsilon must be positive", () -> sound.withEpsilon(0));
    assertRefused("got Infinity", () -> sound.withEpsilon(Double.POSITIVE_INFINITY));
    assertRefused("got NaN", () -> sound.withEpsilon(Double.NaN));
    assertRefused("momentum must be in (0, 1], got 0.0", () -> Averaging.exponential(0));
    assertRefused("got 1.5", () -> new Averaging.Exponential(1.5, false));
    assertRefused("got NaN", () -> Averaging.exponential(Double.NaN));
  }

  @Test
  void with_eachSetting_changesItAlone() {
    WhiteningSettings expected =
        new WhiteningSettings(
            6, 4, 0.5, Averaging.cumulative(), RunningStatistic.WHITENING, true, false, false);
    WhiteningSettings actual =
        WhiteningSettings.of(6, 4)
            .withEpsilon(0.5)
            .withAveraging(Averaging.cumulative())
            .withRunningStatistic(RunningStatistic.WHITENING)
            .withUnbiased(true)
            .withWeight(false)
            .withBias(false);
    assertEquals(expected, actual);
    assertEquals(actual, new ZcaWhitening(actual).settings());
  }

  @Test
  void anyCall_badFeatures_isRefusedByName() {
    ZcaWhitening layer = new ZcaWhitening(settings(6, 4).withUnbiased(true));
    DenseMatrix empty = DenseMatrix.wrap(6, 0, new double[0]);
    DenseMatrix single = gaussian(6, 1, 25);
    assertRefused("at least one column", () -> layer.forwardWithoutUpdate(empty));
    assertRefused("at least one column", () -> layer.forwardFrozen(empty));
    assertRefused("features must be 6×3", () -> layer.forwardWithoutUpdate(gaussian(5, 3, 1)));
    assertRefused("features must be 6×3", () -> layer.forwardFrozen(gaussian(7, 3, 1)));
    assertRefused("at least two columns, got 1", () -> layer.forward(single));
    assertRefused("at least two columns, got 1", () -> layer.forwardWithoutUpdate(single));
    assertEquals(1, layer.forwardFrozen(single).output().columns());
  }
}
