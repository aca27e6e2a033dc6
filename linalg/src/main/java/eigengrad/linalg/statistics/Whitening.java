package eigengrad.linalg.statistics;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenConvergenceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;

/**
 * Whitening: z = W(x − m) with WᵀW = Σ⁻¹, m the mean and Σ = Σ (x − m)(x − m)ᵀ / (N − 1) the
 * covariance of samples. Whitened samples have the covariance I.
 *
 * <p>There are as many W as rotations; {@link WhiteningKind} names five that are optimal in one way
 * or another. Where the covariance is singular, as it is of fewer samples than features or with a
 * constant feature, there is none, and a fit says so; with a ridge ({@link
 * WhiteningOptions#withEpsilon}) WᵀW = (Σ + εI)⁻¹ or (Σ + εV)⁻¹. The leading components alone are
 * whitened by {@link PcaOptions#withWhiten}.
 *
 * <p>From samples, the covariance is not formed: with κ the condition number of Σ, or of the
 * correlation where the kind begins with it, the covariance of whitened samples is off by about
 * max(N, d)·u·√κ. From an accumulator it is off by d·u·κ. Cost: 8/3 Nd² flops for N samples, and
 * some 20 d³.
 *
 * <p>Source: A. Kessy, A. Lewin, K. Strimmer: <i>Optimal Whitening and Decorrelation</i>, The
 * American Statistician 72 (2018).
 */
public final class Whitening {
  private static final int MAGIC = 0x45475748;
  private static final int FORMAT = 1;

  private final WhiteningKind kind;
  private final double epsilon;
  private final int rank;
  private final AffineMap map;

  private Whitening(WhiteningKind kind, double epsilon, int rank, AffineMap map) {
    this.kind = kind;
    this.epsilon = epsilon;
    this.rank = rank;
    this.map = map;
  }

  /**
   * Fits {@link WhiteningKind#ZCA}, without a ridge.
   *
   * @param samples d×N: one sample per column; not modified
   * @return the whitening
   * @throws IllegalArgumentException if d &lt; 1 or N &lt; 2, a sample is not finite, or the
   *     covariance is singular
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if the total variance or the matrix overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Whitening fit(DenseMatrix samples) {
    return fit(samples, WhiteningOptions.DEFAULT);
  }

  /**
   * Fits a whitening.
   *
   * @param samples d×N: one sample per column; not modified
   * @param options kind and ridge
   * @return the whitening
   * @throws IllegalArgumentException if d &lt; 1 or N &lt; 2, a sample is not finite, the
   *     covariance with the ridge is singular, or a feature that is constant has no correlations
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if the total variance or the matrix overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Whitening fit(DenseMatrix samples, WhiteningOptions options) {
    SampleFactor factor = SampleFactor.of(samples, options.parallelism());
    int d = factor.dimension();
    if (!options.kind().isStandardized()) {
      PrincipalAxes axes = PrincipalAxes.of(factor, d, options.parallelism());
      return of(factor.mean(), Diagonals.ones(d), axes, options);
    }
    double[] deviations = requirePositive(factor.deviations());
    PrincipalAxes axes =
        PrincipalAxes.of(factor.standardized(deviations), d, options.parallelism());
    return of(factor.mean(), deviations, axes, options);
  }

  /**
   * Fits {@link WhiteningKind#ZCA}, without a ridge, to samples that have been accumulated.
   *
   * @param samples stays as it is
   * @return the whitening
   * @throws IllegalArgumentException if the covariance is singular
   * @throws IllegalStateException if the samples' weights do not exceed 1 in sum
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if the total variance or the matrix overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Whitening fit(CovarianceAccumulator samples) {
    return fit(samples, WhiteningOptions.DEFAULT);
  }

  /**
   * Fits a whitening to samples that have been accumulated.
   *
   * @param samples stays as it is
   * @param options kind and ridge
   * @return the whitening
   * @throws IllegalArgumentException if the covariance with the ridge is singular, or a feature
   *     that is constant has no correlations
   * @throws IllegalStateException if the samples' weights do not exceed 1 in sum
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if the total variance or the matrix overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Whitening fit(CovarianceAccumulator samples, WhiteningOptions options) {
    DenseMatrix covariance = samples.sampleCovariance();
    int d = samples.dimension();
    double[] deviations = Diagonals.ones(d);
    DenseMatrix decomposed = covariance;
    if (options.kind().isStandardized()) {
      deviations = requirePositive(Diagonals.map(Diagonals.of(covariance), Math::sqrt));
      decomposed = samples.correlation();
    }
    PrincipalAxes axes = PrincipalAxes.of(decomposed, samples.count(), d, options.parallelism());
    return of(samples.mean(), deviations, axes, options);
  }

  private static double[] requirePositive(double[] deviations) {
    for (int i = 0; i < deviations.length; i++) {
      if (deviations[i] == 0) {
        throw new IllegalArgumentException(
            "feature %d is constant and has no correlations: leave it out, or whiten by kind ZCA or"
                    .formatted(i)
                + " PCA with epsilon > 0");
      }
    }
    return deviations;
  }

  private static Whitening of(
      double[] mean, double[] deviations, PrincipalAxes axes, WhiteningOptions options) {
    double epsilon = options.epsilon();
    int d = mean.length;
    double[] roots = Diagonals.map(axes.variances(), v -> Math.sqrt(v + epsilon));
    if (!(axes.variances()[d - 1] + epsilon > axes.rounding())) {
      throw new IllegalArgumentException(
          "a singular matrix has no whitening, and the %s has rank %d of %d, as far as can be"
                  .formatted(
                      options.kind().isStandardized() ? "correlation" : "covariance",
                      axes.rank(),
                      d)
              + " computed: make epsilon greater than %s".formatted(axes.rounding()));
    }
    AffineMap map =
        WhiteningMatrices.of(options.kind(), axes.vectors(), roots).ofFeatures(mean, deviations);
    if (!(map.matrix().maxAbs() <= Double.MAX_VALUE)) {
      throw new ArithmeticException(
          "the whitening matrix exceeds the largest double: scale the samples up by a power of two");
    }
    if (!(map.inverse().maxAbs() <= Double.MAX_VALUE)) {
      throw new ArithmeticException(
          "the inverse of the whitening matrix exceeds the largest double: that of samples scaled"
              + " down by a power of two, or with a smaller epsilon, does not");
    }
    return new Whitening(options.kind(), epsilon, axes.rank(), map);
  }

  /**
   * Which whitening it is.
   *
   * @return as the options said
   */
  public WhiteningKind kind() {
    return kind;
  }

