package eigengrad.grad.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.relativeDifference;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the layer makes of a batch; its gradients and averages have tests of their own. */
class PcaDenoisingTest {
  private static final int CHANNELS = 6;
  private static final int SAMPLES = 40;
  private static final double EPSILON = 1e-5;

  private static PcaDenoising layer(int k) {
    return new PcaDenoising(DenoisingSettings.of(CHANNELS, ComponentCount.fixed(k)));
  }

  /** X̂ less its part along each dropped eigenvector. */
  private static DenseMatrix withoutSmallest(DenseMatrix standardised, int dropped) {
    Eigendecomposition eigen = SymmetricEigen.decompose(Standardised.correlation(standardised));
    DenseMatrix rest = standardised;
    for (int j = 0; j < dropped; j++) {
      DenseMatrix w = DenseMatrix.wrap(eigen.order(), 1, eigen.vectors().column(j));
      rest = rest.minus(w.times(w.transpose().times(standardised)));
    }
    return rest;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void forward_someComponents_dropsTheOthersFromTheStandardisedFeatures(int k) {
    DenseMatrix x = Standardised.features(CHANNELS, SAMPLES, 1);
    DenseMatrix expected = withoutSmallest(Standardised.of(x, EPSILON), CHANNELS - k);
    DenseMatrix actual = layer(k).forward(x).output();
    assertTrue(relativeDifference(expected, actual) <= 1e-12);
  }

  /** No other matrix of rank k is as close: what is missing is the sum of the dropped values. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void forward_someComponents_isTheNearestMatrixOfTheirRank(int k) {
    DenseMatrix x = Standardised.features(CHANNELS, SAMPLES, 2);
    DenseMatrix standardised = Standardised.of(x, EPSILON);
    DenseMatrix y = layer(k).forward(x).output();
    double[] before = SymmetricEigen.values(Standardised.correlation(standardised));
    double[] after = SymmetricEigen.values(Standardised.correlation(y));
    double missing = 0;
    for (int j = 0; j < CHANNELS; j++) {
      boolean dropped = j < CHANNELS - k;
      missing += dropped ? before[j] : 0;
      assertEquals(dropped ? 0 : before[j], after[j], 1e-12);
    }
    double distance = standardised.minus(y).frobeniusNorm();
    assertEquals(missing, distance * distance / SAMPLES, 1e-12);
  }

  @Test
  void forward_allComponents_isTheStandardisedFeatures() {
    for (int channels : new int[] {1, 2, 5, 17, 33}) {
      DenseMatrix x = Standardised.features(channels, 50, channels);
      PcaDenoising layer =
          new PcaDenoising(DenoisingSettings.of(channels, ComponentCount.fixed(channels)));
      DenseMatrix y = layer.forward(x).output();
      assertTrue(relativeDifference(Standardised.of(x, EPSILON), y) <= 1e-12);
    }
  }

  @Test
  void forward_weightAndBias_scaleAndShiftEveryChannel() {
    DenseMatrix x = Standardised.features(CHANNELS, SAMPLES, 3);
    PcaDenoising plain = layer(2);
    PcaDenoising scaled = layer(2);
    for (int c = 0; c < CHANNELS; c++) {
      scaled.weight()[c] = 0.5 + c;
      scaled.bias()[c] = c - 2;
    }
    DenseMatrix z = plain.forward(x).output();
    DenseMatrix y = scaled.forward(x).output();
    for (int c = 0; c < CHANNELS; c++) {
      assertEquals((0.5 + c) * z.get(c, 7) + c - 2, y.get(c, 7), 1e-14);
    }
  }

  @Test
  void forward_neitherWeightNorBias_hasNoParameters() {
    DenoisingSettings settings =
        DenoisingSettings.of(CHANNELS, ComponentCount.fixed(2)).withWeight(false).withBias(false);
    PcaDenoising layer = new PcaDenoising(settings);
    DenseMatrix x = Standardised.features(CHANNELS, SAMPLES, 3);
    LayerPass pass = layer.forward(x);
    assertEquals(layer(2).forward(x).output(), pass.output());
    assertArrayEquals(new double[0], layer.weight());
    assertArrayEquals(new double[0], layer.bias());
    LayerGradient gradient = pass.backward(gaussian(CHANNELS, SAMPLES, 4));
    assertEquals(0, gradient.weight().length + gradient.bias().length);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6, 0.9, 0.99, 1})
  void forward_energy_keepsTheFewestThatHoldIt(double fraction) {
    DenseMatrix x = Standardised.features(CHANNELS, SAMPLES, 5);
    double[] values = SymmetricEigen.values(Standardised.correlation(Standardised.of(x, EPSILON)));
    double trace = Arrays.stream(values).sum();
    int k = 0;
    double sum = 0;
    while (k < CHANNELS && sum < fraction * trace * (1 - 1e-14)) {
      k++;
      sum += values[CHANNELS - k];
    }
    PcaDenoising layer =
        new PcaDenoising(DenoisingSettings.of(CHANNELS, ComponentCount.energy(fraction)));
    assertEquals(layer(k).forward(x).output(), layer.forward(x).output());
    assertEquals(k, layer.components());
  }

  @Test
  void forward_fewerSamplesThanChannels_keepsAllThatVaries() {
    for (int samples : new int[] {2, 3, 4, 6}) {
      DenseMatrix x = Standardised.features(CHANNELS, samples, 6);
      DenseMatrix standardised = Standardised.of(x, EPSILON);
      for (int k = samples - 1; k <= CHANNELS; k++) {
        DenseMatrix y = layer(k).forward(x).output();
        assertTrue(relativeDifference(standardised, y) <= 1e-12);
      }
      PcaDenoising all = new PcaDenoising(DenoisingSettings.of(CHANNELS, ComponentCount.energy(1)));
      assertTrue(relativeDifference(standardised, all.forward(x).output()) <= 1e-12);
      assertEquals(Math.min(samples - 1, CHANNELS), all.components());
    }
  }

  @Test
  void forward_singleSample_isZero() {
    DenseMatrix y = layer(3).forward(gaussian(CHANNELS, 1, 7)).output();
    assertEquals(0, y.maxAbs());
  }

  @Test
  void forward_constantChannels_areZeroAndLeaveTheOthersAlone() {
    double[] x = Standardised.features(CHANNELS, SAMPLES, 8).toArray();
    double[] others = new double[4 * SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      x[s * CHANNELS + 4] = 0.1;
      x[s * CHANNELS + 5] = -1e6 / 3;
      System.arraycopy(x, s * CHANNELS, others, s * 4, 4);
    }
    for (int k = 1; k <= CHANNELS; k++) {
      DenseMatrix y = layer(k).forward(DenseMatrix.wrap(CHANNELS, SAMPLES, x)).output();
      PcaDenoising alone =
          new PcaDenoising(DenoisingSettings.of(4, ComponentCount.fixed(Math.min(k, 4))));
      DenseMatrix expected = alone.forward(DenseMatrix.wrap(4, SAMPLES, others)).output();
      for (int s = 0; s < SAMPLES; s++) {
        for (int c = 0; c < CHANNELS; c++) {
          assertEquals(c < 4 ? expected.get(c, s) : 0, y.get(c, s), 1e-6);
        }
      }
    }
  }

  @Test
  void forward_allChannelsConstant_isZero() {
    double[] x = new double[CHANNELS * 5];
    Arrays.fill(x, 7);
    DenseMatrix constant = DenseMatrix.wrap(CHANNELS, 5, x);
    for (ComponentCount count :
        List.of(ComponentCount.fixed(3), ComponentCount.energy(0.9), ComponentCount.energy(1))) {
      LayerPass pass = new PcaDenoising(DenoisingSettings.of(CHANNELS, count)).forward(constant);
      assertEquals(0, pass.output().maxAbs());
      double size = pass.backward(gaussian(CHANNELS, 5, 9)).input().maxAbs();
      assertTrue(size <= Double.MAX_VALUE);
    }
  }

  /**
   * Two channels: of their sums of squares the larger is kept, and both have variance (a² + b²)/2.
   */
  @ParameterizedTest
  @CsvSource({"1.8125, 0.9375", "3, 0.001", "40, 0.25"})
  void forward_activationsOfSinglePrecision_areTheRoundedOnesOfTheExactLayer(float a, float b) {
    Nchw shape = new Nchw(1, 2, 2, 2);
    float[] x = {a, b, -b, -a, a, -b, b, -a};
    PcaDenoising layer = new PcaDenoising(DenoisingSettings.of(2, ComponentCount.fixed(1)));
    float[] y = shape.toFloats(layer.forward(shape.features(x)).output());
    double variance = ((double) a * a + (double) b * b) / 2;
    float kept = (float) (a / Math.sqrt(variance + EPSILON));
    float[] expected = {kept, 0, 0, -kept, kept, 0, 0, -kept};
    for (int i = 0; i < x.length; i++) {
      assertEquals(expected[i], y[i], expected[i] == 0 ? 1e-15f : 0);
    }
  }

  /** Activations of two images of 2×3 pixels, in single precision. */
  @Test
  void forward_floatsInNchwOrder_areThoseOfTheDoubles() {
    Nchw shape = new Nchw(2, 4, 2, 3);
    float[] activations = new float[48];
    double[] wide = new double[48];
    DenseMatrix random = gaussian(48, 1, 10);
    for (int i = 0; i < 48; i++) {
      activations[i] = (float) random.get(i, 0);
      wide[i] = activations[i];
    }
    PcaDenoising layer = new PcaDenoising(DenoisingSettings.of(4, ComponentCount.fixed(2)));
    float[] output = shape.toFloats(layer.forward(shape.features(activations)).output());
    DenseMatrix y = layer.forward(shape.features(wide)).output();
    // Channel 2 of pixel (1, 0) of image 1.
    assertEquals((float) y.get(2, (1 * 2 + 1) * 3), output[((1 * 4 + 2) * 2 + 1) * 3]);
    for (int c = 0; c < 4; c++) {
      assertEquals(0, Standardised.mean(y, c), 1e-14);
    }
  }

  @Test
  void forward_overflow_isReported() {
    PcaDenoising layer = layer(2);
    DenseMatrix far = Standardised.features(CHANNELS, SAMPLES, 11).times(1e200);
    assertThrows(NonFiniteException.class, () -> layer.forward(far));
    layer.weight()[1] = Double.MAX_VALUE;
    DenseMatrix x = Standardised.features(CHANNELS, SAMPLES, 12);
    assertThrows(NonFiniteException.class, () -> layer.forward(x));
    layer.weight()[1] = Double.NaN;
    assertThrows(NonFiniteException.class, () -> layer.infer(x));
  }

  @Test
  void anything_badArguments_areRefusedByName() {
    ComponentCount two = ComponentCount.fixed(2);
    assertRefused("channels must be ≥ 1, got 0", () -> DenoisingSettings.of(0, two));
    assertRefused("at most the 1 channels, got 2", () -> DenoisingSettings.of(1, two));
    DenoisingSettings settings = DenoisingSettings.of(CHANNELS, two);
    assertRefused("epsilon must be positive", () -> settings.withEpsilon(0));
    assertRefused("epsilon", () -> settings.withEpsilon(Double.NaN));
    assertRefused("epsilon", () -> settings.withEpsilon(Double.POSITIVE_INFINITY));
    PcaDenoising layer = layer(2);
    DenseMatrix empty = DenseMatrix.wrap(CHANNELS, 0, new double[0]);
    assertRefused("at least one column", () -> layer.forward(empty));
    assertRefused("at least one column", () -> layer.forwardWithoutUpdate(empty));
    assertRefused("at least one column", () -> layer.forwardFrozen(empty));
    assertRefused("at least one column", () -> layer.infer(empty));
    assertRefused("features must be 6×3, got 5×3", () -> layer.forward(gaussian(5, 3, 1)));
    double[] x = Standardised.features(CHANNELS, SAMPLES, 13).toArray();
    x[8] = Double.NaN;
    assertRefused("NaN at (2, 1)", () -> layer.forward(DenseMatrix.wrap(CHANNELS, SAMPLES, x)));
    LayerPass pass = layer.forward(Standardised.features(CHANNELS, SAMPLES, 14));
    assertRefused("outputGradient must be 6×40", () -> pass.backward(gaussian(6, 39, 1)));
  }

  @Test
  void settings_withers_changeOneThing() {
    ComponentCount k = ComponentCount.fixed(2);
    DenoisingSettings settings = DenoisingSettings.of(CHANNELS, k);
    Averaging all = Averaging.cumulative();
    assertEquals(
        new DenoisingSettings(CHANNELS, k, 0.5, all, false, false),
        settings.withEpsilon(0.5).withAveraging(all).withWeight(false).withBias(false));
    assertEquals(settings, layer(2).settings());
    assertEquals(new DenoisingSettings(6, k, 1e-5, Averaging.DEFAULT, true, true), settings);
  }
}
