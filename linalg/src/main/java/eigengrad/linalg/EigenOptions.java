package eigengrad.linalg;

/**
 * How an eigendecomposition is computed. {@link #DEFAULT} suits almost everybody.
 *
 * @param symmetryTolerance largest |aᵢⱼ − aⱼᵢ| that still counts as symmetric, relative to max |a|;
 *     the symmetric part ½(A + Aᵀ) is then decomposed. The default 1e-10 lets rounding in a
 *     computed covariance pass and catches real mistakes, data of float32 need 1e-6; ∞ means that
 *     the lower triangle alone is read, whatever the upper one holds
 * @param maxIterations QL or QR iterations allowed for each eigenvalue, on average; about 2 are
 *     needed
 * @param leafSize largest tridiagonal block that is not divided as long as its eigenvalues are
 *     separated; blocks of up to 32 with clusters are left to QL
 * @param parallelism which threads do the work; the result does not depend on it
 */
public record EigenOptions(
    double symmetryTolerance, int maxIterations, int leafSize, Parallelism parallelism) {

  /**
   * Symmetry checked to 1e-10; 30 iterations an eigenvalue; blocks of up to 4096 whole; the calling
   * thread.
   */
  public static final EigenOptions DEFAULT = new EigenOptions(1e-10, 30, 4096);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if the tolerance is negative or NaN, or the iterations are
   *     fewer than 1 or the leaf size below 2
   */
  public EigenOptions {
    if (!(symmetryTolerance >= 0)) {
      throw new IllegalArgumentException("symmetryTolerance must be ≥ 0, got " + symmetryTolerance);
    }
    if (maxIterations < 1) {
      throw new IllegalArgumentException("maxIterations must be ≥ 1, got " + maxIterations);
    }
    if (leafSize < 2) {
      throw new IllegalArgumentException("leafSize must be ≥ 2, got " + leafSize);
    }
  }

  /**
   * Options for the calling thread alone.
   *
   * @param symmetryTolerance largest |aᵢⱼ − aⱼᵢ|, relative to max |a|
   * @param maxIterations QL or QR iterations allowed for each eigenvalue, on average
   * @param leafSize largest tridiagonal block that is not divided as long as its eigenvalues are
   *     separated; blocks of up to 32 with clusters are left to QL
   * @throws IllegalArgumentException if the tolerance is negative or NaN, or the iterations are
   *     fewer than 1 or the leaf size below 2
   */
  public EigenOptions(double symmetryTolerance, int maxIterations, int leafSize) {
    this(symmetryTolerance, maxIterations, leafSize, Parallelism.sequential());
  }

  /**
   * These options, allowing another asymmetry.
   *
   * @param tolerance largest |aᵢⱼ − aⱼᵢ| that still counts as symmetric, relative to max |a|; 1e-6
   *     for data of float32
   * @return options for such matrices
   * @throws IllegalArgumentException if the tolerance is negative or NaN
   */
  public EigenOptions withSymmetryTolerance(double tolerance) {
    return new EigenOptions(tolerance, maxIterations, leafSize, parallelism);
  }

  /**
   * These options, reading the lower triangle only, as LAPACK does.
   *
   * @return options under which nothing above the diagonal is looked at
   */
  public EigenOptions lowerTriangleOnly() {
    return new EigenOptions(Double.POSITIVE_INFINITY, maxIterations, leafSize, parallelism);
  }

  /**
   * These options, the work done by other threads.
   *
   * @param others which
   * @return options that give the same result
   */
  public EigenOptions withParallelism(Parallelism others) {
    return new EigenOptions(symmetryTolerance, maxIterations, leafSize, others);
  }
}
