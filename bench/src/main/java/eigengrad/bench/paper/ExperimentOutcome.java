package eigengrad.bench.paper;

import java.util.List;

/**
 * What came of all runs.
 *
 * @param planned every run there should be, in the order of their start
 * @param results of the runs that finished, in the same order
 * @param crashes the runs that ended in an exception, in the same order
 */
record ExperimentOutcome(
    List<RunSettings> planned, List<RunResult> results, List<CrashedRun> crashes) {

  ExperimentOutcome {
    planned = List.copyOf(planned);
    results = List.copyOf(results);
    crashes = List.copyOf(crashes);
  }

  /** Whether some run was interrupted or never started. */
  boolean partial() {
    return results.size() + crashes.size() < planned.size();
  }

  /** The runs in which something was not finite. */
  List<RunResult> failures() {
    return results.stream().filter(result -> !result.succeeded()).toList();
  }
}
