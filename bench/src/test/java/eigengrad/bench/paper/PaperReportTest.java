package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import picocli.CommandLine;

final class PaperReportTest {
  private static final String HOSTILE = "<script>alert('&')</script>\u0000\"";

  private final PaperOptions options =
      options("--experiments=table1", "--dims=4,8", "--methods=svd,ours", "--out", "a<b>&\"c");

  @Test
  void html_hostileTexts_areEscapedAndWellFormed() {
    RunSettings run = Runs.run(Method.SVD, 4, 1);
    RunResult failed = new RunResult(run, Runs.curve(10, 2.3), Double.NaN, 9, HOSTILE, 1);
    CrashedRun crash = new CrashedRun(Runs.run(Method.OURS, 4, 1), new RuntimeException(HOSTILE));
    String html =
        html(options, new ExperimentOutcome(options.plan(), List.of(failed), List.of(crash)));

    Document page = Xml.parse(html);
    assertEquals(0, page.getElementsByTagName("script").getLength());
    assertTrue(page.getDocumentElement().getTextContent().contains("<script>alert('&')</script>"));
    assertTrue(page.getDocumentElement().getTextContent().contains("a<b>&\"c"));
  }

  @Test
  void html_anyReport_loadsNothingFromElsewhere() {
    String html = html(options, outcome(Runs.success(Method.OURS, 4, 1, 5)));
    String withoutNamespaces = html.replaceAll(" xmlns(:\\w+)?=[\"'][^\"']*[\"']", "");

    assertFalse(withoutNamespaces.contains("http"), "an address");
    assertFalse(withoutNamespaces.contains("src="), "a source");
    assertFalse(withoutNamespaces.contains("href="), "a reference");
    assertFalse(withoutNamespaces.contains("@import"), "a style sheet");
  }

  @Test
  void html_failedRun_isInTableOfFailures() {
    RunResult failed = Runs.failure(Method.SVD, 8, 3, 2.3, 2.2);
    String text = text(html(options, outcome(failed, Runs.success(Method.OURS, 8, 3, 5))));

    assertTrue(text.contains("ZCA whiteningSVDd = 83the loss was NaN"), text);
    assertTrue(text.contains("0 % (0 of 1)"), text);
    assertTrue(text.contains("100 % (1 of 1)"), text);
    assertTrue(text.contains("SVDfinite in 0 of 1 runs"), text);
  }

  @Test
  void html_noRunFinished_saysSoAndIsPartial() {
    Document page = Xml.parse(html(options, outcome()));

    String text = page.getDocumentElement().getTextContent();
    assertTrue(text.contains("stopped after 0 of 4 runs. The same command goes on"), text);
    assertTrue(text.contains("d = 4: no run finished"), text);
    assertEquals(0, page.getElementsByTagName("svg").getLength());
  }

  @Test
  void html_truthWasStopped_isPartial() {
    PaperOptions truth = options("--experiments=surface,truth,white");
    String text = text(html(truth, new ExperimentOutcome(List.of(), List.of(), List.of())));
    assertTrue(text.contains("stopped after 0 of 0 runs, without truth and white."), text);
  }

  @Test
  void html_everyTableAndFigure_isThereOnce() {
    PaperOptions all =
        options("--experiments=table1,figure1,table2,figure2,figure3,surface", "--runs=2");
    List<RunResult> results = new ArrayList<>();
    for (RunSettings run : all.plan()) {
      results.add(Runs.success(run, 5 + run.word().hashCode() % 3));
    }
    Document page = Xml.parse(html(all, new ExperimentOutcome(all.plan(), results, List.of())));
    List<String> headings =
        IntStream.range(0, page.getElementsByTagName("h2").getLength())
            .mapToObj(i -> page.getElementsByTagName("h2").item(i).getTextContent())
            .toList();
    assertEquals(
        List.of(
            "In short",
            "Table 1: ZCA whitening",
            "Figure 1: training loss with ZCA whitening",
            "Table 2: PCA denoising",
            "Figure 2: training loss with PCA denoising",
            "Figure 3: how much to keep, how many iterations",
            "What K terms leave out",
            "Failed runs",
            "Settings",
            "All runs"),
        headings);
    // d = 4, 8, 16 and 64; PCA; three of Figure 3; surface and contours.
    assertEquals(4 + 1 + 3 + 2, page.getElementsByTagName("svg").getLength());
    assertDistinctIds(page);
    String text = page.getDocumentElement().getTextContent();
    assertTrue(text.contains("mean 4.59 ± 0.09 %"), "Table 1 as published");
    assertTrue(text.contains("mean 5.35 ± 0.25 %"), "Table 2 as published");
  }

  @Test
  void html_plots_haveDistinctIds() {
    assertDistinctIds(
        Xml.parse(
            html(
                options,
                outcome(Runs.success(Method.OURS, 4, 1, 5), Runs.success(Method.OURS, 8, 1, 5)))));
  }

  private static void assertDistinctIds(Document page) {
    List<String> ids =
        Stream.of("svg", "clipPath")
            .map(page::getElementsByTagName)
            .flatMap(nodes -> IntStream.range(0, nodes.getLength()).mapToObj(nodes::item))
            .map(node -> node.getAttributes().getNamedItem("id").getNodeValue())
            .toList();
    assertTrue(ids.size() > 1, ids::toString);
    assertEquals(ids.stream().distinct().count(), ids.size(), ids::toString);
  }

  private ExperimentOutcome outcome(RunResult... results) {
    return new ExperimentOutcome(options.plan(), List.of(results), List.of());
  }

  private static PaperOptions options(String... args) {
    return CommandLine.populateCommand(new PaperOptions(), args);
  }

  private static String text(String html) {
    return Xml.parse(html).getDocumentElement().getTextContent();
  }

  private static String html(PaperOptions options, ExperimentOutcome outcome) {
    ZonedDateTime started = ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
    return new PaperReport(options, outcome, List.of(), started, Duration.ofSeconds(3723)).html();
  }
}
