package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Sizes whose product is more than an array holds are refused by name, before any memory. */
class SizeLimitsTest {
  private static final int N = 46_341;

  private static void assertRefused(Runnable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    assertTrue(message.contains("at most 2147483647 elements, got 46341×46341"), message);
  }

  @Test
  void generators_moreElementsThanAnArrayHolds_areRefused() {
    assertRefused(() -> SymmetricMatrices.gaussian(N, N, 1));
    assertRefused(() -> SymmetricMatrices.orthogonal(N, 1));
    assertRefused(() -> SymmetricMatrices.signedPermutation(N, 1));
    for (CotangentKind kind : CotangentKind.values()) {
      assertRefused(() -> kind.of(N, N, 1));
    }
  }
}
