package eigengrad.grad.paper;

import eigengrad.grad.internal.support.Rounding;

/**
 * The floating-point format in which a method holds what it stores. Arithmetic is double either
 * way.
 *
 * <p>{@link #FLOAT32} rounds the matrix, the eigenpairs, the coefficients and the gradients to
 * single precision: it shows what a published single-precision implementation meets, where ties and
 * overflow come sooner. It makes nothing faster.
 */
public enum Precision {
  /** Kept as computed. */
  FLOAT64(Rounding.NONE),
  /** Rounded to the nearest float; beyond its range, infinite. */
  FLOAT32(Rounding.TO_FLOAT);

  private final Rounding rounding;

  Precision(Rounding rounding) {
    this.rounding = rounding;
  }

  Rounding rounding() {
    return rounding;
  }
}
