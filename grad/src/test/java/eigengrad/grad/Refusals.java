package eigengrad.grad;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a refused argument is to say. */
public final class Refusals {
  private Refusals() {}

  public static void assertRefused(String detail, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(refusal.getMessage()).contains(detail), refusal.getMessage());
  }
}
