package eigengrad.bench.jmh;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.LeadingEigen;
import eigengrad.linalg.LeadingPairs;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricProduct;
import java.util.Random;
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
 * The k largest pairs of a dense matrix with a decaying spectrum, by products with it and by the
 * dense solver: {@code --only LeadingEigen}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class LeadingEigenBenchmark {
  /** Order. */
  @Param({"2048"})
  int n;

  /** How many pairs. */
  @Param({"16"})
  int k;

  private final EigenSolver solver = new EigenSolver();
  private DenseMatrix matrix;
  private SymmetricProduct product;

  /** XXᵀ with the rows of X scaled by 1/√(1 + i), and a check of the values. */
  @Setup
  public void prepare() {
    Random random = new Random(1);
    double[] x = new double[n * n];
    for (int p = 0; p < x.length; p++) {
      x[p] = random.nextGaussian() / Math.sqrt(1 + p % n);
    }
    DenseMatrix samples = DenseMatrix.wrap(n, n, x);
    matrix = samples.times(samples.transpose()).symmetricPart();
    product = SymmetricProduct.of(matrix);
    double[] exact = dense().values();
    double[] values = leading().values();
    for (int j = 0; j < k; j++) {
      if (!(Math.abs(values[j] - exact[j]) <= 1e-12 * exact[k - 1])) {
        throw new IllegalStateException("value " + j + " is wrong");
      }
    }
  }

  /**
   * By Lanczos.
   *
   * @return the pairs
   */
  @Benchmark
  public LeadingPairs leading() {
    return LeadingEigen.DEFAULT.largest(n, product, k);
  }

  /**
   * By the dense solver.
   *
   * @return the pairs
   */
  @Benchmark
  public PartialEigendecomposition dense() {
    return solver.decompose(matrix, IndexRange.largest(k));
  }
}
