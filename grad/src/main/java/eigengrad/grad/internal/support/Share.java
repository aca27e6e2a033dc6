package eigengrad.grad.internal.support;

import eigengrad.simd.Kernels;

/** How much a part is of the whole. */
public final class Share {
  /** Scales numbers down so that sums of their squares do not overflow. */
  private static final double FAR_DOWN = 0x1p-200;

  private Share() {}

  /** A part relative to the Frobenius norm of the whole, which may overflow; 0 of 0. */
  public static double of(double part, double[]... whole) {
    double size = norm(1, whole);
    if (size <= Double.MAX_VALUE) {
      return size == 0 ? 0 : part / size;
    }
    return part * FAR_DOWN / norm(FAR_DOWN, whole);
  }

  private static double norm(double scale, double[]... whole) {
    double norm = 0;
    for (double[] part : whole) {
      double[] scaled = part;
      if (scale != 1) {
        scaled = part.clone();
        Kernels.level1().scale(scaled.length, scale, scaled, 0);
      }
      norm = Math.hypot(norm, Kernels.level1().norm(scaled.length, scaled, 0));
    }
    return norm;
  }
}
