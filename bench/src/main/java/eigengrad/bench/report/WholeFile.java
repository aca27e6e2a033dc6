package eigengrad.bench.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writing so that a reader finds the old content or the new, never a part. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a text in UTF-8 beside the target, then moves it there.
   *
   * @param target replaced if it exists
   * @param text the whole content
   * @throws IOException if the folder cannot be written
   */
  public static void write(Path target, String text) throws IOException {
    write(target, out -> out.write(text));
  }

  /**
   * Writes a text in UTF-8 beside the target, then moves it there.
   *
   * @param target replaced if it exists
   * @param content writes the whole text, piece by piece
   * @throws IOException if the folder cannot be written
   */
  public static void write(Path target, Content content) throws IOException {
    Path part = part(target);
    try {
      try (Writer out = Files.newBufferedWriter(part)) {
        content.writeTo(out);
      }
      move(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Writes bytes beside the target, then moves them there.
   *
   * @param target replaced if it exists
   * @param bytes the whole content
   * @throws IOException if the folder cannot be written
   */
  public static void write(Path target, byte[] bytes) throws IOException {
    Path part = part(target);
    try {
      Files.write(part, bytes);
      move(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Path part(Path target) {
    return target.resolveSibling(
        "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
  }

  /** A text too long to be held as one. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes all of it.
     *
     * @param out to write to
     * @throws IOException if the writer throws it
     */
    void writeTo(Writer out) throws IOException;
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
