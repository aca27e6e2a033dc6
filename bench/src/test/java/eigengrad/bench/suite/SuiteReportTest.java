package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SuiteReportTest {
  @TempDir private Path folder;

  @Test
  void markdown_everything_hasFiguresWithRatesAndShares() {
    String text = new SuiteReport(SuiteFiles.whole()).markdown();
    for (String line :
        List.of(
            "- processor: P",
            "- left out: a note",
            "| 8 | 1.00 µs ±0 % | 2.00 µs ±0 % | 4.00 µs ±0 % | 0.50 | 4.00 |",
            "| 16 | 1.00 µs ±0 % | – | – | – | – |",
            "| fma |  |  | 328 ns | ±0 % | 100 | 100 % |  |  |",
            "| 64 | 2 | 9.00 ns | 2.00 | 100 % |",
            "| 64 | eigengrad | 500 ms | 200 ms | 40 | 3.00 s | 50.0 µs |")) {
      assertTrue(text.contains(line + "\n"), () -> line + " is not in\n" + text);
    }
    assertTrue(text.contains("| 512 | 10.5 µs | ±1 % | 50.0 | 50 % | 9.38 |  |"), text);
    assertTrue(text.contains("| scalar | 64.0 ns | ±2 % | 2.00 | 2 % | 16.0 |  |"), text);
  }

  @Test
  void html_everything_isWellFormedAndHasTheCharts() throws Exception {
    new SuiteReport(SuiteFiles.whole()).writeBeside(folder.resolve("run.json"));
    Path page = folder.resolve("run.html");
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
    String html = Files.readString(page);
    for (String chart :
        List.of(
            "Time, dense",
            "How much faster, dense",
            "Roofline",
            "Whole solve",
            "Phases of a solve",
            "Threads",
            "Speed-up",
            "Allocation of a call, dense, n = 64",
            "Fresh JVM, n = 64",
            "Calls until steady, n = 64")) {
      assertTrue(html.contains("aria-label=\"" + chart + "\""), chart);
    }
    assertEquals(
        new SuiteReport(SuiteFiles.whole()).markdown(), Files.readString(folder.resolve("run.md")));
  }

  @Test
  void report_notAllWasRun_saysSoAtTheTop() {
    Findings findings = new Findings(Map.of("processor", "P"));
    SuiteReport report = new SuiteReport(findings.results(List.of("Batch n=16", "Race")));
    String line = "PARTIAL: not run, or not to the end: Batch n=16; Race.";
    assertEquals("# eigengrad's benchmarks\n\n" + line + "\n\n- processor: P\n", report.markdown());
    assertTrue(report.html().contains("</h1><p>" + line + "</p>"), report::html);
  }

  @Test
  void markdown_nothing_isAHeading() {
    assertEquals("# eigengrad's benchmarks\n\n", new SuiteReport(SuiteFiles.of()).markdown());
  }
}
