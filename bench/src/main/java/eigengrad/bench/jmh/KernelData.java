package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.simd.Gemm;
import eigengrad.simd.KernelSet;
import eigengrad.simd.Reduction;
import java.util.Arrays;

/**
 * What the kernels read and write: matrices of order n, and the symmetric tridiagonal matrix with
 * zero diagonal and ½ beside it, whose eigenvalues are −cos(kπ/(n + 1)).
 */
final class KernelData {
  /** Eigenvectors computed at a time, as the solver does. */
  static final int PANEL = 16;

  /** Small enough for an update to be repeated a billion times. */
  static final double SMALL = 1e-3;

  final int n;
  final Gemm gemm;
  final double[] a;
  final double[] b;
  final double[] c;
  final double[] strips;
  final double[] x;
  final double[] y;
  final double[] small;
  final double[] cosines;
  final double[] sines;
  final double[] gaps;
  final double[] diagonal;
  final double[] offDiagonal;
  final double[] negatedSquares;
  final double[] eigenvalues;
  final long[] below;
  final double[] near;
  final double[] far;
  final double[] sums = new double[2];
  final double[] shifts;
  final double[] tiles;

  /** Four reflectors I − vvᵀ that do not overlap: their factor T is the identity. */
  final double[] reflectors;

  final double[] reflectorFactor = new double[16];
  final double[] work;

  /**
   * The same numbers for every kernel set.
   *
   * @param n order, a multiple of 64, which all strips and tiles divide
   */
  KernelData(KernelSet kernels, int n) {
    if (n % 64 != 0) {
      throw new IllegalArgumentException("n must be a multiple of 64, got " + n);
    }
    this.n = n;
    this.gemm = new Gemm(kernels);
    this.a = Workload.DENSE.matrix(n, 1);
    this.b = Workload.DENSE.matrix(n, 2);
    this.c = new double[n * n];
    this.strips = strips(kernels.reduction().stripRows());
    this.x = Arrays.copyOf(Workload.GEMM.matrix(n, 3), n);
    this.y = new double[n];
    this.small = Arrays.stream(x).map(v -> SMALL * v).toArray();
    this.cosines = filled(0.8);
    this.sines = filled(0.6);
    this.gaps = new double[n];
    Arrays.setAll(gaps, i -> i + 1.0);
    this.diagonal = new double[n];
    this.offDiagonal = filled(0.5);
    this.negatedSquares = filled(-0.25);
    this.eigenvalues = new double[n];
    Arrays.setAll(eigenvalues, k -> -Math.cos((k + 1) * Math.PI / (n + 1)));
    this.below = new long[n];
    this.near = new double[n];
    this.far = new double[n];
    this.shifts = new double[n];
    Arrays.setAll(shifts, k -> -Math.cos((k + 1.3) * Math.PI / (n + 1)));
    this.tiles = tiles(kernels.reduction().reflectorColumns(4, n));
    this.reflectors = new double[4 * n];
    for (int i = 0; i < n; i++) {
      reflectors[4 * i + i % 4] = Math.sqrt(8.0 / n);
    }
    for (int k = 0; k < 4; k++) {
      reflectorFactor[5 * k] = 1;
    }
    this.work = new double[8 * n * Math.max(kernels.lanes(), 2)];
  }

  private double[] filled(double value) {
    double[] filled = new double[n];
    Arrays.fill(filled, value);
    return filled;
  }

  /** Columns that are all the same, in tiles as {@link Reduction#applyReflectors} wants them. */
  private double[] tiles(int columns) {
    double[] tiles = new double[n * n];
    Arrays.setAll(tiles, i -> x[i % (n * columns) / columns]);
    return tiles;
  }

  /** The matrix a, packed as {@link Reduction#syr2Symv} wants it. */
  private double[] strips(int rows) {
    double[] packed = new double[rows * rows * (n / rows) * (n / rows + 1) / 2];
    for (int strip = 0; strip < n / rows; strip++) {
      int start = rows * rows * strip * (strip + 1) / 2;
      for (int j = 0; j < (strip + 1) * rows; j++) {
        for (int i = 0; i < rows; i++) {
          packed[start + i + j * rows] = a[strip * rows + i + j * n];
        }
      }
    }
    return packed;
  }
}
