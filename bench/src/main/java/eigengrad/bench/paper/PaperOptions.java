package eigengrad.bench.paper;

import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the experiment; picocli fills the fields before anything is asked of them. */
@SuppressWarnings("NullAway.Init")
final class WhiteningOptions {

  @Option(
      names = "--runs",
      paramLabel = "<n>",
      defaultValue = "3",
      converter = OptionValues.RunCount.class,
      description = "Runs of each method at each group size; they differ by their seed.")
  private int runs;

  @Option(
      names = "--steps",
      paramLabel = "<n>",
      defaultValue = "150",
      converter = OptionValues.StepCount.class,
      description = "Optimiser steps of a run.")
  private int steps;

  @Option(
      names = "--methods",
      paramLabel = "<method>",
      split = ",",
      defaultValue = "svd,pi,ours",
      converter = OptionValues.MethodName.class,
      description = {
        "How the whitening layer is differentiated:",
        "svd: exact eigenvectors, analytic gradient;",
        "pi: power iteration, both ways;",
        "ours: exact eigenvectors, gradient of the power iteration, as the paper proposes."
      })
  private List<Method> methods;

  @Option(
      names = "--dims",
      paramLabel = "<d>",
      split = ",",
      defaultValue = "4,8,16,32,64",
      converter = OptionValues.GroupSize.class,
      description = "Channels whitened together; each must divide 64.")
  private List<Integer> dims;

  @Option(
      names = "--batch",
      paramLabel = "<n>",
      defaultValue = "64",
      converter = OptionValues.BatchSize.class,
      description = "Images per step.")
  private int batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "<x>",
      defaultValue = "0.2",
      converter = OptionValues.Positive.class,
      description = "Learning rate of SGD with momentum.")
  private double learningRate;

  @Option(
      names = "--precision",
      paramLabel = "<type>",
      defaultValue = "double",
      converter = OptionValues.PrecisionName.class,
      description =
          "double, or float32: the decomposition and its gradient are rounded wherever the paper's"
              + " code holds them in float32.")
  private Precision precision;

  @Option(
      names = "--keep",
      paramLabel = "<rule>",
      defaultValue = "above-epsilon",
      converter = OptionValues.RetentionName.class,
      description = {
        "Eigenvectors that the layer keeps, from the largest eigenvalue down, alike for every method:",
        "above-epsilon: all but those whose eigenvalue rounding or deflation has brought to 1e-4;",
        "energy: no more than hold 1 - 1e-4 of the variance;",
        "authors-code: those before the one with which they hold it, as the published code;",
        "all: every one."
      })
  private Retention retention;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      defaultValue = "1",
      converter = OptionValues.Seed.class,
      description = "Seed of the first run; the next has the next number.")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "<dir>",
      converter = OptionValues.Folder.class,
      description = {
        "Folder with CIFAR-10's binary files (data_batch_1.bin to test_batch.bin).",
        "  Default: generated textures"
      })
  private @Nullable Path data;

  @Option(
      names = "--out",
      paramLabel = "<dir>",
      defaultValue = "bench/target/report",
      converter = OptionValues.Folder.class,
      description = "Folder for index.html, runs.csv and losses.csv; made if it is not there.")
  private Path out;

  @Option(
      names = "--threads",
      paramLabel = "<n>",
      converter = OptionValues.ThreadCount.class,
      description = {
        "Runs trained at a time.",
        "  Default: the processors, at most the runs there are"
      })
  private @Nullable Integer threads;

  List<Method> methods() {
    return methods.stream().distinct().sorted().toList();
  }

  List<Integer> groupSizes() {
    return dims.stream().distinct().sorted().toList();
  }

  int batch() {
    return batch;
  }

  @Nullable Path data() {
    return data;
  }

  Path out() {
    return out;
  }

  int threads() {
    return threads != null
        ? threads
        : Math.min(Runtime.getRuntime().availableProcessors(), plan().size());
  }

  /** All runs in the order of their start: seed by seed, so that an early end leaves whole rows. */
  List<RunSettings> plan() {
    List<RunSettings> plan = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      for (int d : groupSizes()) {
        for (Method method : methods()) {
          plan.add(
              new RunSettings(
                  method, d, seed + run, steps, batch, learningRate, precision, retention));
        }
      }
    }
    return plan;
  }

  /** Optimiser steps of all runs, known before any plan is made. */
  long plannedSteps() {
    return (long) runs * steps * groupSizes().size() * methods().size();
  }

  String dataText() {
    return data == null ? "generated textures" : "CIFAR-10 files in " + data;
  }

  String precisionText() {
    return precision == Precision.FLOAT64 ? "double" : "float32";
  }

  /** The settings that matter for reading a table, in one line. */
  String summary() {
    return "precision %s, keeping %s, %s, %d steps of %d images, learning rate %s, %d %s per cell"
        .formatted(
            precisionText(),
            OptionValues.RetentionName.nameOf(retention),
            dataText(),
            steps,
            batch,
            learningRate,
            runs,
            runs == 1 ? "run" : "runs");
  }

  /** Every option as it would be given. */
  Map<String, String> asGiven() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("--runs", Integer.toString(runs));
    values.put("--steps", Integer.toString(steps));
    values.put("--methods", join(methods().stream().map(Method::label).toList()));
    values.put("--dims", join(groupSizes()));
    values.put("--batch", Integer.toString(batch));
    values.put("--learning-rate", Double.toString(learningRate));
    values.put("--precision", precisionText());
    values.put("--keep", OptionValues.RetentionName.nameOf(retention));
    values.put("--seed", Long.toString(seed));
    values.put("--data", data == null ? "generated textures" : data.toString());
    values.put("--out", out.toString());
    values.put("--threads", Integer.toString(threads()));
    return values;
  }

  private static String join(List<?> values) {
    return values.stream()
        .map(Object::toString)
        .collect(Collectors.joining(","))
        .toLowerCase(Locale.ROOT);
  }
}
