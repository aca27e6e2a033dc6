package eigengrad.linalg;

import eigengrad.linalg.internal.eigen.sturm.TwistedSolver;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.eigen.tridiagonal.Tridiagonalizer;
import eigengrad.linalg.internal.householder.BackTransform;
import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
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
 * larger, and uᵢᵀuⱼ at most cu‖A‖²/σᵢσⱼ. For values that are not small, σ² ≥ ‖A‖²/(4√n), that is
 * 4√n·cu at most. The columns of Y with smaller ones are decomposed by themselves, in a way that
 * makes them orthogonal to each other whatever their lengths, and then made orthogonal to the
 * others, which moves the residual by cu‖A‖²/σᵢ for a σᵢ that is not small.
 *
 * <p>It declines where singular values are close, many small, or one so small that its vector might
 * lie among the others. Cost for k small values: 3mn² + (10/3)n³ + 4mnk flops. The bidiagonal form
 * takes 8n³ for m = n, of which a third wait for memory.
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

  private static final double[] NONE = {};

  private final ChunkBody squaring = this::square;
  private final ChunkBody multiplication = this::multiply;
  private final ChunkBody comparison = this::compare;
  private final ChunkBody separation = this::separate;
  private final GramProbe probe = new GramProbe();
  private final Tridiagonalizer reduction = new Tridiagonalizer();
  private final TwistedSolver solver = new TwistedSolver();
  private final BackTransform back = new BackTransform(reduction.reflectors());
  private Gemm[] gemms = {};

  /** For the columns of Y with small values, and what it is given and gives. */
  private final DenseSvd ofSmall = DenseSvd.withoutGram();

  private double[] small = {};
  private double[] smallLeft = {};
  private double[] smallRight = {};
  private double[] smallValues = {};

  /** A product of them with other vectors. */
  private double[] product = {};

  private int m;
  private int n;

  /** A is multiplied by this. */
  private double scale;

  /** How many values are not small. */
  private int large;

  /** The caller's, not kept. */
  private double[] matrix = NONE;

  private double[] u = NONE;
  private double[] v = NONE;

  /**
   * All singular values and the thin vectors.
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
    if (columns < SMALLEST_ORDER || Math.abs(exponent) > LARGEST_EXPONENT) {
      return false;
    }
    m = rows;
    n = columns;
    scale = PowerOfTwo.of(exponent);
    matrix = a;
    u = left;
    v = right;
    gemms = Gemm.perWorker(gemms, crew.size());
    boolean solved =
        probe.fewSmall(m, n, a, scale) && findRight(crew) && findLeft(maxIterations, crew, values);
    matrix = NONE;
    u = NONE;
    v = NONE;
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

  private static int chunks(int size) {
    return Ranges.count(size, CHUNK);
  }

  private static int start(int chunk, int size) {
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

  /** Counts the values that are not small; whether the others are few and none of them tiny. */
  private boolean fewSmall() {
    double[] negative = solver.values();
    double limit = negative[0] / (4 * Math.sqrt(n));
    large = n;
    while (negative[large - 1] > limit) {
      large--;
    }
    return n - large <= MOST_SMALL * n && negative[n - 1] <= SMALLEST * negative[0];
  }

  /** U and the values, from Y in its place. */
  private boolean findLeft(int maxIterations, Crew crew, double[] values) {
    crew.run(chunks(n), multiplication);
    for (int j = 0; j < large; j++) {
      double square = Kernels.level1().dot(m, u, j * m, u, j * m);
      values[j] = Math.sqrt(square);
      Kernels.level1().scale(m, 1 / values[j], u, j * m);
    }
    boolean found = large == n || findSmall(maxIterations, crew, values);
    if (!found) {
      Arrays.fill(u, 0, m * n, 0);
      Arrays.fill(v, 0, n * n, 0);
    }
    return found;
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

  /** The triplets with small values. */
  private boolean findSmall(int maxIterations, Crew crew, double[] values) {
    int k = n - large;
    takeSmall(k);
    int exponent = PowerOfTwo.toOne(Kernels.level1().maxAbs(m * k, small, 0));
    int unconverged =
        ofSmall.solve(
            m, k, small, exponent, k, maxIterations, crew, smallValues, smallLeft, k, smallRight);
    if (unconverged > 0) {
      return false;
    }
    PowerOfTwo.scale(k, -exponent, smallValues, 0);
    System.arraycopy(smallValues, 0, values, large, k);
    int right = large * n;
    gemms[0].multiply(
        Transpose.NO, Transpose.NO, n, k, k, 1, v, right, n, smallRight, 0, k, 0, product, 0, n);
    System.arraycopy(product, 0, v, right, n * k);
    crew.run(chunks(large), comparison);
    crew.run(chunks(m), separation);
    System.arraycopy(smallLeft, 0, u, large * m, m * k);
    return true;
  }

  /** How a chunk of the other left vectors overlaps with those of small values. */
  private void compare(int chunk, int worker) {
    int first = start(chunk, large);
    gemms[worker].multiply(
        Transpose.YES,
        Transpose.NO,
        start(chunk + 1, large) - first,
        n - large,
        m,
        1,
        u,
        first * m,
        m,
        smallLeft,
        0,
        m,
        0,
        product,
        first,
        large);
  }

  /** Takes those overlaps from a chunk of rows. */
  private void separate(int chunk, int worker) {
    int first = start(chunk, m);
    gemms[worker].multiply(
        Transpose.NO,
        Transpose.NO,
        start(chunk + 1, m) - first,
        n - large,
        large,
        -1,
        u,
        first,
        m,
        product,
        0,
        large,
        1,
        smallLeft,
        first,
        m);
  }

  private void takeSmall(int k) {
    small = Buffers.atLeast(small, m * k);
    smallLeft = Buffers.atLeast(smallLeft, m * k);
    smallRight = Buffers.atLeast(smallRight, k * k);
    smallValues = Buffers.atLeast(smallValues, k);
    product = Buffers.atLeast(product, n * k);
    System.arraycopy(u, large * m, small, 0, m * k);
    Arrays.fill(smallLeft, 0, m * k, 0);
    Arrays.fill(smallRight, 0, k * k, 0);
  }
}
