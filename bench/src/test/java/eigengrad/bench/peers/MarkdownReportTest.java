package eigengrad.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.contestant.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MarkdownReportTest {
  private final Results results = new Results();

  MarkdownReportTest() {
    results.add(new Entrant("eigengrad", Kind.OURS, 1, "ours.jar", "lanes"));
    results.add(new Entrant("Slow native", Kind.NATIVE, 1, "n.jar", "slow"));
    results.add(new Entrant("Fast native", Kind.NATIVE, 1, "n.jar", "fast"));
    results.add(new Entrant("Peer", Kind.PEER, 1, "p.jar", "java"));
    results.add(new Entrant("Idle", Kind.PEER, 1, "i.jar", "java"));
  }

  @Test
  void text_dense_comparesWithTheFastestOfEachKind() {
    add(Workload.DENSE, 8, "eigengrad", 3000, 4000, 5000);
    add(Workload.DENSE, 8, "Slow native", 9000, 9000, 9000);
    add(Workload.DENSE, 8, "Fast native", 8000, 8000, 8000);
    add(Workload.DENSE, 8, "Peer", 10_000, 12_000, 14_000);
    add(Workload.DENSE, 512, "eigengrad", 2e6, 2e6, 2e6);
    String text = new MarkdownReport(Map.of("JVM", "25"), results, Statistic.MEDIAN, false).text();
    assertTrue(
        text.contains(
            """
            | n | eigengrad | Slow native | Fast native | Peer | eigengrad ÷ fastest native | \
            fastest JVM peer ÷ eigengrad |
            | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | 8 | 4.00 µs ±13 % | 9.00 µs ±0 % | 8.00 µs ±0 % | 12.0 µs ±8 % | \
            0.50 (Fast native) | 3.00 (Peer) |
            | 512 | 2.00 ms ±0 % | – | – | – | – | – |
            """),
        text);
    assertTrue(text.contains("- JVM: 25\n"), text);
    assertTrue(
        text.contains("- Fast native, 1 thread: fast (n.jar); processors in use: 1.00\n"), text);
    assertFalse(text.contains("PARTIAL"), text);
    assertFalse(text.contains("Left out"), text);
  }

  @Test
  void text_fastest_comparesTheFastestCalls() {
    add(Workload.DENSE, 8, "eigengrad", 3000, 4000, 5000);
    add(Workload.DENSE, 8, "Slow native", 6000, 6000, 6000);
    add(Workload.DENSE, 8, "Fast native", 2000, 7000, 9000);
    String text = new MarkdownReport(Map.of(), results, Statistic.FASTEST, false).text();
    assertTrue(
        text.contains("| 8 | 3.00 µs ±13 % | 6.00 µs ±0 % | 2.00 µs ±25 % | 1.50 (Fast native) |"),
        text);
  }

  @Test
  void text_twoThreads_comparesWithTheFastestWhateverItsThreads() {
    results.add(new Entrant("eigengrad", Kind.OURS, 2, "ours.jar", "lanes"));
    results.add(new Entrant("Fast native", Kind.NATIVE, 2, "n.jar", "fast"));
    add(2, Workload.DENSE, 8, "eigengrad", 2, 3000);
    add(2, Workload.DENSE, 8, "Fast native", 1, 6000);
    add(2, Workload.DENSE, 8, "Fast native", 2, 9000);
    add(Workload.DENSE, 8, "Fast native", 1);
    String text = text();
    assertTrue(
        text.contains(
            """
            | n | eigengrad, 2 threads | Fast native, 1 thread | Fast native, 2 threads | \
            eigengrad ÷ fastest native | fastest JVM peer ÷ eigengrad |
            | ---: | ---: | ---: | ---: | ---: | ---: |
            | 8 | 3.00 µs ±0 % | 6.00 µs ±0 % | 9.00 µs ±0 % | 0.50 (Fast native, 1 thread) | – |
            """),
        text);
    assertTrue(text.contains("; up to 2 threads\n"), text);
  }

  @Test
  void text_processorsInUse_areThoseOfAllMeasurements() {
    add(Workload.DENSE, 8, "eigengrad", 1);
    results.add(
        new Measurement(
            Workload.DENSE, 9, 1, "eigengrad", 1, 1, new double[] {1}, 1, 300, 500, 0, 0, 0));
    assertTrue(text().contains("(ours.jar); processors in use: 1.50\n"), this::text);
    assertTrue(text().contains("(p.jar)\n"), this::text);
  }

  @Test
  void text_gemm_isInGigaflops() {
    add(Workload.GEMM, 100, "eigengrad", 20_000, 20_000);
    assertTrue(text().contains("| 100 | 100 ±0 % | – | – |"), this::text);
  }

  @Test
  void text_phases_areMediansOrTheFastestRounds() {
    add(Workload.DENSE, 8, "eigengrad", 1);
    results.add(
        new PhaseMeasurement(
            8, 1, new double[] {1e3, 2e3, 9e3}, new double[] {4e3}, new double[] {5e3}));
    assertTrue(text().contains("| 8 | 2.00 µs | 4.00 µs | 5.00 µs |"), this::text);
    String fastest = new MarkdownReport(Map.of(), results, Statistic.FASTEST, false).text();
    assertTrue(fastest.contains("| 8 | 1.00 µs | 4.00 µs | 5.00 µs |"), fastest);
  }

  @Test
  void text_notesAndPartial_areSaid() {
    results.note("MKL: not here");
    results.note("MKL: not here");
    String text = new MarkdownReport(Map.of(), results, Statistic.MEDIAN, true).text();
    assertTrue(text.contains("PARTIAL"), text);
    assertTrue(text.endsWith("## Left out\n\n- MKL: not here\n"), text);
  }

  @Test
  void json_everything_canBeReadBack() {
    add(Workload.VALUES, 8, "eigengrad", 0.1, 2, 3);
    results.note("a \"quoted\" note");
    String json = JsonReport.text(JsonReport.document(Map.of("JVM", "25"), results, false));
    JsonReport.Document read = new Gson().fromJson(json, JsonReport.Document.class);
    assertEquals(results.entrants(), read.entrants());
    assertEquals(List.of("a \"quoted\" note"), read.notes());
    Measurement measurement = read.measurements().get(0);
    assertEquals(Workload.VALUES, measurement.workload());
    assertEquals(0.1, measurement.nanosPerCall()[0]);
    assertEquals(3, measurement.nanosPerCall().length);
    assertTrue(new Gson().fromJson(json, JsonObject.class).has("machine"));
  }

  @Test
  void add_entrantOfAnotherRace_isListedOnce() {
    int before = results.entrants().size();
    results.add(new Entrant("Peer", Kind.PEER, 1, "p.jar", "java"));
    assertEquals(before, results.entrants().size());
    results.add(new Entrant("Peer", Kind.PEER, 2, "p.jar", "java"));
    assertEquals(before + 1, results.entrants().size());
  }

  @Test
  void hasAlready_settingWithoutEffect_isFound() {
    assertFalse(results.hasAlready(new Entrant("Fast native", Kind.NATIVE, 1, "n.jar", "fast")));
    assertTrue(results.hasAlready(new Entrant("Other", Kind.NATIVE, 1, "n.jar", "fast")));
    assertFalse(results.hasAlready(new Entrant("Other", Kind.NATIVE, 2, "n.jar", "fast")));
    assertFalse(results.hasAlready(new Entrant("Other", Kind.NATIVE, 1, "n.jar", "AVX-512")));
  }

  private String text() {
    return new MarkdownReport(Map.of(), results, Statistic.MEDIAN, false).text();
  }

  private void add(Workload workload, int n, String contestant, double... nanos) {
    add(1, workload, n, contestant, 1, nanos);
  }

  private void add(
      int raceThreads, Workload workload, int n, String contestant, int threads, double... nanos) {
    results.add(
        new Measurement(
            workload,
            n,
            raceThreads,
            contestant,
            threads,
            1,
            nanos,
            nanos[0],
            100,
            100,
            0.1,
            0.1,
            0.1));
  }
}
