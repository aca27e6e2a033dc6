package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunTablesTest {

  @Test
  void writeRuns_failureWithSeparators_isQuoted() throws IOException {
    StringBuilder csv = new StringBuilder();
    RunResult failed =
        new RunResult(
            Runs.run(Method.SVD, 4, 1), Runs.curve(10, 2.3), Double.NaN, 9, "x,y \"z\"", 0.5);
    RunTables.writeRuns(List.of(failed), csv);

    List<String> lines = List.of(csv.toString().split("\r\n"));
    assertEquals(2, lines.size());
    assertTrue(
        lines.get(1).startsWith("zca-svd-d4-seed1,ZCA whitening,SVD,d = 4,,FLOAT64,1,10,1,8,0.1,"),
        lines.get(1));
    assertEquals(",NaN,9.0,\"x,y \"\"z\"\"\",0.5", lines.get(1).replaceFirst(".*(?=,NaN)", ""));
  }

  @Test
  void writeRuns_batchNorm_hasNoMethod() throws IOException {
    StringBuilder csv = new StringBuilder();
    RunSettings norm = new RunSettings(new Layer.BatchNorm(), 1, Runs.SCHEDULE);
    RunTables.writeRuns(List.of(Runs.success(norm, 5)), csv);
    assertTrue(csv.toString().contains("batch-norm-seed1,Batch norm,,,,"), csv::toString);
  }

  @Test
  void writeLosses_points_areOneRowEachWithTheirSteps() throws IOException {
    StringBuilder csv = new StringBuilder();
    RunSettings run = new RunSettings(Runs.zca(Method.OURS, 8), 3, new Schedule(600, 8, 0.1));
    RunTables.writeLosses(List.of(Runs.failure(run, 0.1, 0.3, 2)), csv);
    assertEquals(
        List.of(
            "run,first_step,last_step,loss",
            "zca-ours-k19-d8-seed3,1,2,0.2",
            "zca-ours-k19-d8-seed3,3,3,2.0"),
        csv.toString().lines().toList());
  }
}
