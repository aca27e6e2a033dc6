package eigengrad.linalg.internal.svd.conquer;

import eigengrad.linalg.internal.eigen.conquer.Deflation;
import eigengrad.linalg.internal.eigen.conquer.HalvesProduct;
import eigengrad.linalg.internal.eigen.conquer.MergeTools;
import eigengrad.linalg.internal.eigen.conquer.PartialSpectrum;
import eigengrad.linalg.internal.eigen.conquer.SecularVectors;
import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Ranges;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Joins two solved halves of a torn bidiagonal matrix: the singular value problem of an arrow, a
 * matrix with a full first row z and a diagonal.
 *
 * <p>The upper half's last row was torn out, αeₖᵀ + βeₖ₊₁ᵀ, so it has a singular value 0 for the
 * left vector eₖ. In the halves' bases that row is z, α times the last row of V₁ and β times the
 * first of V₂; the upper half's 0 is its place. Where the lower half's last row is torn out, too,
 * its right vector for 0 is rotated out of z and remains that of the whole. After deflation the
 * {@link SecularVectors} of what is left are found, and the halves' vectors are multiplied by them,
 * blocks of zeros left out.
 *
 * <p>Cost: at most 2n³ flops of matrix product and about 6n² divisions; less by deflation. Source:
 * M. Gu and S. C. Eisenstat, <i>A Divide-and-Conquer Algorithm for the Bidiagonal SVD</i>, SIAM J.
 * Matrix Anal. Appl. 16 (1995); LAPACK's {@code dlasd1} to {@code dlasd3}.
 */
final class ArrowMerge {
  /** Poles or roots in a chunk: fewer, and copying the halves into tile order shows. */
  private static final int CHUNK = 128;

  /** What rounding is relative to: the whole matrix has elements near 1, this part maybe not. */
  private static final double SCALE = 1;

  private final ChunkBody rootSearch = this::findRoots;
  private final ChunkBody weighting = this::weightPoles;
  private final ChunkBody rotating = this::rotate;
  private final Deflation deflation = new Deflation();
  private final Deflation.Rotation columnRotation = this::rotateColumns;
  private final SecularVectors secular = new SecularVectors();

  /** One per worker. */
  private MergeTools[] tools = {};

  /** The left vectors, and the right ones, whose values and order count for both. */
  private final PartialSpectrum left;

  private final PartialSpectrum right;
  private final HalvesProduct leftProduct;
  private final HalvesProduct rightProduct;

  private double[] z = Buffers.NONE;
  private int[] ascending = Buffers.NO_INDICES;

  /** Of the merge being done: its first row, its order, and the rows of its upper half. */
  private int first;

  private int n;
  private int upper;
  private int chunks;

  /**
   * Merges to be done one after the other.
   *
   * @param left holds the halves' left vectors, and those of the whole after each merge
   * @param right likewise
   */
  ArrowMerge(PartialSpectrum left, PartialSpectrum right) {
    this.left = left;
    this.right = right;
    this.leftProduct = new HalvesProduct(left, deflation);
    this.rightProduct = new HalvesProduct(right, deflation);
  }

  /** Makes room for merges up to an order and that many workers. */
  void ensure(int order, int workers) {
    deflation.ensure(order);
    leftProduct.ensure(order);
    rightProduct.ensure(order);
    z = Buffers.atLeast(z, order);
    ascending = Buffers.atLeast(ascending, order);
    secular.ensure(order);
    tools = MergeTools.perWorker(tools, workers, order);
  }

