package eigengrad.simd;

/** A kernel that is called until it is compiled. */
final class WarmUpCall {
  /** Calls between two looks. */
  private static final int CALLS = 10;

  /** Looks in a row that must find it compiled. */
  private static final int CONFIRMATIONS = 3;

  /** Calls after which the compiler knows that it is wanted. */
  private static final int ENOUGH_CALLS = 3_000;

  /**
   * Calls after which it counts as compiled where allocation cannot be told, or with a few vectors
   * that stay objects, as the compiler's luck will have it.
   */
  private static final int MOST_CALLS = 15_000;

  /** Calls after which the JVM will not compile it well. */
  private static final int TOO_MANY_CALLS = 100_000;

  private final KernelFamily family;
  private final Runnable kernel;
  private long atFirst;
  private int calls;
  private int confirmed;

  WarmUpCall(KernelFamily family, Runnable kernel) {
    this.family = family;
    this.kernel = kernel;
  }

  KernelFamily family() {
    return family;
  }

  /** Calls it some times, and returns whether none of its vectors is an object any more. */
  boolean isCompiled() {
    long before = ThreadAllocation.bytes();
    for (int i = 0; i < CALLS; i++) {
      kernel.run();
    }
    calls += CALLS;
    confirmed = looksCompiled(before) ? confirmed + 1 : 0;
    return confirmed == CONFIRMATIONS;
  }

  /** Nothing is allocated; or, after many calls, at most a twentieth of what was at first. */
  private boolean looksCompiled(long before) {
    if (before < 0) {
      return calls >= MOST_CALLS;
    }
    long allocated = ThreadAllocation.bytes() - before;
    atFirst = Math.max(atFirst, allocated);
    return allocated == 0 || (calls >= MOST_CALLS && allocated <= atFirst / 20);
  }

  /** Whether it has been called so often that it should be compiled, and is not. */
  boolean isHopeless() {
    return calls >= TOO_MANY_CALLS;
  }

  /** Whether there is nothing to do but to wait for the compiler. */
  boolean isEnough() {
    return calls >= ENOUGH_CALLS;
  }
}
