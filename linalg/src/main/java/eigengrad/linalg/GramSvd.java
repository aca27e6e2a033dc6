package eigengrad.linalg;

import eigengrad.linalg.internal.eigen.sturm.TwistedSolver;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.eigen.tridiagonal.Tridiagonalizer;
import eigengrad.linalg.internal.householder.BackTransform;
import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lazy;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.linalg.internal.support.Ranges;
import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * The thin singular value decomposition of an m×n matrix, m ≥ n, with distinct singular values of
 * which few are small: V from the eigenvectors of AᵀA, U and Σ from Y = AV.
 *
 * <p>The computed V is orthogonal to working precision, so that Y is (A + Δ)V with Δ of some
 * roundings, whatever V is, and U = YΣ⁻¹ leaves no residual. What has to be seen to is that columns
 * of U are orthogonal. V diagonalises a matrix within a few roundings cu‖A‖² of AᵀA: yᵢᵀyⱼ is no
 * larger, and uᵢᵀuⱼ at most cu‖A‖²/σᵢσⱼ. With ρ = 4√n,
 *
 * <ul>
 *   <li>large values, σ² ≥ ‖A‖²/ρ, have vectors that overlap by ρcu at most: nothing is done;
 *   <li>the vectors of smaller ones are made orthogonal to those of all larger ones with σᵢσⱼ &lt;
 *       2‖A‖²/ρ, which moves the residual by σⱼ times their overlap, cu‖A‖²/σᵢ: ρcu‖A‖ at most,
 *       unless σᵢ is tiny;
 *   <li>the columns of Y with tiny values, below ‖A‖/ρ, are decomposed by themselves before, in a
 *       way that makes them orthogonal to each other whatever their lengths.
 * </ul>
 *
 * <p>It declines where singular values are close, many small, or one so small that its vector might
 * lie among the others. Cost: 3mn² + (10/3)n³ flops, and for k small values up to 4mnk more. The
 * bidiagonal form takes 8n³ for m = n, of which a third wait for memory.
 */
final class GramSvd {
  /** The smallest order for which the reduction that is saved takes longer than the products. */
  static final int SMALLEST_ORDER = 32;

  /** Exponents of matrices whose squares neither over- nor underflow. */
  private static final int LARGEST_EXPONENT = 450;

  /** Off-diagonal elements up to this, relative to the largest, may split a tridiagonal matrix. */
  private static final double NEGLIGIBLE = 0x1p-50;

  /** The smallest eigenvalue relative to the largest, of which its left vector may have √u. */
  private static final double SMALLEST = 0x1p-40;

  /** How many values may be small, as a part of n. */
  private static final double MOST_SMALL = 0.35;

  /** Columns of a product, or rows, that are a chunk at least: fewer than two of them are one. */
  private static final int CHUNK = 192;

  /** Those of a chunk come in whole tiles. */
  private static final int TILE = 16;

  private final ChunkBody squaring = this::square;
  private final ChunkBody multiplication = this::multiply;
  private final GramProbe probe = new GramProbe();
  private final Tridiagonalizer reduction = new Tridiagonalizer();
  private final TwistedSolver solver = new TwistedSolver();
  private final BackTransform back = new BackTransform(reduction.reflectors());
  private final Lazy<OverlapRemoval> separation = new Lazy<>(OverlapRemoval::new);
  private Gemm[] gemms = {};

  /** For the columns of Y with tiny values, and what it is given and gives. */
  private final Lazy<DenseSvd> ofTiny = new Lazy<>(DenseSvd::withoutGram);

  private double[] tinyColumns = Buffers.NONE;
  private double[] tinyLeft = Buffers.NONE;
  private double[] tinyRight = Buffers.NONE;
  private double[] tinyValues = Buffers.NONE;

  /** V times their right vectors. */
  private double[] product = Buffers.NONE;

  private int m;
  private int n;

  /** A is multiplied by this. */
  private double scale;

  /** How many values are large. */
  private int large;

  /** How many are not tiny. */
  private int distinct;

