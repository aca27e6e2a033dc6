package eigengrad.bench.paper;

import eigengrad.bench.program.Commands;
import eigengrad.bench.program.Folders;
import eigengrad.bench.program.StopOnSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The paper's main experiment, run from the root by {@code mvn -Pdemo -Ddemo.args="--help"}: trains
 * a network with each of the three gradients and prints Table 1 beside the published one.
 *
 * <p>Exit status: 0 when every run came to a result, a loss that is not finite included; 1 when a
 * run ended in an exception or the report could not be written; 2 for wrong options; 130 when
 * stopped early, with a report of the runs that had finished.
 */
@Command(
    name = "WhiteningExperiment",
    sortOptions = false,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    description = {
      "Trains a small network with a ZCA whitening layer, differentiated in each of the ways that"
          + " \"Backpropagation-Friendly Eigendecomposition\" (NeurIPS 2019) compares, and prints"
          + " error and success rate of each beside the published ones. A report with loss curves"
          + " goes to --out.%n"
    },
    footer = "%nCtrl-C stops early and reports the runs that have finished.")
public final class WhiteningExperiment implements Callable<Integer> {
  private static final int FINISHED = 0;
  private static final int ERROR = 1;
  private static final int STOPPED = 130;

  /** How long a stopped run may take to notice. */
  private static final double GRACE_SECONDS = 10;

  /** Half as many again as in the paper's 225 runs; their losses take 400 MB. */
  private static final long MOST_STEPS = 50_000_000;

  /** One set of textures for all runs, as there is one CIFAR-10. */
  private static final long TEXTURE_SEED = 1;

  private final TrainerSource trainers;

  @Mixin private final WhiteningOptions options = new WhiteningOptions();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private WhiteningExperiment(TrainerSource trainers) {
    this.trainers = trainers;
  }

  /**
   * Runs the experiment and ends the JVM.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine(WhiteningExperiment::openTrainer).execute(args));
  }

  /** The real trainer, on textures or the files in a folder. */
  static LoadedTrainer openTrainer(@Nullable Path data) {
    ImageSets images = data == null ? TextureImages.generate(TEXTURE_SEED) : CifarFiles.read(data);
    return new LoadedTrainer(new Training(images, WhiteningLayer::new), images.training().count());
  }

  /** The experiment as a command, with trainers of the caller's choice. */
  static CommandLine commandLine(TrainerSource trainers) {
    System.setProperty("java.awt.headless", "true");
    return Commands.of(new WhiteningExperiment(trainers));
  }

  @Override
  public Integer call() {
    checkPlannedSteps();
    Folders.checkWritable("--out", options.out(), spec.commandLine());
    Trainer trainer = openTrainer();
    List<RunSettings> plan = options.plan();
    ZonedDateTime started = ZonedDateTime.now(ZoneId.systemDefault());
    long startNanos = System.nanoTime();
    Progress progress = ConsoleProgress.start(plan);
    RunPool pool = new RunPool(trainer, options.threads(), GRACE_SECONDS, progress);
    return StopOnSignal.during(
        () -> {
          ExperimentOutcome outcome;
          try (progress) {
            outcome = pool.trainAll(plan);
          }
          Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
          return report(new WhiteningReport(options, outcome, started, elapsed), outcome);
        },
        pool::stop);
  }

  private void checkPlannedSteps() {
    if (options.plannedSteps() > MOST_STEPS) {
      throw wrong(
          "--runs, --steps: %d steps in all are too many to keep their losses: plan at most %d"
              .formatted(options.plannedSteps(), MOST_STEPS));
    }
  }

  private Trainer openTrainer() {
    checkReadable(options.data());
    LoadedTrainer loaded;
    try {
      loaded = trainers.open(options.data());
    } catch (DataException e) {
      throw wrong("--data: " + e.getMessage());
    }
    if (options.batch() > loaded.trainingImages()) {
      throw wrong(
          "--batch: %d is more than the %d training images: give at most as many"
              .formatted(options.batch(), loaded.trainingImages()));
    }
    return loaded.trainer();
  }

  /** Accepts null, which stands for no folder. */
  private void checkReadable(@Nullable Path data) {
    if (data != null && !(Files.isDirectory(data) && Files.isReadable(data))) {
      throw wrong(
          "--data: '%s' is no folder that can be read: give the one with data_batch_1.bin to"
                  .formatted(data)
              + " test_batch.bin");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int report(WhiteningReport report, ExperimentOutcome outcome) {
    CommandLine command = spec.commandLine();
    report.text().forEach(command.getOut()::println);
    for (CrashedRun crash : outcome.crashes()) {
      command.getErr().println("error: " + crash.text());
    }
    try {
      Path page = report.write(options.out());
      command.getOut().println("Report: " + page.toAbsolutePath().normalize());
    } catch (IOException e) {
      command.getErr().println("error: the report could not be written: " + Folders.reason(e));
      return ERROR;
    }
    if (!outcome.crashes().isEmpty()) {
      return ERROR;
    }
    return outcome.partial() ? STOPPED : FINISHED;
  }
}
