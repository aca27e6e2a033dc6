package eigengrad.grad;

import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VonNeumannEntropyTest {
  private static final double EPSILON = 1e-12;

  /** Of n variables, of which the last repeats the first: one eigenvalue is zero. */
  private static DenseMatrix withARepeatedVariable(int n) {
    double[] x = gaussian(n, 3 * n, 1).toArray();
    for (int s = 0; s < 3 * n; s++) {
      x[n - 1 + s * n] = x[s * n];
    }
    DenseMatrix data = DenseMatrix.wrap(n, 3 * n, x);
    DenseMatrix gram = data.times(data.transpose());
    double[] r = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        r[i + j * n] = gram.get(i, j) / Math.sqrt(gram.get(i, i) * gram.get(j, j));
      }
    }
    return DenseMatrix.wrap(n, n, r).symmetricPart();
  }

  private static double entropy(DenseMatrix r, double epsilon) {
    return VonNeumannEntropy.of(r, epsilon).value();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16})
  void of_uncorrelatedAndIdenticalVariables_areTheExtremes(int n) {
    assertEquals(Math.log(n), entropy(DenseMatrix.identity(n), EPSILON), 2 * n * EPSILON);
    double[] ones = new double[n * n];
    Arrays.fill(ones, 1);
    VonNeumannEntropy identical = VonNeumannEntropy.of(DenseMatrix.wrap(n, n, ones), EPSILON);
    assertEquals(0, identical.value(), 1e-11);
    // At most −log ε in ρ.
    assertTrue(identical.gradient().maxAbs() <= -2 * Math.log(EPSILON) / n);
  }

  @Test
  void of_twoVariables_isTheClosedForm() {
    double c = 0.6;
    double p = 0.5 * (1 + c);
    double expected = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    VonNeumannEntropy actual =
        VonNeumannEntropy.of(DenseMatrix.ofRows(new double[][] {{1, c}, {c, 1}}), EPSILON);
    assertEquals(expected, actual.value(), 1e-11);
    // dS/dc = ½ log((1 − c)/(1 + c)), shared by two elements of R.
    assertEquals(0.25 * Math.log((1 - c) / (1 + c)), actual.gradient().get(0, 1), 1e-11);
  }

  @Test
  void gradient_atAZeroEigenvalue_agreesWithDifferences() {
    DenseMatrix r = withARepeatedVariable(6);
    double epsilon = 0.01;
    DenseMatrix gradient = VonNeumannEntropy.of(r, epsilon).gradient();
    for (int seed = 0; seed < 5; seed++) {
      DenseMatrix e = gaussian(6, 6, 10 + seed).symmetricPart();
      double expected = directional(x -> entropy(x, epsilon), r, e, 1e-5);
      assertEquals(expected, inner(gradient, e), 1e-7 * gradient.frobeniusNorm());
    }
  }

  @Test
  void gradient_closedForm_holdsWhereTheEntropyIsSteepest() {
    DenseMatrix r = withARepeatedVariable(9);
    double epsilon = 1e-6;
    VonNeumannEntropy actual = VonNeumannEntropy.of(r, epsilon);
    DenseMatrix rho = r.times(1.0 / 9);
    DenseMatrix log = SpectralFunction.logarithm().withRidge(epsilon).forward(rho).matrix();
    DenseMatrix inverse = SpectralFunction.power(-1).withRidge(epsilon).forward(rho).matrix();
    DenseMatrix expected = log.plus(rho.times(inverse)).times(-1.0 / 9);
    assertEquals(-inner(rho, log), actual.value(), 1e-13);
    // ρ(ρ + ε)⁻¹ loses u/ε.
    assertTrue(relativeDifference(expected, actual.gradient()) <= 1e-9);
  }
}
