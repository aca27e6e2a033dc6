package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Ranges;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Joins two solved halves of a torn tridiagonal matrix: the eigenproblem of D + ρzzᵀ.
 *
 * <p>With the halves' eigenvectors Q₁ and Q₂, z holds the last row of Q₁ and the first of Q₂. After
 * deflation the {@link SecularVectors} of what is left are found, and the halves' vectors are
 * multiplied by them, blocks of zeros left out.
 *
 * <p>Cost: at most n³ flops of matrix product and about 6n² divisions; less by deflation. Source:
 * M. Gu and S. C. Eisenstat, <i>A Divide-and-Conquer Algorithm for the Symmetric Tridiagonal
 * Eigenproblem</i>, SIAM J. Matrix Anal. Appl. 16 (1995); LAPACK's {@code dlaed1} to {@code
 * dlaed3}.
 */
final class RankOneMerge {
  /** Poles or roots in a chunk: fewer, and copying the halves into tile order shows. */
  private static final int CHUNK = 128;

  private final ChunkBody rootSearch = this::findRoots;
  private final ChunkBody weighting = this::weightPoles;
  private final ChunkBody rotating = this::rotate;
  private final Deflation deflation = new Deflation();
  private final Deflation.Rotation columnRotation = this::rotateColumns;
  private final SecularVectors secular = new SecularVectors();

  /** One per worker. */
  private MergeTools[] tools = {};

  private final PartialSpectrum spectrum;
  private final HalvesProduct product;

  private double[] z = Buffers.NONE;
  private int[] ascending = Buffers.NO_INDICES;

  /** Of the merge being done: where its vectors start, and its order. */
  private int corner;

  private int order;
  private int chunks;

  /**
   * Merges to be done one after the other.
   *
   * @param spectrum holds the halves, and the whole after each merge
   */
  RankOneMerge(PartialSpectrum spectrum) {
    this.spectrum = spectrum;
    this.product = new HalvesProduct(spectrum, deflation);
  }

  /** Makes room for merges up to an order and that many workers. */
  void ensure(int n, int workers) {
    deflation.ensure(n);
    product.ensure(n);
    z = Buffers.atLeast(z, n);
    ascending = Buffers.atLeast(ascending, n);
    secular.ensure(n);
    tools = MergeTools.perWorker(tools, workers, n);
  }

  /**
   * Joins the blocks first … first + upper − 1 and first + upper … first + n − 1.
   *
   * @param coupling the off-diagonal element at the tear, of any sign
   * @param crew does the work
   */
  void merge(int first, int upper, int n, double coupling, Crew crew) {
    corner = spectrum.corner(first);
    order = n;
    gatherZ(upper, n, coupling);
    double rho = 2 * Math.abs(coupling);
    double scale =
        Math.max(
            Kernels.level1().maxAbs(n, spectrum.values, first), Kernels.level1().maxAbs(n, z, 0));
    spectrum.mergeOrders(first, upper, upper, n - upper, ascending, 0);
    deflation.deflate(
        upper, n, rho, scale, spectrum.values, first, z, ascending, 0, n, columnRotation);
    if (deflation.keptCount == 0) {
      System.arraycopy(ascending, 0, spectrum.order, first, n);
      return;
    }
    product.begin(first, upper, n);
    secular.begin(deflation, spectrum.values, first, z, rho);
    chunks = Ranges.count(deflation.keptCount, CHUNK);
    crew.run(chunks, rootSearch);
    crew.run(chunks, weighting);
    crew.run(chunks, rotating);
    finish(first, n);
  }

  /**
   * z = (last row of Q₁, ± first row of Q₂)/√2: the tear's vector in the halves' eigenbasis. Either
   * row is made a unit vector first, which the vectors' rounding errors have left it short of.
   */
  private void gatherZ(int upper, int n, double coupling) {
    int lastUpperRow = corner + upper - 1;
    for (int j = 0; j < upper; j++) {
      z[j] = spectrum.vectors[lastUpperRow + j * spectrum.ld];
    }
    for (int j = upper; j < n; j++) {
      z[j] = spectrum.vectors[lastUpperRow + 1 + j * spectrum.ld];
    }
    double scale = Math.sqrt(0.5);
    Kernels.level1().scale(upper, scale / Kernels.level1().norm(upper, z, 0), z, 0);
    Kernels.level1()
        .scale(
            n - upper,
            Math.copySign(scale, coupling) / Kernels.level1().norm(n - upper, z, upper),
            z,
            upper);
  }

  private void rotateColumns(int column, int other, double c, double s) {
    double[] q = spectrum.vectors;
    int ld = spectrum.ld;
    Kernels.level1().rotate(order, q, corner + column * ld, q, corner + other * ld, c, s);
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
      product.copyColumn(i);
    }
  }

  /** The secular equation's vectors for the roots of a chunk, and the product with them. */
  private void rotate(int chunk, int worker) {
    int start = chunkStart(chunk);
    int end = chunkStart(chunk + 1);
    secular.form(start, end, product.rowOfPole, tools[worker]);
    product.multiply(tools[worker].gemm(), secular.vectors(), start, end);
  }

  /** Stores the vectors that were dropped and all eigenvalues, and sorts these. */
  private void finish(int first, int n) {
    double[] roots = secular.roots();
    for (int i = 0; i < deflation.droppedCount; i++) {
      roots[deflation.keptCount + i] = spectrum.values[first + deflation.dropped[i]];
    }
    System.arraycopy(roots, 0, spectrum.values, first, n);
    spectrum.sort(first, n);
    product.putDroppedBack();
  }
}
