package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * Makes nearly orthogonal eigenvectors orthogonal to working precision.
 *
 * <p>VᵀV = I + E = RᵀR has a Cholesky factor R = I + U to first order, U the upper triangle of E
 * with half its diagonal. So V ← V − VU squares the error. For eigenvectors with residuals r, (λᵢ −
 * λⱼ)vᵢᵀvⱼ = vᵢᵀrⱼ − vⱼᵀrᵢ, so the step moves the residuals by no more than twice their own size,
 * and E falls off with the distance of the eigenvalues. Vectors beyond the next panel are left out
 * if the farthest overlaps seen are at rounding; where they are not, more panels are taken in, and
 * those vectors alone are made anew. That an overlap with what is left out is no larger than the
 * farthest seen is likely, and an {@link OverlapProbe} finds out: where eigenvectors live in
 * different parts of the matrix it may be.
 *
 * <p>Cost: 64nk flops per step for every panel that one is multiplied with, usually itself and the
 * one before: 128nk flops, since one step usually does. Source of the step: G. W. Stewart, <i>On
 * the Perturbation of LU and Cholesky Factors</i>, IMA J. Numer. Anal. 17 (1997).
 */
public final class BandCholeskyQr {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /**
   * Vectors in a panel: n rows of so many elements, one per vector, so that neither the
   * factorisations that make them nor the products transpose anything. The last one is filled up
   * with what does not count. A multiple of any number of lanes.
   */
  public static final int PANEL = 16;

  /** Largest Frobenius norm of E for which the steps converge fast. */
  private static final double LARGEST_DEFECT = 0x1p-4;

  /** Largest element of E that may be left out, for k vectors the k-th part of this, or 8u. */
  private static final double NEGLIGIBLE = UNIT_ROUNDOFF / 32;

  /** Most panels before its own that a vector is made orthogonal to, on average. */
  private static final int LONGEST_REACH = 4;

  /**
   * The bound of what vectors overlap whose values are a panel apart, over what may be left out,
   * beyond which they need a long reach. The bound itself is up to fifty times too high where
   * values decay.
   */
  private static final double TOO_CROWDED = 60;

  private final ChunkBody stepping = this::step;
  private final OverlapProbe probe = new OverlapProbe();

  /**
   * One per worker: a panel's rows of Eᵀ and Uᵀ, for the vectors of the panels before and its own.
   */
  private double[][] strips = {};

  /** One per worker: a panel of V. */
  private double[][] results = {};

  private Gemm[] gemms = {};

  /** Of each panel: the squares of E, and its largest element that is far from the diagonal. */
  private double[] squares = Buffers.NONE;

  private double[] farDefects = Buffers.NONE;

  /** Of each panel: how many before it its vectors are made orthogonal to. */
  private int[] reaches = Buffers.NO_INDICES;

  /** The panels that the next step is for. */
  private int[] pending = Buffers.NO_INDICES;

  private int pendingCount;

  private int n;
  private int k;
  private int panels;

  private double[] z = Buffers.NONE;
  private double[] v = Buffers.NONE;
  private int offset;
  private int ld;

  /** Steps that grow their arrays as needed. */
  public BandCholeskyQr() {}

  /**
   * Writes the given vectors, made orthogonal.
   *
   * @param rows n
   * @param columns k
   * @param given Z, n×k in panels; overwritten
   * @param firstReach how many panels before its own to begin with, ≥ 1: more than it takes costs
   *     less than to begin again
   * @param vectors V, overwritten
   * @param vectorsOffset where V starts
   * @param vectorsLd its leading dimension
   * @param crew does the work
   * @return whether Z was near enough; if not, V is 0
   */
  public boolean orthogonalise(
      int rows,
      int columns,
      double[] given,
      int firstReach,
      double[] vectors,
      int vectorsOffset,
      int vectorsLd,
      Crew crew) {
    n = rows;
    k = columns;
    z = given;
    v = vectors;
    offset = vectorsOffset;
    ld = vectorsLd;
    panels = panels(k);
    squares = Buffers.atLeast(squares, panels);
    farDefects = Buffers.atLeast(farDefects, panels);
    reaches = Buffers.atLeast(reaches, panels);
    pending = Buffers.atLeast(pending, panels);
    for (int panel = 0; panel < panels; panel++) {
      reaches[panel] = Math.min(firstReach, panel);
    }
    boolean near = stepUntilNear(crew) && everywhere();
    if (!near) {
      clear();
    }
    v = Buffers.NONE;
    return near;
  }

  /** Whether steps made the vectors orthogonal, as far as is seen. */
  private boolean stepUntilNear(Crew crew) {
    takeAll();
    while (pendingCount > 0) {
      ensure(crew.size());
      crew.run(pendingCount, stepping);
      double square = 0;
      for (int panel = 0; panel < panels; panel++) {
        square += squares[panel];
      }
      if (!(square <= LARGEST_DEFECT * LARGEST_DEFECT) || !reachFarther()) {
        return false;
      }
      // What remains of E is −(UU + UᵀUᵀ + UᵀU).
      if (pendingCount == 0 && 3 * square > UNIT_ROUNDOFF) {
        stepAgain();
      }
    }
    return true;
  }

  /** Whether no overlap is hidden among the pairs that are left out, if there are any. */
  private boolean everywhere() {
    for (int panel = 0; panel < panels; panel++) {
      if (reaches[panel] < panel) {
        return probe.orthogonal(n, k, v, offset, ld);
      }
    }
    return true;
  }

