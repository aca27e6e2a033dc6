package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WarmUpCallTest {
  private static final int MANY_CALLS = 10_000;

  /** What a kernel makes objects of its vectors with. */
  private double[] vector = {};

  @Test
  void isCompiled_nothingAllocated_afterFewCalls() {
    assertTrue(calledUntilCompiled(() -> {}, () -> spin(1_000_000)) <= 100);
  }

  @Test
  void isCompiled_vectorsAreObjects_countsInTheEndWhereTheLoopsAreSlower() {
    WarmUpCall call = new WarmUpCall(this::allocate, () -> spin(20_000));
    assertFalse(call.isCompiled());
    assertFalse(call.isHopeless());
    assertTrue(calledUntilCompiled(this::allocate, () -> spin(20_000)) < MANY_CALLS);
  }

  @Test
  void isCompiled_vectorsAreObjects_isHopelessWhereTheLoopsAreFaster() {
    Runnable kernel =
        () -> {
          allocate();
          spin(2_000);
        };
    WarmUpCall call = new WarmUpCall(kernel, () -> {});
    while (!call.isHopeless()) {
      assertFalse(call.isCompiled());
    }
  }

  private static int calledUntilCompiled(Runnable kernel, Runnable loops) {
    WarmUpCall call = new WarmUpCall(kernel, loops);
    int looks = 1;
    while (!call.isCompiled() && looks < MANY_CALLS) {
      looks++;
    }
    return looks;
  }

  private void allocate() {
    vector = new double[vector.length == 8 ? 9 : 8];
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }
}
