package eigengrad.grad.layers;

import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.random;
import static eigengrad.grad.Samples.relativeDifference;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenProjector;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcaDenoisingGradientTest {
  private static final double EPSILON = 0.01;

  private static PcaDenoising layer(int channels, int k, LeadingProjector projector) {
    DenoisingSettings settings =
        DenoisingSettings.of(channels, ComponentCount.fixed(k)).withEpsilon(EPSILON);
    PcaDenoising layer = new PcaDenoising(settings, projector);
    for (int c = 0; c < channels; c++) {
      layer.weight()[c] = 0.5 + 0.1 * c;
      layer.bias()[c] = c - 2;
    }
    return layer;
  }

  private static PcaDenoising layer(int channels, int k) {
    return layer(channels, k, LeadingProjector.exact());
  }

  /** The gap between the k-th and the next eigenvalue of the correlation, over the largest. */
  private static double edge(DenseMatrix x, int k) {
    double[] values = SymmetricEigen.values(Standardised.correlation(Standardised.of(x, EPSILON)));
    int n = values.length;
    return k == n ? 1 : (values[n - k] - values[n - k - 1]) / values[n - 1];
  }

  /** The slope of ⟨B, Y⟩ along directions, by differences, and by the gradient. */
  private static void requireDifferences(
      DenseMatrix x, int k, LeadingProjector projector, double step) {
    int channels = x.rows();
    DenseMatrix b = gaussian(channels, x.columns(), 30);
    DenseMatrix gradient = layer(channels, k, projector).forward(x).backward(b).input();
    for (int seed = 0; seed < 4; seed++) {
      DenseMatrix direction = gaussian(channels, x.columns(), 40 + seed);
      double expected =
          directional(z -> inner(layer(channels, k).forward(z).output(), b), x, direction, step);
      double scale = gradient.frobeniusNorm() * Math.sqrt(channels);
      assertEquals(expected, inner(gradient, direction), 1e-6 * scale);
    }
  }

  /** Random cases of every order, for each k whose edge leaves room for the steps. */
  @ParameterizedTest
  @CsvSource({"1, 12", "2, 9", "3, 20", "5, 30", "8, 40", "13, 60", "17, 40", "33, 70"})
  void backward_randomFeatures_agreesWithDifferences(int channels, int samples) {
    int checked = 0;
    for (int seed = 0; seed < 3; seed++) {
      DenseMatrix x = Standardised.features(channels, samples, 100 + seed);
      for (int k = 1; k <= channels; k = k < 4 ? k + 1 : 2 * k) {
        if (edge(x, k) > 0.02) {
          requireDifferences(x, k, LeadingProjector.exact(), 1e-4);
          checked++;
        }
      }
    }
    assertTrue(checked >= 3, "only " + checked + " cases");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, -0.1})
  void backward_tiesInsideEitherBlock_agreesWithDifferences(double rho) {
    DenseMatrix x = Standardised.equallyCorrelated(7, rho);
    int k = rho > 0 ? 1 : 6; // one eigenvalue apart from six that tie
    requireDifferences(x, k, LeadingProjector.exact(), 1e-4);
    requireDifferences(x, k, LeadingProjector.with(InverseGap.clipped(1e6)), 1e-4);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void backward_fewerSamplesThanChannels_agreesWithDifferences(int samples) {
    DenseMatrix x = Standardised.features(6, samples, 50);
    for (int k = 1; k <= 6; k++) {
      if (k >= samples - 1 || edge(x, k) > 0.02) {
        requireDifferences(x, k, LeadingProjector.exact(), 1e-4);
      }
    }
  }

  /** The edge lies between the components of the others and the variance 0. */
  @Test
  void backward_constantChannelDropped_agreesWithDifferences() {
    double[] x = Standardised.features(5, 30, 51).toArray();
    for (int s = 0; s < 30; s++) {
      x[s * 5 + 2] = 3;
    }
    requireDifferences(DenseMatrix.wrap(5, 30, x), 4, LeadingProjector.exact(), 1e-5);
    requireDifferences(DenseMatrix.wrap(5, 30, x), 5, LeadingProjector.exact(), 1e-5);
  }

  /** The formula of batch normalisation, with nothing projected. */
  @Test
  void backward_allComponents_isThatOfBatchNormalisation() {
    int channels = 5;
    int samples = 20;
    DenseMatrix x = Standardised.features(channels, samples, 52);
    DenseMatrix standardised = Standardised.of(x, EPSILON);
    DenseMatrix dy = gaussian(channels, samples, 53);
    DenseMatrix gradient = layer(channels, channels).forward(x).backward(dy).input();
    for (int c = 0; c < channels; c++) {
      double weight = 0.5 + 0.1 * c;
      double deviation = Math.sqrt(Standardised.covariance(x, c, c) + EPSILON);
      double along = 0;
      for (int s = 0; s < samples; s++) {
        along += dy.get(c, s) * standardised.get(c, s) / samples;
      }
      for (int s = 0; s < samples; s++) {
        double expected =
            weight
                / deviation
                * (dy.get(c, s) - Standardised.mean(dy, c) - standardised.get(c, s) * along);
        assertEquals(expected, gradient.get(c, s), 1e-13);
      }
    }
  }

  @Test
  void backward_anyFeatures_sumsToZeroOverSamples() {
    for (int k = 1; k <= 6; k++) {
      DenseMatrix x = Standardised.features(6, 40, 54);
      DenseMatrix gradient = layer(6, k).forward(x).backward(gaussian(6, 40, 55)).input();
      for (int c = 0; c < 6; c++) {
        assertEquals(0, 40 * Standardised.mean(gradient, c), 1e-12 * gradient.frobeniusNorm());
      }
    }
  }

  @Test
  void backward_parameters_agreeWithDifferences() {
    DenseMatrix x = Standardised.features(6, 40, 56);
    DenseMatrix b = gaussian(6, 40, 57);
    LayerGradient gradient = layer(6, 3).forward(x).backward(b);
    double base = inner(layer(6, 3).forward(x).output(), b);
    for (int c = 0; c < 6; c++) {
      PcaDenoising heavier = layer(6, 3);
      heavier.weight()[c] += 1;
      PcaDenoising shifted = layer(6, 3);
      shifted.bias()[c] += 1;
      // Y is linear in both, so a difference of 1 is exact.
      assertEquals(inner(heavier.forward(x).output(), b) - base, gradient.weight()[c], 1e-10);
      assertEquals(inner(shifted.forward(x).output(), b) - base, gradient.bias()[c], 1e-10);
    }
  }

  /** The paper's routes where eigenvalues are apart: exact, or as good as that. */
  @Test
  void backward_routesOfThePaper_agreeWithDifferences() {
    DenseMatrix x = Standardised.features(4, 30, 58);
    for (int k = 1; k <= 4; k++) {
      for (DifferentiableEigen eigen :
          List.of(
              DifferentiableEigen.analytic(Precision.FLOAT64),
              DifferentiableEigen.hybrid(2000, Precision.FLOAT64),
              DifferentiableEigen.deflatedPowerIteration(400, random(1), Precision.FLOAT64))) {
        requireDifferences(x, k, new EigenProjector(eigen), 1e-4);
      }
    }
  }

  /** All eigenvalues tie, and Gaussian ∂L/∂Y sees the edge: there is no gradient. */
  @Test
  void backward_tieAcrossTheEdge_isRefusedByDefaultAndBoundedByChoice() {
    DenseMatrix x = Standardised.equallyCorrelated(6, 0);
    DenseMatrix b = gaussian(6, 8, 59);
    LayerPass exact = layer(6, 3).forward(x);
    NonFiniteException failure = assertThrows(NonFiniteException.class, () -> exact.backward(b));
    assertTrue(String.valueOf(failure.getMessage()).contains("A bounded rule such as"));
    for (InverseGap rule : List.of(InverseGap.clipped(1e6), InverseGap.powerIteration(19))) {
      DenseMatrix gradient =
          layer(6, 3, LeadingProjector.with(rule)).forward(x).backward(b).input();
      assertTrue(Double.isFinite(gradient.frobeniusNorm()) && gradient.maxAbs() > 0);
    }
  }

  /** L = ½‖Z‖² is the same whichever of the tied directions are kept. */
  @Test
  void backward_lossThatDoesNotSeeTheTie_isNotRefused() {
    DenoisingSettings settings =
        DenoisingSettings.of(6, ComponentCount.fixed(3)).withEpsilon(EPSILON);
    LayerPass pass = new PcaDenoising(settings).forward(Standardised.equallyCorrelated(6, 0));
    DenseMatrix gradient = pass.backward(pass.output()).input();
    assertTrue(Double.isFinite(gradient.frobeniusNorm()));
  }

  /** By default the gradient grows with the inverse of the gap; the rule by choice stops it. */
  @Test
  void backward_towardsATieAcrossTheEdge_isExactAsFarAsItsRuleGoes() {
    DenseMatrix b = gaussian(6, 8, 60);
    for (double rho : new double[] {1e-1, 1e-3, 1e-5}) {
      DenseMatrix x = Standardised.equallyCorrelated(6, rho);
      DenseMatrix exact = layer(6, 1).forward(x).backward(b).input();
      DenseMatrix clipped =
          layer(6, 1, LeadingProjector.with(InverseGap.clipped(1e6)))
              .forward(x)
              .backward(b)
              .input();
      assertEquals(exact, clipped);
      assertTrue(exact.frobeniusNorm() > 0.01 / rho, () -> "ρ = " + rho);
    }
    DenseMatrix close = Standardised.equallyCorrelated(6, 1e-9);
    double clipped =
        layer(6, 1, LeadingProjector.with(InverseGap.clipped(1e6)))
            .forward(close)
            .backward(b)
            .input()
            .frobeniusNorm();
    assertTrue(clipped < 1e8 && clipped > 1e4, () -> "‖∂L/∂X‖ = " + clipped);
  }

  @Test
  void backward_twice_givesTheSameBits() {
    DenseMatrix x = Standardised.features(6, 40, 61);
    PcaDenoising layer = layer(6, 2);
    LayerPass pass = layer.forward(x);
    DenseMatrix b = gaussian(6, 40, 62);
    LayerGradient first = pass.backward(b);
    Arrays.fill(layer.weight(), 9);
    layer.forward(x.times(2));
    assertEquals(first, pass.backward(b));
    assertTrue(relativeDifference(first.input(), layer.forward(x).backward(b).input()) > 0.1);
  }

  @Test
  void backward_overflow_isReported() {
    double[] huge = new double[6 * 40];
    Arrays.fill(huge, 0, huge.length / 2, 1e308);
    LayerPass pass = layer(6, 2).forward(Standardised.features(6, 40, 63));
    assertThrows(NonFiniteException.class, () -> pass.backward(DenseMatrix.wrap(6, 40, huge)));
  }
}
