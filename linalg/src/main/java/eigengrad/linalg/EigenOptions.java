package eigengrad.linalg;

/**
 * How an eigendecomposition is computed. {@link #DEFAULT} suits almost every use.
 *
 * @param symmetryTolerance largest |aᵢⱼ − aⱼᵢ| that still counts as symmetric, relative to max |a|;
 *     the symmetric part ½(A + Aᵀ) is then decomposed. The default 1e-10 lets rounding in a
 *     computed covariance pass and catches real mistakes, data of float32 need 1e-6; ∞ means that
 *     the lower triangle alone is read, whatever the upper one holds
 * @param maxIterations for vectors: QL or QR iterations allowed per eigenvalue, on average, where
 *     about 2 are needed; and how often inverse iteration may begin again. Values alone of one
 *     matrix are found whatever it is
 * @param leafSize largest tridiagonal block that is not divided as long as its eigenvalues are
 *     separated; blocks of up to 32 with clusters are left to QL
 * @param parallelism which threads do the work; the result does not depend on it
 * @param failurePolicy of a batch: whether a matrix that cannot be solved is an exception or a
 *     failure in the result
 */
public record EigenOptions(
    double symmetryTolerance,
    int maxIterations,
    int leafSize,
    Parallelism parallelism,
    FailurePolicy failurePolicy) {

  /**
   * Symmetry checked to 1e-10; 30 iterations per eigenvalue; blocks of up to 4096 whole; the
   * calling thread; failures are thrown.
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
   * @param maxIterations QL or QR iterations allowed per eigenvalue, on average
   * @param leafSize largest tridiagonal block that is not divided as long as its eigenvalues are
   *     separated; blocks of up to 32 with clusters are left to QL
   * @throws IllegalArgumentException if the tolerance is negative or NaN, or the iterations are
   *     fewer than 1 or the leaf size below 2
   */
  public EigenOptions(double symmetryTolerance, int maxIterations, int leafSize) {
    this(symmetryTolerance, maxIterations, leafSize, Parallelism.sequential(), FailurePolicy.THROW);
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
    return new EigenOptions(tolerance, maxIterations, leafSize, parallelism, failurePolicy);
  }

  /**
   * These options, reading the lower triangle only, as LAPACK does.
   *
   * @return options under which nothing above the diagonal is looked at
   */
  public EigenOptions lowerTriangleOnly() {
    return withSymmetryTolerance(Double.POSITIVE_INFINITY);
  }

  /**
   * These options, the work done by other threads.
   *
   * @param others which
   * @return options that give the same result
   */
  public EigenOptions withParallelism(Parallelism others) {
    return new EigenOptions(symmetryTolerance, maxIterations, leafSize, others, failurePolicy);
  }

  /**
   * These options with another policy for the matrices of a batch that cannot be solved.
   *
   * @param policy whether they are an exception or failures in the result
   * @return options that solve the others alike
   */
  public EigenOptions withFailurePolicy(FailurePolicy policy) {
    return new EigenOptions(symmetryTolerance, maxIterations, leafSize, parallelism, policy);
  }
}
