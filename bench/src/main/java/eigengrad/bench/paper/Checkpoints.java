package eigengrad.bench.paper;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a long run leaves, from time to time, what it needs to go on in the middle. */
interface Checkpoints {

  /**
   * What was left last.
   *
   * @return null if there is nothing
   * @throws IOException if there is something that cannot be used; the message says what to do
   */
  byte @Nullable [] read() throws IOException;

  /**
   * Leaves something instead of what was left before.
   *
   * @throws IOException if it cannot be written; what was left before is still there then
   */
  void write(byte[] state) throws IOException;

  /** A place that keeps nothing. */
  static Checkpoints none() {
    return new Checkpoints() {
      @Override
      public byte @Nullable [] read() {
        return null;
      }

      @Override
      public void write(byte[] state) {}
    };
  }
}
