package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Parallelism;
import java.util.concurrent.ForkJoinPool;
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
import org.openjdk.jmh.infra.Blackhole;

/** 4096 small matrices at once or one by one, time of each: {@code --only Batch}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BatchBenchmark.MATRICES)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class BatchBenchmark {
  static final int MATRICES = 4096;

  /** LAPACK's own tests accept ratios up to this. */
  private static final double LARGEST_RATIO = 60;

  /** Order. */
  @Param({"4", "8", "16", "32"})
  int n;

  /** How many the batch may take; one by one is on one. */
  @Param("1")
  int threads;

  private final EigenSolver single = new EigenSolver();
  private EigenSolver solver;
  private DenseMatrix[] matrices;
  private MatrixBatch batch;
  private BatchedEigendecomposition result;

  /** Checks every decomposition of the batch. */
  @Setup
  public void prepare() {
    matrices = new DenseMatrix[MATRICES];
    for (int b = 0; b < MATRICES; b++) {
      matrices[b] = DenseMatrix.of(n, n, Workload.DENSE.matrix(n, b));
    }
    batch = MatrixBatch.of(matrices);
    Parallelism parallelism =
        threads == 1 ? Parallelism.sequential() : Parallelism.of(new ForkJoinPool(threads));
    solver = new EigenSolver(EigenOptions.DEFAULT.withParallelism(parallelism));
    result = together();
    check(result);
    check(inPlace());
  }

  private void check(BatchedEigendecomposition solved) {
    for (int b = 0; b < MATRICES; b++) {
      double residual = solved.decomposition(b).residual(matrices[b]);
      if (!(residual <= LARGEST_RATIO)) {
        throw new IllegalStateException("matrix %d: residual %s".formatted(b, residual));
      }
    }
  }

  /**
   * As a batch, one matrix per lane.
   *
   * @return all decompositions
   */
  @Benchmark
  public BatchedEigendecomposition together() {
    return solver.decompose(batch);
  }

  /**
   * As a batch, in the memory of the result before.
   *
   * @return all decompositions
   */
  @Benchmark
  public BatchedEigendecomposition inPlace() {
    result = solver.decompose(batch, result);
    return result;
  }

  /**
   * One after the other.
   *
   * @param sink of the decompositions
   */
  @Benchmark
  public void oneByOne(Blackhole sink) {
    for (DenseMatrix matrix : matrices) {
      sink.consume(single.decompose(matrix));
    }
  }
}
