package eigengrad.linalg;

import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collector;

/**
 * Mean and covariance of samples that come one by one, in blocks, or from several machines.
 *
 * <p>Samples are centred before they are multiplied, a block at a time by a matrix product, and
 * parts are merged by the formula of Chan, Golub and LeVeque (1979): data of mean 10⁸ and deviation
 * 1 keep eight digits, where E[xxᵀ] − E[x]E[x]ᵀ keeps none. Equal calls in equal order give equal
 * bits; another order, or another way to split the samples, differs by rounding: with N samples by
 * at most about u·(log₂ N + 64)·(s + u·N·m²), s the largest scatter and m the largest |mean|.
 *
 * <p>Memory: d² + 64d doubles. Cost of a sample: d² flops. Not safe for use by several threads at
 * once: let each have its own, and {@link #merge}.
 */
public final class CovarianceAccumulator {
  /** Samples multiplied together. */
  private static final int BLOCK = 64;

  private static final int MAGIC = 0x45474356;
  private static final int FORMAT = 1;

  private final int dimension;
  private final Gemm gemm = new Gemm();
  private final Moments moments;
  private final double[] samples;
  private final double[] weights = new double[BLOCK];
  private int pending;
  private long count;

  /**
   * An accumulator without samples.
   *
   * @param dimension d ≥ 1, of every sample
   * @throws IllegalArgumentException if d &lt; 1, or d² is more than an array holds
   */
  public CovarianceAccumulator(int dimension) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be ≥ 1, got " + dimension);
    }
    this.dimension = dimension;
    this.moments = new Moments(dimension);
    this.samples = new double[DenseMatrix.elementCount(dimension, BLOCK + 1)];
  }

  /**
   * Collects a stream of samples.
   *
   * @param dimension d ≥ 1, of every sample
   * @return for sequential and parallel streams
   * @throws IllegalArgumentException if d &lt; 1; the stream throws it for a sample of another
   *     length or with an element that is not finite
   */
  public static Collector<double[], ?, CovarianceAccumulator> collector(int dimension) {
    new CovarianceAccumulator(dimension);
    return Collector.of(
        () -> new CovarianceAccumulator(dimension),
        CovarianceAccumulator::add,
        (a, b) -> {
          a.merge(b);
          return a;
        });
  }

  /**
   * The dimension of every sample.
   *
   * @return d
   */
  public int dimension() {
    return dimension;
  }

  /**
   * How many samples there have been.
   *
   * @return N
   */
  public long count() {
    return count;
  }

  /**
   * The sum of the weights.
   *
   * @return N if no weights were given
   */
  public double weight() {
    double sum = moments.weight;
    for (int s = 0; s < pending; s++) {
      sum += weights[s];
    }
    return sum;
  }

  /**
   * Adds a sample.
   *
   * @param sample d elements; not modified
   * @throws IllegalArgumentException if there are more or fewer, or one is not finite: nothing is
   *     added
   */
  public void add(double[] sample) {
    add(sample, 1);
  }

  /**
   * Adds a sample as often as its weight says: a weight of 2 is as two equal samples.
   *
   * @param sample d elements; not modified
   * @param weight ≥ 0 and finite; with 0 nothing is added
   * @throws IllegalArgumentException if there are more or fewer, one is not finite, or the weight
   *     is out of range: nothing is added
   */
  public void add(double[] sample, double weight) {
    requireLength(sample.length, dimension, "sample", "elements");
    requireWeight(weight);
    SymmetricInput.requireFinite("sample", sample);
    append(sample, 0, weight);
  }

  /**
   * Adds a sample of single-precision numbers.
   *
   * @param sample d elements; not modified
   * @throws IllegalArgumentException if there are more or fewer, or one is not finite: nothing is
   *     added
   */
  public void add(float[] sample) {
    requireLength(sample.length, dimension, "sample", "elements");
    addRows(1, sample);
  }

  /**
   * Adds the columns of a matrix.
   *
   * @param columns X, d×N: one sample per column; not modified
   * @throws IllegalArgumentException if X has another number of rows, or an element is not finite:
   *     nothing is added
   */
  public void addColumns(DenseMatrix columns) {
    requireLength(columns.rows(), dimension, "columns", "rows");
    requireFinite(columns.columnMajor(), "column");
    for (int s = 0; s < columns.columns(); s++) {
      append(columns.columnMajor(), s * dimension, 1);
    }
  }

  /**
   * Adds samples that lie one after the other.
   *
   * @param rows N ≥ 0
   * @param rowMajor N·d elements; not modified
   * @throws IllegalArgumentException if N is negative, there are more or fewer elements, or one is
   *     not finite: nothing is added
   */
  public void addRows(int rows, float[] rowMajor) {
    addColumns(DenseMatrix.of(dimension, rows, rowMajor));
  }

  /**
   * Adds the samples of another accumulator, which stays as it is.
   *
   * @param other of the same dimension, not this one
   * @throws IllegalArgumentException if its dimension is another, or it is this one
   */
  public void merge(CovarianceAccumulator other) {
    requireLength(other.dimension, dimension, "other", "dimensions");
    if (other == this) {
      throw new IllegalArgumentException("other must not be this accumulator");
    }
    multiplyPending();
    moments.merge(other.total());
    count += other.count;
  }

  /**
   * The mean.
   *
   * @return Σ w x / Σ w, d elements
   * @throws IllegalStateException if there are no samples
   * @throws ArithmeticException if it overflows
   */
  public double[] mean() {
    requireSamples(0, "mean");
    double[] mean = total().mean;
    if (!(Kernels.level1().maxAbs(dimension, mean, 0) <= Double.MAX_VALUE)) {
      throw overflow("mean");
    }
    return mean;
  }

  /**
   * The covariance of the samples themselves, as batch normalisation uses it.
   *
   * @return Σ w (x − mean)(x − mean)ᵀ / Σ w, d×d, exactly symmetric
   * @throws IllegalStateException if there are no samples
   * @throws ArithmeticException if it overflows
   */
  public DenseMatrix covariance() {
    requireSamples(0, "covariance");
    return finite(total(), weight());
  }

  /**
   * The unbiased estimate of the covariance of what the samples are from.
   *
   * @return Σ w (x − mean)(x − mean)ᵀ / (Σ w − 1), d×d, exactly symmetric
   * @throws IllegalStateException if the weights do not exceed 1 in sum
   * @throws ArithmeticException if it overflows
   */
  public DenseMatrix sampleCovariance() {
    requireSamples(1, "unbiased covariance");
    return finite(total(), weight() - 1);
  }

  /**
   * The correlations, 0 with a variable that is constant.
   *
   * @return d×d, exactly symmetric; 1 on the diagonal but for constant variables
   * @throws IllegalStateException if there are no samples
   * @throws ArithmeticException if a variance overflows
   */
  public DenseMatrix correlation() {
    DenseMatrix covariance = covariance();
    double[] deviation = new double[dimension];
    Arrays.setAll(deviation, i -> Math.sqrt(covariance.get(i, i)));
    double[] r = new double[dimension * dimension];
    for (int j = 0; j < dimension; j++) {
      for (int i = 0; i < dimension; i++) {
        boolean constant = deviation[i] == 0 || deviation[j] == 0;
        r[i + j * dimension] =
            constant ? 0 : i == j ? 1 : covariance.get(i, j) / deviation[i] / deviation[j];
      }
    }
    return DenseMatrix.wrap(dimension, dimension, r).symmetricPart();
  }

  /**
   * Writes the whole state, in a format that later versions read.
   *
   * @param target left open
   * @throws IOException if the stream does
   */
  public void save(OutputStream target) throws IOException {
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(target));
    out.writeInt(MAGIC);
    out.writeInt(FORMAT);
    out.writeInt(dimension);
    out.writeLong(count);
    out.writeDouble(moments.weight);
    writeAll(out, moments.mean, 0, dimension);
    for (int j = 0; j < dimension; j++) {
      writeAll(out, moments.scatter, j + j * dimension, dimension - j);
    }
    out.writeInt(pending);
    writeAll(out, weights, 0, pending);
    writeAll(out, samples, 0, pending * dimension);
    out.flush();
  }

  /**
   * Reads what {@link #save} has written: it goes on with the same bits.
   *
   * @param source read to the end of the state and no further; left open
   * @return an accumulator of its own
   * @throws IOException if the stream does, or if this is something else or of a later version
   */
  public static CovarianceAccumulator read(InputStream source) throws IOException {
    DataInputStream in = new DataInputStream(source);
    if (in.readInt() != MAGIC) {
      throw new IOException("this is not the state of a CovarianceAccumulator");
    }
    int format = in.readInt();
    if (format != FORMAT) {
      throw new IOException(
          "the state of a CovarianceAccumulator has format %d, this version reads %d"
              .formatted(format, FORMAT));
    }
    int dimension = in.readInt();
    if (dimension < 1) {
      throw new IOException("a CovarianceAccumulator has dimension ≥ 1, got " + dimension);
    }
    CovarianceAccumulator read = new CovarianceAccumulator(dimension);
    read.count = in.readLong();
    read.moments.weight = in.readDouble();
    readAll(in, read.moments.mean, 0, dimension);
    for (int j = 0; j < dimension; j++) {
      readAll(in, read.moments.scatter, j + j * dimension, dimension - j);
    }
    int pending = in.readInt();
    if (pending < 0 || pending > BLOCK) {
      throw new IOException(
          "a CovarianceAccumulator holds back up to %d samples, got %d".formatted(BLOCK, pending));
    }
    read.pending = pending;
    readAll(in, read.weights, 0, pending);
    readAll(in, read.samples, 0, pending * dimension);
    return read;
  }

  private static void writeAll(DataOutput out, double[] x, int from, int length)
      throws IOException {
    for (int i = from; i < from + length; i++) {
      out.writeDouble(x[i]);
    }
  }

  private static void readAll(DataInput in, double[] x, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      x[i] = in.readDouble();
    }
  }

  private void append(double[] from, int offset, double weight) {
    if (weight == 0) {
      return;
    }
    if (pending == BLOCK) {
      multiplyPending();
    }
    System.arraycopy(from, offset, samples, pending * dimension, dimension);
    weights[pending] = weight;
    pending++;
    count++;
  }

  private void multiplyPending() {
    if (pending > 0) {
      moments.addColumns(samples, weights, pending, gemm);
      pending = 0;
    }
  }

  /** With the samples that are held back, which stay so. */
  private Moments total() {
    Moments total = moments.copy();
    if (pending > 0) {
      total.addColumns(Arrays.copyOf(samples, (pending + 1) * dimension), weights, pending, gemm);
    }
    return total;
  }

  private static DenseMatrix finite(Moments total, double divisor) {
    DenseMatrix covariance = total.divided(divisor);
    if (!(covariance.maxAbs() <= Double.MAX_VALUE)) {
      throw overflow("covariance");
    }
    return covariance;
  }

  private static ArithmeticException overflow(String what) {
    return new ArithmeticException(
        "the " + what + " exceeds the largest double: scale the samples down by a power of two");
  }

  private void requireSamples(int exclusive, String what) {
    if (!(weight() > exclusive)) {
      throw new IllegalStateException(
          "the %s needs samples of a weight greater than %d, got %s"
              .formatted(what, exclusive, weight()));
    }
  }

  private void requireFinite(double[] elements, String vector) {
    if (Kernels.level1().maxAbs(elements.length, elements, 0) <= Double.MAX_VALUE) {
      return;
    }
    for (int at = 0; at < elements.length; at++) {
      if (!Double.isFinite(elements[at])) {
        throw new IllegalArgumentException(
            "samples must be finite, got %s at index %d of %s %d"
                .formatted(elements[at], at % dimension, vector, at / dimension));
      }
    }
  }

  private static void requireWeight(double weight) {
    if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("weight must be ≥ 0 and finite, got " + weight);
    }
  }

  private static void requireLength(int actual, int expected, String name, String what) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "%s must have %d %s, got %d".formatted(name, expected, what, actual));
    }
  }
}
