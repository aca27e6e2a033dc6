package eigengrad.simd;

/**
 * The multiply-add of plain loops, and whether a·b + c with one rounding is an instruction, told by
 * the clock.
 *
 * <p>As an instruction it takes some 20 ns in the interpreter, where the first calls run; in
 * software big-number arithmetic, a thousand times as long. The best of several rounds counts, so
 * that a pause does not.
 */
public final class FusedMultiplyAdd {
  private static final int ROUNDS = 10;
  private static final int CALLS = 20;
  private static final long MOST_NANOS_PER_CALL = 1_000;

  private static final boolean FAST = measure();

  private FusedMultiplyAdd() {}

  /**
   * Timed once.
   *
   * @return whether {@link Math#fma} is fast
   */
  public static boolean isFast() {
    return FAST;
  }

  /**
   * a·b + c.
   *
   * @param a a
   * @param b b
   * @param c c
   * @return rounded once where the processor has an instruction for it, else twice
   */
  public static double multiplyAdd(double a, double b, double c) {
    return FAST ? Math.fma(a, b, c) : a * b + c;
  }

  private static boolean measure() {
    double x = 1;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        x = Math.fma(x, 0.9, 0.3);
      }
      if (System.nanoTime() - start <= CALLS * MOST_NANOS_PER_CALL) {
        return x > 0; // always, but only if it was computed
      }
    }
    return false;
  }
}
