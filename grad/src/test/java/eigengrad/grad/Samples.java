package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/** Random matrices and finite differences for the tests of this module. */
public final class Samples {
  private Samples() {}

  public static Stream<InverseGap> boundedRules() {
    return Stream.of(
        InverseGap.powerIteration(19),
        InverseGap.powerIteration(20),
        InverseGap.taylor(9),
        InverseGap.pade(18),
        InverseGap.clipped(1e4),
        InverseGap.lorentzian(1e-4));
  }

  public static Stream<InverseGap> rules() {
    return Stream.concat(Stream.of(InverseGap.analytic()), boundedRules());
  }

  public static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  public static DenseMatrix gaussian(int rows, int columns, long seed) {
    RandomGenerator random = random(seed);
    double[] elements = new double[rows * columns];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = random.nextGaussian();
    }
    return DenseMatrix.wrap(rows, columns, elements);
  }

  /** QΛQᵀ with Q from the eigenvectors of a random matrix. */
  public static DenseMatrix withSpectrum(long seed, double... values) {
    int n = values.length;
    DenseMatrix q =
        eigengrad.linalg.SymmetricEigen.decompose(gaussian(n, n, seed).symmetricPart()).vectors();
    return q.times(DenseMatrix.diagonal(values)).times(q.transpose()).symmetricPart();
  }

  /** UΣVᵀ, m×n, with random vectors. */
  public static DenseMatrix withSingularValues(long seed, int m, int n, double... values) {
    eigengrad.linalg.SingularValueDecomposition svd =
        eigengrad.linalg.Svd.decompose(gaussian(m, n, seed));
    return svd.leftVectors()
        .times(DenseMatrix.diagonal(values))
        .times(svd.rightVectors().transpose());
  }

  public static double inner(DenseMatrix a, DenseMatrix b) {
    double sum = 0;
    for (int i = 0; i < a.columnMajor().length; i++) {
      sum += a.columnMajor()[i] * b.columnMajor()[i];
    }
    return sum;
  }

  /** The derivative of a loss in a direction, by central differences of order four. */
  public static double directional(
      ToDoubleFunction<DenseMatrix> loss, DenseMatrix at, DenseMatrix direction, double h) {
    double near =
        loss.applyAsDouble(at.plusScaled(h, direction))
            - loss.applyAsDouble(at.plusScaled(-h, direction));
    double far =
        loss.applyAsDouble(at.plusScaled(2 * h, direction))
            - loss.applyAsDouble(at.plusScaled(-2 * h, direction));
    return (8 * near - far) / (12 * h);
  }

  public static double relativeDifference(DenseMatrix a, DenseMatrix b) {
    return a.minus(b).frobeniusNorm() / Math.max(a.frobeniusNorm(), b.frobeniusNorm());
  }

  /** Vectors of n elements for a batch; what fills it up is NaN, which must not matter. */
  public static double[] interleaved(double[][] vectors, int n) {
    double[] all = new double[(vectors.length + 7) / 8 * 8 * n];
    Arrays.fill(all, Double.NaN);
    for (int b = 0; b < vectors.length; b++) {
      for (int j = 0; j < n; j++) {
        all[(b / 8 * n + j) * 8 + b % 8] = vectors[b][j];
      }
    }
    return all;
  }
}
