package eigengrad.bench.paper;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where results are kept from one start of the program to the next. Used by several threads, and
 * perhaps by several processes, at a time.
 */
interface RunStore {

  /**
   * The result of a run that came to its end before.
   *
   * @return null if there is none
   * @throws IOException if there is one that cannot be used
   */
  @Nullable RunResult find(RunSettings run) throws IOException;

  /**
   * Takes a run for oneself, to train it or to see that it is finished.
   *
   * @return to be closed when that is done; null while another process has the run
   * @throws IOException if claims cannot be made
   */
  @Nullable Claim claim(RunSettings run) throws IOException;

  /**
   * Keeps a result, and no checkpoint of that run any more.
   *
   * @throws IOException if it cannot be written
   */
  void save(RunResult result) throws IOException;

  /** Where a run goes on from, if it was stopped in the middle; for whoever has its claim. */
  Checkpoints checkpoints(RunSettings run);

  /** A store that keeps nothing. */
  static RunStore none() {
    return new RunStore() {
      @Override
      public @Nullable RunResult find(RunSettings run) {
        return null;
      }

      @Override
      public Claim claim(RunSettings run) {
        return () -> {};
      }

      @Override
      public void save(RunResult result) {}

      @Override
      public Checkpoints checkpoints(RunSettings run) {
        return Checkpoints.none();
      }
    };
  }

  /** A run that no other process trains. */
  interface Claim extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
