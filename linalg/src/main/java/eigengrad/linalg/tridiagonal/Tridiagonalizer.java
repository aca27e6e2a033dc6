package eigengrad.linalg.tridiagonal;

import eigengrad.linalg.parallel.ChunkBody;
import eigengrad.linalg.parallel.Crew;
import eigengrad.simd.Kernels;

/**
 * Householder reduction A = QTQᵀ, Q = H₀H₁…Hₙ₋₂, Hᵢ = I − τᵢvᵢvᵢᵀ.
 *
 * <p>Column i: Hᵢ zeroes everything below the subdiagonal; then, on the trailing matrix, w = τAv, w
 * ← w − ½τ(wᵀv)v and A ← A − vwᵀ − wvᵀ, which {@link Kernels#syr2Symv} fuses with the next Av.
 * Cost: (4/3)n³ flops. Source: LAPACK's {@code dsytd2}.
 */
public final class Tridiagonalizer {
  /**
   * A column below this is negligible, since max |a| is scaled to 1; the squares of a larger one do
   * not underflow.
   */
  static final double NEGLIGIBLE = 0x1p-450;

  /** Up to here the full square is faster than its triangle. */
  private static final int FULL = 256;

  /** Up to here a trailing matrix is one panel: sharing a column's work would take longer. */
  private static final int SMALL = 256;

  /** What a panel should hold, in elements: about 2 µs of work. */
  private static final int PANEL_ELEMENTS = 1 << 14;

  private static final int MOST_PANELS = 16;

  /** Starts of panels, so that the kernel's blocks of columns are whole. */
  private static final int COLUMN_MULTIPLE = 8;

  private final Kernels kernels = Kernels.active();
  private final ChunkBody panelUpdate = this::updatePanel;
  private int n;

  /** The matrix first; in the end vᵢ, its leading 1 included, from row i + 1 of column i on. */
  private double[] reflectors = {};

  private int ld;
  private final FullReduction fullReduction = new FullReduction();

  private double[] tau = {};
  private final TridiagonalMatrix tridiagonal = new TridiagonalMatrix();

  /** The reflector being applied and the one whose update is still owed: v and w of each. */
  private double[] v = {};

  private double[] w = {};
  private double[] pendingV = {};
  private double[] pendingW = {};

  /** The column being reduced and how many panels its trailing matrix has. */
  private int column;

  private int panels;

  /** What each panel but the first adds to w: n elements a panel. */
  private double[] partialSums = {};

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
    ld = n <= FULL ? FullReduction.leadingDimension(n) : n;
    reflectors = Buffers.atLeast(reflectors, n * ld);
    tau = Buffers.atLeast(tau, n);
    tridiagonal.resize(n);
    for (int j = 0; j < n; j++) {
      System.arraycopy(a, j * n + j, reflectors, j * ld + j, n - j);
      PowerOfTwo.scale(n - j, exponent, reflectors, j * ld + j);
    }
    if (n <= FULL) {
      fullReduction.reduce(n, reflectors, tau, tridiagonal);
    } else {
      v = Buffers.atLeast(v, n);
      w = Buffers.atLeast(w, n);
      pendingV = Buffers.atLeast(pendingV, n);
      pendingW = Buffers.atLeast(pendingW, n);
      partialSums = Buffers.atLeast(partialSums, n * (panelCount(n) - 1));
      reduceColumns(crew);
    }
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

  /** Where the reflectors are: vᵢ, its leading 1 included, from row i + 1 of column i on. */
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
  private void reduceColumns(Crew crew) {
    double[] a = reflectors;
    boolean pending = false;
    for (int i = 0; i < n - 1; i++) {
      crew.requireNotInterrupted();
      int rows = n - 1 - i;
      int diagonal = i * n + i;
      int trailing = diagonal + n + 1;
      if (pending) {
        kernels.axpy(rows + 1, -pendingW[0], pendingV, 0, a, diagonal);
        kernels.axpy(rows + 1, -pendingV[0], pendingW, 0, a, diagonal);
      }
      tridiagonal.offDiagonal()[i] = makeReflector(i, rows, diagonal + 1);
      if (tau[i] == 0) {
        if (pending) {
          kernels.syr2(rows, -1, pendingV, 1, pendingW, 1, a, trailing, n);
        }
        pending = false;
      } else {
        a[diagonal + 1] = 1;
        System.arraycopy(a, diagonal + 1, v, 0, rows);
        if (pending) {
          updateAndMultiply(i, crew);
        } else {
          kernels.symv(rows, 1, a, trailing, n, v, 0, 0, w, 0);
        }
        kernels.scale(rows, tau[i], w, 0);
        double correction = -0.5 * tau[i] * kernels.dot(rows, w, 0, v, 0);
        kernels.axpy(rows, correction, v, 0, w, 0);
        swapWithPending();
        pending = true;
      }
    }
    for (int i = 0; i < n; i++) {
      tridiagonal.diagonal()[i] = a[i * n + i];
    }
  }

  private void swapWithPending() {
    double[] swap = pendingV;
    pendingV = v;
    v = swap;
    swap = pendingW;
    pendingW = w;
    w = swap;
  }

  /** The pending update of the matrix behind column i and its product with v, panel by panel. */
  private void updateAndMultiply(int i, Crew crew) {
    int rows = n - 1 - i;
    column = i;
    panels = panelCount(rows);
    crew.run(panels, panelUpdate);
    for (int panel = 1; panel < panels; panel++) {
      int start = panelStart(panel, panels, rows);
      kernels.axpy(rows - start, 1, partialSums, (panel - 1) * n + start, w, start);
    }
  }

  private void updatePanel(int panel, int worker) {
    int rows = n - 1 - column;
    int start = panelStart(panel, panels, rows);
    int end = panelStart(panel + 1, panels, rows);
    int corner = (column + 1 + start) * (n + 1);
    double[] sums = panel == 0 ? w : partialSums;
    int sumsStart = panel == 0 ? 0 : (panel - 1) * n + start;
    kernels.syr2Symv(
        rows - start,
        end - start,
        pendingV,
        1 + start,
        pendingW,
        1 + start,
        reflectors,
        corner,
        n,
        v,
        start,
        sums,
        sumsStart);
  }

  private static int panelCount(int rows) {
    return rows <= SMALL ? 1 : Math.min(rows * rows / (2 * PANEL_ELEMENTS), MOST_PANELS);
  }

  /** Panels of equal area: the columns before fraction f of the triangle are 1 − √(1 − f) of it. */
  private static int panelStart(int panel, int panels, int rows) {
    int start = (int) (rows * (1 - Math.sqrt(1 - (double) panel / panels)));
    return panel == panels ? rows : start / COLUMN_MULTIPLE * COLUMN_MULTIPLE;
  }

  /**
   * Chooses Hᵢ with Hᵢx = (β, 0, …, 0)ᵀ for the column x below the diagonal; stores v and τ.
   *
   * @return β
   */
  private double makeReflector(int i, int rows, int below) {
    double first = reflectors[below];
    double rest = kernels.norm(rows - 1, reflectors, below + 1);
    if (rest <= NEGLIGIBLE) {
      tau[i] = 0;
      return first;
    }
    double beta = -Math.copySign(Math.hypot(first, rest), first);
    tau[i] = (beta - first) / beta;
    kernels.scale(rows - 1, 1 / (first - beta), reflectors, below + 1);
    return beta;
  }
}
