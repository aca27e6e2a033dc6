package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final HeatMap.Axis X = new HeatMap.Axis("across", new double[] {0, 0.5, 1});
  private static final HeatMap.Axis Y = new HeatMap.Axis("up", new double[] {1, 19});

  @Test
  void svg_function_isACellForEachPair() {
    String constant = HeatMap.of("map", X, Y, (x, y) -> 0.5).svg("a");
    String varied = HeatMap.of("map", X, Y, (x, y) -> Math.pow(x, y)).svg("a");
    assertTrue(colours(varied) > colours(constant), varied);
    assertEquals(varied, HeatMap.of("map", X, Y, (x, y) -> Math.pow(x, y)).svg("a"));
  }

  private static int colours(String svg) {
    return Pattern.compile("fill:rgb\\([^)]*\\)")
        .matcher(svg)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toSet())
        .size();
  }
}
