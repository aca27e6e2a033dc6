package eigengrad.bench.paper;

/**
 * A run that ended in an exception: a defect of the program, not a result of the experiment.
 *
 * @param settings the run
 * @param thrown what ended it
 */
record CrashedRun(RunSettings settings, Throwable thrown) {

  /** The run, and the exception with its causes, in one line. */
  String text() {
    return settings.text() + ": " + causes();
  }

  /** The exception and what caused it, outermost first. */
  String causes() {
    StringBuilder text = new StringBuilder(thrown.toString());
    int depth = 0;
    for (Throwable cause = thrown.getCause();
        cause != null && depth < 8;
        cause = cause.getCause()) {
      text.append(", caused by ").append(cause);
      depth++;
    }
    return text.toString().replaceAll("\\s*\\R\\s*", " ");
  }
}
