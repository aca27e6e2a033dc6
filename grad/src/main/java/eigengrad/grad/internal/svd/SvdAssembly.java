package eigengrad.grad.internal.svd;

import eigengrad.grad.internal.eigen.Clusters;
import eigengrad.grad.internal.eigen.GaugeGate;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import org.jspecify.annotations.Nullable;

/**
 * The gradient through singular values and vectors that all rules share, for the tall matrix XΣYᵀ:
 *
 * <pre>(X C + (I − XXᵀ) Gₓ Σ⁻¹) Yᵀ,
 * Cᵢⱼ = ½ (M − Mᵀ)ᵢⱼ/(σⱼ − σᵢ) + ½ (N − Nᵀ)ᵢⱼ/(σⱼ + σᵢ),   Cⱼⱼ = ∂L/∂σⱼ,
 * M = XᵀGₓ + YᵀG_y,   N = XᵀGₓ − YᵀG_y.</pre>
 *
 * <p>Cost: 8n³ flops for m = n, 6mn² + 2n³ for m &gt; n.
 */
public final class SvdAssembly {
  private final TallFactors factors;
  private final SvdCoefficients coefficients;
  private final GaugeGate gate;
  private final Gemm gemm = new Gemm();
  private final int m;
  private final int n;

  /** An assembly whose gate decides on what has no derivative within a tie. */
  public SvdAssembly(TallFactors factors, SvdCoefficients coefficients, GaugeGate gate) {
    this.factors = factors;
    this.coefficients = coefficients;
    this.gate = gate;
    this.m = factors.m();
    this.n = factors.n();
  }

  /** ∂L/∂A from the values alone: U diag(c) Vᵀ in 2mnk flops. */
  public static DenseMatrix fromValues(SingularValueDecomposition svd, double[] c) {
    int m = svd.rows();
    int n = svd.columns();
    double[] scaled = new double[DenseMatrix.elementCount(m, c.length)];
    for (int j = 0; j < c.length; j++) {
      Kernels.level1().axpy(m, c[j], svd.leftVectors().columnMajor(), j * m, scaled, j * m);
    }
    double[] v = svd.rightVectors().columnMajor();
    double[] result = new double[DenseMatrix.elementCount(m, n)];
    new Gemm()
        .multiply(
            Transpose.NO, Transpose.YES, m, n, c.length, 1, scaled, 0, m, v, 0, n, 0, result, 0, m);
    return m == 0 ? DenseMatrix.wrap(m, n, result) : Cotangents.finiteResult("∂L/∂A", m, result);
  }

  /**
   * ∂L/∂A.
   *
   * @param c ∂L/∂σ, n elements
   * @param gx Gₓ, m×n; null for 0
   * @param gy G_y, n×n; null for 0
   */
  public DenseMatrix assemble(double[] c, double @Nullable [] gx, double @Nullable [] gy) {
    double[] alongX = gx == null ? new double[n * n] : factors.alongX(gemm, gx);
    double[] alongY = gy == null ? new double[n * n] : factors.alongY(gemm, gy);
    double @Nullable [] besideX = factors.isTall() ? gx : null;
    double[] subtracted = besideX == null ? alongX : alongX.clone();
    if (besideX != null) {
      inspectBesideX(besideX, alongX);
    }
    LowerTriangle.subtractFromTranspose(n, alongX, 0, n);
    LowerTriangle.subtractFromTranspose(n, alongY, 0, n);
    inspectTies(c, gx, gy, alongX, alongY);
    weigh(alongX, alongY);
    LowerTriangle.mirror(n, alongY, alongX, 0, n);
    for (int j = 0; j < n; j++) {
      alongX[j + j * n] = c[j];
    }
    if (besideX == null) {
      return factors.timesYTransposed(gemm, "∂L/∂A", factors.xTimes(gemm, alongX));
    }
    double[] product = coefficients.overValues(m, besideX);
    Kernels.level1().axpy(n * n, -1, coefficients.overValues(n, subtracted), 0, alongX, 0);
    factors.addXTimes(gemm, alongX, product);
    return factors.timesYTransposed(gemm, "∂L/∂A", product);
  }

  /** Shows the gate what Gₓ has beside X in columns of values that tie with 0. */
  private void inspectBesideX(double[] gx, double[] along) {
    int first = coefficients.firstZero();
    double[] beside = factors.besideX(gemm, gx, along, first);
    for (int j = first; j < n; j++) {
      gate.note(j, Kernels.level1().norm(m, beside, (j - first) * m));
    }
  }

  /**
   * Shows the gate what lies within ties: of the two differences, each twice a skew part, their
   * mean, or either where the tie is with 0, as X and Y turn independently there; and the values'
   * cotangents.
   */
  private void inspectTies(
      double[] c, double @Nullable [] gx, double @Nullable [] gy, double[] ofX, double[] ofY) {
    Clusters clusters = coefficients.gaps().clusters();
    for (int j = 0; j < n; j++) {
      int end = Math.min(n, clusters.end(j));
      boolean zero = j >= coefficients.firstZero();
      for (int i = j + 1; i < end; i++) {
        int at = i + j * n;
        gate.note(i, zero ? larger(ofX[at], ofY[at]) : 0.5 * (ofX[at] + ofY[at]));
      }
      if (end - clusters.start(j) > 1 && (isUsed(m, gx, j) || isUsed(n, gy, j))) {
        gate.requireEqual(c, j);
      }
    }
    gate.requireIndependentLoss("∂L/∂U and ∂L/∂V", orNone(gx), orNone(gy));
  }

  private static double larger(double x, double y) {
    return 0.5 * Math.max(Math.abs(x), Math.abs(y));
  }

  private static double[] orNone(double @Nullable [] x) {
    return x == null ? new double[0] : x;
  }

  private static boolean isUsed(int length, double @Nullable [] g, int j) {
    return g != null && Kernels.level1().maxAbs(length, g, j * length) > 0;
  }

  /** The lower triangles, twice the skew parts, become Cᵢⱼ and Cⱼᵢ. */
  private void weigh(double[] ofX, double[] ofY) {
    for (int j = 0; j < n - 1; j++) {
      double[] gaps = coefficients.ofGaps(j, j + 1, n);
      double[] sums = coefficients.ofSums(j);
      int column = j * n;
      if (!(sums[n - 1] <= Double.MAX_VALUE)) {
        leaveOutEqual(j, ofX, ofY, sums);
      }
      for (int i = j + 1; i < n; i++) {
        double x = ofX[column + i];
        double y = ofY[column + i];
        double symmetric = -0.5 * (gaps[i] * (x + y));
        double skew = -0.5 * (sums[i] * (x - y));
        ofX[column + i] = symmetric + skew;
        ofY[column + i] = symmetric - skew;
      }
    }
  }

  /** Where there is nothing to weigh the coefficient does not count, be it infinite. */
  private void leaveOutEqual(int j, double[] ofX, double[] ofY, double[] sums) {
    for (int i = j + 1; i < n; i++) {
      if (ofX[i + j * n] == ofY[i + j * n]) {
        sums[i] = 0;
      }
    }
  }
}
