package eigengrad.grad.paper;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A way to find the leading eigenpairs of a symmetric matrix and to carry gradients back through
 * them: what the paper compares.
 *
 * <p>The methods are the paper's, ties included: only equal eigenvalues tie here. {@link
 * EigenGradient} also recognises those that rounding has split. Pairs come in the paper's order,
 * largest |λ| first. Passes are immutable and may be used by any thread; a method that draws random
 * numbers may not run forward on two threads at once.
 */
public interface DifferentiableEigen {

  /**
   * Finds the leading pairs.
   *
   * @param matrix M, n×n symmetric; not modified
   * @param count how many pairs, 1 to n
   * @return the pass
   * @throws IllegalArgumentException if M is not square, finite and symmetric, or count out of
   *     range
   * @throws NonFiniteException if something overflows the method's precision
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  Pass forward(DenseMatrix matrix, int count);

  /**
   * Finds the leading pairs of several matrices; exact methods solve eight or more as a batch.
   *
   * @param matrices each M, n×n symmetric, all of one order; not modified
   * @param count how many pairs of each, 1 to n
   * @return the pass of each
   * @throws IllegalArgumentException if an M is not square, finite and symmetric or of another
   *     order than the first, or count out of range
   * @throws NonFiniteException if something overflows the method's precision
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  default Pass[] forward(DenseMatrix[] matrices, int count) {
    Cotangents.requireOneOrder(matrices);
    for (DenseMatrix matrix : matrices) {
      Cotangents.requirePairs(matrix, count);
    }
    return Stream.of(matrices).map(matrix -> forward(matrix, count)).toArray(Pass[]::new);
  }

  /** Eigenpairs, largest |λ| first, and the way back from them to the matrix: immutable. */
  interface Pass {
    /**
     * The eigenvalues.
     *
     * @return k of them; fewer than were asked for if a method ran out of matrix to deflate
     */
    double[] values();

    /**
     * The eigenvectors.
     *
     * @return n×k, unit columns in the order of the values
     */
    DenseMatrix vectors();

    /**
     * ∂L/∂M.
     *
     * @param valueCotangent ∂L/∂λ, k elements
     * @param vectorCotangent ∂L/∂V, n×k
     * @return n×n, exactly symmetric
     * @throws IllegalArgumentException if sizes do not match or a cotangent is not finite
     * @throws NonFiniteException if the gradient is not finite under the method
     * @throws CancellationException if the calling thread is interrupted while steps of power
     *     iteration are retraced
     */
    DenseMatrix backward(double[] valueCotangent, DenseMatrix vectorCotangent);
  }

  /**
   * "SVD" in the paper: exact forward, 1/(λᵢ − λⱼ) backward.
   *
   * @param precision of what is stored
   * @return the method; its gradient explodes where eigenvalues meet
   */
  static DifferentiableEigen analytic(Precision precision) {
    return new ExactEigen(InverseGap.analytic().withTieTolerance(0), precision.rounding());
  }

  /**
   * "Ours" in the paper: exact forward, K terms of power iteration backward.
   *
   * @param terms K ≥ 1; the paper takes 19
   * @param precision of what is stored
   * @return the method; its coefficients are bounded by K/λ
   * @throws IllegalArgumentException if K &lt; 1
   */
  static DifferentiableEigen hybrid(int terms, Precision precision) {
    return new ExactEigen(
        InverseGap.powerIteration(terms).withTieTolerance(0), precision.rounding());
  }

  /**
   * "PI" in the paper: power iteration with deflation, forward and backward.
   *
   * @param iterations K ≥ 1, steps per vector; the paper takes 19
   * @param random source of the start vectors, drawn anew in every forward; left alone if the
   *     arguments are refused
   * @param precision of what is stored
   * @return the method
   * @throws IllegalArgumentException if K &lt; 1
   */
  static DifferentiableEigen deflatedPowerIteration(
      int iterations, RandomGenerator random, Precision precision) {
    return new DeflatedPowerIteration(
        iterations, DeflatedPowerIteration.random(random), precision.rounding());
  }

  /**
   * What the code published with the paper computes for its parameter {@code num_iter}: deflated
   * power iteration that starts at the exact vectors, with one term more than the name says.
   *
   * <p>With N for {@code num_iter}, δ = λᵢ − λⱼ and q = λⱼ/λᵢ, a loss of the vector of larger |λᵢ|
   * gets (1 − q^(N+1))/δ for 1/δ, one of the smaller only (1 − q^N)/δ: the derivative through the
   * deflation lacks a term. {@link #hybrid} with N + 1 terms is the same without that defect, and a
   * tenth of the work or less. For reproduction only.
   *
   * @param numIter N ≥ 1; the authors take 19
   * @param precision of what is stored
   * @return the method
   * @throws IllegalArgumentException if N &lt; 1
   */
  static DifferentiableEigen authorsCode(int numIter, Precision precision) {
    Arguments.requirePositive("numIter", numIter);
    return new DeflatedPowerIteration(
        Math.addExact(numIter, 1),
        DeflatedPowerIteration.exact(precision.rounding()),
        precision.rounding());
  }
}
