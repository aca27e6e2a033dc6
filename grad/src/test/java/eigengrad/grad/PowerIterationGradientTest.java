package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.SymmetricProduct;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerIterationGradientTest {

  /** Positive definite, condition number 100, evenly spaced. */
  private static DenseMatrix covariance(int n) {
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = 0.02 + 1.98 * (j + 1) / n;
    }
    return withSpectrum(1, values);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 19, 100})
  void backward_leadingPairs_isTheClosedForm(int terms) {
    for (int n : new int[] {1, 2, 6, 33, 70}) {
      DenseMatrix m = covariance(n);
      for (int k : new int[] {1, 2, 4, n}) {
        if (k <= n) {
          IndexRange range = IndexRange.largest(k);
          double[] c = gaussian(k, 1, 2).toArray();
          DenseMatrix g = gaussian(n, k, 3);
          PartialEigendecomposition pairs = SymmetricEigen.decompose(m, range);
          DenseMatrix actual = PowerIterationGradient.backward(m, pairs, terms, c, g);
          double[] allValues = new double[n];
          double[] allVectors = new double[n * n];
          System.arraycopy(c, 0, allValues, n - k, k);
          System.arraycopy(g.columnMajor(), 0, allVectors, n * (n - k), n * k);
          DenseMatrix expected =
              EigenGradient.backward(
                  SymmetricEigen.decompose(m),
                  InverseGap.powerIteration(terms),
                  allValues,
                  DenseMatrix.wrap(n, n, allVectors));
          assertTrue(relativeDifference(expected, actual) <= 1e-11, "n = " + n + ", k = " + k);
          assertEquals(actual, actual.transpose());
        }
      }
    }
  }

  @Test
  void backward_allVectorsKnown_doesNotVanish() {
    // A projection by all of V alone, as some published code has it, would leave nothing.
    DenseMatrix m = covariance(5);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(m, IndexRange.largest(5));
    DenseMatrix gradient =
        PowerIterationGradient.backward(m, pairs, 19, new double[5], gaussian(5, 5, 4));
    assertTrue(gradient.frobeniusNorm() > 0.1);
  }

  @Test
  void backward_negativeValuesLeading_isTheClosedForm() {
    DenseMatrix m = withSpectrum(5, -3, -2, -0.5, 0.4, 1);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(m, IndexRange.smallest(2));
    DenseMatrix g = gaussian(5, 2, 6);
    DenseMatrix expected =
        EigenGradient.backwardVectors(
            SymmetricEigen.decompose(m), IndexRange.smallest(2), InverseGap.powerIteration(20), g);
    DenseMatrix actual = PowerIterationGradient.backward(m, pairs, 20, new double[2], g);
    assertTrue(relativeDifference(expected, actual) <= 1e-12);
  }

  @Test
  void backward_knownValuesFarApart_roundingDoesNotGrow() {
    // (λ₁/λ₂)^K is 1e38 here: without a projection at each step nothing would be left of Sⱼ.
    DenseMatrix m = withSpectrum(7, 0.004, 0.006, 0.008, 0.01, 1);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(m, IndexRange.largest(2));
    DenseMatrix g = gaussian(5, 2, 8);
    DenseMatrix expected =
        EigenGradient.backwardVectors(
            SymmetricEigen.decompose(m), IndexRange.largest(2), InverseGap.powerIteration(19), g);
    DenseMatrix actual = PowerIterationGradient.backward(m, pairs, 19, new double[2], g);
    assertTrue(relativeDifference(expected, actual) <= 1e-10);
  }

  @Test
  void factor_usersProduct_isCalledOnceATermAndVector() {
    int n = 6;
    DenseMatrix m = covariance(n);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(m, IndexRange.largest(2));
    AtomicInteger calls = new AtomicInteger();
    SymmetricProduct product =
        (x, y) -> {
          calls.incrementAndGet();
          for (int i = 0; i < n; i++) {
            y[i] = 0;
            for (int j = 0; j < n; j++) {
              y[i] += m.get(i, j) * x[j];
            }
          }
        };
    double[] c = {0.5, -1};
    DenseMatrix g = gaussian(n, 2, 9);
    DenseMatrix before = DenseMatrix.of(n, 2, g.columnMajor());
    DenseMatrix x =
        PowerIterationGradient.factor(product, pairs.values(), pairs.vectors(), 19, c, g);
    assertEquals(18 * 2, calls.get());
    assertEquals(before, g);
    DenseMatrix expected = PowerIterationGradient.backward(m, pairs, 19, c, g);
    DenseMatrix actual = x.times(pairs.vectors().transpose()).symmetricPart();
    assertTrue(relativeDifference(expected, actual) <= 1e-13);
  }

  @Test
  void backward_nearTies_attainsTheBound() {
    int terms = 19;
    double epsilon = 1e-4;
    DenseMatrix m = DenseMatrix.diagonal(1 - 2e-9, 1 - 1e-9, 1, 1 - 3e-9).times(epsilon);
    PartialEigendecomposition leading = SymmetricEigen.decompose(m, IndexRange.largest(1));
    DenseMatrix g = gaussian(4, 1, 10);
    DenseMatrix orthogonal =
        g.plusScaled(-leading.vectors().transpose().times(g).get(0, 0), leading.vectors());
    double size =
        PowerIterationGradient.backward(m, leading, terms, new double[1], orthogonal)
            .frobeniusNorm();
    // The symmetric part of p vᵀ with p ⟂ v has 1/√2 of its norm.
    double bound = TermCount.bound(terms, epsilon) * orthogonal.frobeniusNorm() / Math.sqrt(2);
    assertTrue(size <= bound * (1 + 1e-12));
    assertTrue(size >= 0.999 * bound);
  }

  @Test
  void backward_noPairs_isZero() {
    DenseMatrix m = covariance(3);
    DenseMatrix gradient =
        PowerIterationGradient.backward(
            m,
            SymmetricEigen.decompose(m, IndexRange.largest(0)),
            19,
            new double[0],
            DenseMatrix.wrap(3, 0, new double[0]));
    assertEquals(DenseMatrix.wrap(3, 3, new double[9]), gradient);
  }

  @Test
  void badArguments_areRefusedByName() {
    DenseMatrix m = covariance(3);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(m, IndexRange.largest(2));
    double[] c = new double[2];
    DenseMatrix g = gaussian(3, 2, 11);
    assertRefused(
        "terms K must be ≥ 1, got 0", () -> PowerIterationGradient.backward(m, pairs, 0, c, g));
    assertRefused(
        "valueCotangent must have 2",
        () -> PowerIterationGradient.backward(m, pairs, 19, new double[3], g));
    assertRefused(
        "vectorCotangent must be 3×2, got 3×3",
        () -> PowerIterationGradient.backward(m, pairs, 19, c, gaussian(3, 3, 1)));
    assertRefused(
        "order 3, got 4", () -> PowerIterationGradient.backward(covariance(4), pairs, 19, c, g));
    assertRefused(
        "symmetric", () -> PowerIterationGradient.backward(gaussian(3, 3, 1), pairs, 19, c, g));
    SymmetricProduct product = SymmetricProduct.of(m);
    assertRefused(
        "values must have 2",
        () -> PowerIterationGradient.factor(product, new double[1], pairs.vectors(), 19, c, g));
    assertRefused(
        "0 at index 1",
        () ->
            PowerIterationGradient.factor(product, new double[] {1, 0}, pairs.vectors(), 19, c, g));
    double[] notFinite = c.clone();
    Arrays.fill(notFinite, Double.NaN);
    assertRefused(
        "valueCotangent must be finite",
        () -> PowerIterationGradient.backward(m, pairs, 19, notFinite, g));
  }
}
