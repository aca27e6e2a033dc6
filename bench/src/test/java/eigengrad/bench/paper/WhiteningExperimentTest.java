package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class WhiteningExperimentTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--runs 0           | whole number from 1 to 1000",
        "--runs x           | whole number from 1 to 1000",
        "--runs 1001        | whole number from 1 to 1000",
        "--runs 2147483647 --steps 2147483647| '2147483647' is wrong",
        "--runs             | Missing required parameter",
        "--run 3            | Unknown option",
        "--steps -1         | whole number from 1 to 10000000",
        "--steps 10000001   | whole number from 1 to 10000000",
        "--steps 3000000000 | whole number from 1 to 10000000",
        "--runs 1000 --steps 10000000| 150000000000 steps in all are too many",
        "--methods qr       | choose from svd, pi and ours",
        "--dims 5           | divisors of 64",
        "--dims 4,,8        | divisors of 64",
        "--dims 128         | divisors of 64",
        "--dims 4 8         | Unmatched argument",
        "--batch 1.5        | whole number from 1 to 1024",
        "--batch 1025       | whole number from 1 to 1024",
        "--batch 101        | 101 is more than the 100 training images",
        "--seed one         | whole number of at most 18 digits",
        "--seed 9223372036854775807| whole number of at most 18 digits",
        "--out=             | '' is wrong: give the name of a folder",
        "--data=            | '' is wrong: give the name of a folder",
        "--data             | Missing required parameter",
        "--precision half   | choose double or float32",
        "--threads 0        | whole number from 1 to 1024",
        "--threads 1025     | whole number from 1 to 1024",
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
            source(
                (run, afterStep) -> {
                  trained.set(true);
                  throw new AssertionError("no run should start");
                }),
            args.split(" ", -1));

    assertEquals(2, status);
    assertOneLine(expected);
    assertFalse(trained.get());
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
          throw new DataException("test_batch.bin is missing");
        };
    assertEquals(2, execute(rejecting, "--out", out(), "--data", folder.toString()));
    assertOneLine("--data: test_batch.bin is missing");
    assertFalse(Files.exists(Path.of(out())), "a report that will never be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--out", "--data"})
  void execute_blankFolder_isOneLineAndStatus2(String option) {
    assertEquals(2, execute(synthetic(), option, " "));
    assertOneLine("' ' is wrong: give the name of a folder");
  }

  @Test
  void execute_batchBeyondCifarImages_isOneLineAndStatus2() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), new byte[3 * 3073]);
    Files.write(folder.resolve("test_batch.bin"), new byte[3073]);
    String[] args = {"--batch", "4", "--out", out(), "--data", folder.toString()};
    assertEquals(2, execute(WhiteningExperiment::openTrainer, args));
    assertOneLine("--batch: 4 is more than the 3 training images");
    assertFalse(Files.exists(Path.of(out())), "a report that will never be");
  }

  @Test
  void execute_outInMissingFolders_madeOnlyForTheReport() {
    Path outer = folder.resolve("outer");
    AtomicBoolean early = new AtomicBoolean();
    TrainerSource trainers =
        data -> {
          early.set(Files.exists(outer));
          return synthetic().open(data);
        };
    String[] args = {"--runs=1", "--steps=1", "--dims=4", "--out=" + outer.resolve("inner")};
    assertEquals(0, execute(trainers, args));
    assertFalse(early.get());
    assertTrue(Files.exists(outer.resolve("inner").resolve("index.html")));
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
        out.toString()
            .contains("Here: precision double, keeping above-epsilon, generated textures"),
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
        source(
            (run, afterStep) -> {
              if (run.seed() == 2) {
                throw new IllegalStateException("outer", new ArithmeticException("inner"));
              }
              return good.train(run, afterStep);
            });

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
    return source(new SyntheticTrainer(0));
  }

  private static TrainerSource source(Trainer trainer) {
    return data -> new LoadedTrainer(trainer, SyntheticTrainer.IMAGES);
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
