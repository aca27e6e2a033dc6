package eigengrad.bench.paper;

import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the program; picocli fills the fields before anything is asked of them. */
@SuppressWarnings("NullAway.Init")
final class PaperOptions {
  /** In the paper. */
  private static final List<Integer> FIGURE1_DIMS = List.of(4, 8);

  @Option(
      names = "--experiments",
      paramLabel = "<name>",
      split = ",",
      defaultValue = "tie,table1,table2,surface",
      converter = OptionValues.ExperimentName.class,
      description = {
        "What to do:",
        "tie: two eigenvalues driven together, every gradient against the true one;",
        "table1: ZCA whitening in groups of --dims;",
        "figure1: its training losses, d = 4 and 8;",
        "table2: PCA denoising and batch normalisation;",
        "figure2: their training losses;",
        "figure3: PCA denoising by --energy, --vectors and --iterations;",
        "surface: what K terms of the series leave out;",
        "truth: every gradient against the true one along training in groups of --dims;",
        "white: the same where all eigenvalues nearly tie."
      })
  private List<Experiment> experiments;

  @Option(
      names = "--runs",
      paramLabel = "<n>",
      defaultValue = "1",
      converter = OptionValues.RunCount.class,
      description = "Runs of each layer; they differ by their seed.")
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
      defaultValue = "svd,pi,ours,exact,published",
      converter = OptionValues.MethodName.class,
      description = {
        "How a layer is differentiated in the tables:",
        "svd: exact eigenvectors, analytic gradient;",
        "pi: power iteration, both ways;",
        "ours: exact eigenvectors, gradient of the power iteration, as the paper proposes;",
        "exact: without eigenvectors, as this library does;",
        "published: as svd, every pair divided as in published code;",
        "published-svd: the same by the formula of the singular value decomposition."
      })
  private List<Method> methods;

  @Option(
      names = "--dims",
      paramLabel = "<d>",
      split = ",",
      defaultValue = "4,16,64",
      converter = OptionValues.GroupSize.class,
      description = "Channels whitened together; each must divide 64.")
  private List<Integer> dims;

  @Option(
      names = "--energy",
      paramLabel = "<x>",
      split = ",",
      defaultValue = "0.85,0.9,0.95,0.99,0.995,1",
      converter = OptionValues.Energy.class,
      description = "Shares of the variance that PCA keeps in Figure 3; in Table 2 it is 0.99.")
  private List<Double> energies;

  @Option(
      names = "--vectors",
      paramLabel = "<k>",
      split = ",",
      defaultValue = "2,4,8,16,32",
      converter = OptionValues.VectorCount.class,
      description = "Vectors that PCA keeps in Figure 3.")
  private List<Integer> vectors;

  @Option(
      names = "--iterations",
      paramLabel = "<K>",
      split = ",",
      defaultValue = "1,2,4,9,14,19,29",
      converter = OptionValues.IterationCount.class,
      description = "Terms of the power iteration in Figure 3; in the tables there are 19.")
  private List<Integer> iterations;

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
              + " code holds them in float32. The exact route is always in double.")
  private Precision precision;

  @Option(
      names = "--keep",
      paramLabel = "<rule>",
      defaultValue = "above-epsilon",
      converter = OptionValues.RetentionName.class,
      description = {
        "Eigenvectors that whitening keeps, from the largest eigenvalue down, alike for every method"
            + " but exact:",
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
      names = ImageSets.OPTION,
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
      description = {
        "Folder for the report and, in runs, a file for each finished run; made if it is not"
            + " there. A run that has its file is not trained again, so that what was stopped goes"
            + " on, and several processes can share a folder."
      })
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

  boolean wants(Experiment experiment) {
    return experiments.contains(experiment);
  }

  List<Method> methods() {
    return methods.stream().distinct().sorted().toList();
  }

  List<Integer> groupSizes() {
    return dims.stream().distinct().sorted().toList();
  }

  List<Double> energies() {
    return energies.stream().distinct().sorted().toList();
  }

  List<Integer> vectors() {
    return vectors.stream().distinct().sorted().toList();
  }

  List<Integer> iterations() {
    return iterations.stream().distinct().sorted().toList();
  }

  Schedule schedule() {
    return new Schedule(steps, batch, learningRate);
  }

  long seed() {
    return seed;
  }

  @Nullable Path data() {
    return data;
  }

  Path out() {
    return out;
  }

  /** What each table and figure that was asked for is made of. */
  PlannedGrids grids() {
    Grids grids = new Grids(methods(), precision, retention);
    SortedSet<Integer> curves = new TreeSet<>();
    if (wants(Experiment.TABLE1)) {
      curves.addAll(dims);
    }
    if (wants(Experiment.FIGURE1)) {
      curves.addAll(FIGURE1_DIMS);
    }
    boolean figure3 = wants(Experiment.FIGURE3);
    return new PlannedGrids(
        wants(Experiment.TABLE1) ? grids.table1(groupSizes()) : Grid.NONE,
        grids.table1(List.copyOf(curves)),
        wants(Experiment.TABLE2) || wants(Experiment.FIGURE2) ? grids.table2() : Grid.NONE,
        figure3 ? grids.energies(energies()) : Grid.NONE,
        figure3 ? grids.vectors(vectors()) : Grid.NONE,
        figure3 ? grids.iterations(iterations()) : Grid.NONE);
  }

  /**
   * All runs in the order of their start: seed by seed, so that an early end leaves whole rows.
   * What two experiments have in common is trained once.
   */
  List<RunSettings> plan() {
    List<Layer> layers =
        grids().all().stream()
            .flatMap(grid -> grid.cells().stream())
            .map(Grid.Cell::layer)
            .distinct()
            .toList();
    return LongStream.range(seed, seed + runs)
        .boxed()
        .flatMap(s -> layers.stream().map(layer -> new RunSettings(layer, s, schedule())))
        .toList();
  }

  /**
   * Runs to train at a time.
   *
   * @param planned how many there are
   */
  int threads(int planned) {
    int processors = Runtime.getRuntime().availableProcessors();
    return threads != null ? threads : Math.clamp(planned, 1, processors);
  }

  String dataText() {
    return data == null ? "generated textures" : "CIFAR-10 files in " + data;
  }

  private String precisionText() {
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

  /**
   * What all runs in a folder have in common.
   *
   * @param fingerprint of the images
   */
  Map<String, String> shared(String fingerprint) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("--steps", Integer.toString(steps));
    values.put("--batch", Integer.toString(batch));
    values.put("--learning-rate", Double.toString(learningRate));
    values.put("--precision", precisionText());
    values.put("--keep", OptionValues.RetentionName.nameOf(retention));
    values.put(ImageSets.OPTION, fingerprint);
    return values;
  }

  /** Every option as it would be given. */
  Map<String, String> asGiven() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(
        "--experiments", join(experiments.stream().distinct().sorted().map(Experiment::word)));
    values.put("--runs", Integer.toString(runs));
    values.put("--methods", join(methods().stream().map(Method::word)));
    values.put("--dims", join(groupSizes().stream()));
    values.put("--energy", join(energies().stream()));
    values.put("--vectors", join(vectors().stream()));
    values.put("--iterations", join(iterations().stream()));
    values.putAll(shared(data == null ? "generated textures" : data.toString()));
    values.put("--seed", Long.toString(seed));
    values.put("--out", out.toString());
    return values;
  }

  private static String join(Stream<?> values) {
    return values.map(Object::toString).collect(Collectors.joining(","));
  }
}
