package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same words for other results would be a mistake: each test has both outcomes. */
final class TableVerdictTest {
  private static final Grid GRID =
      new Grids(
              List.of(Method.SVD, Method.PI, Method.OURS),
              Precision.FLOAT64,
              Retention.ABOVE_EPSILON)
          .table1(List.of(4, 64));

  @Test
  void of_onePoorMethodAndOneThatFails_saysWhichAndWhere() {
    ResultTable table =
        new ResultTable(
            GRID,
            List.of(
                Runs.success(Method.SVD, 4, 1, 8),
                Runs.failure(Method.SVD, 64, 1, 2.3),
                Runs.success(Method.PI, 4, 1, 9),
                Runs.success(Method.PI, 64, 1, 90),
                Runs.success(Method.OURS, 4, 1, 10),
                Runs.success(Method.OURS, 64, 1, 12)));
    assertEquals(
        List.of(
            "Table 1",
            "  SVD: finite in 1 of 2 runs; errors within 5 points of the best",
            "  PI: finite in 2 of 2 runs; errors far above the best:"
                + " 90.0 % against 12.0 % at d = 64",
            "  Ours: finite in 2 of 2 runs; errors within 5 points of the best"),
        TableVerdict.of("Table 1", table));
  }

  @Test
  void of_theOppositeResults_saysTheOpposite() {
    ResultTable table =
        new ResultTable(
            GRID,
            List.of(
                Runs.success(Method.SVD, 4, 1, 8),
                Runs.failure(Method.OURS, 4, 1, 2.3),
                Runs.failure(Method.OURS, 64, 1, 2.3),
                Runs.success(Method.SVD, 64, 1, 20),
                Runs.success(Method.PI, 64, 1, 14.9)));
    assertEquals(
        List.of(
            "Table 1",
            "  SVD: finite in 2 of 2 runs; errors far above the best:"
                + " 20.0 % against 14.9 % at d = 64",
            "  PI: finite in 1 of 1 runs; errors within 5 points of the best",
            "  Ours: finite in 0 of 2 runs"),
        TableVerdict.of("Table 1", table));
  }

  @Test
  void of_noRun_saysSo() {
    assertEquals(
        List.of("Table 1", "  SVD, PI, Ours: no run finished"),
        TableVerdict.of("Table 1", new ResultTable(GRID, List.of())));
  }
}
