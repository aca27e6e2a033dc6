package eigengrad.props;

import static eigengrad.props.Differences.directional;
import static eigengrad.props.Differences.inner;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Functions of a matrix on spectra with ties, near ties and gaps, all at once. */
@AddLifecycleHook(ChosenSeed.class)
class SpectralFunctionProperties {

  static List<SpectralFunction> functions() {
    return List.of(
        SpectralFunction.squareRoot(),
        SpectralFunction.inverseSquareRoot(),
        SpectralFunction.logarithm(),
        SpectralFunction.exponential(),
        SpectralFunction.power(1.6),
        SpectralFunction.inverseRoot(4, 0.01),
        SpectralFunction.of("the sine", Math::sin, Math::cos));
  }

  @Provide
  Arbitrary<SpectralFunction> anyFunction() {
    return Arbitraries.of(functions());
  }

  /** Between 0.3 and 1. */
  @Provide
  Arbitrary<double[]> positive() {
    return Spectra.hostile(1, 8).map(SpectralFunctionProperties::intoPositive);
  }

  private static double[] intoPositive(double[] values) {
    double[] positive = values.clone();
    for (int j = 0; j < positive.length; j++) {
      positive[j] = 0.65 + 0.35 * positive[j];
    }
    return positive;
  }

  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  @Property(tries = 300)
  void backward_anyTies_agreesWithDifferences(
      @ForAll("anyFunction") SpectralFunction f,
      @ForAll("positive") double[] values,
      @ForAll("seeds") long seed) {
    int n = values.length;
    DenseMatrix a = SymmetricMatrices.withSpectrum(values, seed);
    DenseMatrix g = SymmetricMatrices.gaussian(n, n, seed + 1);
    DenseMatrix e = SymmetricMatrices.gaussian(n, n, seed + 2).symmetricPart();
    DenseMatrix gradient = f.forward(a).backward(g);
    double expected = directional(x -> inner(f.forward(x).matrix(), g), a, e, 1e-4);
    double size = gradient.frobeniusNorm() * e.frobeniusNorm();
    assertEquals(expected, inner(gradient, e), 1e-7 * size);
  }

  @Property
  void derivative_anyTies_isItsOwnAdjoint(
      @ForAll("anyFunction") SpectralFunction f,
      @ForAll("positive") double[] values,
      @ForAll("seeds") long seed) {
    int n = values.length;
    SpectralFunction.Pass pass = f.forward(SymmetricMatrices.withSpectrum(values, seed));
    DenseMatrix g = SymmetricMatrices.gaussian(n, n, seed + 1);
    DenseMatrix e = SymmetricMatrices.gaussian(n, n, seed + 2).symmetricPart();
    DenseMatrix gradient = pass.backward(g);
    double size = gradient.frobeniusNorm() * e.frobeniusNorm();
    assertEquals(inner(g, pass.derivative(e)), inner(gradient, e), Limit.ADJOINT.value() * size);
  }

  /** From R² = A: dR·R + R·dR = dA. */
  @Property
  void squareRoot_anyTies_solvesItsLyapunovEquation(
      @ForAll("positive") double[] values, @ForAll("seeds") long seed) {
    int n = values.length;
    SpectralFunction.Pass root =
        SpectralFunction.squareRoot().forward(SymmetricMatrices.withSpectrum(values, seed));
    DenseMatrix e = SymmetricMatrices.gaussian(n, n, seed + 1).symmetricPart();
    DenseMatrix half = root.derivative(e).times(root.matrix());
    double difference = half.plus(half.transpose()).minus(e).frobeniusNorm();
    assertTrue(difference <= Limit.FUNCTION.value() * e.frobeniusNorm());
  }
}
