package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
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
import eigengrad.linalg.SymmetricEigen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralFunctionTest {

  static List<SpectralFunction> functions() {
    return List.of(
        SpectralFunction.squareRoot(),
        SpectralFunction.inverseSquareRoot(),
        SpectralFunction.logarithm(),
        SpectralFunction.exponential(),
        SpectralFunction.power(0.7),
        SpectralFunction.power(-1.3),
        SpectralFunction.inverseRoot(4, 0.01),
        SpectralFunction.of(
            "x log(x + 0.1)", x -> x * Math.log(x + 0.1), x -> Math.log(x + 0.1) + x / (x + 0.1)));
  }

  private static final double[][] SPECTRA = {
    {0.2, 0.5, 0.9, 1.2, 1.7, 2},
    {1, 1, 1, 1, 1, 1},
    {0.4, 0.4, 0.4, 1, 2, 2},
    {1, 1 + 1e-15, 1 + 1e-12, 1 + 1e-8, 1 + 1e-4, 1.5}
  };

  private static void assertAgreesWithDifferences(
      SpectralFunction f, DenseMatrix a, DenseMatrix g, DenseMatrix gradient) {
    assertTrue(worstError(f, a, g, gradient) <= 1e-7, f + " on " + a);
  }

  /** Of the directional derivatives against differences, relative to the gradient. */
  private static double worstError(
      SpectralFunction f, DenseMatrix a, DenseMatrix g, DenseMatrix gradient) {
    double worst = 0;
    for (int seed = 0; seed < 5; seed++) {
      DenseMatrix e = gaussian(a.rows(), a.rows(), 60 + seed).symmetricPart();
      double expected = directional(x -> inner(f.forward(x).matrix(), g), a, e, 1e-4);
      worst = Math.max(worst, Math.abs(expected - inner(gradient, e)) / gradient.frobeniusNorm());
    }
    return worst;
  }

  @ParameterizedTest
  @MethodSource("functions")
  void backward_distinctTiedAndCloseEigenvalues_agreesWithDifferences(SpectralFunction f) {
    DenseMatrix g = gaussian(6, 6, 1);
    for (double[] spectrum : SPECTRA) {
      DenseMatrix a = withSpectrum(2, spectrum);
      assertAgreesWithDifferences(f, a, g, f.forward(a).backward(g));
    }
    DenseMatrix identity = DenseMatrix.identity(6);
    assertAgreesWithDifferences(f, identity, g, f.forward(identity).backward(g));
  }

  /** The gradient of A^(−1/2) through its eigenvalues and eigenvectors. */
  private static DenseMatrix throughEigenvectors(DenseMatrix a, DenseMatrix g, InverseGap rule) {
    Eigendecomposition eigen = SymmetricEigen.decompose(a);
    DenseMatrix v = eigen.vectors();
    DenseMatrix image = g.symmetricPart().times(v);
    double[] values = eigen.values();
    double[] inverseRoots = new double[values.length];
    double[] valueCotangent = new double[values.length];
    for (int j = 0; j < values.length; j++) {
      inverseRoots[j] = 1 / Math.sqrt(values[j]);
      double along = v.transpose().times(image).get(j, j);
      valueCotangent[j] = -0.5 * along * inverseRoots[j] / values[j];
    }
    DenseMatrix vectorCotangent = image.times(DenseMatrix.diagonal(inverseRoots)).times(2);
    return EigenGradient.backward(eigen, rule, valueCotangent, vectorCotangent);
  }

  /** "Masked" is what a rule does that gives a tie 0 and is exact elsewhere. */
  @Test
  void backward_routesThroughEigenvectors_failThatTestAtTies() {
    SpectralFunction f = SpectralFunction.inverseSquareRoot();
    DenseMatrix g = gaussian(6, 6, 1);
    DenseMatrix apart = withSpectrum(2, SPECTRA[0]);
    InverseGap masked = InverseGap.clipped(1e12);
    for (InverseGap rule :
        List.of(
            masked,
            InverseGap.lorentzian(1e-6),
            InverseGap.powerIteration(2000),
            InverseGap.pade(2000))) {
      assertAgreesWithDifferences(f, apart, g, throughEigenvectors(apart, g, rule));
      for (DenseMatrix tied :
          List.of(
              DenseMatrix.identity(6),
              withSpectrum(2, SPECTRA[1]),
              withSpectrum(2, SPECTRA[2]),
              DenseMatrix.diagonal(SPECTRA[2]))) {
        double error = worstError(f, tied, g, throughEigenvectors(tied, g, rule));
        assertTrue(error > 0.01, rule + " is off by only " + error);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void derivative_andBackward_areTransposesOfEachOther(SpectralFunction f) {
    for (double[] spectrum : SPECTRA) {
      DenseMatrix a = withSpectrum(3, spectrum);
      SpectralFunction.Pass pass = f.forward(a);
      for (int seed = 0; seed < 3; seed++) {
        DenseMatrix g = gaussian(6, 6, 10 + seed);
        DenseMatrix e = gaussian(6, 6, 20 + seed).symmetricPart();
        DenseMatrix gradient = pass.backward(g);
        double scale = gradient.frobeniusNorm() * e.frobeniusNorm();
        assertEquals(inner(g, pass.derivative(e)), inner(gradient, e), 1e-13 * scale);
        assertEquals(gradient, gradient.transpose());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 9, 17, 40})
  void forward_inverseFunctions_undoEachOther(int n) {
    DenseMatrix a = positive(n);
    DenseMatrix root = SpectralFunction.squareRoot().forward(a).matrix();
    assertClose(a, root.times(root));
    DenseMatrix log = SpectralFunction.logarithm().forward(a).matrix();
    assertClose(a, SpectralFunction.exponential().forward(log).matrix());
    DenseMatrix inverseRoot = SpectralFunction.inverseSquareRoot().forward(a).matrix();
    assertClose(DenseMatrix.identity(n), inverseRoot.times(a).times(inverseRoot));
    DenseMatrix fourth = SpectralFunction.inverseRoot(4, 0.5).forward(a).matrix();
    DenseMatrix square = fourth.times(fourth);
    DenseMatrix ridged = a.plusScaled(0.5, DenseMatrix.identity(n));
    assertClose(DenseMatrix.identity(n), square.times(square).times(ridged));
    assertClose(root, SpectralFunction.power(0.5).forward(a).matrix());
    assertClose(inverseRoot, SpectralFunction.inverseRoot(2, 0).forward(a).matrix());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 9, 17, 40, 150})
  void derivative_closedForms_agree(int n) {
    DenseMatrix a = positive(n);
    DenseMatrix e = gaussian(n, n, 31).symmetricPart();
    DenseMatrix square = SpectralFunction.power(2).forward(a).derivative(e);
    assertClose(a.times(e).plus(e.times(a)), square);
    SpectralFunction.Pass inversion = SpectralFunction.power(-1).forward(a);
    DenseMatrix inverse = inversion.matrix();
    assertClose(inverse.times(e).times(inverse).times(-1), inversion.derivative(e));
    SpectralFunction.Pass rooting = SpectralFunction.squareRoot().forward(a);
    DenseMatrix dRoot = rooting.derivative(e);
    assertClose(e, dRoot.times(rooting.matrix()).plus(rooting.matrix().times(dRoot)));
    // d tr f(A) = ⟨f′(A), dA⟩.
    DenseMatrix traceGradient =
        SpectralFunction.logarithm().forward(a).backward(DenseMatrix.identity(n));
    assertClose(inverse, traceGradient);
  }

  private static DenseMatrix positive(int n) {
    DenseMatrix x = gaussian(n, n + 5, 30 + n);
    DenseMatrix gram = x.times(x.transpose()).symmetricPart();
    return gram.plusScaled(1, DenseMatrix.identity(n)).times(0.1);
  }

  private static void assertClose(DenseMatrix expected, DenseMatrix actual) {
    double difference = relativeDifference(expected, actual);
    assertTrue(difference <= 1e-12, "differ by " + difference);
  }

  @Test
  void trace_logarithm_isTheLogarithmOfTheDeterminant() {
    DenseMatrix a = DenseMatrix.ofRows(new double[][] {{3, 1}, {1, 2}});
    assertEquals(Math.log(5), SpectralFunction.logarithm().forward(a).trace(), 1e-14);
  }

  @Test
  void backward_rankDeficientWithRidge_isExactAndBounded() {
    DenseMatrix x = gaussian(6, 2, 40);
    DenseMatrix a = x.times(x.transpose()).symmetricPart();
    DenseMatrix g = gaussian(6, 6, 41);
    double ridge = 0.05;
    SpectralFunction f = SpectralFunction.inverseRoot(2, ridge);
    DenseMatrix gradient = f.forward(a).backward(g);
    assertAgreesWithDifferences(f, a, g, gradient);
    double bound = 0.5 * Math.pow(ridge, -1.5) * g.symmetricPart().frobeniusNorm();
    assertTrue(gradient.frobeniusNorm() <= bound * (1 + 1e-12));
    // All of G in the null space reaches it.
    DenseMatrix zero = DenseMatrix.wrap(6, 6, new double[36]);
    assertEquals(bound, f.forward(zero).backward(g).frobeniusNorm(), 1e-12 * bound);
  }

  @ParameterizedTest
  @ValueSource(ints = {-40, 40})
  void backward_scaledMatrix_scalesAsThePower(int exponent) {
    double c = Math.scalb(1.0, exponent);
    DenseMatrix a = withSpectrum(5, SPECTRA[2]);
    DenseMatrix g = gaussian(6, 6, 50);
    for (double p : new double[] {0.5, -0.5, -0.25, 1.6}) {
      SpectralFunction f = SpectralFunction.power(p);
      SpectralFunction.Pass pass = f.forward(a);
      SpectralFunction.Pass scaled = f.forward(a.times(c));
      assertClose(pass.matrix().times(Math.pow(c, p)), scaled.matrix());
      assertClose(pass.backward(g).times(Math.pow(c, p - 1)), scaled.backward(g));
    }
    SpectralFunction log = SpectralFunction.logarithm();
    assertClose(log.forward(a).backward(g), log.forward(a.times(c)).backward(g).times(c));
    DenseMatrix shift = DenseMatrix.identity(6).times(Math.log(c));
    assertClose(log.forward(a).matrix().plus(shift), log.forward(a.times(c)).matrix());
  }

  @Test
  void forward_givenDecomposition_isThatOfTheMatrix() {
    DenseMatrix a = withSpectrum(6, SPECTRA[0]);
    DenseMatrix g = gaussian(6, 6, 51);
    Eigendecomposition eigen = SymmetricEigen.decompose(a);
    for (SpectralFunction f : functions()) {
      assertEquals(f.forward(a).matrix(), f.forward(eigen).matrix());
      assertEquals(f.forward(a).backward(g), f.forward(eigen).backward(g));
    }
  }

  @Test
  void backward_rotationInsideARepeatedEigenvalue_changesNothing() {
    double[] values = {0.5, 0.5, 3};
    double c = Math.cos(0.7);
    double s = Math.sin(0.7);
    DenseMatrix rotated = DenseMatrix.of(3, 3, c, s, 0, s, -c, 0, 0, 0, -1);
    DenseMatrix g = gaussian(3, 3, 52);
    for (SpectralFunction f : functions()) {
      DenseMatrix one =
          f.forward(Eigendecomposition.of(values, DenseMatrix.identity(3))).backward(g);
      assertClose(one, f.forward(Eigendecomposition.of(values, rotated)).backward(g));
    }
  }

  @Test
  void everything_emptyMatrix_isEmpty() {
    DenseMatrix empty = DenseMatrix.wrap(0, 0, new double[0]);
    SpectralFunction.Pass pass = SpectralFunction.logarithm().forward(empty);
    assertEquals(empty, pass.matrix());
    assertEquals(empty, pass.backward(empty));
    assertArrayEquals(new double[0], pass.derivative(empty).columnMajor());
  }

  @Test
  void forward_eigenvalueOutsideTheDomain_isNamedWithARemedy() {
    DenseMatrix indefinite = DenseMatrix.diagonal(3, -2, 5);
    for (SpectralFunction f : functions().subList(0, 3)) {
      assertRefused("eigenvalue 0 is -2.0: add a ridge", () -> f.forward(indefinite));
      assertRefused("withRidge(4.0)", () -> f.forward(indefinite));
      f.withRidge(4).forward(indefinite);
    }
    assertRefused(
        "the power -0.25 needs positive eigenvalues",
        () -> SpectralFunction.inverseRoot(4, 0).forward(DenseMatrix.diagonal(0, 1)));
    assertRefused(
        "withRidge(1.0E-10)",
        () -> SpectralFunction.logarithm().forward(DenseMatrix.diagonal(0, 1)));
    assertRefused(
        "and the ridge only 1.0",
        () -> SpectralFunction.squareRoot().withRidge(1).forward(indefinite));
    assertRefused(
        "withRidge(1.0E-10)",
        () -> SpectralFunction.squareRoot().forward(DenseMatrix.diagonal(0, 0)));
    assertRefused(
        "the power -1.0 needs eigenvalues other than 0, but eigenvalue 1 is 0.0: add a ridge, such"
            + " as withRidge(3.0E-10)",
        () -> SpectralFunction.power(-1).forward(DenseMatrix.diagonal(-3, 0, 1)));
  }

  @Test
  void anything_notFinite_isReported() {
    DenseMatrix large = DenseMatrix.diagonal(1, 800);
    NonFiniteException failure =
        assertThrows(NonFiniteException.class, () -> SpectralFunction.exponential().forward(large));
    assertTrue(String.valueOf(failure.getMessage()).contains("eigenvalue 1, 800.0, is Infinity"));
    SpectralFunction cusp = SpectralFunction.of("cusp", Math::sqrt, x -> 0.5 / Math.sqrt(x));
    SpectralFunction.Pass pass = cusp.forward(DenseMatrix.diagonal(0, 1));
    DenseMatrix g = DenseMatrix.identity(2);
    failure = assertThrows(NonFiniteException.class, () -> pass.backward(g));
    assertTrue(String.valueOf(failure.getMessage()).contains("between eigenvalues 0 and 0"));
    SpectralFunction.Pass fine = cusp.forward(g);
    DenseMatrix huge = g.times(Double.MAX_VALUE);
    SpectralFunction.Pass steep = SpectralFunction.power(2).forward(g.times(4));
    assertThrows(NonFiniteException.class, () -> steep.backward(huge));
    assertEquals(Double.MAX_VALUE / 2, fine.backward(huge).maxAbs(), Double.MAX_VALUE * 1e-14);
  }

  @Test
  void anything_badArguments_areRefusedByName() {
    assertRefused("exponent", () -> SpectralFunction.power(Double.NaN));
    assertRefused("root p must be ≥ 1, got 0", () -> SpectralFunction.inverseRoot(0, 1));
    assertRefused("ridge", () -> SpectralFunction.inverseRoot(4, -1));
    assertRefused("ridge", () -> SpectralFunction.logarithm().withRidge(Double.NaN));
    SpectralFunction f = SpectralFunction.exponential();
    assertRefused("symmetric", () -> f.forward(DenseMatrix.of(2, 2, 1, 2, 3, 4)));
    SpectralFunction.Pass pass = f.forward(DenseMatrix.identity(2));
    assertRefused("cotangent must be 2×2", () -> pass.backward(DenseMatrix.identity(3)));
    assertRefused("symmetric", () -> pass.derivative(DenseMatrix.of(2, 2, 1, 2, 3, 4)));
    assertRefused("NaN", () -> pass.derivative(DenseMatrix.identity(2).times(Double.NaN)));
  }

  @Test
  void toString_anyFunction_namesItAndItsRidge() {
    assertEquals("the square root", SpectralFunction.squareRoot().toString());
    assertEquals("the inverse square root", SpectralFunction.inverseSquareRoot().toString());
    assertEquals("the logarithm", SpectralFunction.logarithm().toString());
    assertEquals("the exponential", SpectralFunction.exponential().toString());
    assertEquals("the power 3.0 with ridge 0.5", SpectralFunction.power(3).withRidge(0.5) + "");
    assertEquals("f", SpectralFunction.of("f", Math::sin, Math::cos).toString());
  }
}
