package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Ranges;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
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

  private final ChunkBody rootSearch = this::findRoots;
  private final ChunkBody weighting = this::weightPoles;
  private final ChunkBody rotating = this::rotate;
  private final Deflation deflation = new Deflation();

  /** One per worker. */
  private MergeTools[] tools = {};

  private final PartialSpectrum spectrum;
  private final HalvesProduct product;

  private double[] z = {};
  private double[] poles = {};
  private double[] weights = {};
  private double[] products = {};
  private double[] roots = {};
  private int[] ascending = {};

  /** The gaps dᵢ − λⱼ, and then the unit vectors of the secular equation. */
  private double[] rotation = {};

  /** Of the merge being done. */
  private double rho;

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
    poles = Buffers.atLeast(poles, n);
    weights = Buffers.atLeast(weights, n);
    products = Buffers.atLeast(products, n);
    roots = Buffers.atLeast(roots, n);
    ascending = Buffers.atLeast(ascending, n);
    rotation = Buffers.atLeast(rotation, n * n);
    while (tools.length < workers) {
      MergeTools another = new MergeTools();
      tools = Arrays.copyOf(tools, tools.length + 1);
      tools[tools.length - 1] = another;
    }
    for (MergeTools tool : tools) {
      tool.ensure(n);
    }
  }

  /**
   * Joins the blocks first … first + upper − 1 and first + upper … first + n − 1.
   *
   * @param coupling the off-diagonal element at the tear, of any sign
   * @param crew does the work
   */
  void merge(int first, int upper, int n, double coupling, Crew crew) {
    int corner = spectrum.corner(first);
    gatherZ(corner, upper, n, coupling);
    rho = 2 * Math.abs(coupling);
    spectrum.mergeOrders(first, upper, n, ascending);
    deflation.deflate(
        upper, n, rho, spectrum.values, first, z, ascending, spectrum.vectors, corner, spectrum.ld);
    if (deflation.keptCount == 0) {
      System.arraycopy(ascending, 0, spectrum.order, first, n);
      return;
    }
    product.begin(first, upper, n);
    gatherPoles(first);
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
  private void gatherZ(int corner, int upper, int n, double coupling) {
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

  private void gatherPoles(int first) {
    for (int i = 0; i < deflation.keptCount; i++) {
      int kept = deflation.kept[i];
      poles[i] = spectrum.values[first + kept];
      weights[i] = z[kept] * z[kept];
    }
  }

  private int chunkStart(int chunk) {
    return Ranges.start(chunk, chunks, deflation.keptCount, Kernels.level3().tileColumns());
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
      product.copyColumn(i);
    }
  }

  /** The secular equation's vectors for the roots of a chunk, and the product with them. */
  private void rotate(int chunk, int worker) {
    int start = chunkStart(chunk);
    int end = chunkStart(chunk + 1);
    formVectors(start, end, tools[worker].column);
    product.multiply(tools[worker].gemm, rotation, start, end);
  }

  /** Löwner's unit vectors, their rows arranged by support. */
  private void formVectors(int start, int end, double[] column) {
    int k = deflation.keptCount;
    for (int j = start; j < end; j++) {
      int gaps = j * k;
      for (int i = 0; i < k; i++) {
        column[i] = products[i] / rotation[gaps + i];
      }
      double inverseNorm = 1 / Kernels.level1().norm(k, column, 0);
      for (int i = 0; i < k; i++) {
        rotation[gaps + product.rowOfPole[i]] = inverseNorm * column[i];
      }
    }
  }

  /** Stores the vectors that were dropped and all eigenvalues, and sorts these. */
  private void finish(int first, int n) {
    for (int i = 0; i < deflation.droppedCount; i++) {
      roots[deflation.keptCount + i] = spectrum.values[first + deflation.dropped[i]];
    }
    System.arraycopy(roots, 0, spectrum.values, first, n);
    spectrum.sort(first, n);
    product.putDroppedBack();
  }
}
