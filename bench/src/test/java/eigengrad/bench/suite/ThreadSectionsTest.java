package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.Entrant;
import eigengrad.bench.peers.JsonReport;
import eigengrad.bench.peers.Measurement;
import eigengrad.bench.peers.contestant.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ThreadSectionsTest {

  @Test
  void of_oneThreadAndMore_isTheRatioOfTheTimes() {
    SuiteResults results = SuiteFiles.of(solve(64, 2, 50), solve(64, 1, 90), solve(64, 4, 30));
    assertEquals(
        List.of(
            List.of("64", "1", "90.0 ns", "1.00", "100 %"),
            List.of("64", "2", "50.0 ns", "1.80", "90 %"),
            List.of("64", "4", "30.0 ns", "3.00", "75 %")),
        ThreadSections.of(results).getFirst().rows());
  }

  @Test
  void of_orderWithoutOneThread_isLeftOut() {
    assertEquals(List.of(), ThreadSections.of(SuiteFiles.of(solve(64, 2, 50))));
    assertEquals(List.of(), ThreadSections.of(SuiteFiles.of(solve(64, 1, 50))));
    assertEquals(List.of(), ThreadSections.of(SuiteFiles.of(solve(64, 1, 50), solve(128, 2, 50))));
  }

  private static JmhResult solve(int n, int threads, double nanos) {
    return SuiteFiles.jmh(
        "ThreadBenchmark.solve",
        Map.of("n", Integer.toString(n), "threads", Integer.toString(threads)),
        nanos,
        1);
  }

  /** MKL is slower on two threads, so that its best of one and two is that on one. */
  @Test
  void race_oneThreadAndUpToTwo_comparesTheBestOfEach() {
    JsonReport.Document race =
        new JsonReport.Document(
            Map.of(),
            false,
            List.of(
                new Entrant("eigengrad", Kind.OURS, 1, "", ""),
                new Entrant("eigengrad", Kind.OURS, 2, "", ""),
                new Entrant("MKL", Kind.NATIVE, 1, "", ""),
                new Entrant("MKL", Kind.NATIVE, 2, "", "")),
            List.of(),
            List.of(
                time(1, "eigengrad", 1, 900),
                time(1, "MKL", 1, 600),
                time(2, "eigengrad", 2, 500),
                time(2, "MKL", 1, 500),
                time(2, "MKL", 2, 800)),
            List.of());
    SuiteResults results =
        new SuiteResults(Map.of(), List.of(), List.of(), List.of(), List.of(), race);
    assertEquals(
        List.of(List.of("8", "1.80", "1.20", "–")), RaceThreads.of(results).getFirst().rows());
    assertEquals(
        List.of("n", "eigengrad, 2 threads", "MKL, 1 thread", "MKL, 2 threads"),
        RaceSections.of(results).get(1).header().subList(0, 4));
    assertEquals(List.of(), RaceThreads.of(SuiteFiles.whole()));
  }

  private static Measurement time(int raceThreads, String contestant, int threads, double nanos) {
    double[] rounds = {nanos};
    return new Measurement(
        Workload.DENSE, 8, raceThreads, contestant, threads, 1, rounds, nanos, 1, 1, 0, 0, 0);
  }
}
