package eigengrad.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eigengrad.simd.Kernels;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs once, in this JVM; nothing is timed. Its setup checks the answer. */
final class BenchmarksTest {
  private static final List<String> CLASSES =
      List.of(
          "Batch",
          "BatchGradient",
          "FewPairs",
          "Gradient",
          "Hostile",
          "HostileBatch",
          "Kernel",
          "LeadingEigen",
          "Peer",
          "Phase",
          "PowerIteration",
          "Probe",
          "Solver",
          "SpectralFunction",
          "Svd",
          "SvdBatch",
          "SvdGradient",
          "Thread",
          "Whitening");

  @BeforeAll
  static void allowOtherBenchmarksOnThisMachine() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @ParameterizedTest
  @FieldSource("CLASSES")
  void benchmark_once_givesACheckedAnswer(String name) throws Exception {
    String include = "eigengrad.bench.jmh." + name + "Benchmark.*";
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(include)
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (name.equals("Whitening")) {
      options.param("group", "16");
    } else {
      options.param("n", name.contains("Batch") ? "8" : "64").param("kilobytes", "16");
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    Set<String> run =
        results.stream()
            .map(result -> result.getParams().getBenchmark())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(benchmarks(include), run);
  }

  @Test
  void classes_withBenchmarks_areAllRunHere() {
    Set<String> expected =
        CLASSES.stream()
            .map(name -> "eigengrad.bench.jmh." + name + "Benchmark")
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> actual =
        benchmarks(".*").stream()
            .map(name -> name.substring(0, name.lastIndexOf('.')))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(expected, actual);
  }

  @Test
  void require_kernelSetOtherThanTheActive_isRefused() {
    String active = Kernels.active().name().replace("vector-", "");
    String other = active.equals("128") ? "scalar" : "128";
    String before = System.getProperty("eigengrad.simd");
    try {
      assertDoesNotThrow(() -> KernelChoice.require(active));
      assertThrows(IllegalStateException.class, () -> KernelChoice.require(other));
    } finally {
      if (before == null) {
        System.clearProperty("eigengrad.simd");
      } else {
        System.setProperty("eigengrad.simd", before);
      }
    }
  }

  @Test
  void check_kernelThatIsWrong_isRefused() {
    KernelData data = new KernelData(Kernels.scalar(), 64);
    KernelOperation.DOT.run(Kernels.scalar(), data);
    double right = data.sums[0];
    data.a[0] += 1e-6;
    KernelOperation.DOT.run(Kernels.scalar(), data);
    assertThrows(
        IllegalStateException.class,
        () ->
            KernelOperation.requireEqual("dot", new double[] {right}, new double[] {data.sums[0]}));
  }

  private static Set<String> benchmarks(String include) {
    return BenchmarkList.defaultList()
        .find(
            OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
            List.of(include),
            List.of())
        .stream()
        .map(entry -> entry.getUsername())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
