package eigengrad.simd;

import java.util.function.LongSupplier;

/**
 * Child of {@link SwitchTest}: calls every kernel of the active set over and over, while plain
 * loops give way to compiled kernels, and fails where bits differ from the first call's.
 */
final class SwitchProbe {
  private static final int CALLS_AFTER = 10;

  private SwitchProbe() {}

  public static void main(String[] arguments) throws InterruptedException {
    KernelCalls[] calls = KernelCalls.values();
    LongSupplier[] kernels = new LongSupplier[calls.length];
    long[] first = new long[calls.length];
    for (int i = 0; i < calls.length; i++) {
      kernels[i] = calls[i].at(Kernels.active(), 0, KernelCalls.ROWS, KernelCalls.COLUMNS);
      first[i] = kernels[i].getAsLong();
    }
    boolean early = Kernels.active().level1() == Kernels.scalar().level1();
    Thread waiting = new Thread(Kernels::warmUp);
    waiting.start();
    int after = 0;
    for (int round = 0; after < CALLS_AFTER; round++) {
      after += waiting.isAlive() ? 0 : 1;
      Thread.sleep(20); // the compiler needs the processor
      for (int i = 0; i < calls.length; i++) {
        if (kernels[i].getAsLong() != first[i]) {
          throw new AssertionError(calls[i] + " changed its bits in round " + round);
        }
      }
    }
    boolean late = Kernels.active().level1() == Kernels.scalar().level1();
    System.out.println((early ? "loops" : "vectors") + ", then " + (late ? "loops" : "vectors"));
  }
}
