package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SuiteResultsTest {
  @TempDir private Path folder;

  @Test
  void readJmh_itsOwnFormat_keepsWhatIsUsed() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("jmh.json"),
            "["
                + SuiteFiles.jmhJson("KernelBenchmark.gemm", "{\"n\": \"64\"}", "100.5", "2.5")
                + ","
                + SuiteFiles.jmhJson("ProbeBenchmark.fma", "null", "3", "\"NaN\"")
                + "]");
    List<JmhResult> results = SuiteResults.readJmh(file);
    JmhResult gemm = results.get(0);
    assertEquals("KernelBenchmark.gemm n=64", gemm.key());
    assertEquals("Kernel", gemm.family());
    assertEquals("gemm", gemm.method());
    assertEquals(64, gemm.number("n"));
    assertEquals(100.5, gemm.nanos());
    assertEquals(2.5 / 100.5, gemm.spread());
    assertEquals(24, gemm.allocation());
    assertEquals(List.of("-XX:ActiveProcessorCount=1"), gemm.jvmArgs());
    assertEquals("ProbeBenchmark.fma", results.get(1).key());
    assertTrue(Double.isNaN(results.get(1).spread()));
    assertEquals(0, results.get(1).number("n"));
  }

  @Test
  void write_thenRead_isTheSameToSixDigits() throws Exception {
    Path file = folder.resolve("results.json");
    SuiteFiles.whole().write(file);
    SuiteResults read = SuiteResults.read(file);
    assertEquals(SuiteFiles.whole().json(), read.json());
    assertEquals(SuiteFiles.whole().machine(), read.machine());
    assertEquals(SuiteFiles.whole().coldStarts(), read.coldStarts());
    assertEquals(new SuiteReport(SuiteFiles.whole()).markdown(), new SuiteReport(read).markdown());

    SuiteResults small =
        SuiteFiles.of(SuiteFiles.jmh("KernelBenchmark.dot", Map.of(), 1.23456789, Double.NaN));
    small.write(file);
    assertEquals(1.23457, SuiteResults.read(file).jmh().get(0).nanos());
    assertTrue(Double.isNaN(SuiteResults.read(file).jmh().get(0).spread()));
    assertNull(SuiteResults.read(file).race());

    new Findings(Map.of()).results(List.of("Race")).write(file);
    assertEquals(List.of("Race"), SuiteResults.read(file).notRun());
  }

  @Test
  void read_anotherKindOfFile_isRefused() throws Exception {
    for (String text : List.of("", "{}", "[1]", "no JSON")) {
      Path file = Files.writeString(folder.resolve("other"), text);
      assertThrows(IOException.class, () -> SuiteResults.read(file), text);
    }
  }
}
