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
import eigengrad.linalg.LeadingEigen;
import eigengrad.linalg.LeadingPairs;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.SymmetricProduct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadingEigenGradientTest {
  private static final LeadingEigenGradient EXACT = LeadingEigenGradient.DEFAULT;

  /** Decaying, indefinite, all gaps at least 1e-3. */
  private static DenseMatrix decaying(int n) {
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = (j % 3 == 0 ? -1.3 : 2) * Math.pow(0.9, j) + 1e-3 * j;
    }
    return withSpectrum(1, values);
  }

  /** −Δ on a grid with unit spacing and a potential: no ties without symmetry. */
  private static DenseMatrix grid(int rows, int columns, double slope) {
    int n = rows * columns;
    double[] a = new double[n * n];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int at = i + j * rows;
        a[at + at * n] = 4 + slope * i * j;
        if (i > 0) {
          a[at - 1 + at * n] = -1;
          a[at + (at - 1) * n] = -1;
        }
        if (j > 0) {
          a[at - rows + at * n] = -1;
          a[at + (at - rows) * n] = -1;
        }
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }

  private static LeadingPairs pairs(DenseMatrix m, int smallest, int largest) {
    return LeadingEigen.DEFAULT.ends(m.rows(), SymmetricProduct.of(m), smallest, largest);
  }

  /** A cotangent of some pairs as one of all. */
  private static double[] padded(double[] some, int n, int width, int smallest) {
    double[] all = new double[n * width];
    int low = smallest * width;
    System.arraycopy(some, 0, all, 0, low);
    System.arraycopy(some, low, all, all.length - (some.length - low), some.length - low);
    return all;
  }

  @ParameterizedTest
  @CsvSource({"60, 0, 4", "60, 3, 0", "60, 2, 3", "31, 1, 1", "9, 2, 3", "6, 3, 3", "1, 0, 1"})
  void backward_pairsAtEitherEnd_isTheAnalyticGradient(int n, int smallest, int largest) {
    DenseMatrix m = decaying(n);
    int k = smallest + largest;
    double[] c = gaussian(k, 1, 2).toArray();
    DenseMatrix g = gaussian(n, k, 3);
    DenseMatrix expected =
        EigenGradient.backward(
            SymmetricEigen.decompose(m),
            InverseGap.analytic(),
            padded(c, n, 1, smallest),
            DenseMatrix.wrap(n, n, padded(g.columnMajor(), n, n, smallest)));
    DenseMatrix actual = EXACT.backward(SymmetricProduct.of(m), pairs(m, smallest, largest), c, g);
    assertEquals(0, relativeDifference(expected, actual), 1e-9);
    assertEquals(actual, actual.transpose());
  }

  @Test
  void backward_lossOfLeadingPairs_isItsDifferenceQuotient() {
    DenseMatrix m = grid(7, 6, 0.05);
    int n = m.rows();
    DenseMatrix weights = gaussian(n, n, 4).symmetricPart();
    double[] c = {1, -2, 3};
    LeadingPairs at = pairs(m, 3, 0);
    DenseMatrix g = weights.times(at.vectors()).times(2);
    DenseMatrix gradient = EXACT.backward(SymmetricProduct.of(m), at, c, g);
    DenseMatrix direction = gaussian(n, n, 5).symmetricPart();
    double expected =
        directional(
            moved -> {
              LeadingPairs there = pairs(moved, 3, 0);
              double sum = inner(weights.times(there.vectors()), there.vectors());
              for (int j = 0; j < 3; j++) {
                sum += c[j] * there.values()[j];
              }
              return sum;
            },
            m,
            direction,
            1e-3);
    assertEquals(expected, inner(gradient, direction), 1e-7 * Math.abs(expected));
  }

  @Test
  void along_anyDirection_isTheTransposeOfBackward() {
    int n = 40;
    DenseMatrix m = decaying(n);
    DenseMatrix direction = gaussian(n, n, 6).symmetricPart();
    LeadingPairs pairs = pairs(m, 2, 2);
    double[] c = gaussian(4, 1, 7).toArray();
    DenseMatrix g = gaussian(n, 4, 8);
    EigenTangent tangent =
        EXACT.along(SymmetricProduct.of(m), pairs, SymmetricProduct.of(direction));
    DenseMatrix gradient = EXACT.backward(SymmetricProduct.of(m), pairs, c, g);
    double forward =
        inner(DenseMatrix.wrap(4, 1, c), DenseMatrix.wrap(4, 1, tangent.values()))
            + inner(g, tangent.vectors());
    double size = gradient.frobeniusNorm() * direction.frobeniusNorm();
    assertEquals(inner(gradient, direction), forward, 1e-11 * size);
  }

  @Test
  void powerIteration_onLeadingPairs_convergesToTheExactGradient() {
    DenseMatrix m = withSpectrum(9, 0.1, 0.2, 0.3, 0.5, 1, 2);
    LeadingPairs pairs = pairs(m, 0, 2);
    DenseMatrix g = gaussian(6, 2, 9);
    SymmetricProduct product = SymmetricProduct.of(m);
    DenseMatrix exact = EXACT.factor(product, pairs, new double[2], g);
    double last = 1;
    for (int terms : new int[] {5, 10, 20, 40}) {
      DenseMatrix series =
          PowerIterationGradient.factor(
              product, pairs.values(), pairs.vectors(), terms, new double[2], g);
      double error = relativeDifference(exact, series);
      assertTrue(error <= Math.pow(0.5, terms), terms + " terms: " + error);
      assertTrue(error < last);
      last = error;
    }
  }

  @Test
  void backward_tieWithin_needsAnIndependentLoss() {
    DenseMatrix m = grid(5, 5, 0);
    int n = m.rows();
    SymmetricProduct product = SymmetricProduct.of(m);
    LeadingPairs pairs = pairs(m, 3, 0);
    assertEquals(pairs.values()[1], pairs.values()[2], 1e-12);
    DenseMatrix weights = gaussian(n, n, 10).symmetricPart();
    DenseMatrix g = weights.times(pairs.vectors()).times(2);
    DenseMatrix expected =
        EigenGradient.backward(
            SymmetricEigen.decompose(m),
            InverseGap.analytic(),
            new double[n],
            DenseMatrix.wrap(
                n,
                n,
                padded(
                    weights
                        .times(
                            DenseMatrix.wrap(
                                n,
                                3,
                                Arrays.copyOf(
                                    SymmetricEigen.decompose(m).vectors().columnMajor(), 3 * n)))
                        .times(2)
                        .columnMajor(),
                    n,
                    n,
                    3)));
    DenseMatrix actual = EXACT.backward(product, pairs, new double[3], g);
    assertEquals(0, relativeDifference(expected, actual), 1e-9);

    NonFiniteException dependent =
        assertThrows(
            NonFiniteException.class,
            () -> EXACT.factor(product, pairs, new double[3], gaussian(n, 3, 11)));
    assertTrue(String.valueOf(dependent.getMessage()).contains("the tie of eigenvalues 1 and 2"));
    NonFiniteException unequal =
        assertThrows(
            NonFiniteException.class,
            () -> EXACT.factor(product, pairs, new double[] {0, 1, 2}, g));
    assertTrue(String.valueOf(unequal.getMessage()).contains("∂L/∂λ differs"));
    SymmetricProduct splitting = SymmetricProduct.of(weights);
    NonFiniteException split =
        assertThrows(NonFiniteException.class, () -> EXACT.along(product, pairs, splitting));
    assertTrue(String.valueOf(split.getMessage()).contains("the direction splits"));
  }

  @Test
  void backward_tieWithAnUnknownPair_isRefusedUnlessTheLossDoesNotDependOnIt() {
    DenseMatrix m = grid(5, 5, 0);
    int n = m.rows();
    SymmetricProduct product = SymmetricProduct.of(m);
    LeadingPairs pairs = pairs(m, 2, 0);
    NonFiniteException refusal =
        assertThrows(
            NonFiniteException.class,
            () -> EXACT.factor(product, pairs, new double[2], gaussian(n, 2, 12)));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("eigenvalue 1") && message.contains("ties with one"), message);

    double[] ofFirst = gaussian(n, 2, 12).toArray();
    Arrays.fill(ofFirst, n, 2 * n, 0);
    DenseMatrix expected =
        EigenGradient.backward(
            SymmetricEigen.decompose(m),
            InverseGap.analytic(),
            new double[n],
            DenseMatrix.wrap(n, n, padded(ofFirst, n, n, 2)));
    DenseMatrix actual =
        EXACT.backward(product, pairs, new double[2], DenseMatrix.wrap(n, 2, ofFirst));
    assertEquals(0, relativeDifference(expected, actual), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"-900", "-300", "300", "900"})
  void factor_scaledOperator_isScaledBack(int exponent) {
    DenseMatrix m = decaying(30);
    DenseMatrix scaled = new Scaling(exponent).apply(m);
    DenseMatrix g = gaussian(30, 2, 13);
    DenseMatrix expected = EXACT.factor(SymmetricProduct.of(m), pairs(m, 0, 2), new double[2], g);
    DenseMatrix actual =
        EXACT.factor(SymmetricProduct.of(scaled), pairs(scaled, 0, 2), new double[2], g);
    assertEquals(0, relativeDifference(expected, new Scaling(exponent).apply(actual)), 1e-10);
  }

  @Test
  void factor_progress_tellsOfEveryStep() {
    DenseMatrix m = decaying(30);
    List<LeadingEigenGradient.Progress> steps = new ArrayList<>();
    EXACT
        .withProgress(steps::add)
        .factor(SymmetricProduct.of(m), pairs(m, 0, 2), new double[2], gaussian(30, 2, 14));
    LeadingEigenGradient.Progress last = steps.get(steps.size() - 1);
    assertEquals(2, steps.get(0).products());
    assertEquals(2, last.solved());
    assertEquals(0, last.largestResidual());
    assertTrue(last.products() <= 60, last.toString());
  }

  @Test
  void factor_budgetUsedUp_saysWhatIsNotSolved() {
    DenseMatrix m = decaying(30);
    MinresException failure =
        assertThrows(
            MinresException.class,
            () ->
                EXACT
                    .withMaxProducts(7)
                    .factor(
                        SymmetricProduct.of(m),
                        pairs(m, 0, 2),
                        new double[2],
                        gaussian(30, 2, 15)));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("6 of the products were used up while 2 systems"), message);
  }

  @Test
  void factor_badInput_isRefused() {
    DenseMatrix m = decaying(30);
    LeadingPairs pairs = pairs(m, 0, 2);
    SymmetricProduct product = SymmetricProduct.of(m);
    DenseMatrix g = gaussian(30, 2, 16);
    assertRefused("tolerance must be ≥ 0", () -> EXACT.withTolerance(Double.NaN));
    assertRefused("maxProducts must be ≥ 1, got 0", () -> EXACT.withMaxProducts(0));
    assertRefused(
        "valueCotangent must have 2", () -> EXACT.factor(product, pairs, new double[3], g));
    assertRefused(
        "vectorCotangent must be 30×2",
        () -> EXACT.factor(product, pairs, new double[2], gaussian(30, 3, 1)));
    assertRefused(
        "product must be finite, got NaN",
        () -> EXACT.factor((x, y) -> Arrays.fill(y, Double.NaN), pairs, new double[2], g));
    assertRefused(
        "direction must be finite",
        () -> EXACT.along(product, pairs, (x, y) -> Arrays.fill(y, Double.NaN)));
  }
}
