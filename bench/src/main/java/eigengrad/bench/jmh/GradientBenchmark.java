package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.grad.PowerIterationGradient;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The backward pass with every rule, the forward solve beside it: {@code --only Gradient}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class GradientBenchmark {
  private static final int TERMS = 19;
  private static final int LEADING = 8;

  /** A covariance, its pairs and cotangents. */
  @State(Scope.Benchmark)
  public static class Problem {
    /** Order. */
    @Param({"64", "256"})
    int n;

    private DenseMatrix matrix;
    private Eigendecomposition eigen;
    private PartialEigendecomposition leading;
    private double[] valueCotangent;
    private DenseMatrix vectorCotangent;
    private double[] leadingValueCotangent;
    private DenseMatrix leadingVectorCotangent;

    /** Makes everything. */
    @Setup
    public void prepare() {
      matrix = DenseMatrix.of(n, n, Workload.COVARIANCE.matrix(n, 1));
      eigen = SymmetricEigen.decompose(matrix);
      leading = SymmetricEigen.decompose(matrix, IndexRange.largest(LEADING));
      double[] normal = Workload.GEMM.matrix(n, 2);
      valueCotangent = Arrays.copyOf(normal, n);
      vectorCotangent = DenseMatrix.of(n, n, normal);
      leadingValueCotangent = Arrays.copyOf(normal, LEADING);
      leadingVectorCotangent = DenseMatrix.of(n, LEADING, Arrays.copyOf(normal, n * LEADING));
    }
  }

  /** What stands for 1/(λᵢ − λⱼ). */
  @State(Scope.Benchmark)
  public static class Rule {
    /** Its name. */
    @Param({"analytic", "powerIteration", "pade", "clipped", "lorentzian"})
    String rule;

    private InverseGap inverseGap;

    /** Checks that the gradient of Σλ is the identity. */
    @Setup
    public void prepare(Problem problem) {
      inverseGap =
          switch (rule) {
            case "analytic" -> InverseGap.analytic();
            case "powerIteration" -> InverseGap.powerIteration(TERMS);
            case "pade" -> InverseGap.pade(TERMS);
            case "clipped" -> InverseGap.clipped(100);
            case "lorentzian" -> InverseGap.lorentzian(1e-3);
            default -> throw new IllegalArgumentException("no rule " + rule);
          };
      double[] ones = new double[problem.n];
      Arrays.fill(ones, 1);
      DenseMatrix zero = problem.vectorCotangent.times(0);
      GradientCheck.requireIdentity(EigenGradient.backward(problem.eigen, inverseGap, ones, zero));
    }
  }

  /**
   * The forward pass.
   *
   * @param problem of order n
   * @return values and vectors
   */
  @Benchmark
  public Eigendecomposition forward(Problem problem) {
    return SymmetricEigen.decompose(problem.matrix);
  }

  /**
   * The gradient of all pairs.
   *
   * @param problem of order n
   * @param rule for the gaps
   * @return ∂L/∂M
   */
  @Benchmark
  public DenseMatrix backward(Problem problem, Rule rule) {
    return EigenGradient.backward(
        problem.eigen, rule.inverseGap, problem.valueCotangent, problem.vectorCotangent);
  }

  /**
   * The gradient of eight leading pairs, from products with the matrix alone.
   *
   * @param problem of order n
   * @return ∂L/∂M
   */
  @Benchmark
  public DenseMatrix matrixFree(Problem problem) {
    return PowerIterationGradient.backward(
        problem.matrix,
        problem.leading,
        TERMS,
        problem.leadingValueCotangent,
        problem.leadingVectorCotangent);
  }
}
