package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSingularValues;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.PolarDecomposition;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolarGradientTest {
  private static PolarDecomposition polar(DenseMatrix a) {
    return PolarDecomposition.of(Svd.decompose(a));
  }

  private static void requireDifferences(DenseMatrix a) {
    int m = a.rows();
    int n = a.columns();
    DenseMatrix g = gaussian(m, n, 1);
    DenseMatrix h = gaussian(n, n, 2);
    SingularValueDecomposition svd = Svd.decompose(a);
    DenseMatrix gradient = PolarGradient.backward(svd, g, h);
    DenseMatrix ofQ = PolarGradient.backwardOrthogonal(svd, g);
    DenseMatrix ofH = PolarGradient.backwardSymmetric(svd, h);
    assertTrue(relativeDifference(gradient, ofQ.plus(ofH)) <= 1e-15);
    for (int seed = 0; seed < 4; seed++) {
      DenseMatrix e = gaussian(m, n, 10 + seed);
      double forQ = directional(x -> inner(g, polar(x).orthogonalFactor()), a, e, 1e-4);
      double forH = directional(x -> inner(h, polar(x).symmetricFactor()), a, e, 1e-4);
      double tolerance = 1e-7 * gradient.frobeniusNorm() * e.frobeniusNorm();
      assertEquals(forQ, inner(ofQ, e), tolerance);
      assertEquals(forH, inner(ofH, e), tolerance);
      PolarTangent tangent = PolarTangent.along(svd, e);
      assertEquals(inner(ofQ, e), inner(g, tangent.orthogonal()), 1e-6 * tolerance);
      assertEquals(inner(ofH, e), inner(h, tangent.symmetric()), 1e-6 * tolerance);
      assertEquals(tangent.symmetric(), tangent.symmetric().transpose());
      DenseMatrix product =
          tangent
              .orthogonal()
              .times(polar(a).symmetricFactor())
              .plus(polar(a).orthogonalFactor().times(tangent.symmetric()));
      assertTrue(relativeDifference(e, product) <= 1e-13, "dA = dQ H + Q dH");
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "7, 4", "4, 7"})
  void backward_tiesOfAnyKind_agreesWithDifferences(int m, int n) {
    requireDifferences(withSingularValues(3, m, n, 2, 1.5, 1, 0.5));
    requireDifferences(withSingularValues(4, m, n, 2, 2, 1, 1));
    requireDifferences(withSingularValues(5, m, n, 1, 1, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 0", "0, 3"})
  void along_emptyMatrix_isEmptyOrZero(int m, int n) {
    DenseMatrix empty = DenseMatrix.wrap(m, n, new double[0]);
    PolarTangent tangent = PolarTangent.along(Svd.decompose(empty), empty);
    assertEquals(empty, tangent.orthogonal());
    assertEquals(DenseMatrix.wrap(n, n, new double[n * n]), tangent.symmetric());
  }

  @Test
  void backward_identity_isTheSkewPartHalved() {
    DenseMatrix g = gaussian(5, 5, 20);
    SingularValueDecomposition svd = Svd.decompose(DenseMatrix.identity(5).times(2));
    DenseMatrix skew = g.minus(g.transpose()).times(0.25);
    assertTrue(relativeDifference(skew, PolarGradient.backwardOrthogonal(svd, g)) <= 1e-15);
    DenseMatrix actual = PolarGradient.backwardSymmetric(svd, g);
    assertTrue(relativeDifference(g.symmetricPart(), actual) <= 1e-15);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void backwardRotation_eitherOrientation_agreesWithDifferences(int sign) {
    DenseMatrix a = withSingularValues(30, 3, 3, 2, 2, 0.7);
    double[] elements = a.toArray();
    boolean reflection =
        PolarDecomposition.of(Svd.decompose(a))
                .orthogonalFactor()
                .minus(PolarDecomposition.nearestRotation(Svd.decompose(a)).orthogonalFactor())
                .maxAbs()
            > 0.1;
    if (reflection == (sign > 0)) {
      for (int j = 0; j < 3; j++) {
        elements[3 * j] = -elements[3 * j];
      }
    }
    DenseMatrix oriented = DenseMatrix.wrap(3, 3, elements);
    SingularValueDecomposition svd = Svd.decompose(oriented);
    DenseMatrix g = gaussian(3, 3, 31);
    DenseMatrix gradient = PolarGradient.backwardRotation(svd, g);
    for (int seed = 0; seed < 4; seed++) {
      DenseMatrix e = gaussian(3, 3, 40 + seed);
      double expected =
          directional(
              x ->
                  inner(g, PolarDecomposition.nearestRotation(Svd.decompose(x)).orthogonalFactor()),
              oriented,
              e,
              1e-4);
      assertEquals(expected, inner(gradient, e), 1e-7 * gradient.frobeniusNorm());
      PolarTangent tangent = PolarTangent.alongRotation(svd, e);
      assertEquals(expected, inner(g, tangent.orthogonal()), 1e-7 * gradient.frobeniusNorm());
      PolarDecomposition nearest = PolarDecomposition.nearestRotation(svd);
      DenseMatrix product =
          tangent
              .orthogonal()
              .times(nearest.symmetricFactor())
              .plus(nearest.orthogonalFactor().times(tangent.symmetric()));
      assertTrue(relativeDifference(e, product) <= 1e-14);
    }
  }

  /** The rotation is smooth through det A = 0, where one singular value vanishes. */
  @Test
  void backwardRotation_singularMatrix_agreesWithDifferences() {
    DenseMatrix a = withSingularValues(33, 3, 3, 2, 1, 0);
    DenseMatrix g = gaussian(3, 3, 31);
    DenseMatrix gradient = PolarGradient.backwardRotation(Svd.decompose(a), g);
    DenseMatrix e = gaussian(3, 3, 34);
    double expected =
        directional(
            x -> inner(g, PolarDecomposition.nearestRotation(Svd.decompose(x)).orthogonalFactor()),
            a,
            e,
            1e-4);
    assertEquals(expected, inner(gradient, e), 1e-7 * gradient.frobeniusNorm());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e150, 1e-150})
  void backward_scaledMatrix_isTheGradientScaled(double scale) {
    DenseMatrix a = withSingularValues(50, 6, 4, 3, 2, 2, 0.5);
    DenseMatrix g = gaussian(6, 4, 51);
    DenseMatrix h = gaussian(4, 4, 52);
    SingularValueDecomposition svd = Svd.decompose(a);
    SingularValueDecomposition scaled = Svd.decompose(a.times(scale));
    assertTrue(
        relativeDifference(
                PolarGradient.backwardOrthogonal(svd, g),
                PolarGradient.backwardOrthogonal(scaled, g).times(scale))
            <= 1e-13);
    assertTrue(
        relativeDifference(
                PolarGradient.backwardSymmetric(svd, h), PolarGradient.backwardSymmetric(scaled, h))
            <= 1e-13);
  }

  @Test
  void rankDeficiency_isRefusedWhereThereIsNoDerivative() {
    DenseMatrix g = gaussian(4, 4, 60);
    SingularValueDecomposition one = Svd.decompose(withSingularValues(61, 4, 4, 2, 1, 1, 0));
    PolarGradient.backwardOrthogonal(one, g);
    assertNoDerivative("sum to 0", () -> PolarGradient.backwardSymmetric(one, g));
    SingularValueDecomposition two = Svd.decompose(withSingularValues(61, 4, 4, 2, 1, 0, 0));
    assertNoDerivative(
        "the orthogonal polar factor for singular values 2 and 3",
        () -> PolarGradient.backwardOrthogonal(two, g));
    for (int[] shape : new int[][] {{6, 4}, {4, 6}}) {
      DenseMatrix a = withSingularValues(62, shape[0], shape[1], 2, 1, 1, 0);
      SingularValueDecomposition svd = Svd.decompose(a);
      DenseMatrix e = gaussian(shape[0], shape[1], 63);
      assertNoDerivative("singular values 3 and 3", () -> PolarTangent.along(svd, e));
      assertNoDerivative(
          "singular values 3 and 3",
          () -> PolarGradient.backwardSymmetric(svd, gaussian(shape[1], shape[1], 64)));
    }
    double[] ones = {1, 1, 1};
    SingularValueDecomposition reflection =
        SingularValueDecomposition.of(
            ones, DenseMatrix.identity(3), DenseMatrix.diagonal(1, 1, -1));
    assertNoDerivative(
        "singular values 0 and 2",
        () -> PolarGradient.backwardRotation(reflection, gaussian(3, 3, 65)));
  }

  private static void assertNoDerivative(String detail, Runnable call) {
    NonFiniteException failure = assertThrows(NonFiniteException.class, call::run);
    assertTrue(String.valueOf(failure.getMessage()).contains(detail), failure.getMessage());
  }

  @Test
  void badArguments_areRefused() {
    SingularValueDecomposition svd = Svd.decompose(withSingularValues(70, 4, 3, 3, 2, 1));
    DenseMatrix g = gaussian(4, 3, 71);
    assertRefused(
        "orthogonal factor must be 4×3", () -> PolarGradient.backward(svd, g.transpose(), g));
    assertRefused("symmetric factor must be 3×3", () -> PolarGradient.backward(svd, g, g));
    assertRefused("square", () -> PolarGradient.backwardRotation(svd, g));
    assertRefused("direction must be 4×3", () -> PolarTangent.along(svd, g.transpose()));
  }
}
