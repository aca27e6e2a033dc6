package eigengrad.linalg.tridiagonal;

import eigengrad.linalg.parallel.ChunkBody;
import eigengrad.linalg.parallel.Crew;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Householder reduction A = QTQᵀ, Q = H₀H₁…Hₙ₋₂, Hᵢ = I − τᵢvᵢvᵢᵀ.
 *
 * <p>Column i, x below the diagonal: v = x − βe₁ with β = ∓‖x‖, and τ = 2/vᵀv = 1/(β(β − x₁)), so
 * that Hᵢx = βe₁. Then, on the trailing matrix, w = τ(Av − ½τ(vᵀAv)v) and A ← A − vwᵀ − wvᵀ. {@link
 * Kernels#syr2Symv} fuses that update with the next Av, {@link Kernels#updatedColumn} the end of w
 * with the next x. A v is zero where it does not act, so that all work is in whole vectors: a row
 * that is done with may be multiplied by later Hᵢ from the right, which does not make it longer.
 * Cost: (4/3)n³ flops. Source: LAPACK's {@code dsytd2}, whose v is divided by its first element.
 */
public final class Tridiagonalizer {
  /**
   * A column whose squares add up to less is scaled up: with a larger one nothing overflows, and no
   * product of its square with an element that matters underflows.
   */
  private static final double SMALLEST_SAFE_SQUARE = 0x1p-200;

  /** Up to here a trailing matrix is one panel: sharing a column's work would take longer. */
  private static final int SMALL = 256;

  /** What a panel should hold, in elements: about 2 µs of work. */
  private static final int PANEL_ELEMENTS = 1 << 14;

  private static final int MOST_PANELS = 16;

  private final Kernels kernels = Kernels.active();
  private final int lanes = kernels.lanes();
  private final ChunkBody panelUpdate = this::updatePanel;
  private int n;

  /** The block being reduced: where it starts, and its order. */
  private int first;

  private int size;

  private final GradedOrder gradedOrder = new GradedOrder();

  /** Which row of A has become row i, if any has. */
  private int[] rowOf = {};

  private boolean reordered;
  private double[] column = {};

  /** The block, its rows and columns numbered with the padding before them. */
  private final PackedStrips matrix = new PackedStrips();

  /** In column i vᵢ from row i + 1 on. */
  private double[] reflectors = {};

  private int ld;
  private double[] tau = {};
  private final TridiagonalMatrix tridiagonal = new TridiagonalMatrix();

  /** The reflector being made: v, and the product Av. */
  private double[] v = {};

  private double[] w = {};

  /** The reflector whose update of the matrix waits for the next one: v, and Av until w is made. */
  private double[] pendingV = {};

  private double[] pendingW = {};
  private boolean pending;

  /** w is to be shareOfV·v + shareOfProduct·Av of the pending reflector. */
  private double shareOfV;

  private double shareOfProduct;

  /** The first column of the trailing matrix, its first strip, and how many panels it has. */
  private int firstColumn;

  private int firstStrip;
  private int panels;

  /** What each panel but the first adds to w. */
  private final double[][] partialSums = new double[MOST_PANELS][0];

  /** One a worker. */
  private double[][] work = {};

  /** A reduction to be used for any number of matrices, one after the other. */
  public Tridiagonalizer() {}

  /**
   * Reduces a matrix, each of its {@link DiagonalBlocks} at its own scale. What the last one left
   * is overwritten.
   *
   * @param order n
   * @param a n×n, lower triangle read; not modified
   * @param exponent T is to be that of the matrix times 2^exponent
   * @param crew does the work
   */
  public void reduce(int order, double[] a, int exponent, Crew crew) {
    n = order;
    // Columns a power of two apart would share cache sets.
    ld = Buffers.roundUp(n, lanes);
    ld += ld / lanes % 2 == 0 ? lanes : 0;
    reflectors = Buffers.atLeast(reflectors, n * ld);
    tau = Buffers.atLeast(tau, n);
    tridiagonal.resize(n);
    reordered = false;
    for (first = 0; first < n; first += size) {
      size = DiagonalBlocks.end(n, a, first) - first;
      int blockExponent = size == 1 ? takeElement(a[first + first * n]) : reduceBlock(a, crew);
      PowerOfTwo.scale(size, exponent - blockExponent, tridiagonal.diagonal(), first);
      PowerOfTwo.scale(size - 1, exponent - blockExponent, tridiagonal.offDiagonal(), first);
      if (first + size < n) {
        uncouple(first + size);
      }
    }
  }

  private int takeElement(double element) {
    tridiagonal.diagonal()[first] = element;
    return 0;
  }

  /** Returns the exponent of the power of two by which the result is scaled. */
  private int reduceBlock(double[] a, Crew crew) {
    int blockExponent = packBlock(a, first + first * n);
    ensure(crew.size());
    pending = false;
    shareOfV = 0;
    shareOfProduct = 0;
    for (int i = 0; i < size; i++) {
      crew.requireNotInterrupted();
      reduceColumn(i, crew);
    }
    return blockExponent;
  }

  private int packBlock(double[] a, int corner) {
    if (!GradedOrder.matters(size, a, corner, n + 1)) {
      return matrix.pack(size, a, corner, n);
    }
    if (!reordered) {
      reordered = true;
      rowOf = Buffers.atLeast(rowOf, n);
      Arrays.setAll(rowOf, i -> i);
    }
    double[] descending = gradedOrder.reordered(size, a, corner, n);
    for (int i = 0; i < size; i++) {
      rowOf[first + i] = first + gradedOrder.row(i);
    }
    return matrix.pack(size, descending, 0, size);
  }

  /**
   * Brings the rows of QZ back into the order of A.
   *
   * @param z n×k, updated
   * @param k its columns
   */
  void restoreOrder(double[] z, int k) {
    column = Buffers.atLeast(column, reordered ? n : 0);
    for (int j = 0; j < k && reordered; j++) {
      System.arraycopy(z, j * n, column, 0, n);
      for (int i = 0; i < n; i++) {
        z[j * n + rowOf[i]] = column[i];
      }
    }
  }

  /** What reflects nothing into the next block. */
  private void uncouple(int end) {
    tridiagonal.offDiagonal()[end - 1] = 0;
    tau[end - 1] = 0;
    for (int i = first; i < end; i++) {
      Arrays.fill(reflectors, i * ld + end, i * ld + n, 0);
    }
  }

  private void ensure(int workers) {
    int length = matrix.order();
    v = cleared(v, length);
    w = cleared(w, length);
    pendingV = cleared(pendingV, length);
    pendingW = cleared(pendingW, length);
    for (int panel = 1; panel < panelCount(size, matrix.strips()); panel++) {
      partialSums[panel] = Buffers.atLeast(partialSums[panel], length);
    }
    work = Buffers.perWorker(work, workers, length * lanes);
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

  int size() {
    return n;
  }

  int reflectorCount() {
    return Math.max(n - 1, 0);
  }

  double tau(int i) {
    return tau[i];
  }

  /** Where the reflectors are: vᵢ from row i + 1 of column i on. */
  double[] reflectors() {
    return reflectors;
  }

  /** From one reflector's column to the next. */
  int leadingDimension() {
    return ld;
  }

  /**
   * The update of one column's reflector waits until the next reflector is known: then the trailing
   * matrix is updated and multiplied by it in one pass.
   */
  private void reduceColumn(int i, Crew crew) {
    int diagonal = matrix.padding() + i;
    double rest =
        kernels.updatedColumn(
            diagonal,
            matrix.strips(),
            shareOfV,
            pendingV,
            shareOfProduct,
            pendingW,
            matrix.elements(),
            v);
    tridiagonal.diagonal()[first + i] = updated(diagonal, diagonal);
    if (i < size - 1) {
      makeReflector(first + i, diagonal + 1, rest);
      double factor = tau[first + i];
      if (pending || factor != 0) {
        updateAndMultiply(diagonal + 1, crew);
      }
      pending = factor != 0;
      shareOfProduct = factor;
      shareOfV = factor * (-0.5 * factor * product(diagonal + 1));
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
   */
  private void makeReflector(int i, int top, double rest) {
    double head = updated(top, top - 1);
    if (rest >= SMALLEST_SAFE_SQUARE) {
      tridiagonal.offDiagonal()[i] = reflect(i, top, head, rest);
    } else {
      makeReflectorOfSmallColumn(i, top, head);
    }
    System.arraycopy(v, top, reflectors, i * ld + i + 1, matrix.order() - top);
  }

  /** Scales the column up, unless it is zero already. */
  private void makeReflectorOfSmallColumn(int i, int top, double head) {
    int length = matrix.order() - top;
    double largest = kernels.maxAbs(length, v, top);
    if (largest == 0) {
      tridiagonal.offDiagonal()[i] = head;
      tau[i] = 0;
    } else {
      int exponent = PowerOfTwo.toOne(Math.max(Math.abs(head), largest));
      PowerOfTwo.scale(length, exponent, v, top);
      double rest = kernels.dot(length, v, top, v, top);
      double beta = reflect(i, top, Math.scalb(head, exponent), rest);
      tridiagonal.offDiagonal()[i] = Math.scalb(beta, -exponent);
    }
  }

  /** Sets v's first element and τ; returns what the column is reflected to. */
  private double reflect(int i, int top, double head, double rest) {
    double beta = -Math.copySign(Math.sqrt(head * head + rest), head);
    v[top] = head - beta;
    tau[i] = 1 / (beta * (beta - head));
    return beta;
  }

  /** vᵀAv. */
  private double product(int top) {
    int start = top / lanes * lanes;
    return kernels.dot(matrix.order() - start, w, start, v, start);
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
    firstColumn = top;
    firstStrip = top / kernels.stripRows();
    int strips = matrix.strips() - firstStrip;
    panels = panelCount(matrix.order() - top, strips);
    crew.run(panels, panelUpdate);
    for (int panel = 1; panel < panels; panel++) {
      int start = top / lanes * lanes;
      int end = panelStart(panel + 1) * kernels.stripRows();
      kernels.axpy(end - start, 1, partialSums[panel], start, w, start);
    }
  }

  private void updatePanel(int panel, int worker) {
    int end = panelStart(panel + 1);
    double[] sums = panel == 0 ? w : partialSums[panel];
    if (panel == 0) {
      Arrays.fill(w, end * kernels.stripRows(), matrix.order(), 0);
    }
    kernels.syr2Symv(
        panelStart(panel),
        end,
        firstColumn,
        pendingV,
        pendingW,
        matrix.elements(),
        v,
        sums,
        work[worker]);
  }

  private static int panelCount(int rows, int strips) {
    int panels = Math.min(rows * rows / (2 * PANEL_ELEMENTS), MOST_PANELS);
    return rows <= SMALL ? 1 : Math.min(panels, strips);
  }

  /** Panels of about equal area: the strips before fraction f of the triangle are √f of them. */
  private int panelStart(int panel) {
    int strips = matrix.strips() - firstStrip;
    return firstStrip + (int) Math.ceil(strips * Math.sqrt((double) panel / panels));
  }
}
