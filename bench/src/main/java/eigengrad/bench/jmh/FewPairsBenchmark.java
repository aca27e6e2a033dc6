package eigengrad.bench.jmh;

import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.PartialEigendecomposition;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The k largest pairs of a tridiagonal matrix, by their number: {@code --only FewPairs}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class FewPairsBenchmark {
  /** LAPACK's own limit is 60. */
  private static final double LARGEST_RATIO = 30;

  /** Families of matrices: evenly spread, dense at the ends, random, clustered. */
  public enum Family {
    /** 0, 1, 2, … and 1. */
    RAMP,
    /** 2 and 1. */
    SECOND_DIFFERENCE,
    /** Uniform in (0, 1). */
    RANDOM,
    /** Copies of Wilkinson's matrix of order 21, coupled by 1e-8. */
    GLUED_WILKINSON
  }

  /** The matrix. */
  @Param Family matrix;

  /** Order. */
  @Param({"2500"})
  int n;

  /** How many pairs. */
  @Param({"1", "2", "3", "5", "10", "20", "50"})
  int k;

  private final EigenSolver solver = new EigenSolver();
  private double[] diagonal;
  private double[] offDiagonal;
  private IndexRange range;

  /** Checks residuals, orthogonality and values. */
  @Setup
  public void prepare() {
    Random random = new Random(1);
    diagonal = elements(n, i -> diagonal(i, random));
    offDiagonal = elements(n - 1, i -> offDiagonal(i, random));
    range = IndexRange.largest(k);
    PartialEigendecomposition eigen = pairs();
    double[] values = values();
    double norm = Arrays.stream(diagonal).max().orElse(0) + 1;
    double rounding = LARGEST_RATIO * Math.ulp(1.0);
    for (int j = 0; j < k; j++) {
      double residual = residual(eigen.value(j), eigen.vectors().column(j));
      if (!(residual <= rounding * n * norm
          && Math.abs(values[j] - eigen.value(j)) <= rounding * norm)) {
        throw new IllegalStateException("pair " + j + " is wrong");
      }
    }
    if (!(eigen.orthogonality() <= LARGEST_RATIO)) {
      throw new IllegalStateException("the vectors are not orthogonal");
    }
  }

  private double diagonal(int i, Random random) {
    return switch (matrix) {
      case RAMP -> i;
      case SECOND_DIFFERENCE -> 2;
      case RANDOM -> random.nextDouble();
      case GLUED_WILKINSON -> Math.abs(i % 21 - 10);
    };
  }

  private double offDiagonal(int i, Random random) {
    return switch (matrix) {
      case RAMP, SECOND_DIFFERENCE -> 1;
      case RANDOM -> random.nextDouble();
      case GLUED_WILKINSON -> i % 21 == 20 ? 1e-8 : 1;
    };
  }

  private static double[] elements(int count, IntToDoubleFunction element) {
    double[] elements = new double[count];
    Arrays.setAll(elements, element);
    return elements;
  }

  /** ‖Tv − λv‖₁. */
  private double residual(double lambda, double[] v) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double element = (diagonal[i] - lambda) * v[i];
      element += i > 0 ? offDiagonal[i - 1] * v[i - 1] : 0;
      element += i < n - 1 ? offDiagonal[i] * v[i + 1] : 0;
      sum += Math.abs(element);
    }
    return sum;
  }

  /**
   * Values and vectors.
   *
   * @return the pairs
   */
  @Benchmark
  public PartialEigendecomposition pairs() {
    return solver.decompose(diagonal, offDiagonal, range);
  }

  /**
   * Values alone.
   *
   * @return the values
   */
  @Benchmark
  public double[] values() {
    return solver.values(diagonal, offDiagonal, range);
  }
}
