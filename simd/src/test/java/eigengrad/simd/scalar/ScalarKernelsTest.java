package eigengrad.simd.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.simd.Gemm;
import eigengrad.simd.KernelSet;
import eigengrad.simd.Transpose;
import org.junit.jupiter.api.Test;

/**
 * The specification on cases computed by hand: small integers, so that every result is exact.
 *
 * <p>A is the 3×2 matrix with columns (1, 2, 3) and (4, 5, 6), stored with a gap of one.
 */
class ScalarKernelsTest {
  private static final KernelSet SCALAR = ScalarKernels.SET;
  private static final double GAP = -99;
  private static final double[] A = {GAP, 1, 2, 3, GAP, 4, 5, 6, GAP};

  @Test
  void name_scalarSet_isScalarWithFourSumsAtATime() {
    assertEquals("scalar", SCALAR.name());
    assertEquals(4, SCALAR.lanes());
  }

  @Test
  void level1_smallIntegers_areExact() {
    double[] x = {GAP, 1, -2, 3};
    double[] y = {4, 5, 6, GAP};
    assertEquals(12, SCALAR.level1().dot(3, x, 1, y, 0));
    assertEquals(0, SCALAR.level1().dot(0, x, 4, y, 4));
    assertEquals(3, SCALAR.level1().maxAbs(3, x, 1));
    SCALAR.level1().axpy(3, 2, x, 1, y, 0);
    assertArrayEquals(new double[] {6, 1, 12, GAP}, y);
    SCALAR.level1().scale(2, -3, y, 1);
    assertArrayEquals(new double[] {6, -3, -36, GAP}, y);
    SCALAR.level1().rotate(1, x, 1, y, 0, 3, 4);
    assertArrayEquals(new double[] {GAP, 27, -2, 3}, x);
    assertArrayEquals(new double[] {14, -3, -36, GAP}, y);
  }

  @Test
  void gemv_smallIntegers_isExact() {
    double[] y = {10, 20, 30};
    SCALAR.level2().gemv(3, 2, 2, A, 1, 4, new double[] {1, -1}, 0, 0.5, y, 0);
    assertArrayEquals(new double[] {5 - 6, 10 - 6, 15 - 6}, y);
  }

  @Test
  void gemvTransposed_smallIntegers_isExact() {
    double[] y = {Double.NaN, Double.NaN};
    SCALAR.level2().gemvTransposed(3, 2, -1, A, 1, 4, new double[] {1, 0, 2}, 0, 0, y, 0);
    assertArrayEquals(new double[] {-7, -16}, y);
  }

  @Test
  void symv_smallIntegers_isExact() {
    double[] lower = {1, 2, 3, Double.NaN, 4, 5, Double.NaN, Double.NaN, 6};
    double[] y = {1, 1, 1};
    SCALAR.level2().symv(3, 1, lower, 0, 3, new double[] {1, 2, 3}, 0, 1, y, 0);
    assertArrayEquals(new double[] {15, 26, 32}, y);
  }

  @Test
  void ger_smallIntegers_isExact() {
    double[] a = A.clone();
    SCALAR.level2().ger(3, 2, 2, new double[] {1, 0, -1}, 0, new double[] {1, 3}, 0, a, 1, 4);
    assertArrayEquals(new double[] {GAP, 3, 2, 1, GAP, 10, 5, 0, GAP}, a);
  }

  @Test
  void gemm_smallIntegers_isExact() {
    double[] c = new double[4];
    new Gemm(SCALAR)
        .multiply(Transpose.YES, Transpose.NO, 2, 2, 3, 1, A, 1, 4, A, 1, 4, 0, c, 0, 2);
    assertArrayEquals(new double[] {14, 32, 32, 77}, c);
  }
}
