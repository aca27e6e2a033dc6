package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ErrorFiguresTest {

  @Test
  void of_threeSuccessesAndOneFailure_matchesFiguresByHand() {
    ErrorFigures figures =
        ErrorFigures.of(
            List.of(
                Runs.success(Method.OURS, 4, 1, 4),
                Runs.failure(Method.OURS, 4, 2, 2.3),
                Runs.success(Method.OURS, 4, 3, 2),
                Runs.success(Method.OURS, 4, 4, 9)));

    assertEquals(2, figures.min());
    assertEquals(5, figures.mean());
    assertEquals(Math.sqrt((1 + 9 + 16) / 2.0), figures.std(), 1e-15);
    assertEquals(75, figures.successPercent());
    assertEquals("2.00", figures.minText());
    assertEquals("5.00±3.61", figures.meanText("±"));
    assertEquals("75 %", figures.successText());
  }

  @Test
  void of_oneSuccess_hasNoDeviation() {
    ErrorFigures figures = ErrorFigures.of(List.of(Runs.success(Method.PI, 4, 1, 12.345)));

    assertEquals("12.35", figures.minText());
    assertEquals("12.35", figures.meanText("±"));
    assertEquals("100 %", figures.successText());
  }

  @Test
  void of_onlyFailures_isDashWithZeroSuccess() {
    ErrorFigures figures = ErrorFigures.of(List.of(Runs.failure(Method.SVD, 4, 1)));

    assertEquals("-", figures.minText());
    assertEquals("-", figures.meanText("±"));
    assertEquals("0 %", figures.successText());
  }

  @Test
  void of_noRuns_isDashThroughout() {
    ErrorFigures figures = ErrorFigures.of(List.of());

    assertEquals("-", figures.minText());
    assertEquals("-", figures.meanText("±"));
    assertEquals("-", figures.successText());
  }

  @Test
  void successText_twoOfThree_hasOneDigit() {
    assertEquals("66.7 %", new ErrorFigures(1, 1, 1, 200 / 3.0).successText());
  }
}
