package eigengrad.simd;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Child of {@link SwitchTest}: calls every kernel of the active set over and over, while plain
 * loops give way to compiled kernels, and fails where bits differ from the first call's.
 */
final class SwitchProbe {
  private static final int CALLS_AFTER = 10;

  private SwitchProbe() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (Kernels.active() instanceof SwitchingKernels && SwitchingKernels.TILES.manyRegisters()) {
      requireOwnRequests();
    }
    KernelCalls[] calls = KernelCalls.values();
    LongSupplier[] kernels = new LongSupplier[calls.length];
    long[] first = new long[calls.length];
    for (int i = 0; i < calls.length; i++) {
      kernels[i] = calls[i].at(Kernels.active(), 0, KernelCalls.ROWS, KernelCalls.COLUMNS);
      first[i] = kernels[i].getAsLong();
    }
    boolean early = loops();
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
    System.out.println((early ? "loops" : "vectors") + ", then " + (loops() ? "loops" : "vectors"));
  }

  /** A call asks for the kernel it is of, and a batch has been scaled before. */
  private static void requireOwnRequests() {
    WarmUpCalls.of(SwitchingKernels.SET)
        .forEach(
            (kernel, call) -> {
              Set<Kernel> more = new HashSet<>(WarmUp.requested());
              more.add(Kernel.BATCH_SCALING);
              if (kernel != Kernel.BATCH_SCALING && !more.add(kernel)) {
                throw new AssertionError("asked for by a call of another kernel");
              }
              call.run();
              if (!WarmUp.requested().contains(kernel) || !more.containsAll(WarmUp.requested())) {
                throw new AssertionError("a call asks for another kernel than its own");
              }
            });
  }

  private static boolean loops() {
    return Kernels.active() instanceof SwitchingKernels
        ? !Kernel.DOT.isCompiled()
        : !Kernels.active().isVector();
  }
}
