package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SpeedTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FILE = Pattern.compile("\\(bench/results/([^)]+\\.json)\\)");

  @Test
  void readme_table_isWhatTheCommittedResultsGive() throws Exception {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher file = FILE.matcher(readme);
    assertTrue(file.find(), "the README names no file of results");
    Path results = ROOT.resolve("bench/results").resolve(file.group(1));
    SpeedTable table = new SpeedTable(SuiteResults.read(results), file.group(1));
    assertEquals(
        table.replacedIn(readme),
        readme,
        () ->
            "run mvn -Pbench -Dbench.args=\"report bench/results/%s --readme README.md\""
                .formatted(file.group(1)));
  }

  @Test
  void replacedIn_oldTable_isReplacedAndTheRestKept() {
    SpeedTable table = new SpeedTable(SuiteFiles.whole(), "run.json");
    String document = "a\n%s\nold\n%s\nb\n".formatted(SpeedTable.BEGIN, SpeedTable.END);
    assertEquals(
        """
        a
        %s
        | n | eigengrad | ÷ fastest native | fastest JVM peer ÷ |
        | ---: | ---: | ---: | ---: |
        | 8 | 1.00 µs | 0.50 (MKL) | 4.00 (EJML) |
        | 16 | 1.00 µs | – | – |

        From [bench/results/run.json](bench/results/run.json): P, J, vector-512, begun B by `C`.
        %s
        b
        """
            .formatted(SpeedTable.BEGIN, SpeedTable.END),
        table.replacedIn(document));
    assertEquals(table.replacedIn(document), table.replacedIn(table.replacedIn(document)));
  }

  @Test
  void markdown_singularValuesRaced_haveColumnsOfTheirOwn() {
    String table = new SpeedTable(SuiteFiles.withSvd(), "run.json").markdown();
    assertTrue(
        table.startsWith(
            """
            | n | eigenpairs | ÷ fastest native | fastest JVM peer ÷ | SVD | ÷ fastest native | fastest JVM peer ÷ |
            | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | 8 | 1.00 µs | 0.50 (MKL) | 4.00 (EJML) | 3.00 µs | – | – |
            | 16 | 1.00 µs | – | – | – | – | – |
            """),
        table);
  }

  @Test
  void replacedIn_noMarkersOrNoRace_isRefused() {
    SpeedTable table = new SpeedTable(SuiteFiles.whole(), "run.json");
    assertThrows(IllegalArgumentException.class, () -> table.replacedIn("no markers"));
    SpeedTable empty = new SpeedTable(SuiteFiles.of(), "run.json");
    assertThrows(
        IllegalArgumentException.class,
        () -> empty.replacedIn(SpeedTable.BEGIN + "\n" + SpeedTable.END));
  }
}
