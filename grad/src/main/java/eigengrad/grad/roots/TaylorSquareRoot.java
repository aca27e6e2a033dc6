package eigengrad.grad.roots;

import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.linalg.DenseMatrix;

/**
 * The Taylor polynomial of √(1 − z) at Z = I − A/‖A‖_F, by Horner's rule.
 *
 * <pre>A^(1/2) ≈ ‖A‖_F^(1/2) (I − Σₖ |(½ choose k)| Zᵏ),   k = 1 … K.</pre>
 *
 * <p>The error for an eigenvalue λ of A/‖A‖_F is at most (1 − λ)^(K + 1)/√(πK): near zero ones
 * hardly converge. Cost: (K − 1)n³ flops. Source: Y. Song, N. Sebe, W. Wang, <i>Fast Differentiable
 * Matrix Square Root</i>, ICLR 2022, equation 5.
 *
 * @param degree K
 */
record TaylorSquareRoot(int degree) implements SquareRootMethod {
  TaylorSquareRoot {
    Arguments.requirePositive("degree", degree);
  }

  @Override
  public MatrixRoot squareRoot(DenseMatrix matrix) {
    ScaledDefinite scaled = ScaledDefinite.of(matrix);
    Caller caller = Caller.current();
    DenseMatrix identity = DenseMatrix.identity(matrix.rows());
    DenseMatrix z = identity.minus(scaled.unit());
    double[] coefficients = coefficients();
    DenseMatrix sum = z.times(coefficients[degree]);
    for (int k = degree - 1; k >= 1; k--) {
      caller.requireNotInterrupted();
      sum = SymmetricProducts.commuting(z, identity.times(coefficients[k]).plus(sum));
    }
    return MatrixRoot.squareRoot(scaled, identity.minus(sum));
  }

  /** |(½ choose k)| for k = 0 … K. */
  private double[] coefficients() {
    double[] c = new double[degree + 1];
    c[0] = 1;
    c[1] = 0.5;
    for (int k = 1; k < degree; k++) {
      c[k + 1] = c[k] * (k - 0.5) / (k + 1);
    }
    return c;
  }
}
