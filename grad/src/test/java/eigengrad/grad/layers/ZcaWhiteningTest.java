package eigengrad.grad.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.random;
import static eigengrad.grad.Samples.relativeDifference;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.Samples;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.List;
import java.util.function.IntFunction;
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

  /** Makes a layer in its initial state for a group size. */
  private interface LayerFactory extends IntFunction<ZcaWhitening> {}

  /** Every route, each exact on eigenvalues well apart. */
  private static List<LayerFactory> layers() {
    return List.of(
        d -> parametrised(new ZcaWhitening(WhiteningSettings.of(CHANNELS, d))),
        d -> layer(d, DifferentiableEigen.analytic(Precision.FLOAT64)),
        d -> layer(d, DifferentiableEigen.hybrid(2000, Precision.FLOAT64)),
        d ->
            layer(d, DifferentiableEigen.deflatedPowerIteration(19, random(1), Precision.FLOAT64)));
  }

  private static ZcaWhitening layer(int groupSize, DifferentiableEigen eigen) {
    return parametrised(
        new ZcaWhitening(
            WhiteningSettings.ofPaper(CHANNELS, groupSize),
            new EigenInverseSquareRoot(eigen, Retention.ALL)));
  }

  private static ZcaWhitening parametrised(ZcaWhitening layer) {
    for (int c = 0; c < layer.weight().length; c++) {
      layer.weight()[c] = 0.5 + c;
      layer.bias()[c] = c - 2;
    }
    return layer;
  }

  /** Four channels whose covariance is c·I exactly: rows of a Hadamard matrix. */
  private static DenseMatrix isotropic(double scale) {
    double[] x = new double[4 * 8];
    for (int s = 0; s < 8; s++) {
      for (int c = 0; c < 4; c++) {
        x[c + 4 * s] = scale * (Integer.bitCount(s & (c + 1)) % 2 == 0 ? 1 : -1);
      }
    }
    return DenseMatrix.wrap(4, 8, x);
  }

  private static double worstError(Supplier<ZcaWhitening> layer, DenseMatrix x) {
    DenseMatrix b = gaussian(x.rows(), x.columns(), 30);
    DenseMatrix gradient = layer.get().forward(x).backward(b).input();
    double worst = 0;
    for (int seed = 0; seed < 5; seed++) {
      DenseMatrix direction = gaussian(x.rows(), x.columns(), 40 + seed);
      // The forward pass is the same function for every exact route: the default's is smooth.
      double expected =
          directional(
              z ->
                  inner(
                      new ZcaWhitening(WhiteningSettings.of(x.rows(), x.rows()))
                          .forward(z)
                          .output(),
                      b),
              x,
              direction,
              1e-3 * x.maxAbs());
      double error = Math.abs(expected - inner(gradient, direction));
      worst = Math.max(worst, error / gradient.frobeniusNorm());
    }
    return worst;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.01, 30})
  void backward_repeatedEigenvalues_isExactByDefaultOnly(double scale) {
    DenseMatrix x = isotropic(scale);
    WhiteningSettings settings = WhiteningSettings.of(4, 4);
    double exact = worstError(() -> new ZcaWhitening(settings), x);
    assertTrue(exact <= 1e-7, "default is off by " + exact);
    double hybrid =
        worstError(
            () ->
                new ZcaWhitening(
                    settings,
                    new EigenInverseSquareRoot(
                        DifferentiableEigen.hybrid(19, Precision.FLOAT64), Retention.ALL)),
            x);
    assertTrue(hybrid > 0.05, "hybrid is off by " + hybrid);
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
  void forward_exactRoutes_outputCovarianceHasEigenvaluesLambdaOverLambdaPlusEpsilon(int d) {
    DenseMatrix x = features(1);
    WhiteningSettings settings = WhiteningSettings.of(CHANNELS, d);
    for (ZcaWhitening layer :
        List.of(
            new ZcaWhitening(settings),
            new ZcaWhitening(
                settings,
                new EigenInverseSquareRoot(
                    DifferentiableEigen.hybrid(19, Precision.FLOAT64), Retention.ALL)))) {
      DenseMatrix y = layer.forward(x).output();
      for (int g = 0; g < CHANNELS; g += d) {
        double[] before = SymmetricEigen.values(covariance(x, g, d));
        double[] after = SymmetricEigen.values(covariance(y, g, d).symmetricPart());
        for (int j = 0; j < d; j++) {
          assertEquals(before[j] / (before[j] + 1e-4), after[j], 1e-10);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6})
  void backward_everyMethod_agreesWithDifferences(int d) {
    DenseMatrix x = features(2);
    DenseMatrix b = gaussian(CHANNELS, SAMPLES, 3);
    for (LayerFactory layer : layers()) {
      LayerGradient gradient = layer.apply(d).forward(x).backward(b);
      for (int seed = 0; seed < 5; seed++) {
        DenseMatrix direction = gaussian(CHANNELS, SAMPLES, 20 + seed);
        double expected =
            directional(z -> inner(layer.apply(d).forward(z).output(), b), x, direction, 1e-3);
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
    LayerGradient gradient = layer(3, eigen).forward(x).backward(b);
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
    for (LayerFactory layer : layers()) {
      DenseMatrix gradient =
          layer.apply(3).forward(features(6)).backward(gaussian(CHANNELS, SAMPLES, 7)).input();
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
  void infer_afterOneBatch_movesByTheMomentum() {
    DenseMatrix x = features(16);
    WhiteningSettings settings = WhiteningSettings.ofPaper(CHANNELS, CHANNELS);
    ZcaWhitening whole = new ZcaWhitening(settings.withAveraging(Averaging.exponential(1)));
    ZcaWhitening tenth = new ZcaWhitening(settings);
    whole.forward(x);
    tenth.forward(x);
    DenseMatrix origin = DenseMatrix.wrap(CHANNELS, 1, new double[CHANNELS]);
    DenseMatrix e = DenseMatrix.wrap(CHANNELS, 1, new double[] {0, 1, 0, 0, 0, 0});
    // infer is affine: its linear part is the running W, which started as I.
    DenseMatrix wholeColumn = whole.infer(e).minus(whole.infer(origin));
    DenseMatrix tenthColumn = tenth.infer(e).minus(tenth.infer(origin));
    DenseMatrix expected = wholeColumn.times(0.1).plusScaled(0.9, e);
    assertTrue(Samples.relativeDifference(expected, tenthColumn) <= 1e-13);
    // W μ = −infer(0), and the running means are μ and 0.1μ.
    double[] mean = new double[CHANNELS];
    for (int s = 0; s < SAMPLES; s++) {
      for (int c = 0; c < CHANNELS; c++) {
        mean[c] += x.get(c, s) / SAMPLES;
      }
    }
    DenseMatrix atTenthOfMean = tenth.infer(DenseMatrix.wrap(CHANNELS, 1, mean).times(0.1));
    assertEquals(0, atTenthOfMean.maxAbs(), 1e-13);
  }

  @Test
  void infer_newestBatchOnly_equalsTraining() {
    DenseMatrix x = features(10);
    WhiteningSettings settings = WhiteningSettings.ofPaper(CHANNELS, CHANNELS);
    ZcaWhitening layer = new ZcaWhitening(settings.withAveraging(Averaging.exponential(1)));
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
            WhiteningSettings.of(CHANNELS, CHANNELS),
            new EigenInverseSquareRoot(
                DifferentiableEigen.hybrid(19, Precision.FLOAT64), retention));
    LayerGradient gradient =
        layer
            .forward(DenseMatrix.wrap(CHANNELS, SAMPLES, x))
            .backward(gaussian(CHANNELS, SAMPLES, 12));
    assertTrue(Double.isFinite(gradient.input().frobeniusNorm()));
  }

  @Test
  void forward_energyRetention_dropsWhatIsBeyondItsShareOfTheTrace() {
    double[] x = isotropic(1).toArray();
    double[] variances = {1, 0.5, 0.25, 1e-5};
    for (int i = 0; i < x.length; i++) {
      x[i] *= Math.sqrt(variances[i % 4]);
    }
    DenseMatrix output =
        new ZcaWhitening(
                WhiteningSettings.of(4, 4),
                new EigenInverseSquareRoot(
                    DifferentiableEigen.analytic(Precision.FLOAT64), Retention.ENERGY))
            .forward(DenseMatrix.wrap(4, 8, x))
            .output();
    double[] expected = {1, 1, 1, 0};
    for (int c = 0; c < 4; c++) {
      assertEquals(expected[c], Math.abs(output.get(c, 0)), 1e-3, "channel " + c);
    }
  }

  /** Groups of 5 are multiplied three at a time: 8 of them make two full blocks and a rest. */
  @Test
  void layer_moreGroupsThanABlockHolds_whitensEachAsIfAlone() {
    int d = 5;
    int channels = 8 * d;
    DenseMatrix x = gaussian(channels, 30, 50);
    DenseMatrix dy = gaussian(channels, 30, 51);
    ZcaWhitening whole = new ZcaWhitening(WhiteningSettings.of(channels, d));
    LayerPass pass = whole.forward(x);
    DenseMatrix gradient = pass.backward(dy).input();
    DenseMatrix inferred = whole.infer(x);
    for (int from = 0; from < channels; from += d) {
      ZcaWhitening alone = new ZcaWhitening(WhiteningSettings.of(d, d));
      LayerPass expected = alone.forward(rows(x, from, d));
      requireNear(expected.output(), rows(pass.output(), from, d));
      requireNear(expected.backward(rows(dy, from, d)).input(), rows(gradient, from, d));
      requireNear(alone.infer(rows(x, from, d)), rows(inferred, from, d));
    }
  }

  private static void requireNear(DenseMatrix expected, DenseMatrix actual) {
    assertTrue(relativeDifference(expected, actual) <= 1e-13);
  }

  private static DenseMatrix rows(DenseMatrix x, int from, int count) {
    double[] rows = new double[count * x.columns()];
    for (int s = 0; s < x.columns(); s++) {
      System.arraycopy(x.columnMajor(), from + s * x.rows(), rows, s * count, count);
    }
    return DenseMatrix.wrap(count, x.columns(), rows);
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
  void backward_overflowOfAnyResult_isReported() {
    ZcaWhitening layer = new ZcaWhitening(WhiteningSettings.of(2, 1));
    LayerPass pass = layer.forward(DenseMatrix.of(2, 2, 1, 2, -1, -2));
    double huge = Double.MAX_VALUE;
    assertThrows(
        NonFiniteException.class,
        () -> pass.backward(DenseMatrix.of(2, 2, huge, huge, huge, huge)));
    layer.bias()[1] = Double.NaN;
    assertThrows(NonFiniteException.class, () -> layer.infer(DenseMatrix.of(2, 1, 1, 1)));
    DenseMatrix far = DenseMatrix.of(2, 2, 1e200, 1, -1e200, 1);
    assertThrows(NonFiniteException.class, () -> layer.forward(far));
  }

  @Test
  void anything_badArguments_areRefusedByName() {
    ZcaWhitening layer = layer(3, DifferentiableEigen.hybrid(19, Precision.FLOAT64));
    DenseMatrix empty = DenseMatrix.wrap(CHANNELS, 0, new double[0]);
    assertRefused("at least one column", () -> layer.forward(empty));
    assertRefused("at least one column", () -> layer.infer(empty));
    assertRefused("features must be 6×3, got 5×3", () -> layer.forward(gaussian(5, 3, 1)));
    double[] x = features(14).toArray();
    x[8] = Double.NaN;
    assertRefused("NaN at (2, 1)", () -> layer.forward(DenseMatrix.wrap(CHANNELS, SAMPLES, x)));
    LayerPass pass = layer.forward(features(15));
    assertRefused("outputGradient must be 6×40", () -> pass.backward(gaussian(6, 39, 1)));
  }
}
