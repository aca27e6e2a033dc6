package eigengrad.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ColdStartTest {

  @Test
  void of_fallingTimes_countsCallsUntilATenthAboveTheEnd() {
    double[] calls = new double[100];
    Arrays.fill(calls, 10);
    Arrays.fill(calls, 0, 5, 1000);
    Arrays.fill(calls, 5, 20, 12);
    ColdStart start = ColdStart.of("ours", 8, 5e6, calls);
    assertEquals(20, start.callsUntilSteady());
    assertEquals(5 * 1000 + 15 * 12, start.nanosUntilSteady());
    assertEquals(1000, start.firstCallNanos());
    assertEquals(10, start.steadyNanos());
  }

  @Test
  void of_aSlowCallNowAndThen_isNotTheStart() {
    double[] calls = new double[100];
    Arrays.fill(calls, 10);
    calls[0] = 50;
    calls[40] = 500;
    assertEquals(1, ColdStart.of("ours", 8, 1, calls).callsUntilSteady());
  }

  @Test
  void of_freshJvm_isWatchedFromOutside(@TempDir Path logs) {
    Contestant ejml = Contestants.with(List.of()).get(1);
    ColdStart start = ColdStart.of(ejml, 4, 0, logs).orElseThrow();
    assertEquals("EJML", start.contestant());
    assertTrue(start.firstResultNanos() > start.firstCallNanos());
    assertTrue(start.firstCallNanos() > 0);
  }
}
