package eigengrad.linalg;

import java.util.function.Consumer;

/**
 * The pairs at either end of the spectrum of a symmetric operator of which only products with
 * vectors are known: the thick-restart block Lanczos method.
 *
 * <p>A basis of at most m vectors is kept orthonormal to working precision; when it is full, it is
 * replaced by Ritz vectors, as many at each end as promise the fastest convergence, and grows
 * again. A pair has converged when ‖Av − λv‖₂ ≤ tolerance·‖A‖, as far as the recurrence tells, ‖A‖
 * being estimated from below. Then an eigenvalue lies within the residual of λ, and the error in
 * the vector is at most the residual over the distance to the other eigenvalues. A power iteration
 * needs steps in proportion to the reciprocal of the relative gap, this method to its square root.
 *
 * <p>A Krylov space of one vector meets each eigenspace in one direction. When all pairs have
 * converged, the space orthogonal to them is therefore searched from a random vector, with a
 * quarter of the products spent so far; a pair found beyond them is added and the iteration goes
 * on. A copy that is hardly apart from other eigenvalues may still be missed; with blocks of b
 * vectors up to b copies are found at once.
 *
 * <p>With an order hardly above m, the operator's matrix is formed by n products and solved by
 * {@link SymmetricEigen}. The operator is taken to be symmetric; what contradicts it in the
 * products is refused: a difference of uᵀAv and vᵀAu beyond 1e-10·‖A‖.
 *
 * <p>Memory: at most n·(2m + 3b) doubles. Cost beside the products: some 8nm flops per product.
 * Equal calls give equal bits. An interrupt of the calling thread ends a call, which then returns
 * what has converged; the thread stays interrupted. Sources: K. Wu and H. Simon, <i>Thick-Restart
 * Lanczos Method for Large Symmetric Eigenvalue Problems</i>, SIAM J. Matrix Anal. Appl. 22 (2000);
 * G. W. Stewart, <i>A Krylov–Schur Algorithm for Large Eigenproblems</i>, SIAM J. Matrix Anal.
 * Appl. 23 (2002).
 *
 * @param tolerance of a residual, relative to ‖A‖, ≥ 0; one below 2⁻⁵⁰ counts as that
 * @param blockSize b ≥ 1, vectors multiplied at once: more where one pass over the operator serves
 *     many, or for eigenvalues of high multiplicity; 1 needs the fewest products
 * @param subspaceSize m, vectors in the basis; 0 for 2k + 20, never fewer than k + 2b + 2
 * @param maxProducts with single vectors, after which the call returns what has converged, ≥ 1
 * @param seed of the random start vectors
 * @param progress told after every Rayleigh–Ritz step, on the calling thread
 */
