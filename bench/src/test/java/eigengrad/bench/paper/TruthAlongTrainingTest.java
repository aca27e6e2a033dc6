package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.truth.AlongTraining;
import eigengrad.bench.truth.GradientRecorder;
import eigengrad.grad.layers.InverseSquareRoot;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TruthAlongTrainingTest {
  private static final ImageSets IMAGES = TextureImages.generate(1, 32, 16);
  private static final Schedule SCHEDULE = new Schedule(4, 8, 0.1);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void steps_anyNumber_areOneTwoFiveAndTheLast() {
    assertEquals(Set.of(0), TruthAlongTraining.steps(1));
    assertEquals(Set.of(0, 1, 2, 3), TruthAlongTraining.steps(4));
    assertEquals(Set.of(0, 1, 2, 5, 10, 20, 50, 100, 149), TruthAlongTraining.steps(150));
  }

  @Test
  void along_twoSizes_haveEveryStepAndRoute() throws IOException, InterruptedException {
    AlongTraining found =
        new TruthAlongTraining(IMAGES).along(List.of(4, 16), 3, SCHEDULE, () -> {});
    StringBuilder csv = new StringBuilder();
    found.writeCsv(csv);
    List<String> rows = csv.toString().lines().toList();
    int routesAndPrecisions = 11;
    assertEquals(1 + 2 * 4 * routesAndPrecisions, rows.size());
    assertTrue(rows.get(1).startsWith("4,0,Ours,FLOAT64,16,0,"), rows.get(1));
    assertTrue(rows.get(rows.size() - 1).startsWith("16,3,Exact,FLOAT32,4,0,"));
  }

  @Test
  void along_interrupted_stops() {
    Runnable interrupt = () -> Thread.currentThread().interrupt();
    assertThrows(
        InterruptedException.class,
        () -> new TruthAlongTraining(IMAGES).along(List.of(4), 1, SCHEDULE, interrupt));
  }

  @Test
  void recorder_inTraining_changesNothing() throws InterruptedException {
    GradientRecorder recorder = new GradientRecorder(8, Layers.EPSILON, Set.of(0, 1, 2, 3));
    InverseSquareRoot exact = InverseSquareRoot.exact();
    assertEquals(losses(exact), losses(recorder.around(exact)));
  }

  private static LossCurve losses(InverseSquareRoot root) throws InterruptedException {
    RunSettings run = new RunSettings(Runs.zca(Method.EXACT, 8), 3, SCHEDULE);
    return new Training(
            IMAGES, (channels, settings) -> Layers.whitening("whitening", channels, 8, root))
        .train(run, () -> {})
        .losses();
  }
}
