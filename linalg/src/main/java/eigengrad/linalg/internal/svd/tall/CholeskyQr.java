package eigengrad.linalg.internal.svd.tall;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Ranges;
import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * The factorisation A = QR of an m×n matrix, m well above n, through its Gram matrix: R is the
 * Cholesky factor of AᵀA, Q = AR⁻¹ is not formed.
 *
 * <p>AᵀA has the square of A's condition number. With rounding errors Δ in it, QᵀQ = I + R⁻ᵀΔR⁻¹,
 * whose norm is at most ‖Δ‖·‖(AᵀA)⁻¹‖: where that is not much larger than for orthogonal columns,
 * one pass is enough. Else Q₁ = AR₁⁻¹ is formed and factored itself, Q₁ = QR₂ and A = Q(R₂R₁);
 * Q₁ᵀQ₁ shows whether Q₁ is near enough to orthogonal columns for that. It is up to condition
 * numbers of about 10⁶, columns being as long as they like; for others this factorisation declines.
 *
 * <p>Rows are taken some at a time, which stay in cache. Cost: mn² flops for R, and 2mn more for
 * every column of U = QU′; with the second pass 3mn² for R.
 *
 * <p>Sources: Y. Yamamoto, Y. Nakatsukasa, Y. Yanagisawa and T. Fukaya, <i>Roundoff Error Analysis
 * of the CholeskyQR2 Algorithm</i>, ETNA 44 (2015); T. Fukaya, Y. Nakatsukasa, Y. Yanagisawa and Y.
 * Yamamoto, <i>CholeskyQR2: A Simple and Communication-Avoiding Algorithm for Computing a
 * Tall-Skinny QR Factorization on a Large-Scale Parallel System</i>, ScalA 2014.
 */
public final class CholeskyQr {
  /** Squares of column lengths for which nothing over- or underflows on the way. */
  private static final double LARGEST = 0x1p500;

  private static final double SMALLEST = 0x1p-500;

  /**
   * The smallest pivot relative to its column's square: Q₁ would not be near to orthogonal with a
   * smaller one.
   */
  private static final double SMALLEST_PIVOT = 0x1p-40;

  /** How many times larger the error of QᵀQ may be than it is with orthogonal columns. */
  private static final double LARGEST_GROWTH = 8;

  /** Largest Frobenius norm of Q₁ᵀQ₁ − I: the condition number of Q₁ is below 1.3. */
  private static final double LARGEST_DEFECT = 0.25;

  /** Rows that stay in a second-level cache from one step to the next. */
  private static final int FEW_ROWS = 128;

  /** Rows that pay for what a product packs. */
  private static final int MANY_ROWS = 512;

  /** Columns up to which the product of few rows packs nothing. */
  private static final int FEW_COLUMNS = 64;

  /** From a column to the next of a copy: an odd number of cache lines, lest they share sets. */
  private static final int LD_COPY = MANY_ROWS + 8;

  /** Rows of a range, whose part of the Gram matrix is summed by itself, and that over n. */
  private static final int RANGE_ROWS = 512;

  private static final int RANGE_HEIGHT = 2;
  private static final int MOST_RANGES = 32;

  private final ChunkBody firstPass = this::addToGram;
  private final ChunkBody secondPass = this::orthogonalise;
  private final ChunkBody multiplication = this::multiply;
  private final CholeskyFactor first = new CholeskyFactor();
  private final CholeskyFactor second = new CholeskyFactor();
  private final Gemm gemm = new Gemm();

  private int m;
  private int n;

  private int ranges;

  /** Whether Q₁ was formed. */
  private boolean twice;

  /** For each range its part of the Gram matrix; the first becomes their sum. */
  private double[][] grams = {};

  /** R₁ᵀR₂ᵀ. */
  private double[] lower = Buffers.NONE;

  /** R. */
  private double[] triangle = Buffers.NONE;

  /** One per worker: some rows of A or Q₁. */
  private double[][] copies = {};

  private Gemm[] gemms = {};
  private RowSubstitution[] substitutions = {};