public record LeadingEigen(
    double tolerance,
    int blockSize,
    int subspaceSize,
    int maxProducts,
    long seed,
    Consumer<Progress> progress) {

  /** Residuals of 1e-12, single vectors, at most 100 000 products. */
  public static final LeadingEigen DEFAULT =
      new LeadingEigen(1e-12, 1, 0, 100_000, 0, progress -> {});

  /**
   * How far a call has got.
   *
   * @param products with single vectors so far
   * @param converged how many of the wanted pairs have converged
   * @param wanted how many there are
   * @param largestResidual of those that have not, relative to ‖A‖; 0 if all have
   */
  public record Progress(int products, int converged, int wanted, double largestResidual) {}

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the tolerance is negative or NaN, the subspace size is
   *     negative, or another is below 1
   */
  public LeadingEigen {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must be ≥ 0, got " + tolerance);
    }
    requireAtLeast(1, blockSize, "blockSize");
    requireAtLeast(0, subspaceSize, "subspaceSize");
    requireAtLeast(1, maxProducts, "maxProducts");
  }

  /**
   * These settings with another tolerance.
   *
   * @param relative to ‖A‖
   * @return settings for such residuals
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public LeadingEigen withTolerance(double relative) {
    return new LeadingEigen(relative, blockSize, subspaceSize, maxProducts, seed, progress);
  }

  /**
   * These settings with blocks of another size.
   *
   * @param vectors b ≥ 1, multiplied at once
   * @return settings for such blocks
   * @throws IllegalArgumentException if b &lt; 1
   */
  public LeadingEigen withBlockSize(int vectors) {
    return new LeadingEigen(tolerance, vectors, subspaceSize, maxProducts, seed, progress);
  }

  /**
   * These settings with a basis of another size.
   *
   * @param vectors m, or 0 for 2k + 20
   * @return settings for such a basis
   * @throws IllegalArgumentException if m is negative
   */
  public LeadingEigen withSubspaceSize(int vectors) {
    return new LeadingEigen(tolerance, blockSize, vectors, maxProducts, seed, progress);
  }

  /**
   * These settings with another budget.
   *
   * @param products with single vectors, ≥ 1
   * @return settings that end after so many
   * @throws IllegalArgumentException if it is below 1
   */
  public LeadingEigen withMaxProducts(int products) {
    return new LeadingEigen(tolerance, blockSize, subspaceSize, products, seed, progress);
  }

  /**
   * These settings with other start vectors.
   *
   * @param other seed
   * @return settings for another random start
   */
  public LeadingEigen withSeed(long other) {
    return new LeadingEigen(tolerance, blockSize, subspaceSize, maxProducts, other, progress);
  }

  /**
   * These settings with somebody who is told of progress.
   *
   * @param listener called after every Rayleigh–Ritz step, on the calling thread; what it throws
   *     ends the call
   * @return settings that give the same result
   */
  public LeadingEigen withProgress(Consumer<Progress> listener) {
    return new LeadingEigen(tolerance, blockSize, subspaceSize, maxProducts, seed, listener);
  }

  /**
   * The pairs of the k largest eigenvalues.
   *
   * @param n order of A, ≥ 0
   * @param product with A
   * @param count k, 0 to n
   * @return them, ascending, or as many as have converged
   * @throws IllegalArgumentException if k is out of range, the basis is more than an array holds,
   *     or a product is not finite or not that of a symmetric operator
   */
  public LeadingPairs largest(int n, SymmetricProduct product, int count) {
    return ends(n, product, 0, count);
  }

  /**
   * The pairs of the k smallest eigenvalues.
   *
   * @param n order of A, ≥ 0
   * @param product with A
   * @param count k, 0 to n
   * @return them, ascending, or as many as have converged
   * @throws IllegalArgumentException if k is out of range, the basis is more than an array holds,
   *     or a product is not finite or not that of a symmetric operator
   */
  public LeadingPairs smallest(int n, SymmetricProduct product, int count) {
    return ends(n, product, count, 0);
  }

  /**
   * The pairs at both ends of the spectrum.
   *
   * @param n order of A, ≥ 0
   * @param product with A
   * @param smallest how many of the smallest eigenvalues, ≥ 0
   * @param largest how many of the largest, ≥ 0; at most n together
   * @return k = smallest + largest pairs, ascending, or as many as have converged
   * @throws IllegalArgumentException if a count is out of range, the basis is more than an array
   *     holds, or a product is not finite or not that of a symmetric operator
   */
  public LeadingPairs ends(int n, SymmetricProduct product, int smallest, int largest) {
    requireAtLeast(0, n, "n");
    requireAtLeast(0, smallest, "smallest");
    requireAtLeast(0, largest, "largest");
    if ((long) smallest + largest > n) {
      throw new IllegalArgumentException(
          "count of pairs must be at most the order %d, got %d"
              .formatted(n, (long) smallest + largest));
    }
    long basis = (long) LanczosSolve.subspace(this, smallest + largest) + blockSize;
    return smallest + largest == 0 || basis >= n
        ? new FormedMatrix(this, n, product).solve(smallest, largest)
        : new LanczosSolve(this, n, product, smallest, largest).solve();
  }

  private static void requireAtLeast(int least, int actual, String name) {
    if (actual < least) {
      throw new IllegalArgumentException("%s must be ≥ %d, got %d".formatted(name, least, actual));
    }
  }
}
