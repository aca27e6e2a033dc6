package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Figure3SectionTest {
  private static final Grids GRIDS =
      new Grids(List.of(Method.OURS), Precision.FLOAT64, Retention.ABOVE_EPSILON);

  /** The colour of a chart's second series. */
  private static final String SECOND = "fill:rgb(213,94,0)";

  @Test
  void chart_countThePaperHas_standsBesideThePapers() {
    assertTrue(svg(GRIDS.energies(List.of(0.85, 0.995, 1.0))).contains(SECOND));
    assertTrue(svg(GRIDS.vectors(List.of(2, 4))).contains(SECOND));
  }

  @Test
  void chart_countThePaperLacks_isHereAlone() {
    assertFalse(svg(GRIDS.vectors(List.of(1, 2))).contains(SECOND));
    assertFalse(svg(GRIDS.iterations(List.of(1, 29))).contains(SECOND));
  }

  @Test
  void grids_columns_areNamedByWhatIsVaried() {
    assertEquals(
        List.of("85 % of the energy", "99.5 % of the energy", "100 % of the energy"),
        GRIDS.energies(List.of(0.85, 0.995, 1.0)).columns());
    assertEquals(List.of("1 vector", "16 vectors"), GRIDS.vectors(List.of(1, 16)).columns());
    assertEquals(List.of("K = 1", "K = 29"), GRIDS.iterations(List.of(1, 29)).columns());
  }

  @Test
  void of_onePartWithoutRuns_saysSo() {
    Grid grid = GRIDS.vectors(List.of(2));
    String html =
        Figure3Section.of(
                List.of(
                    new Figure3Section.Part("By vectors kept", new ResultTable(grid, List.of()))))
            .render();
    assertTrue(html.contains("By vectors kept: no run finished."), html);
  }

  @Test
  void published_figure3_meansAreThePapers() {
    assertEquals(5.60, PublishedFigure3.atEnergy(0.85).mean());
    assertEquals(4.65, PublishedFigure3.withVectors(32).mean());
    assertTrue(Double.isNaN(PublishedFigure3.withVectors(3).mean()));
  }

  private static String svg(Grid grid) {
    List<RunResult> results = new ArrayList<>();
    for (Grid.Cell cell : grid.cells()) {
      results.add(Runs.success(new RunSettings(cell.layer(), 1, Runs.SCHEDULE), 7));
    }
    Figure3Section.Part part =
        new Figure3Section.Part("By something", new ResultTable(grid, results));
    return Figure3Section.chart(part, grid.cells()).svg("figure");
  }
}
