package eigengrad.simd;

/**
 * Whether a·b + c with one rounding is an instruction, told by the clock: for JVMs whose flags
 * cannot be read.
 *
 * <p>In software it takes big-number arithmetic, 5 µs and more where that is not compiled yet; as
 * an instruction a few hundredths even when interpreted. The best of several rounds counts, so that
 * a pause does not.
 */
final class FusedMultiplyAdd {
  private static final int ROUNDS = 10;
  private static final int CALLS = 20;
  private static final long MOST_NANOS_PER_CALL = 1_000;

  private FusedMultiplyAdd() {}

  static boolean isFast() {
    long best = Long.MAX_VALUE;
    double x = 1;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        x = Math.fma(x, 0.9, 0.3);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return x > 0 && best <= CALLS * MOST_NANOS_PER_CALL;
  }
}
