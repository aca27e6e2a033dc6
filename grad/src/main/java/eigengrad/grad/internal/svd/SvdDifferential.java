package eigengrad.grad.internal.svd;

import eigengrad.grad.internal.eigen.Clusters;
import eigengrad.grad.internal.eigen.GaugeGate;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/** dX, dσ and dY of the tall matrix XΣYᵀ in a direction. */
public final class SvdDifferential {
  private final TallFactors factors;
  private final SvdCoefficients coefficients;
  private final Gemm gemm = new Gemm();
  private final int m;
  private final int n;

  /** dA·Y, m×n. */
  private final double[] image;

  /** P = XᵀdA Y, n×n. */
  private final double[] along;

  /** Antisymmetric. */
  private final double[] turnOfX;

  private final double[] turnOfY;

  /**
   * In a direction, given as one of A.
   *
   * @throws eigengrad.grad.NonFiniteException if it splits a tie under an unbounded rule
   */
  public SvdDifferential(TallFactors factors, SvdCoefficients coefficients, double[] direction) {
    this.factors = factors;
    this.coefficients = coefficients;
    this.m = factors.m();
    this.n = factors.n();
    this.image = factors.timesY(gemm, direction);
    this.along = factors.alongX(gemm, image);
    requireTiesKept(direction);
    this.turnOfX = new double[n * n];
    this.turnOfY = new double[n * n];
    turn();
  }

  /** dσ alone, in 2mnk flops. */
  public static double[] values(SingularValueDecomposition svd, double[] direction) {
    int rows = svd.rows();
    int k = svd.size();
    double[] v = svd.rightVectors().columnMajor();
    double[] u = svd.leftVectors().columnMajor();
    double[] image = new double[rows * k];
    double[] values = new double[k];
    int columns = svd.columns();
    new Gemm().multiply(Transpose.NO, Transpose.NO, rows, k, columns, direction, v, image);
    for (int j = 0; j < k; j++) {
      values[j] = Kernels.level1().dot(rows, u, j * rows, image, j * rows);
    }
    return values;
  }

  /** dσ. */
  public double[] values() {
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = along[j + j * n];
    }
    return values;
  }

  /** dX, m×n. */
  public double[] ofX() {
    if (!factors.isTall()) {
      return factors.xTimes(gemm, turnOfX);
    }
    double[] result = coefficients.overValues(m, image);
    double[] inner = turnOfX.clone();
    Kernels.level1().axpy(n * n, -1, coefficients.overValues(n, along), 0, inner, 0);
    factors.addXTimes(gemm, inner, result);
    return result;
  }

  /** dY, n×n. */
  public double[] ofY() {
    return factors.yTimes(gemm, turnOfY);
  }

  /**
   * Under an unbounded rule P must be skew between values that tie, and 0 between values that tie
   * with 0, as must be what dA·Y has beside X there.
   */
  private void requireTiesKept(double[] direction) {
    GaugeGate gate = GaugeGate.of(coefficients.gaps());
    Clusters clusters = coefficients.gaps().clusters();
    int zero = coefficients.firstZero();
    for (int j = 0; j < n; j++) {
      int end = Math.min(n, clusters.end(j));
      for (int i = j + 1; i < end; i++) {
        double one = along[i + j * n];
        double other = along[j + i * n];
        gate.note(i, j < zero ? 0.5 * (one + other) : Math.max(Math.abs(one), Math.abs(other)));
      }
    }
    if (factors.isTall() && zero < n) {
      double[] beside = factors.besideX(gemm, image, along, zero);
      for (int j = zero; j < n; j++) {
        gate.note(j, Kernels.level1().norm(m, beside, (j - zero) * m));
      }
    }
    gate.requireTiesKept(direction);
  }

  private void turn() {
    double[] transpose = DenseMatrix.wrap(n, n, along).transpose().columnMajor();
    for (int j = 0; j < n; j++) {
      turn(1, coefficients.ofGaps(j, j + 1, n), j, j + 1, n, transpose);
      turn(-1, coefficients.ofGaps(j, 0, j), j, 0, j, transpose);
    }
  }

  private void turn(double sign, double[] gaps, int j, int from, int end, double[] transpose) {
    for (int i = from; i < end; i++) {
      int at = i + j * n;
      double twice = along[at] + transpose[at];
      double difference = along[at] - transpose[at];
      double both = 0.5 * sign * SvdCoefficients.weigh(gaps[i], twice);
      double opposite = 0.5 * SvdCoefficients.weigh(coefficients.ofSum(i, j), difference);
      turnOfX[at] = both + opposite;
      turnOfY[at] = both - opposite;
    }
  }
}
