package eigengrad.linalg.conquer;

import eigengrad.linalg.parallel.ChunkBody;
import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.parallel.Ranges;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * Joins two solved halves of a torn tridiagonal matrix: the eigenproblem of D + ρzzᵀ.
 *
 * <p>With the halves' eigenvectors Q₁ and Q₂, z holds the last row of Q₁ and the first of Q₂. After
 * deflation the new eigenvalues are the roots of the secular equation; its eigenvectors come from
 * Löwner's formula with the roots as found, ẑᵢ² = Πⱼ(λⱼ − dᵢ)/Πⱼ≠ᵢ(dⱼ − dᵢ) and vⱼ ∝ ẑᵢ/(dᵢ − λⱼ),
 * and are therefore orthogonal to working precision; the halves' vectors are multiplied by them,
 * blocks of zeros left out.
 *
 * <p>The work is shared out by ranges of poles and of roots, which are independent of each other.
 *
 * <p>Cost: at most n³ flops of matrix product and about 6n² divisions; less by deflation. Source:
 * M. Gu and S. C. Eisenstat, <i>A Divide-and-Conquer Algorithm for the Symmetric Tridiagonal
 * Eigenproblem</i>, SIAM J. Matrix Anal. Appl. 16 (1995); LAPACK's {@code dlaed1} to {@code
 * dlaed3}.
 */
final class RankOneMerge {
  /** Poles or roots in a chunk: fewer, and copying the halves into tile order shows. */
  private static final int CHUNK = 128;

  private final Kernels kernels = Kernels.active();
  private final ChunkBody rootSearch = this::findRoots;
  private final ChunkBody weighting = this::weightPoles;
  private final ChunkBody rotating = this::rotate;
  private final Deflation deflation;

  /** One a worker. */
  private final MergeTools[] tools;

  private final double[] d;
  private final double[] q;
  private final int ld;

  /** For each solved block, the indices within it that sort its eigenvalues. */
  private final int[] order;

  private final double[] z;
  private final double[] poles;
  private final double[] weights;
  private final double[] products;
  private final double[] roots;
  private final int[] ascending;
  private final int[] rowOfPole;

  /** How many poles there are of each support. */
  private final int[] inSupport = new int[3];

  private final double[] halves;
  private final double[] rotation;

  /** The merge being done: where its vectors start, its upper half and the number of chunks. */
  private int corner;

  private int upper;
  private int lower;
  private double rho;
  private int chunks;

  /**
   * Merges inside one solve.
   *
   * @param n largest order of a merge
   * @param workers most who share in one
   * @param d eigenvalues of the whole matrix, updated by each merge
   * @param order for each solved block, the indices within it that sort its eigenvalues; updated
   * @param q eigenvectors of the whole matrix, updated by each merge
   */
  RankOneMerge(int n, int workers, double[] d, int[] order, double[] q) {
    this.d = d;
    this.q = q;
    this.ld = d.length;
    this.order = order;
    this.tools = new MergeTools[workers];
    Arrays.setAll(tools, worker -> new MergeTools(n));
    this.deflation = new Deflation(n);
    this.z = new double[n];
    this.poles = new double[n];
    this.weights = new double[n];
    this.products = new double[n];
    this.roots = new double[n];
    this.ascending = new int[n];
    this.rowOfPole = new int[n];
    this.halves = new double[n * n];
    this.rotation = new double[n * n];
  }

  /**
   * Joins the blocks first … first + upper − 1 and first + upper … first + n − 1.
   *
   * @param coupling the off-diagonal element at the tear, of any sign
   * @param crew does the work
   * @return whether every root was found
   */
  boolean merge(int first, int upperSize, int n, double coupling, Crew crew) {
    upper = upperSize;
    lower = n - upper;
    rho = 2 * Math.abs(coupling);
    corner = first * ld + first;
    gatherZ(first, n, coupling);
    BlockOrder.merge(first, upper, n, d, order, ascending);
    deflation.deflate(upper, n, rho, d, first, z, ascending, q, corner, ld);
    if (deflation.keptCount == 0) {
      System.arraycopy(ascending, 0, order, first, n);
      return true;
    }
    arrangeRows();
    gatherPoles(first);
    chunks = Ranges.count(deflation.keptCount, CHUNK);
    crew.run(chunks, rootSearch);
    if (!everyRootFound()) {
      return false;
    }
    crew.run(chunks, weighting);
    copyDropped();
    crew.run(chunks, rotating);
    finish(first, n);
    return true;
  }

  /** z = (last row of Q₁, ± first row of Q₂)/√2: the tear's vector in the halves' eigenbasis. */
  private void gatherZ(int first, int n, double coupling) {
    int lastUpperRow = first + upper - 1;
    double scale = Math.sqrt(0.5);
    for (int j = 0; j < upper; j++) {
      z[j] = scale * q[lastUpperRow + (first + j) * ld];
    }
    double signed = coupling < 0 ? -scale : scale;
    for (int j = upper; j < n; j++) {
      z[j] = signed * q[lastUpperRow + 1 + (first + j) * ld];
    }
  }

  /** Gives each pole a row such that those of one support are neighbours. */
  private void arrangeRows() {
    int row = 0;
    for (byte support = Deflation.UPPER; support <= Deflation.LOWER; support++) {
      int start = row;
      for (int i = 0; i < deflation.keptCount; i++) {
        if (deflation.support[deflation.kept[i]] == support) {
          rowOfPole[i] = row++;
        }
      }
      inSupport[support] = row - start;
    }
  }

