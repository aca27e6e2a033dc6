package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of symmetric and orthogonal matrices. */
public final class SymmetricMatrices {
  private SymmetricMatrices() {}

  /**
   * Matrices of the given families; a failing one shrinks towards smaller orders within its family
   * and towards earlier families.
   *
   * @param families from simple to hard
   * @param largestOrder ≥ 1
   * @return a generator of matrices of order 1 and more
   */
  public static Arbitrary<TestMatrix> of(List<MatrixFamily> families, int largestOrder) {
    return Combinators.combine(Arbitraries.of(families), orders(largestOrder), seeds())
        .as((family, n, seed) -> family.of(n, seed))
        .withoutEdgeCases();
  }

  /**
   * QΛQᵀ, exactly symmetric, its eigenvalues those given up to rounding. A failing matrix shrinks
   * towards fewer and rounder eigenvalues, ties among them kept, and towards a diagonal matrix.
   *
   * @param spectra generator of eigenvalues, at least one
   * @return a generator of matrices
   */
  public static Arbitrary<TestMatrix> withSpectrum(Arbitrary<double[]> spectra) {
    return Combinators.combine(spectra, Arbitraries.of(Basis.class), seeds())
        .as(SymmetricMatrices::withSpectrum)
        .withoutEdgeCases();
  }

  /**
   * Orders that find mistakes in solvers with blocks and lanes: any small one, and 2^k − 1, 2^k,
   * 2^k + 1.
   *
   * @param largest ≥ 1
   * @return a generator of orders from 1
   */
  public static Arbitrary<Integer> orders(int largest) {
    List<Integer> nearPowers =
        IntStream.of(2, 4, 8, 16, 32, 64, 128, 256, 512)
            .flatMap(power -> IntStream.rangeClosed(power - 1, power + 1))
            .filter(n -> n <= largest)
            .boxed()
            .toList();
    Arbitrary<Integer> any = Arbitraries.integers().between(1, largest);
    return nearPowers.isEmpty() ? any : Arbitraries.oneOf(any, Arbitraries.of(nearPowers));
  }

  /** Where the eigenvectors of a generated matrix come from, from simple to general. */
  public enum Basis {
    /** The unit vectors: a diagonal matrix. */
    UNIT,
    /** The unit vectors but for one rotation in a random plane: a nearly diagonal matrix. */
    ONE_ROTATION,
    /** Uniform over the orthogonal group: a full matrix. */
    UNIFORM;

    /**
     * The basis.
     *
     * @param n order
     * @param seed of what is random in it
     * @return n×n, orthogonal to rounding
     */
    public DenseMatrix of(int n, long seed) {
      return switch (this) {
        case UNIT -> DenseMatrix.identity(n);
        case ONE_ROTATION -> rotation(n, seed);
        case UNIFORM -> orthogonal(n, seed);
      };
    }
  }

  private static TestMatrix withSpectrum(double[] values, Basis basis, long seed) {
    return new TestMatrix(
        "matrix of a given spectrum",
        "SymmetricMatrices.similar(SymmetricMatrices.Basis.%s.of(%d, %dL), %s)"
            .formatted(basis, values.length, seed, JavaLiteral.of(values)),
        similar(basis.of(values.length, seed), values));
  }

  /**
   * QΛQᵀ with Q drawn from a seed.
   *
   * @param values Λ, n
   * @param seed of Q
   * @return an exactly symmetric n×n matrix
   */
  public static DenseMatrix withSpectrum(double[] values, long seed) {
    return similar(orthogonal(values.length, seed), values);
  }

  /**
   * QΛQᵀ, by plain loops: the same bits on every machine, and no kernel that may be under test.
   *
   * @param q Q, n×n
   * @param values Λ, n
   * @return an exactly symmetric n×n matrix
   */
  public static DenseMatrix similar(DenseMatrix q, double[] values) {
    return similar(q, DenseMatrix.diagonal(values));
  }

  /**
   * QBQᵀ, by plain loops.
   *
   * @param q Q, n×n
   * @param b B, n×n
   * @return an exactly symmetric n×n matrix
   */
  public static DenseMatrix similar(DenseMatrix q, DenseMatrix b) {
    return timesTransposed(timesTransposed(q, b.transpose()), q).symmetricPart();
  }

