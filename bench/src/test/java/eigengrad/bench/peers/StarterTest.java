package eigengrad.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.bench.peers.contestant.Workload;
import org.junit.jupiter.api.Test;

class StarterTest {
  @Test
  void difference_values_isInUnitsOfThePrecisionThatIsWorkedIn() {
    double[] reference = {-1, 2};
    double[] ofFloats = {-1, 2 + 0x1p-21};
    double[] ofDoubles = {-1, 2 + 0x1p-50};
    assertEquals(1, Starter.difference(ofFloats, reference, Workload.SINGLE.ulp()));
    assertEquals(1, Starter.difference(ofFloats, reference, Workload.SVD_SINGLE.ulp()));
    assertEquals(1, Starter.difference(ofDoubles, reference, Workload.DENSE.ulp()));
    assertEquals(0, Starter.difference(reference, reference, Workload.DENSE.ulp()));
  }
}
