package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.truth.AlongTraining;
import eigengrad.bench.truth.GradientRecorder;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TruthAlongTrainingTest {
  private static final ImageSets IMAGES = TextureImages.generate(1, 32, 16);

  private static RunSettings run(int groupSize) {
    return new RunSettings(Method.OURS, groupSize, 3, 4, 8, 0.1, Precision.FLOAT64, Retention.ALL);
  }

  @Test
  void steps_anyNumber_areOneTwoFiveAndTheLast() {
    assertEquals(Set.of(0), TruthAlongTraining.steps(1));
    assertEquals(Set.of(0, 1, 2, 3), TruthAlongTraining.steps(4));
    assertEquals(Set.of(0, 1, 2, 5, 10, 20, 50, 100, 149), TruthAlongTraining.steps(150));
  }

  @Test
  void compute_twoSizes_haveEveryStepAndRoute() throws Exception {
    AlongTraining found = TruthAlongTraining.compute(IMAGES, List.of(run(4), run(16)));
    StringBuilder csv = new StringBuilder();
    found.writeCsv(csv);
    List<String> rows = csv.toString().lines().toList();
    int routesAndPrecisions = 11;
    assertEquals(1 + 2 * 4 * routesAndPrecisions, rows.size());
    assertTrue(rows.get(1).startsWith("4,0,Ours,FLOAT64,16,0,"), rows.get(1));
    assertTrue(rows.get(rows.size() - 1).startsWith("16,3,Exact,FLOAT32,4,0,"));
  }

  @Test
  void recorder_inTraining_changesNothing() throws IOException, InterruptedException {
    RunSettings run = run(8);
    GradientRecorder recorder = new GradientRecorder(8, WhiteningLayer.EPSILON, Set.of(0, 1, 2, 3));
    InverseSquareRoot exact = InverseSquareRoot.exact();
    assertArrayEquals(losses(run, exact), losses(run, recorder.around(exact)));
  }

  private static double[] losses(RunSettings run, InverseSquareRoot root)
      throws InterruptedException {
    return new Training(
            IMAGES, (channels, settings) -> new WhiteningLayer(channels, settings, root))
        .train(run, () -> {})
        .losses();
  }
}
