package eigengrad.grad.internal.svd;

import eigengrad.grad.InverseGap;
import eigengrad.grad.internal.eigen.Clusters;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;

/** What cotangents and directions have within ties of singular values, and with 0. */
public final class TiedParts {
  private final TallFactors factors;
  private final Clusters clusters;
  private final int zero;
  private final Gemm gemm = new Gemm();
  private final int m;
  private final int n;

  /** Antisymmetric, 0 but for pairs that tie. */
  private final double[] turnOfX;

  private final double[] turnOfY;

  /** Columns of values that tie with 0. */
  private final double[] besideX;

  private TiedParts(SingularValueDecomposition svd, double tieTolerance) {
    this.factors = TallFactors.of(svd);
    InverseGap rule = InverseGap.analytic().withTieTolerance(tieTolerance);
    SvdCoefficients coefficients = new SvdCoefficients(factors, rule);
    this.clusters = coefficients.gaps().clusters();
    this.zero = coefficients.firstZero();
    this.m = factors.m();
    this.n = factors.n();
    this.turnOfX = new double[n * n];
    this.turnOfY = new double[n * n];
    this.besideX = new double[factors.isTall() ? m * (n - zero) : 0];
  }

  /** Of cotangents of the vectors. */
  public TiedParts(
      SingularValueDecomposition svd, DenseMatrix left, DenseMatrix right, double tieTolerance) {
    this(svd, tieTolerance);
    double[] gx = (factors.transposed() ? right : left).columnMajor();
    double[] gy = (factors.transposed() ? left : right).columnMajor();
    double[] ofX = factors.alongX(gemm, gx);
    double[] ofY = factors.alongY(gemm, gy);
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < Math.min(n, clusters.end(j)); i++) {
        double x = 0.5 * (ofX[i + j * n] - ofX[j + i * n]);
        double y = 0.5 * (ofY[i + j * n] - ofY[j + i * n]);
        double both = 0.5 * (x + y);
        set(turnOfX, i, j, j < zero ? both : x);
        set(turnOfY, i, j, j < zero ? both : y);
      }
    }
    if (besideX.length > 0) {
      double[] beside = factors.besideX(gemm, gx, ofX, zero);
      System.arraycopy(beside, 0, besideX, 0, beside.length);
    }
  }

  private void set(double[] turn, int i, int j, double value) {
    turn[i + j * n] = value;
    turn[j + i * n] = -value;
  }

  /** The largest of them, as a gate takes note of it. */
  public double largest() {
    double largest = 0;
    for (int j = 0; j < n; j++) {
      double both = j < zero ? 2 : 1;
      largest = Math.max(largest, both * Kernels.level1().maxAbs(n, turnOfX, j * n));
      largest = Math.max(largest, both * Kernels.level1().maxAbs(n, turnOfY, j * n));
    }
    for (int j = 0; j < besideX.length / Math.max(1, m); j++) {
      largest = Math.max(largest, Kernels.level1().norm(m, besideX, j * m));
    }
    return largest;
  }

  /** The part of ∂L/∂U. */
  public DenseMatrix ofLeft() {
    return factors.transposed() ? ofY() : ofX();
  }

  /** The part of ∂L/∂V. */
  public DenseMatrix ofRight() {
    return factors.transposed() ? ofX() : ofY();
  }

  private DenseMatrix ofX() {
    double[] part = factors.xTimes(gemm, turnOfX);
    Kernels.level1().axpy(besideX.length, 1, besideX, 0, part, besideX.length == 0 ? 0 : zero * m);
    return DenseMatrix.wrap(m, n, part);
  }

  private DenseMatrix ofY() {
    return DenseMatrix.wrap(n, n, factors.yTimes(gemm, turnOfY));
  }

  /** The part of a direction that splits ties, m×n like A. */
  public static DenseMatrix splitting(
      SingularValueDecomposition svd, DenseMatrix direction, double tieTolerance) {
    TiedParts parts = new TiedParts(svd, tieTolerance);
    return parts.splitting(direction.columnMajor());
  }

  private DenseMatrix splitting(double[] direction) {
    double[] image = factors.timesY(gemm, direction);
    double[] along = factors.alongX(gemm, image);
    double[] core = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = clusters.start(j); i < Math.min(n, clusters.end(j)); i++) {
        double other = j < zero ? along[j + i * n] : along[i + j * n];
        core[i + j * n] = i == j ? 0 : 0.5 * along[i + j * n] + 0.5 * other;
      }
    }
    double[] product = factors.xTimes(gemm, core);
    if (besideX.length > 0) {
      double[] beside = factors.besideX(gemm, image, along, zero);
      Kernels.level1().axpy(beside.length, 1, beside, 0, product, zero * m);
    }
    return factors.timesYTransposed(gemm, "the part of dA", product);
  }
}
