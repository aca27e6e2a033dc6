package eigengrad.bench.peers;

import java.io.Serial;

/** Says in its message why a contestant could not do what it was asked. */
final class ContestantFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ContestantFailure(String message) {
    super(message);
  }
}
