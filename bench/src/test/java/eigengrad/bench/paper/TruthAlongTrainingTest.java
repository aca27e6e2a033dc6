package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.truth.AlongTraining;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TruthAlongTrainingTest {
  private static final TruthAlongTraining TRUTH =
      new TruthAlongTraining(TextureImages.generate(1, 32, 16));
  private static final Schedule SCHEDULE = new Schedule(3, 8, 0.1);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void along_shortTraining_hasAVerdictForEachSize() throws InterruptedException {
    AlongTraining truth = TRUTH.along(List.of(4, 16), 1, SCHEDULE, () -> {});
    String verdict = String.join("\n", truth.verdict());
    assertTrue(verdict.contains("d = 4") && verdict.contains("d = 16"), verdict);
    assertTrue(verdict.contains("Exact"), verdict);
  }

  @Test
  void along_interrupted_stops() {
    assertThrows(
        InterruptedException.class,
        () -> TRUTH.along(List.of(4), 1, SCHEDULE, () -> Thread.currentThread().interrupt()));
  }

  @Test
  void steps_run_areDenserAtItsBeginning() {
    assertEquals(Set.of(0, 1, 2, 5, 10, 20, 50, 100, 149), TruthAlongTraining.steps(150));
    assertEquals(Set.of(0), TruthAlongTraining.steps(1));
  }
}
