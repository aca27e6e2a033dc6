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
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingularFunctionTest {
  private static final SingularFunction HUBER =
      SingularFunction.of("the arctangent", Math::atan, x -> 1 / (1 + x * x));

  private static final List<SingularFunction> SMOOTH_AT_ZERO =
      List.of(
          SingularFunction.softThreshold(0.7),
          SingularFunction.power(3),
          SingularFunction.power(1),
          SingularFunction.power(2.5),
          HUBER);

  private static final List<SingularFunction> OF_POSITIVE_VALUES =
      List.of(
          SingularFunction.sign(),
          SingularFunction.power(0.5),
          SingularFunction.power(-1),
          SingularFunction.power(-0.3),
          SingularFunction.power(0));

  private static void requireDifferences(SingularFunction function, DenseMatrix a) {
    DenseMatrix s = gaussian(a.rows(), a.columns(), 1);
    SingularFunction.Pass pass = function.forward(a);
    DenseMatrix gradient = pass.backward(s);
    for (int seed = 0; seed < 3; seed++) {
      DenseMatrix direction = gaussian(a.rows(), a.columns(), 10 + seed);
      double expected =
          directional(x -> inner(s, function.forward(x).matrix()), a, direction, 1e-4);
      double tolerance = 1e-7 * gradient.frobeniusNorm() * direction.frobeniusNorm();
      assertEquals(expected, inner(gradient, direction), tolerance, function.toString());
      assertEquals(
          inner(gradient, direction), inner(s, pass.derivative(direction)), 1e-6 * tolerance);
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "8, 5", "5, 8"})
  void backward_tiesAndZeros_agreesWithDifferencesAndIsTheTranspose(int m, int n) {
    for (SingularFunction function : SMOOTH_AT_ZERO) {
      requireDifferences(function, withSingularValues(2, m, n, 2, 2, 1.2, 1.2, 0.5));
      requireDifferences(function, withSingularValues(3, m, n, 2, 1, 1, 0, 0));
    }
    for (SingularFunction function : OF_POSITIVE_VALUES) {
      requireDifferences(function, withSingularValues(4, m, n, 2, 2, 1.2, 1.2, 0.5));
      requireDifferences(function, withSingularValues(5, m, n, 1, 1, 1, 1, 1));
    }
  }

  @Test
  void forward_knownFunctions_areTheirClosedForms() {
    DenseMatrix a = withSingularValues(20, 6, 4, 3, 2, 1, 0.5);
    DenseMatrix gram = a.transpose().times(a);
    assertTrue(
        relativeDifference(a.times(gram), SingularFunction.power(3).forward(a).matrix()) <= 1e-14);
    DenseMatrix inverse = SpectralFunction.power(-1).forward(gram.symmetricPart()).matrix();
    assertTrue(
        relativeDifference(a.times(inverse), SingularFunction.power(-1).forward(a).matrix())
            <= 1e-13);
    assertEquals(
        3.5, inner(a, SingularFunction.sign().forward(a).matrix()) - 3, 1e-14, "nuclear norm 6.5");
    double[] shrunk = SingularFunction.softThreshold(1.5).forward(a).values();
    assertEquals(1.5, shrunk[0], 1e-14);
    assertEquals(0, shrunk[2]);
  }

  /** dA⁺ of a rank-deficient A along matrices of its rank; power(−1) is (A⁺)ᵀ. */
  @Test
  void derivative_pseudoInverseAlongItsRank_isTheClosedForm() {
    DenseMatrix left = gaussian(6, 2, 30);
    DenseMatrix right = gaussian(2, 5, 31);
    DenseMatrix turn = gaussian(6, 2, 32);
    DenseMatrix a = left.times(right);
    DenseMatrix direction = turn.times(right);
    SingularFunction inverse = SingularFunction.power(-1).withZeroTolerance(1e-12);
    DenseMatrix expected =
        inverse
            .forward(left.plusScaled(1e-5, turn).times(right))
            .matrix()
            .minus(inverse.forward(left.plusScaled(-1e-5, turn).times(right)).matrix())
            .times(1 / 2e-5);
    DenseMatrix actual = inverse.forward(a).derivative(direction);
    assertTrue(relativeDifference(expected, actual) <= 1e-7);
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class, () -> inverse.forward(a).derivative(gaussian(6, 5, 33)));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("for singular values 2 and 2"),
        failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e150, 1e-150, 0x1p-600})
  void backward_scaledMatrix_isAsAccurate(double scale) {
    DenseMatrix a = withSingularValues(40, 6, 4, 3, 2, 2, 0.5);
    DenseMatrix s = gaussian(6, 4, 41);
    for (double p : new double[] {0, 0.5, 1, -0.3}) {
      SingularFunction power = SingularFunction.power(p);
      DenseMatrix expected = power.forward(a).backward(s).times(Math.pow(scale, p - 1));
      DenseMatrix actual = power.forward(a.times(scale)).backward(s);
      if (actual.maxAbs() > 0x1p-1000) {
        assertTrue(relativeDifference(expected, actual) <= 1e-12);
      }
    }
    DenseMatrix sign = SingularFunction.sign().forward(a.times(scale)).backward(s).times(scale);
    assertTrue(relativeDifference(SingularFunction.sign().forward(a).backward(s), sign) <= 1e-12);
  }

  @Test
  void backward_throughVectors_isTheSameForDistinctValues() {
    DenseMatrix a = withSingularValues(50, 7, 5, 3, 2.2, 1.7, 1, 0.4);
    DenseMatrix s = gaussian(7, 5, 51);
    SingularValueDecomposition svd = Svd.decompose(a);
    double[] f = HUBER.forward(svd).values();
    DenseMatrix weight = DenseMatrix.diagonal(f);
    DenseMatrix along = svd.leftVectors().transpose().times(s).times(svd.rightVectors());
    double[] c = new double[5];
    Arrays.setAll(c, j -> along.get(j, j) / (1 + svd.value(j) * svd.value(j)));
    DenseMatrix expected =
        SvdGradient.backward(
            svd,
            InverseGap.analytic(),
            s.times(svd.rightVectors()).times(weight),
            c,
            s.transpose().times(svd.leftVectors()).times(weight));
    assertTrue(relativeDifference(expected, HUBER.forward(svd).backward(s)) <= 1e-13);
  }

  @Test
  void badArguments_areRefused() {
    DenseMatrix singular = withSingularValues(60, 4, 4, 2, 1, 1, 0);
    SingularValueDecomposition exact =
        SingularValueDecomposition.of(
            new double[] {2, 1, 1, 0},
            Svd.decompose(singular).leftVectors(),
            Svd.decompose(singular).rightVectors());
    assertRefused("the power -1.0 is not 0 at 0", () -> SingularFunction.power(-1).forward(exact));
    SingularFunction cosine = SingularFunction.of("the cosine", Math::cos, x -> -Math.sin(x));
    assertRefused("the cosine is not 0 at 0", () -> cosine.forward(exact));
    cosine.withZeroTolerance(0).forward(exact);
    assertRefused("threshold must be positive", () -> SingularFunction.softThreshold(0));
    assertRefused("exponent", () -> SingularFunction.power(Double.NaN));
    assertRefused("tolerance", () -> SingularFunction.sign().withZeroTolerance(-1));
    SingularFunction.Pass pass = SingularFunction.power(2).forward(exact);
    assertRefused("cotangent must be 4×4", () -> pass.backward(gaussian(4, 3, 1)));
    assertRefused("direction must be 4×4", () -> pass.derivative(gaussian(4, 3, 1)));
    assertThrows(
        NonFiniteException.class,
        () -> SingularFunction.power(2).forward(DenseMatrix.diagonal(1e200)));
    assertThrows(
        NonFiniteException.class,
        () -> SingularFunction.power(0.5).forward(exact).backward(gaussian(4, 4, 2)));
  }
}