  /** The caller's, not kept. */
  private double[] matrix = Buffers.NONE;

  private double[] u = Buffers.NONE;
  private double[] v = Buffers.NONE;

  /** Whether to try it: on columns of that many and a matrix that is scaled by 2^exponent. */
  static boolean suits(int columns, int exponent) {
    return columns >= SMALLEST_ORDER && Math.abs(exponent) <= LARGEST_EXPONENT;
  }

  /**
   * All singular values and the thin vectors of a matrix that {@link #suits}.
   *
   * @param rows m, ≥ n
   * @param columns n
   * @param a A, m×n; not modified
   * @param exponent A is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param values overwritten by those of the scaled matrix, descending
   * @param left overwritten by U: m×n
   * @param right zeros, overwritten by V: n×n
   * @return whether this is a way for this matrix; if not, right is 0 again, and left untouched or
   *     0
   */
  boolean solve(
      int rows,
      int columns,
      double[] a,
      int exponent,
      int maxIterations,
      Crew crew,
      double[] values,
      double[] left,
      double[] right) {
    m = rows;
    n = columns;
    scale = PowerOfTwo.of(exponent);
    matrix = a;
    u = left;
    v = right;
    gemms = Gemm.perWorker(gemms, crew.size());
    boolean solved =
        probe.fewSmall(m, n, a, scale) && findRight(crew) && findLeft(maxIterations, crew, values);
    matrix = Buffers.NONE;
    u = Buffers.NONE;
    v = Buffers.NONE;
    return solved;
  }

  /** V, in whose place AᵀA is until it has been reduced. */
  private boolean findRight(Crew crew) {
    crew.run(chunks(n), squaring);
    reduction.reduce(n, v, PowerOfTwo.toOne(largestElement()), crew);
    boolean found = findNegative(crew) && fewSmall() && solver.findVectors(v, 0, n, crew);
    if (found) {
      crew.requireNotInterrupted();
      back.apply(v, n, n, crew);
    } else {
      Arrays.fill(v, 0, n * n, 0);
    }
    return found;
  }

  /** The lower triangle of AᵀA, a chunk of its columns. */
  private void square(int chunk, int worker) {
    int first = startOfTriangle(chunk);
    int end = startOfTriangle(chunk + 1);
    int width = end - first;
    Gemm gemm = gemms[worker];
    double alpha = scale * scale;
    int corner = first + first * n;
    gemm.syrk(Transpose.YES, width, m, alpha, matrix, first * m, m, 0, v, corner, n);
    gemm.multiply(
        Transpose.YES,
        Transpose.NO,
        n - end,
        width,
        m,
        alpha,
        matrix,
        end * m,
        m,
        matrix,
        first * m,
        m,
        0,
        v,
        corner + width,
        n);
  }

  /** Chunks of about equal area: right of column j there are (1 − j/n)² of the triangle. */
  private int startOfTriangle(int chunk) {
    double right = Math.sqrt(1 - (double) chunk / chunks(n));
    return chunk == chunks(n) ? n : (int) (n * (1 - right)) / TILE * TILE;
  }

  static int chunks(int size) {
    return Ranges.count(size, CHUNK);
  }

  static int start(int chunk, int size) {
    return Ranges.start(chunk, chunks(size), size, TILE);
  }

  /** Of a definite matrix it is on the diagonal. */
  private double largestElement() {
    double largest = 0;
    for (int j = 0; j < n; j++) {
      largest = Math.max(largest, v[j + j * n]);
    }
    return largest;
  }

  /** The eigenvalues of −AᵀA, whose ascending order is that of descending singular values. */
  private boolean findNegative(Crew crew) {
    TridiagonalMatrix negative = reduction.tridiagonal();
    double[] d = negative.diagonal();
    double[] e = negative.offDiagonal();
    negative.scaleToOne();
    Kernels.level1().scale(n, -1, d, 0);
    Kernels.level1().scale(n - 1, -1, e, 0);
    for (int i = 0; i < n - 1; i++) {
      if (Math.abs(e[i]) <= NEGLIGIBLE) {
        return false;
      }
    }
    return solver.findValues(n, d, 0, e, 0, 0, n, crew);
  }

