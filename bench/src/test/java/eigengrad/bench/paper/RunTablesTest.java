package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunTablesTest {

  @Test
  void writeRuns_failureWithSeparators_isQuoted() throws IOException {
    StringBuilder csv = new StringBuilder();
    RunResult failed =
        new RunResult(
            Runs.run(Method.SVD, 4, 1), new double[] {2.3}, Double.NaN, 9, "x,y \"z\"", 0.5);
    RunTables.writeRuns(List.of(failed), csv);

    List<String> lines = List.of(csv.toString().split("\r\n"));
    assertEquals(2, lines.size());
    assertEquals(",NaN,9.0,\"x,y \"\"z\"\"\",0.5", lines.get(1).replaceFirst(".*(?=,NaN)", ""));
  }

  @Test
  void writeLosses_steps_areOneRowEachWithAllDigits() throws IOException {
    StringBuilder csv = new StringBuilder();
    RunTables.writeLosses(List.of(Runs.failure(Method.OURS, 8, 3, 0.1 + 0.2, Double.NaN)), csv);
    assertEquals(
        "method,d,seed,step,loss\r\nOurs,8,3,1,0.30000000000000004\r\nOurs,8,3,2,NaN\r\n",
        csv.toString());
  }
}
