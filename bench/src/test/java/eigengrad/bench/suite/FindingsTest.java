package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.peers.JsonReport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FindingsTest {
  private final Findings findings = new Findings(Map.of());

  @Test
  void results_twoRaces_areJoinedAndTheLastStateOfEachCounts() {
    findings.setRace("one", SuiteFiles.race(1, 1, 1));
    findings.setRace("two", SuiteFiles.race(2, 2, 2));
    findings.setRace("two", SuiteFiles.race(3, 3, 3));
    JsonReport.Document race = Objects.requireNonNull(findings.results(List.of()).race());
    assertEquals(SuiteFiles.race(1).entrants(), race.entrants());
    assertEquals(
        List.of(1.0, 2000.0, 4000.0, 1.0, 3.0, 2000.0, 4000.0, 3.0),
        race.measurements().stream().map(m -> m.nanosPerCall()[0]).toList());
    assertFalse(race.partial());
  }

  @Test
  void add_sameFigureAgain_replacesIt() {
    assertTrue(findings.isEmpty());
    assertNull(findings.results(List.of()).race());
    findings.add(SuiteFiles.jmh("KernelBenchmark.dot", Map.of("n", "8"), 1, 0));
    findings.add(SuiteFiles.jmh("KernelBenchmark.dot", Map.of("n", "8"), 2, 0));
    assertFalse(findings.isEmpty());
    assertEquals(
        List.of(2.0), findings.results(List.of()).jmh().stream().map(JmhResult::nanos).toList());
  }
}
