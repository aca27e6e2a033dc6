package eigengrad.grad.internal.eigen;

import eigengrad.grad.InverseGap;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * The assembly that all rules share, for the cotangents of k neighbouring pairs V₁, Λ₁ of n:
 *
 * <pre>sym( V C V₁ᵀ ),   C = F ∘ (VᵀG) + the values' cotangents,   Fᵢⱼ for 1/(λⱼ − λᵢ).</pre>
 *
 * <p>Within the k pairs C is made symmetric before it is multiplied: what V₁ᵀG and its transpose
 * have in common cancels there and not in the products. Cost: 6n²k flops; 5n³ for k = n.
 */
public final class GradientAssembly {
  private final GapCoefficients coefficients;
  private final Rounding rounding;
  private final Gemm gemm = new Gemm();
  private final int n;
  private final double[] v;
  private final int first;
  private final int k;

  /** VᵀG, n×k, and then C. */
  private final double[] core;

  /** VC. */
  private final double[] product;

  /** An assembly for the pairs first … first + k − 1. */
  public GradientAssembly(
      Eigendecomposition eigen, GapCoefficients coefficients, Rounding rounding, int first, int k) {
    this.coefficients = coefficients;
    this.rounding = rounding;
    this.n = eigen.order();
    this.v = eigen.vectors().columnMajor();
    this.first = first;
    this.k = k;
    this.core = new double[n * k];
    this.product = new double[n * k];
  }

  /** ∂L/∂M from the values alone: V diag(c) Vᵀ in n³ flops. */
  public static DenseMatrix fromValues(
      Eigendecomposition eigen, Rounding rounding, double[] valueCotangent) {
    int n = eigen.order();
    double[] v = eigen.vectors().columnMajor();
    double[] scaled = new double[n * n];
    for (int j = 0; j < n; j++) {
      Kernels.level1().axpy(n, valueCotangent[j], v, j * n, scaled, j * n);
    }
    rounding.round(scaled);
    double[] gradient = new double[n * n];
    new Gemm().multiplyLower(Transpose.NO, Transpose.YES, n, n, scaled, v, gradient);
    return symmetric(n, gradient, rounding);
  }

  /**
   * ∂L/∂M.
   *
   * @param valueCotangent of all n values, of which the k are read
   * @param g G; the columns before and after the k are 0
   * @param gOffset where the k columns start
   * @param gate decides on what has no derivative within a tie
   */
  public DenseMatrix assemble(double[] valueCotangent, double[] g, int gOffset, GaugeGate gate) {
    gemm.multiply(Transpose.YES, Transpose.NO, n, k, n, 1, v, 0, n, g, gOffset, n, 0, core, 0, n);
    rounding.round(core);
    LowerTriangle.subtractFromTranspose(k, core, first, n);
    rounding.round(core);
    inspectTies(valueCotangent, g, gOffset, gate);
    weigh();
    for (int j = 0; j < k; j++) {
      core[first + j + j * n] = valueCotangent[first + j];
    }
    rounding.round(core);
    gemm.multiply(Transpose.NO, Transpose.NO, n, k, n, v, core, product);
    rounding.round(product);
    if (k == n) {
      gemm.multiplyLower(Transpose.NO, Transpose.YES, n, n, product, v, core);
      return symmetric(n, core, rounding);
    }
    double[] gradient = new double[n * n];
    gemm.syr2k(Transpose.NO, n, k, 0.5, product, 0, n, v, first * n, n, 0, gradient, 0, n);
    return symmetric(n, gradient, rounding);
  }

  /**
   * ½(XVᵀ + VXᵀ).
   *
   * @param elements n²
   * @param x n×k
   * @param v n×k
   */
  public static DenseMatrix ofFactors(int elements, DenseMatrix x, DenseMatrix v) {
    int n = v.rows();
    double[] gradient = new double[elements];
    new Gemm()
        .syr2k(
            Transpose.NO,
            n,
            v.columns(),
            0.5,
            x.columnMajor(),
            0,
            n,
            v.columnMajor(),
            0,
            n,
            0,
            gradient,
            0,
            n);
    return symmetric(n, gradient, Rounding.NONE);
  }

  /** The gradient whose lower triangle is given. */
  public static DenseMatrix symmetric(int n, double[] lower, Rounding rounding) {
    rounding.round(lower);
    LowerTriangle.mirror(n, lower, 0, n);
    return Cotangents.finiteResult("∂L/∂M", n, lower);
  }

  /**
   * Shows the gate what lies within ties: the differences, twice the skew part, and the values'
   * cotangents.
   */
  private void inspectTies(double[] valueCotangent, double[] g, int gOffset, GaugeGate gate) {
    Clusters clusters = coefficients.clusters();
    for (int j = 0; j < k; j++) {
      int pair = first + j;
      int end = clusters.end(pair);
      if (end - clusters.start(pair) > 1) {
        for (int i = clusters.start(pair); i < end; i++) {
          if (i < first || i > pair) {
            gate.note(i, 0.5 * core[i + j * n]);
          }
        }
        if (Kernels.level1().maxAbs(n, g, gOffset + j * n) > 0) {
          gate.requireEqual(valueCotangent, pair);
        }
      }
    }
    gate.requireIndependentLoss("∂L/∂V", g);
  }

  /** VᵀG → F ∘ (VᵀG), its part within the k pairs made symmetric. */
  private void weigh() {
    int end = first + k;
    for (int j = 0; j < k; j++) {
      int pair = first + j;
      multiply(1, coefficients.of(pair, 0, first), 0, first, j * n);
      multiply(0.5, coefficients.of(pair, pair + 1, end), pair + 1, end, j * n);
      multiply(-1, coefficients.of(pair, end, n), end, n, j * n);
    }
    LowerTriangle.mirror(k, core, first, n);
  }

  private void multiply(double factor, double[] coefficient, int from, int end, int column) {
    for (int i = from; i < end; i++) {
      core[column + i] *= factor * coefficient[i];
    }
  }

  /** The same with every stored intermediate, the coefficients included, in a given rounding. */
  public static DenseMatrix backward(
      Eigendecomposition eigen,
      InverseGap rule,
      Rounding rounding,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    GapCoefficients coefficients = new GapCoefficients(eigen, rule, rounding);
    return backward(
        eigen, coefficients, rounding, valueCotangent, vectorCotangent, GaugeGate.of(coefficients));
  }

  /** Leaves out the pairs at either end whose cotangents are all 0. */
  public static DenseMatrix backward(
      Eigendecomposition eigen,
      GapCoefficients coefficients,
      Rounding rounding,
      double[] valueCotangent,
      DenseMatrix vectorCotangent,
      GaugeGate gate) {
    int n = eigen.order();
    Cotangents.require("valueCotangent", n, valueCotangent);
    double largest = Cotangents.require("vectorCotangent", n, n, vectorCotangent);
    double[] g = rounding.rounded(vectorCotangent.columnMajor());
    if (rounding.round(largest) == 0) {
      return GradientAssembly.fromValues(eigen, rounding, valueCotangent);
    }
    int first = 0;
    while (first < n && isUnused(first, valueCotangent, g)) {
      first++;
    }
    int end = n;
    while (end > first && isUnused(end - 1, valueCotangent, g)) {
      end--;
    }
    return new GradientAssembly(eigen, coefficients, rounding, first, end - first)
        .assemble(valueCotangent, g, first * n, gate);
  }

  private static boolean isUnused(int j, double[] valueCotangent, double[] g) {
    int n = valueCotangent.length;
    return valueCotangent[j] == 0 && Kernels.level1().maxAbs(n, g, j * n) == 0;
  }
}
