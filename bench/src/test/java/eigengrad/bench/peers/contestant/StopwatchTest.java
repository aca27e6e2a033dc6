package eigengrad.bench.peers.contestant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StopwatchTest {

  @Test
  void time_jobThatOverwritesItsInput_isResetBeforeEachCall() {
    FakeLibrary library = new FakeLibrary(new double[1], new double[1]);
    Stopwatch.Lap lap = Stopwatch.time(library.eigen(1, new double[1], true), 5);
    assertEquals(5, library.runs);
    assertEquals(5, library.resets);
    assertTrue(lap.fastest() >= 0 && lap.fastest() <= lap.nanos() / 5.0);
  }

  @Test
  void time_product_isRunAsOftenAsAsked() {
    int[] runs = {0};
    ProductJob job =
        new ProductJob() {
          @Override
          public void run() {
            runs[0]++;
          }

          @Override
          public void reset() {
            throw new AssertionError("not needed");
          }

          @Override
          public double[] product() {
            return new double[0];
          }
        };
    Stopwatch.Lap lap = Stopwatch.time(job, 7);
    assertEquals(7, runs[0]);
    assertEquals(lap.nanos() / 7.0, lap.fastest());
  }

  @Test
  void isSteady_lastFiveBlocks_decide() {
    assertFalse(WarmUp.isSteady(List.of()));
    assertFalse(WarmUp.isSteady(List.of(1.0, 1.0, 1.0, 1.0)));
    assertTrue(WarmUp.isSteady(List.of(1.0, 1.0, 1.0, 1.0, 1.0)));
    assertTrue(WarmUp.isSteady(List.of(9.0, 1.04, 1.0, 1.02, 1.05, 1.03)));
    assertFalse(WarmUp.isSteady(List.of(1.06, 1.0, 1.0, 1.0, 1.0)));
    assertFalse(WarmUp.isSteady(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 0.9)));
  }

  @Test
  void warmUp_noTime_isOneBlock() {
    FakeLibrary library = new FakeLibrary(new double[1], new double[1]);
    double nanos = WarmUp.run(library.eigen(1, new double[1], true), 0);
    assertTrue(library.runs >= 1);
    assertTrue(nanos > 0);
  }
}
