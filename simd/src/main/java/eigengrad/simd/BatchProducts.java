package eigengrad.simd;

/**
 * Products and elementwise steps on a {@linkplain LaneBlock lane block} of small matrices, one
 * matrix per lane, for gradients.
 *
 * <p>Operands must not overlap. NaN and infinity stay in their lane. What a lane computes depends
 * on its own operands alone, bit by bit. n ≥ 1 throughout.
 */
public interface BatchProducts {

  /**
   * C ← AᵀB: of both operands columns are read, element after element. Cost: 2n³ flops per matrix.
   *
   * @param n order
   * @param a A
   * @param aOffset where it starts
   * @param b B
   * @param bOffset where it starts
   * @param c overwritten
   * @param cOffset where it starts
   */
  void multiplyTransposed(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset);

  /**
   * C ← AᵀB, known to be symmetric: the lower triangle is computed and mirrored. Cost: n³ flops per
   * matrix.
   *
   * @param n order
   * @param a A
   * @param aOffset where it starts
   * @param b B
   * @param bOffset where it starts
   * @param c overwritten, exactly symmetric
   * @param cOffset where it starts
   */
  void multiplySymmetric(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset);

  /**
   * B ← Aᵀ.
   *
   * @param n order
   * @param a A
   * @param aOffset where it starts
   * @param b overwritten
   * @param bOffset where it starts
   */
  void transpose(int n, double[] a, int aOffset, double[] b, int bOffset);

  /**
   * B ← diag(d)·A.
   *
   * @param n order
   * @param a A
   * @param aOffset where it starts
   * @param d n elements per matrix
   * @param dOffset where they start
   * @param b overwritten
   * @param bOffset where it starts
   */
  void scaleRows(int n, double[] a, int aOffset, double[] d, int dOffset, double[] b, int bOffset);

  /**
   * B ← ½(A + Aᵀ), computed as A + ½(Aᵀ − A) below the diagonal, so that a symmetric A stays as it
   * is, bit by bit; not finite where the difference overflows.
   *
   * @param n order
   * @param a A
   * @param aOffset where it starts
   * @param b overwritten, exactly symmetric
   * @param bOffset where it starts
   */
  void symmetricPart(int n, double[] a, int aOffset, double[] b, int bOffset);

  /**
   * The weights (1 + q + … + q^(K−1))/|λ| of each pair, λ the eigenvalue of larger magnitude and q
   * the ratio of the other to it; 0 where both are equal. Summed by halving, S₂ₘ(q) = (1 + q)Sₘ(q²)
   * and Sₘ₊₁ = 1 + qSₘ, with |λᵢ + λⱼ|/|λ| for the first 1 + q: about 3·log₂K operations per pair,
   * with a relative error of some K·u. Not finite where |λᵢ + λⱼ| or 1/|λ| overflows.
   *
   * @param n order
   * @param terms K ≥ 1
   * @param values λ, n per matrix, ascending
   * @param valuesOffset where they start
   * @param weights receives them below the diagonal, interleaved; the diagonal is destroyed, what
   *     is above it is left
   */
  void powerSums(int n, int terms, double[] values, int valuesOffset, double[] weights);

  /**
   * C ← ½W∘(Cᵀ − C) below the diagonal, the same above it, and d on it.
   *
   * @param n order
   * @param weights W, of which the part below the diagonal is read
   * @param d n elements per matrix
   * @param dOffset where they start
   * @param c C; overwritten
   * @param cOffset where it starts
   */
  void weighSkewPart(int n, double[] weights, double[] d, int dOffset, double[] c, int cOffset);

  /**
   * C ← W∘C on and below the diagonal, and the same above it.
   *
   * @param n order
   * @param weights W, of which the lower triangle is read
   * @param c C, of which the lower triangle is read; overwritten
   * @param cOffset where it starts
   */
  void weigh(int n, double[] weights, double[] c, int cOffset);

  /**
   * One step of power iteration: Av, the Rayleigh quotient and the residual. Cost: 2n² flops per
   * matrix.
   *
   * @param n order
   * @param a A, read whole
   * @param v unit vectors
   * @param image receives Av
   * @param values receives λ = vᵀAv, one per matrix
   * @param residuals receives ‖Av − λv‖₂, one per matrix
   */
  void powerStep(
      int n, double[] a, double[] v, double[] image, double[] values, double[] residuals);

  /**
   * v ← image/‖image‖₂ for the matrices that go on; one whose image is 0 keeps its v. Squares of
   * the image are to be normal numbers, or below 2⁻⁹⁰⁰, which counts as 0.
   *
   * @param n order
   * @param image Av
   * @param moving 1 for a matrix that goes on, 0 for one that keeps its v
   * @param v updated
   */
  void normalize(int n, double[] image, double[] moving, double[] v);

  /**
   * A ← A − (Av)vᵀ.
   *
   * @param n order
   * @param image Av
   * @param v unit vectors
   * @param a A; updated
   */
  void deflate(int n, double[] image, double[] v, double[] a);

  /**
   * y ← op(A)x. Cost: 2n² flops per matrix.
   *
   * @param transposeA whether op(A) is Aᵀ
   * @param n order
   * @param a A
   * @param x read
   * @param y overwritten
   */
  void multiplyVector(Transpose transposeA, int n, double[] a, double[] x, double[] y);

  /**
   * u ← x/‖x‖₂. NaN, the norm too, where ‖x‖² is below 2⁻⁹⁰⁰ or overflows: there digits are lost.
   *
   * @param n order
   * @param x read
   * @param unit receives u
   * @param norms receives ‖x‖₂, one per matrix
   */
  void unitVector(int n, double[] x, double[] unit, double[] norms);

  /**
   * The cotangent of x from that of u = x/‖x‖₂: g ← (g − (uᵀg)u)/‖x‖₂.
   *
   * @param n order
   * @param unit u
   * @param norms ‖x‖₂, one per matrix
   * @param cotangent g; overwritten
   */
  void unitVectorCotangent(int n, double[] unit, double[] norms, double[] cotangent);
}
