package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.LibraryName;
import eigengrad.bench.peers.contestant.SolverPhases;
import eigengrad.bench.peers.contestant.Workload;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The phases of a solve, each by itself: {@code --only Phase}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class PhaseBenchmark {
  /** Kernel set. */
  @Param("auto")
  String simd;

  /** Order. */
  @Param({"64", "256", "1024"})
  int n;

  private SolverPhases phases;

  /** Checks a whole solve, then runs all phases once. */
  @Setup
  public void prepare() {
    KernelChoice.require(simd);
    CheckedTask.of(LibraryName.EIGENGRAD, 1, Workload.DENSE, n).run();
    DenseMatrix matrix = DenseMatrix.of(n, n, Workload.DENSE.matrix(n, 1));
    phases = new SolverPhases(matrix, EigenOptions.DEFAULT, new ForkJoinPool(1));
    phases.reduce();
    phases.solveTridiagonal();
  }

  /** Dense to tridiagonal. */
  @Benchmark
  public void reduction() {
    phases.reduce();
  }

  /** Values and vectors of the tridiagonal matrix, on vectors set to 0. */
  @Benchmark
  public void tridiagonal() {
    phases.solveTridiagonal();
  }

  /** The reflectors applied to n vectors. */
  @Benchmark
  public void backTransformation() {
    phases.transformBack();
  }
}
