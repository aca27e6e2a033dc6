package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.paper.Precision;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class PaperOptionsTest {

  @Test
  void plan_twoSeeds_isSeedMajor() {
    assertEquals(
        List.of(
            "zca-svd-d4-seed7",
            "zca-svd-d8-seed7",
            "zca-ours-k19-d4-seed7",
            "zca-ours-k19-d8-seed7",
            "zca-svd-d4-seed8",
            "zca-svd-d8-seed8",
            "zca-ours-k19-d4-seed8",
            "zca-ours-k19-d8-seed8"),
        words("--experiments=table1", "--runs=2", "--seed=7", "--dims=8,4", "--methods=ours,SVD"));
  }

  @Test
  void plan_table2_hasTheBaselineAndEveryMethod() {
    assertEquals(
        List.of("batch-norm-seed1", "pca-pi-k19-energy0.99-seed1", "pca-exact-energy0.99-seed1"),
        words("--experiments=table2", "--methods=pi,exact"));
  }

  @Test
  void plan_figures1And2_areRunsOfTheTables() {
    assertEquals(
        List.of("zca-ours-k19-d4-seed1", "zca-ours-k19-d8-seed1", "zca-ours-k19-d64-seed1"),
        words("--experiments=figure1,table1", "--methods=ours", "--dims=64,8"));
    assertEquals(words("--experiments=table2"), words("--experiments=figure2"), "the same runs");
  }

  @Test
  void plan_figure3_trainsWhatItsPartsShareOnce() {
    List<String> words =
        words(
            "--experiments=figure3,table2",
            "--methods=ours",
            "--energy=0.9,0.99",
            "--vectors=16",
            "--iterations=19,4");
    assertEquals(
        List.of(
            "batch-norm-seed1",
            "pca-ours-k19-energy0.99-seed1",
            "pca-ours-k19-energy0.9-seed1",
            "pca-ours-k19-vectors16-seed1",
            "pca-ours-k4-energy0.99-seed1"),
        words);
  }

  @Test
  void plan_everything_hasDistinctWords() {
    List<String> words =
        words(
            "--experiments=tie,table1,figure1,table2,figure2,figure3,surface,truth,white",
            "--methods=svd,pi,ours,exact,published,published-svd",
            "--dims=4,8,16,32,64",
            "--runs=3");
    assertEquals(words.stream().distinct().count(), words.size());
    // 6·5 of Table 1, 1 + 6 of Table 2, and of Figure 3 what is not in it.
    assertEquals(3 * (30 + 7 + 5 + 5 + 6), words.size());
  }

  @Test
  void plan_noTable_isEmpty() {
    assertTrue(options("--experiments=tie,surface,truth,white").plan().isEmpty());
  }

  @Test
  void plan_repeatedGroupSize_isTrainedOnce() {
    assertEquals(1, words("--experiments=table1", "--methods=pi", "--dims=4,4").size());
  }

  @Test
  void threads_fewerRunsThanProcessors_isRuns() {
    assertEquals(1, options().threads(1));
    assertEquals(1, options().threads(0), "an empty pool, too, has a thread");
    assertEquals(7, options("--threads=7").threads(1));
  }

  @Test
  void plan_float32_isInEveryRun() {
    Layer layer = options("--precision", "float32", "--experiments=table1").plan().get(0).layer();
    assertEquals(Precision.FLOAT32, Objects.requireNonNull(layer.route()).precision());
  }

  /** Whatever changes a result and is not in the name of its file. */
  @Test
  void shared_everySettingOfARun_isInIt() {
    assertEquals(options().shared("a"), options("--runs=9", "--dims=4", "--seed=7").shared("a"));
    assertNotEquals(options().shared("a"), options().shared("b"));
    for (String other :
        List.of(
            "--steps=9",
            "--batch=9",
            "--learning-rate=9",
            "--precision=float32",
            "--keep=energy")) {
      assertNotEquals(options().shared("a"), options(other).shared("a"), other);
    }
  }

  private static List<String> words(String... args) {
    return options(args).plan().stream().map(RunSettings::word).toList();
  }

  private static PaperOptions options(String... args) {
    return CommandLine.populateCommand(new PaperOptions(), args);
  }
}
