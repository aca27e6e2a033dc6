package eigengrad.grad.internal.function;

import eigengrad.grad.Gauge;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Share;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Transpose;

/**
 * The derivative of f(A) = V f(Λ) Vᵀ, which is its own adjoint:
 *
 * <pre>S → V ( F ∘ (VᵀSV) ) Vᵀ,   Fᵢⱼ = f[λᵢ, λⱼ].</pre>
 *
 * <p>Cost: 6n³ flops, as both products with a known symmetric result compute one triangle.
 *
 * @param function f with its divided differences
 * @param values λ, n ascending
 * @param images f(λ)
 * @param vectors V, n×n
 */
@SuppressWarnings("ArrayRecordComponent") // only read
public record SpectralDifferential(
    ScalarFunction function, double[] values, double[] images, DenseMatrix vectors) {

  /**
   * Applies the derivative.
   *
   * @param name of the result, for messages
   * @param s S, n×n symmetric
   * @return exactly symmetric
   * @throws NonFiniteException if a divided difference or the result is not finite
   */
  public DenseMatrix apply(String name, DenseMatrix s) {
    int n = values.length;
    double[] core = SymmetricProducts.lowerCongruence(Transpose.YES, vectors, s.columnMajor());
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        core[i + j * n] = weighed(i, j, core[i + j * n], s);
      }
    }
    LowerTriangle.mirror(n, core, 0, n);
    DenseMatrix result =
        SymmetricProducts.congruence(Transpose.NO, vectors, DenseMatrix.wrap(n, n, core));
    return n == 0 ? result : Cotangents.finiteResult(name, n, result.columnMajor());
  }

  /** Fᵢⱼ times a part, for i ≥ j, that is λᵢ ≥ λⱼ; 0 of rounding within λ = 0. */
  private double weighed(int i, int j, double part, DenseMatrix s) {
    double weight = function.dividedDifference(values[i], values[j], images[i], images[j]);
    if (Double.isFinite(weight)) {
      return weight * part;
    }
    if (function instanceof ScalarFunction.OnSemidefinite && values[i] == 0) {
      requireRounding(part, s);
      return 0;
    }
    throw new NonFiniteException(
        "the derivative of "
            + function
            + " between eigenvalues "
            + j
            + " and "
            + i
            + ", "
            + values[j]
            + " and "
            + values[i]
            + ", is "
            + weight);
  }

  private void requireRounding(double part, DenseMatrix s) {
    double share = Share.of(Math.abs(part), s.columnMajor());
    if (!(share <= Gauge.ROUNDING)) {
      throw new NonFiniteException(
          function
              + " has no derivative where the matrix is singular and the argument has a part within"
              + " its null space, here "
              + share
              + " of it");
    }
  }
}
