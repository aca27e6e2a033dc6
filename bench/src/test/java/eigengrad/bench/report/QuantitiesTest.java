package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class QuantitiesTest {

  @Test
  void time_anyMagnitude_hasThreeDigitsAndItsUnit() {
    assertEquals("123 ns", Quantities.time(123));
    assertEquals("9.99 µs", Quantities.time(9_990));
    assertEquals("10.0 µs", Quantities.time(9_996));
    assertEquals("123 µs", Quantities.time(123_400));
    assertEquals("1.00 ms", Quantities.time(999_900));
    assertEquals("12.3 ms", Quantities.time(12_340_000));
    assertEquals("1.00 s", Quantities.time(999_900_000));
    assertEquals("2.35 s", Quantities.time(2.345e9 + 1e6));
  }

  @Test
  void gigaflops_operationsANanosecond() {
    assertEquals("2.00", Quantities.gigaflops(2e6, 1e6));
    assertEquals("118", Quantities.gigaflops(1.18e8, 1e6));
  }

  @Test
  void ratioAndPercent_areRounded() {
    assertEquals("0.67", Quantities.ratio(2.0 / 3));
    assertEquals("±13 %", Quantities.percent(0.126));
  }
}
