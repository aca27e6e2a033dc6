package eigengrad.grad.internal.svd;

import eigengrad.grad.Gauge;
import eigengrad.grad.InverseGap;
import eigengrad.grad.internal.function.OddFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/** The derivatives of both factors of A = QH, Q = UVᵀ and H = VΣVᵀ, and their adjoints. */
public final class PolarFactors {
  private final SingularDifferential orthogonal;
  private final SymmetricFactor symmetric;

  private PolarFactors(TallFactors factors, boolean signed) {
    double[] ones = new double[factors.n()];
    Arrays.fill(ones, 1);
    this.orthogonal =
        new SingularDifferential(
            new OddFunction.Sign("the orthogonal polar factor"), factors, ones);
    this.symmetric = new SymmetricFactor(factors, signed);
  }

  /** Those of the polar decomposition; singular values that tie with 0 count as 0. */
  public static PolarFactors of(SingularValueDecomposition svd) {
    return new PolarFactors(snapped(svd), false);
  }

  /**
   * Those with the nearest rotation for Q. Where det(UVᵀ) = −1, the last of V and of the values
   * change signs.
   *
   * @param rotation the nearest rotation
   */
  public static PolarFactors ofRotation(SingularValueDecomposition svd, DenseMatrix rotation) {
    TallFactors factors = snapped(svd);
    int n = factors.n();
    if (n == 0 || !isReflected(factors, rotation)) {
      return new PolarFactors(factors, true);
    }
    double[] values = factors.values();
    double[] y = factors.y().clone();
    for (int i = (n - 1) * n; i < n * n; i++) {
      y[i] = -y[i];
    }
    boolean tie = n > 1 && values[n - 2] - values[n - 1] <= Gauge.tieTolerance(n) * values[0];
    values[n - 1] = tie ? -values[n - 2] : -values[n - 1];
    return new PolarFactors(new TallFactors(false, n, n, factors.x(), y, values), true);
  }

  /** Whether the rotation takes the last right vector to the opposite of the left one. */
  private static boolean isReflected(TallFactors factors, DenseMatrix rotation) {
    int n = factors.n();
    double[] image = factors.timesY(new Gemm(), rotation.columnMajor());
    return Kernels.level1().dot(n, factors.x(), (n - 1) * n, image, (n - 1) * n) < 0;
  }

  private static TallFactors snapped(SingularValueDecomposition svd) {
    TallFactors factors = TallFactors.of(svd);
    int zero = new SvdCoefficients(factors, InverseGap.analytic()).firstZero();
    Arrays.fill(factors.values(), zero, factors.n(), 0);
    return factors;
  }

  /** dQ, or ∂L/∂A from ∂L/∂Q: the map is its own adjoint. */
  public DenseMatrix orthogonal(String name, DenseMatrix argument) {
    return orthogonal.apply(name, argument.columnMajor());
  }

  /** dH. */
  public DenseMatrix symmetric(DenseMatrix direction) {
    return symmetric.derivative(direction.columnMajor());
  }

  /** ∂L/∂A from a symmetric ∂L/∂H. */
  public DenseMatrix fromSymmetric(DenseMatrix cotangent) {
    return symmetric.backward(cotangent);
  }
}
