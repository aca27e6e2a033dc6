package eigengrad.grad.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Running averages, inference by them, and what is saved and restored. */
class PcaDenoisingAveragesTest {
  private static final int CHANNELS = 5;
  private static final DenoisingSettings SETTINGS =
      DenoisingSettings.of(CHANNELS, ComponentCount.fixed(2));
  private static final DenseMatrix PROBE = Standardised.features(CHANNELS, 7, 1);

  private static DenseMatrix batch(int samples, long seed) {
    return Standardised.features(CHANNELS, samples, seed);
  }

  /** A layer after three batches. */
  private static PcaDenoising trained(DenoisingSettings settings) {
    PcaDenoising layer = new PcaDenoising(settings);
    for (int c = 0; c < CHANNELS; c++) {
      if (settings.weight()) {
        layer.weight()[c] = 2 - 0.5 * c;
      }
      if (settings.bias()) {
        layer.bias()[c] = 0.1 * c;
      }
    }
    for (int seed = 10; seed < 13; seed++) {
      layer.forward(batch(20 + seed, seed));
    }
    return layer;
  }

  @Test
  void infer_beforeAnyBatch_keepsEverything() {
    DenseMatrix y = new PcaDenoising(SETTINGS).infer(PROBE);
    DenseMatrix expected = PROBE.times(1 / Math.sqrt(1 + 1e-5));
    assertTrue(relativeDifference(expected, y) <= 1e-15);
    assertEquals(CHANNELS, new PcaDenoising(SETTINGS).components());
  }

  /** The averages are free of what they start from. */
  @Test
  void infer_afterOneBatch_equalsTraining() {
    for (Averaging averaging : new Averaging[] {Averaging.DEFAULT, Averaging.cumulative()}) {
      PcaDenoising layer = new PcaDenoising(SETTINGS.withAveraging(averaging));
      DenseMatrix x = batch(30, 2);
      DenseMatrix trained = layer.forward(x).output();
      assertTrue(relativeDifference(trained, layer.infer(x)) <= 1e-12);
      assertEquals(2, layer.components());
    }
  }

  /** All samples in one batch, or in four of different sizes, means and covariances. */
  @Test
  void infer_afterCumulativeAveraging_isThatOfThePooledData() {
    double[] all = new double[0];
    PcaDenoising inParts = new PcaDenoising(SETTINGS.withAveraging(Averaging.cumulative()));
    for (int part = 0; part < 4; part++) {
      double[] x = batch(10 + 7 * part, 20 + part).toArray();
      for (int i = 0; i < x.length; i++) {
        x[i] += part * (i % CHANNELS);
      }
      inParts.forward(DenseMatrix.wrap(CHANNELS, x.length / CHANNELS, x));
      int before = all.length;
      all = Arrays.copyOf(all, before + x.length);
      System.arraycopy(x, 0, all, before, x.length);
    }
    PcaDenoising atOnce = new PcaDenoising(SETTINGS);
    atOnce.forward(DenseMatrix.wrap(CHANNELS, all.length / CHANNELS, all));
    assertTrue(relativeDifference(atOnce.infer(PROBE), inParts.infer(PROBE)) <= 1e-12);
  }

  /** Data of deviation 100 leave inference with that of the kept components, from the start. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20})
  void infer_dataOfLargeScale_hasTheirStandardDeviationFromTheFirstBatchOn(int steps) {
    DenoisingSettings all = DenoisingSettings.of(CHANNELS, ComponentCount.fixed(CHANNELS));
    PcaDenoising layer = new PcaDenoising(all);
    for (int step = 0; step < steps; step++) {
      layer.forward(gaussian(CHANNELS, 2000, 30 + step).times(100));
    }
    DenseMatrix y = layer.infer(gaussian(CHANNELS, 2000, 99).times(100));
    for (int c = 0; c < CHANNELS; c++) {
      assertEquals(1, Math.sqrt(Standardised.covariance(y, c, c)), 0.08);
    }
  }

  /** An average of projectors would shrink a direction on which the batches disagree. */
  @Test
  void infer_batchesThatDisagree_stillProjects() {
    PcaDenoising layer = new PcaDenoising(DenoisingSettings.of(3, ComponentCount.fixed(1)));
    layer.forward(Standardised.equallyCorrelated(3, 0.5));
    layer.forward(DenseMatrix.diagonal(1, -1, 1).times(Standardised.equallyCorrelated(3, 0.8)));
    DenseMatrix once = layer.infer(gaussian(3, 9, 40));
    double[] values = SymmetricEigen.values(once.times(once.transpose()).symmetricPart());
    assertEquals(0, values[1], 1e-13 * values[2]);
    assertEquals(1, layer.components());
  }

  @Test
  void forwardWithoutUpdate_anyBatch_isForwardAndLeavesTheAverages() {
    PcaDenoising layer = trained(SETTINGS);
    DenseMatrix before = layer.infer(PROBE);
    DenseMatrix x = batch(30, 3);
    LayerPass pass = layer.forwardWithoutUpdate(x);
    assertEquals(before, layer.infer(PROBE));
    LayerPass updating = layer.forward(x);
    assertEquals(updating.output(), pass.output());
    DenseMatrix b = gaussian(CHANNELS, 30, 4);
    assertEquals(updating.backward(b), pass.backward(b));
    assertTrue(relativeDifference(before, layer.infer(PROBE)) > 1e-3);
  }

