package eigengrad.linalg.statistics;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenConvergenceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * Principal components: the orthonormal directions along which samples vary most, one after the
 * other. They are the leading eigenvectors of the covariance Σ (x − m)(x − m)ᵀ / (N − 1) = UΛUᵀ, m
 * the mean, and its eigenvalues are the variances along them.
 *
 * <p>A sample x of d features becomes y = Vᵀ(x − m) of k, V the first k columns of U; Vy + m is the
 * nearest point to x that k components reach. Names and meanings are those of scikit-learn's {@code
 * PCA}, but that samples and components are columns.
 *
 * <p>From samples, the covariance is not formed: the deviations √Λ are the singular values of the
 * centred samples over √(N − 1), off by about max(N, d)·u times the largest, and a variance of
 * 10⁻²⁴ beside one of 1 has digits. From an accumulator the variances themselves are off by about
 * d·u times the largest. Cost: 8/3 Nd² flops for N samples, or 6N²d where there are fewer than
 * features; and an eigenproblem of order d, or min(N, d).
 *
 * <p>Source: I. T. Jolliffe, <i>Principal Component Analysis</i>, second edition, 2002, section 3.5
 * for the way by singular values.
 */
public final class Pca {
  private static final int MAGIC = 0x45475043;
  private static final int FORMAT = 1;

  private final double[] variances;
  private final double totalVariance;
  private final double noiseVariance;

  /** N − 1, or Σw − 1. */
  private final double freedom;

  private final int rank;
  private final boolean whiten;
  private final DenseMatrix components;
  private final AffineMap map;

  private Pca(
      double[] mean,
      DenseMatrix components,
      double[] variances,
      double totalVariance,
      double noiseVariance,
      double freedom,
      int rank,
      boolean whiten) {
    this.components = components;
    this.variances = variances;
    this.totalVariance = totalVariance;
    this.noiseVariance = noiseVariance;
    this.freedom = freedom;
    this.rank = rank;
    this.whiten = whiten;
    double[] deviations = Diagonals.map(variances, whiten ? Math::sqrt : any -> 1);
    this.map =
        new AffineMap(
            mean,
            Diagonals.scaleColumns(components, Diagonals.map(deviations, s -> 1 / s)).transpose(),
            Diagonals.scaleColumns(components, deviations));
  }

  /**
   * Fits all components.
   *
   * @param samples d×N: one sample per column; not modified
   * @return the components
   * @throws IllegalArgumentException if d &lt; 1 or N &lt; 2, or a sample is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if the total variance overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Pca fit(DenseMatrix samples) {
    return fit(samples, PcaOptions.DEFAULT);
  }

  /**
   * Fits components.
   *
   * @param samples d×N: one sample per column; not modified
   * @param options how many, and whether they whiten
   * @return the components
   * @throws IllegalArgumentException if d &lt; 1 or N &lt; 2, a sample is not finite, more than
   *     min(N, d) components are wanted, or components without variance should whiten
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if the total variance overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Pca fit(DenseMatrix samples, PcaOptions options) {
    int available = Math.min(samples.rows(), samples.columns());
    SampleFactor factor = SampleFactor.of(samples, options.parallelism());
    int computed = options.components().computed(available);
    PrincipalAxes axes = PrincipalAxes.of(factor, computed, options.parallelism());
    return of(factor.mean(), factor.samples() - 1, axes, available, options);
  }

  /**
   * Fits all components to samples that have been accumulated.
   *
   * @param samples stays as it is
   * @return the components
   * @throws IllegalStateException if the samples' weights do not exceed 1 in sum
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if the total variance overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Pca fit(CovarianceAccumulator samples) {
    return fit(samples, PcaOptions.DEFAULT);
  }

  /**
   * Fits components to samples that have been accumulated.
   *
   * @param samples stays as it is
   * @param options how many, and whether they whiten
   * @return the components
   * @throws IllegalArgumentException if more than min(N, d) components are wanted, or components
   *     without variance should whiten
   * @throws IllegalStateException if the samples' weights do not exceed 1 in sum
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if the total variance overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Pca fit(CovarianceAccumulator samples, PcaOptions options) {
    DenseMatrix covariance = samples.sampleCovariance();
    int available = (int) Math.min(samples.dimension(), samples.count());
    int computed = options.components().computed(available);
    PrincipalAxes axes =
        PrincipalAxes.of(covariance, samples.count(), computed, options.parallelism());
    return of(samples.mean(), samples.weight() - 1, axes, available, options);
  }

  private static Pca of(
      double[] mean, double freedom, PrincipalAxes all, int available, PcaOptions options) {
    int kept = options.components().kept(all.variances(), all.totalVariance());
    PrincipalAxes axes = all.first(kept);
    if (options.whiten() && axes.rank() < kept) {
      throw new IllegalArgumentException(
          "whitening divides by the variance of every component, and of %d components %d have any,"
                  .formatted(kept, axes.rank())
              + " as far as can be computed: ask for no more");
    }
    double explained = Arrays.stream(axes.variances()).sum();
    double rest = Math.max(0, all.totalVariance() - explained);
    return new Pca(
        mean,
        axes.vectors(),
        axes.variances(),
        all.totalVariance(),
        kept < available ? rest / (available - kept) : 0,
        freedom,
        axes.rank(),
        options.whiten());
  }

  /**
   * The features of a sample.
   *
   * @return d
   */
  public int dimension() {
    return components.rows();
  }

