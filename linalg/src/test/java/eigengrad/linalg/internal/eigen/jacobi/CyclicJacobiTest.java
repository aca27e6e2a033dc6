package eigengrad.linalg.internal.eigen.jacobi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SpectralAccuracy;
import eigengrad.linalg.TestMatrices;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind {@code SymmetricEigen} a failure to converge would go unseen: another solver follows. */
class CyclicJacobiTest {
  private final CyclicJacobi jacobi = new CyclicJacobi();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void solve_everyOrder_convergesWhateverIsInTheVectorsAndAbove(int n) {
    DenseMatrix matrix = TestMatrices.uniform(n, n);
    double[] lower = symmetric(n);
    for (int j = 0; j < n; j++) {
      Arrays.fill(lower, j * n, j * n + j, Double.NaN);
    }
    double[] before = lower.clone();
    double[] vectors = new double[n * n];
    Arrays.fill(vectors, Double.NaN);
    assertTrue(jacobi.solve(n, lower, 0, vectors), "converged");
    double[] values = Arrays.copyOf(jacobi.values(), n);
    DenseMatrix v = DenseMatrix.of(n, n, vectors);
    assertTrue(SpectralAccuracy.residual(matrix, values, v) <= 4);
    assertTrue(SpectralAccuracy.orthogonality(v) <= 4);
    assertArrayEquals(before, lower);
  }

  @Test
  void solve_exponent_scalesTheValues() {
    assertTrue(jacobi.solve(2, new double[] {0x1p-50, 0, 0, 0x1p-51}, 50, new double[4]));
    assertArrayEquals(new double[] {1, 0.5}, Arrays.copyOf(jacobi.values(), 2));
  }

  @Test
  void solve_notANumber_doesNotConverge() {
    double[] a = symmetric(3);
    a[1] = Double.NaN;
    assertFalse(jacobi.solve(3, a, 0, new double[9]));
  }

  /** DAD with D = diag(1, 2⁻³⁰, 2⁻⁶⁰): Jacobi's threshold keeps the digits of small values. */
  @Test
  void solve_gradedPositiveDefinite_hasEveryValueToAFewRoundings() {
    double[] a = new double[9];
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 3; i++) {
        a[i + 3 * j] = (i == j ? 2 : 1) * Math.scalb(1.0, -30 * (i + j));
      }
    }
    assertTrue(jacobi.solve(3, a, 0, new double[9]));
    double[] values = Arrays.copyOf(jacobi.values(), 3);
    Arrays.sort(values);
    // The pivots 2, 3/2 and 4/3 of A, up to 2⁻⁶⁰.
    double[] expected = {4.0 / 3 * 0x1p-120, 1.5 * 0x1p-60, 2};
    for (int i = 0; i < 3; i++) {
      assertEquals(1, values[i] / expected[i], 1e-14, "value " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void suits_veryFewRows_always(int n) {
    assertTrue(CyclicJacobi.suits(n, symmetric(n)));
  }

  /** Where another method would find the small values less accurately. */
  @ParameterizedTest
  @ValueSource(doubles = {1, -1, 1e-310, 1e307})
  void suits_fiveOrSixRows_ifTheDiagonalMayBeThatOfAGradedDefiniteMatrix(double size) {
    for (int n = 5; n <= 7; n++) {
      double[] graded = new double[n * n];
      double[] even = new double[n * n];
      double[] indefinite = new double[n * n];
      for (int j = 0; j < n; j++) {
        graded[j + j * n] = size * (j == 3 ? 1 : 5);
        even[j + j * n] = size * (j == 3 ? 1 : 4);
        indefinite[j + j * n] = size * (j == 3 ? -1 : 5);
      }
      assertEquals(n <= 6, CyclicJacobi.suits(n, graded));
      assertFalse(CyclicJacobi.suits(n, even));
      assertFalse(CyclicJacobi.suits(n, indefinite));
      assertFalse(CyclicJacobi.suits(n, new double[n * n]));
    }
  }

  private static double[] symmetric(int n) {
    return TestMatrices.uniform(n, n).toArray();
  }
}
