package eigengrad.linalg.internal.eigen.tridiagonal;

import eigengrad.linalg.internal.householder.Reflectors;
import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.AlignedBuffer;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.Reduction;
import java.util.Arrays;

/**
 * Householder reduction A = QTQᵀ, Q = H₀H₁…Hₙ₋₂, Hᵢ = I − τᵢvᵢvᵢᵀ.
 *
 * <p>Column i, x below the diagonal: v = x − βe₁ with β = ∓‖x‖, and τ = 2/vᵀv = 1/(β(β − x₁)), so
 * that Hᵢx = βe₁. Then, on the trailing matrix, w = τ(Av − ½τ(vᵀAv)v) and A ← A − vwᵀ − wvᵀ. {@link
 * Reduction#syr2Symv} fuses that update with the next Av, {@link Reduction#updatedColumn} the end
 * of w with the next x. A v is zero where it does not act, so that all work is in whole vectors: a
 * row that is done with may be multiplied by later Hᵢ from the right, which does not make it
 * longer. Cost: (4/3)n³ flops. Source: LAPACK's {@code dsytd2}, whose v is divided by its first
 * element.
 */
public final class Tridiagonalizer {
  /**
   * A column whose squares add up to less is negligible, since max |a| is scaled to 1; with a
   * larger one nothing overflows, and no square of the norm times a τ underflows.
   */
  static final double NEGLIGIBLE = 0x1p-500;

  /** Up to here a trailing matrix is one panel: sharing a column's work would take longer. */
  private static final int SMALL = 256;

  /** What a panel should hold, in elements: about 2 µs of work. */
  private static final int PANEL_ELEMENTS = 1 << 14;

  private static final int MOST_PANELS = 16;

  private final int lanes = Kernels.lanes();
  private final ChunkBody panelUpdate = this::updatePanel;
  private int n;

  /** The matrix, its rows and columns numbered with the padding before them. */
  private final PackedStrips matrix = new PackedStrips();

  private final Reflectors reflectors = new Reflectors(1);
  private final TridiagonalMatrix tridiagonal = new TridiagonalMatrix();

  /** The reflector being made: v, and the product Av. */
  private double[] v = Buffers.NONE;

  private double[] w = Buffers.NONE;

  /** The reflector whose update of the matrix waits for the next one: v, and Av until w is made. */
  private double[] pendingV = Buffers.NONE;

  private double[] pendingW = Buffers.NONE;
  private boolean pending;

  /** w is to be shareOfV·v + shareOfProduct·Av of the pending reflector. */
  private double shareOfV;

  private double shareOfProduct;

  /** The first column of the trailing matrix, its first strip, and how many panels it has. */
  private int column;

  private int firstStrip;
  private int panels;

  /** What each panel but the first adds to w. */
  private final double[][] partialSums = new double[MOST_PANELS][0];

  /** One per worker. */
  private AlignedBuffer[] work = {};

  /** A reduction to be used for any number of matrices, one after the other. */
  public Tridiagonalizer() {}

  /**
   * Reduces a matrix. What the last one left is overwritten.
   *
   * @param order n
   * @param a n×n, lower triangle read; not modified
   * @param exponent the matrix is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param crew does the work
   */
  public void reduce(int order, double[] a, int exponent, Crew crew) {
    n = order;
    matrix.pack(n, a, exponent);
    ensure(crew.size());
    pending = false;
    shareOfV = 0;
    shareOfProduct = 0;
    for (int i = 0; i < n; i++) {
      crew.requireNotInterrupted();
      reduceColumn(i, crew);
    }
  }

  private void ensure(int workers) {
    int length = matrix.order();
    reflectors.resize(n, Math.max(n - 1, 0));
    tridiagonal.resize(n);
    v = cleared(v, length);
    w = cleared(w, length);
    pendingV = cleared(pendingV, length);
    pendingW = cleared(pendingW, length);
    for (int panel = 1; panel < panelCount(n, matrix.strips()); panel++) {
      partialSums[panel] = Buffers.atLeast(partialSums[panel], length);
    }
    work = AlignedBuffer.perWorker(work, workers, length * lanes);
  }

  private static double[] cleared(double[] buffer, int length) {
    double[] result = Buffers.atLeast(buffer, length);
    Arrays.fill(result, 0, length, 0);
    return result;
  }

