package eigengrad.bench.suite;

import eigengrad.bench.peers.ColdStart;
import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.Entrant;
import eigengrad.bench.peers.JsonReport;
import eigengrad.bench.peers.Measurement;
import eigengrad.bench.peers.contestant.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results small enough to be checked by hand. */
final class SuiteFiles {
  private SuiteFiles() {}

  /** A figure as JMH writes it, with more than is read. */
  static String jmhJson(String benchmark, String params, String score, String error) {
    return """
        {"jmhVersion": "1.37", "benchmark": "eigengrad.bench.jmh.%s", "forks": 2,
         "jvmArgs": ["-XX:ActiveProcessorCount=1", "-Deigengrad.bench.native=/a/b.so"], "params": %s,
         "primaryMetric": {"score": %s, "scoreError": %s, "scoreUnit": "ns/op",
           "scorePercentiles": {"0.0": 1.0}, "rawData": [[1.5, 2.5]]},
         "secondaryMetrics": {
           "gc.alloc.rate": {"score": 5, "scoreError": 1, "scoreUnit": "MB/sec", "rawData": [[5]]},
           "gc.alloc.rate.norm": {"score": 24, "scoreError": 1, "scoreUnit": "B/op",
             "rawData": [[24]]}}}"""
        .formatted(benchmark, params, score, error);
  }

  static JmhResult jmh(String benchmark, Map<String, String> params, double score, double error) {
    return new JmhResult(
        "eigengrad.bench.jmh." + benchmark,
        List.of(),
        2,
        params,
        new JmhResult.Metric(score, error, "ns/op", null),
        Map.of());
  }

  static SuiteResults of(JmhResult... figures) {
    return new SuiteResults(Map.of(), null, List.of(), List.of(figures), List.of(), null);
  }

  /** A race of three at n = 8 and 16, in which eigengrad takes the given nanoseconds. */
  static JsonReport.Document race(double... ours) {
    return new JsonReport.Document(
        Map.of(),
        false,
        List.of(
            new Entrant("eigengrad", Kind.OURS, 1, "", ""),
            new Entrant("MKL", Kind.NATIVE, 1, "", ""),
            new Entrant("EJML", Kind.PEER, 1, "", "")),
        List.of(),
        List.of(
            measurement(8, "eigengrad", ours),
            measurement(8, "MKL", 2000, 2000, 2000),
            measurement(8, "EJML", 4000, 4000, 4000),
            measurement(16, "eigengrad", ours)),
        List.of());
  }

  private static Measurement measurement(int n, String contestant, double... nanos) {
    return measurement(Workload.DENSE, n, contestant, nanos);
  }

  private static Measurement measurement(
      Workload workload, int n, String contestant, double... nanos) {
    return new Measurement(workload, n, 1, contestant, 1, 10, nanos, nanos[0], 1, 1, 0, 0, 0);
  }

  /** {@link #whole} and a singular value decomposition of order 8 in 3 µs. */
  static SuiteResults withSvd() {
    SuiteResults whole = whole();
    JsonReport.Document race = race(1000, 1000, 1000);
    List<Measurement> measurements = new ArrayList<>(race.measurements());
    measurements.add(measurement(Workload.SVD, 8, "eigengrad", 3000, 3000, 3000));
    return new SuiteResults(
        whole.machine(),
        whole.unfinished(),
        whole.notes(),
        whole.jmh(),
        whole.coldStarts(),
        new JsonReport.Document(
            race.machine(), false, race.entrants(), List.of(), measurements, List.of()));
  }

  private static JmhResult peer(String contestant, double allocation) {
    return new JmhResult(
        "eigengrad.bench.jmh.PeerBenchmark.call",
        List.of(),
        2,
        Map.of("contestant", contestant, "n", "64", "workload", "DENSE"),
        new JmhResult.Metric(9, 1, "ns/op", null),
        Map.of("gc.alloc.rate.norm", new JmhResult.Metric(allocation, 0, "B/op", null)));
  }

  /** Something of everything. */
  static SuiteResults whole() {
    return new SuiteResults(
        Map.of(
            "processor",
            "P",
            "JVM",
            "J",
            "kernel set",
            "vector-512",
            "begun",
            "B",
            "command line",
            "C"),
        List.of(),
        List.of("a note"),
        List.of(
            jmh("ProbeBenchmark.fma", Map.of(), 327.68, 1),
            jmh("ProbeBenchmark.read", Map.of("kilobytes", "16"), 64, 1),
            jmh("KernelBenchmark.gemm", Map.of("n", "64", "simd", "512"), 10485, 100),
            jmh("KernelBenchmark.dot", Map.of("n", "64", "simd", "scalar"), 64, 1),
            jmh(
                "SolverBenchmark.solve",
                Map.of("n", "8", "workload", "DENSE", "simd", "auto"),
                9,
                1),
            jmh("PhaseBenchmark.reduction", Map.of("n", "64", "simd", "auto"), 9, 1),
            jmh("ThreadBenchmark.solve", Map.of("n", "64", "threads", "1"), 18, 1),
            jmh("ThreadBenchmark.solve", Map.of("n", "64", "threads", "2"), 9, 1),
            peer("eigengrad", 2048),
            peer("MKL", 0)),
        List.of(new ColdStart("eigengrad", 64, 5e8, 2e8, 40, 3e9, 5e4)),
        race(1000, 1000, 1000));
  }
}
