package eigengrad.bench.suite;

import java.io.IOException;

/** Benchmarks that are run, and whose results are kept, together. */
interface Group {

  /** For the progress, and for the report if it is not run. */
  String name();

  /** How long it takes, about. */
  double seconds();

  /**
   * Runs it.
   *
   * @param findings to be added to
   * @param keep writes the findings; for groups that have results before their end
   * @throws IOException if it failed
   */
  void run(Findings findings, Runnable keep) throws IOException;

  /** Makes {@link #run} return soon; called on another thread, and again until it has. */
  void stop();

  /** Ends every process that this JVM has started, and those that they have started. */
  static void endChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
