package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

class EigenTangentTest {
  private static final double[] SPECTRUM = {-0.4, 0.2, 0.5, 0.9, 1.2, 1.7, 2};

  /** Central differences: exact to about 1e-9 with h = 1e-6 and gaps of 0.3. */
  @Test
  void along_analytic_agreesWithDifferences() {
    DenseMatrix m = withSpectrum(1, SPECTRUM);
    double h = 1e-6;
    for (int seed = 0; seed < 10; seed++) {
      DenseMatrix direction = gaussian(7, 7, 10 + seed).symmetricPart();
      EigenTangent tangent =
          EigenTangent.along(SymmetricEigen.decompose(m), InverseGap.analytic(), direction);
      Eigendecomposition ahead = SymmetricEigen.decompose(m.plusScaled(h, direction));
      Eigendecomposition behind = SymmetricEigen.decompose(m.plusScaled(-h, direction));
      for (int j = 0; j < 7; j++) {
        double expected = (ahead.value(j) - behind.value(j)) / (2 * h);
        assertEquals(expected, tangent.values()[j], 1e-8);
      }
      DenseMatrix expected = ahead.vectors().minus(behind.vectors()).times(0.5 / h);
      assertTrue(relativeDifference(expected, tangent.vectors()) <= 1e-7);
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void along_anyRule_isTheTransposeOfTheGradient(InverseGap rule) {
    for (int n : new int[] {1, 2, 7, 33, 70}) {
      double[] values = new double[n];
      for (int j = 0; j < n; j++) {
        values[j] = j - 0.3 * n;
      }
      Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(2, values));
      DenseMatrix direction = gaussian(n, n, 3).symmetricPart();
      double[] c = gaussian(n, 1, 4).toArray();
      DenseMatrix g = gaussian(n, n, 5);
      EigenTangent tangent = EigenTangent.along(eigen, rule, direction);
      double forward =
          inner(DenseMatrix.wrap(n, 1, c), DenseMatrix.wrap(n, 1, tangent.values()))
              + inner(g, tangent.vectors());
      DenseMatrix gradient = EigenGradient.backward(eigen, rule, c, g);
      double size = gradient.frobeniusNorm() * direction.frobeniusNorm();
      assertEquals(inner(gradient, direction), forward, 1e-13 * size);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 7", "2, 5", "6, 7", "3, 3", "30, 37", "69, 70"})
  void along_range_isThoseColumnsOfTheWhole(int first, int end) {
    int n = end <= 7 ? 7 : 70;
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = j - 0.3 * n;
    }
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(12, values));
    DenseMatrix direction = gaussian(n, n, 13).symmetricPart();
    for (InverseGap rule : Samples.rules().toList()) {
      EigenTangent whole = EigenTangent.along(eigen, rule, direction);
      EigenTangent part = EigenTangent.along(eigen, IndexRange.of(first, end), rule, direction);
      assertEquals(n, part.vectors().rows());
      assertEquals(end - first, part.vectors().columns());
      double size = whole.vectors().frobeniusNorm();
      for (int j = first; j < end; j++) {
        assertEquals(whole.values()[j], part.values()[j - first], 1e-13 * n);
        assertArrayEquals(
            whole.vectors().column(j), part.vectors().column(j - first), 1e-14 * size);
      }
    }
  }

  @Test
  void along_tieOutsideTheRange_doesNoHarm() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(1, 1, 2, 3));
    DenseMatrix direction = gaussian(4, 4, 14).symmetricPart();
    EigenTangent tangent =
        EigenTangent.along(eigen, IndexRange.largest(2), InverseGap.analytic(), direction);
    assertEquals(direction.get(0, 3) / 2, tangent.vectors().get(0, 1), 1e-15);
    assertThrows(
        NonFiniteException.class,
        () -> EigenTangent.along(eigen, IndexRange.smallest(2), InverseGap.analytic(), direction));
  }

  @Test
  void along_vectors_stayOrthonormalToFirstOrder() {
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(6, SPECTRUM));
    for (InverseGap rule : Samples.rules().toList()) {
      DenseMatrix dv = EigenTangent.along(eigen, rule, gaussian(7, 7, 7).symmetricPart()).vectors();
      DenseMatrix turning = eigen.vectors().transpose().times(dv);
      assertTrue(turning.plus(turning.transpose()).maxAbs() <= 1e-14 * dv.maxAbs() * 10);
    }
  }

  @Test
  void valuesAlong_isTheValuesOfAlong() {
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(8, SPECTRUM));
    DenseMatrix direction = gaussian(7, 7, 9).symmetricPart();
    assertArrayEquals(
        EigenTangent.along(eigen, InverseGap.analytic(), direction).values(),
        EigenTangent.valuesAlong(eigen, direction),
        1e-14);
    assertEquals(
        0,
        EigenTangent.valuesAlong(SymmetricEigen.decompose(DenseMatrix.identity(0)), none()).length);
  }

  @Test
  void along_tie_isRefusedByTheAnalyticRuleAlone() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.identity(4));
    DenseMatrix direction = gaussian(4, 4, 1).symmetricPart();
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () -> EigenTangent.along(eigen, InverseGap.analytic(), direction));
    assertTrue(String.valueOf(failure.getMessage()).contains("eigenvalues 0 to 3"));
    for (InverseGap rule : Samples.boundedRules().toList()) {
      assertEquals(0, EigenTangent.along(eigen, rule, direction).vectors().maxAbs());
    }
  }

  @Test
  void along_badDirection_isRefused() {
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(1, 1, 2, 3));
    InverseGap rule = InverseGap.analytic();
    assertRefused(
        "direction must be 3×3, got 2×2",
        () -> EigenTangent.along(eigen, rule, DenseMatrix.identity(2)));
    assertRefused("symmetric", () -> EigenTangent.along(eigen, rule, gaussian(3, 3, 1)));
    assertRefused(
        "order 3",
        () -> EigenTangent.along(eigen, IndexRange.largest(4), rule, DenseMatrix.identity(3)));
    assertRefused("symmetric", () -> EigenTangent.valuesAlong(eigen, gaussian(3, 3, 1)));
    assertRefused(
        "direction must be finite",
        () -> EigenTangent.along(eigen, rule, DenseMatrix.diagonal(1, Double.NaN, 1)));
  }

  private static DenseMatrix none() {
    return DenseMatrix.identity(0);
  }
}
