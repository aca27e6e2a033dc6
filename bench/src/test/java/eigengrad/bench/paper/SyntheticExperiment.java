package eigengrad.bench.paper;

/** The experiment with a synthetic trainer, to look at its output without waiting for a network. */
final class SyntheticExperiment {
  private SyntheticExperiment() {}

  public static void main(String[] args) {
    long millisPerStep = Long.getLong("millisPerStep", 1);
    System.exit(
        WhiteningExperiment.commandLine(data -> new SyntheticTrainer(millisPerStep)).execute(args));
  }
}
