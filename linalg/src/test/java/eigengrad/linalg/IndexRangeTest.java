package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IndexRangeTest {

  @Test
  void first_rangeThatFits_isItsPlaceInTheAscendingOrder() {
    assertEquals(7, IndexRange.largest(3).first(10));
    assertEquals(0, IndexRange.largest(10).first(10));
    assertEquals(10, IndexRange.largest(0).first(10));
    assertEquals(0, IndexRange.smallest(3).first(10));
    assertEquals(4, IndexRange.of(4, 10).first(10));
    assertEquals(10, IndexRange.of(10, 10).first(10));
    assertEquals(0, IndexRange.smallest(0).first(0));
    assertEquals(0, IndexRange.largest(0).first(0));
    assertEquals(6, IndexRange.of(4, 10).count());
  }

  @Test
  void first_rangeThatDoesNotFit_isRefused() {
    assertRefused(
        "range must fit a matrix of order 9, got [4, 10)", () -> IndexRange.of(4, 10).first(9));
    assertRefused(
        "range must fit a matrix of order 9, got the 10 largest",
        () -> IndexRange.largest(10).first(9));
    assertRefused(
        "range must fit a matrix of order 9, got [0, 10)", () -> IndexRange.smallest(10).first(9));
    assertRefused(
        "range must fit a matrix of order 9, got [10, 10)", () -> IndexRange.of(10, 10).first(9));
  }

  /** The sum of first and count would not fit an int. */
  @Test
  void first_rangeAtTheLargestIndex_isRefused() {
    int most = Integer.MAX_VALUE;
    assertThrows(IllegalArgumentException.class, () -> IndexRange.of(most - 1, most).first(9));
    assertEquals(most - 1, IndexRange.of(most - 1, most).first(most));
  }

  @Test
  void range_impossible_isRefused() {
    assertRefused("k must be ≥ 0, got -1", () -> IndexRange.largest(-1));
    assertRefused("k must be ≥ 0, got -2", () -> IndexRange.smallest(-2));
    assertRefused(
        "first must be from 0 to end, got first = -1, end = 3", () -> IndexRange.of(-1, 3));
    assertRefused("first must be from 0 to end, got first = 4, end = 3", () -> IndexRange.of(4, 3));
  }

  @Test
  void equals_sameRange_isTrueWhateverItCameFrom() {
    assertEquals(IndexRange.of(0, 3), IndexRange.smallest(3));
    assertEquals(IndexRange.of(0, 3).hashCode(), IndexRange.smallest(3).hashCode());
    assertNotEquals(IndexRange.smallest(3), IndexRange.largest(3));
    assertNotEquals(IndexRange.of(1, 3), IndexRange.of(0, 3));
    assertNotEquals(IndexRange.of(1, 3), IndexRange.of(1, 4));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
