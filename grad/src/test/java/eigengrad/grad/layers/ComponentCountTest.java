package eigengrad.grad.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentCountTest {
  /** With the sum 8, so that shares are exact. */
  private static final double[] VALUES = {4, 2, 1, 1};

  @ParameterizedTest
  @CsvSource({
    "1e-300, 1",
    "0.49, 1",
    "0.5, 1",
    "0.5000001, 2",
    "0.75, 2",
    "0.76, 3",
    "0.875, 3",
    "0.9, 4",
    "1, 4"
  })
  void energy_sharesOfTheTrace_keepsTheFewestThatHoldThem(double fraction, int expected) {
    assertEquals(expected, ComponentCount.energy(fraction).of(VALUES, 8));
  }

  @Test
  void energy_all_keepsWhatHasAVarianceAlone() {
    ComponentCount all = ComponentCount.energy(1);
    assertEquals(2, all.of(new double[] {3, 1, 0, 0}, 4));
    assertEquals(2, all.of(new double[] {3, 1, 1e-16, -1e-16}, 4));
    assertEquals(4, all.of(new double[] {3, 1, 1e-9, 1e-10}, 4.0000000011));
  }

  /** The trace is a sum in another order than that of the eigenvalues. */
  @ParameterizedTest
  @ValueSource(ints = {3, 10, 64, 1000})
  void energy_sumsThatRoundingFallsShortOf_areReached(int n) {
    double[] values = new double[n];
    Arrays.fill(values, 0.1);
    double exact = DoubleStream.of(values).sum();
    assertEquals(n, ComponentCount.energy(1).of(values, exact * (1 + 0x1p-52)));
    double[] withZeros = Arrays.copyOf(values, 2 * n);
    assertEquals(n, ComponentCount.energy(1).of(withZeros, exact * (1 + 0x1p-52)));
  }

  @Test
  void energy_noVariance_keepsOne() {
    assertEquals(1, ComponentCount.energy(0.9).of(new double[] {0, 0, 0}, 0));
    assertEquals(1, ComponentCount.energy(1).of(new double[] {0}, 0));
  }

  @Test
  void count_noValues_isNone() {
    assertEquals(0, ComponentCount.energy(0.9).of(new double[0], 0));
    assertEquals(0, ComponentCount.fixed(2).of(new double[0], 0));
  }

  @Test
  void fixed_anyValues_isK() {
    ComponentCount three = ComponentCount.fixed(3);
    assertEquals(3, three.of(VALUES, 8));
    assertEquals(3, three.known(10));
    assertEquals(2, three.of(new double[] {1, 0}, 1));
  }

  @Test
  void energy_anyOrder_needsAllValues() {
    assertEquals(10, ComponentCount.energy(0.1).known(10));
  }

  @Test
  void anything_badArguments_isRefusedByName() {
    assertRefused("components k must be ≥ 1, got 0", () -> ComponentCount.fixed(0));
    assertRefused("components k must be ≥ 1, got -3", () -> ComponentCount.fixed(-3));
    assertRefused("energy must be in (0, 1], got 0.0", () -> ComponentCount.energy(0));
    assertRefused("energy must be in (0, 1], got 1.5", () -> ComponentCount.energy(1.5));
    assertRefused("got -0.5", () -> ComponentCount.energy(-0.5));
    assertRefused("got NaN", () -> ComponentCount.energy(Double.NaN));
    assertRefused("at most the 4 channels, got 5", () -> ComponentCount.fixed(5).require(4));
    ComponentCount.fixed(4).require(4);
    ComponentCount.energy(1).require(1);
  }
}
