package eigengrad.grad.internal.svd;

import eigengrad.grad.Gauge;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * The derivative of H = VΣVᵀ for A = UΣVᵀ, and its adjoint. With P = UᵀEV,
 *
 * <pre>dH = V Z Vᵀ + V B + BᵀVᵀ,   Zᵢⱼ = wᵢⱼPᵢⱼ + wⱼᵢPⱼᵢ,   wᵢⱼ = σᵢ/(σᵢ + σⱼ),   B = UᵀE(I − VVᵀ).
 * </pre>
 *
 * <p>No coefficient exceeds 1, and B is there for m &lt; n alone. What lies within singular values
 * 0 has no derivative, as |x| at 0, and must be 0 but for rounding.
 */
final class SymmetricFactor {
  private final TallFactors factors;
  private final boolean signed;
  private final Gemm gemm = new Gemm();
  private final int m;
  private final int n;

  /** Of factors whose last value may be negative: then a single 0 is as good as any value. */
  SymmetricFactor(TallFactors factors, boolean signed) {
    this.factors = factors;
    this.signed = signed;
    this.m = factors.m();
    this.n = factors.n();
  }

  private int order() {
    return factors.columns();
  }

  /** dH in the direction E, of A's shape. */
  DenseMatrix derivative(double[] e) {
    double[] image = factors.timesY(gemm, e);
    double[] along = factors.alongX(gemm, image);
    double[] transpose = DenseMatrix.wrap(n, n, along).transpose().columnMajor();
    double negligible = Gauge.ROUNDING * SingularDifferential.size(e);
    double[] core = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        int at = i + j * n;
        core[at] = weighed(i, j, along[at], negligible) + weighed(j, i, transpose[at], negligible);
      }
    }
    requireNothingBesideX(image, along, negligible);
    double[] v = factors.transposed() ? factors.x() : factors.y();
    double[] half = factors.transposed() ? factors.xTimes(gemm, core) : factors.yTimes(gemm, core);
    Kernels.level1().scale(half.length, 0.5, half, 0);
    if (factors.transposed()) {
      double[] beside = factors.besideX(gemm, image, along, 0);
      Kernels.level1().axpy(half.length, 1, beside, 0, half, 0);
    }
    int order = order();
    double[] result = new double[order * order];
    gemm.syr2k(Transpose.NO, order, n, 1, half, 0, order, v, 0, order, 0, result, 0, order);
    LowerTriangle.mirror(order, result, 0, order);
    return Cotangents.finiteResult("dH", order, result);
  }

  /** ∂L/∂A for a symmetric ∂L/∂H. */
  DenseMatrix backward(DenseMatrix cotangent) {
    double[] g = cotangent.columnMajor();
    double negligible = Gauge.ROUNDING * SingularDifferential.size(g);
    double[] image = vectorsImage(g);
    double[] along =
        factors.transposed() ? factors.alongX(gemm, image) : factors.alongY(gemm, image);
    double[] core = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        int at = i + j * n;
        core[at] = 2 * weighed(i, j, along[at], negligible);
      }
    }
    if (!factors.transposed()) {
      return factors.timesYTransposed(gemm, "∂L/∂A", factors.xTimes(gemm, core));
    }
    requireNothingBesideX(image, along, negligible);
    double[] beside = factors.besideX(gemm, image, along, 0);
    Kernels.level1().scale(beside.length, 2, beside, 0);
    factors.addXTimes(gemm, core, beside);
    return factors.timesYTransposed(gemm, "∂L/∂A", beside);
  }

  /** G times the right vectors of A. */
  private double[] vectorsImage(double[] g) {
    int order = order();
    double[] v = factors.transposed() ? factors.x() : factors.y();
    double[] image = new double[order * n];
    gemm.multiply(Transpose.NO, Transpose.NO, order, n, order, g, v, image);
    return image;
  }

  /** A column of a value 0 counts only within its space, and there is more of it than Z knows. */
  private void requireNothingBesideX(double[] image, double[] along, double negligible) {
    if (factors.isTall() && n > 0 && factors.values()[n - 1] == 0) {
      int first = n - 1;
      while (first > 0 && factors.values()[first - 1] == 0) {
        first--;
      }
      double[] beside = factors.besideX(gemm, image, along, first);
      for (int j = first; j < n; j++) {
        double part = Kernels.level1().norm(m, beside, (j - first) * m);
        requireNegligible(j, j, part, negligible);
      }
    }
  }

  /** wᵢⱼ times a part, i of U and j of V; ½ of it on the diagonal. */
  private double weighed(int i, int j, double part, double negligible) {
    double[] values = factors.values();
    double a = values[factors.transposed() ? j : i];
    double b = values[factors.transposed() ? i : j];
    if (i == j && (a != 0 || signed)) {
      return 0.5 * part;
    }
    double sum = 0.5 * a + 0.5 * b;
    if (sum == 0) {
      requireNegligible(i, j, part, negligible);
      return 0;
    }
    return 0.5 * a / sum * part;
  }

  private void requireNegligible(int i, int j, double part, double negligible) {
    if (!(Math.abs(part) <= negligible)) {
      throw new NonFiniteException(
          "the symmetric polar factor has no derivative where singular values "
              + i
              + " and "
              + j
              + " sum to 0, and the argument has a part of "
              + part
              + " there");
    }
  }
}
