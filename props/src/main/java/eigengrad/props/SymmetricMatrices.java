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
   * An orthogonal matrix drawn from a seed, uniformly over the group: the Q factor of a Gaussian
   * matrix, by Gram–Schmidt with every projection taken twice.
   *
   * @param n order, ≥ 0
   * @param seed of the Gaussian matrix
   * @return n×n, QᵀQ = I to rounding
   * @throws IllegalArgumentException if n is negative
   */
  public static DenseMatrix orthogonal(int n, long seed) {
    double[] q = gaussian(n, n, seed).columnMajor();
    for (int j = 0; j < n; j++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          double along = dot(n, q, j, k);
          for (int i = 0; i < n; i++) {
            q[i + j * n] -= along * q[i + k * n];
          }
        }
      }
      double norm = Math.sqrt(dot(n, q, j, j));
      for (int i = 0; i < n; i++) {
        q[i + j * n] /= norm;
      }
    }
    return DenseMatrix.wrap(n, n, q);
  }

  private static double dot(int n, double[] q, int j, int k) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += q[i + j * n] * q[i + k * n];
    }
    return sum;
  }

  /**
   * A matrix of independent standard normal elements: a cotangent without structure.
   *
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @param seed of the elements
   * @return m×n
   * @throws IllegalArgumentException if a size is negative
   */
  public static DenseMatrix gaussian(int rows, int columns, long seed) {
    RandomGenerator random = generator(seed);
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("sizes must not be negative, got " + rows + "×" + columns);
    }
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
