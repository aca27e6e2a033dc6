package eigengrad.bench.peers.contestant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A task that every contestant is given, on matrices made from a seed. */
public enum Workload {
  /** Values and vectors of a matrix with normally distributed elements. */
  DENSE("values and vectors, random symmetric matrix"),
  /** Values and vectors of a matrix with four distinct eigenvalues, but for rounding. */
  CLUSTERED("values and vectors, eigenvalues in four tight clusters"),
  /** Values and vectors of a covariance whose features have decaying scales. */
  COVARIANCE("values and vectors, covariance of features with decaying scales"),
  /** Values alone of the matrix of {@link #DENSE}. */
  VALUES("values alone, random symmetric matrix"),
  /** Single-precision values and vectors of the matrix of {@link #DENSE}, rounded to floats. */
  SINGLE("single-precision values and vectors, random symmetric matrix"),
  /** Thin singular value decomposition of a square matrix with normally distributed elements. */
  SVD("singular values and vectors, random square matrix"),
  /** Thin singular value decomposition of a 16n×n matrix. */
  SVD_TALL("singular values and vectors, random matrix of 16n rows"),
  /** Singular values alone of the matrix of {@link #SVD}. */
  SVD_VALUES("singular values alone, random square matrix"),
  /** Single-precision decomposition of the matrix of {@link #SVD}, rounded to floats. */
  SVD_SINGLE("single-precision singular values and vectors, random square matrix"),
  /** The product of two square matrices. */
  GEMM("product of two square matrices");

  /** Rows for each column of {@link #SVD_TALL}. */
  private static final int TALL = 16;

  private final String title;

  Workload(String title) {
    this.title = title;
  }

  /**
   * What is computed, of what.
   *
   * @return a phrase for a heading
   */
  public String title() {
    return title;
  }

  /**
   * The word for it on a command line.
   *
   * @return the name in lower case, with hyphens
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The workload of a word.
   *
   * @param word as {@link #word()} gives it
   * @return nothing if there is no such workload
   */
  public static Optional<Workload> of(String word) {
    return Arrays.stream(values()).filter(workload -> workload.word().equals(word)).findFirst();
  }

  /**
   * Arithmetic of the task, counted as is usual: 2n³ for a product.
   *
   * @param n order
   * @return floating-point operations, or 0 where the count depends on the matrix
   */
  public double flops(int n) {
    return this == GEMM ? 2.0 * n * n * n : 0;
  }

  /**
   * The rows of the matrix.
   *
   * @param n columns
   * @return n, but for {@link #SVD_TALL}
   */
  public int rows(int n) {
    return this == SVD_TALL ? TALL * n : n;
  }

  /** Whether vectors are part of the answer. */
  boolean wantsVectors() {
    return this != VALUES && this != SVD_VALUES && this != GEMM;
  }

  /** Whether singular values are wanted. */
  boolean isSvd() {
    return this == SVD || this == SVD_TALL || this == SVD_VALUES || this == SVD_SINGLE;
  }

  /** Whether the matrix is rounded to floats. */
  boolean isSingle() {
    return this == SINGLE || this == SVD_SINGLE;
  }

  /**
   * The unit in which errors are judged.
   *
   * @return the distance from 1 to the next number of the precision that is worked in
   */
  public double ulp() {
    return isSingle() ? Math.ulp(1f) : Math.ulp(1.0);
  }

  /**
   * The matrix of a seed, symmetric where eigenvalues are wanted.
   *
   * @param n columns
   * @param seed the same gives the same elements
   * @return {@link #rows} times n elements
   */
  public double[] matrix(int n, long seed) {
    return switch (this) {
      case DENSE, VALUES, SINGLE -> TestMatrices.symmetric(n, seed);
      case CLUSTERED -> TestMatrices.clustered(n, seed);
      case COVARIANCE -> TestMatrices.covariance(n, seed);
      case SVD, SVD_TALL, SVD_VALUES, SVD_SINGLE, GEMM -> TestMatrices.normal(rows(n), n, seed);
    };
  }
}
