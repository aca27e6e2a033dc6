package eigengrad.grad;

import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Share;
import eigengrad.grad.internal.svd.TiedParts;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;

/**
 * Whether a loss depends on the choice of singular vectors where singular values tie: {@link Gauge}
 * for A = UΣVᵀ, m×n, k = min(m, n).
 *
 * <p>With G = ∂L/∂U and H = ∂L/∂V: within a tie of σ &gt; 0 the bases may be turned by (U, V) → (U
 * exp(Ω), V exp(Ω)), and L does not change if and only if
 *
 * <pre>½ skew(UᵀG + VᵀH)ᵢⱼ = 0   for all pairs that tie.</pre>
 *
 * <p>Among the values that tie with 0, U and V turn independently, and into what lies beside all k
 * vectors: there skew(UᵀG)ᵢⱼ, skew(VᵀH)ᵢⱼ and the columns of (I − UUᵀ)G and (I − VVᵀ)H must be 0.
 * Where that fails L is not a function of A, and has no gradient. Singular values tie as
 * eigenvalues do, within {@link Gauge#tieTolerance} of the larger dimension. Cost: 4(m + n)k²
 * flops.
 */
public final class SvdGauge {
  private SvdGauge() {}

  /**
   * Cotangents of the vectors.
   *
   * @param left ∂L/∂U, m×k
   * @param right ∂L/∂V, n×k
   */
  public record VectorCotangents(DenseMatrix left, DenseMatrix right) {}

  /**
   * The largest gauge-dependent component of cotangents, with the default tolerance.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param leftCotangent G = ∂L/∂U, m×k
   * @param rightCotangent H = ∂L/∂V, n×k
   * @return the largest magnitude of what must be 0, relative to ‖(G, H)‖_F; 0 if both are 0
   * @throws IllegalArgumentException if sizes do not match, a cotangent is not finite, or only the
   *     largest singular values are there
   */
  public static double dependence(
      SingularValueDecomposition svd, DenseMatrix leftCotangent, DenseMatrix rightCotangent) {
    return dependence(svd, leftCotangent, rightCotangent, tieTolerance(svd));
  }

  /**
   * The largest gauge-dependent component of cotangents.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param leftCotangent G = ∂L/∂U, m×k
   * @param rightCotangent H = ∂L/∂V, n×k
   * @param tieTolerance how close neighbouring singular values must be to tie, relative to σ₀
   * @return the largest magnitude of what must be 0, relative to ‖(G, H)‖_F; 0 if both are 0
   * @throws IllegalArgumentException if sizes do not match, a cotangent is not finite, only the
   *     largest singular values are there, or the tolerance is negative, infinite or NaN
   */
  public static double dependence(
      SingularValueDecomposition svd,
      DenseMatrix leftCotangent,
      DenseMatrix rightCotangent,
      double tieTolerance) {
    double factor = check(svd, leftCotangent, rightCotangent, tieTolerance);
    DenseMatrix g = leftCotangent.times(factor);
    DenseMatrix h = rightCotangent.times(factor);
    double largest = new TiedParts(svd, g, h, tieTolerance).largest();
    return Share.of(largest, g.columnMajor(), h.columnMajor());
  }

  /**
   * {@link #independentPart(SingularValueDecomposition, DenseMatrix, DenseMatrix, double)} with the
   * default tolerance.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param leftCotangent G = ∂L/∂U, m×k
   * @param rightCotangent H = ∂L/∂V, n×k
   * @return m×k and n×k
   * @throws IllegalArgumentException if sizes do not match, a cotangent is not finite, or only the
   *     largest singular values are there
   * @throws NonFiniteException if an element overflows
   */
  public static VectorCotangents independentPart(
      SingularValueDecomposition svd, DenseMatrix leftCotangent, DenseMatrix rightCotangent) {
    return independentPart(svd, leftCotangent, rightCotangent, tieTolerance(svd));
  }

  /**
   * The cotangents without their gauge-dependent parts: the nearest ones of a loss that does not
   * depend on the gauge.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param leftCotangent G = ∂L/∂U, m×k
   * @param rightCotangent H = ∂L/∂V, n×k
   * @param tieTolerance how close neighbouring singular values must be to tie, relative to σ₀
   * @return m×k and n×k
   * @throws IllegalArgumentException if sizes do not match, a cotangent is not finite, only the
   *     largest singular values are there, or the tolerance is negative, infinite or NaN
   * @throws NonFiniteException if an element overflows
   */
  public static VectorCotangents independentPart(
      SingularValueDecomposition svd,
      DenseMatrix leftCotangent,
      DenseMatrix rightCotangent,
      double tieTolerance) {
    double factor = check(svd, leftCotangent, rightCotangent, tieTolerance);
    TiedParts parts =
        new TiedParts(svd, leftCotangent.times(factor), rightCotangent.times(factor), tieTolerance);
    return new VectorCotangents(
        Gauge.finite("the part of ∂L/∂U", leftCotangent.minus(parts.ofLeft().times(1 / factor))),
        Gauge.finite("the part of ∂L/∂V", rightCotangent.minus(parts.ofRight().times(1 / factor))));
  }

  /**
   * A direction without what splits a tie: dA − U P Vᵀ, P the symmetric part of UᵀdA V beside the
   * diagonal for pairs that tie, among values that tie with 0 the whole beside the diagonal; and
   * without what leads from those beside the k vectors. Along it singular vectors have a
   * derivative, and whatever does not depend on the basis has the same one as along dA.
   *
   * @param svd the decomposition of A, m×n, with all k values
   * @param direction dA, m×n
   * @param tieTolerance how close neighbouring singular values must be to tie, relative to σ₀
   * @return m×n
   * @throws IllegalArgumentException if sizes do not match, dA is not finite, only the largest
   *     singular values are there, or the tolerance is negative, infinite or NaN
   * @throws NonFiniteException if an element overflows
   */
  public static DenseMatrix independentDirection(
      SingularValueDecomposition svd, DenseMatrix direction, double tieTolerance) {
    Arguments.requireTolerance("tieTolerance", tieTolerance);
    double factor =
        Gauge.intoRange(Cotangents.require("direction", svd.rows(), svd.columns(), direction));
    DenseMatrix splitting =
        TiedParts.splitting(svd, direction.times(factor), tieTolerance).times(1 / factor);
    return Gauge.finite("the part of dA", direction.minus(splitting));
  }

  /** Checks the arguments; returns a power of two that scales both into range. */
  private static double check(
      SingularValueDecomposition svd,
      DenseMatrix leftCotangent,
      DenseMatrix rightCotangent,
      double tieTolerance) {
    Arguments.requireTolerance("tieTolerance", tieTolerance);
    int k = svd.size();
    double left = Cotangents.require("leftCotangent", svd.rows(), k, leftCotangent);
    double right = Cotangents.require("rightCotangent", svd.columns(), k, rightCotangent);
    return Gauge.intoRange(Math.max(left, right));
  }

  private static double tieTolerance(SingularValueDecomposition svd) {
    return Gauge.tieTolerance(Math.max(svd.rows(), svd.columns()));
  }
}