  private void gatherPoles(int first) {
    for (int i = 0; i < deflation.keptCount; i++) {
      int kept = deflation.kept[i];
      poles[i] = d[first + kept];
      weights[i] = z[kept] * z[kept];
    }
  }

  private int chunkStart(int chunk) {
    return Ranges.start(chunk, chunks, deflation.keptCount, kernels.tileColumns());
  }

  /** The roots of a chunk, and in column j of {@code rotation} the gaps dᵢ − λⱼ. */
  private void findRoots(int chunk, int worker) {
    int k = deflation.keptCount;
    int end = chunkStart(chunk + 1);
    SecularEquation secular = tools[worker].secular;
    secular.set(k, poles, weights, rho);
    for (int j = chunkStart(chunk); j < end; j++) {
      roots[j] = secular.root(j, rotation, j * k);
    }
  }

  private boolean everyRootFound() {
    for (int j = 0; j < deflation.keptCount; j++) {
      if (Double.isNaN(roots[j])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Löwner's ẑ for the poles of a chunk, and the parts of the halves' vectors that belong to them.
   */
  private void weightPoles(int chunk, int worker) {
    int k = deflation.keptCount;
    int start = chunkStart(chunk);
    int end = chunkStart(chunk + 1);
    Arrays.fill(products, start, end, -1);
    for (int j = 0; j < k; j++) {
      double pole = poles[j];
      int gaps = j * k;
      for (int i = start; i < Math.min(j, end); i++) {
        products[i] *= rotation[gaps + i] / (poles[i] - pole);
      }
      if (j >= start && j < end) {
        products[j] *= rotation[gaps + j];
      }
      for (int i = Math.max(j + 1, start); i < end; i++) {
        products[i] *= rotation[gaps + i] / (poles[i] - pole);
      }
    }
    for (int i = start; i < end; i++) {
      products[i] = Math.copySign(Math.sqrt(Math.abs(products[i])), z[deflation.kept[i]]);
      copyHalves(i);
    }
  }

  /** Where a pole's vector is not zero: the upper parts first, then the lower ones. */
  private void copyHalves(int pole) {
    int source = corner + deflation.kept[pole] * ld;
    byte support = deflation.support[deflation.kept[pole]];
    if (support != Deflation.LOWER) {
      System.arraycopy(q, source, halves, rowOfPole[pole] * upper, upper);
    }
    if (support != Deflation.UPPER) {
      int target = upper * upperColumns() + (rowOfPole[pole] - inSupport[Deflation.UPPER]) * lower;
      System.arraycopy(q, source + upper, halves, target, lower);
    }
  }

  private int upperColumns() {
    return inSupport[Deflation.UPPER] + inSupport[Deflation.BOTH];
  }

  private int lowerColumns() {
    return inSupport[Deflation.BOTH] + inSupport[Deflation.LOWER];
  }

  private int droppedPart() {
    return upper * upperColumns() + lower * lowerColumns();
  }

  /** Behind the halves' parts, whole columns. */
  private void copyDropped() {
    int n = upper + lower;
    for (int i = 0; i < deflation.droppedCount; i++) {
      int source = corner + deflation.dropped[i] * ld;
      System.arraycopy(q, source, halves, droppedPart() + i * n, n);
    }
  }

  /** Q ← (halves) · (rotation) for the columns of a chunk, the zero blocks left out. */
  private void rotate(int chunk, int worker) {
    int start = chunkStart(chunk);
    int end = chunkStart(chunk + 1);
    formVectors(start, end, tools[worker].column);
    int k = deflation.keptCount;
    Gemm gemm = tools[worker].gemm;
    product(gemm, start, end, upper, upperColumns(), 0, 0, corner);
    int lowerHalf = upper * upperColumns();
    product(gemm, start, end, lower, lowerColumns(), lowerHalf, k - lowerColumns(), corner + upper);
  }

  /** Löwner's unit vectors, their rows arranged by support. */
  private void formVectors(int start, int end, double[] column) {
    int k = deflation.keptCount;
    for (int j = start; j < end; j++) {
      int gaps = j * k;
      for (int i = 0; i < k; i++) {
        column[i] = products[i] / rotation[gaps + i];
      }
      double inverseNorm = 1 / kernels.norm(k, column, 0);
      for (int i = 0; i < k; i++) {
        rotation[gaps + rowOfPole[i]] = inverseNorm * column[i];
      }
    }
  }

  private void product(
      Gemm gemm, int start, int end, int rows, int depth, int half, int rotationRow, int target) {
    int k = deflation.keptCount;
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        rows,
        end - start,
        depth,
        1,
        halves,
        half,
        rows,
        rotation,
        rotationRow + start * k,
        k,
        0,
        q,
        target + start * ld,
        ld);
  }

  /** Puts the dropped columns behind the new ones, stores the eigenvalues and sorts them. */
  private void finish(int first, int n) {
    int k = deflation.keptCount;
    int dropped = droppedPart();
    for (int i = 0; i < deflation.droppedCount; i++) {
      roots[k + i] = d[first + deflation.dropped[i]];
      System.arraycopy(halves, dropped + i * n, q, (first + k + i) * ld + first, n);
    }
    System.arraycopy(roots, 0, d, first, n);
    BlockOrder.sort(first, n, d, order);
  }
}
