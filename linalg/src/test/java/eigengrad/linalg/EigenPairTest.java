package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EigenPairTest {
  private static EigenPair pair(double value, double... vector) {
    return new EigenPair(value, vector, 7, 1e-9, true);
  }

  @Test
  void equals_sameBits_isByContent() {
    EigenPair pair = pair(2, 0.6, 0.8);
    assertEquals(pair, pair(2, 0.6, 0.8));
    assertEquals(pair.hashCode(), pair(2, 0.6, 0.8).hashCode());
    assertEquals(pair(Double.NaN, Double.NaN), pair(Double.NaN, Double.NaN));
    assertNotEquals(pair, pair(2, 0.8, 0.6));
    assertNotEquals(pair, pair(3, 0.6, 0.8));
    assertNotEquals(pair(0, 1), pair(-0.0, 1));
    double[] v = {0.6, 0.8};
    assertNotEquals(pair, new EigenPair(2, v, 8, 1e-9, true));
    assertNotEquals(pair, new EigenPair(2, v, 7, 1e-8, true));
    assertNotEquals(pair, new EigenPair(2, v, 7, 1e-9, false));
    assertNotEquals(pair, "a pair");
  }

  @Test
  void toString_anyLength_isReadableAndShort() {
    assertEquals(
        "EigenPair[value=2.0, vector=[0.6, 0.8], iterations=7, residual=1.0E-9, converged=true]",
        pair(2, 0.6, 0.8).toString());
    String text = pair(2, new double[100_000]).toString();
    assertTrue(text.contains("vector=100000 components") && text.length() < 120, text);
  }
}
