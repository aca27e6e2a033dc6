package eigengrad.grad.internal.layers;

import static eigengrad.grad.Samples.gaussian;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.layers.Averaging;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningAverageTest {
  private static final double M = 0.3;
  private static final int[] SAMPLES = {5, 1, 9, 2, 40};

  static Stream<Averaging> averagings() {
    return Stream.of(
        Averaging.exponential(M), new Averaging.Exponential(M, false), Averaging.cumulative());
  }

  private static RunningAverage average(Averaging averaging) {
    return new RunningAverage(averaging, new double[] {3, -1}, new double[] {1});
  }

  private static double[] batch(int t) {
    return gaussian(2, 1, t).columnMajor();
  }

  /** The shares of the start and of each batch after all of them. */
  private static double[] shares(Averaging averaging) {
    double[] shares = new double[1 + SAMPLES.length];
    double sum = 0;
    for (int t = 1; t < shares.length; t++) {
      shares[t] =
          averaging instanceof Averaging.Cumulative
              ? SAMPLES[t - 1]
              : M * Math.pow(1 - M, SAMPLES.length - t);
      sum += shares[t];
    }
    if (averaging.equals(new Averaging.Exponential(M, false))) {
      shares[0] = Math.pow(1 - M, SAMPLES.length);
      sum += shares[0];
      assertEquals(1, sum, 1e-15);
    }
    for (int t = 0; t < shares.length; t++) {
      shares[t] /= sum;
    }
    return shares;
  }

  @ParameterizedTest
  @MethodSource("averagings")
  void update_severalBatches_isTheirWeightedMean(Averaging averaging) {
    RunningAverage average = average(averaging);
    double[] shares = shares(averaging);
    double[] expected = {3 * shares[0], -shares[0]};
    double squares = 0;
    for (int t = 1; t <= SAMPLES.length; t++) {
      double[] x = batch(t);
      double share = average.share(SAMPLES[t - 1]);
      average.update(SAMPLES[t - 1], x, new double[] {7});
      expected[0] += shares[t] * x[0];
      expected[1] += shares[t] * x[1];
      squares += shares[t] * shares[t] / SAMPLES[t - 1];
      if (t == SAMPLES.length) {
        assertEquals(shares[t], share, 1e-15);
      }
    }
    assertArrayEquals(expected, average.average(0), 1e-14);
    assertEquals(7 - 6 * shares[0], average.average(1)[0], 1e-14);
    assertEquals(1 / (1 - squares), average.unbiasedFactor(), 1e-13);
  }

  @Test
  void unbiasedFactor_cumulative_isThatOfAllSamples() {
    RunningAverage average = average(Averaging.cumulative());
    assertEquals(1, average.unbiasedFactor());
    average.update(1, batch(1), new double[1]);
    assertEquals(Double.POSITIVE_INFINITY, average.unbiasedFactor());
    average.update(3, batch(2), new double[1]);
    average.update(6, batch(3), new double[1]);
    assertEquals(10.0 / 9, average.unbiasedFactor(), 1e-15);
  }

  @ParameterizedTest
  @MethodSource("averagings")
  void update_notFinite_changesNothing(Averaging averaging) {
    RunningAverage average = average(averaging);
    RunningAverage same = average(averaging);
    average.update(4, batch(1), new double[] {2});
    same.update(4, batch(1), new double[] {2});
    double[] infinite = {Double.POSITIVE_INFINITY};
    assertThrows(NonFiniteException.class, () -> average.update(4, batch(2), infinite));
    assertArrayEquals(same.state(), average.state());
    average.update(2, batch(3), new double[] {5});
    same.update(2, batch(3), new double[] {5});
    assertArrayEquals(same.state(), average.state());
  }

  @ParameterizedTest
  @MethodSource("averagings")
  void restore_aState_goesOnBitByBit(Averaging averaging) {
    RunningAverage average = average(averaging);
    average.update(4, batch(1), new double[] {2});
    average.update(7, batch(2), new double[] {3});
    RunningAverage other = average(averaging);
    other.restore(average.state());
    average.update(5, batch(3), new double[] {4});
    other.update(5, batch(3), new double[] {4});
    assertArrayEquals(average.state(), other.state());
    average.reset();
    assertArrayEquals(average(averaging).state(), average.state());
  }
}
