package eigengrad.grad.roots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SquareRootErrorTableTest {
  /** Errors below this are rounding, which differs between vector widths. */
  private static final double ROUNDING = 1e-10;

  @Test
  void markdown_figuresInTheDocument_stillHold() throws IOException {
    List<String> printed = SquareRootErrorTable.markdown().lines().toList();
    List<String> document = Files.readAllLines(Path.of("doc", "measurements.md"));
    int start = document.indexOf(printed.get(0));
    assertTrue(start >= 0, "the document has no row " + printed.get(0));
    for (int row = 2; row < printed.size(); row++) {
      String[] expected = document.get(start + row).split(" *\\| *", -1);
      String[] actual = printed.get(row).split(" *\\| *", -1);
      assertEquals(expected.length, actual.length);
      for (int cell = 1; cell < actual.length - 1; cell++) {
        double stated = Double.parseDouble(expected[cell]);
        double measured = Double.parseDouble(actual[cell]);
        boolean bothRounding = stated <= ROUNDING && Math.abs(measured) <= ROUNDING;
        assertTrue(
            bothRounding || (measured <= 2 * stated && stated <= 2 * measured),
            "the document states " + stated + ", measured " + measured + " in " + printed.get(row));
      }
    }
  }
}