  /** ABᵀ, a column at a time. */
  static DenseMatrix timesTransposed(DenseMatrix a, DenseMatrix b) {
    int rows = a.rows();
    double[] left = a.columnMajor();
    double[] product = new double[rows * b.rows()];
    for (int j = 0; j < b.rows(); j++) {
      for (int k = 0; k < b.columns(); k++) {
        double factor = b.get(j, k);
        if (factor != 0) {
          for (int i = 0; i < rows; i++) {
            product[i + j * rows] += factor * left[i + k * rows];
          }
        }
      }
    }
    return DenseMatrix.wrap(rows, b.rows(), product);
  }

  /** The identity but for a rotation by a random angle in the plane of two random axes. */
  private static DenseMatrix rotation(int n, long seed) {
    if (n < 2) {
      return DenseMatrix.identity(n);
    }
    RandomGenerator random = random(seed);
    int i = random.nextInt(n - 1);
    int j = random.nextInt(i + 1, n);
    double angle = random.nextDouble(Math.PI);
    double[] q = DenseMatrix.identity(n).columnMajor();
    q[i + i * n] = Math.cos(angle);
    q[j + i * n] = Math.sin(angle);
    q[i + j * n] = -Math.sin(angle);
    q[j + j * n] = Math.cos(angle);
    return DenseMatrix.wrap(n, n, q);
  }

  /**
   * A signed permutation: it moves coordinates and turns some of them round, without a rounding
   * error.
   *
   * @param n order, ≥ 0
   * @param seed of order and signs
   * @return n×n, one ±1 in each row and column
   */
  public static DenseMatrix signedPermutation(int n, long seed) {
    RandomGenerator random = random(seed);
    double[] p = new double[DenseMatrix.elementCount(n, n)];
    int[] image = IntStream.range(0, n).toArray();
    for (int j = n - 1; j >= 0; j--) {
      int k = random.nextInt(j + 1);
      int chosen = image[k];
      image[k] = image[j];
      p[chosen + j * n] = random.nextBoolean() ? 1 : -1;
    }
    return DenseMatrix.wrap(n, n, p);
  }

  /** Elements uniform in (−1, 1). */
  static DenseMatrix uniform(int n, long seed) {
    RandomGenerator random = random(seed);
    double[] a = new double[DenseMatrix.elementCount(n, n)];
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        a[i + j * n] = random.nextDouble(-1, 1);
        a[j + i * n] = a[i + j * n];
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }

  /** With zeros beyond a number of off-diagonals. */
  static DenseMatrix banded(DenseMatrix matrix, int width) {
    return mapped(matrix, (i, j, a) -> Math.abs(i - j) > width ? 0 : a);
  }

  /** Uniform elements, those of odd i + j times a factor. */
  static DenseMatrix everyOtherTimes(double factor, int n, long seed) {
    return mapped(uniform(n, seed), (i, j, a) -> (i + j) % 2 == 1 ? a * factor : a);
  }

  private interface ElementRule {
    double apply(int i, int j, double a);
  }

  private static DenseMatrix mapped(DenseMatrix matrix, ElementRule rule) {
    int n = matrix.rows();
    double[] a = matrix.toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        a[i + j * n] = rule.apply(i, j, a[i + j * n]);
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }

  /**
   * A matrix as libraries take it that store rows.
   *
   * @param matrix m×n
   * @return m new arrays of n elements
   */
  public static double[][] rows(DenseMatrix matrix) {
    double[][] rows = new double[matrix.rows()][matrix.columns()];
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        rows[i][j] = matrix.get(i, j);
      }
    }
    return rows;
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
    return orthonormalised(gaussian(n, n, seed));
  }

  /** The Q factor of an m×n matrix, m ≥ n, m×n. */
  static DenseMatrix orthonormalised(DenseMatrix matrix) {
    int m = matrix.rows();
    double[] q = matrix.toArray();
    for (int j = 0; j < matrix.columns(); j++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          double along = dot(m, q, j, k);
          for (int i = 0; i < m; i++) {
            q[i + j * m] -= along * q[i + k * m];
          }
        }
      }
      double norm = Math.sqrt(dot(m, q, j, j));
      for (int i = 0; i < m; i++) {
        q[i + j * m] /= norm;
      }
    }
    return DenseMatrix.wrap(m, matrix.columns(), q);
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
    RandomGenerator random = random(seed);
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("sizes must not be negative, got " + rows + "×" + columns);
    }
    double[] elements = new double[DenseMatrix.elementCount(rows, columns)];
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
    return Arbitraries.longs().between(0, 1L << 40).dontShrink().withoutEdgeCases();
  }

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
