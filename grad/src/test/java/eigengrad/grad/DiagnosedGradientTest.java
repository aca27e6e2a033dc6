package eigengrad.grad;

import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosedGradientTest {
  private static final double[] SPECTRUM = {0.25, 0.5, 1, 1.75, 2};

  private static DenseMatrix onlyLast(DenseMatrix g) {
    int n = g.rows();
    double[] last = new double[n * n];
    System.arraycopy(g.columnMajor(), n * (n - 1), last, n * (n - 1), n);
    return DenseMatrix.wrap(n, n, last);
  }

  @Test
  void diagnosed_diagonalMatrix_hasTheFiguresByHand() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(SPECTRUM));
    DenseMatrix g = gaussian(5, 5, 1);
    InverseGap rule = InverseGap.powerIteration(19);
    DiagnosedGradient all = EigenGradient.diagnosed(eigen, rule, new double[5], g);
    assertEquals(EigenGradient.backwardVectors(eigen, rule, g), all.gradient());
    assertEquals(0.25 / 2, all.smallestRelativeGap());
    // The pair of the two smallest is the one that may have the largest coefficient.
    assertEquals(19 / 0.5, all.bound());
    double largest = 0;
    for (int j = 0; j < 5; j++) {
      for (int i = 0; i < j; i++) {
        largest = Math.max(largest, rule.between(SPECTRUM[j], SPECTRUM[i], 2));
      }
    }
    assertEquals(largest, all.largestCoefficient(), 1e-14);
    assertEquals(0, all.gaugeDependence());
    assertEquals(
        19 / 2.0, EigenGradient.diagnosed(eigen, rule, new double[5], onlyLast(g)).bound());
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#boundedRules")
  void diagnosed_boundedRule_boundHolds(InverseGap rule) {
    for (double[] values :
        new double[][] {SPECTRUM, {1, 1 + 1e-9, 1 + 2e-9, 1 + 3e-9}, {-1, -0.5, 0.5, 2}}) {
      int n = values.length;
      Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(2, values));
      for (DenseMatrix g : new DenseMatrix[] {gaussian(n, n, 3), onlyLast(gaussian(n, n, 4))}) {
        DiagnosedGradient result = EigenGradient.diagnosed(eigen, rule, new double[n], g);
        assertTrue(result.largestCoefficient() > 0);
        assertTrue(result.largestCoefficient() <= result.bound() * (1 + 1e-12));
        double size = result.gradient().frobeniusNorm();
        assertTrue(size <= result.bound() * g.frobeniusNorm() * (1 + 1e-12));
      }
    }
  }

  /** The pairs of vectors that L does not depend on have larger coefficients, and no part in it. */
  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#boundedRules")
  void diagnosed_valuesOfOtherPairs_countNeitherInTheBoundNorInTheCoefficient(InverseGap rule) {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(1e-3, 2e-3, 1));
    DenseMatrix g = onlyLast(gaussian(3, 3, 8));
    DiagnosedGradient result = EigenGradient.diagnosed(eigen, rule, new double[] {1, 1, 1}, g);
    assertEquals(rule.bound(1, 1), result.bound());
    double largest = rule.between(1, 2e-3, 1);
    assertEquals(largest, result.largestCoefficient(), 1e-12 * largest);
    assertTrue(result.largestCoefficient() <= result.bound());
  }

  @Test
  void diagnosed_analyticAtATie_reportsInsteadOfRefusing() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(1, 1, 2));
    DenseMatrix g = gaussian(3, 3, 9);
    InverseGap rule = InverseGap.analytic();
    DiagnosedGradient result = EigenGradient.diagnosed(eigen, rule, new double[] {1, 2, 3}, g);
    assertTrue(result.gaugeDependence() > Gauge.ROUNDING);
    assertEquals(1, result.largestCoefficient());
    DenseMatrix part = Gauge.independentPart(eigen, g);
    DenseMatrix expected =
        EigenGradient.backwardValues(eigen, new double[] {1, 2, 3})
            .plus(EigenGradient.backwardVectors(eigen, rule, part));
    assertEquals(0, expected.minus(result.gradient()).maxAbs(), 1e-14);
  }

  @Test
  void diagnosed_analytic_hasNoBound() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(SPECTRUM));
    DiagnosedGradient result =
        EigenGradient.diagnosed(eigen, InverseGap.analytic(), new double[5], gaussian(5, 5, 5));
    assertEquals(Double.POSITIVE_INFINITY, result.bound());
    assertEquals(4, result.largestCoefficient());
  }

  @Test
  void diagnosed_lossOfABasisInsideATie_isReported() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(1, 1, 2));
    DenseMatrix g = gaussian(3, 3, 6);
    DiagnosedGradient result =
        EigenGradient.diagnosed(eigen, InverseGap.powerIteration(19), new double[3], g);
    assertEquals(0, result.smallestRelativeGap());
    assertEquals(Gauge.dependence(eigen, g, Gauge.tieTolerance(3)), result.gaugeDependence());
    assertTrue(result.gaugeDependence() > 1e-3);
  }

  @Test
  void diagnosed_valuesOnly_neededNoCoefficient() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.identity(3));
    DenseMatrix zero = DenseMatrix.wrap(3, 3, new double[9]);
    DiagnosedGradient result =
        EigenGradient.diagnosed(eigen, InverseGap.analytic(), new double[] {1, 2, 3}, zero);
    assertEquals(0, result.largestCoefficient());
    assertEquals(0, result.bound());
    assertEquals(0, result.gaugeDependence());
  }

  @Test
  void diagnosed_orderOneAndZeroMatrix_haveNoOrZeroGap() {
    InverseGap rule = InverseGap.powerIteration(19);
    DiagnosedGradient one =
        EigenGradient.diagnosed(
            SymmetricEigen.decompose(DenseMatrix.identity(1)),
            rule,
            new double[1],
            DenseMatrix.identity(1));
    assertEquals(Double.POSITIVE_INFINITY, one.smallestRelativeGap());
    DiagnosedGradient zero =
        EigenGradient.diagnosed(
            SymmetricEigen.decompose(DenseMatrix.wrap(2, 2, new double[4])),
            rule,
            new double[2],
            gaussian(2, 2, 7));
    assertEquals(0, zero.smallestRelativeGap());
    assertEquals(Double.POSITIVE_INFINITY, zero.bound());
  }
}
