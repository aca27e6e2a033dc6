package eigengrad.bench.paper;

import eigengrad.bench.program.Commands;
import eigengrad.bench.program.Folders;
import eigengrad.bench.program.StopOnSignal;
import eigengrad.bench.truth.NearlyWhite;
import eigengrad.bench.truth.TieApproach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The paper's experiments and what it leaves open, run from the root by {@code mvn -Pdemo
 * -Ddemo.args="--help"}: trains a network with each gradient, prints the paper's tables beside the
 * published ones, and says which gradient was right where.
 *
 * <p>Exit status: 0 when every run came to a result, a loss that is not finite included; 1 when a
 * run ended in an exception or the report could not be written; 2 for wrong options; 130 when
 * stopped early, with a report of the runs that had finished.
 */
@Command(
    name = "PaperExperiments",
    sortOptions = false,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    description = {
      "The experiments of \"Backpropagation-Friendly Eigendecomposition\" (NeurIPS 2019) on a small"
          + " network, and the true gradients beside them. Prints error and success rate of each"
          + " method beside the published ones, and which gradient was right where. A report with"
          + " pictures goes to --out.%n"
    },
    footer =
        "%nCtrl-C stops early and reports the runs that have finished; the same command goes on from"
            + " there.")
public final class PaperExperiments implements Callable<Integer> {
  private static final int FINISHED = 0;
  private static final int ERROR = 1;
  private static final int STOPPED = 130;

  /** How long a stopped run may take to notice. */
  private static final double GRACE_SECONDS = 10;

  /** One set of textures for all runs, as there is one CIFAR-10. */
  private static final long TEXTURE_SEED = 1;

  private final TrainerSource trainers;
  private final AtomicBoolean stopped = new AtomicBoolean();

  @Mixin private final PaperOptions options = new PaperOptions();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private PaperExperiments(TrainerSource trainers) {
    this.trainers = trainers;
  }

  /**
   * Runs the experiments and ends the JVM.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine(PaperExperiments::openTrainer).execute(args));
  }

  /** The real trainer, on textures or the files in a folder. */
  static LoadedTrainer openTrainer(@Nullable Path data) {
    ImageSets images = data == null ? TextureImages.generate(TEXTURE_SEED) : CifarFiles.read(data);
    return new LoadedTrainer(
        new Training(images, Layers::create),
        new TruthAlongTraining(images),
        images.training().count(),
        images.fingerprint());
  }

  /** The program as a command, with trainers of the caller's choice. */
  static CommandLine commandLine(TrainerSource trainers) {
    System.setProperty("java.awt.headless", "true");
    return Commands.of(new PaperExperiments(trainers));
  }

  @Override
  public Integer call() throws IOException {
    Folders.checkWritable("--out", options.out(), spec.commandLine());
    LoadedTrainer loaded = openTrainer();
    List<RunSettings> plan = options.plan();
    if (plan.isEmpty()) {
      return runAll(loaded, plan, List.of(), RunStore.none());
    }
    try (RunFolder folder = openFolder(loaded.fingerprint())) {
      return runAll(loaded, plan, find(plan, folder), folder);
    }
  }

  private int runAll(
      LoadedTrainer loaded, List<RunSettings> plan, List<RunResult> found, RunStore store) {
    ZonedDateTime started = ZonedDateTime.now(ZoneId.systemDefault());
    long startNanos = System.nanoTime();
    List<RunSettings> missing = new ArrayList<>(plan);
    missing.removeAll(found.stream().map(RunResult::settings).toList());
    if (!found.isEmpty()) {
      say("%d of %d runs are in %s from before.".formatted(found.size(), plan.size(), runs()));
    }
    Progress progress = ConsoleProgress.start(missing);
    RunPool pool =
        new RunPool(
            loaded.trainer(), store, options.threads(missing.size()), GRACE_SECONDS, progress);
    return StopOnSignal.during(
        () -> {
          List<Finding> findings = new ArrayList<>();
          if (options.wants(Experiment.TIE)) {
            findings.add(Finding.of(TieApproach.compute()));
          }
          ExperimentOutcome outcome;
          try (progress) {
            outcome = pool.trainAll(missing).with(plan, found);
          }
          addTruths(loaded.truth(), findings);
          Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
          return report(new PaperReport(options, outcome, findings, started, elapsed), outcome);
        },
        () -> {
          stopped.set(true);
          pool.stop();
        });
  }

  private void addTruths(TruthSource truth, List<Finding> findings) {
    if (options.wants(Experiment.TRUTH) && !stopped.get()) {
      try {
        findings.add(
            Finding.of(
                truth.along(
                    options.groupSizes(),
                    options.seed(),
                    options.schedule(),
                    this::interruptIfStopped)));
      } catch (InterruptedException stoppedEarly) {
        return;
      }
    }
    if (options.wants(Experiment.WHITE) && !stopped.get()) {
      findings.add(Finding.of(NearlyWhite.compute()));
    }
  }

  private void interruptIfStopped() {
    if (stopped.get()) {
      Thread.currentThread().interrupt();
    }
  }

  private Path runs() {
    return options.out().resolve("runs");
  }

  private RunFolder openFolder(String fingerprint) {
    try {
      return RunFolder.open(runs(), options.shared(fingerprint));
    } catch (IOException e) {
      throw wrong("--out: " + Folders.reason(e));
    }
  }

  private List<RunResult> find(List<RunSettings> plan, RunStore store) {
    List<RunResult> found = new ArrayList<>();
    try {
      for (RunSettings run : plan) {
        RunResult result = store.find(run);
        if (result != null) {
          found.add(result);
        }
      }
    } catch (IOException e) {
      throw wrong("--out: " + Folders.reason(e));
    }
    return found;
  }

  private LoadedTrainer openTrainer() {
    checkReadable(options.data());
    LoadedTrainer loaded;
    try {
      loaded = trainers.open(options.data());
    } catch (DataException e) {
      throw wrong("--data: " + e.getMessage());
    }
    int batch = options.schedule().batch();
    if (batch > loaded.trainingImages()) {
      throw wrong(
          "--batch: %d is more than the %d training images: give at most as many"
              .formatted(batch, loaded.trainingImages()));
    }
    return loaded;
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

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }

  private int report(PaperReport report, ExperimentOutcome outcome) {
    CommandLine command = spec.commandLine();
    report.text().forEach(this::say);
    for (CrashedRun crash : outcome.crashes()) {
      command.getErr().println("error: " + crash.text());
    }
    try {
      Path page = report.write(options.out());
      say("");
      say("Report: " + page.toAbsolutePath().normalize());
    } catch (IOException e) {
      command.getErr().println("error: the report could not be written: " + Folders.reason(e));
      return ERROR;
    }
    if (!outcome.crashes().isEmpty()) {
      return ERROR;
    }
    return stopped.get() || outcome.partial() ? STOPPED : FINISHED;
  }
}
