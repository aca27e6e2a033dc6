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

  @Test
  void chart_energies_standBesideThePapers() {
    String svg = svg(GRIDS.energies(List.of(0.85, 0.995, 1.0)));
    assertTrue(svg.contains(">85 % of the energy<"), svg);
    assertTrue(svg.contains(">99.5 % of the energy<"), svg);
    assertTrue(svg.contains(">100 % of the energy<"), svg);
    assertTrue(svg.contains(">paper<"), svg);
  }

  @Test
  void chart_countThePaperLacks_isHereAlone() {
    assertFalse(svg(GRIDS.vectors(List.of(1, 2))).contains(">paper<"));
    assertTrue(svg(GRIDS.vectors(List.of(2, 4))).contains(">paper<"));
  }

  @Test
  void chart_iterations_areNamedByK() {
    assertTrue(svg(GRIDS.iterations(List.of(1, 29))).contains(">K = 29<"));
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
