package eigengrad.bench.program;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Checks of the folders given as options, before hours of work depend on them. */
public final class Folders {
  private static final int MOST_ATTEMPTS = 20;

  private Folders() {}

  /**
   * Makes the folder and writes in it, then undoes both: a run that never starts leaves nothing.
   *
   * @param option that named the folder
   * @param folder to be written to later
   * @param command whose option it is
   * @throws ParameterException if it cannot be written
   */
  public static void checkWritable(String option, Path folder, CommandLine command) {
    List<Path> missing = missing(folder);
    try {
      make(folder);
    } catch (IOException e) {
      throw new ParameterException(
          command,
          "%s: cannot write to '%s' (%s): give a folder that can be made and written"
              .formatted(option, folder, reason(e)));
    } finally {
      missing.forEach(Folders::deleteIfEmpty);
    }
  }

  /**
   * Makes a folder, unless it is there, and writes in it. Another process that checks the same
   * folder may delete it as soon as it is made, or while this one looks whether it is a folder:
   * then once more.
   *
   * @param folder to be made
   * @throws IOException if it cannot be made and written
   */
  public static void make(Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, ".check", ""));
        return;
      } catch (NoSuchFileException | FileAlreadyExistsException deletedMeanwhile) {
        if (attempt == MOST_ATTEMPTS) {
          throw deletedMeanwhile;
        }
      }
    }
  }

  /** Those of a folder and the ones around it that do not exist, innermost first. */
  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    Path path = folder.toAbsolutePath();
    while (path != null && Files.notExists(path)) {
      missing.add(path);
      path = path.getParent();
    }
    return missing;
  }

  private static void deleteIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException inUse) {
      return;
    }
  }

  /**
   * Why a file operation failed, in words.
   *
   * @param e the failure
   * @return a few words
   */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    String reason = e instanceof FileSystemException inFile ? inFile.getReason() : null;
    return reason != null ? reason : String.valueOf(e.getMessage());
  }
}
