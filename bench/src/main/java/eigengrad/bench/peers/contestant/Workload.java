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
  /** The product of two square matrices. */
  GEMM("product of two square matrices");

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
   * @return the name in lower case
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
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

  /** Whether eigenvectors are part of the answer. */
  boolean wantsVectors() {
    return this != VALUES && this != GEMM;
  }

  /**
   * The matrix of a seed, symmetric but for {@link #GEMM}.
   *
   * @param n order
   * @param seed the same gives the same elements
   * @return n×n elements
   */
  public double[] matrix(int n, long seed) {
    return switch (this) {
      case DENSE, VALUES, SINGLE -> TestMatrices.symmetric(n, seed);
      case CLUSTERED -> TestMatrices.clustered(n, seed);
      case COVARIANCE -> TestMatrices.covariance(n, seed);
      case GEMM -> TestMatrices.normal(n, n, seed);
    };
  }
}
