package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class WorkTest {

  @Test
  void of_kernels_isWhatTheirDefinitionsSay() {
    assertEquals(new Work(2 * 1000, 24 * 100), of("KernelBenchmark.gemm", "n", "10"));
    assertEquals(new Work(20, 160), of("KernelBenchmark.dot", "n", "10"));
    assertEquals(new Work(200, 400), of("KernelBenchmark.symv", "n", "10"));
    assertEquals(new Work(0, 1600), of("KernelBenchmark.transpose", "n", "10"));
    assertEquals(new Work(0, 0), of("KernelBenchmark.laguerreSteps", "n", "10"));
  }

  @Test
  void of_wholeSolves_areReductionAndBackTransformation() {
    assertEquals(9000, of("PhaseBenchmark.backTransformation", "n", "30").flops() / 6, 1e-9);
    assertEquals(36_000, of("PhaseBenchmark.reduction", "n", "30").flops(), 1e-9);
    Map<String, String> values = Map.of("n", "30", "workload", "VALUES");
    Map<String, String> dense = Map.of("n", "30", "workload", "DENSE");
    assertEquals(
        36_000, Work.of(SuiteFiles.jmh("SolverBenchmark.solve", values, 1, 0)).flops(), 1e-9);
    assertEquals(90_000, Work.of(SuiteFiles.jmh("PeerBenchmark.call", dense, 1, 0)).flops(), 1e-9);
  }

  @Test
  void rates_areUnitsANanosecond() {
    Work work = of("KernelBenchmark.gemm", "n", "10");
    assertEquals(4, work.gigaflops(500));
    assertEquals(4.8, work.gigabytes(500));
    assertEquals(2000.0 / 2400, work.intensity());
    assertEquals(0, of("BatchBenchmark.inPlace", "n", "4").intensity());
    assertEquals(1, of("WhiteningBenchmark.forward", "group", "4").intensity());
    assertEquals(16, of("WhiteningBenchmark.backwardByOperations", "group", "64").intensity());
  }

  @Test
  void peaks_probes_areRatesOfTheSameRun() {
    Peaks peaks = new Peaks(SuiteFiles.whole());
    assertEquals(100, peaks.gigaflops().orElseThrow(), 1e-9);
    assertEquals(256, peaks.reads().get(0).gigabytes(), 1e-9);
    assertEquals("16 KB", peaks.reads().get(0).size());
    assertEquals("8 MB", new Peaks.Bandwidth(8192, 1).size());
    assertEquals(0, new Peaks(SuiteFiles.of()).gigaflops().stream().count());
  }

  private static Work of(String benchmark, String parameter, String value) {
    return Work.of(SuiteFiles.jmh(benchmark, Map.of(parameter, value), 1, 0));
  }
}
