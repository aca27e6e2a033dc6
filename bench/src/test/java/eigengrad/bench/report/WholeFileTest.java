package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
  @TempDir Path folder;

  @Test
  void write_existingFile_isReplaced() throws IOException {
    Path file = folder.resolve("file");
    WholeFile.write(file, "old and longer");
    WholeFile.write(file, "nëw");
    assertEquals("nëw", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  @Test
  void write_targetCannotBeReplaced_leavesItAndNothingElse() throws IOException {
    Path inTheWay = Files.createDirectories(folder.resolve("file"));
    Files.createFile(inTheWay.resolve("child"));
    assertThrows(IOException.class, () -> WholeFile.write(inTheWay, "text"));
    assertEquals(List.of("file"), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
