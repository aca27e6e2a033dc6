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

class ProjectorGradientTest {

  private static void requireDifferences(DenseMatrix m, IndexRange kept, double tolerance) {
    int n = m.rows();
    DenseMatrix s = gaussian(n, n, 1);
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    DenseMatrix gradient = ProjectorGradient.backward(eigen, kept, InverseGap.analytic(), s);
    assertEquals(gradient, gradient.transpose());
    for (int seed = 0; seed < 6; seed++) {
      DenseMatrix direction = gaussian(n, n, 10 + seed).symmetricPart();
      double expected =
          directional(
              x -> inner(s, ProjectorGradient.projector(SymmetricEigen.decompose(x), kept)),
              m,
              direction,
              1e-4);
      assertEquals(
          expected,
          inner(gradient, direction),
          tolerance * gradient.frobeniusNorm() * direction.frobeniusNorm());
    }
  }

  @Test
  void backward_distinctValues_agreesWithDifferences() {
    DenseMatrix m = withSpectrum(2, 0.2, 0.5, 0.9, 1.2, 1.7, 2);
    requireDifferences(m, IndexRange.largest(1), 1e-7);
    requireDifferences(m, IndexRange.largest(3), 1e-7);
    requireDifferences(m, IndexRange.smallest(2), 1e-7);
    requireDifferences(m, IndexRange.of(2, 4), 1e-7);
  }

  @Test
  void backward_tiesInsideEitherBlock_agreesWithDifferences() {
    requireDifferences(withSpectrum(3, 0.5, 0.5, 0.5, 1.2, 2, 2), IndexRange.largest(3), 1e-7);
    requireDifferences(withSpectrum(4, 0.5, 0.5, 0.5, 2, 2, 2), IndexRange.largest(3), 1e-7);
    requireDifferences(DenseMatrix.diagonal(2, 1, 1, 2, 2), IndexRange.largest(3), 1e-7);
  }

  @Test
  void backward_distinctValues_isTheRouteThroughTheVectors() {
    for (int n : new int[] {5, 33, 70}) {
      double[] values = new double[n];
      for (int j = 0; j < n; j++) {
        values[j] = 1 + j;
      }
      Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(5, values));
      DenseMatrix s = gaussian(n, n, 6);
      for (int k : new int[] {1, 3, n - 1}) {
        IndexRange kept = IndexRange.largest(k);
        double[] u = new double[n * k];
        System.arraycopy(eigen.vectors().columnMajor(), n * (n - k), u, 0, n * k);
        DenseMatrix g = s.symmetricPart().times(2).times(DenseMatrix.wrap(n, k, u));
        DenseMatrix expected = EigenGradient.backwardVectors(eigen, kept, InverseGap.analytic(), g);
        DenseMatrix actual = ProjectorGradient.backward(eigen, kept, InverseGap.analytic(), s);
        assertTrue(relativeDifference(expected, actual) <= 1e-12);
      }
    }
  }

  @Test
  void backward_everythingOrNothingKept_isZero() {
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(7, 1, 1, 2, 3));
    for (int k : new int[] {0, 4}) {
      DenseMatrix gradient =
          ProjectorGradient.backward(
              eigen, IndexRange.largest(k), InverseGap.analytic(), gaussian(4, 4, 8));
      assertEquals(0, gradient.maxAbs());
    }
  }

  @Test
  void backward_tieAcrossTheEdge_isRefusedByTheAnalyticRuleAlone() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(1, 2, 2, 3));
    IndexRange kept = IndexRange.largest(2);
    DenseMatrix s = gaussian(4, 4, 9);
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () -> ProjectorGradient.backward(eigen, kept, InverseGap.analytic(), s));
    assertTrue(String.valueOf(failure.getMessage()).contains("1 and 2, 2.0 and 2.0"));
    for (InverseGap rule : Samples.boundedRules().toList()) {
      double size = ProjectorGradient.backward(eigen, kept, rule, s).frobeniusNorm();
      assertTrue(size > 0 && Double.isFinite(size));
    }
  }

  @Test
  void projector_isASymmetricProjectorOntoTheVectors() {
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(10, 1, 2, 3, 4, 5));
    DenseMatrix p = ProjectorGradient.projector(eigen, IndexRange.of(1, 4));
    assertEquals(p, p.transpose());
    assertTrue(relativeDifference(p, p.times(p)) <= 1e-14);
    DenseMatrix image = p.times(eigen.vectors());
    DenseMatrix expected = eigen.vectors().times(DenseMatrix.diagonal(0, 1, 1, 1, 0));
    assertTrue(relativeDifference(expected, image) <= 1e-14);
  }

  @Test
  void badArguments_areRefused() {
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(11, 1, 2, 3));
    InverseGap rule = InverseGap.analytic();
    assertRefused("order 3", () -> ProjectorGradient.projector(eigen, IndexRange.largest(4)));
    assertRefused(
        "projectorCotangent must be 3×3",
        () ->
            ProjectorGradient.backward(
                eigen, IndexRange.largest(1), rule, DenseMatrix.identity(2)));
  }
}
