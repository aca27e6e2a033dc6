package eigengrad.linalg.tridiagonal;

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
   * A column below this is negligible, since the caller scaled max |a| to 1; the squares of a
   * larger one do not underflow.
   */
  static final double NEGLIGIBLE = 0x1p-450;

  private static final int FULL = Integer.getInteger("full", 128);
  private final int n;
  private final int ld;

  /** Lower triangle: vᵢ below the subdiagonal of column i, its leading 1 not stored. */
  private final double[] reflectors;

  private final double[] tau;
  private final TridiagonalMatrix tridiagonal;

  private Tridiagonalizer(int n, int ld, double[] reflectors) {
    this.n = n;
    this.ld = ld;
    this.reflectors = reflectors;
    this.tau = new double[Math.max(n - 1, 0)];
    this.tridiagonal = new TridiagonalMatrix(new double[n], new double[tau.length]);
  }

  /**
   * Reduces a matrix.
   *
   * @param n order
   * @param a n×n, lower triangle read; taken over and overwritten
   * @return T and the reflectors
   */
  public static Tridiagonalizer reduce(int n, double[] a) {
    if (n > 0 && n <= FULL) {
      int ld = FullReduction.leadingDimension(n);
      double[] padded = new double[n * ld];
      for (int j = 0; j < n; j++) {
        System.arraycopy(a, j * n + j, padded, j * ld + j, n - j);
      }
      Tridiagonalizer reduction = new Tridiagonalizer(n, ld, padded);
      FullReduction.reduce(n, padded, reduction.tau, reduction.tridiagonal);
      return reduction;
    }
    Tridiagonalizer reduction = new Tridiagonalizer(n, n, a);
    reduction.reduceColumns();
    return reduction;
  }

  /**
   * The tridiagonal matrix.
   *
   * @return T
   */
  public TridiagonalMatrix tridiagonal() {
    return tridiagonal;
  }

  int size() {
    return n;
  }

  int reflectorCount() {
    return tau.length;
  }

  double tau(int i) {
    return tau[i];
  }

  /** The reflectors: vᵢ, its leading 1 included, from row i + 1 of column i on. */
  double[] reflectors() {
    return reflectors;
  }

  int leadingDimension() {
    return ld;
  }

  /**
   * The update of one column's reflector waits until the next reflector is known: then the trailing
   * matrix is updated and multiplied by it in one pass.
   */
  private void reduceColumns() {
    Kernels kernels = Kernels.active();
    double[] a = reflectors;
    double[] v = new double[n];
    double[] w = new double[n];
    double[] pendingV = new double[n];
    double[] pendingW = new double[n];
    boolean pending = false;
    for (int i = 0; i < n - 1; i++) {
      int rows = n - 1 - i;
      int diagonal = i * n + i;
      int trailing = diagonal + n + 1;
      if (pending) {
        kernels.axpy(rows + 1, -pendingW[0], pendingV, 0, a, diagonal);
        kernels.axpy(rows + 1, -pendingV[0], pendingW, 0, a, diagonal);
      }
      tridiagonal.offDiagonal()[i] = makeReflector(kernels, i, rows, diagonal + 1);
      if (tau[i] == 0) {
        if (pending) {
          kernels.syr2(rows, -1, pendingV, 1, pendingW, 1, a, trailing, n);
        }
        pending = false;
      } else {
        reflectors[diagonal + 1] = 1;
        System.arraycopy(reflectors, diagonal + 1, v, 0, rows);
        if (pending) {
          kernels.syr2Symv(rows, pendingV, 1, pendingW, 1, a, trailing, n, v, 0, w, 0);
        } else {
          kernels.symv(rows, 1, a, trailing, n, v, 0, 0, w, 0);
        }
        kernels.scale(rows, tau[i], w, 0);
        double correction = -0.5 * tau[i] * kernels.dot(rows, w, 0, v, 0);
        kernels.axpy(rows, correction, v, 0, w, 0);
        double[] swap = pendingV;
        pendingV = v;
        v = swap;
        swap = pendingW;
        pendingW = w;
        w = swap;
        pending = true;
      }
    }
    for (int i = 0; i < n; i++) {
      tridiagonal.diagonal()[i] = a[i * n + i];
    }
  }

  /**
   * Chooses Hᵢ with Hᵢx = (β, 0, …, 0)ᵀ for the column x below the diagonal; stores v and τ.
   *
   * @return β
   */
  private double makeReflector(Kernels kernels, int i, int rows, int below) {
    double first = reflectors[below];
    double rest = kernels.norm(rows - 1, reflectors, below + 1);
    if (rest <= NEGLIGIBLE) {
      return first;
    }
    double beta = -Math.copySign(Math.hypot(first, rest), first);
    tau[i] = (beta - first) / beta;
    kernels.scale(rows - 1, 1 / (first - beta), reflectors, below + 1);
    return beta;
  }
}
