package eigengrad.simd;

/** Eigenvalues and eigenvectors of symmetric tridiagonal matrices. */
public interface Tridiagonal {
  /**
   * The sums over poles in an evaluation of the secular equation: with tᵢ = wᵢ/(gᵢ − τ), Σ tᵢ and Σ
   * tᵢ/(gᵢ − τ).
   *
   * @param n poles, ≥ 0
   * @param weights wᵢ
   * @param weightOffset where they start
   * @param gaps gᵢ, distances of the poles from a common origin
   * @param gapOffset where they start
   * @param tau τ, different from every gᵢ
   * @param sums receives the two sums, which are 0 when n = 0
   */
  void secularSums(
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums);

  /**
   * Sturm counts and Laguerre steps of a symmetric tridiagonal matrix T at many shifts: one lane
   * per shift.
   *
   * <p>For each shift x, how many eigenvalues lie below it, and the points to which Laguerre's
   * method steps from x: the left one lies between x and the nearest eigenvalue below, the right
   * one between x and the nearest above, up to rounding. The count is exact for a matrix within a
   * few rounding errors of T in each element. Where a derivative vanishes a step may be infinite or
   * NaN. Source: T. Y. Li and Z. Zeng, <i>The Laguerre Iteration in Solving the Symmetric
   * Tridiagonal Eigenproblem, Revisited</i>, SIAM J. Sci. Comput. 15 (1994), section 2.
   *
   * <p>Elements of T are at most 2 in magnitude, off-diagonal ones at least 2⁻⁶⁰, and shifts at
   * most 6.
   *
   * @param n order of T, ≥ 1
   * @param d diagonal
   * @param dOffset where it starts
   * @param negatedSquares −eᵢ² of the n − 1 off-diagonal elements
   * @param squaresOffset where they start
   * @param first index of the first shift
   * @param count shifts
   * @param x the shifts; like all that follow, long enough for whole vectors of {@link
   *     KernelSet#lanes()} from index first on
   * @param below overwritten by the counts
   * @param near overwritten by the signed step in the direction of Newton's
   * @param far overwritten by the signed step in the other direction
   * @param work overwritten
   */
  void laguerreSteps(
      int n,
      double[] d,
      int dOffset,
      double[] negatedSquares,
      int squaresOffset,
      int first,
      int count,
      double[] x,
      long[] below,
      double[] near,
      double[] far,
      double[] work);

  /**
   * Unit eigenvectors of a symmetric tridiagonal matrix T for given eigenvalues, by twisted
   * factorisation of T − x: one lane per eigenvalue.
   *
   * <p>The twist is put where its pivot γ is smallest; then (T − x)z = γe, and the vector's
   * residual is |γ|/‖z‖ while x + γ/‖z‖² is the Rayleigh quotient. Cost: 2n divisions and about 20n
   * flops per vector. Source: I. S. Dhillon and B. N. Parlett, <i>Multiple Representations to
   * Compute Orthogonal Eigenvectors of Symmetric Tridiagonal Matrices</i>, Linear Algebra Appl. 387
   * (2004), section 3.
   *
   * @param n order of T, ≥ 1
   * @param d diagonal
   * @param dOffset where it starts
   * @param e n − 1 off-diagonal elements
   * @param eOffset where they start
   * @param first index of the first eigenvalue
   * @param count eigenvalues
   * @param x the eigenvalues; it and the next two are long enough for whole vectors of {@link
   *     KernelSet#lanes()} from index first on
   * @param corrections overwritten by γ/‖z‖²
   * @param residuals overwritten by |γ|/‖z‖
   * @param z overwritten, n × count, row after row: element j of each row belongs to the unit
   *     vector for x[first + j], elements below 2⁻⁴⁵³ replaced by 0; rows are written in whole
   *     vectors, with arbitrary elements from count on
   * @param zOffset where it starts
   * @param ldz from one row to the next, ≥ count in whole vectors
   * @param work 6n·{@link KernelSet#lanes()} elements, overwritten
   */
  void twistedVectors(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int first,
      int count,
      double[] x,
      double[] corrections,
      double[] residuals,
      double[] z,
      int zOffset,
      int ldz,
      double[] work);
}
