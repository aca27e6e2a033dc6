package eigengrad.linalg.statistics;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Parallelism;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.internal.householder.HouseholderQr;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * A factor F of the scatter of N samples, FFᵀ = Σ (x − mean)(x − mean)ᵀ, of few columns: the
 * centred samples, with triangles Rᵀ in place of blocks of them that are made triangular by
 * Householder's method.
 *
 * <p>The scatter is never formed: a deviation is known to u times the largest, where the scatter
 * knows its square to u times the square. Blocks depend on d alone, whatever the threads. Cost: 8/3
 * Nd² flops; memory: a copy of the samples.
 *
 * @param samples N
 * @param mean of the samples
 * @param scaling what F is multiplied by
 * @param scaled F, d×p, times a power of two; p ≤ max(4d, 256)
 */
record SampleFactor(int samples, double[] mean, Scaling scaling, DenseMatrix scaled) {

  /** Samples of a block by features: a triangle is a quarter of its block. */
  private static final int BLOCK_FEATURES = 4;

  /** So few are not worth a round of their own. */
  private static final int LEAST_BLOCK = 256;

  /**
   * Factors the scatter.
   *
   * @param samples d×N; not modified
   * @param parallelism does the work
   * @throws IllegalArgumentException if d &lt; 1 or N &lt; 2, or a sample is not finite
   * @throws ArithmeticException if a difference of samples overflows
   */
  static SampleFactor of(DenseMatrix samples, Parallelism parallelism) {
    int d = samples.rows();
    int n = samples.columns();
    if (d < 1 || n < 2) {
      throw new IllegalArgumentException(
          "samples must be at least 2 columns of at least 1 element, got %d×%d".formatted(d, n));
    }
    SampleInput.require("samples", samples, d);
    double[] mean = new double[d];
    double[] centred = samples.toArray();
    // The computed mean is off by rounding; what is left of it shows when it has been subtracted.
    subtractMean(d, n, centred, mean);
    subtractMean(d, n, centred, mean);
    DenseMatrix factor = DenseMatrix.wrap(d, n, centred);
    double largest = factor.maxAbs();
    SampleInput.requireNoOverflow("a difference of samples", largest);
    Scaling scaling = Scaling.forLargest(largest);
    factor = scaling.apply(factor);
    int block = Math.max(BLOCK_FEATURES * d, LEAST_BLOCK);
    while (factor.columns() > block) {
      factor = reduced(factor, block, parallelism);
    }
    return new SampleFactor(n, mean, scaling, factor);
  }

  /** A constant feature becomes 0 exactly. */
  private static void subtractMean(int d, int n, double[] x, double[] mean) {
    double[] part = new double[d];
    for (int s = 0; s < n; s++) {
      double share = 1.0 / (s + 1);
      for (int i = 0; i < d; i++) {
        part[i] += share * (x[i + s * d] - part[i]);
      }
    }
    for (int s = 0; s < n; s++) {
      Kernels.level1().axpy(d, -1, part, 0, x, s * d);
    }
    Kernels.level1().axpy(d, 1, part, 0, mean, 0);
  }

  /** Puts a triangle in place of every whole block of columns. */
  private static DenseMatrix reduced(DenseMatrix factor, int block, Parallelism parallelism) {
    int d = factor.rows();
    int blocks = factor.columns() / block;
    int rest = (factor.columns() - blocks * block) * d;
    double[] columns = factor.columnMajor();
    double[] triangles = new double[blocks * d * d + rest];
    @Nullable BlockFactorization[] own = new BlockFactorization[Parallelism.MOST_THREADS];
    parallelism.run(
        blocks,
        (chunk, worker) -> {
          BlockFactorization mine = own[worker];
          if (mine == null) {
            mine = new BlockFactorization(d, block);
            own[worker] = mine;
          }
          mine.factor(columns, chunk * block * d, triangles, chunk * d * d);
        });
    System.arraycopy(columns, blocks * block * d, triangles, blocks * d * d, rest);
    return DenseMatrix.wrap(d, triangles.length / d, triangles);
  }

  /** A thread's memory for its blocks. */
  private static final class BlockFactorization {
    private final int d;
    private final int block;
    private final double[] rows;
    private final HouseholderQr qr = new HouseholderQr();

    BlockFactorization(int d, int block) {
      this.d = d;
      this.block = block;
      this.rows = new double[d * block];
    }

    /** From d×block columns to the d×d Rᵀ. */
    void factor(double[] columns, int from, double[] triangle, int to) {
      Kernels.transposition().transpose(d, block, columns, from, d, rows, 0, block);
      qr.factor(block, d, rows, 0, Crew.ofCaller());
      Kernels.transposition().transpose(d, d, qr.triangle(), 0, d, triangle, to, d);
    }
  }

  /** d. */
  int dimension() {
    return mean.length;
  }

  /** The deviation of each feature, divided by N − 1 under the root. */
  double[] deviations() {
    double[] deviations = new double[dimension()];
    DenseMatrix features = scaled.transpose();
    for (int i = 0; i < deviations.length; i++) {
      int p = features.rows();
      double norm = Kernels.level1().norm(p, features.columnMajor(), i * p);
      deviations[i] = scaling.undone(norm / Math.sqrt(samples - 1));
      SampleInput.requireNoOverflow("a deviation", deviations[i]);
    }
    return deviations;
  }

  /** The same of features divided by their deviations, which are not 0. */
  SampleFactor standardized(double[] deviations) {
    int d = dimension();
    double[] divisors = scaling.apply(deviations);
    double[] divided = scaled.toArray();
    for (int at = 0; at < divided.length; at++) {
      divided[at] /= divisors[at % d];
    }
    DenseMatrix factor = DenseMatrix.wrap(d, scaled.columns(), divided);
    return new SampleFactor(samples, mean, new Scaling(0), factor);
  }
}
