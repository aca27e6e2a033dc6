package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.Workload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a race has found so far. */
final class Results {
  private final List<Entrant> entrants = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<PhaseMeasurement> phases = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /** Adds an entrant, once for all races. */
  void add(Entrant entrant) {
    if (!entrants.contains(entrant)) {
      entrants.add(entrant);
    }
  }

  void add(Measurement measurement) {
    measurements.add(measurement);
  }

  void add(PhaseMeasurement measurement) {
    phases.add(measurement);
  }

  /** Remembers who was left out, and why; once for the same words. */
  void note(String text) {
    notes.add(text);
  }

  List<Entrant> entrants() {
    return List.copyOf(entrants);
  }

  List<Measurement> measurements() {
    return List.copyOf(measurements);
  }

  List<PhaseMeasurement> phases() {
    return List.copyOf(phases);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** The measurements of a table. */
  List<Measurement> of(Workload workload, int raceThreads) {
    return measurements.stream()
        .filter(m -> m.workload() == workload && m.raceThreads() == raceThreads)
        .toList();
  }

  /** Whether this is the library of another entrant with another name: a setting without effect. */
  boolean hasAlready(Entrant entrant) {
    return entrants.stream()
        .anyMatch(
            other ->
                !other.name().equals(entrant.name())
                    && other.threads() == entrant.threads()
                    && other.origin().equals(entrant.origin())
                    && other.description().equals(entrant.description()));
  }
}
