package eigengrad.grad.roots;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.SpectralFunction;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.linalg.DenseMatrix;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SquareRootMethodTest {
  /** Makes a method for a count. */
  private interface Family extends IntFunction<SquareRootMethod> {}

  private static final List<Family> FAMILIES =
      List.of(SquareRootMethod::newtonSchulz, SquareRootMethod::taylor, SquareRootMethod::pade);

  /** Eigenvalues from 1 down to 1/condition, evenly in the logarithm. */
  static DenseMatrix conditioned(int n, double condition) {
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = Math.pow(condition, -(double) j / (n - 1));
    }
    return withSpectrum(n, values);
  }

  private static double valueError(SquareRootMethod method, DenseMatrix a) {
    DenseMatrix exact = SpectralFunction.squareRoot().forward(a).matrix();
    return relativeDifference(exact, method.squareRoot(a).matrix());
  }

  @Test
  void squareRoot_largerCount_convergesToTheExactRoot() {
    DenseMatrix a = conditioned(9, 10);
    for (Family family : FAMILIES) {
      double before = 1;
      for (int count = 1; count <= 1024; count *= 2) {
        double error = valueError(family.apply(count), a);
        assertTrue(error < before || error <= 1e-13, family.apply(count) + " is off by " + error);
        before = error;
      }
      assertTrue(before <= 1e-13);
    }
  }

  /** diag(3, 4) has norm 5: eigenvalues 0.6 and 0.8. */
  private static double errorAt(SquareRootMethod method, double lambda, int index) {
    DenseMatrix a = DenseMatrix.diagonal(3, 4);
    return method.squareRoot(a).matrix().get(index, index) / Math.sqrt(5 * lambda) - 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void squareRoot_pade_hasTheKnownErrorForEachEigenvalue(int degree) {
    double[] lambdas = {0.6, 0.8};
    for (int i = 0; i < 2; i++) {
      double t = Math.sqrt(lambdas[i]);
      double r = Math.pow((1 - t) / (1 + t), 2 * degree + 1);
      assertEquals(2 * r / (1 - r), errorAt(SquareRootMethod.pade(degree), lambdas[i], i), 1e-15);
    }
  }

  @Test
  void squareRoot_fewTermsOrSteps_areThoseOnPaper() {
    double z = 0.4;
    double t = Math.sqrt(0.6);
    double taylor = 1 - z / 2 - z * z / 8 - z * z * z / 16;
    assertEquals(taylor / t - 1, errorAt(SquareRootMethod.taylor(3), 0.6, 0), 1e-15);
    assertEquals((1 - z / 2) / t - 1, errorAt(SquareRootMethod.taylor(1), 0.6, 0), 1e-15);
    double first = 0.6 * (3 - 0.6) / 2;
    assertEquals(first / t - 1, errorAt(SquareRootMethod.newtonSchulz(1), 0.6, 0), 1e-15);
    double inverse = (3 - 0.6) / 2;
    double second = first * (3 - first * inverse) / 2;
    assertEquals(second / t - 1, errorAt(SquareRootMethod.newtonSchulz(2), 0.6, 0), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 8, 9, 17, 40})
  void errors_converged_areRoundingForValueAndGradient(int n) {
    DenseMatrix a = conditioned(n, 100);
    DenseMatrix g = gaussian(n, n, 1);
    for (LyapunovSolver solver : List.of(LyapunovSolver.exact(), LyapunovSolver.sign(25))) {
      for (MatrixRoot root :
          List.of(
              SquareRootMethod.newtonSchulz(25).squareRoot(a),
              SquareRootMethod.newtonSchulz(25).inverseSquareRoot(a),
              SquareRootMethod.pade(200).squareRoot(a))) {
        MatrixRoot.Errors errors = root.errors(g, solver);
        assertTrue(errors.value() <= 1e-12, solver + ", value " + errors);
        assertTrue(errors.gradient() <= 1e-11, solver + ", gradient " + errors);
        assertEquals(root.matrix(), root.matrix().transpose());
      }
    }
  }

  @Test
  void errors_notConverged_areThoseOfTheRootNotOfTheSolver() {
    DenseMatrix a = conditioned(6, 1e4);
    DenseMatrix g = gaussian(6, 6, 2);
    MatrixRoot rough = SquareRootMethod.newtonSchulz(4).squareRoot(a);
    MatrixRoot.Errors errors = rough.errors(g, LyapunovSolver.exact());
    assertEquals(
        valueError(SquareRootMethod.newtonSchulz(4), a), errors.value(), 0.1 * errors.value());
    assertTrue(errors.gradient() > 0.1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-300, 300})
  void squareRoot_extremeScales_onlyScaleTheResult(int exponent) {
    DenseMatrix a = conditioned(5, 30);
    DenseMatrix scaled = a.times(Math.scalb(1.0, exponent));
    for (Family family : FAMILIES) {
      DenseMatrix expected = family.apply(5).squareRoot(a).matrix();
      DenseMatrix actual = family.apply(5).squareRoot(scaled).matrix();
      assertTrue(
          relativeDifference(expected.times(Math.scalb(1.0, exponent / 2)), actual) <= 1e-14);
    }
    DenseMatrix inverse = SquareRootMethod.newtonSchulz(5).inverseSquareRoot(a).matrix();
    DenseMatrix scaledInverse = SquareRootMethod.newtonSchulz(5).inverseSquareRoot(scaled).matrix();
    assertTrue(
        relativeDifference(inverse.times(Math.scalb(1.0, -exponent / 2)), scaledInverse) <= 1e-14);
  }

  @Test
  void squareRoot_illConditioned_newtonSchulzStaysStable() {
    DenseMatrix a = conditioned(12, 1e10);
    double[] errors = new double[3];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = valueError(SquareRootMethod.newtonSchulz(40 << i), a);
      // u times the root of the condition number is 2e-11.
      assertTrue(errors[i] <= 1e-9, (40 << i) + " iterations: " + errors[i]);
    }
  }

  /** The coupled iteration on one triangle of each product, which saves half the work. */
  private static DenseMatrix mirroredNewtonSchulz(DenseMatrix a, int iterations) {
    DenseMatrix identity = DenseMatrix.identity(a.rows());
    DenseMatrix y = a.times(1 / a.frobeniusNorm());
    DenseMatrix z = identity;
    for (int k = 0; k < iterations; k++) {
      DenseMatrix p = identity.times(1.5).plusScaled(-0.5, SymmetricProducts.commuting(z, y));
      y = SymmetricProducts.commuting(y, p);
      z = SymmetricProducts.commuting(p, z);
    }
    return y.times(Math.sqrt(a.frobeniusNorm()));
  }

  @Test
  void squareRoot_mirroredProducts_wouldLoseTheConvergedRoot() {
    DenseMatrix a = conditioned(12, 1e4);
    DenseMatrix exact = SpectralFunction.squareRoot().forward(a).matrix();
    double converged = relativeDifference(exact, mirroredNewtonSchulz(a, 20));
    double later = relativeDifference(exact, mirroredNewtonSchulz(a, 30));
    assertTrue(!(later <= 100 * converged), converged + ", later " + later);
    assertTrue(valueError(SquareRootMethod.newtonSchulz(30), a) <= 1e-13);
  }

  @Test
  void anything_badArguments_areRefusedByName() {
    assertRefused("iterations must be ≥ 1, got 0", () -> SquareRootMethod.newtonSchulz(0));
    assertRefused("degree must be ≥ 1, got -1", () -> SquareRootMethod.taylor(-1));
    assertRefused("degree must be ≥ 1, got 0", () -> SquareRootMethod.pade(0));
    DenseMatrix indefinite = withSpectrum(3, -0.1, 1, 2);
    DenseMatrix singular = DenseMatrix.diagonal(1, 0);
    for (Family family : FAMILIES) {
      SquareRootMethod method = family.apply(3);
      assertRefused("positive definite", () -> method.squareRoot(indefinite));
      assertRefused("add a ridge", () -> method.squareRoot(singular));
      assertRefused("square", () -> method.squareRoot(gaussian(2, 3, 1)));
    }
    NewtonSchulz newtonSchulz = SquareRootMethod.newtonSchulz(3);
    assertRefused("positive definite", () -> newtonSchulz.inverseSquareRoot(indefinite));
    MatrixRoot root = newtonSchulz.squareRoot(DenseMatrix.identity(2));
    assertRefused(
        "cotangent must be 2×2",
        () -> root.backward(DenseMatrix.identity(3), LyapunovSolver.exact()));
  }
}
