package eigengrad.bench.program;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

class FoldersTest {
  private static final CommandLine COMMAND = new CommandLine(new Nothing());

  @TempDir Path folder;

  @Command
  private static final class Nothing {}

  @Test
  void checkWritable_missingFolder_isLeftMissing() {
    Path outer = folder.resolve("outer");
    Folders.checkWritable("--out", outer.resolve("inner"), COMMAND);
    assertFalse(Files.exists(outer));
  }

  @Test
  void checkWritable_fileInTheWay_isRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    ParameterException thrown =
        assertThrows(ParameterException.class, () -> Folders.checkWritable("--out", file, COMMAND));
    assertTrue(String.valueOf(thrown.getMessage()).contains("a file is in the way"));
  }

  /** Each deletes the folder that the other is about to write in. */
  @Test
  void checkWritable_severalAtATime_allSucceed() {
    Path shared = folder.resolve("a").resolve("b");
    assertDoesNotThrow(
        () ->
            IntStream.range(0, 200)
                .parallel()
                .forEach(i -> Folders.checkWritable("--out", shared, COMMAND)));
  }
}
