package eigengrad.linalg;

import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed forms, arguments and refusals; {@link AccuracySuiteTest} measures the accuracy. */
class TridiagonalEigenTest {

  @Test
  void decompose_subnormalElements_isRightToTheLastSubnormal() {
    double least = Double.MIN_VALUE;
    Eigendecomposition eigen =
        TridiagonalEigen.decompose(
            new double[] {40 * least, 40 * least}, new double[] {30 * least});
    assertArrayEquals(new double[] {10 * least, 70 * least}, eigen.values());
    assertEquals(Math.sqrt(0.5), eigen.vectors().get(0, 1), 1e-15);
    assertTrue(eigen.orthogonality() <= RATIO_LIMIT);
  }

  @Test
  void decompose_clementMatrix_hasOddIntegers() {
    int n = 32;
    double[] values =
        TridiagonalEigen.values(
            new double[n],
            IntStream.range(0, n - 1)
                .mapToDouble(i -> Math.sqrt((i + 1.0) * (n - 1 - i)))
                .toArray());
    for (int i = 0; i < n; i++) {
      assertEquals(2 * i - (n - 1), values[i], 1e-13 * n);
    }
  }

  /** What looks like clusters after a reduction: pieces that have all eigenvalues, or their own. */
  @ParameterizedTest
  @ValueSource(ints = {7, 8, 12, 13, 33, 100, 300})
  void decompose_weaklyCoupledPieces_isAccurate(int n) {
    for (boolean sameEigenvalues : new boolean[] {true, false}) {
      double[] d = new double[n];
      double[] e = new double[n - 1];
      for (int i = 0; i < n; i++) {
        int piece = i / 4;
        int row = i % 4;
        d[i] = 1.5 + 0.1 * row + (sameEigenvalues ? 0 : 0.01 * piece);
      }
      for (int i = 0; i < n - 1; i++) {
        e[i] = i % 4 == 3 ? 0x1p-35 : 0.4;
      }
      Eigendecomposition eigen = TridiagonalEigen.decompose(d, e);
      assertTrue(eigen.residual(new Tridiagonal(d, e).dense()) <= RATIO_LIMIT, "n = " + n);
      assertTrue(eigen.orthogonality() <= RATIO_LIMIT, "n = " + n);
    }
  }

  @Test
  void decompose_empty_isEmpty() {
    assertEquals(0, TridiagonalEigen.decompose(new double[0], new double[0]).order());
    assertEquals(0, TridiagonalEigen.values(new double[0], new double[0]).length);
  }

  @Test
  void decompose_arguments_areLeftAlone() {
    double[] d = {1, 2, 3};
    double[] e = {0.5, 0.25};
    TridiagonalEigen.decompose(d, e);
    TridiagonalEigen.values(d, e);
    assertArrayEquals(new double[] {1, 2, 3}, d);
    assertArrayEquals(new double[] {0.5, 0.25}, e);
  }

  @Test
  void decompose_badArguments_areRefusedByName() {
    assertRefused("needs 1 off-diagonal elements, got 2", new double[2], new double[2]);
    assertRefused("needs 0 off-diagonal elements, got 1", new double[0], new double[1]);
    assertRefused(
        "diagonal must be finite, got NaN at index 1", new double[] {0, Double.NaN}, new double[1]);
    assertRefused(
        "offDiagonal must be finite, got -Infinity at index 0",
        new double[2],
        new double[] {Double.NEGATIVE_INFINITY});
  }

  private static void assertRefused(String message, double[] d, double[] e) {
    for (Runnable call :
        new Runnable[] {
          () -> TridiagonalEigen.decompose(d, e), () -> TridiagonalEigen.values(d, e)
        }) {
      IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
      assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }
  }

  @Test
  void decompose_moreVectorsThanAnArrayHolds_isRefusedWithAdviceThatWorks() {
    int n = 46_341;
    double[] d = new double[n];
    d[n - 1] = 1;
    double[] e = new double[n - 1];
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> TridiagonalEigen.decompose(d, e));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("46341×46341"), message);
    assertTrue(message.contains("values alone"), message);
    assertEquals(1, TridiagonalEigen.values(d, e)[n - 1]);
  }
}
