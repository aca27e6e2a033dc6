package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class StopOnSignalTest {
  private static final int SIGTERM_STATUS = 143;

  @TempDir Path folder;

  @Test
  @Timeout(30)
  void during_processIsTerminated_partialReportIsWritten() throws Exception {
    assumeTrue(ProcessHandle.current().supportsNormalTermination());
    terminateInTraining(experiment("--runs=1000", "--steps=1"));

    int rows = Files.readAllLines(folder.resolve("runs.csv")).size();
    assertTrue(rows > 1 && rows < 1000, () -> rows + " rows");
    assertTrue(Files.readString(folder.resolve("index.html")).contains("Partial report"));
    assertTrue(Files.readString(folder.resolve("index.html")).contains("<svg"));
    assertTrue(Files.readString(folder.resolve("out")).contains("PARTIAL: stopped after"));
  }

  @Test
  @Timeout(30)
  void during_processIsTerminatedInItsFirstRun_emptyReportIsWritten() throws Exception {
    assumeTrue(ProcessHandle.current().supportsNormalTermination());
    terminateInTraining(experiment("--runs=1", "--steps=1000000"));

    assertEquals(1, Files.readAllLines(folder.resolve("runs.csv")).size());
    assertEquals(1, Files.readAllLines(folder.resolve("losses.csv")).size());
    assertTrue(Files.readString(folder.resolve("index.html")).contains("stopped after 0 of 1"));
  }

  private static void terminateInTraining(Process process) throws Exception {
    try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
      while (!errors.readLine().startsWith("Training")) {}
      Thread.sleep(300);
      process.destroy();
      assertEquals(SIGTERM_STATUS, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  private Process experiment(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-DmillisPerStep=20",
                "-classpath",
                System.getProperty("java.class.path"),
                SyntheticExperiment.class.getName(),
                "--experiments=table1",
                "--dims=4",
                "--methods=ours",
                "--threads=1",
                "--out=" + folder));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile()).start();
  }
}
