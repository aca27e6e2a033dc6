package eigengrad.simd.scalar;

import eigengrad.simd.FusedMultiplyAdd;

/** The multiply-add of plain loops. */
final class Fused {
  /** In software {@link Math#fma} is a thousand times slower than the two operations. */
  private static final boolean FUSED = FusedMultiplyAdd.isFast();

  private Fused() {}

  /** a·b + c, rounded once where the processor has an instruction for it, else twice. */
  static double multiplyAdd(double a, double b, double c) {
    return FUSED ? Math.fma(a, b, c) : a * b + c;
  }
}
