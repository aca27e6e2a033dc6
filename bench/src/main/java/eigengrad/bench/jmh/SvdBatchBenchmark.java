package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.linalg.BatchedSingularValueDecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.SvdSolver;
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

/** Singular values of 4096 small matrices at once, time of each: {@code --only SvdBatch}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SvdBatchBenchmark.MATRICES)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class SvdBatchBenchmark {
  static final int MATRICES = 4096;

  /** LAPACK's own tests accept ratios up to this. */
  private static final double LARGEST_RATIO = 60;

  /** Rows and columns. */
  @Param({"3", "8"})
  int n;

  private final SvdSolver solver = new SvdSolver();
  private MatrixBatch batch;

  /** Checks every decomposition of the batch. */
  @Setup
  public void prepare() {
    DenseMatrix[] matrices = new DenseMatrix[MATRICES];
    for (int b = 0; b < MATRICES; b++) {
      matrices[b] = DenseMatrix.of(n, n, Workload.SVD.matrix(n, b));
    }
    batch = MatrixBatch.of(matrices);
    BatchedSingularValueDecomposition svd = decompose();
    for (int b = 0; b < MATRICES; b++) {
      check(b, svd.decomposition(b), matrices[b]);
    }
  }

  private static void check(int b, SingularValueDecomposition svd, DenseMatrix matrix) {
    double orthogonality = Math.max(svd.leftOrthogonality(), svd.rightOrthogonality());
    double ratio = Math.max(svd.residual(matrix), orthogonality);
    if (!(ratio <= LARGEST_RATIO)) {
      throw new IllegalStateException("matrix %d: ratio %s".formatted(b, ratio));
    }
  }

  /**
   * Values and vectors, one matrix per lane.
   *
   * @return all decompositions
   */
  @Benchmark
  public BatchedSingularValueDecomposition decompose() {
    return solver.decompose(batch);
  }
}