  /** The caller's, not kept: A or Q₁, where Q₁ goes, and U. */
  private double[] matrix = Buffers.NONE;

  private double[] basis = Buffers.NONE;
  private double[] u = Buffers.NONE;

  /** R⁻¹U′, or R₂⁻¹U′ after two passes. */
  private double[] weights = Buffers.NONE;

  private int count;

  /** A factorisation to be used for any number of matrices, one after the other. */
  public CholeskyQr() {}

  /**
   * Factors a matrix. What the last one left is overwritten.
   *
   * @param rows m, ≥ n
   * @param columns n, ≥ 1
   * @param a A, m×n; not modified
   * @param q for {@link #multiply}: m·n elements, overwritten if there are two passes; or none, for
   *     R alone
   * @param crew does the work
   * @return whether A could be factored to working precision; if not, nothing else is to be called
   */
  public boolean factor(int rows, int columns, double[] a, double[] q, Crew crew) {
    m = rows;
    n = columns;
    matrix = a;
    basis = q;
    ensure(crew.size());
    boolean factored = factor(crew);
    matrix = Buffers.NONE;
    basis = Buffers.NONE;
    return factored;
  }

  private void ensure(int workers) {
    ranges = Math.min(Ranges.count(m, Math.max(RANGE_ROWS, RANGE_HEIGHT * n)), MOST_RANGES);
    if (grams.length < ranges) {
      grams = Arrays.copyOf(grams, ranges);
    }
    for (int range = 0; range < ranges; range++) {
      grams[range] = Buffers.atLeast(grams[range] == null ? Buffers.NONE : grams[range], n * n);
    }
    gemms = Gemm.perWorker(gemms, workers);
    int from = substitutions.length;
    if (from < workers) {
      substitutions = Arrays.copyOf(substitutions, workers);
      for (int i = from; i < workers; i++) {
        substitutions[i] = new RowSubstitution();
      }
    }
  }

