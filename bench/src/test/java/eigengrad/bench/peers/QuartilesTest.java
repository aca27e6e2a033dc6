package eigengrad.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class QuartilesTest {

  @Test
  void of_oddCount_areElements() {
    assertEquals(new Quartiles(2, 3, 4), Quartiles.of(5, 1, 4, 2, 3));
  }

  @Test
  void of_evenCount_liesBetweenNeighbours() {
    assertEquals(new Quartiles(1.75, 2.5, 3.25), Quartiles.of(4, 3, 2, 1));
  }

  @Test
  void of_oneNumber_isThat() {
    assertEquals(new Quartiles(7, 7, 7), Quartiles.of(7));
  }

  @Test
  void of_nothing_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Quartiles.of());
  }

  @Test
  void of_sample_isLeftAsItWas() {
    double[] sample = {3, 1, 2};
    Quartiles.of(sample);
    assertEquals(3, sample[0]);
  }

  @Test
  void spread_isHalfTheQuartileDistanceOfTheMedian() {
    assertEquals(0.25, new Quartiles(3, 4, 5).spread());
  }

  @Test
  void medianRatio_slowerRounds_cancel() {
    double[] ours = {2, 20, 4, 10, 2};
    double[] theirs = {4, 40, 8, 20, 4};
    assertEquals(0.5, Quartiles.medianRatio(ours, theirs));
    assertEquals(2, Quartiles.medianRatio(theirs, ours));
  }
}
