package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FloatConversionTest {

  @Test
  void widen_anyFloat_isExact() {
    float[] x = {0f, -0f, 1f / 3, Float.MIN_VALUE, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY};
    double[] y = FloatConversion.widen(x);
    for (int i = 0; i < x.length; i++) {
      assertEquals((double) x[i], y[i]);
    }
    assertEquals(Double.NaN, FloatConversion.widen(new float[] {Float.NaN})[0]);
  }

  /** Halfway cases go to the even neighbour, also among subnormal numbers. */
  @Test
  void narrow_anyDouble_isTheNearestFloat() {
    double[] x = {1 + 0x1p-24, 1 + 0x1.8p-23, -0x1p-150, 0x1.8p-149, 0x1.fffffefp127, -0.0};
    float[] nearest = {1, 1 + 0x1p-22f, -0f, 0x1p-148f, Float.MAX_VALUE, -0f};
    assertArrayEquals(nearest, FloatConversion.narrow(x));
  }

  @Test
  void narrow_notFinite_staysSo() {
    double[] x = {Double.NaN, Double.POSITIVE_INFINITY, 1, Double.NEGATIVE_INFINITY};
    float[] same = {Float.NaN, Float.POSITIVE_INFINITY, 1, Float.NEGATIVE_INFINITY};
    assertArrayEquals(same, FloatConversion.narrow(x));
  }

  @Test
  void narrow_beyondTheLargestFloat_isRefused() {
    for (double x : new double[] {0x1.ffffffp127, -1e300}) {
      ArithmeticException refused =
          assertThrows(
              ArithmeticException.class, () -> FloatConversion.narrow(new double[] {1, x}));
      assertEquals(
          "element 1 is " + x + ", beyond the largest float: take the doubles",
          refused.getMessage());
    }
    assertThrows(
        ArithmeticException.class,
        () -> FloatConversion.narrow(new double[] {Double.POSITIVE_INFINITY, 1e300}));
  }
}
