package eigengrad.bench.jmh;

import eigengrad.bench.hostile.HostileBatch;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.FailurePolicy;
import eigengrad.linalg.MatrixBatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Batches in which every matrix fails, time of each: {@code --only Hostile}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(HostileBatchBenchmark.MATRICES)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class HostileBatchBenchmark {
  static final int MATRICES = 1024;

  /** Which. */
  @Param({"RANDOM", "GIVEN_UP", "REFUSED"})
  HostileBatch matrix;

  /** Order. */
  @Param("8")
  int n;

  private final EigenSolver solver = new EigenSolver();
  private MatrixBatch batch;

  /** Checks how many fail. */
  @Setup
  public void prepare() {
    batch = matrix.matrices(MATRICES, n);
    int failures = batch().failures().size();
    if (failures != (matrix == HostileBatch.REFUSED ? MATRICES : 0)) {
      throw new IllegalStateException("%s: %d failures".formatted(matrix, failures));
    }
  }

  /**
   * All of them; what fails is listed.
   *
   * @return decompositions and failures
   */
  @Benchmark
  public BatchedEigendecomposition batch() {
    return solver.with(matrix.options().withFailurePolicy(FailurePolicy.LIST)).decompose(batch);
  }
}