  /** The layer is affine then, so that a difference of any size is exact. */
  @Test
  void forwardFrozen_anyFeatures_isInferenceWithItsGradient() {
    PcaDenoising layer = trained(SETTINGS);
    LayerPass pass = layer.forwardFrozen(PROBE);
    assertEquals(layer.infer(PROBE), pass.output());
    DenseMatrix b = gaussian(CHANNELS, 7, 5);
    LayerGradient gradient = pass.backward(b);
    for (int seed = 0; seed < 5; seed++) {
      DenseMatrix direction = gaussian(CHANNELS, 7, 50 + seed);
      double expected = inner(layer.infer(PROBE.plus(direction)), b) - inner(layer.infer(PROBE), b);
      assertEquals(expected, inner(gradient.input(), direction), 1e-10);
    }
    double base = inner(layer.infer(PROBE), b);
    layer.weight()[3] += 1;
    assertEquals(inner(layer.infer(PROBE), b) - base, gradient.weight()[3], 1e-10);
    layer.weight()[3] -= 1;
    layer.bias()[3] += 1;
    assertEquals(inner(layer.infer(PROBE), b) - base, gradient.bias()[3], 1e-10);
  }

  private static byte[] saved(PcaDenoising layer) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    layer.save(target);
    return target.toByteArray();
  }

  @Test
  void restore_savedState_trainingGoesOnBitByBit() throws IOException {
    for (Averaging averaging :
        new Averaging[] {
          Averaging.DEFAULT, Averaging.cumulative(), new Averaging.Exponential(0.3, false)
        }) {
      PcaDenoising layer = trained(SETTINGS.withAveraging(averaging));
      PcaDenoising other = new PcaDenoising(SETTINGS.withAveraging(averaging));
      other.restore(new ByteArrayInputStream(saved(layer)));
      assertArrayEquals(layer.weight(), other.weight());
      assertArrayEquals(layer.bias(), other.bias());
      for (int step = 0; step < 3; step++) {
        assertEquals(layer.infer(PROBE), other.infer(PROBE));
        DenseMatrix x = batch(25, 60 + step);
        assertEquals(layer.forward(x).output(), other.forward(x).output());
      }
      assertArrayEquals(saved(layer), saved(other));
    }
  }

  @Test
  void restore_stateBeforeAnyBatch_keepsEverything() throws IOException {
    PcaDenoising layer = trained(SETTINGS);
    layer.restore(new ByteArrayInputStream(saved(new PcaDenoising(SETTINGS))));
    assertEquals(new PcaDenoising(SETTINGS).infer(PROBE), layer.infer(PROBE));
  }

  /** Mean and covariance serve any number of components. */
  @Test
  void restore_layerThatKeepsMore_keepsThem() throws IOException {
    DenoisingSettings three = DenoisingSettings.of(CHANNELS, ComponentCount.fixed(3));
    PcaDenoising other = new PcaDenoising(three);
    other.restore(new ByteArrayInputStream(saved(trained(SETTINGS))));
    assertEquals(trained(three).infer(PROBE), other.infer(PROBE));
  }

  @Test
  void restore_otherState_isRefusedAndChangesNothing() throws IOException {
    PcaDenoising layer = trained(SETTINGS);
    byte[] before = saved(layer);
    DenoisingSettings four = DenoisingSettings.of(4, ComponentCount.fixed(2));
    requireRefusal(layer, "channels 5", saved(new PcaDenoising(four)));
    requireRefusal(layer, "weight true", saved(new PcaDenoising(SETTINGS.withWeight(false))));
    requireRefusal(layer, "bias true", saved(new PcaDenoising(SETTINGS.withBias(false))));
    requireRefusal(
        layer,
        "averaging Exponential",
        saved(new PcaDenoising(SETTINGS.withAveraging(Averaging.cumulative()))));
    requireRefusal(layer, "cut short", Arrays.copyOf(before, before.length - 9));
    requireRefusal(layer, "cut short", new byte[3]);
    requireRefusal(layer, "does not begin as one", new byte[100]);
    byte[] damaged = before.clone();
    damaged[before.length - 20] ^= 1;
    requireRefusal(layer, "damaged", damaged);
    assertArrayEquals(before, saved(layer));
  }

  private static void requireRefusal(PcaDenoising layer, String detail, byte[] state) {
    assertRefused(
        detail,
        () -> {
          try {
            layer.restore(new ByteArrayInputStream(state));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void reset_trainedLayer_isANewOne() throws IOException {
    PcaDenoising layer = trained(SETTINGS);
    double[] weight = layer.weight();
    layer.reset();
    assertArrayEquals(saved(new PcaDenoising(SETTINGS)), saved(layer));
    assertEquals(new PcaDenoising(SETTINGS).infer(PROBE), layer.infer(PROBE));
    assertEquals(1, weight[0]);
  }

  @Test
  void anything_failedCall_leavesTheLayerAlone() throws IOException {
    PcaDenoising layer = trained(SETTINGS);
    byte[] before = saved(layer);
    DenseMatrix x = batch(20, 6);
    DenseMatrix far = x.times(1e200);
    assertThrows(NonFiniteException.class, () -> layer.forward(far));
    assertThrows(IllegalArgumentException.class, () -> layer.forward(gaussian(4, 9, 7)));
    assertThrows(
        IllegalArgumentException.class, () -> layer.forward(x.times(Double.POSITIVE_INFINITY)));
    double weight = layer.weight()[0];
    layer.weight()[0] = Double.MAX_VALUE;
    assertThrows(NonFiniteException.class, () -> layer.forward(x));
    layer.weight()[0] = weight;
    LayerPass pass = layer.forwardWithoutUpdate(x);
    assertThrows(IllegalArgumentException.class, () -> pass.backward(PROBE));
    assertArrayEquals(before, saved(layer));
  }
}
