package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class Table1Test {
  private static final Table1 TABLE =
      new Table1(
          List.of(Method.SVD, Method.OURS),
          List.of(2, 64),
          List.of(
              Runs.failure(Method.SVD, 64, 1, 2.3, Double.NaN),
              Runs.success(Method.OURS, 64, 1, 10),
              Runs.success(Method.OURS, 64, 2, 20)));

  @Test
  void text_resultsOfTwoMethods_standBesidePublishedOnes() {
    assertEquals(
        List.of(
            "                         d=2        d=64",
            "",
            "SVD   min %       here     -           -",
            "                  paper    -           -",
            "      mean±std %  here     -           -",
            "                  paper    -           -",
            "      success     here     -         0 %",
            "                  paper    -         0 %",
            "",
            "Ours  min %       here     -       10.00",
            "                  paper    -        4.44",
            "      mean±std %  here     -  15.00±7.07",
            "                  paper    -   4.59±0.09",
            "      success     here     -       100 %",
            "                  paper    -       100 %"),
        TABLE.text("±"));
  }

  @Test
  void text_signOfTwoCharacters_keepsColumnsAligned() {
    List<String> lines = TABLE.text("+-").stream().filter(line -> !line.isEmpty()).toList();
    assertTrue(
        lines.stream().allMatch(line -> line.length() == lines.get(0).length()), () -> "" + lines);
  }

  @Test
  void figures_groupSizeThePaperLacks_areUnknown() {
    assertEquals("-", PublishedTable1.figures(Method.OURS, 2).successText());
  }

  @Test
  void figures_publishedSingleSuccess_hasMinimumOnly() {
    ErrorFigures figures = PublishedTable1.figures(Method.PI, 8);
    assertEquals("6.28", figures.minText());
    assertEquals("-", figures.meanText("±"));
    assertEquals("6.7 %", figures.successText());
  }
}
