package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HostileSectionsTest {

  @Test
  void of_operationsAndMatrices_isTheRatioToTheRandomMatrix() {
    SuiteResults results =
        SuiteFiles.of(
            figure("HostileBenchmark.decompose", "RANDOM", 50),
            figure("HostileBenchmark.values", "RANDOM", 20),
            figure("HostileBenchmark.decompose", "WILKINSON", 150),
            figure("HostileBatchBenchmark.batch", "RANDOM", 10),
            figure("HostileBatchBenchmark.batch", "GIVEN_UP", 90));
    List<ReportSection> sections = HostileSections.of(results);
    assertEquals(List.of("matrix", "decompose", "values"), sections.getFirst().header());
    assertEquals(
        List.of(
            List.of("random", "50.0 ns", "20.0 ns"), List.of("wilkinson", "150 ns, ×3.00", "–")),
        sections.getFirst().rows());
    assertEquals(
        List.of(List.of("random", "10.0 ns"), List.of("given up", "90.0 ns, ×9.00")),
        sections.getLast().rows());
  }

  @Test
  void of_nothingToCompare_isEmpty() {
    assertEquals(List.of(), HostileSections.of(SuiteFiles.whole()));
    assertEquals(
        List.of(),
        HostileSections.of(SuiteFiles.of(figure("HostileBenchmark.values", "RANDOM", 20))));
    assertEquals(
        List.of(),
        HostileSections.of(SuiteFiles.of(figure("HostileBenchmark.values", "RAMP", 20))));
  }

  private static JmhResult figure(String benchmark, String matrix, double nanos) {
    return SuiteFiles.jmh(benchmark, Map.of("n", "512", "matrix", matrix), nanos, 1);
  }
}
