package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** M^(−1/2) and its gradient: {@code --only SpectralFunction}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class SpectralFunctionBenchmark {
  /** Order. */
  @Param({"64", "256"})
  int n;

  private DenseMatrix matrix;
  private DenseMatrix cotangent;
  private SpectralFunction.Pass pass;

  /** Checks that M^(−1/2)·M·M^(−1/2) is the identity, and the gradient in closed form. */
  @Setup
  public void prepare() {
    matrix = DenseMatrix.of(n, n, Workload.COVARIANCE.matrix(n, 1)).plus(DenseMatrix.identity(n));
    cotangent = DenseMatrix.of(n, n, Workload.DENSE.matrix(n, 2));
    pass = forward();
    DenseMatrix root = pass.matrix();
    GradientCheck.requireIdentity(root.times(matrix).times(root));
    GradientCheck.requireEqual("backward", gradient(), backward());
  }

  /** V(F ∘ (VᵀGV))Vᵀ with the divided differences Fᵢⱼ = −1/(√λᵢ√λⱼ(√λᵢ + √λⱼ)). */
  private DenseMatrix gradient() {
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    double[] inner = GradientCheck.congruence(eigen.vectors().transpose(), cotangent).toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double a = Math.sqrt(eigen.value(i));
        double b = Math.sqrt(eigen.value(j));
        inner[i + j * n] /= -(a * b * (a + b));
      }
    }
    return GradientCheck.congruence(eigen.vectors(), DenseMatrix.wrap(n, n, inner));
  }

  /**
   * Solve and function.
   *
   * @return M^(−1/2)
   */
  @Benchmark
  public SpectralFunction.Pass forward() {
    return SpectralFunction.inverseSquareRoot().forward(matrix);
  }

  /**
   * The exact gradient.
   *
   * @return ∂L/∂M
   */
  @Benchmark
  public DenseMatrix backward() {
    return pass.backward(cotangent);
  }
}
