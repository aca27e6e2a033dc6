package eigengrad.linalg;

import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TridiagonalEigenTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 21, 64, 101, 200})
  void decompose_classicFamilies_areAccurate(int n) {
    requireAccurate(n, i -> 2, i -> 1);
    requireAccurate(n, i -> Math.abs(i - (n - 1) / 2.0), i -> 1);
    requireAccurate(n, i -> 0, i -> Math.sqrt((i + 1.0) * (n - 1 - i)));
    requireAccurate(n, i -> 0, i -> (i + 1) / Math.sqrt((2 * i + 1.0) * (2 * i + 3.0)));
    requireAccurate(n, i -> 2 * i + 1, i -> i + 1);
    requireAccurate(n, i -> 0, i -> Math.sqrt(i + 1));
    requireAccurate(n, i -> 1, i -> 0);
    requireAccurate(n, i -> 1, i -> 1e-200);
    requireAccurate(n, i -> 1, i -> i == n / 2 ? 1 : 0);
    requireAccurate(n, i -> i, i -> -1);
    requireAccurate(n, i -> Math.pow(2, -20.0 * i), i -> Math.pow(2, -20.0 * i - 10));
    requireAccurate(n, i -> Math.pow(2, 900.0 * i / n), i -> Math.pow(2, 900.0 * i / n));
    requireAccurate(n, i -> 0x1p-1000, i -> 3 * 0x1p-1000);
    requireAccurate(n, i -> Double.MAX_VALUE / 4, i -> Double.MAX_VALUE / 8);
  }

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
  void decompose_couplingJustAboveNegligible_isAccurate() {
    requireAccurate(2, i -> 1 + 0x1p-52, i -> 7.2e-16);
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

  @Test
  void decompose_empty_isEmpty() {
    assertEquals(0, TridiagonalEigen.decompose(new double[0], new double[0]).size());
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

  private static void requireAccurate(
      int n, IntToDoubleFunction diagonal, IntToDoubleFunction offDiagonal) {
    double[] d = IntStream.range(0, n).mapToDouble(diagonal).toArray();
    double[] e = IntStream.range(0, n - 1).mapToDouble(offDiagonal).toArray();
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      a[i + i * n] = d[i];
      if (i + 1 < n) {
        a[i + 1 + i * n] = e[i];
        a[i + (i + 1) * n] = e[i];
      }
    }
    DenseMatrix matrix = DenseMatrix.wrap(n, n, a);
    Eigendecomposition eigen = TridiagonalEigen.decompose(d, e);
    assertTrue(eigen.residual(matrix) <= RATIO_LIMIT, "residual ratio " + eigen.residual(matrix));
    assertTrue(
        eigen.orthogonality() <= RATIO_LIMIT, "orthogonality ratio " + eigen.orthogonality());
  }
}
