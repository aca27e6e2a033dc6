package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of symmetric and orthogonal matrices. */
public final class SymmetricMatrices {
  private SymmetricMatrices() {}

  /**
   * QΛQᵀ with a random orthogonal Q; exactly symmetric, its eigenvalues those given up to rounding.
   *
   * @param spectra generator of eigenvalues
   * @return a generator of matrices
   */
  public static Arbitrary<DenseMatrix> withSpectrum(Arbitrary<double[]> spectra) {
    return Combinators.combine(spectra, seeds()).as(SymmetricMatrices::withSpectrum);
  }

  /**
   * QΛQᵀ with Q drawn from a seed.
   *
   * @param values Λ, n
   * @param seed of Q
   * @return an exactly symmetric n×n matrix
   */
  public static DenseMatrix withSpectrum(double[] values, long seed) {
    DenseMatrix q = orthogonal(values.length, seed);
    return q.times(DenseMatrix.diagonal(values)).times(q.transpose()).symmetricPart();
  }

  /**
   * An orthogonal matrix drawn from a seed: n random reflections, uniform over the group.
   *
   * @param n order, ≥ 0
   * @param seed of the reflections
   * @return n×n, QᵀQ = I to rounding
   */
  public static DenseMatrix orthogonal(int n, long seed) {
    RandomGenerator random = generator(seed);
    DenseMatrix q = DenseMatrix.identity(n);
    for (int length = n; length > 0; length--) {
      double[] v = new double[n];
      double square = 0;
      for (int i = n - length; i < n; i++) {
        v[i] = random.nextGaussian();
        square += v[i] * v[i];
      }
      DenseMatrix column = DenseMatrix.wrap(n, 1, v);
      q = q.plusScaled(-2 / square, column.times(column.transpose().times(q)));
    }
    return q;
  }

  /**
   * A matrix of independent standard normal elements: a cotangent without structure.
   *
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param seed of the elements
   * @return m×n
   */
  public static DenseMatrix gaussian(int rows, int columns, long seed) {
    RandomGenerator random = generator(seed);
    double[] elements = new double[rows * columns];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = random.nextGaussian();
    }
    return DenseMatrix.wrap(rows, columns, elements);
  }

  /**
   * Seeds for the functions above; they do not shrink, since no seed is simpler than another.
   *
   * @return a generator of seeds
   */
  public static Arbitrary<Long> seeds() {
    return Arbitraries.longs().between(0, 1L << 40).dontShrink();
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
