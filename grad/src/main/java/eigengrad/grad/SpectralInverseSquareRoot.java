package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;

/** M^(−1/2) as a {@link SpectralFunction}: its gradient is exact, repeated eigenvalues included. */
record SpectralInverseSquareRoot() implements InverseSquareRoot {

  @Override
  public InverseSquareRoot.Pass forward(DenseMatrix covariance) {
    Eigendecomposition eigen = SymmetricEigen.decompose(covariance);
    InverseSquareRoot.of(eigen.value(0));
    return new SpectralPass(SpectralFunction.inverseSquareRoot().forward(eigen));
  }

  /**
   * The function's own.
   *
   * @param pass of the function
   */
  private record SpectralPass(SpectralFunction.Pass pass) implements InverseSquareRoot.Pass {
    @Override
    public DenseMatrix matrix() {
      return pass.matrix();
    }

    @Override
    public DenseMatrix backward(DenseMatrix symmetricCotangent) {
      double[] s = symmetricCotangent.columnMajor();
      return pass.backward(Cotangents.finiteResult("∂L/∂W", symmetricCotangent.rows(), s));
    }
  }
}
