package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a folder of runs, one after the other or at a time. */
@Timeout(60)
final class SharedFolderTest {
  private static final int RUNS = 12;

  @TempDir Path folder;

  @Test
  void run_processWasKilled_nextOneGoesOnWhereItWas() throws Exception {
    Process killed = start("killed");
    while (finished().size() < 3) {
      assertTrue(killed.isAlive(), "killed too late");
      Thread.sleep(10);
    }
    killed.destroyForcibly().waitFor();
    Map<String, FileTime> before = finished();
    assertTrue(before.size() < RUNS, before::toString);

    assertEquals(0, start("next").waitFor());

    assertEquals(RUNS, finished().size());
    before.forEach((name, time) -> assertEquals(time, finished().get(name), name));
    assertEquals(RUNS - before.size(), trained("next").size());
    assertEquals(1 + RUNS, Files.readAllLines(folder.resolve("out/runs.csv")).size());
  }

  @Test
  void run_twoProcessesAtATime_trainEveryRunOnce() throws Exception {
    Process one = start("one");
    Process other = start("other");
    assertEquals(0, one.waitFor());
    assertEquals(0, other.waitFor());

    List<String> all = new ArrayList<>(trained("one"));
    all.addAll(trained("other"));
    assertEquals(RUNS, all.size(), all::toString);
    assertEquals(RUNS, all.stream().distinct().count(), all::toString);
    assertTrue(!trained("one").isEmpty() && !trained("other").isEmpty(), "both had work");
    assertEquals(1 + RUNS, Files.readAllLines(folder.resolve("out/runs.csv")).size());
  }

  @Test
  void run_otherProcessIsKilledInARun_claimIsFreeAtOnce() throws Exception {
    Process killed = start("killed");
    Process other = start("other");
    while (trained("killed").isEmpty() || trained("other").isEmpty()) {
      assertTrue(killed.isAlive(), "killed too late");
      Thread.sleep(10);
    }
    killed.destroyForcibly().waitFor();
    assertTrue(other.waitFor(30, TimeUnit.SECONDS), "waits for a run that nobody trains");
    assertEquals(RUNS, finished().size());
  }

  private Process start(String name) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-DmillisPerStep=20",
            "-classpath",
            System.getProperty("java.class.path"),
            SyntheticExperiment.class.getName(),
            "--experiments=table1",
            "--dims=4",
            "--methods=ours",
            "--steps=20",
            "--runs=" + RUNS,
            "--threads=1",
            "--out=" + folder.resolve("out"));
    return new ProcessBuilder(command)
        .redirectOutput(log(name).toFile())
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private List<String> trained(String name) throws IOException {
    return Files.readAllLines(log(name)).stream()
        .filter(line -> line.startsWith("trained "))
        .toList();
  }

  /** The files of finished runs and when they were written. */
  private Map<String, FileTime> finished() {
    Map<String, FileTime> found = new TreeMap<>();
    Path runs = folder.resolve("out/runs");
    if (!Files.isDirectory(runs)) {
      return found;
    }
    try (Stream<Path> files = Files.list(runs)) {
      for (Path file :
          files.filter(path -> path.getFileName().toString().startsWith("zca-")).toList()) {
        found.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
      return found;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