  /** Counts the values by size; whether few are small and none so small that it is noise. */
  private boolean fewSmall() {
    double[] negative = solver.values();
    double rho = rho();
    large = countBelow(negative[0] / rho);
    distinct = countBelow(negative[0] / (rho * rho));
    return n - large <= MOST_SMALL * n && negative[n - 1] <= SMALLEST * negative[0];
  }

  private double rho() {
    return 4 * Math.sqrt(n);
  }

  /** How many eigenvalues of −AᵀA are up to a bound. */
  private int countBelow(double bound) {
    int count = n;
    while (solver.values()[count - 1] > bound) {
      count--;
    }
    return count;
  }

  /** U and the values, from Y in its place. */
  private boolean findLeft(int maxIterations, Crew crew, double[] values) {
    crew.run(chunks(n), multiplication);
    boolean found = normalize(values) && findTiny(maxIterations, crew, values);
    if (!found) {
      Arrays.fill(u, 0, m * n, 0);
      Arrays.fill(v, 0, n * n, 0);
    } else if (large < n) {
      double limit = 2 * values[0] * values[0] / rho();
      separation.get().apply(m, n, large, distinct, values, limit, u, gemms, crew);
    }
    return found;
  }

  /** All but the tiny values; whether they descend. */
  private boolean normalize(double[] values) {
    boolean descending = true;
    for (int j = 0; j < distinct; j++) {
      values[j] = Math.sqrt(Kernels.level1().dot(m, u, j * m, u, j * m));
      Kernels.level1().scale(m, 1 / values[j], u, j * m);
      descending &= j == 0 || values[j] <= values[j - 1];
    }
    return descending;
  }

  /** Y, a chunk of its columns. */
  private void multiply(int chunk, int worker) {
    int first = start(chunk, n);
    int width = start(chunk + 1, n) - first;
    gemms[worker].multiply(
        Transpose.NO,
        Transpose.NO,
        m,
        width,
        n,
        scale,
        matrix,
        0,
        m,
        v,
        first * n,
        n,
        0,
        u,
        first * m,
        m);
  }

  /** The triplets with tiny values; whether they were found. */
  private boolean findTiny(int maxIterations, Crew crew, double[] values) {
    int k = n - distinct;
    if (k == 0) {
      return true;
    }
    takeTiny(k);
    int exponent = PowerOfTwo.toOne(Kernels.level1().maxAbs(m * k, tinyColumns, 0));
    DenseSvd solverOfTiny = ofTiny.get();
    int unconverged =
        solverOfTiny.solve(
            m,
            k,
            tinyColumns,
            exponent,
            k,
            maxIterations,
            crew,
            tinyValues,
            tinyLeft,
            k,
            tinyRight);
    PowerOfTwo.scale(k, -exponent, tinyValues, 0);
    if (unconverged > 0 || tinyValues[0] > values[distinct - 1]) {
      return false;
    }
    System.arraycopy(tinyValues, 0, values, distinct, k);
    System.arraycopy(tinyLeft, 0, u, distinct * m, m * k);
    int right = distinct * n;
    gemms[0].multiply(
        Transpose.NO, Transpose.NO, n, k, k, 1, v, right, n, tinyRight, 0, k, 0, product, 0, n);
    System.arraycopy(product, 0, v, right, n * k);
    return true;
  }

  private void takeTiny(int k) {
    tinyColumns = Buffers.atLeast(tinyColumns, m * k);
    tinyLeft = Buffers.atLeast(tinyLeft, m * k);
    tinyRight = Buffers.atLeast(tinyRight, k * k);
    tinyValues = Buffers.atLeast(tinyValues, k);
    product = Buffers.atLeast(product, n * k);
    System.arraycopy(u, distinct * m, tinyColumns, 0, m * k);
    Arrays.fill(tinyLeft, 0, m * k, 0);
    Arrays.fill(tinyRight, 0, k * k, 0);
  }
}
