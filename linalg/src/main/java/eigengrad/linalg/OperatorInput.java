package eigengrad.linalg;

import eigengrad.simd.Kernels;

/** What an operator's products must be like, or are refused. */
final class OperatorInput {
  private OperatorInput() {}

  /** Refuses products that are not finite; so many had been computed before. */
  static void requireFinite(int n, int before, double[] products) {
    if (Kernels.level1().maxAbs(products.length, products, 0) <= Double.MAX_VALUE) {
      return;
    }
    for (int at = 0; at < products.length; at++) {
      if (!Double.isFinite(products[at])) {
        throw new IllegalArgumentException(
            "product must be finite, got %s at index %d of product %d"
                .formatted(products[at], at % n, before + at / n));
      }
    }
  }

  /** Refuses a difference of uᵀAv and vᵀAu that is not rounding. */
  static void requireSymmetric(double asymmetry, double allowed) {
    if (!(Math.abs(asymmetry) <= allowed)) {
      throw new IllegalArgumentException(
          "product must be that of a symmetric operator: uᵀAv and vᵀAu differ by "
              + Math.abs(asymmetry)
              + " for unit vectors u and v, which exceeds "
              + allowed);
    }
  }
}
