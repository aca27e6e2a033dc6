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

/** eigengrad's solver kept with its memory, on one thread: {@code --only Solver}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class SolverBenchmark {
  /** Kernel set. */
  @Param("auto")
  String simd;

  /** What is computed, of what matrix. */
  @Param({"DENSE", "CLUSTERED", "COVARIANCE", "VALUES"})
  Workload workload;

  /** Order. */
  @Param({"4", "8", "16", "32", "64", "128", "256", "512", "1024"})
  int n;

  private CheckedTask task;

  /** Checks one solution. */
  @Setup
  public void prepare() {
    KernelChoice.require(simd);
    task = CheckedTask.of(LibraryName.EIGENGRAD, 1, workload, n);
  }

  /** A whole solve: input checked, results allocated. */
  @Benchmark
  public void solve() {
    task.run();
  }
}
