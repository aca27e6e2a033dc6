package eigengrad.linalg.tridiagonal;

/** When an element beside the diagonal is too small to matter. */
public final class Coupling {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Below this a product of two elements may have lost digits to underflow: 2⁻¹⁰²² ÷ u². */
  private static final double SMALLEST_SAFE_PRODUCT = 0x1p-916;

  private Coupling() {}

  /**
   * Whether an off-diagonal element may be set to zero: |e| ≤ u·√|d·d'|, judged by the two diagonal
   * elements that it couples and by nothing else, whatever the scale.
   *
   * @param above d
   * @param below d'
   * @param between e
   * @return whether the eigenvalues keep their digits, even small ones of a graded matrix
   */
  public static boolean negligible(double above, double below, double between) {
    double product = Math.abs(above * below);
    if (product >= SMALLEST_SAFE_PRODUCT && product <= Double.MAX_VALUE) {
      return between * between <= UNIT_ROUNDOFF * UNIT_ROUNDOFF * product;
    }
    return Math.abs(between)
        <= UNIT_ROUNDOFF * Math.sqrt(Math.abs(above)) * Math.sqrt(Math.abs(below));
  }
}
