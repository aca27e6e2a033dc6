package eigengrad.props;

/**
 * Every limit that a property has, with its reason. All are dimensionless; n is the order, u' =
 * 2⁻⁵² the spacing of doubles at 1.
 */
public enum Limit {
  /** How well a decomposition reproduces its matrix. */
  RESIDUAL(
      "residual ‖A − VΛVᵀ‖₁/(‖A‖₁·n·u')",
      30,
      "LAPACK's test suite passes at 60, a good solver stays near 1"),
  /** How orthonormal eigenvectors are. */
  ORTHOGONALITY(
      "orthogonality ‖I − VᵀV‖₁/(n·u')",
      30,
      "LAPACK's test suite passes at 60, a good solver stays near 1"),
  /** How well a singular value decomposition reproduces its matrix. */
  SVD_RESIDUAL(
      "residual ‖A − UΣVᵀ‖₁/(‖A‖₁·max(m, n)·u')",
      30,
      "LAPACK's test suite passes at 50, a good solver stays near 1"),
  /** How orthonormal left singular vectors are. */
  LEFT_ORTHOGONALITY(
      "orthogonality ‖I − UᵀU‖₁/(m·u')",
      30,
      "LAPACK's test suite passes at 50, a good solver stays near 1"),
  /** How orthonormal right singular vectors are. */
  RIGHT_ORTHOGONALITY(
      "orthogonality ‖I − VᵀV‖₁/(n·u')",
      30,
      "LAPACK's test suite passes at 50, a good solver stays near 1"),
  /** Singular values against those that another matrix must have. */
  SINGULAR_VALUES(
      "difference of singular values max |σ − σ'|/(max(m, n)·max σ·u')",
      30,
      "making the matrix costs a few roundings of n terms each, as its solution does"),
  /** Values with vectors against values alone. */
  VALUES_ALONE(
      "difference to values alone max |λ − λ'|/(max |λ|·u')",
      30,
      "LAPACK's test suite passes at 60: both are backward stable"),
  /** Values against the number of eigenvalues on either side. */
  STURM_COUNT(
      "tolerance, in max |λ|·u', at which Sturm counts confirm the values",
      30,
      "the counts are exact for a matrix within a few roundings, without a solver"),
  /** Values against those that the matrix was made from, or that another matrix must have. */
  SPECTRUM(
      "difference of eigenvalues max |λ − λ'|/(n·max |λ|·u')",
      30,
      "making the matrix costs a few roundings of n terms each, as its solution does"),
  /** An inequality between eigenvalues. */
  ORDER(
      "excess over an inequality of eigenvalues, in n·max |λ|·u'",
      30,
      "as for eigenvalues themselves: an inequality holds up to their error"),
  /** Two computations of one gradient. */
  GRADIENT(
      "relative difference of gradients ‖X − Y‖_F/‖Y‖_F",
      1e-12,
      "a few hundred roundings of 1.1e-16, times the condition of their data, about 10"),
  /** A gradient against differences of a loss. */
  DIFFERENCES(
      "relative difference of gradient and central differences",
      1e-7,
      "differences of order four with steps of 1e-3 of the gap leave about 1e-8"),
  /** The error of a truncated series against what theory says it is. */
  SERIES(
      "difference of a pair's relative error and q^K",
      1e-10,
      "a rounding of 1e-16 grows by λ/δ ≤ 10 in a coefficient, by max |λ|/λ ≤ 2e4 in a sum of"
          + " products with M"),
  /** The fitted rate of convergence. */
  RATE(
      "relative difference of the fitted rate and ln q",
      1e-2,
      "the other pairs, of half the ratio, have shrunk to a hundredth where the fit begins"),
  /** A gradient's norm over its bound. */
  BOUND("norm of a gradient over its bound", 1 + 1e-12, "a bound holds up to rounding"),
  /** How much of its bound a gradient misses where it should attain it. */
  ATTAINED(
      "share of the bound that is not attained at near-ties",
      1e-3,
      "gaps of 1e-7 of the value and K ≤ 100 terms leave K/2 of the gap, 5e-6"),
  /** A function of a matrix computed in two ways. */
  FUNCTION(
      "relative difference of matrix functions ‖X − Y‖_F/‖Y‖_F",
      1e-12,
      "a few hundred roundings, times the condition of f on eigenvalues between 0.1 and 10"),
  /** Two inner products that must agree. */
  ADJOINT(
      "difference of ⟨y, Jx⟩ and ⟨Jᵀy, x⟩ over ‖y‖‖Jx‖",
      1e-12,
      "a few hundred roundings, relative to the norms since the products may cancel"),
  /** The statistics of a layer's output against what they are to be. */
  OUTPUT(
      "difference of the mean or covariance of a normalised output, whose variances are near 1",
      1e-10,
      "roundings of 1e-16 grow by the ratio of the variances, with ε up to 1e3, and its root"),
  /** Outputs or gradients of a layer that must agree. */
  LAYER(
      "relative difference of a layer's outputs or gradients ‖X − Y‖_F/‖Y‖_F",
      1e-10,
      "roundings of 1e-16 grow by the ratio of the variances, with ε up to 1e3, and by edges of"
          + " projections, down to a tenth"),
  /** A layer's gradient against differences of a loss. */
  LAYER_DIFFERENCES(
      "relative difference of a layer's gradient and central differences",
      1e-6,
      "differences of order four with steps of 1e-3 of the smallest deviation leave 1e-8");

  private final String quantity;
  private final double value;
  private final String reason;

  Limit(String quantity, double value, String reason) {
    this.quantity = quantity;
    this.value = value;
    this.reason = reason;
  }

  /**
   * What is limited, as a formula.
   *
   * @return the quantity
   */
  public String quantity() {
    return quantity;
  }

  /**
   * The limit itself: what is above it, or NaN, fails.
   *
   * @return the number
   */
  public double value() {
    return value;
  }

  /**
   * Why it is not higher or lower.
   *
   * @return a sentence
   */
  public String reason() {
    return reason;
  }

  /**
   * Whether a figure passes.
   *
   * @param measured the figure
   * @return false above the limit or for NaN
   */
  public boolean admits(double measured) {
    return measured <= value;
  }

  /**
   * Fails unless a figure passes.
   *
   * @param measured the figure
   * @param sample what it was measured on, printed with the failure
   * @throws AssertionError if it is above the limit or NaN, with the quantity, the limit, the
   *     reason and the sample
   */
  public void require(double measured, Object sample) {
    if (!admits(measured)) {
      throw new AssertionError(
          this
              + ": "
              + quantity
              + " is "
              + measured
              + ", its limit "
              + value
              + " ("
              + reason
              + ") for "
              + sample);
    }
  }
}
