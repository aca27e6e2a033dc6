package eigengrad.grad.internal.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.SpectralFunction;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewtonSchulzInverseRootTest {

  private static InverseSquareRoot.Pass pass(int steps, DenseMatrix m) {
    return InverseSquareRoot.newtonSchulz(steps).forward(new DenseMatrix[] {m}, 1e-4);
  }

  private static DenseMatrix root(int steps, DenseMatrix m) {
    return pass(steps, m).matrices()[0];
  }

  private static DenseMatrix gradient(int steps, DenseMatrix m, DenseMatrix cotangent) {
    return pass(steps, m).backward(new DenseMatrix[] {cotangent})[0];
  }

  /** Eigenvalues apart, repeated, all equal, one group of a single channel, one far below. */
  private static List<DenseMatrix> matrices() {
    return List.of(
        withSpectrum(1, 0.4, 1, 2.5, 7),
        withSpectrum(2, 1, 1, 1, 3, 3),
        DenseMatrix.identity(4),
        DenseMatrix.diagonal(2.5),
        withSpectrum(3, 1e-4, 1, 2),
        withSpectrum(4, 300, 400, 900));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9, 30})
  void forward_anySteps_isThePolynomialOfTheEigenvalues(int steps) {
    for (DenseMatrix m : matrices()) {
      Eigendecomposition eigen = SymmetricEigen.decompose(m);
      double[] values = eigen.values().clone();
      double trace = 0;
      for (double value : values) {
        trace += value;
      }
      for (int i = 0; i < values.length; i++) {
        double s = values[i] / trace;
        double p = 1;
        for (int k = 0; k < steps; k++) {
          p = 0.5 * p * (3 - s * p * p);
        }
        values[i] = p / Math.sqrt(trace);
      }
      DenseMatrix v = eigen.vectors();
      DenseMatrix expected = v.times(DenseMatrix.diagonal(values)).times(v.transpose());
      assertTrue(relativeDifference(expected, root(steps, m)) <= 1e-11);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9, 30})
  void backward_anySteps_agreesWithDifferences(int steps) {
    for (DenseMatrix m : matrices()) {
      int d = m.rows();
      DenseMatrix b = gaussian(d, d, 10).symmetricPart();
      DenseMatrix gradient = gradient(steps, m, b);
      assertEquals(gradient, gradient.symmetricPart());
      double step = 2e-3 * SymmetricEigen.values(m)[0];
      for (int seed = 20; seed < 24; seed++) {
        DenseMatrix direction = gaussian(d, d, seed).symmetricPart();
        double expected = directional(x -> inner(root(steps, x), b), m, direction, step);
        assertEquals(expected, inner(gradient, direction), 1e-7 * gradient.frobeniusNorm());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 100})
  void pass_manySteps_isTheExactRootAndItsGradient(int steps) {
    for (DenseMatrix m : matrices()) {
      DenseMatrix b = gaussian(m.rows(), m.rows(), 11).symmetricPart();
      SpectralFunction.Pass exact = SpectralFunction.inverseSquareRoot().forward(m);
      assertTrue(relativeDifference(exact.matrix(), root(steps, m)) <= 1e-10);
      assertTrue(relativeDifference(exact.backward(b), gradient(steps, m, b)) <= 1e-9);
    }
  }

  @Test
  void pass_anyScale_isScaled() {
    DenseMatrix m = withSpectrum(5, 1, 2, 5);
    DenseMatrix b = gaussian(3, 3, 12).symmetricPart();
    for (int exponent : new int[] {-900, -40, 40, 900}) {
      double c = Math.scalb(1.0, exponent);
      DenseMatrix root = root(5, m.times(c)).times(Math.sqrt(c));
      assertTrue(relativeDifference(root(5, m), root) <= 1e-14);
      // ∂L/∂M is of the order of c^(−3/2), which is taken off in two steps.
      DenseMatrix gradient = gradient(5, m.times(c), b.times(Math.sqrt(c))).times(c);
      assertTrue(relativeDifference(gradient(5, m, b), gradient) <= 1e-14);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void layer_fiveSteps_hasTheGradientOfItsSteps(int d) {
    int channels = 8;
    DenseMatrix x = gaussian(channels, 20, 13);
    DenseMatrix dy = gaussian(channels, 20, 14);
    WhiteningSettings settings = WhiteningSettings.of(channels, d);
    ZcaWhitening layer = new ZcaWhitening(settings, InverseSquareRoot.newtonSchulz(5));
    DenseMatrix gradient = layer.forward(x).backward(dy).input();
    for (int seed = 30; seed < 34; seed++) {
      DenseMatrix direction = gaussian(channels, 20, seed);
      double expected = directional(z -> inner(layer.forward(z).output(), dy), x, direction, 1e-3);
      assertEquals(expected, inner(gradient, direction), 1e-7 * gradient.frobeniusNorm());
    }
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int s = 0; s < 20; s++) {
        sum += gradient.get(c, s);
      }
      assertEquals(0, sum, 1e-12 * gradient.frobeniusNorm());
    }
  }

  /** In few steps, what has little variance is not brought up to 1: that is the method. */
  @Test
  void forward_fiveSteps_leaveSmallEigenvaluesSmall() {
    DenseMatrix m = DenseMatrix.diagonal(1, 1e-6);
    DenseMatrix w = root(5, m);
    assertTrue(w.get(1, 1) * 1e-3 < 0.01);
    assertTrue(w.get(0, 0) > 0.999 && w.get(0, 0) < 1.001);
  }

  @Test
  void anything_notPositiveOrNotFinite_isReported() {
    assertRefused("steps must be ≥ 1, got 0", () -> InverseSquareRoot.newtonSchulz(0));
    for (DenseMatrix bad :
        List.of(
            DenseMatrix.diagonal(-1, 0.5),
            DenseMatrix.diagonal(0, 0),
            DenseMatrix.diagonal(1.7e308, 1.7e308))) {
      NonFiniteException failure = assertThrows(NonFiniteException.class, () -> root(5, bad));
      assertTrue(String.valueOf(failure.getMessage()).contains("must be positive and finite"));
    }
    // Its eigenvalue −1 is far from what the iteration converges for.
    DenseMatrix indefinite = DenseMatrix.diagonal(-1, 1.001);
    assertThrows(NonFiniteException.class, () -> root(30, indefinite));
    DenseMatrix huge = DenseMatrix.diagonal(Double.MAX_VALUE, 1);
    DenseMatrix tiny = DenseMatrix.diagonal(1e-300, 1e-300);
    assertThrows(NonFiniteException.class, () -> gradient(5, tiny, huge));
    DenseMatrix infinite = DenseMatrix.diagonal(Double.POSITIVE_INFINITY, 1);
    DenseMatrix sound = DenseMatrix.identity(2);
    assertThrows(NonFiniteException.class, () -> gradient(5, sound, infinite));
  }
}
