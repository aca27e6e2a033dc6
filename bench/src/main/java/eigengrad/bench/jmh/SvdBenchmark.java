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

/** Singular values of one matrix, with thin vectors or alone, on one thread: {@code --only Svd}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class SvdBenchmark {
  /** What is computed, of what matrix. */
  @Param({"SVD", "SVD_VALUES", "SVD_TALL"})
  Workload workload;

  /** Columns. */
  @Param({"8", "16", "32", "64", "128", "256", "512"})
  int n;

  private CheckedTask task;

  /** Checks one solution. */
  @Setup
  public void prepare() {
    task = CheckedTask.of(LibraryName.EIGENGRAD, 1, workload, n);
  }

  /** A whole solve: input checked, results allocated. */
  @Benchmark
  public void solve() {
    task.run();
  }
}
