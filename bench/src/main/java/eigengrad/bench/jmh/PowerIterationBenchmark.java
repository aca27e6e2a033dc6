package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenPair;
import eigengrad.linalg.PowerIteration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Power iteration on a covariance: {@code --only PowerIteration}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class PowerIterationBenchmark {
  /** Order. */
  @Param({"64", "256"})
  int n;

  private DenseMatrix matrix;

  /** Checks that the pair converges. */
  @Setup
  public void prepare() {
    matrix = DenseMatrix.of(n, n, Workload.COVARIANCE.matrix(n, 1));
    if (!dominant().converged()) {
      throw new IllegalStateException("the dominant pair has not converged");
    }
  }

  /**
   * The dominant pair from a random start.
   *
   * @return the pair
   */
  @Benchmark
  public EigenPair dominant() {
    return PowerIteration.DEFAULT.dominant(matrix);
  }
}
