package eigengrad.bench.paper;

/** The experiment with a synthetic trainer, to look at its output without waiting for a network. */
final class SyntheticExperiment {
  private SyntheticExperiment() {}

  public static void main(String[] args) {
    SyntheticTrainer synthetic = new SyntheticTrainer(Long.getLong("millisPerStep", 1));
    long crashingSeed = Long.getLong("crashingSeed", 0);
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          if (run.seed() == crashingSeed) {
            throw new IllegalStateException("<b>bad</b> & worse", new ArithmeticException("1/0"));
          }
          RunResult result = synthetic.train(run, checkpoints, afterStep);
          System.out.println("trained " + run.word());
          return result;
        };
    LoadedTrainer loaded = SyntheticTrainer.loaded(trainer);
    System.exit(PaperExperiments.commandLine(data -> loaded).execute(args));
  }
}
