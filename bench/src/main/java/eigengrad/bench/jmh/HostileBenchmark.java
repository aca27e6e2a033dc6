package eigengrad.bench.jmh;

import eigengrad.bench.hostile.HostileMatrix;
import eigengrad.bench.hostile.HostileOperation;
import eigengrad.bench.hostile.Tridiagonal;
import eigengrad.bench.hostile.WorstCases;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenWorkspace;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.TridiagonalEigen;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The slowest matrices that a search found, and a random one: {@code --only Hostile}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class HostileBenchmark {
  /** LAPACK's own tests accept ratios up to this. */
  private static final double LARGEST_RATIO = 60;

  private static final double ULP = Math.ulp(1.0);

  /** Which; each operation has its own of the kind. */
  @Param({"RANDOM", "WILKINSON", "DIFFERENCES", "RAMP", "GEOMETRIC", "NORMAL"})
  HostileMatrix matrix;

  /** Order. */
  @Param("512")
  int n;

  private final Map<HostileOperation, HostileOperation.Call> calls =
      new EnumMap<>(HostileOperation.class);

  /** Checks every answer. */
  @Setup
  public void prepare() {
    EigenWorkspace workspace = new EigenWorkspace();
    for (HostileOperation operation : HostileOperation.values()) {
      Tridiagonal t = WorstCases.of(matrix, operation, n);
      HostileOperation.Call call = operation.of(t, workspace);
      check(t, call.run());
      calls.put(operation, call);
    }
  }

  /** Eigenvalues, all or the largest, against those of a decomposition with small residuals. */
  private void check(Tridiagonal t, double[] values) {
    Eigendecomposition eigen = TridiagonalEigen.decompose(t.d(), t.e());
    DenseMatrix dense = t.dense();
    double worst = Math.max(eigen.residual(dense), eigen.orthogonality());
    double[] expected = eigen.values();
    double unit = ULP * Math.max(Math.abs(expected[0]), Math.abs(expected[n - 1]));
    for (int j = 0; j < values.length; j++) {
      double error = values[j] - expected[n - values.length + j];
      worst = Math.max(worst, Math.abs(error) / unit);
    }
    if (!(worst <= LARGEST_RATIO)) {
      throw new IllegalStateException("%s: ratio %s".formatted(matrix, worst));
    }
  }

  private double[] run(HostileOperation operation) {
    return Objects.requireNonNull(calls.get(operation)).run();
  }

  /**
   * Values and vectors.
   *
   * @return values
   */
  @Benchmark
  public double[] decompose() {
    return run(HostileOperation.DECOMPOSE);
  }

  /**
   * Values alone.
   *
   * @return values
   */
  @Benchmark
  public double[] values() {
    return run(HostileOperation.VALUES);
  }

  /**
   * Values and vectors of the two per cent that are largest.
   *
   * @return values
   */
  @Benchmark
  public double[] largest() {
    return run(HostileOperation.LARGEST);
  }

  /**
   * Values and vectors of the same as a dense matrix.
   *
   * @return values
   */
  @Benchmark
  public double[] dense() {
    return run(HostileOperation.DENSE);
  }
}
