package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.suite.Comparison.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ComparisonTest {
  private static final String GEMM = "KernelBenchmark.gemm";

  @TempDir private Path folder;

  @Test
  void verdict_intervals_moveOnlyWhenTheyDoNotMeet() {
    assertEquals(Verdict.FASTER, verdict(100, 5, 90, 4));
    assertEquals(Verdict.SLOWER, verdict(90, 4, 100, 5));
    assertEquals(Verdict.UNCHANGED, verdict(100, 5, 90, 5));
    assertEquals(Verdict.UNCHANGED, verdict(90, 5, 100, 5));
    assertEquals(Verdict.UNCHANGED, verdict(100, 50, 10, 60));
    assertEquals(Verdict.UNKNOWN, verdict(100, Double.NaN, 10, 1));
    assertEquals(Verdict.UNKNOWN, verdict(100, 1, 10, Double.NaN));
  }

  private static Verdict verdict(double before, double error, double after, double errorAfter) {
    Comparison comparison =
        new Comparison(
            SuiteFiles.of(SuiteFiles.jmh(GEMM, Map.of("n", "64"), before, error)),
            SuiteFiles.of(SuiteFiles.jmh(GEMM, Map.of("n", "64"), after, errorAfter)));
    return comparison.rows().get(0).verdict();
  }

  @Test
  void rows_differentParameters_areDifferentFigures() {
    Comparison comparison =
        new Comparison(
            SuiteFiles.of(SuiteFiles.jmh(GEMM, Map.of("n", "64"), 100, 1)),
            SuiteFiles.of(SuiteFiles.jmh(GEMM, Map.of("n", "512"), 50, 1)));
    assertEquals(List.of(), comparison.rows());
    assertTrue(comparison.markdown().contains("- only before: KernelBenchmark.gemm n=64"));
    assertTrue(comparison.markdown().contains("- only after: KernelBenchmark.gemm n=512"));
  }

  @Test
  void rows_race_comparesOursByQuartiles() {
    Comparison comparison = new Comparison(withRace(1000, 1010, 1020), withRace(800, 810, 820));
    assertEquals(
        List.of("Race dense n=8, threads=1", "Race dense n=16, threads=1"),
        comparison.rows().stream().map(Comparison.Row::key).toList());
    assertTrue(comparison.rows().stream().allMatch(row -> row.verdict() == Verdict.FASTER));
    Comparison same = new Comparison(withRace(1000, 1010, 1020), withRace(1005, 1015, 1025));
    assertTrue(same.rows().stream().allMatch(row -> row.verdict() == Verdict.UNCHANGED));
  }

  private static SuiteResults withRace(double... ours) {
    return new SuiteResults(Map.of(), null, List.of(), List.of(), List.of(), SuiteFiles.race(ours));
  }

  @Test
  void compare_twoFiles_printsATableWhateverMoved() throws Exception {
    Path before = folder.resolve("before.json");
    Path after = folder.resolve("after.json");
    SuiteFiles.of(SuiteFiles.jmh(GEMM, Map.of("n", "64"), 100, 5)).write(before);
    SuiteFiles.of(SuiteFiles.jmh(GEMM, Map.of("n", "64"), 200, 10)).write(after);
    StringWriter out = new StringWriter();
    CommandLine command = BenchmarkSuite.commandLine();
    command.setOut(new PrintWriter(out, true));
    assertEquals(0, command.execute("compare", before.toString(), after.toString()));
    assertEquals(
        """
        faster: 0
        slower: 1
        unchanged: 0
        unknown: 0

        | benchmark | before | after | after ÷ before | verdict |
        | ---: | ---: | ---: | ---: | ---: |
        | KernelBenchmark.gemm n=64 | 100 ns ±5 % | 200 ns ±5 % | 2.00 | slower |
        """,
        out.toString());
  }

  @Test
  void compare_fileThatIsNot_isExplainedInOneLine() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "{}");
    StringWriter err = new StringWriter();
    CommandLine command = BenchmarkSuite.commandLine();
    command.setErr(new PrintWriter(err, true));
    assertEquals(2, command.execute("compare", other.toString(), other.toString()));
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains("no file of results"), err::toString);
    assertEquals(2, command.execute("compare", folder.resolve("none").toString(), "x"));
    assertEquals(2, command.execute("--only", "("));
  }
}
