package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CategoryPlotTest {
  private static final List<String> NAMES =
      IntStream.range(0, 9).mapToObj(i -> "a long name " + i).toList();

  /** Text is drawn as outlines, so that only colours can be counted. */
  @Test
  void svg_twoSeries_hasAMarkForEachNameAndALegend() {
    for (CategoryPlot plot :
        List.of(CategoryPlot.bars("title", "KB", NAMES), CategoryPlot.dots("title", "ms", NAMES))) {
      plot.add("first", Collections.nCopies(9, 3.0));
      plot.add("second", Collections.nCopies(9, 3000.0));
      String svg = plot.svg("id");
      assertEquals(10, count(svg, "rgb(0,114,178)"), svg);
      assertEquals(10, count(svg, "rgb(213,94,0)"), svg);
    }
  }

  @Test
  void svg_oneSeries_needsNoLegend() {
    CategoryPlot plot = CategoryPlot.bars("title", "KB", NAMES);
    plot.add("first", Collections.nCopies(9, 1.0));
    assertEquals(9, count(plot.svg("id"), "rgb(0,114,178)"));
    assertEquals("title", plot.title());
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void add_numbersThatCannotBeDrawn_areRefused() {
    CategoryPlot bars = CategoryPlot.bars("title", "KB", List.of("a", "b"));
    CategoryPlot dots = CategoryPlot.dots("title", "ms", List.of("a", "b"));
    bars.add("zero", List.of(0.0, 1.0));
    assertThrows(IllegalArgumentException.class, () -> dots.add("zero", List.of(0.0, 1.0)));
    assertThrows(IllegalArgumentException.class, () -> bars.add("negative", List.of(-1.0, 1.0)));
    assertThrows(IllegalArgumentException.class, () -> bars.add("NaN", List.of(Double.NaN, 1.0)));
    assertThrows(IllegalArgumentException.class, () -> bars.add("short", List.of(1.0)));
  }
}
