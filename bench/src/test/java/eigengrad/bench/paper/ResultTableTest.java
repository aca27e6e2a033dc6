package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultTableTest {
  private static final Grids GRIDS =
      new Grids(List.of(Method.SVD, Method.OURS), Precision.FLOAT64, Retention.ABOVE_EPSILON);

  private static final ResultTable TABLE1 =
      new ResultTable(
          GRIDS.table1(List.of(2, 64)),
          List.of(
              Runs.failure(Method.SVD, 64, 1, 2.3),
              Runs.success(Method.OURS, 64, 1, 10),
              Runs.success(Method.OURS, 64, 2, 20),
              // Of another table.
              Runs.success(new RunSettings(Runs.pca(Method.OURS), 1, Runs.SCHEDULE), 50)));

  @Test
  void text_resultsOfTwoMethods_standBesidePublishedOnes() {
    assertEquals(
        List.of(
            "                         d = 2      d = 64",
            "",
            "SVD   min %       here       -           -",
            "                  paper      -           -",
            "      mean±std %  here       -           -",
            "                  paper      -           -",
            "      success     here       -         0 %",
            "                  paper      -         0 %",
            "",
            "Ours  min %       here       -       10.00",
            "                  paper      -        4.44",
            "      mean±std %  here       -  15.00±7.07",
            "                  paper      -   4.59±0.09",
            "      success     here       -       100 %",
            "                  paper      -       100 %"),
        TABLE1.text("±"));
  }

  @Test
  void text_signOfTwoCharacters_keepsColumnsAligned() {
    List<String> lines = TABLE1.text("+-").stream().filter(line -> !line.isEmpty()).toList();
    assertTrue(
        lines.stream().allMatch(line -> line.length() == lines.get(0).length()), () -> "" + lines);
  }

  @Test
  void text_table2_hasTheBaselineFirst() {
    RunSettings norm = new RunSettings(new Layer.BatchNorm(), 1, Runs.SCHEDULE);
    RunSettings ours = new RunSettings(Runs.pca(Method.OURS), 1, Runs.SCHEDULE);
    ResultTable table =
        new ResultTable(GRIDS.table2(), List.of(Runs.success(norm, 7.5), Runs.success(ours, 6.25)));
    List<String> lines = table.text("±");
    assertEquals("Batch norm  min %       here              7.50", lines.get(2));
    assertEquals("                        paper             4.66", lines.get(3));
    assertTrue(lines.contains("Ours        min %       here              6.25"), lines::toString);
    assertTrue(lines.contains("                        paper        4.63±0.11"), lines::toString);
  }

  @Test
  void figures_groupSizeThePaperLacks_areUnknown() {
    assertEquals("-", PublishedTable1.figures(Method.OURS, 2).successText());
  }

  @Test
  void figures_methodThePaperLacks_areUnknown() {
    assertEquals("-", PublishedTable1.figures(Method.EXACT, 4).successText());
    assertEquals("-", PublishedTable2.figures(Method.PUBLISHED).minText());
  }

  @Test
  void figures_publishedSingleSuccess_hasMinimumOnly() {
    ErrorFigures figures = PublishedTable1.figures(Method.PI, 8);
    assertEquals("6.28", figures.minText());
    assertEquals("-", figures.meanText("±"));
    assertEquals("6.7 %", figures.successText());
  }
}
