package eigengrad.grad;

import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.svd.PolarFactors;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.PolarDecomposition;
import eigengrad.linalg.SingularValueDecomposition;

/**
 * The derivative of the polar decomposition A = QH, m×n, in a direction dA: forward mode, the
 * transpose of {@link PolarGradient}, with its domain.
 *
 * <pre>P = Uᵀ dA V,
 * dQ = U ((P − Pᵀ)ᵢⱼ/(σᵢ + σⱼ)) Vᵀ + (I − UUᵀ) dA V Σ⁻¹ Vᵀ + U Σ⁻¹ Uᵀ dA (I − VVᵀ),
 * dH = V Z Vᵀ + sym(2 V Uᵀ dA (I − VVᵀ)),   Zᵢⱼ = (σᵢPᵢⱼ + σⱼPⱼᵢ)/(σᵢ + σⱼ).</pre>
 *
 * <p>Cost: 16n³ flops for m = n.
 *
 * @param orthogonal dQ, m×n
 * @param symmetric dH, n×n, exactly symmetric
 */
public record PolarTangent(DenseMatrix orthogonal, DenseMatrix symmetric) {

  /**
   * dQ and dH.
   *
   * @param svd the decomposition of A, m×n, with all singular values
   * @param direction dA, m×n
   * @return the derivatives
   * @throws IllegalArgumentException if the direction has another shape or is not finite, or only
   *     the largest singular values are there
   * @throws NonFiniteException if the direction has a part where there is no derivative, or a
   *     derivative overflows
   */
  public static PolarTangent along(SingularValueDecomposition svd, DenseMatrix direction) {
    return along(svd, PolarFactors.of(svd), direction);
  }

  /**
   * dQ and dH with the nearest rotation for Q, of determinant +1.
   *
   * @param svd the decomposition of A, n×n, with all singular values
   * @param direction dA, n×n
   * @return the derivatives
   * @throws IllegalArgumentException if A is not square, the direction has another shape or is not
   *     finite, or only the largest singular values are there
   * @throws NonFiniteException if the direction has a part where there is no derivative, or a
   *     derivative overflows
   */
  public static PolarTangent alongRotation(SingularValueDecomposition svd, DenseMatrix direction) {
    return along(svd, rotation(svd), direction);
  }

  private static PolarTangent along(
      SingularValueDecomposition svd, PolarFactors factors, DenseMatrix direction) {
    Cotangents.require("direction", svd.rows(), svd.columns(), direction);
    return new PolarTangent(factors.orthogonal("dQ", direction), factors.symmetric(direction));
  }

  static PolarFactors rotation(SingularValueDecomposition svd) {
    DenseMatrix q = PolarDecomposition.nearestRotation(svd).orthogonalFactor();
    return PolarFactors.ofRotation(svd, q);
  }
}
