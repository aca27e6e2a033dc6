package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import picocli.CommandLine;

final class WhiteningReportTest {
  private static final String HOSTILE = "<script>alert('&')</script>\u0000\"";

  private final WhiteningOptions options =
      CommandLine.populateCommand(
          new WhiteningOptions(), "--dims=4,8", "--methods=svd,ours", "--out", "a<b>&\"c");

  private final List<RunSettings> plan = options.plan();

  @Test
  void html_hostileTexts_areEscapedAndWellFormed() {
    RunSettings run = Runs.run(Method.SVD, 4, 1);
    RunResult failed = new RunResult(run, new double[] {2.3}, Double.NaN, 9, HOSTILE, 1);
    CrashedRun crash = new CrashedRun(Runs.run(Method.OURS, 4, 1), new RuntimeException(HOSTILE));
    String html = html(new ExperimentOutcome(plan, List.of(failed), List.of(crash)));

    Document page = Xml.parse(html);
    assertEquals(0, page.getElementsByTagName("script").getLength());
    assertTrue(page.getDocumentElement().getTextContent().contains("<script>alert('&')</script>"));
    assertTrue(page.getDocumentElement().getTextContent().contains("a<b>&\"c"));
  }

  @Test
  void html_anyReport_loadsNothingFromElsewhere() {
    String html = html(outcome(Runs.success(Method.OURS, 4, 1, 5)));
    String withoutNamespaces = html.replaceAll(" xmlns(:\\w+)?=[\"'][^\"']*[\"']", "");

    assertFalse(withoutNamespaces.contains("http"), "an address");
    assertFalse(withoutNamespaces.contains("src="), "a source");
    assertFalse(withoutNamespaces.contains("href="), "a reference");
    assertFalse(withoutNamespaces.contains("@import"), "a style sheet");
  }

  @Test
  void html_failedRun_isInTableOfFailures() {
    RunResult failed = Runs.failure(Method.SVD, 8, 3, 2.3, 2.2, Double.NaN);
    Document page = Xml.parse(html(outcome(failed, Runs.success(Method.OURS, 8, 3, 5))));

    String text = page.getDocumentElement().getTextContent();
    assertTrue(text.contains("SVD833the loss was NaN"), text);
    assertTrue(text.contains("0 % (0 of 1)"), text);
    assertTrue(text.contains("100 % (1 of 1)"), text);
  }

  @Test
  void html_noRunFinished_saysSoAndIsPartial() {
    Document page = Xml.parse(html(outcome()));

    String text = page.getDocumentElement().getTextContent();
    assertTrue(text.contains("stopped after 0 of 12 runs"), text);
    assertTrue(text.contains("d = 4: no run finished"), text);
    assertEquals(0, page.getElementsByTagName("svg").getLength());
  }

  @Test
  void html_plots_haveDistinctIds() {
    Document page =
        Xml.parse(
            html(outcome(Runs.success(Method.OURS, 4, 1, 5), Runs.success(Method.OURS, 8, 1, 5))));

    List<String> ids =
        Stream.of("svg", "clipPath")
            .map(page::getElementsByTagName)
            .flatMap(nodes -> IntStream.range(0, nodes.getLength()).mapToObj(nodes::item))
            .map(node -> node.getAttributes().getNamedItem("id").getNodeValue())
            .toList();
    assertEquals(ids.stream().distinct().count(), ids.size(), ids::toString);
    assertEquals(2, page.getElementsByTagName("svg").getLength());
  }

  private ExperimentOutcome outcome(RunResult... results) {
    return new ExperimentOutcome(plan, List.of(results), List.of());
  }

  private String html(ExperimentOutcome outcome) {
    ZonedDateTime started = ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
    return new WhiteningReport(options, outcome, started, Duration.ofSeconds(3723)).html();
  }
}
