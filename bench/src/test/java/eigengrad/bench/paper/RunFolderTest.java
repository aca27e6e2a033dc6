package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunFolderTest {
  private static final Map<String, String> SETTINGS = Map.of("--steps", "10", "--data", "images-1");
  private static final RunSettings RUN = Runs.run(Method.OURS, 4, 1);

  @TempDir Path folder;

  @Test
  void find_savedRun_isTheSameInEveryBit() throws IOException {
    RunResult failed =
        new RunResult(
            Runs.run(Method.SVD, 64, 2),
            Runs.curve(10, 0.1 + 0.2, 1e300, 1e-30),
            Double.NaN,
            Math.PI * 1e200,
            "step 4: loss is NaN \"quoted\"\n",
            0.1);
    RunResult whole = Runs.success(RUN, 100.0 / 3);
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      runs.save(failed);
      runs.save(whole);
    }
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      assertEquals(failed, runs.find(failed.settings()));
      assertEquals(whole, runs.find(RUN));
      assertNull(runs.find(Runs.run(Method.PI, 4, 1)));
    }
  }

  @Test
  void checkpoints_untilTheRunIsSaved_areWhatWasWrittenLast() throws IOException {
    byte[] state = {1, -2, 3};
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      assertNull(runs.checkpoints(RUN).read());
      runs.checkpoints(RUN).write(new byte[9]);
      runs.checkpoints(RUN).write(state);
    }
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      assertArrayEquals(state, runs.checkpoints(RUN).read());
      assertNull(runs.checkpoints(Runs.run(Method.OURS, 4, 2)).read());
      runs.save(Runs.success(RUN, 5));
      assertNull(runs.checkpoints(RUN).read());
      assertFalse(Files.exists(checkpoint()));
    }
  }

  @Test
  void checkpoints_anyByteCutOrChanged_isRefusedWithAdvice() throws IOException {
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      runs.checkpoints(RUN).write(new byte[] {1, 2, 3});
      byte[] whole = Files.readAllBytes(checkpoint());
      for (int at = 0; at < whole.length; at++) {
        byte[] changed = whole.clone();
        changed[at] ^= 0x40;
        assertRefused(runs, changed, "");
        assertRefused(runs, Arrays.copyOf(whole, at), "is damaged (it is cut short)");
      }
    }
  }

  @Test
  void checkpoints_ofAnotherRun_isRefusedWithAdvice() throws IOException {
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      runs.checkpoints(Runs.run(Method.OURS, 4, 2)).write(new byte[3]);
      byte[] other = Files.readAllBytes(folder.resolve("zca-ours-k19-d4-seed2.checkpoint"));
      assertRefused(
          runs, other, "is of the run zca-ours-k19-d4-seed2 {--data=images-1, --steps=10}");
    }
  }

  private void assertRefused(RunFolder runs, byte[] content, String why) throws IOException {
    Files.write(checkpoint(), content);
    IOException thrown = assertThrows(IOException.class, () -> runs.checkpoints(RUN).read());
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains(checkpoint() + "' " + why), message);
    assertTrue(
        message.endsWith(
            ": delete it to train that run from its start, or give another" + " folder as --out"),
        message);
    assertEquals(1, message.lines().count());
  }

  private Path checkpoint() {
    return folder.resolve("zca-ours-k19-d4-seed1.checkpoint");
  }

  @Test
  void claim_heldInThisProcess_isNotGivenTwice() throws IOException {
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      RunStore.Claim claim = Objects.requireNonNull(runs.claim(RUN));
      assertNull(runs.claim(RUN));
      RunStore.Claim other = runs.claim(Runs.run(Method.OURS, 4, 2));
      assertNotNull(other, "another run is free");
      claim.close();
      assertNotNull(runs.claim(RUN), "and so is this one again");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"format\":1                  | \"format\":2              | is of format 2, not 1: delete it",
        "\"run\":\"zca-ours-k19-d4-seed1\"| \"run\":\"zca-ours\"     | holds the run zca-ours, not zca-",
        "\"--steps\":\"10\"            | \"--steps\":\"11\"        | with --steps 11, not 10: give",
        "\"settings\":                 | \"sittings\":             | is damaged (a part is missing)",
        "\"errorPercent\":5.0,         | ~~                        | is damaged (a part is missing)",
        "\"steps\":10                  | \"steps\":9               | is damaged (losses: expected the",
        "\"losses\":                   | \"losses\":[              | is damaged (",
      })
  void find_fileThatWasChanged_isRefusedWithAdvice(String part, String instead, String expected)
      throws IOException {
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      runs.save(Runs.success(RUN, 5));
      Path file = file();
      String text = Files.readString(file);
      String changed = text.replace(part, instead == null ? "" : instead);
      assertTrue(!text.equals(changed), text);
      Files.writeString(file, changed);

      IOException thrown = assertThrows(IOException.class, () -> runs.find(RUN));

      String message = String.valueOf(thrown.getMessage());
      assertTrue(message.contains(expected), message);
      assertTrue(message.startsWith("'" + file + "' "), message);
      assertTrue(message.contains("another folder as --out"), message);
      assertEquals(1, message.lines().count(), message);
      assertEquals(changed, Files.readString(file), "nothing is lost");
    }
  }

  @Test
  void find_fileCutAnywhere_isRefused() throws IOException {
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      runs.save(Runs.success(RUN, 5));
      String text = Files.readString(file()).strip();
      for (int length = 0; length < text.length(); length++) {
        Files.writeString(file(), text.substring(0, length));
        IOException thrown = assertThrows(IOException.class, () -> runs.find(RUN));
        assertTrue(
            String.valueOf(thrown.getMessage()).contains("' is damaged ("), thrown::getMessage);
      }
    }
  }

  @Test
  void find_fileThatIsNoText_isRefused() throws IOException {
    try (RunFolder runs = RunFolder.open(folder, SETTINGS)) {
      Files.write(file(), new byte[] {(byte) 0xFF, (byte) 0xC0, 0});
      IOException thrown = assertThrows(IOException.class, () -> runs.find(RUN));
      assertTrue(
          String.valueOf(thrown.getMessage()).contains("' is damaged ("), thrown::getMessage);
    }
  }

  @Test
  void open_otherSettings_isRefusedAndNothingChanges() throws IOException {
    RunFolder.open(folder, SETTINGS).close();
    String before = Files.readString(folder.resolve("settings.json"));
    IOException thrown =
        assertThrows(
            MismatchException.class,
            () -> RunFolder.open(folder, Map.of("--steps", "11", "--data", "images-1")));
    assertEquals(
        "'%s' holds runs with --steps 10, not 11: give --steps 10, or another folder as --out"
            .formatted(folder),
        thrown.getMessage());
    assertEquals(before, Files.readString(folder.resolve("settings.json")));
  }

  @Test
  void open_damagedSettings_isRefused() throws IOException {
    for (String damaged : new String[] {"", "{\"--steps\":", "[]", "{\"--steps\":\"10\"}"}) {
      Files.writeString(folder.resolve("settings.json"), damaged);
      IOException thrown =
          assertThrows(IOException.class, () -> RunFolder.open(folder, SETTINGS), damaged);
      assertTrue(
          String.valueOf(thrown.getMessage()).endsWith("another folder as --out"),
          thrown::getMessage);
    }
  }

  private Path file() {
    return folder.resolve("zca-ours-k19-d4-seed1.json");
  }
}