  /**
   * Takes panels that lack a longer reach for the next step.
   *
   * @return whether that is worth it
   */
  private boolean reachFarther() {
    double negligible = negligible(k);
    long all = 0;
    pendingCount = 0;
    for (int panel = 0; panel < panels; panel++) {
      double left = farDefects[panel] / negligible;
      if (left > 1) {
        // E is inversely proportional to the distance of eigenvalues that are spread evenly.
        reaches[panel] = (int) Math.min(Math.ceil(reaches[panel] * left), panel);
        pending[pendingCount++] = panel;
      }
      all += reaches[panel];
    }
    return pendingCount == 0 || all <= (long) LONGEST_REACH * panels;
  }

  private void takeAll() {
    for (int panel = 0; panel < panels; panel++) {
      pending[panel] = panel;
    }
    pendingCount = panels;
  }

  private static double negligible(int columns) {
    return Math.max(8 * UNIT_ROUNDOFF, columns * NEGLIGIBLE);
  }

  /**
   * How far apart, relative to the norm, the first and last of {@value #PANEL} + 1 eigenvalues in a
   * row must at least be, lest their vectors need a reach far beyond the average.
   *
   * @param columns k
   * @return 0 where each vector is made orthogonal to all
   */
  static double leastSpread(int columns) {
    return panels(columns) <= LONGEST_REACH + 1
        ? 0
        : UNIT_ROUNDOFF / (TOO_CROWDED * negligible(columns));
  }

  /**
   * Whether vectors are too crowded to be made orthogonal at a cost that pays.
   *
   * @param close how many eigenvalues there are with less than {@link #leastSpread} to the one a
   *     panel farther
   * @param columns k
   * @return whether they are more than a quarter of all
   */
  static boolean tooCrowded(int close, int columns) {
    return 4 * close > columns;
  }

  private void ensure(int workers) {
    int longest = 0;
    for (int panel = 0; panel < panels; panel++) {
      longest = Math.max(longest, reaches[panel]);
    }
    gemms = Gemm.perWorker(gemms, workers);
    strips = Buffers.perWorker(strips, workers, (longest + 1) * PANEL * PANEL);
    results = Buffers.perWorker(results, workers, n * PANEL);
  }

  /** V ← Z − ZU for the columns of a panel. */
  private void step(int chunk, int worker) {
    int index = pending[chunk];
    int width = width(index);
    int first = Math.max(0, index - reaches[index]);
    int end = index + 1;
    int square = (index - first) * PANEL * width;
    double[] strip = strips[worker];
    double[] result = results[worker];
    Gemm gemm = gemms[worker];
    for (int other = first; other < end; other++) {
      gram(gemm, index, other, strip, (other - first) * PANEL * width);
    }
    for (int j = 0; j < width; j++) {
      strip[square + j + j * width] -= 1;
    }
    squares[index] = Kernels.level1().dot(square + width * width, strip, 0, strip, 0);
    farDefects[index] = first == 0 ? 0 : farDefect(strip, width);
    keepTriangle(strip, square, width);
    System.arraycopy(z, start(index), result, 0, n * PANEL);
    for (int other = first; other < end; other++) {
      subtract(gemm, index, other, strip, (other - first) * PANEL * width, result);
    }
    Kernels.transposition()
        .transpose(width, n, result, 0, PANEL, v, offset + index * PANEL * ld, ld);
  }

  /** The inner products of a panel's vectors, by rows, with those of another. */
  private void gram(Gemm gemm, int panel, int other, double[] products, int at) {
    gemm.multiply(
        Transpose.NO,
        Transpose.YES,
        width(panel),
        width(other),
        n,
        1,
        z,
        start(panel),
        PANEL,
        z,
        start(other),
        PANEL,
        0,
        products,
        at,
        width(panel));
  }

  /** Subtracts from the vectors of a panel those of another, weighted by columns of Uᵀ. */
  private void subtract(
      Gemm gemm, int panel, int other, double[] weights, int at, double[] result) {
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        width(panel),
        n,
        width(other),
        -1,
        weights,
        at,
        width(panel),
        z,
        start(other),
        PANEL,
        1,
        result,
        0,
        PANEL);
  }

  /**
   * How many panels so many vectors fill.
   *
   * @param vectors how many
   * @return the last panel counted even if it isn't full
   */
  public static int panels(int vectors) {
    return (vectors + PANEL - 1) / PANEL;
  }

  private int start(int panel) {
    return panel * PANEL * n;
  }

  private int width(int panel) {
    return Math.min(PANEL, k - panel * PANEL);
  }

  /** The largest element of E between vectors that are as far apart as the first to be left out. */
  private double farDefect(double[] strip, int width) {
    double largest = 0;
    for (int i = 0; i < width; i++) {
      largest = Math.max(largest, Kernels.level1().maxAbs(width - i, strip, i + i * width));
    }
    return largest;
  }

  /**
   * From the square of Eᵀ on the diagonal to that of Uᵀ: the lower triangle, half of its diagonal.
   */
  private static void keepTriangle(double[] strip, int square, int width) {
    for (int i = 0; i < width; i++) {
      int column = square + i * width;
      Arrays.fill(strip, column, column + i, 0);
      strip[column + i] *= 0.5;
    }
  }

  private void stepAgain() {
    for (int index = 0; index < panels; index++) {
      int from = offset + index * PANEL * ld;
      Kernels.transposition().transpose(n, width(index), v, from, ld, z, start(index), PANEL);
    }
    takeAll();
  }

  private void clear() {
    for (int j = 0; j < k; j++) {
      Arrays.fill(v, offset + j * ld, offset + j * ld + n, 0);
    }
    v = Buffers.NONE;
  }
}
