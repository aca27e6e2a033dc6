package eigengrad.grad.paper;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.random;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DifferentiableEigenTest {
  private static final double[] SPECTRUM = {0.2, 0.5, 0.9, 1.2, 1.7, 2};

  private static List<DifferentiableEigen> methods(Precision precision) {
    return List.of(
        DifferentiableEigen.analytic(precision),
        DifferentiableEigen.hybrid(19, precision),
        DifferentiableEigen.deflatedPowerIteration(19, random(1), precision));
  }

  private static double loss(
      DifferentiableEigen.Pass pass, double[] valueWeights, DenseMatrix vectorWeights) {
    double sum = inner(pass.vectors(), vectorWeights);
    for (int j = 0; j < valueWeights.length; j++) {
      sum += valueWeights[j] * pass.values()[j];
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6})
  void forward_exactMethods_giveLeadingPairsFirst(int count) {
    DenseMatrix m = withSpectrum(1, SPECTRUM);
    DifferentiableEigen.Pass pass =
        DifferentiableEigen.analytic(Precision.FLOAT64).forward(m, count);
    assertEquals(count, pass.vectors().columns());
    for (int j = 0; j < count; j++) {
      assertEquals(SPECTRUM[5 - j], pass.values()[j], 1e-14);
    }
    DenseMatrix image = m.times(pass.vectors());
    DenseMatrix expected = pass.vectors().times(DenseMatrix.diagonal(pass.values()));
    assertTrue(relativeDifference(expected, image) <= 1e-14);
  }

  /** Nine are solved in lock-step, one is not. */
  @ParameterizedTest
  @EnumSource
  void forward_manyMatrices_isThatOfEach(Precision precision) {
    DenseMatrix[] matrices = new DenseMatrix[9];
    Arrays.setAll(matrices, b -> withSpectrum(b, SPECTRUM));
    DenseMatrix g = gaussian(6, 4, 1);
    double tolerance = precision == Precision.FLOAT64 ? 1e-12 : 1e-5;
    DifferentiableEigen exact = DifferentiableEigen.hybrid(19, precision);
    DifferentiableEigen.Pass[] passes = exact.forward(matrices, 4);
    for (int b = 0; b < 9; b++) {
      DifferentiableEigen.Pass alone = exact.forward(matrices[b], 4);
      assertArrayEquals(alone.values(), passes[b].values(), tolerance);
      assertTrue(relativeDifference(alone.vectors(), passes[b].vectors()) <= tolerance);
      DenseMatrix expected = alone.backward(new double[4], g);
      assertTrue(relativeDifference(expected, passes[b].backward(new double[4], g)) <= tolerance);
    }
  }

  @Test
  void forward_matricesOfDifferentOrders_areRefused() {
    for (int count : new int[] {2, 9}) {
      DenseMatrix[] matrices = new DenseMatrix[count];
      Arrays.fill(matrices, DenseMatrix.identity(3));
      matrices[1] = DenseMatrix.identity(2);
      for (DifferentiableEigen method : methods(Precision.FLOAT64)) {
        assertRefused("one order, 3, got 2 at index 1", () -> method.forward(matrices, 1));
      }
    }
  }

  @Test
  void forward_manyIterations_agreesWithTheExactVectorsUpToSign() {
    DenseMatrix m = withSpectrum(2, 0.1, 0.25, 0.6, 1.5);
    DifferentiableEigen.Pass exact = DifferentiableEigen.analytic(Precision.FLOAT64).forward(m, 4);
    DifferentiableEigen.Pass iterated =
        DifferentiableEigen.deflatedPowerIteration(200, random(3), Precision.FLOAT64).forward(m, 4);
    assertArrayEquals(exact.values(), iterated.values(), 1e-13);
    for (int j = 0; j < 4; j++) {
      double[] a = exact.vectors().column(j);
      double[] b = iterated.vectors().column(j);
      double sign = Math.signum(a[0] * b[0]);
      for (int i = 0; i < 4; i++) {
        assertEquals(a[i], sign * b[i], 1e-11);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 19})
  void backward_deflatedPowerIteration_isTheDerivativeOfItsOwnSteps(int iterations) {
    // Far from converged at K = 1 and 2: the derivative must be right all the same.
    DenseMatrix m = withSpectrum(4, SPECTRUM);
    int count = 4;
    double[] valueWeights = {1, -0.5, 2, 0.3};
    DenseMatrix vectorWeights = gaussian(6, count, 5);
    Supplier<DifferentiableEigen> method =
        () -> DifferentiableEigen.deflatedPowerIteration(iterations, random(6), Precision.FLOAT64);
    DenseMatrix gradient = method.get().forward(m, count).backward(valueWeights, vectorWeights);
    for (int seed = 0; seed < 8; seed++) {
      DenseMatrix direction = gaussian(6, 6, 50 + seed).symmetricPart();
      double expected =
          directional(
              x -> loss(method.get().forward(x, count), valueWeights, vectorWeights),
              m,
              direction,
              2e-5);
      assertEquals(expected, inner(gradient, direction), 1e-8 * gradient.frobeniusNorm());
    }
  }

  @Test
  void backward_convergedPowerIteration_agreesWithAnalytic() {
    DenseMatrix m = withSpectrum(7, 0.1, 0.25, 0.6, 1.5);
    double[] valueWeights = {1, 2, 3, 4};
    DifferentiableEigen.Pass exact = DifferentiableEigen.analytic(Precision.FLOAT64).forward(m, 4);
    DifferentiableEigen.Pass iterated =
        DifferentiableEigen.deflatedPowerIteration(200, random(8), Precision.FLOAT64).forward(m, 4);
    // Σ wⱼ (vⱼᵀBvⱼ) does not depend on signs: its cotangent is 2wⱼBvⱼ.
    DenseMatrix b = gaussian(4, 4, 9).symmetricPart();
    DenseMatrix weights = DenseMatrix.diagonal(2, 4, 6, 8);
    DenseMatrix expected = exact.backward(valueWeights, b.times(exact.vectors()).times(weights));
    DenseMatrix actual =
        iterated.backward(valueWeights, b.times(iterated.vectors()).times(weights));
    assertTrue(relativeDifference(expected, actual) <= 1e-10);
  }

  @Test
  void backward_laterPairsUnused_areWithoutInfluence() {
    DenseMatrix m = withSpectrum(10, SPECTRUM);
    Supplier<DifferentiableEigen> method =
        () -> DifferentiableEigen.deflatedPowerIteration(19, random(11), Precision.FLOAT64);
    double[] g = gaussian(6, 2, 12).toArray();
    DenseMatrix two = method.get().forward(m, 2).backward(new double[2], DenseMatrix.of(6, 2, g));
    DenseMatrix six =
        method
            .get()
            .forward(m, 6)
            .backward(new double[6], DenseMatrix.wrap(6, 6, java.util.Arrays.copyOf(g, 36)));
    assertEquals(two, six);
  }

  @Test
  void forward_matrixThatRunsOut_givesFewerPairs() {
    DifferentiableEigen.Pass pass =
        DifferentiableEigen.deflatedPowerIteration(3, random(1), Precision.FLOAT64)
            .forward(DenseMatrix.wrap(3, 3, new double[9]), 3);
    assertEquals(0, pass.values().length);
    assertEquals(0, pass.vectors().columns());
  }

  @Test
  void float32_everythingReturned_isAFloat() {
    DenseMatrix m = withSpectrum(13, SPECTRUM);
    for (DifferentiableEigen method : methods(Precision.FLOAT32)) {
      DifferentiableEigen.Pass pass = method.forward(m, 6);
      requireFloats(pass.values());
      requireFloats(pass.vectors().columnMajor());
      requireFloats(pass.backward(new double[6], gaussian(6, 6, 14)).columnMajor());
    }
  }

  @Test
  void float32_closeToFloat64_butNotTheSame() {
    DenseMatrix m = withSpectrum(15, SPECTRUM);
    for (int method = 0; method < 3; method++) {
      DifferentiableEigen.Pass wide = methods(Precision.FLOAT64).get(method).forward(m, 2);
      DifferentiableEigen.Pass narrow = methods(Precision.FLOAT32).get(method).forward(m, 2);
      DenseMatrix g = gaussian(6, 2, 16);
      double difference =
          relativeDifference(wide.backward(new double[2], g), narrow.backward(new double[2], g));
      assertTrue(difference > 0 && difference < 1e-4, "difference " + difference);
    }
  }

  @Test
  void float32_gradientBeyondItsRange_isReported() {
    DenseMatrix m = DenseMatrix.diagonal(1, 0.5);
    DenseMatrix huge = DenseMatrix.of(2, 2, 0, 1e39, 0, 0);
    for (DifferentiableEigen method : methods(Precision.FLOAT32)) {
      DifferentiableEigen.Pass pass = method.forward(m, 2);
      assertThrows(NonFiniteException.class, () -> pass.backward(new double[2], huge));
    }
  }

  @Test
  void float32_matrixBeyondItsRange_isReported() {
    for (DifferentiableEigen method : methods(Precision.FLOAT32)) {
      assertThrows(
          NonFiniteException.class, () -> method.forward(DenseMatrix.diagonal(1e39, 2e39), 2));
    }
  }

  @Test
  void forward_powerIterationThatOverflows_isReported() {
    DifferentiableEigen method =
        DifferentiableEigen.deflatedPowerIteration(3, random(1), Precision.FLOAT64);
    DenseMatrix huge = DenseMatrix.of(2, 2, 1e308, 1e308, 1e308, 1e308);
    assertThrows(NonFiniteException.class, () -> method.forward(huge, 2));
  }

  /**
   * The covariance of fewer samples than channels, plus ε: many eigenvalues that rounding has
   * split. The paper's methods compute with their differences as they are; none of them may be
   * refused for it, or the comparison of methods would be ours to decide.
   */
  @Test
  void backward_tiesThatRoundingHasSplit_isEachMethodsOwnFormula() {
    int n = 8;
    DenseMatrix x = gaussian(n, 3, 21);
    DenseMatrix m = x.times(x.transpose()).plusScaled(1e-4, DenseMatrix.identity(n));
    DenseMatrix g = gaussian(n, n, 22);
    double[] c = gaussian(n, 1, 23).toArray();
    InverseGap[] rules = {InverseGap.analytic(), InverseGap.powerIteration(19)};
    DifferentiableEigen[] methods = {
      DifferentiableEigen.analytic(Precision.FLOAT64),
      DifferentiableEigen.hybrid(19, Precision.FLOAT64)
    };
    for (int k = 0; k < methods.length; k++) {
      DifferentiableEigen.Pass pass = methods[k].forward(m, n);
      double[] values = pass.values();
      assertTrue(values[3] - values[n - 1] <= InverseGap.analytic().tieTolerance(n) * values[0]);
      DenseMatrix v = pass.vectors();
      double[] core = v.transpose().times(g).toArray();
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          double weight = i == j ? 0 : rules[k].between(values[j], values[i], values[0]);
          core[i + j * n] = i == j ? c[j] : core[i + j * n] * weight;
        }
      }
      DenseMatrix expected =
          v.times(DenseMatrix.wrap(n, n, core)).times(v.transpose()).symmetricPart();
      assertTrue(relativeDifference(expected, pass.backward(c, g)) <= 1e-10);
    }
  }

  @Test
  void float32_valuesCloserThanItsSpacing_tie() {
    DenseMatrix m = DenseMatrix.diagonal(1, 1 + 1e-9);
    DenseMatrix g = gaussian(2, 2, 17);
    assertTrue(
        Double.isFinite(
            DifferentiableEigen.analytic(Precision.FLOAT64)
                .forward(m, 2)
                .backward(new double[2], g)
                .frobeniusNorm()));
    assertThrows(
        NonFiniteException.class,
        () ->
            DifferentiableEigen.analytic(Precision.FLOAT32)
                .forward(m, 2)
                .backward(new double[2], g));
  }

  @Test
  void everyMethod_badArguments_areRefusedByName() {
    DenseMatrix m = withSpectrum(18, 1, 2, 3);
    for (DifferentiableEigen method : methods(Precision.FLOAT64)) {
      assertRefused("got 4", () -> method.forward(m, 4));
      assertRefused("got 0", () -> method.forward(m, 0));
      assertRefused("symmetric", () -> method.forward(gaussian(3, 3, 1), 3));
      assertRefused("square", () -> method.forward(gaussian(3, 2, 1), 1));
      DifferentiableEigen.Pass pass = method.forward(m, 2);
      assertRefused("2 elements", () -> pass.backward(new double[3], gaussian(3, 2, 1)));
      assertRefused("3×2", () -> pass.backward(new double[2], gaussian(3, 3, 1)));
    }
    assertRefused("got 0", () -> DifferentiableEigen.hybrid(0, Precision.FLOAT64));
    assertRefused(
        "got 0", () -> DifferentiableEigen.deflatedPowerIteration(0, random(1), Precision.FLOAT64));
  }

  @Test
  void everyMethod_input_isLeftAlone() {
    DenseMatrix m = withSpectrum(19, SPECTRUM);
    DenseMatrix before = DenseMatrix.of(6, 6, m.columnMajor());
    for (DifferentiableEigen method : methods(Precision.FLOAT32)) {
      DenseMatrix g = gaussian(6, 6, 20);
      DenseMatrix gBefore = DenseMatrix.of(6, 6, g.columnMajor());
      DifferentiableEigen.Pass pass = method.forward(m, 6);
      DenseMatrix first = pass.backward(new double[6], g);
      assertEquals(first, pass.backward(new double[6], g));
      assertEquals(gBefore, g);
      assertFalse(first.equals(g));
    }
    assertEquals(before, m);
  }

  private static void requireFloats(double[] elements) {
    for (double element : elements) {
      assertEquals((float) element, element);
    }
  }
}
