package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;

/**
 * M^(−1/2) as a function of the matrix: its gradient is exact, and finite at repeated eigenvalues.
 *
 * <p>With f(λ) = λ^(−1/2) and M = VΛVᵀ, f(M) = V f(Λ) Vᵀ and, S the symmetric cotangent of f(M),
 *
 * <pre>∂L/∂M = V ( F ∘ (VᵀSV) ) Vᵀ,
 * Fᵢⱼ = (f(λᵢ) − f(λⱼ))/(λᵢ − λⱼ) = −1/(√λᵢ √λⱼ (√λᵢ + √λⱼ)),   Fᵢᵢ = f′(λᵢ) likewise.</pre>
 *
 * <p>No difference of eigenvalues is left in it. Cost: four products of d×d matrices backward.
 * Source: Ju. L. Daleckiĭ and S. G. Kreĭn, 1965; N. J. Higham, <i>Functions of Matrices</i>, 2008,
 * theorem 3.11.
 */
record SpectralInverseSquareRoot() implements InverseSquareRoot {

  @Override
  public InverseSquareRoot.Pass forward(DenseMatrix covariance) {
    Eigendecomposition eigen = SymmetricEigen.decompose(covariance);
    double[] inverseRoots = eigen.values();
    for (int j = 0; j < inverseRoots.length; j++) {
      inverseRoots[j] = InverseSquareRoot.of(inverseRoots[j]);
    }
    DenseMatrix v = eigen.vectors();
    DenseMatrix matrix =
        v.times(DenseMatrix.diagonal(inverseRoots)).times(v.transpose()).symmetricPart();
    return new SpectralPass(v, inverseRoots, matrix);
  }

  /**
   * The decomposition, as far as it is needed.
   *
   * @param v V
   * @param inverseRoots λⱼ^(−1/2)
   * @param matrix W
   */
  private record SpectralPass(DenseMatrix v, double[] inverseRoots, DenseMatrix matrix)
      implements InverseSquareRoot.Pass {

    @Override
    public DenseMatrix backward(DenseMatrix s) {
      int d = v.rows();
      double[] core = v.transpose().times(s).times(v).toArray();
      for (int j = 0; j < d; j++) {
        for (int i = 0; i < d; i++) {
          double a = inverseRoots[i];
          double b = inverseRoots[j];
          // 1/(√λᵢ√λⱼ(√λᵢ + √λⱼ)) with √λ = 1/a and 1/b.
          core[i + j * d] *= -(a * b) * (a * b) / (a + b);
        }
      }
      DenseMatrix gradient =
          v.times(DenseMatrix.wrap(d, d, core)).times(v.transpose()).symmetricPart();
      return Cotangents.finiteResult("∂L/∂M", d, gradient.columnMajor());
    }
  }
}
