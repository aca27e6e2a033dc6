package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 3, 0x1p1023, Double.MAX_VALUE, 0x1p-1022, 0x1.8p-1023, 0x1p-1074})
  void of_anyMagnitude_bringsTheLargestBetweenOneAndTwoAndBack(double largest) {
    DenseMatrix matrix = DenseMatrix.diagonal(0, -largest, 0);
    Scaling scaling = Scaling.of(matrix);
    DenseMatrix scaled = scaling.apply(matrix);
    assertTrue(1 <= scaled.maxAbs() && scaled.maxAbs() < 2, largest + " became " + scaled);
    assertEquals(matrix, scaling.undo(scaled));
    assertEquals(largest, scaling.undone(scaling.applied(largest)));
    assertEquals(scaling, Scaling.forLargest(largest));
  }

  @Test
  void of_zero_changesNothing() {
    assertEquals(new Scaling(0), Scaling.of(DenseMatrix.diagonal(0, 0)));
    assertEquals(new Scaling(0), Scaling.of(DenseMatrix.identity(0)));
  }

  /** Beyond the range of a double, 0 stays 0, and what overflows at last does so, never NaN. */
  @ParameterizedTest
  @ValueSource(ints = {-16384, -2200, -2098, -1500, -1022, -1, 0, 1, 1023, 1500, 2098, 2200, 16384})
  void apply_anyExponent_roundsOnce(int exponent) {
    double[] x = {0, 1, -3, 0x1.fffffffffffffp-1, 0x1p-1074, 0x1.23456789abcdfp1000, -0x1p-600};
    double[] expected = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = Math.scalb(x[i], exponent);
      assertEquals(expected[i], new Scaling(exponent).applied(x[i]));
    }
    assertArrayEquals(expected, new Scaling(exponent).apply(x));
  }

  @Test
  void everything_outOfRange_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Scaling(16385));
    assertThrows(IllegalArgumentException.class, () -> new Scaling(Integer.MIN_VALUE));
  }
}