  /**
   * The tridiagonal matrix.
   *
   * @return T, overwritten by the next reduction
   */
  public TridiagonalMatrix tridiagonal() {
    return tridiagonal;
  }

  /**
   * Q = H₀H₁…Hₙ₋₂.
   *
   * @return the reflectors, overwritten by the next reduction
   */
  public Reflectors reflectors() {
    return reflectors;
  }

  /**
   * The update of one column's reflector waits until the next reflector is known: then the trailing
   * matrix is updated and multiplied by it in one pass.
   */
  private void reduceColumn(int i, Crew crew) {
    int diagonal = matrix.padding() + i;
    double rest =
        Kernels.reduction()
            .updatedColumn(
                diagonal,
                matrix.strips(),
                shareOfV,
                pendingV,
                shareOfProduct,
                pendingW,
                matrix.elements(),
                matrix.origin(),
                v);
    tridiagonal.diagonal()[i] = updated(diagonal, diagonal);
    if (i < n - 1) {
      double tau = makeReflector(i, diagonal + 1, rest);
      if (pending || tau != 0) {
        updateAndMultiply(diagonal + 1, crew);
      }
      pending = tau != 0;
      shareOfProduct = tau;
      shareOfV = tau * (-0.5 * tau * product(diagonal + 1));
      swapWithPending();
    }
  }

  /** An element of the matrix with the pending update. */
  private double updated(int row, int column) {
    return matrix.get(row, column)
        - (pendingV[row] * pendingW[column] + pendingW[row] * pendingV[column]);
  }

  /**
   * Completes v and chooses τ.
   *
   * @param rest the squares of x but its first element, summed up
   * @return τ
   */
  private double makeReflector(int i, int top, double rest) {
    double first = updated(top, top - 1);
    double tau = 0;
    if (rest <= NEGLIGIBLE) {
      Arrays.fill(v, top, matrix.order(), 0);
      tridiagonal.offDiagonal()[i] = first;
    } else {
      double beta = -Math.copySign(Math.sqrt(first * first + rest), first);
      v[top] = first - beta;
      tridiagonal.offDiagonal()[i] = beta;
      tau = 1 / (beta * (beta - first));
    }
    reflectors.set(i, tau, v, top);
    return tau;
  }

  /** vᵀAv. */
  private double product(int top) {
    int start = top / lanes * lanes;
    return Kernels.level1().dot(matrix.order() - start, w, start, v, start);
  }

  private void swapWithPending() {
    double[] swap = pendingV;
    pendingV = v;
    v = swap;
    swap = pendingW;
    pendingW = w;
    w = swap;
  }

  /** The pending update of the trailing matrix and its product with v, panel by panel. */
  private void updateAndMultiply(int top, Crew crew) {
    column = top;
    firstStrip = top / Kernels.reduction().stripRows();
    int strips = matrix.strips() - firstStrip;
    panels = panelCount(matrix.order() - top, strips);
    crew.run(panels, panelUpdate);
    for (int panel = 1; panel < panels; panel++) {
      int start = top / lanes * lanes;
      int end = panelStart(panel + 1) * Kernels.reduction().stripRows();
      Kernels.level1().axpy(end - start, 1, partialSums[panel], start, w, start);
    }
  }

  private void updatePanel(int panel, int worker) {
    int end = panelStart(panel + 1);
    double[] sums = panel == 0 ? w : partialSums[panel];
    if (panel == 0) {
      Arrays.fill(w, end * Kernels.reduction().stripRows(), matrix.order(), 0);
    }
    Kernels.reduction()
        .syr2Symv(
            panelStart(panel),
            end,
            column,
            pendingV,
            pendingW,
            matrix.elements(),
            matrix.origin(),
            v,
            sums,
            work[worker].elements(),
            work[worker].origin());
  }

  /** A power of two, so that two or four threads have equal shares, and the same for long. */
  private static int panelCount(int rows, int strips) {
    int panels = Math.min(rows * rows / (2 * PANEL_ELEMENTS), MOST_PANELS);
    return rows <= SMALL ? 1 : Integer.highestOneBit(Math.min(panels, strips));
  }

  /** Panels of about equal area: the strips before fraction f of the triangle are √f of them. */
  private int panelStart(int panel) {
    int strips = matrix.strips() - firstStrip;
    return firstStrip + (int) Math.ceil(strips * Math.sqrt((double) panel / panels));
  }
}
