package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LossCurveTest {

  @Test
  void curve_shortRun_isEveryLoss() {
    LossCurve curve = Runs.curve(3, 3, 1, 2);
    assertEquals(new LossCurve(1, 3, new float[] {3, 1, 2}), curve);
    assertEquals(2, curve.last());
    assertEquals(2, curve.firstStep(1));
    assertEquals(2, curve.lastStep(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 399, 400, 401, 800, 801, 137_000, 10_000_000})
  void stepsPerPoint_anyLength_leavesAFewHundredPoints(int steps) {
    int width = LossCurve.stepsPerPoint(steps);
    int points = (steps + width - 1) / width;
    assertTrue(points <= 400 && (points >= 200 || width == 1), points + " points");
  }

  @Test
  void curve_longRun_isMeansOfStepsInARow() {
    double[] losses = IntStream.range(0, 1001).mapToDouble(i -> i % 3).toArray();
    LossCurve curve = Runs.curve(1001, losses);
    assertEquals(3, curve.stepsPerPoint());
    assertEquals(1001, curve.steps());
    assertEquals(334, curve.points().length);
    assertTrue(Arrays.equals(curve.points(), 0, 333, allOnes(333), 0, 333));
    assertEquals(0.5f, curve.points()[333], "the mean of the last two, 0 and 1");
    assertEquals(1000, curve.firstStep(333));
    assertEquals(1001, curve.lastStep(333));
  }

  private static float[] allOnes(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void curve_runThatFails_endsThere() {
    LossCurve curve = Runs.curve(801, 1, 2, 3, 5);
    assertEquals(3, curve.stepsPerPoint());
    assertArrayEquals(new float[] {2, 5}, curve.points());
    assertEquals(4, curve.steps());
  }

  @Test
  void curve_noLoss_isEmpty() {
    LossCurve curve = Runs.curve(801);
    assertEquals(0, curve.points().length);
    assertTrue(Double.isNaN(curve.last()));
    assertEquals(0, curve.thinned(10).points().length);
  }

  @Test
  void curve_lossBeyondFloat_isTheLargest() {
    assertArrayEquals(new float[] {Float.MAX_VALUE}, Runs.curve(1, 1e300).points());
  }

  @Test
  void thinned_partialLastPoint_weighsSteps() {
    LossCurve curve = new LossCurve(2, 7, new float[] {1, 3, 5, 10});
    LossCurve thinned = curve.thinned(2);
    assertEquals(4, thinned.stepsPerPoint());
    assertArrayEquals(new float[] {2, 20f / 3}, thinned.points());
    assertEquals(7, thinned.lastStep(1));
    assertEquals(curve, curve.thinned(4));
  }

  @Test
  void constructor_pointsThatAreNotThoseOfTheSteps_areRefused() {
    assertRefused(1, 3, new float[2], "expected the means of 3 steps, 1 at a time, got 2");
    assertRefused(0, 3, new float[3], "0 at a time");
    assertRefused(1, -1, new float[0], "-1 steps");
    assertRefused(1, 1, new float[] {Float.NaN}, "finite numbers, got NaN");
  }

  private static void assertRefused(int stepsPerPoint, int steps, float[] points, String expected) {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> new LossCurve(stepsPerPoint, steps, points));
    assertTrue(String.valueOf(thrown.getMessage()).contains(expected), thrown::getMessage);
  }
}
