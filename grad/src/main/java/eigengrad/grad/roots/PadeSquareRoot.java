package eigengrad.grad.roots;

import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Caller;
import eigengrad.linalg.DenseMatrix;

/**
 * The [m/m] Padé approximant of √(1 − z) at Z = I − A/‖A‖_F, in partial fractions.
 *
 * <pre>A^(1/2) ≈ ‖A‖_F^(1/2) (I − Σⱼ aⱼ Z (I − bⱼZ)⁻¹),   j = 1 … m,
 * aⱼ = 2/(2m + 1) sin²(jπ/(2m + 1)),   bⱼ = cos²(jπ/(2m + 1)).</pre>
 *
 * <p>With t = √λ for an eigenvalue λ of A/‖A‖_F and r = ((1 − t)/(1 + t))^(2m + 1), the result is
 * t(1 + r)/(1 − r). The fractions are positive definite and need no polynomial coefficients, which
 * lose digits as m grows; in exchange there is a solve for each instead of one. Cost: m(7/3)n³
 * flops. Source: N. J. Higham, <i>Functions of Matrices</i>, 2008, section 6.8; Y. Song, N. Sebe,
 * W. Wang, <i>Fast Differentiable Matrix Square Root</i>, ICLR 2022, equation 8.
 *
 * @param degree m
 */
record PadeSquareRoot(int degree) implements SquareRootMethod {
  PadeSquareRoot {
    Arguments.requirePositive("degree", degree);
  }

  @Override
  public MatrixRoot squareRoot(DenseMatrix matrix) {
    ScaledDefinite scaled = ScaledDefinite.of(matrix);
    Caller caller = Caller.current();
    DenseMatrix identity = DenseMatrix.identity(matrix.rows());
    DenseMatrix z = identity.minus(scaled.unit());
    DenseMatrix sum = identity;
    for (int j = 1; j <= degree; j++) {
      caller.requireNotInterrupted();
      double angle = j * Math.PI / (2 * degree + 1);
      double a = 2.0 / (2 * degree + 1) * Math.sin(angle) * Math.sin(angle);
      double b = Math.cos(angle) * Math.cos(angle);
      DenseMatrix fraction = CholeskyFactor.of(identity.plusScaled(-b, z)).solve(z);
      sum = sum.plusScaled(-a, fraction);
    }
    return MatrixRoot.squareRoot(scaled, sum.symmetricPart());
  }
}
