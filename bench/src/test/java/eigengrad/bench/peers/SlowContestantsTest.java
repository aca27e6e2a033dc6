package eigengrad.bench.peers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SlowContestantsTest {

  @Test
  void isExpected_byTheCube_ofTheLastOrder() {
    SlowContestants slow = new SlowContestants(3);
    assertFalse(slow.isExpected("a", 4096));
    slow.took("a", 100, 3e9 / 8);
    assertFalse(slow.isExpected("a", 200));
    assertTrue(slow.isExpected("a", 201));
    assertFalse(slow.isExpected("b", 201));
    slow.took("a", 200, 1e9);
    assertFalse(slow.isExpected("a", 201));
  }
}
