package eigengrad.linalg;

/** How a singular value decomposition is computed. */
public enum SvdMethod {
  /** Through a bidiagonal matrix: errors are small beside the largest singular value. */
  BIDIAGONAL,

  /**
   * One-sided Jacobi rotations: slower, and every singular value of A = BD, D diagonal and B
   * well-conditioned, is found to high relative accuracy. Source: J. Demmel and K. Veselić,
   * <i>Jacobi's Method is More Accurate than QR</i>, 1992.
   */
  JACOBI
}