  /**
   * Joins the blocks firstRow … firstRow + upperRows − 1 and firstRow + upperRows … firstRow +
   * order − 1.
   *
   * @param torn whether the last row of the lower half is torn out
   * @param alpha α
   * @param beta β
   * @param crew does the work
   */
  void merge(
      int firstRow, int upperRows, int order, boolean torn, double alpha, double beta, Crew crew) {
    first = firstRow;
    n = order;
    upper = upperRows;
    gatherZ(alpha, beta);
    int lowerCount = n - upper;
    if (torn) {
      lowerCount--;
      joinNullVectors();
    }
    ascending[0] = upper - 1;
    right.mergeOrders(first, upper - 1, upper, lowerCount, ascending, 1);
    int end = upper + lowerCount;
    deflation.deflate(
        upper, n, 1, SCALE, right.values, first, z, ascending, 1, end, columnRotation);
    if (torn) {
      deflation.dropped[deflation.droppedCount++] = n - 1;
      deflation.support[upper - 1] = Deflation.BOTH;
    }
    leftProduct.begin(first, upper, n);
    rightProduct.begin(first, upper, n);
    secular.beginSquared(deflation, right.values, first, z, Deflation.tolerance(SCALE));
    chunks = Ranges.count(deflation.keptCount, CHUNK);
    crew.run(chunks, rootSearch);
    crew.run(chunks, weighting);
    crew.run(chunks, rotating);
    finish(lowerCount);
  }

  /**
   * The row that was torn out, in the halves' right bases. Either half's part is given the length
   * that rounding errors of the vectors have left it short of.
   */
  private void gatherZ(double alpha, double beta) {
    int lastUpperRow = right.corner(first) + upper - 1;
    for (int j = 0; j < n; j++) {
      z[j] = right.vectors[lastUpperRow + j * right.ld + (j < upper ? 0 : 1)];
    }
    Kernels.level1().scale(upper, alpha / Kernels.level1().norm(upper, z, 0), z, 0);
    Kernels.level1().scale(n - upper, beta / Kernels.level1().norm(n - upper, z, upper), z, upper);
  }

  /** Rotates the right vectors of the two zeros until the lower one has no part in z. */
  private void joinNullVectors() {
    double length = Math.hypot(z[upper - 1], z[n - 1]);
    if (length > 0) {
      double c = z[upper - 1] / length;
      double s = z[n - 1] / length;
      rotate(right, upper - 1, n - 1, c, s);
      z[upper - 1] = length;
      z[n - 1] = 0;
    }
  }

  private void rotateColumns(int column, int other, double c, double s) {
    rotate(left, column, other, c, s);
    rotate(right, column, other, c, s);
  }

  private void rotate(PartialSpectrum side, int column, int other, double c, double s) {
    int corner = side.corner(first);
    double[] q = side.vectors;
    Kernels.level1().rotate(n, q, corner + column * side.ld, q, corner + other * side.ld, c, s);
  }

  private int chunkStart(int chunk) {
    return Ranges.start(chunk, chunks, deflation.keptCount, Kernels.level3().tileColumns());
  }

  private void findRoots(int chunk, int worker) {
    secular.findRoots(chunkStart(chunk), chunkStart(chunk + 1), tools[worker]);
  }

  /** ẑ for the poles of a chunk, and the parts of the halves' vectors that belong to them. */
  private void weightPoles(int chunk, int worker) {
    int start = chunkStart(chunk);
    int end = chunkStart(chunk + 1);
    secular.weigh(start, end);
    for (int i = start; i < end; i++) {
      leftProduct.copyColumn(i);
      rightProduct.copyColumn(i);
    }
  }

  /** The arrow's vectors for the roots of a chunk, and the products with them. */
  private void rotate(int chunk, int worker) {
    int start = chunkStart(chunk);
    int end = chunkStart(chunk + 1);
    secular.form(start, end, rightProduct.rowOfPole, tools[worker]);
    rightProduct.multiply(tools[worker].gemm(), secular.vectors(), start, end);
    secular.turnLeft(start, end, leftProduct.rowOfPole);
    leftProduct.multiply(tools[worker].gemm(), secular.vectors(), start, end);
  }

  /** Stores the vectors that were dropped and all values, and sorts these. */
  private void finish(int lowerCount) {
    double[] roots = secular.roots();
    for (int i = 0; i < deflation.droppedCount; i++) {
      roots[deflation.keptCount + i] = right.values[first + deflation.dropped[i]];
    }
    System.arraycopy(roots, 0, right.values, first, n);
    right.sort(first, upper + lowerCount);
    leftProduct.putDroppedBack();
    rightProduct.putDroppedBack();
  }
}
