package eigengrad.examples;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;

/** Decomposes a covariance, then differentiates a function of it. */
public final class OneSolve {
  private OneSolve() {}

  /**
   * Prints eigenvalues, accuracy and a gradient.
   *
   * @param args none
   */
  public static void main(String[] args) {
    DenseMatrix covariance =
        DenseMatrix.ofRows(new double[][] {{4, 1, 0.5}, {1, 3, 1}, {0.5, 1, 2}});

    Eigendecomposition eigen = SymmetricEigen.decompose(covariance);
    for (int j = 0; j < eigen.order(); j++) {
      System.out.printf("λ = %.6f, v₁ = %.6f%n", eigen.value(j), eigen.vectors().get(0, j));
    }
    System.out.printf("residual, good below 30: %.2f%n", eigen.residual(covariance));

    // L = ½‖log M‖², whose gradient is known: M⁻¹ log M.
    SpectralFunction.Pass log = SpectralFunction.logarithm().forward(eigen);
    DenseMatrix gradient = log.backward(log.matrix());
    System.out.printf("∂L/∂m₁₁ = %.6f%n", gradient.get(0, 0));
  }
}
