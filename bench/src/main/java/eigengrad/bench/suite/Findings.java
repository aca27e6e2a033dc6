package eigengrad.bench.suite;

import eigengrad.bench.peers.ColdStart;
import eigengrad.bench.peers.JsonReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run has found until now. */
final class Findings {
  private final Map<String, String> machine;
  private final List<String> notes = new ArrayList<>();
  private final Map<String, JmhResult> jmh = new LinkedHashMap<>();
  private final List<ColdStart> coldStarts = new ArrayList<>();
  private final Map<String, JsonReport.Document> races = new LinkedHashMap<>();

  /**
   * Nothing yet.
   *
   * @param machine what it runs on, when, and by which command
   */
  Findings(Map<String, String> machine) {
    this.machine = machine;
  }

  /** Remembers what was left out, and why. */
  void note(String note) {
    notes.add(note);
  }

  /** Adds a figure, in place of one with the same name and parameters. */
  void add(JmhResult result) {
    jmh.put(result.key(), result);
  }

  void add(ColdStart start) {
    coldStarts.add(start);
  }

  /** Takes a race as far as it has come, in place of an earlier state of it. */
  void setRace(String name, JsonReport.Document document) {
    races.put(name, document);
  }

  /** All races as one; where they ran is said by the first. */
  private JsonReport.@Nullable Document race() {
    return races.values().stream()
        .reduce(
            (a, b) ->
                new JsonReport.Document(
                    a.machine(),
                    a.partial() || b.partial(),
                    joined(a.entrants(), b.entrants()),
                    joined(a.notes(), b.notes()),
                    joined(a.measurements(), b.measurements()),
                    joined(a.phases(), b.phases())))
        .orElse(null);
  }

  private static <T> List<T> joined(List<T> a, List<T> b) {
    return Stream.concat(a.stream(), b.stream()).distinct().toList();
  }

  /** Whether nothing was measured. */
  boolean isEmpty() {
    return jmh.isEmpty() && coldStarts.isEmpty() && races.isEmpty();
  }

  /** The state now, to be kept. */
  SuiteResults results(List<String> notRun) {
    return new SuiteResults(
        machine,
        List.copyOf(notRun),
        List.copyOf(notes),
        List.copyOf(jmh.values()),
        List.copyOf(coldStarts),
        race());
  }
}
