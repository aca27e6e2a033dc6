package eigengrad.grad.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.layers.WhiteningBatches.correlated;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import eigengrad.grad.Samples;
import eigengrad.grad.layers.WhiteningSettings.RunningStatistic;
import eigengrad.linalg.DenseMatrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer saved, restored and reset. */
class WhiteningStateTest {
  private static final int CHANNELS = 7;

  static Stream<WhiteningSettings> settings() {
    List<WhiteningSettings> all = new ArrayList<>();
    for (RunningStatistic statistic : RunningStatistic.values()) {
      for (Averaging averaging :
          List.of(
              Averaging.DEFAULT, new Averaging.Exponential(0.3, false), Averaging.cumulative())) {
        all.add(
            WhiteningSettings.of(CHANNELS, 3)
                .withRunningStatistic(statistic)
                .withAveraging(averaging));
      }
    }
    all.add(WhiteningSettings.ofPaper(CHANNELS, 1));
    all.add(WhiteningSettings.of(CHANNELS, CHANNELS).withUnbiased(true));
    all.add(WhiteningSettings.of(CHANNELS, 3).withWeight(false));
    all.add(WhiteningSettings.of(CHANNELS, 3).withBias(false));
    return all.stream();
  }

  /** A step of training with a gradient step for the parameters; returns the gradient. */
  private static LayerGradient step(ZcaWhitening layer, int seed) {
    LayerPass pass = layer.forward(correlated(CHANNELS, 10 + seed, 1 + seed, seed));
    LayerGradient gradient = pass.backward(Samples.gaussian(CHANNELS, 10 + seed, 50 + seed));
    for (int c = 0; c < layer.weight().length; c++) {
      layer.weight()[c] -= 0.01 * gradient.weight()[c];
    }
    for (int c = 0; c < layer.bias().length; c++) {
      layer.bias()[c] -= 0.01 * gradient.bias()[c];
    }
    return gradient;
  }

  private static byte[] saved(ZcaWhitening layer) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      layer.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void restore(ZcaWhitening layer, byte[] state) {
    try {
      layer.restore(new ByteArrayInputStream(state));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireSame(ZcaWhitening expected, ZcaWhitening actual) {
    DenseMatrix probe = correlated(CHANNELS, 5, 1, 99);
    assertArrayEquals(expected.weight(), actual.weight());
    assertArrayEquals(expected.bias(), actual.bias());
    assertEquals(expected.infer(probe), actual.infer(probe));
    assertArrayEquals(saved(expected), saved(actual));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void restore_inAnotherLayer_trainsOnBitByBit(WhiteningSettings settings) {
    ZcaWhitening layer = new ZcaWhitening(settings);
    for (int seed = 0; seed < 4; seed++) {
      step(layer, seed);
    }
    ZcaWhitening other = new ZcaWhitening(settings);
    step(other, 9);
    double[] weight = other.weight();
    double[] bias = other.bias();
    restore(other, saved(layer));
    assertSame(weight, other.weight());
    assertSame(bias, other.bias());
    requireSame(layer, other);
    for (int seed = 4; seed < 8; seed++) {
      assertEquals(step(layer, seed), step(other, seed));
      requireSame(layer, other);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void reset_trainedLayer_isANewOne(WhiteningSettings settings) {
    ZcaWhitening layer = new ZcaWhitening(settings);
    step(layer, 1);
    step(layer, 2);
    double[] weight = layer.weight();
    layer.reset();
    assertSame(weight, layer.weight());
    ZcaWhitening fresh = new ZcaWhitening(settings);
    requireSame(fresh, layer);
    assertEquals(step(fresh, 3), step(layer, 3));
    requireSame(fresh, layer);
  }

  @Test
  void restore_severalLayersInAStream_areReadOneByOne() throws IOException {
    ZcaWhitening first = new ZcaWhitening(WhiteningSettings.of(CHANNELS, 3));
    ZcaWhitening second = new ZcaWhitening(WhiteningSettings.ofPaper(CHANNELS, 2));
    step(first, 1);
    step(second, 2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    first.save(bytes);
    second.save(bytes);
    InputStream source = new ByteArrayInputStream(bytes.toByteArray());
    ZcaWhitening firstAgain = new ZcaWhitening(first.settings());
    ZcaWhitening secondAgain = new ZcaWhitening(second.settings());
    firstAgain.restore(source);
    secondAgain.restore(source);
    requireSame(first, firstAgain);
    requireSame(second, secondAgain);
  }

  /** A live parameter may be anything; its bits come back. */
  @Test
  void restore_weightThatIsNotFinite_isTakenOver() {
    ZcaWhitening layer = new ZcaWhitening(WhiteningSettings.of(CHANNELS, 3));
    layer.weight()[2] = Double.NaN;
    ZcaWhitening other = new ZcaWhitening(layer.settings());
    restore(other, saved(layer));
    assertArrayEquals(layer.weight(), other.weight());
  }

  @Test
  void restore_otherEpsilonAndMomentum_keepsThoseOfTheLayer() {
    WhiteningSettings settings = WhiteningSettings.of(CHANNELS, 3);
    ZcaWhitening layer = new ZcaWhitening(settings);
    step(layer, 1);
    WhiteningSettings other =
        settings.withEpsilon(0.5).withAveraging(new Averaging.Exponential(0.9, false));
    ZcaWhitening receiver = new ZcaWhitening(other);
    restore(receiver, saved(layer));
    assertEquals(other, receiver.settings());
    assertArrayEquals(layer.weight(), receiver.weight());
  }

  @Test
  void restore_anotherLayersState_saysWhatDiffersAndChangesNothing() {
    WhiteningSettings settings = WhiteningSettings.of(CHANNELS, 3);
    ZcaWhitening layer = new ZcaWhitening(settings);
    step(layer, 1);
    requireRefused("channels 7, as this layer has, got 8", layer, WhiteningSettings.of(8, 3));
    requireRefused("groupSize 3, as this layer has, got 2", layer, WhiteningSettings.of(7, 2));
    requireRefused("unbiased false, as this", layer, settings.withUnbiased(true));
    requireRefused("weight true, as this", layer, settings.withWeight(false));
    requireRefused("bias true, as this", layer, settings.withBias(false));
    requireRefused(
        "runningStatistic COVARIANCE, as this layer has, got WHITENING",
        layer,
        settings.withRunningStatistic(RunningStatistic.WHITENING));
    requireRefused(
        "averaging exponential, as this layer has, got cumulative",
        layer,
        settings.withAveraging(Averaging.cumulative()));
    byte[] state = saved(new ZcaWhitening(settings));
    requireRefused("is cut short", layer, Arrays.copyOf(state, state.length - 1));
    requireRefused("is cut short", layer, new byte[0]);
    requireRefused("it does not begin as one", layer, new byte[100]);
    state[state.length / 2] ^= 1;
    requireRefused("the saved state", layer, state);
  }

  private static void requireRefused(
      String detail, ZcaWhitening layer, WhiteningSettings settings) {
    requireRefused(detail, layer, saved(new ZcaWhitening(settings)));
  }

  private static void requireRefused(String detail, ZcaWhitening layer, byte[] state) {
    byte[] before = saved(layer);
    assertRefused(detail, () -> restore(layer, state));
    assertArrayEquals(before, saved(layer));
  }
}
