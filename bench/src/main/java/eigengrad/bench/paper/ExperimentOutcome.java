package eigengrad.bench.paper;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /**
   * The outcome of more runs.
   *
   * @param plan all of them
   * @param found results from before
   */
  ExperimentOutcome with(List<RunSettings> plan, List<RunResult> found) {
    Map<RunSettings, RunResult> all =
        Stream.concat(found.stream(), results.stream())
            .collect(Collectors.toMap(RunResult::settings, result -> result));
    return new ExperimentOutcome(
        plan, plan.stream().map(all::get).filter(Objects::nonNull).toList(), crashes);
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