  private boolean factor(Crew crew) {
    crew.run(ranges, firstPass);
    double[] gram = sum();
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      largest = Math.max(largest, gram[j + j * n]);
      smallest = Math.min(smallest, gram[j + j * n]);
    }
    if (!(largest <= LARGEST && smallest >= SMALLEST) || !first.factor(n, gram, SMALLEST_PIVOT)) {
      return false;
    }
    twice = !onePassIsEnough(largest);
    return !twice || factorAgain(crew);
  }

  /**
   * Whether the norm of (AᵀA)⁻¹, by which the error of QᵀQ is larger than that of AᵀA, is near what
   * it is for orthogonal columns as long as the longest.
   */
  private boolean onePassIsEnough(double largestSquare) {
    double limit = LARGEST_GROWTH * Math.sqrt(n) / largestSquare;
    double diagonal = first.smallestDiagonal();
    if (1 / (diagonal * diagonal) > limit) {
      return false;
    }
    first.invert();
    double[] inverse = grams[0];
    gemm.syrk(Transpose.YES, n, n, 1, first.inverse(), 0, n, 0, inverse, 0, n);
    return normOfSymmetric(inverse) <= limit;
  }

  private boolean factorAgain(Crew crew) {
    copies = Buffers.perWorker(copies, crew.size(), LD_COPY * n);
    crew.run(ranges, secondPass);
    double[] gram = sum();
    for (int j = 0; j < n; j++) {
      gram[j + j * n] -= 1;
    }
    boolean near = normOfSymmetric(gram) <= LARGEST_DEFECT;
    for (int j = 0; j < n; j++) {
      gram[j + j * n] += 1;
    }
    if (!near || !second.factor(n, gram, SMALLEST_PIVOT)) {
      return false;
    }
    second.invert();
    lower = Buffers.atLeast(lower, n * n);
    Arrays.fill(lower, 0, n * n, 0);
    gemm.multiplyLower(Transpose.NO, Transpose.NO, n, n, first.lower(), second.lower(), lower);
    return true;
  }

  /** The Frobenius norm of a symmetric matrix, of which the lower triangle is read. */
  private double normOfSymmetric(double[] a) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      int start = j + j * n;
      double square = Kernels.level1().dot(n - j, a, start, a, start);
      sum += 2 * square - a[start] * a[start];
    }
    return Math.sqrt(sum);
  }

  private double[] sum() {
    for (int range = 1; range < ranges; range++) {
      Kernels.level1().axpy(n * n, 1, grams[range], 0, grams[0], 0);
    }
    return grams[0];
  }

  private int rangeStart(int range) {
    return Ranges.start(range, ranges, m, 16);
  }

  private void addToGram(int range, int worker) {
    int end = rangeStart(range + 1);
    double[] gram = grams[range];
    Arrays.fill(gram, 0, n * n, 0);
    int together = n <= FEW_COLUMNS ? FEW_ROWS : MANY_ROWS;
    for (int row = rangeStart(range); row < end; row += together) {
      int height = Math.min(together, end - row);
      gemms[worker].syrk(Transpose.YES, n, height, 1, matrix, row, m, 1, gram, 0, n);
    }
  }

  /** Some rows of Q₁, and their part of its Gram matrix. */
  private void orthogonalise(int range, int worker) {
    int end = rangeStart(range + 1);
    double[] gram = grams[range];
    double[] own = copies[worker];
    Arrays.fill(gram, 0, n * n, 0);
    for (int row = rangeStart(range); row < end; row += FEW_ROWS) {
      int height = Math.min(FEW_ROWS, end - row);
      take(row, height, own);
      substitutions[worker].solve(height, n, first.lower(), 0, n, own, 0, LD_COPY);
      gemms[worker].syrk(Transpose.YES, n, height, 1, own, 0, LD_COPY, 1, gram, 0, n);
      for (int j = 0; basis.length > 0 && j < n; j++) {
        System.arraycopy(own, j * LD_COPY, basis, row + j * m, height);
      }
    }
  }

  private void take(int row, int height, double[] own) {
    for (int j = 0; j < n; j++) {
      System.arraycopy(matrix, row + j * m, own, j * LD_COPY, height);
    }
  }

  /**
   * R.
   *
   * @return n×n, with zeros below the diagonal, overwritten by the next call
   */
  public double[] triangle() {
    triangle = Buffers.atLeast(triangle, n * n);
    double[] transposed = twice ? lower : first.lower();
    Kernels.transposition().transpose(n, n, transposed, 0, n, triangle, 0, n);
    return triangle;
  }

  /**
   * U ← QU′.
   *
   * @param a A, as it was factored
   * @param q what {@link #factor} was given
   * @param ofTriangle U′, n×k
   * @param columns k
   * @param product U, m×k, overwritten; may be q
   * @param crew does the work
   */
  public void multiply(
      double[] a, double[] q, double[] ofTriangle, int columns, double[] product, Crew crew) {
    matrix = twice ? q : a;
    u = product;
    count = columns;
    weights = Buffers.atLeast(weights, n * count);
    double[] inverse = (twice ? second : first).inverse();
    gemm.multiply(Transpose.YES, Transpose.NO, n, count, n, inverse, ofTriangle, weights);
    crew.run((m + MANY_ROWS - 1) / MANY_ROWS, multiplication);
    matrix = Buffers.NONE;
    u = Buffers.NONE;
  }

  /** Of Q₁ a copy is multiplied, for its place may be that of U. */
  private void multiply(int chunk, int worker) {
    int row = chunk * MANY_ROWS;
    int height = Math.min(MANY_ROWS, m - row);
    if (twice) {
      take(row, height, copies[worker]);
      multiply(row, height, copies[worker], 0, LD_COPY, gemms[worker]);
    } else {
      multiply(row, height, matrix, row, m, gemms[worker]);
    }
  }

  private void multiply(int row, int height, double[] left, int at, int ld, Gemm gemm) {
    gemm.multiply(
        Transpose.NO, Transpose.NO, height, count, n, 1, left, at, ld, weights, 0, n, 0, u, row, m);
  }
}
