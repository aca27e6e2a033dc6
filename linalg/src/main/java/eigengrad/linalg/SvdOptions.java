package eigengrad.linalg;

/**
 * How a singular value decomposition is computed. {@link #DEFAULT} suits almost every use.
 *
 * @param shape how many singular vectors there are
 * @param method the algorithm
 * @param maxIterations QR iterations allowed per singular value, on average, where about 2 are
 *     needed; of Jacobi's method, sweeps
 * @param parallelism which threads do the work; the result does not depend on it
 * @param failurePolicy of a batch: whether a matrix that cannot be solved is an exception or a
 *     failure in the result
 */
public record SvdOptions(
    SvdShape shape,
    SvdMethod method,
    int maxIterations,
    Parallelism parallelism,
    FailurePolicy failurePolicy) {

  /** Thin, through a bidiagonal matrix; 60 iterations; the calling thread; failures are thrown. */
  public static final SvdOptions DEFAULT =
      new SvdOptions(
          SvdShape.THIN, SvdMethod.BIDIAGONAL, 60, Parallelism.sequential(), FailurePolicy.THROW);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if the iterations are fewer than 1
   */
  public SvdOptions {
    if (maxIterations < 1) {
      throw new IllegalArgumentException("maxIterations must be ≥ 1, got " + maxIterations);
    }
  }

  /**
   * These options with another shape.
   *
   * @param another how many singular vectors there are
   * @return options for such results
   */
  public SvdOptions withShape(SvdShape another) {
    return new SvdOptions(another, method, maxIterations, parallelism, failurePolicy);
  }

  /**
   * These options with another method.
   *
   * @param another the algorithm
   * @return options for it
   */
  public SvdOptions withMethod(SvdMethod another) {
    return new SvdOptions(shape, another, maxIterations, parallelism, failurePolicy);
  }

  /**
   * These options with another limit of iterations.
   *
   * @param most per singular value, ≥ 1
   * @return options with that limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public SvdOptions withMaxIterations(int most) {
    return new SvdOptions(shape, method, most, parallelism, failurePolicy);
  }

  /**
   * These options, the work done by other threads.
   *
   * @param others which
   * @return options that give the same result
   */
  public SvdOptions withParallelism(Parallelism others) {
    return new SvdOptions(shape, method, maxIterations, others, failurePolicy);
  }

  /**
   * These options with another policy for the matrices of a batch that cannot be solved.
   *
   * @param policy whether they are an exception or failures in the result
   * @return options that solve the others alike
   */
  public SvdOptions withFailurePolicy(FailurePolicy policy) {
    return new SvdOptions(shape, method, maxIterations, parallelism, policy);
  }
}
