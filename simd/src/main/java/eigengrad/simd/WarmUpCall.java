package eigengrad.simd;

/** A kernel that is called until it is compiled. */
final class WarmUpCall {
  /** Calls between two looks. */
  private static final int CALLS = 10;

  /** Looks in a row that must find it compiled. */
  private static final int CONFIRMATIONS = 3;

  /** Calls after which the compiler knows that it is wanted. */
  private static final int ENOUGH_CALLS = 3_000;

  /** Calls after which it counts as compiled where allocation cannot be told. */
  private static final int MOST_CALLS = 15_000;

  /** Calls after which the JVM will not compile it so that no vector is an object. */
  private static final int TOO_MANY_CALLS = 100_000;

  private final Runnable kernel;
  private int calls;
  private int confirmed;

  WarmUpCall(Runnable kernel) {
    this.kernel = kernel;
  }

  /** Calls it some times, and returns whether none of its vectors is an object any more. */
  boolean isCompiled() {
    long before = ThreadAllocation.bytes();
    for (int i = 0; i < CALLS; i++) {
      kernel.run();
    }
    calls += CALLS;
    boolean free = before < 0 ? calls >= MOST_CALLS : ThreadAllocation.bytes() == before;
    confirmed = free ? confirmed + 1 : 0;
    return confirmed == CONFIRMATIONS;
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