  /**
   * How many components there are.
   *
   * @return k
   */
  public int size() {
    return components.columns();
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
   * The components, not scaled even if they whiten.
   *
   * @return V, d×k: orthonormal columns, the one of the largest variance first; of each column's
   *     elements the one largest in magnitude is positive
   */
  public DenseMatrix components() {
    return components;
  }

  /**
   * The variance along each component.
   *
   * @return a copy, k elements, descending
   */
  public double[] explainedVariance() {
    return variances.clone();
  }

  /**
   * The share of the total variance that each component explains.
   *
   * @return k elements, descending, 1 in sum for all components; 0 where nothing varies
   */
  public double[] explainedVarianceRatio() {
    return Diagonals.map(variances, v -> totalVariance == 0 ? 0 : v / totalVariance);
  }

  /**
   * The variance of all features together.
   *
   * @return trace of the covariance
   */
  public double totalVariance() {
    return totalVariance;
  }

  /**
   * The singular values of the centred samples that belong to the components.
   *
   * @return √((N − 1)·variance), k elements, descending
   */
  public double[] singularValues() {
    double root = Math.sqrt(freedom);
    return Diagonals.map(variances, v -> Math.sqrt(v) * root);
  }

  /**
   * The noise of probabilistic PCA: the mean variance along the min(N, d) − k directions left out.
   * Rounding leaves it off by about d·u times the total variance. Source: M. E. Tipping, C. M.
   * Bishop, <i>Probabilistic Principal Component Analysis</i>, J. R. Stat. Soc. B 61 (1999),
   * equation 8.
   *
   * @return ≥ 0; 0 if none are left out
   */
  public double noiseVariance() {
    return noiseVariance;
  }

  /**
   * How many of the components have a variance that is more than rounding makes of 0: greater than
   * (max(N, d)·2⁻⁵²)² times the largest for components of samples, than d·2⁻⁵² times the largest
   * for those of an accumulator; never more than N − 1.
   *
   * @return from 0 to k
   */
  public int rank() {
    return rank;
  }

  /**
   * Whether transformed samples are divided by the deviations along the components.
   *
   * @return as the options said
   */
  public boolean whitens() {
    return whiten;
  }

  /**
   * The coordinates of samples along the components: Vᵀ(x − m), or Λ^(−1/2)Vᵀ(x − m) if these
   * whiten. Cost: 2dk flops per sample.
   *
   * @param samples d×M: one per column; not modified
   * @return k×M
   * @throws IllegalArgumentException if samples have not d features, or are not finite
   * @throws ArithmeticException if a coordinate overflows
   */
  public DenseMatrix transform(DenseMatrix samples) {
    return map.apply(samples);
  }

  /**
   * The samples that have given coordinates: Vy + m, or VΛ^(1/2)y + m if the components whiten. Of
   * transformed samples it makes the nearest points that the components reach, which are the
   * samples themselves if the components are d. Cost: 2dk flops per sample.
   *
   * @param transformed k×M: one sample per column; not modified
   * @return d×M
   * @throws IllegalArgumentException if there are not k coordinates, or they are not finite
   * @throws ArithmeticException if a feature overflows
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
    out.integer(size());
    out.integer(rank);
    out.integer(whiten ? 1 : 0);
    out.checksum();
    out.number(totalVariance);
    out.number(noiseVariance);
    out.number(freedom);
    out.numbers(map.mean());
    out.numbers(variances);
    out.numbers(components.columnMajor());
    out.end();
  }

  /**
   * Reads what {@link #save} has written: it transforms to the same bits.
   *
   * @param source read to the end of the model and no further; left open
   * @return the model
   * @throws IOException if the stream does, or if this is something else, damaged or of a later
   *     version
   */
  public static Pca read(InputStream source) throws IOException {
    ModelReader in = new ModelReader(source, "Pca", MAGIC, FORMAT);
    int dimension = in.integer();
    int size = in.integer();
    int rank = in.integer();
    boolean whiten = in.integer() == 1;
    in.checksum();
    double totalVariance = in.number();
    double noiseVariance = in.number();
    double freedom = in.number();
    double[] mean = in.numbers(dimension);
    double[] variances = in.numbers(size);
    DenseMatrix components = in.matrix(dimension, size);
    in.checksum();
    return new Pca(
        mean, components, variances, totalVariance, noiseVariance, freedom, rank, whiten);
  }
}
