package eigengrad.simd;

/** A kernel that is called until it is compiled. */
final class WarmUpCall {
  /** Calls between two looks. */
  private static final int CALLS = 10;

  /** Looks in a row that must find it compiled. */
  private static final int CONFIRMATIONS = 3;

  /** Calls after which the compiler knows that it is wanted. */
  private static final int ENOUGH_CALLS = 3_000;

  /** Calls after which, and after each as many more, its time is compared with the loops'. */
  private static final int CALLS_OF_A_RACE = 15_000;

  /** Rounds of a race: the shortest count. */
  private static final int ROUNDS = 9;

  /** Calls after which the JVM will not compile it well. */
  private static final int TOO_MANY_CALLS = 4 * CALLS_OF_A_RACE;

  private final Runnable kernel;
  private final Runnable loops;
  private int calls;
  private int confirmed;

  /**
   * A call on small operands.
   *
   * @param kernel the call
   * @param loops the same of the plain loops
   */
  WarmUpCall(Runnable kernel, Runnable loops) {
    this.kernel = kernel;
    this.loops = loops;
  }

  /**
   * Calls it some times, and returns whether none of its vectors is an object any more. Where
   * allocation cannot be told, or some vectors stay objects, as the compiler's luck will have it,
   * it counts after many calls if it is no slower than the loops.
   */
  boolean isCompiled() {
    long before = ThreadAllocation.bytes();
    repeat(CALLS, kernel);
    calls += CALLS;
    boolean nothingAllocated = before >= 0 && ThreadAllocation.bytes() == before;
    confirmed = nothingAllocated ? confirmed + 1 : 0;
    return confirmed == CONFIRMATIONS || (calls % CALLS_OF_A_RACE == 0 && winsRace());
  }

  private boolean winsRace() {
    repeat(ENOUGH_CALLS, loops);
    long ofKernel = Long.MAX_VALUE;
    long ofLoops = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      ofKernel = Math.min(ofKernel, nanos(kernel));
      ofLoops = Math.min(ofLoops, nanos(loops));
    }
    return ofKernel <= ofLoops;
  }

  private static long nanos(Runnable call) {
    long start = System.nanoTime();
    repeat(CALLS, call);
    return System.nanoTime() - start;
  }

  private static void repeat(int times, Runnable call) {
    for (int i = 0; i < times; i++) {
      call.run();
    }
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
