package eigengrad.grad;

import static eigengrad.grad.EigenGradientTest.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZcaWhiteningTest {
  private static final int CHANNELS = 6;
  private static final int SAMPLES = 40;

  /** Correlated channels with means, whose covariance has eigenvalues well apart. */
  private static DenseMatrix features(long seed) {
    DenseMatrix mix = gaussian(CHANNELS, CHANNELS, 77);
    double[] x = mix.times(gaussian(CHANNELS, SAMPLES, seed)).toArray();
    for (int i = 0; i < x.length; i++) {
      x[i] += i % CHANNELS;
    }
    return DenseMatrix.wrap(CHANNELS, SAMPLES, x);
  }

  private static List<Supplier<DifferentiableEigen>> methods() {
    return List.of(
        () -> DifferentiableEigen.analytic(Precision.FLOAT64),
        () -> DifferentiableEigen.hybrid(2000, Precision.FLOAT64),
        () -> DifferentiableEigen.deflatedPowerIteration(19, random(1), Precision.FLOAT64));
  }

  private static ZcaWhitening layer(int groupSize, DifferentiableEigen eigen) {
    ZcaWhitening layer = new ZcaWhitening(ZcaWhitening.Settings.of(CHANNELS, groupSize), eigen);
    for (int c = 0; c < CHANNELS; c++) {
      layer.weight()[c] = 0.5 + c;
      layer.bias()[c] = c - 2;
    }
    return layer;
  }

  private static DenseMatrix covariance(DenseMatrix x, int from, int size) {
    double[] mean = new double[size];
    for (int s = 0; s < x.columns(); s++) {
      for (int c = 0; c < size; c++) {
        mean[c] += x.get(from + c, s) / x.columns();
      }
    }
    double[] m = new double[size * size];
    for (int s = 0; s < x.columns(); s++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          m[i + j * size] +=
              (x.get(from + i, s) - mean[i]) * (x.get(from + j, s) - mean[j]) / x.columns();
        }
      }
    }
    return DenseMatrix.wrap(size, size, m);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void forward_exactMethod_outputCovarianceHasEigenvaluesLambdaOverLambdaPlusEpsilon(int d) {
    DenseMatrix x = features(1);
    ZcaWhitening layer =
        new ZcaWhitening(
            ZcaWhitening.Settings.of(CHANNELS, d),
            DifferentiableEigen.hybrid(19, Precision.FLOAT64));
    DenseMatrix y = layer.forward(x).output();
    for (int g = 0; g < CHANNELS; g += d) {
      double[] before = SymmetricEigen.values(covariance(x, g, d));
      double[] after = SymmetricEigen.values(covariance(y, g, d).symmetricPart());
      for (int j = 0; j < d; j++) {
        assertEquals(before[j] / (before[j] + 1e-4), after[j], 1e-10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6})
  void backward_everyMethod_agreesWithDifferences(int d) {
    DenseMatrix x = features(2);
    DenseMatrix b = gaussian(CHANNELS, SAMPLES, 3);
    for (Supplier<DifferentiableEigen> method : methods()) {
      ZcaWhitening.Gradient gradient = layer(d, method.get()).forward(x).backward(b);
      for (int seed = 0; seed < 5; seed++) {
        DenseMatrix direction = gaussian(CHANNELS, SAMPLES, 20 + seed);
        double expected =
            directional(
                z -> inner(layer(d, method.get()).forward(z).output(), b), x, direction, 1e-3);
        assertEquals(
            expected, inner(gradient.input(), direction), 1e-6 * gradient.input().frobeniusNorm());
      }
    }
  }

  @Test
  void backward_parameters_agreeWithDifferences() {
    DenseMatrix x = features(4);
    DenseMatrix b = gaussian(CHANNELS, SAMPLES, 5);
    DifferentiableEigen eigen = DifferentiableEigen.analytic(Precision.FLOAT64);
    ZcaWhitening.Gradient gradient = layer(3, eigen).forward(x).backward(b);
    for (int c = 0; c < CHANNELS; c++) {
      ZcaWhitening heavier = layer(3, eigen);
      heavier.weight()[c] += 1;
      ZcaWhitening shifted = layer(3, eigen);
      shifted.bias()[c] += 1;
      double base = inner(layer(3, eigen).forward(x).output(), b);
      // Y is linear in both, so a difference of 1 is exact.
      assertEquals(inner(heavier.forward(x).output(), b) - base, gradient.weight()[c], 1e-10);
      assertEquals(inner(shifted.forward(x).output(), b) - base, gradient.bias()[c], 1e-10);
    }
  }

  @Test
  void backward_everyMethod_sumsToZeroOverSamples() {
    for (Supplier<DifferentiableEigen> method : methods()) {
      DenseMatrix gradient =
          layer(3, method.get())
              .forward(features(6))
              .backward(gaussian(CHANNELS, SAMPLES, 7))
              .input();
      for (int c = 0; c < CHANNELS; c++) {
        double sum = 0;
        for (int s = 0; s < SAMPLES; s++) {
          sum += gradient.get(c, s);
        }
        assertEquals(0, sum, 1e-12 * gradient.frobeniusNorm());
      }
    }
  }

  @Test
  void infer_afterManyEqualBatches_equalsTraining() {
    DenseMatrix x = features(8);
    ZcaWhitening layer = layer(3, DifferentiableEigen.hybrid(19, Precision.FLOAT64));
    DenseMatrix trained = layer.forward(x).output();
    for (int i = 0; i < 400; i++) {
      layer.forward(x);
    }
    assertTrue(Samples.relativeDifference(trained, layer.infer(x)) <= 1e-12);
  }

  @Test
  void infer_untrainedLayer_appliesWeightAndBiasOnly() {
    DenseMatrix x = features(9);
    ZcaWhitening layer = layer(2, DifferentiableEigen.hybrid(19, Precision.FLOAT64));
    DenseMatrix y = layer.infer(x);
    assertEquals(x.get(3, 5) * 3.5 + 1, y.get(3, 5), 1e-14);
  }

  @Test
  void infer_oneBatch_usesMomentum() {
    DenseMatrix x = features(10);
    ZcaWhitening layer =
        new ZcaWhitening(
            new ZcaWhitening.Settings(CHANNELS, CHANNELS, 1e-4, 1, Retention.ALL),
            DifferentiableEigen.analytic(Precision.FLOAT64));
    DenseMatrix trained = layer.forward(x).output();
    assertTrue(Samples.relativeDifference(trained, layer.infer(x)) <= 1e-13);
  }

  @ParameterizedTest
  @EnumSource(Retention.class)
  void backward_hybridOnDependentChannels_isFiniteUnderEitherRetention(Retention retention) {
    // Two channels repeat others, one is constant: rank 3 of 6, ε three times.
    double[] x = features(11).toArray();
    for (int s = 0; s < SAMPLES; s++) {
      x[s * CHANNELS + 4] = x[s * CHANNELS];
      x[s * CHANNELS + 3] = -2 * x[s * CHANNELS + 1];
      x[s * CHANNELS + 5] = 7;
    }
    ZcaWhitening layer =
        new ZcaWhitening(
            new ZcaWhitening.Settings(CHANNELS, CHANNELS, 1e-4, 0.1, retention),
            DifferentiableEigen.hybrid(19, Precision.FLOAT64));
    ZcaWhitening.Gradient gradient =
        layer
            .forward(DenseMatrix.wrap(CHANNELS, SAMPLES, x))
            .backward(gaussian(CHANNELS, SAMPLES, 12));
    assertTrue(Double.isFinite(gradient.input().frobeniusNorm()));
  }

  @Test
  void retention_handComputedSpectra_keepsAsTheAuthorsDo() {
    double epsilon = 0.1;
    double[] values = {5, 3, 1, 0.05};
    assertEquals(4, Retention.ALL.count(values, 9.05, epsilon));
    // 8 of 9.05 is below 90 %, 9 above: three.
    assertEquals(3, Retention.ENERGY.count(values, 9.05, epsilon));
    assertEquals(3, Retention.ABOVE_EPSILON.count(values, 9.05, epsilon));
    assertEquals(2, Retention.ABOVE_EPSILON.count(new double[] {5, 2, 3}, 50, epsilon));
    assertEquals(1, Retention.ABOVE_EPSILON.count(new double[] {0.01, 0.01}, 0.02, epsilon));
    assertEquals(0, Retention.ABOVE_EPSILON.count(new double[0], 0, epsilon));
    assertEquals(1, Retention.ENERGY.count(new double[] {5, 0.1}, 5.1, epsilon));
    assertEquals(1, Retention.ENERGY.count(new double[] {5, 0.1, 4}, 50, epsilon));
    assertEquals(2, Retention.ENERGY.count(new double[] {5, 2, 3}, 50, epsilon));
    assertEquals(1, Retention.ENERGY.count(new double[] {0.01}, 0.01, epsilon));
  }

  @Test
  void forward_rangeBeyondEpsilon_namesTheRemedy() {
    double[] x = features(13).times(1e12).toArray();
    for (int s = 0; s < SAMPLES; s++) {
      for (int c = 1; c < CHANNELS; c++) {
        x[s * CHANNELS + c] = (c + 1) * x[s * CHANNELS] / 3;
      }
    }
    ZcaWhitening layer = layer(CHANNELS, DifferentiableEigen.analytic(Precision.FLOAT64));
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class, () -> layer.forward(DenseMatrix.wrap(CHANNELS, SAMPLES, x)));
    assertTrue(String.valueOf(failure.getMessage()).contains("raise epsilon"));
  }

  @Test
  void anything_badArguments_areRefusedByName() {
    assertRefused("divide the 6 channels, got 4", () -> ZcaWhitening.Settings.of(6, 4));
    assertRefused("divide the 6 channels, got 0", () -> ZcaWhitening.Settings.of(6, 0));
    assertRefused("channels", () -> ZcaWhitening.Settings.of(0, 1));
    assertRefused("epsilon", () -> new ZcaWhitening.Settings(6, 3, 0, 0.1, Retention.ALL));
    assertRefused("momentum", () -> new ZcaWhitening.Settings(6, 3, 1, 0, Retention.ALL));
    assertRefused("momentum", () -> new ZcaWhitening.Settings(6, 3, 1, Double.NaN, Retention.ALL));
    ZcaWhitening layer = layer(3, DifferentiableEigen.hybrid(19, Precision.FLOAT64));
    DenseMatrix empty = DenseMatrix.wrap(CHANNELS, 0, new double[0]);
    assertRefused("at least one column", () -> layer.forward(empty));
    assertRefused("at least one column", () -> layer.infer(empty));
    assertRefused("features must be 6×3, got 5×3", () -> layer.forward(gaussian(5, 3, 1)));
    double[] x = features(14).toArray();
    x[8] = Double.NaN;
    assertRefused("NaN at (2, 1)", () -> layer.forward(DenseMatrix.wrap(CHANNELS, SAMPLES, x)));
    ZcaWhitening.Pass pass = layer.forward(features(15));
    assertRefused("outputGradient must be 6×40", () -> pass.backward(gaussian(6, 39, 1)));
  }
}
