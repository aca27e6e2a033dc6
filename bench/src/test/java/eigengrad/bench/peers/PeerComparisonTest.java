package eigengrad.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.contestant.LibraryName;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
final class PeerComparisonTest {
  private static final int SIGTERM_STATUS = 143;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void race_oursAndAPeer_isTimedAndReported() throws Exception {
    assertEquals(
        0, execute("--contestants=eigengrad,ejml", "--workload=dense,gemm"), err::toString);
    String text = Files.readString(folder.resolve("results.md"));
    assertEquals(out.toString(), text);
    assertTrue(text.contains("| n | eigengrad | EJML |"), text);
    assertTrue(text.contains("| n | reduction | tridiagonal | back-transformation |"), text);

    JsonReport.Document json = json();
    assertEquals(4, json.measurements().size());
    for (Measurement measurement : json.measurements()) {
      assertEquals(8, measurement.n());
      assertEquals(2, measurement.nanosPerCall().length);
      assertTrue(measurement.nanosPerCall()[1] > 0);
      assertTrue(measurement.residual() < 30);
      assertTrue(measurement.wallNanos() > 0);
    }
    assertEquals(2, json.phases().get(0).reductionNanos().length);
  }

  /** With the profile {@code peers} the library is there, without it a line says so. */
  @Test
  void race_openBlas_isTimedOrSkipped() throws Exception {
    String workloads = "--workload=dense,values,single,svd,svd-single,gemm";
    assertEquals(0, execute("--contestants=eigengrad,openblas", workloads));
    assertTrue(
        json().notes().stream().noneMatch(note -> note.contains("wrong answer")), out::toString);
    boolean timed = json().measurements().stream().anyMatch(m -> m.contestant().equals("OpenBLAS"));
    boolean skipped = json().notes().stream().anyMatch(note -> note.startsWith("OpenBLAS: no "));
    assertTrue(timed != skipped, out::toString);
  }

  @Test
  void race_twoThreads_othersTakePartWithOneAsWell() throws Exception {
    assertEquals(
        0, execute("--contestants=eigengrad,ejml", "--workload=dense,gemm", "--threads=2"));
    assertEquals(
        List.of(
            "dense: eigengrad, 2 threads",
            "dense: EJML, 1 thread",
            "dense: EJML, 2 threads",
            "gemm: EJML, 1 thread",
            "gemm: EJML, 2 threads"),
        json().measurements().stream()
            .map(m -> m.workload().word() + ": " + Entrant.label(m.contestant(), m.threads()))
            .toList());
    assertTrue(json().measurements().stream().allMatch(m -> m.raceThreads() == 2));
    assertEquals(2, json().phases().get(0).raceThreads());
  }

  @Test
  void threadCounts_others_areOneAndTheMostTheyCanUse() {
    List<Contestant> all = Contestants.with(List.of());
    assertEquals(
        List.of(List.of(1), List.of(1), List.of(1), List.of(1), List.of(1), List.of(1)),
        all.stream().map(contestant -> contestant.threadCounts(1)).toList());
    assertEquals(
        List.of(List.of(16), List.of(1, 32), List.of(1, 32), List.of(1), List.of(1), List.of(1)),
        all.stream().map(contestant -> contestant.threadCounts(32)).toList());
  }

  @Test
  void race_afterEachOrder_hasWrittenWhatThereIs() throws Exception {
    List<Integer> kept = new ArrayList<>();
    CommandLine command =
        PeerComparison.commandLine(
            document -> {
              assertTrue(document.partial());
              assertTrue(Files.exists(folder.resolve("results.json")));
              kept.add(document.measurements().size());
            });
    assertEquals(
        0, execute(command, "--contestants=eigengrad", "--workload=values", "--sizes=4,8"));
    assertEquals(List.of(1, 2), kept);
    assertFalse(json().partial());
  }

  @Test
  void race_nobody_isAnError() {
    assertEquals(1, execute("--contestants=nobody"));
  }

  @Test
  void options_wrong_areExplainedInOneLine() {
    for (String option :
        List.of(
            "--workload=chess",
            "--sizes=0",
            "--rounds=0",
            "--threads=two",
            "--warm-up=-1",
            "--statistic=best")) {
      err.getBuffer().setLength(0);
      assertEquals(2, execute(option), option);
      assertEquals(1, err.toString().lines().count(), err::toString);
      assertTrue(err.toString().contains(option.substring(0, option.indexOf('='))), err::toString);
    }
  }

  @Test
  void start_libraryThatCannotBeLoaded_isAFailureThatNamesIt() {
    String missing = folder.resolve("libmissing.so").toString();
    Contestant contestant =
        new Contestant(
            "Missing",
            Kind.NATIVE,
            LibraryName.NATIVE,
            "",
            1,
            Map.of(),
            Map.of("eigengrad.bench.native", missing));
    ContestantFailure failure =
        assertThrows(ContestantFailure.class, () -> ContestantProcess.start(contestant, 1, folder));
    assertTrue(String.valueOf(failure.getMessage()).contains("libmissing.so"), failure::toString);
  }

  @Test
  void ask_processThatHasEnded_isAFailure() throws Exception {
    Contestant ejml = Contestants.with(List.of()).get(1);
    try (ContestantProcess process = ContestantProcess.start(ejml, 1, folder)) {
      assertEquals("prepared", process.ask("prepare", "dense", 4, 1).verb());
      process.kill();
      assertThrows(ContestantFailure.class, () -> process.ask("check"));
    }
  }

  @Test
  void race_processIsTerminated_printsWhatHasFinished() throws Exception {
    assumeTrue(ProcessHandle.current().supportsNormalTermination());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                PeerComparison.class.getName()));
    command.addAll(arguments("--contestants=eigengrad", "--workload=values", "--sizes=4,2048"));
    command.addAll(List.of("--rounds=500", "--round-millis=0", "--warm-up=0"));
    Process process =
        new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile()).start();
    try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
      while (!errors.readLine().contains("n = 2048")) {}
      process.destroy();
      assertEquals(SIGTERM_STATUS, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(folder.resolve("out"));
    assertTrue(text.contains("PARTIAL"), text);
    assertTrue(text.contains("| 4 | "), text);
    assertEquals(1, json().measurements().size());
    assertEquals(500, json().measurements().get(0).nanosPerCall().length);
  }

  private JsonReport.Document json() throws Exception {
    return new Gson()
        .fromJson(Files.readString(folder.resolve("results.json")), JsonReport.Document.class);
  }

  private int execute(String... args) {
    return execute(PeerComparison.commandLine(), args);
  }

  private int execute(CommandLine command, String... args) {
    List<String> all = new ArrayList<>(List.of("--rounds=2", "--round-millis=1", "--warm-up=0.1"));
    all.addAll(arguments(args));
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.setOverwrittenOptionsAllowed(true).execute(all.toArray(new String[0]));
  }

  /** Order 8 unless the caller asks for another. */
  private List<String> arguments(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (all.stream().noneMatch(arg -> arg.startsWith("--sizes"))) {
      all.add("--sizes=8");
    }
    all.add("--out=" + folder);
    all.add("--natives=" + folder.resolve("natives"));
    return all;
  }
}
