package eigengrad.bench.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientFiguresTest {
  private static final Path FOLDER = Path.of("..", "grad", "doc");
  private static final Path DOCUMENT = FOLDER.resolve("derivations.md");
  private static final Map<String, String> DRAWN = GradientFigures.figures();
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+");

  /** A coordinate is rounded to a tenth; elementary functions differ by an ulp between machines. */
  private static final double COORDINATE = 0.1001;

  /** A decade in double: figures of a tie show rounding errors, which differ between kernels. */
  private static final double DECADE = 16;

  @Test
  void figures_committedFiles_areWhatTheCodeDraws() throws IOException {
    Map<String, String> committed = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".svg")).toList()) {
        committed.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertEquals(DRAWN.keySet(), committed.keySet(), "run mvn -Pfigures");
    DRAWN.forEach(
        (name, svg) ->
            assertTrue(
                same(svg, committed.getOrDefault(name, ""), tolerance(name)),
                name + " is not what the code draws: run mvn -Pfigures"));
  }

  @Test
  void figures_all_areShownInTheDerivations() throws IOException {
    String document = Files.readString(DOCUMENT);
    DRAWN.keySet().forEach(name -> assertTrue(document.contains("](" + name + ")"), name));
  }

  @Test
  void main_folder_receivesTheFigures(@TempDir Path folder) throws IOException {
    GradientFigures.main(new String[] {folder.resolve("new").toString()});
    for (Map.Entry<String, String> figure : DRAWN.entrySet()) {
      assertEquals(
          figure.getValue(), Files.readString(folder.resolve("new").resolve(figure.getKey())));
    }
  }

  @Test
  void same_movedCurveOrOtherText_isNoticed() {
    String svg = "<polyline points=\"1.0,2.0 3.5,4.0 \"/> a";
    assertTrue(same(svg, svg.replace("3.5", "3.6"), COORDINATE));
    assertFalse(same(svg, svg.replace("3.5", "3.7"), COORDINATE));
    assertFalse(same(svg, svg.replace("a", "b"), COORDINATE));
    assertFalse(same(svg, svg.replace(" 3.5,4.0", ""), COORDINATE));
  }

  private static double tolerance(String name) {
    return name.startsWith("tie") ? DECADE : COORDINATE;
  }

  private static boolean same(String one, String other, double tolerance) {
    if (!NUMBER.matcher(one).replaceAll("#").equals(NUMBER.matcher(other).replaceAll("#"))) {
      return false;
    }
    double[] a = numbers(one);
    double[] b = numbers(other);
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > tolerance) {
        return false;
      }
    }
    return true;
  }

  private static double[] numbers(String text) {
    return NUMBER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .mapToDouble(Double::parseDouble)
        .toArray();
  }
}
