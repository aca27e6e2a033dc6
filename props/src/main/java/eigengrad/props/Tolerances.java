package eigengrad.props;

/** Every limit of the properties, each with its reason. All are dimensionless. */
public final class Tolerances {
  /**
   * Residual and orthogonality ratios (see {@code SpectralAccuracy}): LAPACK's test suite passes at
   * 60, a good solver stays near 1.
   */
  public static final double RATIO = 30;

  /**
   * Relative error of quantities computed in two ways by backward stable steps of a few hundred
   * operations each: 2⁻⁵³ times the operations, with room for the condition of the data.
   */
  public static final double ROUNDING = 1e-12;

  private Tolerances() {}
}
