package eigengrad.bench.paper;

import eigengrad.bench.program.Folders;
import eigengrad.bench.report.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a small file for each finished run, and for each long one under way, so that a
 * sweep that was stopped or killed goes on where it was, and several processes can share one.
 *
 * <p>What all its runs have in common is in {@code settings.json}: a folder takes no runs of other
 * settings. A run's file is written whole, then renamed. While a process trains a run it holds a
 * lock on one byte of {@code claims.lock}, at a place that belongs to the run; the operating system
 * frees it when the process ends, in whatever way.
 */
final class RunFolder implements RunStore, AutoCloseable {
  private static final String SETTINGS = "settings.json";
  private static final String CLAIMS = "claims.lock";

  /** Where a process locks that reads or writes the settings; runs have other places. */
  private static final long PLACE_OF_SETTINGS = 0;

  private final Path folder;
  private final Map<String, String> shared;
  private final FileChannel claims;

  private RunFolder(Path folder, Map<String, String> shared, FileChannel claims) {
    this.folder = folder;
    this.shared = shared;
    this.claims = claims;
  }

  /**
   * Opens or makes a folder of runs.
   *
   * @param folder made if it is not there
   * @param shared the settings that all its runs have in common, by the names of their options
   * @throws MismatchException if it holds runs of other settings; nothing is changed then
   * @throws IOException if it cannot be read or written
   */
  static RunFolder open(Path folder, Map<String, String> shared) throws IOException {
    Folders.make(folder);
    // One channel for the whole process: closing any other would free all of its locks.
    FileChannel claims =
        FileChannel.open(
            folder.resolve(CLAIMS), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      requireSettings(folder, shared, claims);
    } catch (IOException | RuntimeException e) {
      claims.close();
      throw e;
    }
    return new RunFolder(folder, Map.copyOf(shared), claims);
  }

  /** Two processes that start at a time with different settings: the second is refused. */
  private static void requireSettings(Path folder, Map<String, String> shared, FileChannel claims)
      throws IOException {
    FileLock alone = claims.lock(PLACE_OF_SETTINGS, 1, false);
    try {
      Path settings = folder.resolve(SETTINGS);
      if (Files.exists(settings)) {
        MismatchException.require(folder, shared, RunFile.readSettings(settings));
      } else {
        RunFile.writeSettings(settings, shared);
      }
    } finally {
      alone.release();
    }
  }

  @Override
  public @Nullable RunResult find(RunSettings run) throws IOException {
    Path file = file(run);
    return Files.exists(file) ? RunFile.read(file, shared, run) : null;
  }

  @Override
  public @Nullable Claim claim(RunSettings run) throws IOException {
    try {
      FileLock lock = claims.tryLock(place(run), 1, false);
      return lock == null ? null : lock::release;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  @Override
  public void save(RunResult result) throws IOException {
    WholeFile.write(file(result.settings()), RunFile.json(result, shared));
    checkpoints(result.settings()).delete();
  }

  @Override
  public CheckpointFile checkpoints(RunSettings run) {
    return new CheckpointFile(
        folder.resolve(run.word() + ".checkpoint"), run.word() + " " + new TreeMap<>(shared));
  }

  private Path file(RunSettings run) {
    return folder.resolve(run.word() + ".json");
  }

  /** A byte of the file of claims; 2⁴⁸ are enough for runs not to share one. */
  private static long place(RunSettings run) {
    long hash = 0xcbf29ce484222325L;
    for (char c : run.word().toCharArray()) {
      hash = (hash ^ c) * 0x100000001b3L;
    }
    return 1 + (hash >>> 16);
  }

  /** Frees all claims of this process. */
  @Override
  public void close() throws IOException {
    claims.close();
  }
}
