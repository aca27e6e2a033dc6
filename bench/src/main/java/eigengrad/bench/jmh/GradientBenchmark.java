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

  /** LAPACK's own tests accept ratios up to this. */
  private static final double LARGEST_RATIO = 60;

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

    /** Makes everything and checks the two solves and the matrix-free gradient. */
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
      check();
    }

    private void check() {
      GradientBenchmark benchmark = new GradientBenchmark();
      Eigendecomposition solved = benchmark.forward(this);
      requireSmall(solved.residual(matrix), solved.orthogonality());
      requireSmall(leading.residual(matrix), leading.orthogonality());
      DenseMatrix expected =
          GradientCheck.gradient(
              eigen.values(),
              lastColumns(eigen.vectors(), leading.vectors()),
              GapFormula.of(InverseGap.powerIteration(TERMS)),
              lastColumns(DenseMatrix.of(1, n, new double[n]), row(leadingValueCotangent))
                  .toArray(),
              lastColumns(DenseMatrix.of(n, n, new double[n * n]), leadingVectorCotangent));
      GradientCheck.requireEqual("matrixFree", expected, benchmark.matrixFree(this));
    }

    private static void requireSmall(double residual, double orthogonality) {
      if (!(residual <= LARGEST_RATIO && orthogonality <= LARGEST_RATIO)) {
        throw new IllegalStateException(
            "residual %s, orthogonality %s".formatted(residual, orthogonality));
      }
    }

    private static DenseMatrix row(double[] elements) {
      return DenseMatrix.of(1, elements.length, elements);
    }

    /** A matrix whose last columns are replaced. */
    private static DenseMatrix lastColumns(DenseMatrix matrix, DenseMatrix columns) {
      double[] all = matrix.toArray();
      double[] last = columns.toArray();
      System.arraycopy(last, 0, all, all.length - last.length, last.length);
      return DenseMatrix.wrap(matrix.rows(), matrix.columns(), all);
    }
  }

  /** What stands for 1/(λᵢ − λⱼ). */
  @State(Scope.Benchmark)
  public static class Rule {
    /** Its name. */
    @Param({"analytic", "powerIteration", "pade", "clipped", "lorentzian"})
    String rule;

    private InverseGap inverseGap;

    /** Checks the gradient that is timed, every element of it. */
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
      DenseMatrix expected =
          GradientCheck.gradient(
              problem.eigen.values(),
              problem.eigen.vectors(),
              GapFormula.of(inverseGap),
              problem.valueCotangent,
              problem.vectorCotangent);
      GradientCheck.requireEqual(rule, expected, new GradientBenchmark().backward(problem, this));
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
