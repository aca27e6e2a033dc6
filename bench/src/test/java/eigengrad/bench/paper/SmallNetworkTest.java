package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallNetworkTest {
  private final ImageSet.Batch batch =
      TextureImages.generate(1, 20, 10).training().batch(0, 2, new Buffer());
  private final SmallNetwork network =
      new SmallNetwork(new BatchNormalization(SmallNetwork.CHANNELS), new SplittableRandom(2));

  /**
   * One derivative a parameter array, along a random direction: an element's own would vanish in
   * the rounding of the loss, and is tested layer by layer.
   */
  @Test
  void backward_everyParameter_isTheDerivativeOfTheLoss() {
    List<double[]> gradients =
        network.forward(batch).backward().stream().map(double[]::clone).toList();
    List<Parameter> parameters = network.parameters();
    assertEquals(parameters.size(), gradients.size());
    double h = 1e-5;
    for (int p = 0; p < parameters.size(); p++) {
      double[] values = parameters.get(p).values();
      double[] direction = gradients.get(p).clone();
      double norm = Math.sqrt(CentralDifferences.dot(direction, direction));
      double above = lossAt(values, direction, h / norm);
      double below = lossAt(values, direction, -h / norm);
      assertEquals(norm, (above - below) / (2 * h), 1e-6 * norm, parameters.get(p).name());
    }
  }

  private double lossAt(double[] values, double[] direction, double factor) {
    double[] kept = values.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += factor * direction[i];
    }
    double loss = network.forward(batch).loss();
    System.arraycopy(kept, 0, values, 0, kept.length);
    return loss;
  }

  @Test
  void infer_partOfABatch_givesTheSameLogits() {
    network.forward(batch);
    ImageSet images = TextureImages.generate(3, 20, 10).training();
    double[] all = network.infer(images.batch(0, 5, new Buffer()).images()).values().clone();
    double[] last = network.infer(images.batch(4, 5, new Buffer()).images()).values();
    assertArrayEquals(last, Arrays.copyOfRange(all, 40, 50), 1e-12);
  }
}
