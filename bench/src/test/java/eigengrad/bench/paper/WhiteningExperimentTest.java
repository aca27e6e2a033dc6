package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class WhiteningExperimentTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--runs 0           | whole number of at least 1",
        "--runs x           | whole number of at least 1",
        "--runs             | Missing required parameter",
        "--run 3            | Unknown option",
        "--steps -1         | whole number of at least 1",
        "--steps 3000000000 | whole number of at least 1",
        "--methods qr       | choose from svd, pi and ours",
        "--dims 5           | divisors of 64",
        "--dims 4,,8        | divisors of 64",
        "--dims 128         | divisors of 64",
        "--dims 4 8         | Unmatched argument",
        "--batch 1.5        | whole number of at least 1",
        "--seed one         | whole number",
        "--precision half   | choose double or float32",
        "--threads 0        | whole number of at least 1",
        "--learning-rate 0  | positive number",
        "--learning-rate nan| positive number",
        "--learning-rate Infinity| positive number",
        "--runs 1 --runs 2  | only once",
        "--data /no/such/folder| '/no/such/folder' is no folder",
      })
  void execute_wrongOptions_isOneLineAndStatus2(String args, String expected) {
    AtomicBoolean trained = new AtomicBoolean();
    int status =
        execute(
            data ->
                (run, afterStep) -> {
                  trained.set(true);
                  throw new AssertionError("no run should start");
                },
            args.split(" ", -1));

    assertEquals(2, status);
    assertOneLine(expected);
    assertTrue(!trained.get());
  }

  @Test
  void execute_wordWithLineBreak_isStillOneLine() {
    assertEquals(2, execute(synthetic(), "--runs", "1\n2\r\n3"));
    assertOneLine("'1 2 3' is wrong");
  }

  @Test
  void execute_outBelowAFile_isOneLineAndStatus2() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(2, execute(synthetic(), "--out", file.resolve("report").toString()));
    assertOneLine("--out: cannot write to");
  }

  @Test
  void execute_outIsAFile_isOneLineAndStatus2() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(2, execute(synthetic(), "--out", file.toString()));
    assertOneLine("a file is in the way");
  }

  @Test
  void execute_dataTheTrainerRejects_isOneLineAndStatus2() {
    TrainerSource rejecting =
        data -> {
          throw new IOException("test_batch.bin is missing");
        };
    assertEquals(2, execute(rejecting, "--out", out(), "--data", folder.toString()));
    assertOneLine("--data: test_batch.bin is missing");
  }

  @Test
  void execute_help_showsDefaults() {
    assertEquals(0, execute(synthetic(), "--help"));
    assertTrue(out.toString().contains("Default: 4,8,16,32,64"), out::toString);
    assertTrue(err.toString().isEmpty(), err::toString);
  }

  @Test
  void execute_smallExperiment_writesTableAndReport() throws IOException {
    int status = execute(synthetic(), "--runs=2", "--steps=20", "--dims=4,64", "--out", out());

    assertEquals(0, status, err::toString);
    assertTrue(
        out.toString().contains("Here: precision double, keeping energy, generated textures"),
        out::toString);
    assertTrue(out.toString().contains(Path.of(out(), "index.html").toString()), out::toString);
    Xml.parse(Files.readString(Path.of(out(), "index.html")));
    assertEquals(1 + 2 * 2 * 3, Files.readAllLines(Path.of(out(), "runs.csv")).size());
    try (var files = Files.list(Path.of(out()))) {
      assertEquals(3, files.count(), "no temporary file stays behind");
    }
  }

  @Test
  void execute_oneRunThrows_reportsOthersAndStatus1() throws IOException {
    SyntheticTrainer good = new SyntheticTrainer(0);
    TrainerSource trainers =
        data ->
            (run, afterStep) -> {
              if (run.seed() == 2) {
                throw new IllegalStateException("outer", new ArithmeticException("inner"));
              }
              return good.train(run, afterStep);
            };

    int status =
        execute(trainers, "--runs=3", "--steps=9", "--dims=4", "--methods=ours", "--out", out());

    assertEquals(1, status);
    assertOneLine("Ours, d = 4, seed 2: java.lang.IllegalStateException: outer, caused by");
    assertEquals(1 + 2, Files.readAllLines(Path.of(out(), "runs.csv")).size());
    assertTrue(
        Files.readString(Path.of(out(), "index.html")).contains("ArithmeticException: inner"));
  }

  private String out() {
    return folder.resolve("report").toString();
  }

  private static TrainerSource synthetic() {
    return data -> new SyntheticTrainer(0);
  }

  private int execute(TrainerSource trainers, String... args) {
    CommandLine command = WhiteningExperiment.commandLine(trainers);
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  private void assertOneLine(String expected) {
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(expected), err::toString);
  }
}
