package eigengrad.bench.paper;

import static eigengrad.bench.paper.CentralDifferences.randomFeatures;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the layers compute, against their definitions. */
class LayerForwardTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void convolution_anyStride_isTheSumOverPatches(int stride) {
    Features input = randomFeatures(2, 3, 5, 6, 1);
    Convolution layer = new Convolution("weights", 2, 4, stride, new SplittableRandom(2));
    Features output = layer.forward(input).output();
    assertEquals((5 + stride - 1) / stride, output.height());
    assertEquals((6 + stride - 1) / stride, output.width());
    for (int image = 0; image < 3; image++) {
      for (int y = 0; y < output.height(); y++) {
        for (int x = 0; x < output.width(); x++) {
          for (int channel = 0; channel < 4; channel++) {
            double expected = 0;
            for (int dy = -1; dy <= 1; dy++) {
              for (int dx = -1; dx <= 1; dx++) {
                for (int c = 0; c < 2; c++) {
                  int column = ((dy + 1) * 3 + dx + 1) * 2 + c;
                  expected +=
                      layer.weights().values()[channel + 4 * column]
                          * at(input, c, image, y * stride + dy, x * stride + dx);
                }
              }
            }
            assertEquals(expected, at(output, channel, image, y, x), 1e-13);
          }
        }
      }
    }
  }

  private static double at(Features features, int channel, int image, int y, int x) {
    boolean inside = y >= 0 && y < features.height() && x >= 0 && x < features.width();
    int pixel = x + features.width() * (y + features.height() * image);
    return inside ? features.values()[channel + features.channels() * pixel] : 0;
  }

  @Test
  void relu_nan_staysNan() {
    Features input = new Features(3, 1, 1, 1, new double[] {-2, Double.NaN, 3});
    double[] output = new Relu().forward(input).output().values();
    assertArrayEquals(new double[] {0, Double.NaN, 3}, output);
  }

  @Test
  void rectifiedPooling_negativeAndNan_countsAsZeroAndStaysNan() {
    double[] x = {1, -2, 3, Double.NaN, 2, -5, -7, 4};
    Features input = new Features(2, 1, 2, 2, x);
    double[] output = new RectifiedPooling().forward(input).output().values();
    assertArrayEquals(new double[] {1.5, Double.NaN}, output);
  }

  @Test
  void rectifiedPooling_oddHeight_throws() {
    RectifiedPooling layer = new RectifiedPooling();
    Features input = randomFeatures(1, 1, 3, 2, 1);
    assertThrows(IllegalArgumentException.class, () -> layer.forward(input));
  }

  @Test
  void softmaxCrossEntropy_hugeLogits_doesNotOverflow() {
    Features logits = new Features(3, 1, 1, 1, new double[] {1e4, -1e4, 0});
    assertEquals(0, SoftmaxCrossEntropy.forward(logits, new int[] {0}).loss());
    assertEquals(2e4, SoftmaxCrossEntropy.forward(logits, new int[] {1}).loss());
  }

  @Test
  void softmaxCrossEntropy_nanLogit_givesNanLoss() {
    Features logits = new Features(3, 1, 1, 1, new double[] {1, Double.NaN, 0});
    assertTrue(Double.isNaN(SoftmaxCrossEntropy.forward(logits, new int[] {0}).loss()));
  }

  @Test
  void sgdMomentum_twoSteps_followsItsFormula() {
    Parameter weight = new Parameter("weight", new double[] {2}, true);
    Parameter bias = new Parameter("bias", new double[] {2}, false);
    SgdMomentum optimiser = new SgdMomentum(List.of(weight, bias));
    List<double[]> gradients = List.of(new double[] {1}, new double[] {1});
    optimiser.step(gradients, 0.1);
    optimiser.step(gradients, 0.2);
    assertEquals(2 - 0.1 - 0.2 * 1.9, bias.values()[0], 1e-15);
    double firstVelocity = 1 + 5e-4 * 2;
    double afterFirst = 2 - 0.1 * firstVelocity;
    double secondVelocity = 0.9 * firstVelocity + 1 + 5e-4 * afterFirst;
    assertEquals(afterFirst - 0.2 * secondVelocity, weight.values()[0], 1e-15);
  }

  @Test
  void features_wrongLength_throws() {
    assertThrows(IllegalArgumentException.class, () -> new Features(2, 1, 2, 2, new double[7]));
  }
}
