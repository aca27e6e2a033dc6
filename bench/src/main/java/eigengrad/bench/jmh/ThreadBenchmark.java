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

/** One solve shared out among threads: {@code --only Thread}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class ThreadBenchmark {
  /** Threads of the pool. */
  @Param({"1", "2"})
  int threads;

  /** Order. */
  @Param({"256", "512", "1024"})
  int n;

  private CheckedTask task;

  /** Checks one solution. */
  @Setup
  public void prepare() {
    task = CheckedTask.of(LibraryName.EIGENGRAD, threads, Workload.DENSE, n);
  }

  /** Values and vectors. */
  @Benchmark
  public void solve() {
    task.run();
  }
}
