package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.grad.paper.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class WhiteningOptionsTest {

  @Test
  void plan_twoSeeds_isSeedMajor() {
    List<String> plan =
        options("--runs", "2", "--seed", "7", "--dims", "8,4", "--methods", "ours,SVD")
            .plan()
            .stream()
            .map(run -> run.seed() + " " + run.groupSize() + " " + run.method())
            .toList();
    assertEquals(
        List.of(
            "7 4 SVD",
            "7 4 OURS",
            "7 8 SVD",
            "7 8 OURS",
            "8 4 SVD",
            "8 4 OURS",
            "8 8 SVD",
            "8 8 OURS"),
        plan);
  }

  @Test
  void plan_defaults_isTheWholeTable() {
    assertEquals(3 * 3 * 5, options().plan().size());
  }

  @Test
  void plan_repeatedGroupSize_isTrainedOnce() {
    assertEquals(1, options("--runs=1", "--methods=pi", "--dims=4,4").plan().size());
  }

  @Test
  void threads_fewerRunsThanProcessors_isRuns() {
    assertEquals(1, options("--runs=1", "--methods=pi", "--dims=4").threads());
  }

  @Test
  void plan_float32_isInEveryRun() {
    assertEquals(Precision.FLOAT32, options("--precision", "float32").plan().get(0).precision());
  }

  private static WhiteningOptions options(String... args) {
    return CommandLine.populateCommand(new WhiteningOptions(), args);
  }
}
