package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.grad.InverseGap;
import eigengrad.grad.SvdGradient;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.SvdSolver;
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

/**
 * The gradient of singular values and vectors, the decomposition beside it: {@code --only
 * SvdGradient}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class SvdGradientBenchmark {
  /** Rows and columns. */
  @Param({"64", "256"})
  int n;

  private final SvdSolver solver = new SvdSolver();
  private DenseMatrix matrix;
  private SingularValueDecomposition svd;
  private DenseMatrix leftCotangent;
  private double[] valueCotangent;
  private DenseMatrix rightCotangent;

  /** Checks every element of the gradient. */
  @Setup
  public void prepare() {
    matrix = DenseMatrix.of(n, n, Workload.SVD.matrix(n, 1));
    svd = forward();
    double[] normal = Workload.SVD.matrix(n, 2);
    leftCotangent = DenseMatrix.of(n, n, normal);
    rightCotangent = DenseMatrix.of(n, n, Workload.SVD.matrix(n, 3));
    valueCotangent = Arrays.copyOf(normal, n);
    GradientCheck.requireEqual("the gradient", expected(), backward());
  }

  /** UCVᵀ with C of the formula as it stands, product by product. */
  private DenseMatrix expected() {
    DenseMatrix ofLeft = NaiveProduct.of(svd.leftVectors().transpose(), leftCotangent);
    DenseMatrix ofRight = NaiveProduct.of(svd.rightVectors().transpose(), rightCotangent);
    DenseMatrix sum = ofLeft.plus(ofRight);
    DenseMatrix difference = ofLeft.minus(ofRight);
    double[] core = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double gap = svd.value(j) - svd.value(i);
        double both = svd.value(j) + svd.value(i);
        core[i + j * n] =
            i == j
                ? valueCotangent[j]
                : (sum.get(i, j) - sum.get(j, i)) / (2 * gap)
                    + (difference.get(i, j) - difference.get(j, i)) / (2 * both);
      }
    }
    DenseMatrix inner = DenseMatrix.wrap(n, n, core);
    return NaiveProduct.of(
        NaiveProduct.of(svd.leftVectors(), inner), svd.rightVectors().transpose());
  }

  /**
   * The decomposition.
   *
   * @return values and vectors
   */
  @Benchmark
  public SingularValueDecomposition forward() {
    return solver.decompose(matrix);
  }

  /**
   * The gradient, cotangents of values and all vectors.
   *
   * @return ∂L/∂A
   */
  @Benchmark
  public DenseMatrix backward() {
    return SvdGradient.backward(
        svd, InverseGap.analytic(), leftCotangent, valueCotangent, rightCotangent);
  }
}
