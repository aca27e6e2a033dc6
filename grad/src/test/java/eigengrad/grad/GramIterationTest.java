package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GramIterationTest {

  /** ‖W‖₂ of W with a known value: an orthogonal matrix times a diagonal times another. */
  private static DenseMatrix withSingularValues(int rows, int columns, double... sigma) {
    double[] middle = new double[rows * columns];
    for (int i = 0; i < sigma.length; i++) {
      middle[i + i * rows] = sigma[i];
    }
    return orthogonal(rows, 1)
        .times(DenseMatrix.wrap(rows, columns, middle))
        .times(orthogonal(columns, 2));
  }

  private static DenseMatrix orthogonal(int n, long seed) {
    return SymmetricEigen.decompose(gaussian(n, n, seed).symmetricPart()).vectors();
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "9, 4", "4, 17"})
  void bound_anyShape_isTheSchattenNorm(int rows, int columns) {
    double[] sigma = {3, 2.5, 1, 0.1};
    DenseMatrix w = withSingularValues(rows, columns, sigma);
    for (int iterations = 1; iterations <= 12; iterations++) {
      double p = Math.scalb(1.0, iterations + 1);
      double sum = 0;
      for (double s : sigma) {
        sum += Math.pow(s / 3, p);
      }
      GramIteration.Pass pass = new GramIteration(iterations).forward(w);
      double expected = 3 * Math.pow(sum, 1 / p);
      assertEquals(expected, pass.bound(), 1e-14 * expected);
      assertEquals(expected / 3 - 1, pass.relativeError(), 1e-14);
      assertTrue(pass.bound() >= 3 * (1 - 1e-15));
    }
  }

  @Test
  void bound_severalIterations_convergesSuperlinearly() {
    DenseMatrix w = withSingularValues(5, 5, 2, 1.6, 1, 0.5, 0.3);
    double before = new GramIteration(1).forward(w).relativeError();
    for (int iterations = 2; iterations <= 6; iterations++) {
      double error = new GramIteration(iterations).forward(w).relativeError();
      // (σ₂/σ₁)^p/p: squared, times p, each time.
      assertTrue(error <= before * before * Math.scalb(1.0, iterations) || error <= 1e-14);
      before = error;
    }
    assertTrue(Math.abs(before) <= 1e-14);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "8, 3", "3, 8", "1, 4", "4, 1", "20, 17"})
  void gradient_anyShape_agreesWithDifferences(int rows, int columns) {
    DenseMatrix w = gaussian(rows, columns, 3);
    for (int iterations : new int[] {1, 2, 4, 7}) {
      GramIteration gram = new GramIteration(iterations);
      DenseMatrix gradient = gram.forward(w).gradient();
      for (int seed = 0; seed < 4; seed++) {
        DenseMatrix e = gaussian(rows, columns, 10 + seed);
        double expected = directional(x -> gram.forward(x).bound(), w, e, 1e-4);
        assertEquals(expected, inner(gradient, e), 1e-7);
      }
    }
  }

  @Test
  void gradient_manyIterations_isThatOfTheSpectralNorm() {
    DenseMatrix w = withSingularValues(6, 4, 3, 2, 1, 0.5);
    DenseMatrix u = DenseMatrix.wrap(6, 1, orthogonal(6, 1).column(0));
    DenseMatrix v = DenseMatrix.wrap(4, 1, orthogonal(4, 2).transpose().column(0));
    DenseMatrix gradient = new GramIteration(8).forward(w).gradient();
    assertTrue(relativeDifference(u.times(v.transpose()), gradient) <= 1e-12);
    // Homogeneous of degree one: ⟨∂b/∂W, W⟩ = b.
    for (int iterations : new int[] {1, 5, 10}) {
      GramIteration.Pass pass = new GramIteration(iterations).forward(w);
      assertEquals(pass.bound(), inner(pass.gradient(), w), 1e-11);
    }
  }

  @Test
  void gradient_repeatedLargestSingularValue_isTheirMean() {
    DenseMatrix gradient =
        new GramIteration(20).forward(DenseMatrix.diagonal(2, 2, 1, 0)).gradient();
    // (1/2)^((p − 1)/p) for two equal ones.
    DenseMatrix expected = DenseMatrix.diagonal(0.5, 0.5, 0, 0);
    assertTrue(relativeDifference(expected, gradient) <= 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1060, -600, 600, 1020})
  void forward_extremeScales_onlyScaleTheBound(int exponent) {
    DenseMatrix w = DenseMatrix.ofRows(new double[][] {{1, 0.5, 0}, {0.25, 1, 0.5}});
    int half = exponent / 2;
    DenseMatrix scaled = w.times(Math.scalb(1.0, half)).times(Math.scalb(1.0, exponent - half));
    GramIteration gram = new GramIteration(10);
    GramIteration.Pass expected = gram.forward(w);
    GramIteration.Pass actual = gram.forward(scaled);
    double bound = Math.scalb(expected.bound(), exponent);
    assertEquals(bound, actual.bound(), Math.max(1e-13 * bound, Double.MIN_VALUE));
    double allowed = exponent < -1022 ? 1e-3 : 1e-12;
    assertTrue(relativeDifference(expected.gradient(), actual.gradient()) <= allowed);
  }

  @Test
  void forward_zeroOrEmpty_isZero() {
    DenseMatrix zero = DenseMatrix.wrap(2, 3, new double[6]);
    GramIteration.Pass pass = new GramIteration(3).forward(zero);
    assertEquals(0, pass.bound());
    assertEquals(0, pass.relativeError());
    assertEquals(zero, pass.gradient());
    DenseMatrix empty = DenseMatrix.wrap(0, 3, new double[0]);
    assertEquals(0, new GramIteration(3).forward(empty).bound());
  }

  @Test
  void forward_badArguments_areRefused() {
    assertRefused("iterations must be between 1 and 40, got 0", () -> new GramIteration(0));
    assertRefused("got 41", () -> new GramIteration(41));
    GramIteration gram = new GramIteration(3);
    DenseMatrix notFinite = DenseMatrix.of(1, 2, 1, Double.POSITIVE_INFINITY);
    assertRefused("matrix must be finite", () -> gram.forward(notFinite));
    DenseMatrix huge = DenseMatrix.of(1, 2, Double.MAX_VALUE, Double.MAX_VALUE);
    assertThrows(NonFiniteException.class, () -> gram.forward(huge));
  }
}
