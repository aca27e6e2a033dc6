package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.LibraryName;
import eigengrad.bench.peers.contestant.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One library on one thread, in a JVM that has loaded no other: {@code --only Peer}. Restoring an
 * input that the library overwrites is part of the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class PeerBenchmark {
  /** Name in the report. */
  @Param("eigengrad")
  String contestant;

  /** What is called. */
  @Param("EIGENGRAD")
  LibraryName library;

  /** What is computed. */
  @Param({"DENSE", "GEMM"})
  Workload workload;

  /** Order. */
  @Param({"16", "64", "256"})
  int n;

  private CheckedTask task;

  /** Checks one answer. */
  @Setup
  public void prepare() {
    task = CheckedTask.of(library, 1, workload, n);
  }

  /** The library's call. */
  @Benchmark
  public void call() {
    task.run();
  }
}
