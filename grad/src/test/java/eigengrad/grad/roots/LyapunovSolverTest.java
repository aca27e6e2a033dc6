package eigengrad.grad.roots;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LyapunovSolverTest {
  private static DenseMatrix positive(int n) {
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = 0.2 + 3.0 * j / n;
    }
    return withSpectrum(n, values);
  }

  private static double residual(DenseMatrix b, DenseMatrix x, DenseMatrix c) {
    return relativeDifference(c, b.times(x).plus(x.times(b)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 9, 17, 40})
  void solve_eitherSolver_satisfiesTheEquation(int n) {
    DenseMatrix b = positive(n);
    DenseMatrix c = gaussian(n, n, 1).symmetricPart();
    assertTrue(residual(b, LyapunovSolver.exact().solve(b, c), c) <= 1e-13);
    DenseMatrix x = LyapunovSolver.sign(25).solve(b, c);
    assertTrue(residual(b, x, c) <= 1e-13, "residual " + residual(b, x, c));
    assertEquals(x, x.transpose());
  }

  @Test
  void solve_signOfAScalar_isNewtonSchulz() {
    DenseMatrix one = DenseMatrix.identity(1);
    // ‖B‖_F = B for a scalar: nothing to converge.
    assertEquals(0.75, LyapunovSolver.sign(1).solve(one.times(2), one.times(3)).get(0, 0), 1e-15);
    // diag(3, 4)/5: the entry at (0, 0) is ½·c·(3 − 0.36)/2/5 after one step.
    DenseMatrix b = DenseMatrix.diagonal(3, 4);
    DenseMatrix x = LyapunovSolver.sign(1).solve(b, DenseMatrix.diagonal(1, 0));
    assertEquals(0.5 * (3 - 0.36) / 2 / 5, x.get(0, 0), 1e-16);
  }

  @Test
  void solve_moreSignIterations_convergeQuadratically() {
    DenseMatrix b = withSpectrum(2, 0.01, 0.3, 0.5, 1);
    DenseMatrix c = gaussian(4, 4, 3).symmetricPart();
    DenseMatrix exact = LyapunovSolver.exact().solve(b, c);
    double before = 1;
    for (int iterations = 1; iterations <= 20; iterations++) {
      double error = relativeDifference(exact, LyapunovSolver.sign(iterations).solve(b, c));
      assertTrue(error < before || error <= 1e-13, iterations + " iterations: " + error);
      if (before < 0.1 && before > 1e-7) {
        assertTrue(error <= 3 * before * before, before + " was followed by " + error);
      }
      before = error;
    }
    assertTrue(before <= 1e-13);
  }

  @Test
  void solve_isItsOwnAdjoint() {
    DenseMatrix b = positive(6);
    DenseMatrix c = gaussian(6, 6, 4).symmetricPart();
    DenseMatrix d = gaussian(6, 6, 5).symmetricPart();
    for (LyapunovSolver solver :
        new LyapunovSolver[] {LyapunovSolver.exact(), LyapunovSolver.sign(4)}) {
      assertEquals(inner(d, solver.solve(b, c)), inner(solver.solve(b, d), c), 1e-12);
    }
  }

  @Test
  void solve_badArguments_areRefused() {
    DenseMatrix c = DenseMatrix.identity(2);
    DenseMatrix indefinite = DenseMatrix.diagonal(1, -1);
    for (LyapunovSolver solver :
        new LyapunovSolver[] {LyapunovSolver.exact(), LyapunovSolver.sign(4)}) {
      assertRefused("positive definite", () -> solver.solve(indefinite, c));
      assertRefused("right-hand side must be 2×2", () -> solver.solve(c, DenseMatrix.identity(3)));
      assertRefused("symmetric", () -> solver.solve(c, DenseMatrix.of(2, 2, 1, 2, 3, 4)));
    }
    assertRefused("iterations must be ≥ 1, got 0", () -> LyapunovSolver.sign(0));
  }
}
