package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.examples.BatchOfTensors;
import eigengrad.examples.MergedComponents;
import eigengrad.examples.OneSolve;
import eigengrad.examples.ShampooRoots;
import eigengrad.examples.VerifyYourSolver;
import eigengrad.examples.WhiteningLoop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples do what they say. */
class ExamplesTest {
  private static final Pattern LOSS = Pattern.compile("loss ([0-9.,]+)");

  @Test
  void oneSolve_printsValuesAndGradient() {
    List<String> lines = run(OneSolve::main);
    assertEquals(5, lines.size());
    assertTrue(lines.get(0).startsWith("λ = 1"), lines::toString);
    assertTrue(lines.get(4).startsWith("∂L/∂m₁₁"), lines::toString);
  }

  @Test
  void batchOfTensors_printsTheMostDirected() {
    List<String> lines = run(BatchOfTensors::main);
    assertEquals(1, lines.size());
    assertTrue(
        lines.get(0).matches("voxel \\d+: anisotropy 0[.,]9.*, along \\[.*]"), lines::toString);
  }

  @Test
  void shampooRoots_everyStep_hasItsError() {
    List<String> lines = run(ShampooRoots::main);
    assertEquals(5, lines.size());
    assertTrue(
        lines.stream().allMatch(line -> line.matches(".*≤ \\d[.,]\\de-(0[6-9]|1\\d)")),
        lines::toString);
  }

  @Test
  void whiteningLoop_loss_falls() {
    List<Double> losses = run(WhiteningLoop::main).stream().map(ExamplesTest::loss).toList();
    assertEquals(6, losses.size());
    assertTrue(losses.get(5) < 0.5 * losses.get(0), losses::toString);
  }

  @Test
  void merged_components_areFewAndWhiten() {
    List<String> lines = run(MergedComponents::main);
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).startsWith("3 of 12 components explain 9"), lines::toString);
    assertTrue(lines.get(2).matches(".* off by at most 0[.,]0\\d+"), lines::toString);
  }

  /** The textbook's method loses accuracy somewhere, and takes infinity for a number. */
  @Test
  void verifyYourSolver_textbookJacobi_isFoundOut() {
    List<String> lines = run(VerifyYourSolver::main);
    assertTrue(lines.get(0).contains("accuracy_lowRanks"), lines::toString);
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("FAILED")), lines::toString);
  }

  private static double loss(String line) {
    Matcher matcher = LOSS.matcher(line);
    assertTrue(matcher.find(), line);
    return Double.parseDouble(matcher.group(1).replace(',', '.'));
  }

  private static List<String> run(Consumer<String[]> main) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      main.accept(new String[0]);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
