package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.SymmetricEigen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EigenGradientTest {
  private static final double[] SPECTRUM = {0.2, 0.5, 0.9, 1.2, 1.7, 2};

  /** L = Σ cⱼλⱼ + ⟨B, V⟩: fine for small perturbations, which flip no sign. */
  private static double loss(DenseMatrix m, double[] c, DenseMatrix b) {
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    double sum = inner(b, eigen.vectors());
    for (int j = 0; j < c.length; j++) {
      sum += c[j] * eigen.value(j);
    }
    return sum;
  }

  @Test
  void backward_analytic_agreesWithDifferences() {
    DenseMatrix m = withSpectrum(1, SPECTRUM);
    double[] c = {1, -2, 3, 0.5, 0, 2};
    DenseMatrix b = gaussian(6, 6, 2);
    DenseMatrix gradient =
        EigenGradient.backward(SymmetricEigen.decompose(m), InverseGap.analytic(), c, b);
    for (int seed = 0; seed < 10; seed++) {
      DenseMatrix direction = gaussian(6, 6, 100 + seed).symmetricPart();
      double expected = directional(x -> loss(x, c, b), m, direction, 1e-4);
      assertEquals(expected, inner(gradient, direction), 1e-7 * gradient.frobeniusNorm());
    }
  }

  /** Four-point central differences with h = 1e-6: their own error is 1e-9 at these gaps. */
  @Test
  void backward_analyticAtRelativeGapsOfAThousandth_agreesWithDifferences() {
    DenseMatrix m = withSpectrum(30, 0.5, 0.502, 0.504, 1.2, 1.998, 2);
    double[] c = {1, -2, 3, 0.5, 0, 2};
    DenseMatrix b = gaussian(6, 6, 31);
    DenseMatrix gradient =
        EigenGradient.backward(SymmetricEigen.decompose(m), InverseGap.analytic(), c, b);
    for (int seed = 0; seed < 10; seed++) {
      DenseMatrix direction = gaussian(6, 6, 300 + seed).symmetricPart();
      double expected = directional(x -> loss(x, c, b), m, direction, 1e-6);
      assertEquals(expected, inner(gradient, direction), 1e-7 * gradient.frobeniusNorm());
    }
  }

  @Test
  void backward_valuesOnly_agreesWithDifferencesEvenAtTies() {
    // A symmetric function of the values: the sum of squares, ‖M‖².
    DenseMatrix m = withSpectrum(3, 1, 1, 1, 2, 2, 5);
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    double[] c = eigen.values();
    for (int j = 0; j < c.length; j++) {
      c[j] *= 2;
    }
    DenseMatrix gradient =
        EigenGradient.backward(
            eigen, InverseGap.powerIteration(19), c, DenseMatrix.wrap(6, 6, new double[36]));
    assertTrue(relativeDifference(m.times(2), gradient) <= 1e-13);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 100})
  void backward_hybridForOneLeadingVector_isThePapersSum(int terms) {
    int n = 6;
    DenseMatrix m = withSpectrum(4, SPECTRUM);
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    double[] g = gaussian(n, 1, 5).toArray();
    DenseMatrix v = DenseMatrix.wrap(n, 1, eigen.vectors().column(n - 1));
    // Σ_{k<K} Mᵏ (I − vvᵀ) g vᵀ / λ^(k+1), with the projection taken off v alone.
    DenseMatrix p = DenseMatrix.wrap(n, 1, g.clone());
    p = p.plusScaled(-inner(v, p), v);
    DenseMatrix sum = DenseMatrix.wrap(n, n, new double[n * n]);
    double lambda = eigen.value(n - 1);
    for (int k = 0; k < terms; k++) {
      sum = sum.plusScaled(Math.pow(lambda, -(k + 1)), p.times(v.transpose()));
      p = m.times(p);
    }
    DenseMatrix actual =
        EigenGradient.backward(
            eigen, InverseGap.powerIteration(terms), new double[n], lastColumn(n, g));
    assertTrue(relativeDifference(sum.symmetricPart(), actual) <= 1e-12);
    assertTrue(actual.frobeniusNorm() > 0.01);
  }

  @Test
  void backward_hybrid_convergesToAnalyticLikeTheLargestRatio() {
    DenseMatrix m = withSpectrum(6, SPECTRUM);
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    DenseMatrix b = lastColumn(6, gaussian(6, 1, 7).toArray());
    DenseMatrix exact = EigenGradient.backward(eigen, InverseGap.analytic(), new double[6], b);
    double previous = Double.NaN;
    for (int terms = 40; terms <= 80; terms += 10) {
      DenseMatrix approximate =
          EigenGradient.backward(eigen, InverseGap.powerIteration(terms), new double[6], b);
      double error = exact.minus(approximate).frobeniusNorm();
      if (!Double.isNaN(previous)) {
        assertEquals(Math.pow(0.85, 10), error / previous, 1e-3);
      }
      previous = error;
    }
  }

  @Test
  void backward_hybrid_isBoundedByTermsOverLargestValueAndNearlyAttainsIt() {
    int terms = 19;
    for (double epsilon : new double[] {1, 1e-4}) {
      double[] values = {epsilon, epsilon * (1 + 1e-9), epsilon * (1 + 2e-9), epsilon * (1 + 3e-9)};
      Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(8, values));
      double[] g = gaussian(4, 1, 9).toArray();
      DenseMatrix onto = DenseMatrix.wrap(4, 1, g);
      DenseMatrix v = DenseMatrix.wrap(4, 1, eigen.vectors().column(3));
      DenseMatrix orthogonal = onto.plusScaled(-inner(v, onto), v);
      DenseMatrix gradient =
          EigenGradient.backward(
              eigen,
              InverseGap.powerIteration(terms),
              new double[4],
              lastColumn(4, orthogonal.columnMajor()));
      // The symmetric part of p vᵀ with p ⟂ v has 1/√2 of its norm.
      double bound = terms / epsilon * orthogonal.frobeniusNorm() / Math.sqrt(2);
      assertTrue(gradient.frobeniusNorm() <= bound * (1 + 1e-12));
      assertTrue(gradient.frobeniusNorm() >= 0.999 * bound);
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#boundedRules")
  void backward_boundedRuleAtExactTies_isFinite(InverseGap rule) {
    for (DenseMatrix m :
        new DenseMatrix[] {
          DenseMatrix.identity(5),
          DenseMatrix.diagonal(4, 1, 1),
          DenseMatrix.identity(3).times(1e-4),
          DenseMatrix.wrap(3, 3, new double[9])
        }) {
      int n = m.rows();
      DenseMatrix gradient =
          EigenGradient.backward(
              SymmetricEigen.decompose(m), rule, new double[n], gaussian(n, n, 10));
      assertTrue(Double.isFinite(gradient.frobeniusNorm()));
    }
  }

  @Test
  void backward_values_agreesWithDifferences() {
    DenseMatrix m = withSpectrum(20, SPECTRUM);
    double[] c = {1, -2, 3, 0.5, 0, 2};
    DenseMatrix gradient = EigenGradient.backwardValues(SymmetricEigen.decompose(m), c);
    DenseMatrix none = DenseMatrix.wrap(6, 6, new double[36]);
    for (int seed = 0; seed < 10; seed++) {
      DenseMatrix direction = gaussian(6, 6, 200 + seed).symmetricPart();
      double expected = directional(x -> loss(x, c, none), m, direction, 1e-4);
      assertEquals(expected, inner(gradient, direction), 1e-8 * gradient.frobeniusNorm());
    }
    assertEquals(gradient, gradient.transpose());
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void backward_bothCotangents_isTheSumOfEachAlone(InverseGap rule) {
    for (int n : new int[] {1, 2, 6, 33, 70}) {
      Eigendecomposition eigen = spread(n, 21);
      double[] c = gaussian(n, 1, 22).toArray();
      DenseMatrix g = gaussian(n, n, 23);
      DenseMatrix both = EigenGradient.backward(eigen, rule, c, g);
      DenseMatrix sum =
          EigenGradient.backwardValues(eigen, c)
              .plus(EigenGradient.backwardVectors(eigen, rule, g));
      assertTrue(relativeDifference(both, sum) <= 1e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void backward_anyRule_isTheFormulaTermByTerm(InverseGap rule) {
    for (int n : new int[] {1, 2, 5, 33, 70}) {
      Eigendecomposition eigen = spread(n, 24);
      DenseMatrix v = eigen.vectors();
      double[] c = gaussian(n, 1, 25).toArray();
      DenseMatrix g = gaussian(n, n, 26);
      double norm = Math.max(Math.abs(eigen.value(0)), Math.abs(eigen.value(n - 1)));
      double[] core = v.transpose().times(g).toArray();
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          core[i + j * n] =
              i == j ? c[j] : core[i + j * n] * rule.between(eigen.value(j), eigen.value(i), norm);
        }
      }
      DenseMatrix expected =
          v.times(DenseMatrix.wrap(n, n, core)).times(v.transpose()).symmetricPart();
      DenseMatrix actual = EigenGradient.backward(eigen, rule, c, g);
      assertTrue(relativeDifference(expected, actual) <= 1e-12);
      assertEquals(actual, actual.transpose());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 3", "2, 6", "5, 6", "0, 6", "3, 3", "30, 37", "0, 70", "69, 70"})
  void backwardVectors_range_isTheWholeWithZerosElsewhere(int first, int end) {
    int n = end <= 6 ? 6 : 70;
    Eigendecomposition eigen = spread(n, 27);
    DenseMatrix g = gaussian(n, end - first, 28);
    double[] padded = new double[n * n];
    System.arraycopy(g.columnMajor(), 0, padded, first * n, n * (end - first));
    for (InverseGap rule :
        new InverseGap[] {InverseGap.analytic(), InverseGap.powerIteration(19)}) {
      DenseMatrix part = EigenGradient.backwardVectors(eigen, IndexRange.of(first, end), rule, g);
      // Neighbours whose cotangent is not quite 0 keep the whole from being trimmed.
      double[] almost = padded.clone();
      almost[0] += 1e-300;
      almost[n * n - 1] += 1e-300;
      DenseMatrix whole =
          EigenGradient.backwardVectors(eigen, rule, DenseMatrix.wrap(n, n, almost));
      assertTrue(part.minus(whole).frobeniusNorm() <= 1e-13 * part.frobeniusNorm() + 1e-290);
      assertEquals(
          part, EigenGradient.backwardVectors(eigen, rule, DenseMatrix.wrap(n, n, padded)));
    }
  }

  @Test
  void backwardVectors_tieAmongUnusedVectors_doesNoHarm() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(1, 1, 2, 3));
    DenseMatrix gradient =
        EigenGradient.backwardVectors(
            eigen, IndexRange.largest(2), InverseGap.analytic(), gaussian(4, 2, 29));
    assertTrue(Double.isFinite(gradient.frobeniusNorm()));
    DenseMatrix zero =
        EigenGradient.backwardVectors(
            eigen,
            IndexRange.smallest(2),
            InverseGap.analytic(),
            DenseMatrix.wrap(4, 2, new double[8]));
    assertEquals(0, zero.maxAbs());
  }

  @Test
  void backward_orderZero_isEmpty() {
    Eigendecomposition empty = SymmetricEigen.decompose(DenseMatrix.identity(0));
    DenseMatrix none = DenseMatrix.identity(0);
    assertEquals(none, EigenGradient.backwardVectors(empty, InverseGap.analytic(), none));
    assertEquals(none, EigenGradient.backwardValues(empty, new double[0]));
    assertEquals(
        none,
        EigenGradient.backwardVectors(empty, IndexRange.largest(0), InverseGap.analytic(), none));
  }

  @Test
  void backward_valuesOnlyAtExactTie_needsNoRule() {
    DenseMatrix gradient =
        EigenGradient.backward(
            SymmetricEigen.decompose(DenseMatrix.identity(3)),
            InverseGap.analytic(),
            new double[] {1, 1, 1},
            DenseMatrix.wrap(3, 3, new double[9]));
    assertEquals(0, gradient.minus(DenseMatrix.identity(3)).maxAbs(), 1e-15);
  }

  @Test
  void backward_analyticAtExactTie_namesThePairAndTheAlternative() {
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () ->
                EigenGradient.backward(
                    SymmetricEigen.decompose(DenseMatrix.diagonal(1, 4, 1)),
                    InverseGap.analytic(),
                    new double[3],
                    gaussian(3, 3, 1)));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("0 and 1, 1.0 and 1.0"), message);
    assertTrue(message.contains("powerIteration"), message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p40, 0x1p-40})
  void backward_scaledMatrix_scalesInversely(double c) {
    DenseMatrix m = withSpectrum(11, SPECTRUM);
    DenseMatrix b = gaussian(6, 6, 12);
    for (InverseGap rule : Samples.rules().toList()) {
      DenseMatrix gradient =
          EigenGradient.backward(SymmetricEigen.decompose(m), rule, new double[6], b);
      DenseMatrix scaled =
          EigenGradient.backward(SymmetricEigen.decompose(m.times(c)), rule, new double[6], b);
      assertTrue(relativeDifference(gradient, scaled.times(c)) <= 1e-12);
    }
  }

  @Test
  void backward_result_isExactlySymmetric() {
    DenseMatrix gradient =
        EigenGradient.backward(
            SymmetricEigen.decompose(withSpectrum(13, SPECTRUM)),
            InverseGap.analytic(),
            new double[6],
            gaussian(6, 6, 14));
    assertEquals(gradient, gradient.transpose());
  }

  @Test
  void backward_badCotangents_areRefusedByName() {
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(15, 1, 2, 3));
    InverseGap rule = InverseGap.analytic();
    double[] none = new double[3];
    DenseMatrix zero = DenseMatrix.wrap(3, 3, new double[9]);
    assertRefused(
        "valueCotangent must have 3",
        () -> EigenGradient.backward(eigen, rule, new double[2], zero));
    assertRefused(
        "vectorCotangent must be 3×3, got 3×2",
        () -> EigenGradient.backward(eigen, rule, none, DenseMatrix.wrap(3, 2, new double[6])));
    assertRefused("must have 3", () -> EigenGradient.backwardValues(eigen, new double[4]));
    assertRefused(
        "must be 3×2, got 3×3",
        () -> EigenGradient.backwardVectors(eigen, IndexRange.largest(2), rule, zero));
    assertRefused(
        "order 3", () -> EigenGradient.backwardVectors(eigen, IndexRange.largest(4), rule, zero));
    assertRefused(
        "NaN at index 1",
        () -> EigenGradient.backward(eigen, rule, new double[] {0, Double.NaN, 0}, zero));
    assertRefused(
        "Infinity at (2, 0)",
        () ->
            EigenGradient.backward(
                eigen,
                rule,
                none,
                DenseMatrix.of(3, 3, 0, 0, Double.POSITIVE_INFINITY, 0, 0, 0, 0, 0, 0)));
  }

  /** Values of both signs, no two equal. */
  private static Eigendecomposition spread(int n, long seed) {
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = j - 0.3 * n + 0.01 * j * j;
    }
    return SymmetricEigen.decompose(withSpectrum(seed, values));
  }

  private static DenseMatrix lastColumn(int n, double[] g) {
    double[] elements = new double[n * n];
    System.arraycopy(g, 0, elements, n * (n - 1), n);
    return DenseMatrix.wrap(n, n, elements);
  }
}
