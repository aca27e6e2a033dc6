package eigengrad.grad;

import eigengrad.grad.internal.eigen.Clusters;
import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Share;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * Whether a loss depends on the choice of basis inside a repeated eigenvalue.
 *
 * <p>Such a basis may be turned by V → V exp(Ω), Ω antisymmetric and 0 except at pairs that tie; L
 * changes by ⟨VᵀG, Ω⟩. It does not change for any Ω if and only if
 *
 * <pre>skew(VᵀG)ᵢⱼ = ½((VᵀG)ᵢⱼ − (VᵀG)ⱼᵢ) = 0   for all pairs that tie.</pre>
 *
 * <p>Where that fails L is not a function of M, and has no gradient.
 *
 * <p>Computed eigenvalues tie if steps of at most {@link #tieTolerance}·‖M‖₂ lead from one to the
 * other: rounding splits a tie of exact arithmetic by about that much. Every {@link InverseGap}
 * uses the same clusters. Cost of each method: 4n flops for each pair that ties, 2n³ more for the
 * part of a cotangent and 8n³ for that of a direction.
 */
public final class Gauge {
  /**
   * The largest {@link #dependence} that counts as rounding, 1e-6: cotangents that were computed in
   * float32 pass, those of a loss that prefers a basis do not.
   */
  public static final double ROUNDING = 1e-6;

  private static final double FAR_DOWN = 0x1p-200;

  private Gauge() {}

  /**
   * The relative distance at which computed eigenvalues cannot be told from a repeated one: 8n·u, u
   * = 2⁻⁵³. The solver's backward error, at most 2n·u·‖M‖₂ on hostile matrices, moves each value of
   * a tie by at most so much and splits the tie by twice that; the tolerance leaves the same again
   * for a matrix that is itself a computed product.
   *
   * @param n order of the matrix
   * @return the tolerance
   */
  public static double tieTolerance(int n) {
    return 8 * n * 0x1p-53;
  }

  /**
   * The largest gauge-dependent component of a cotangent, with the default tolerance.
   *
   * @param eigen the decomposition, n×n
   * @param vectorCotangent G = ∂L/∂V, n×n
   * @return max |skew(VᵀG)ᵢⱼ| over the pairs that tie, relative to ‖G‖_F; 0 for G = 0
   * @throws IllegalArgumentException if sizes do not match or G is not finite
   */
  public static double dependence(Eigendecomposition eigen, DenseMatrix vectorCotangent) {
    return dependence(eigen, vectorCotangent, tieTolerance(eigen.order()));
  }

  /**
   * The largest gauge-dependent component of a cotangent.
   *
   * @param eigen the decomposition, n×n
   * @param vectorCotangent G = ∂L/∂V, n×n
   * @param tieTolerance how close neighbouring eigenvalues must be to tie, relative to ‖M‖₂
   * @return max |skew(VᵀG)ᵢⱼ| over the pairs that tie, relative to ‖G‖_F; 0 for G = 0
   * @throws IllegalArgumentException if sizes do not match, G is not finite or the tolerance is
   *     negative, infinite or NaN
   */
  public static double dependence(
      Eigendecomposition eigen, DenseMatrix vectorCotangent, double tieTolerance) {
    double factor = intoRange(requireCotangent(eigen, vectorCotangent, tieTolerance));
    DenseMatrix g = vectorCotangent.times(factor);
    double[] turning = turning(eigen, g, tieTolerance);
    return Share.of(Kernels.level1().maxAbs(turning.length, turning, 0), g.columnMajor());
  }

  /**
   * Refuses a loss that depends on the gauge by more than rounding, with the default tolerances.
   *
   * @param eigen the decomposition, n×n
   * @param vectorCotangent G = ∂L/∂V, n×n
   * @throws IllegalArgumentException if sizes do not match, G is not finite or the dependence
   *     exceeds {@link #ROUNDING}
   */
  public static void requireIndependence(Eigendecomposition eigen, DenseMatrix vectorCotangent) {
    requireIndependence(eigen, vectorCotangent, tieTolerance(eigen.order()), ROUNDING);
  }

  /**
   * Refuses a loss that depends on the gauge.
   *
   * @param eigen the decomposition, n×n
   * @param vectorCotangent G = ∂L/∂V, n×n
   * @param tieTolerance how close neighbouring eigenvalues must be to tie, relative to ‖M‖₂
   * @param tolerance the largest {@link #dependence} that passes as rounding
   * @throws IllegalArgumentException if sizes do not match, G is not finite, a tolerance is
   *     negative, infinite or NaN, or the dependence exceeds its tolerance
   */
  public static void requireIndependence(
      Eigendecomposition eigen,
      DenseMatrix vectorCotangent,
      double tieTolerance,
      double tolerance) {
    Arguments.requireTolerance("tolerance", tolerance);
    double dependence = dependence(eigen, vectorCotangent, tieTolerance);
    if (!(dependence <= tolerance)) {
      throw new IllegalArgumentException(
          "the loss depends on the choice of eigenvectors inside a repeated eigenvalue: its"
              + " gauge-dependent part is "
              + dependence
              + " of its cotangent, more than "
              + tolerance
              + ". Use Gauge.independentPart, or a loss of the projector onto the eigenspace");
    }
  }

  /**
   * {@link #independentPart(Eigendecomposition, DenseMatrix, double)} with the default tolerance.
   *
   * @param eigen the decomposition, n×n
   * @param vectorCotangent G = ∂L/∂V, n×n
   * @return n×n
   * @throws IllegalArgumentException if sizes do not match or G is not finite
   * @throws NonFiniteException if an element overflows
   */
  public static DenseMatrix independentPart(Eigendecomposition eigen, DenseMatrix vectorCotangent) {
    return independentPart(eigen, vectorCotangent, tieTolerance(eigen.order()));
  }

  /**
   * The cotangent without its gauge-dependent part: G − V·skew(VᵀG), the latter 0 except at pairs
   * that tie. The nearest cotangent of a loss that does not depend on the gauge.
   *
   * @param eigen the decomposition, n×n
   * @param vectorCotangent G = ∂L/∂V, n×n
   * @param tieTolerance how close neighbouring eigenvalues must be to tie, relative to ‖M‖₂
   * @return n×n
   * @throws IllegalArgumentException if sizes do not match, G is not finite or the tolerance is
   *     negative, infinite or NaN
   * @throws NonFiniteException if an element overflows
   */
  public static DenseMatrix independentPart(
      Eigendecomposition eigen, DenseMatrix vectorCotangent, double tieTolerance) {
    int n = eigen.order();
    double factor = intoRange(requireCotangent(eigen, vectorCotangent, tieTolerance));
    double[] turning = turning(eigen, vectorCotangent.times(factor), tieTolerance);
    DenseMatrix dependent = eigen.vectors().times(DenseMatrix.wrap(n, n, turning));
    return finite("the part of ∂L/∂V", vectorCotangent.minus(dependent.times(1 / factor)));
  }

  /**
   * A direction without what splits a tie: dM − V·A·Vᵀ, A the elements of VᵀdM V beside the
   * diagonal for pairs that tie, 0 elsewhere. Along it eigenvectors have a derivative, and whatever
   * does not depend on the basis has the same one as along dM.
   *
   * @param eigen the decomposition, n×n
   * @param direction dM, n×n symmetric
   * @param tieTolerance how close neighbouring eigenvalues must be to tie, relative to ‖M‖₂
   * @return n×n, exactly symmetric
   * @throws IllegalArgumentException if sizes do not match, dM is not finite or symmetric, or the
   *     tolerance is negative, infinite or NaN
   * @throws NonFiniteException if an element overflows
   */
  public static DenseMatrix independentDirection(
      Eigendecomposition eigen, DenseMatrix direction, double tieTolerance) {
    int n = eigen.order();
    double factor = intoRange(Cotangents.requireDirection(n, direction));
    Arguments.requireTolerance("tieTolerance", tieTolerance);
    DenseMatrix v = eigen.vectors();
    double[] core =
        SymmetricProducts.lowerCongruence(Transpose.YES, v, direction.times(factor).columnMajor());
    LowerTriangle.mirror(n, core, 0, n);
    Clusters clusters = Clusters.of(eigen.values(), tieTolerance);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        if (i == j || i < clusters.start(j) || i >= clusters.end(j)) {
          core[i + j * n] = 0;
        }
      }
    }
    DenseMatrix splitting =
        SymmetricProducts.congruence(Transpose.NO, v, DenseMatrix.wrap(n, n, core));
    return finite("the part of dM", direction.minus(splitting.times(1 / factor)));
  }

  /** Checks the arguments; returns the largest magnitude of G. */
  private static double requireCotangent(
      Eigendecomposition eigen, DenseMatrix vectorCotangent, double tieTolerance) {
    Arguments.requireTolerance("tieTolerance", tieTolerance);
    return Cotangents.require("vectorCotangent", eigen.order(), eigen.order(), vectorCotangent);
  }

  /** A power of two that scales a matrix so that its products neither overflow nor lose digits. */
  static double intoRange(double largest) {
    if (largest > 0x1p900) {
      return FAR_DOWN;
    }
    return largest < 0x1p-800 ? 1 / FAR_DOWN : 1;
  }

  /** skew(VᵀG) at the pairs that tie, 0 elsewhere. */
  private static double[] turning(Eigendecomposition eigen, DenseMatrix g, double tieTolerance) {
    int n = eigen.order();
    double[] v = eigen.vectors().columnMajor();
    double[] elements = g.columnMajor();
    Clusters clusters = Clusters.of(eigen.values(), tieTolerance);
    double[] turning = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = clusters.start(j); i < j; i++) {
        double skew =
            0.5
                * (Kernels.level1().dot(n, v, i * n, elements, j * n)
                    - Kernels.level1().dot(n, v, j * n, elements, i * n));
        turning[i + j * n] = skew;
        turning[j + i * n] = -skew;
      }
    }
    return turning;
  }

  static DenseMatrix finite(String name, DenseMatrix result) {
    int rows = result.rows();
    return rows == 0 ? result : Cotangents.finiteResult(name, rows, result.columnMajor());
  }
}
