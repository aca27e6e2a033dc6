package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.grad.paper.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SentencesTest {
  @Test
  void lines_routesOfTheSameSentence_shareALine() {
    Sentences sentences = new Sentences("A tie", Precision.FLOAT64);
    assertEquals(List.of(), sentences.lines());
    sentences.add(Route.OURS, "wrong");
    sentences.add(Route.SVD, "right");
    sentences.add(Route.PI, "wrong");
    assertEquals(List.of("A tie, double", "  Ours, PI: wrong", "  SVD: right"), sentences.lines());
  }

  @Test
  void figures_anyNumber_areShort() {
    assertEquals("0", Figures.number(0));
    assertEquals("4e-06", Figures.number(4.2e-6));
    assertEquals("0.25", Figures.number(0.25));
    assertEquals("1.2 %", Figures.percent(0.0123));
    assertEquals("66 %", Figures.percent(0.658));
    assertEquals("2e-09", Figures.percent(2e-9));
    assertEquals("13× the truth", Figures.percent(13.4));
    assertEquals("4e+03× the truth", Figures.percent(4123));
    assertEquals("not finite", Figures.percent(Double.POSITIVE_INFINITY));
  }
}
