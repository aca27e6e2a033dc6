package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.simd.Kernels;

/**
 * Whether a loss depends on the choice of basis inside a repeated eigenvalue.
 *
 * <p>Such a basis may be turned by V → V exp(Ω), Ω antisymmetric and 0 but for pairs that tie; L
 * changes by ⟨VᵀG, Ω⟩. It does not for any Ω if and only if
 *
 * <pre>skew(VᵀG)ᵢⱼ = ½((VᵀG)ᵢⱼ − (VᵀG)ⱼᵢ) = 0   for all pairs with |λᵢ − λⱼ| ≤ tolerance·‖M‖₂.
 * </pre>
 *
 * <p>Where that fails L is not a function of M, and has no gradient. Cost of each method: 4n flops
 * for each pair that ties, 2n³ more for a projection.
 */
public final class Gauge {
  private Gauge() {}

  /**
   * The relative distance at which computed eigenvalues cannot be told from a repeated one: 8n·u.
   *
   * @param n order of the matrix
   * @return the tolerance
   */
  public static double tieTolerance(int n) {
    return 8 * n * 0x1p-53;
  }

  /**
   * The largest gauge-dependent component of a cotangent.
   *
   * @param eigen the decomposition, n×n
   * @param vectorCotangent G = ∂L/∂V, n×n
   * @param tieTolerance how close eigenvalues must be to tie, relative to ‖M‖₂
   * @return max |skew(VᵀG)ᵢⱼ| over the pairs that tie, relative to ‖G‖_F; 0 for G = 0
   * @throws IllegalArgumentException if sizes do not match, G is not finite or the tolerance is
   *     negative or NaN
   */
  public static double dependence(
      Eigendecomposition eigen, DenseMatrix vectorCotangent, double tieTolerance) {
    double size = vectorCotangent.frobeniusNorm();
    DenseMatrix turning = turning(eigen, vectorCotangent, tieTolerance);
    return size == 0 ? 0 : turning.maxAbs() / size;
  }

  /**
   * Refuses a loss that depends on the gauge.
   *
   * @param eigen the decomposition, n×n
   * @param vectorCotangent G = ∂L/∂V, n×n
   * @param tieTolerance how close eigenvalues must be to tie, relative to ‖M‖₂
   * @param tolerance the largest {@link #dependence} that passes as rounding, for instance 1e-10
   * @throws IllegalArgumentException if sizes do not match, G is not finite, a tolerance is
   *     negative or NaN, or the dependence exceeds its tolerance
   */
  public static void requireIndependence(
      Eigendecomposition eigen,
      DenseMatrix vectorCotangent,
      double tieTolerance,
      double tolerance) {
    requireTolerance("tolerance", tolerance);
    double dependence = dependence(eigen, vectorCotangent, tieTolerance);
    if (dependence > tolerance) {
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
   * The cotangent without its gauge-dependent part: G − V·skew(VᵀG), the latter 0 but for pairs
   * that tie. The nearest cotangent of a loss that does not depend on the gauge.
   *
   * @param eigen the decomposition, n×n
   * @param vectorCotangent G = ∂L/∂V, n×n
   * @param tieTolerance how close eigenvalues must be to tie, relative to ‖M‖₂
   * @return n×n
   * @throws IllegalArgumentException if sizes do not match, G is not finite or the tolerance is
   *     negative or NaN
   */
  public static DenseMatrix independentPart(
      Eigendecomposition eigen, DenseMatrix vectorCotangent, double tieTolerance) {
    DenseMatrix turning = turning(eigen, vectorCotangent, tieTolerance);
    return vectorCotangent.minus(eigen.vectors().times(turning));
  }

  /** ‖M‖₂, the largest |λ|. */
  static double norm(Eigendecomposition eigen) {
    double[] values = eigen.values();
    return Kernels.active().maxAbs(values.length, values, 0);
  }

  /** skew(VᵀG) at the pairs that tie, 0 elsewhere. */
  private static DenseMatrix turning(
      Eigendecomposition eigen, DenseMatrix vectorCotangent, double tieTolerance) {
    int n = eigen.size();
    Cotangents.require("vectorCotangent", n, n, vectorCotangent);
    requireTolerance("tieTolerance", tieTolerance);
    double[] v = eigen.vectors().columnMajor();
    double[] g = vectorCotangent.columnMajor();
    Kernels kernels = Kernels.active();
    double[] turning = new double[n * n];
    double tie = tieTolerance * norm(eigen);
    for (int j = 0; j < n; j++) {
      for (int i = j - 1; i >= 0 && eigen.value(j) - eigen.value(i) <= tie; i--) {
        double skew =
            0.5 * (kernels.dot(n, v, i * n, g, j * n) - kernels.dot(n, v, j * n, g, i * n));
        turning[i + j * n] = skew;
        turning[j + i * n] = -skew;
      }
    }
    return DenseMatrix.wrap(n, n, turning);
  }

  private static void requireTolerance(String name, double tolerance) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException(name + " must be ≥ 0, got " + tolerance);
    }
  }
}
