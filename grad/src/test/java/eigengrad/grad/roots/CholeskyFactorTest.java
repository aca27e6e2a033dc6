package eigengrad.grad.roots;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.relativeDifference;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyFactorTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 33})
  void solve_positiveDefinite_undoesTheProduct(int n) {
    DenseMatrix x = gaussian(n, n + 3, n);
    DenseMatrix a = x.times(x.transpose()).symmetricPart().plusScaled(0.5, DenseMatrix.identity(n));
    DenseMatrix expected = gaussian(n, 4, n + 1);
    DenseMatrix actual = CholeskyFactor.of(a).solve(a.times(expected));
    assertTrue(relativeDifference(expected, actual) <= 1e-12);
  }

  @Test
  void of_notPositiveDefinite_namesThePivot() {
    // Positive diagonal, determinant 1 − 4.
    DenseMatrix indefinite = DenseMatrix.ofRows(new double[][] {{1, 2}, {2, 1}});
    assertRefused(
        "pivot 1 of its Cholesky factorisation is -3.0", () -> CholeskyFactor.of(indefinite));
    DenseMatrix zero = DenseMatrix.diagonal(1, 0, 1);
    assertRefused("pivot 1", () -> CholeskyFactor.of(zero));
    assertRefused("add a ridge", () -> CholeskyFactor.of(DenseMatrix.diagonal(-1)));
  }

  @Test
  void of_badMatrix_isRefused() {
    assertRefused("at least one row", () -> CholeskyFactor.of(DenseMatrix.identity(0)));
    assertRefused("square", () -> CholeskyFactor.of(gaussian(2, 3, 1)));
    assertRefused("symmetric", () -> CholeskyFactor.of(DenseMatrix.of(2, 2, 1, 0.5, 0.2, 1)));
    assertRefused("finite", () -> CholeskyFactor.of(DenseMatrix.diagonal(1, Double.NaN)));
  }
}