  /**
   * The ridge.
   *
   * @return ε ≥ 0, as the options said
   */
  public double epsilon() {
    return epsilon;
  }

  /**
   * The features of a sample.
   *
   * @return d
   */
  public int dimension() {
    return map.mean().length;
  }

  /**
   * How many eigenvalues of the covariance, or of the correlation where the kind begins with it,
   * are more than rounding makes of 0; fewer than d only with a ridge. What {@link Pca#rank} says
   * of rounding holds.
   *
   * @return from 0 to d
   */
  public int rank() {
    return rank;
  }

  /**
   * The mean of the samples.
   *
   * @return m, a copy, d elements
   */
  public double[] mean() {
    return map.mean().clone();
  }

  /**
   * The matrix that whitens.
   *
   * @return W, d×d
   */
  public DenseMatrix matrix() {
    return map.matrix();
  }

  /**
   * The matrix that brings back the covariance.
   *
   * @return W⁻¹, d×d
   */
  public DenseMatrix inverseMatrix() {
    return map.inverse();
  }

  /**
   * Whitens samples: W(x − m). Cost: 2d² flops per sample.
   *
   * @param samples d×M: one per column; not modified
   * @return d×M
   * @throws IllegalArgumentException if samples have not d features, or are not finite
   * @throws ArithmeticException if an element overflows
   */
  public DenseMatrix transform(DenseMatrix samples) {
    return map.apply(samples);
  }

  /**
   * The samples that whitened ones were: W⁻¹z + m. Cost: 2d² flops per sample.
   *
   * @param transformed d×M: one per column; not modified
   * @return d×M
   * @throws IllegalArgumentException if samples have not d features, or are not finite
   * @throws ArithmeticException if an element overflows
   */
  public DenseMatrix inverseTransform(DenseMatrix transformed) {
    return map.invert(transformed);
  }

  /**
   * Writes the model, with checksums, in a format that later versions read.
   *
   * @param target left open
   * @throws IOException if the stream does
   */
  public void save(OutputStream target) throws IOException {
    ModelWriter out = new ModelWriter(target, MAGIC, FORMAT);
    out.integer(dimension());
    out.integer(kind.code());
    out.integer(rank);
    out.checksum();
    out.number(epsilon);
    out.numbers(map.mean());
    out.numbers(map.matrix().columnMajor());
    out.numbers(map.inverse().columnMajor());
    out.end();
  }

  /**
   * Reads what {@link #save} has written: it whitens to the same bits.
   *
   * @param source read to the end of the model and no further; left open
   * @return the model
   * @throws IOException if the stream does, or if this is something else, damaged or of a later
   *     version
   */
  public static Whitening read(InputStream source) throws IOException {
    ModelReader in = new ModelReader(source, "Whitening", MAGIC, FORMAT);
    int dimension = in.integer();
    int code = in.integer();
    int rank = in.integer();
    in.checksum();
    double epsilon = in.number();
    AffineMap map =
        new AffineMap(
            in.numbers(dimension),
            in.matrix(dimension, dimension),
            in.matrix(dimension, dimension));
    in.checksum();
    return new Whitening(WhiteningKind.ofCode(code), epsilon, rank, map);
  }
}
