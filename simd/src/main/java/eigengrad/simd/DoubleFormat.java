package eigengrad.simd;

/**
 * What kernels know of the format of their numbers: all constants that another format would change.
 *
 * <p>u = 2⁻⁵³ is the unit roundoff; the smallest normal number is 2⁻¹⁰²².
 */
public final class DoubleFormat {
  /** u' = 2u, the spacing of numbers at 1. */
  public static final double ULP = 0x1p-52;

  /** u². */
  public static final double SQUARED_ROUNDOFF = 0x1p-106;

  /** u'². */
  public static final double SQUARED_ULP = 0x1p-104;

  /** Below this the square of a product of columns is lost to underflow, or nearly. */
  public static final double TINY_SQUARE = 0x1p-1000;

  /** Below this the square of a column's length, beside columns near 1, loses digits. */
  public static final double SHORT_SQUARE = 0x1p-400;

  /** The square of what is negligible whatever is beside it, where elements are near 1. */
  public static final double SQUARED_FLOOR = 0x1p-600;

  /** Below this a sum of squares may have lost digits to underflow: 2⁻¹⁰²² ÷ u². */
  public static final double SMALLEST_SAFE_SQUARE = 0x1p-916;

  /** Above this a sum of squares overflowed; NaN fails the comparison, too. */
  public static final double LARGEST_SAFE_SQUARE = Double.MAX_VALUE;

  /** A column whose square is below is negligible beside elements near 1. */
  public static final double NEGLIGIBLE_SQUARE = 0x1p-900;

  /** Brings a square that is not negligible above 1, if it is multiplied by this twice. */
  public static final double LARGE = 0x1p500;

  /** What is added to a pivot near 1 so that it is never 0: changes no other. */
  public static final double TINY_PIVOT = 0x1p-400;

  /**
   * Added to elements of a unit vector and taken away again, it makes 0 of those below 2⁻⁴⁵³ and
   * changes none by more: nothing becomes subnormal where two of them are multiplied.
   */
  public static final double GUARD = 0x1p-400;

  /** Rows after which the recurrence of Sturm counts is scaled back to 1. */
  public static final int STURM_ROWS = 16;

  /** The bit of the sign. */
  public static final long SIGN = Long.MIN_VALUE;

  /** All bits but the sign: as integers, magnitudes compare as the numbers do, NaN above ∞. */
  public static final long MAGNITUDE = Long.MAX_VALUE;

  /** The bits of the exponent. */
  public static final long EXPONENT = 0x7FF0_0000_0000_0000L;

  /** Minus bits of an exponent this is the reciprocal of that power of two. */
  public static final long TWICE_BIAS = 0x7FE0_0000_0000_0000L;

  private DoubleFormat() {}
}
