package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class PaperExperimentsTest {
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
        "--experiments table3| choose from tie, table1, figure1, table2, figure2, figure3",
        "--methods qr       | choose from svd, pi, ours, exact, published and published-svd",
        "--energy 0         | above 0 and at most 1 such as 0.99",
        "--energy 1.01      | above 0 and at most 1 such as 0.99",
        "--energy nan       | above 0 and at most 1 such as 0.99",
        "--energy 0.9,x     | 'x' is wrong",
        "--vectors 0        | whole numbers from 1 to the 64 channels",
        "--vectors 65       | whole numbers from 1 to the 64 channels",
        "--iterations 0     | whole numbers from 1 to 1000",
        "--iterations 1001  | whole numbers from 1 to 1000",
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
                (run, checkpoints, afterStep) -> {
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
    assertEquals(2, execute(PaperExperiments::openTrainer, args));
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
    String[] args = {
      "--experiments=table1", "--steps=1", "--dims=4", "--out=" + outer.resolve("inner")
    };
    assertEquals(0, execute(trainers, args));
    assertFalse(early.get());
    assertTrue(Files.exists(outer.resolve("inner").resolve("index.html")));
  }

  @Test
  void execute_help_showsDefaults() {
    assertEquals(0, execute(synthetic(), "--help"));
    assertTrue(out.toString().contains("Default: 4,16,64"), out::toString);
    assertTrue(err.toString().isEmpty(), err::toString);
  }

  @Test
  void execute_smallExperiment_writesTablesAndReport() throws IOException {
    int status =
        execute(
            synthetic(),
            "--experiments=table1,table2,figure3,surface",
            "--runs=2",
            "--steps=20",
            "--dims=4,64",
            "--methods=svd,pi,ours",
            "--out",
            out());

    assertEquals(0, status, err::toString);
    String text = out.toString();
    assertTrue(
        text.contains("Here: precision double, keeping above-epsilon, generated textures"), text);
    assertTrue(text.contains("Table 1: ZCA whitening: test error"), text);
    assertTrue(text.contains("Table 2: PCA denoising: test error"), text);
    assertTrue(text.contains("Ours: finite in 4 of 4 runs"), text);
    assertTrue(text.contains(Path.of(out(), "index.html").toString()), text);
    Xml.parse(Files.readString(Path.of(out(), "index.html")));
    int runs = 2 * (2 * 3 + 4 + 5 + 5 + 6);
    assertEquals(1 + runs, Files.readAllLines(Path.of(out(), "runs.csv")).size());
    assertEquals(Set.of("index.html", "runs.csv", "losses.csv", "runs"), files(Path.of(out())));
    assertEquals(2 + runs, files(Path.of(out(), "runs")).size(), "runs, settings and claims");
  }

  @Test
  void execute_nothingToTrain_makesNoFolderOfRuns() throws IOException {
    assertEquals(0, execute(synthetic(), "--experiments=surface,truth", "--out", out()));
    assertEquals(Set.of("index.html", "truth.csv"), files(Path.of(out())));
    assertTrue(Files.readString(Path.of(out(), "index.html")).contains("What K terms leave out"));
  }

  @Test
  void execute_secondTime_trainsWhatIsNewAlone() throws IOException {
    String[] small = {"--experiments=table1", "--steps=3", "--dims=4", "--methods=ours"};
    assertEquals(0, execute(synthetic(), with(small, "--out", out())));
    String first = Files.readString(Path.of(out(), "runs.csv"));
    List<RunSettings> trained = Collections.synchronizedList(new ArrayList<>());
    SyntheticTrainer good = new SyntheticTrainer(0);
    TrainerSource recording =
        source(
            (run, checkpoints, afterStep) -> {
              trained.add(run);
              return good.train(run, checkpoints, afterStep);
            });

    assertEquals(0, execute(recording, with(small, "--out", out(), "--runs=2")));

    assertEquals(List.of(2L), trained.stream().map(RunSettings::seed).toList());
    assertTrue(out.toString().contains("1 of 2 runs are in"), out::toString);
    String second = Files.readString(Path.of(out(), "runs.csv"));
    assertTrue(second.startsWith(first), second);
    assertEquals(3, second.lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--steps 4          | holds runs with --steps 3, not 4: give --steps 3, or another folder",
        "--batch 9          | holds runs with --batch 64, not 9: give --batch 64, or another",
        "--learning-rate 0.3| holds runs with --learning-rate 0.2, not 0.3: give --learning-rate",
        "--precision float32| holds runs with --precision double, not float32: give --precision",
        "--keep all         | holds runs with --keep above-epsilon, not all: give --keep above-eps",
      })
  void execute_folderOfOtherSettings_isRefusedAndKept(String other, String expected)
      throws IOException {
    String[] small = {"--experiments=table1", "--steps=3", "--dims=4", "--methods=ours"};
    assertEquals(0, execute(synthetic(), with(small, "--out", out())));
    Map<String, String> before = contents(Path.of(out(), "runs"));

    String[] changed = {"--experiments=table1", "--dims=4", "--methods=ours", "--out", out()};
    String steps = other.startsWith("--steps") ? other.replace(' ', '=') : "--steps=3";
    List<String> args = new ArrayList<>(List.of(with(changed, steps)));
    if (!other.startsWith("--steps")) {
      args.addAll(List.of(other.split(" ")));
    }
    assertEquals(2, execute(synthetic(), args.toArray(String[]::new)));
    assertOneLine(expected);
    assertEquals(before, contents(Path.of(out(), "runs")));

    // The advice works.
    assertEquals(0, execute(synthetic(), with(small, "--out", out())));
    args.removeAll(List.of("--out", out()));
    args.addAll(List.of("--out", folder.resolve("other").toString()));
    assertEquals(0, execute(synthetic(), args.toArray(String[]::new)));
  }

  @Test
  void execute_otherImages_areRefused() {
    String[] args = {"--experiments=table1", "--steps=3", "--dims=4", "--out", out()};
    assertEquals(0, execute(synthetic(), args));
    TrainerSource other =
        data -> {
          LoadedTrainer loaded = SyntheticTrainer.loaded(new SyntheticTrainer(0));
          return new LoadedTrainer(
              loaded.trainer(), loaded.truth(), loaded.trainingImages(), "images-1");
        };
    assertEquals(2, execute(other, args));
    assertOneLine(
        "holds runs with --data images-0, not images-1: give the same --data, or another");
  }

  @Test
  void execute_damagedFile_isOneLineAndNothingIsTrained() throws IOException {
    String[] args = {
      "--experiments=table1", "--steps=3", "--dims=4", "--methods=ours,exact", "--out", out()
    };
    assertEquals(0, execute(synthetic(), args));
    Path file = Path.of(out(), "runs", "zca-exact-d4-seed1.json");
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() / 2));
    TrainerSource none =
        source(
            (run, checkpoints, afterStep) -> {
              throw new AssertionError("no run should start");
            });

    assertEquals(2, execute(none, args));
    assertOneLine("delete it to train that run again, or give another folder as --out");

    // The advice works, and gives the same result.
    Files.delete(file);
    assertEquals(0, execute(synthetic(), args));
    assertEquals(
        whole.replaceAll("\"finished\":\"[^\"]*\"", ""),
        Files.readString(file).replaceAll("\"finished\":\"[^\"]*\"", ""));
  }

  @Test
  void execute_oneRunThrows_reportsOthersAndStatus1() throws IOException {
    SyntheticTrainer good = new SyntheticTrainer(0);
    TrainerSource trainers =
        source(
            (run, checkpoints, afterStep) -> {
              if (run.seed() == 2) {
                throw new IllegalStateException("outer", new ArithmeticException("inner"));
              }
              return good.train(run, checkpoints, afterStep);
            });

    int status =
        execute(
            trainers,
            "--experiments=table1",
            "--runs=3",
            "--steps=9",
            "--dims=4",
            "--methods=ours",
            "--out",
            out());

    assertEquals(1, status);
    assertOneLine(
        "ZCA whitening, Ours, d = 4, seed 2: java.lang.IllegalStateException: outer, caused by");
    assertEquals(1 + 2, Files.readAllLines(Path.of(out(), "runs.csv")).size());
    assertTrue(
        Files.readString(Path.of(out(), "index.html")).contains("ArithmeticException: inner"));
  }

  private static String[] with(String[] args, String... more) {
    return Stream.of(args, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static Set<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (String name : files(directory)) {
      contents.put(name, Files.readString(directory.resolve(name)));
    }
    return contents;
  }

  private String out() {
    return folder.resolve("report").toString();
  }

  private static TrainerSource synthetic() {
    return source(new SyntheticTrainer(0));
  }

  private static TrainerSource source(Trainer trainer) {
    return data -> SyntheticTrainer.loaded(trainer);
  }

  private int execute(TrainerSource trainers, String... args) {
    err.getBuffer().setLength(0);
    CommandLine command = PaperExperiments.commandLine(trainers);
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  private void assertOneLine(String expected) {
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(expected), err::toString);
  }
}
