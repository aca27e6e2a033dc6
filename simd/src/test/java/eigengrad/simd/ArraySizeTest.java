package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArraySizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 9223372036854775807, 0",
    "5, 0, 0",
    "3, 4, 12",
    "1, 2147483647, 2147483647",
    "46340, 46340, 2147395600"
  })
  void of_productThatFits_isTheProduct(long rows, long columns, int product) {
    assertEquals(product, ArraySize.of("cells", rows, columns, "none"));
  }

  @ParameterizedTest
  @CsvSource({
    "46341, 46341",
    "1, 2147483648",
    "2147483648, 1",
    "4294967296, 4294967296",
    "9223372036854775807, 9223372036854775807"
  })
  void of_productThatDoesNotFit_isRefusedWithAdvice(long rows, long columns) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> ArraySize.of("cells", rows, columns, "buy two"));
    assertEquals(
        "cells must have at most 2147483647 elements, got " + rows + "×" + columns + ": buy two",
        refusal.getMessage());
  }
}
