package eigengrad.bench.paper;

import static eigengrad.bench.paper.CentralDifferences.check;
import static eigengrad.bench.paper.CentralDifferences.dot;
import static eigengrad.bench.paper.CentralDifferences.randomArray;
import static eigengrad.bench.paper.CentralDifferences.randomFeatures;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.AssertionFailedError;

/** Every layer's gradients against central differences of a loss Σ weightᵢ·outputᵢ. */
class LayerGradientTest {

  @ParameterizedTest
  @CsvSource({
    "1, 2, 1, 1, 3, 1",
    "2, 3, 2, 5, 4, 1",
    "2, 3, 2, 5, 4, 2",
    "3, 4, 2, 6, 6, 2",
    "3, 2, 1, 1, 1, 1",
    // More than one block of patches, the last one smaller.
    "64, 3, 5, 8, 8, 1",
    "64, 3, 5, 16, 16, 2"
  })
  void convolution_anyShape_hasItsGradients(
      int inputs, int outputs, int images, int height, int width, int stride) {
    Convolution layer =
        new Convolution("weights", inputs, outputs, stride, new SplittableRandom(1));
    Features input = randomFeatures(inputs, images, height, width, 2);
    Convolution.Pass pass = layer.forward(input);
    double[] weighting = randomArray(pass.output().values().length, 3);
    DoubleSupplier loss = () -> dot(weighting, layer.forward(input).output().values());
    check("weights", loss, layer.weights().values(), pass.weightGradient(weighting));
    check("input", loss, input.values(), pass.inputGradient(weighting));
  }

  @Test
  void relu_awayFromTheKink_hasItsGradient() {
    Relu layer = new Relu();
    Features input = awayFromTheKink(randomFeatures(3, 2, 4, 4, 1));
    Relu.Pass pass = layer.forward(input);
    double[] weighting = randomArray(input.values().length, 2);
    check(
        "input",
        () -> dot(weighting, layer.forward(input).output().values()),
        input.values(),
        pass.backward(weighting));
  }

  @Test
  void rectifiedPooling_severalImages_hasItsGradient() {
    RectifiedPooling layer = new RectifiedPooling();
    Features input = awayFromTheKink(randomFeatures(3, 2, 4, 6, 1));
    RectifiedPooling.Pass pass = layer.forward(input);
    double[] weighting = randomArray(pass.output().values().length, 2);
    check(
        "input",
        () -> dot(weighting, layer.forward(input).output().values()),
        input.values(),
        pass.backward(weighting));
  }

  /** The same with every number at least 0.1 from 0. */
  private static Features awayFromTheKink(Features input) {
    for (int i = 0; i < input.values().length; i++) {
      input.values()[i] += Math.copySign(0.1, input.values()[i]);
    }
    return input;
  }

  @Test
  void globalAverage_severalImages_hasItsGradient() {
    GlobalAverage layer = new GlobalAverage();
    Features input = randomFeatures(3, 4, 2, 5, 1);
    GlobalAverage.Pass pass = layer.forward(input);
    double[] weighting = randomArray(pass.output().values().length, 2);
    check(
        "input",
        () -> dot(weighting, layer.forward(input).output().values()),
        input.values(),
        pass.backward(weighting));
  }

  @Test
  void linear_severalImages_hasItsGradients() {
    Linear layer = new Linear("linear", 7, 5, new SplittableRandom(1));
    Features input = randomFeatures(7, 6, 1, 1, 2);
    Linear.Pass pass = layer.forward(input);
    double[] weighting = randomArray(pass.output().values().length, 3);
    Linear.Gradient gradient = pass.backward(weighting);
    DoubleSupplier loss = () -> dot(weighting, layer.forward(input).output().values());
    check("weights", loss, layer.weights().values(), gradient.weights());
    check("bias", loss, layer.bias().values(), gradient.bias());
    check("input", loss, input.values(), gradient.input());
  }

  @Test
  void softmaxCrossEntropy_severalImages_hasItsGradient() {
    Features logits = randomFeatures(10, 4, 1, 1, 1);
    int[] labels = {3, 0, 9, 3};
    check(
        "logits",
        () -> SoftmaxCrossEntropy.forward(logits, labels).loss(),
        logits.values(),
        SoftmaxCrossEntropy.forward(logits, labels).backward());
  }

  @Test
  void batchNormalization_severalSamples_hasItsGradients() {
    BatchNormalization layer = new BatchNormalization(3);
    double[] features = randomArray(3 * 20, 1);
    Normalization.Pass pass = layer.forward(features, 3, 20);
    double[] weighting = randomArray(features.length, 2);
    Normalization.Gradient gradient = pass.backward(weighting);
    DoubleSupplier loss = () -> dot(weighting, layer.forward(features, 3, 20).output());
    check("features", loss, features, gradient.input());
    check("scale", loss, layer.parameters().get(0).values(), gradient.parameters().get(0));
    check("shift", loss, layer.parameters().get(1).values(), gradient.parameters().get(1));
  }

  @Test
  void check_gradientOfOneElementOff_fails() {
    double[] x = randomArray(20, 1);
    double[] wrong = x.clone();
    wrong[11] += 1e-5;
    assertThrows(AssertionFailedError.class, () -> check("x", () -> 0.5 * dot(x, x), x, wrong));
  }
}
