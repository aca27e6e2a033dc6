package eigengrad.grad;

import eigengrad.grad.internal.function.OddFunction;
import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.svd.SingularDifferential;
import eigengrad.grad.internal.svd.TallFactors;
import eigengrad.linalg.BatchedSingularValueDecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenConvergenceException;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;
import eigengrad.linalg.SvdSolver;
import eigengrad.simd.Gemm;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of singular values, f(A) = U f(Σ) Vᵀ with A = UΣVᵀ, m×n, k = min(m, n); and its
 * derivative, exact and finite where singular values tie.
 *
 * <p>With P = UᵀEV, and f(−σ) = −f(σ), the derivative in a direction E is
 *
 * <pre>U C Vᵀ + (I − UUᵀ) E V f(Σ)Σ⁻¹ Vᵀ + U f(Σ)Σ⁻¹ Uᵀ E (I − VVᵀ),
 * Cᵢⱼ = ½ f[σᵢ, σⱼ] (P + Pᵀ)ᵢⱼ + ½ f[σᵢ, −σⱼ] (P − Pᵀ)ᵢⱼ,   f[a, b] = (f(a) − f(b))/(a − b),</pre>
 *
 * with f[a, a] = f′(a). The coefficients are symmetric, so the map is its own adjoint. Every
 * function here has its own form of them in which nothing cancels, and no singular value is
 * squared. Domain: f(0) must be 0 where a singular value is 0, or the choice of its vectors would
 * matter. Where the slope of f is infinite at 0, as that of the sign and of roots, a direction or
 * cotangent that has a part within the vectors of singular value 0 is refused.
 *
 * <p>Cost: 2mnk flops for f(A), 8n³ for a derivative in either direction for m = n, 8mn² for m &gt;
 * n, and the decomposition if none is given. Source: A. S. Lewis and H. S. Sendov, <i>Nonsmooth
 * analysis of singular values</i>, 2005; V. Noferini, <i>A formula for the Fréchet derivative of a
 * generalized matrix function</i>, 2017.
 */
public final class SingularFunction {
  private final OddFunction function;

  /** Of values that count as 0, relative to σ₀; NaN stands for {@link Gauge#tieTolerance}. */
  private final double zeroTolerance;

  /** Whether f(0) is 0 whatever the function says. */
  private final boolean pseudo;

  private SingularFunction(OddFunction function, double zeroTolerance, boolean pseudo) {
    this.function = function;
    this.zeroTolerance = zeroTolerance;
    this.pseudo = pseudo;
  }

  /**
   * max(σ − τ, 0): the proximal operator of τ times the nuclear norm. At σ = τ, where it has a
   * kink, its slope counts as 0.
   *
   * @param threshold τ &gt; 0, finite; absolute, so choose it relative to ‖A‖
   * @return the function
   * @throws IllegalArgumentException if τ is not positive and finite
   */
  public static SingularFunction softThreshold(double threshold) {
    if (!(threshold > 0 && threshold <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("threshold must be positive and finite, got " + threshold);
    }
    return new SingularFunction(new OddFunction.SoftThreshold(threshold), 0, false);
  }

  /**
   * 1 where σ &gt; 0: the polar factor of a matrix of full rank, and the gradient of the nuclear
   * norm Σ σⱼ, where that has one; of its subgradients the smallest. Singular values within {@link
   * Gauge#tieTolerance} of 0 count as 0.
   *
   * @return the function
   */
  public static SingularFunction sign() {
    return new SingularFunction(new OddFunction.Sign("the sign"), Double.NaN, false);
  }

  /**
   * σ^p for a real p; for p ≤ 0, of singular values other than 0, unless {@link #withZeroTolerance}
   * says which count as 0. With p = −1, the transpose of the (pseudo-)inverse.
   *
   * @param exponent p, finite
   * @return the function
   * @throws IllegalArgumentException if p is not finite
   */
  public static SingularFunction power(double exponent) {
    if (!Double.isFinite(exponent)) {
      throw new IllegalArgumentException("exponent must be finite, got " + exponent);
    }
    return new SingularFunction(new OddFunction.Power(exponent), 0, false);
  }

  /**
   * A function given by f and f′ for σ ≥ 0, each accurate to a few rounding errors.
   *
   * <p>f[a, b] is computed as that of {@link SpectralFunction#of}.
   *
   * @param name for messages, such as "Huber's function"
   * @param f the function
   * @param derivative f′
   * @return the function
   */
  public static SingularFunction of(
      String name, DoubleUnaryOperator f, DoubleUnaryOperator derivative) {
    return new SingularFunction(new OddFunction.Differentiable(name, f, derivative), 0, false);
  }

  /**
   * The same function with f(σ) := 0 where σ is small: a pseudo-function, such as the
   * pseudo-inverse. It is exact along matrices of the same rank; where its slope at 0 is infinite,
   * a direction or cotangent that has a part within the vectors of those singular values is
   * refused.
   *
   * @param tolerance the largest singular value that counts as 0, relative to σ₀
   * @return a function with this tolerance instead of its own
   * @throws IllegalArgumentException if the tolerance is negative, infinite or NaN
   */
  public SingularFunction withZeroTolerance(double tolerance) {
    Arguments.requireTolerance("tolerance", tolerance);
    return new SingularFunction(function, tolerance, true);
  }

  /**
   * f(A), by a new decomposition.
   *
   * @param matrix A, m×n; not modified
   * @return the pass
   * @throws IllegalArgumentException if A is not finite, or f(0) is not 0 where a singular value is
   * @throws NonFiniteException if f of a singular value or an element of f(A) is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public Pass forward(DenseMatrix matrix) {
    return forward(Svd.decompose(matrix));
  }

  /**
   * f(A), by a new decomposition.
   *
   * @param matrix A, m×n; not modified
   * @param solver decomposes it
   * @return the pass
   * @throws IllegalArgumentException if A is not finite, or f(0) is not 0 where a singular value is
   * @throws NonFiniteException if f of a singular value or an element of f(A) is not finite
   * @throws IllegalStateException if the solver is in use by another call
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public Pass forward(DenseMatrix matrix, SvdSolver solver) {
    return forward(solver.decompose(matrix));
  }

  /**
   * f(A), A given by its decomposition; several functions of one matrix can share it.
   *
   * @param svd of A, with all k values
   * @return the pass
   * @throws IllegalArgumentException if f(0) is not 0 where a singular value is, or only the
   *     largest singular values are there
   * @throws NonFiniteException if f of a singular value or an element of f(A) is not finite
   */
  public Pass forward(SingularValueDecomposition svd) {
    TallFactors factors = TallFactors.of(svd);
    double[] values = factors.values();
    double[] images = new double[values.length];
    double largestZero = values.length == 0 ? 0 : values[0] * tolerance(factors.m());
    for (int j = 0; j < values.length; j++) {
      if (values[j] <= largestZero) {
        requireZeroAtZero(j, values[j]);
        values[j] = 0;
      } else {
        images[j] = function.value(values[j]);
      }
      if (!Double.isFinite(images[j])) {
        throw new NonFiniteException(
            function + " of singular value " + j + ", " + values[j] + ", is " + images[j]);
      }
    }
    return new Pass(function, factors, images);
  }

  /**
   * f of every matrix of a batch, by a new decomposition of each.
   *
   * @param batch m×n matrices; not modified
   * @param solver decomposes them
   * @return the pass
   * @throws IllegalArgumentException if a matrix is not finite, or f(0) is not 0 where a singular
   *     value is, naming the first matrix
   * @throws NonFiniteException if f of a singular value or an element of f(A) is not finite, naming
   *     the first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws EigenConvergenceException if the solver fails, naming the first matrix
   * @throws ArithmeticException if a singular value exceeds the largest double, naming the first
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedSingularPass forward(MatrixBatch batch, SvdSolver solver) {
    return forward(solver.decompose(batch), solver);
  }

  /**
   * f of every matrix of a batch that is given by its decompositions.
   *
   * @param svd of the matrices; one that was not solved has an f(A) of NaN
   * @param solver whose threads are used
   * @return the pass
   * @throws IllegalArgumentException if f(0) is not 0 where a singular value is, naming the first
   *     matrix, or only the largest singular values are there
   * @throws NonFiniteException if f of a singular value or an element of f(A) is not finite, naming
   *     the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedSingularPass forward(BatchedSingularValueDecomposition svd, SvdSolver solver) {
    return new BatchedSingularPass(this, svd, solver);
  }

  private double tolerance(int order) {
    return Double.isNaN(zeroTolerance) ? Gauge.tieTolerance(order) : zeroTolerance;
  }

  private void requireZeroAtZero(int j, double value) {
    if (!pseudo && !function.isZeroAtZero()) {
      throw new IllegalArgumentException(
          function
              + " is not 0 at 0, so singular values must be positive, got "
              + value
              + " at index "
              + j
              + "; withZeroTolerance makes it 0 there");
    }
  }

  @Override
  public String toString() {
    return function.toString();
  }

  /** f(A) and its derivative there. Immutable. */
  public static final class Pass {
    private final int rows;
    private final int columns;
    private final double[] images;
    private final DenseMatrix matrix;
    private final SingularDifferential differential;

    private Pass(OddFunction function, TallFactors factors, double[] images) {
      this.rows = factors.rows();
      this.columns = factors.columns();
      this.images = images;
      this.matrix = factors.timesYTransposed(new Gemm(), "f(A)", factors.xTimesDiagonal(images));
      this.differential = new SingularDifferential(function, factors, images);
    }

    /**
     * f(A).
     *
     * @return f(A), m×n
     */
    public DenseMatrix matrix() {
      return matrix;
    }

    /**
     * The images of the singular values, in their order.
     *
     * @return f(σ), a copy; 0 where σ counts as 0
     */
    public double[] values() {
      return images.clone();
    }

    /**
     * The adjoint of the derivative.
     *
     * @param cotangent ∂L/∂f(A), m×n
     * @return ∂L/∂A, m×n
     * @throws IllegalArgumentException if the cotangent has another shape or is not finite
     * @throws NonFiniteException if the cotangent has a part where the derivative is infinite, or
     *     the gradient overflows
     */
    public DenseMatrix backward(DenseMatrix cotangent) {
      Cotangents.require("cotangent", rows, columns, cotangent);
      return differential.apply("∂L/∂A", cotangent.columnMajor());
    }

    /**
     * The derivative of f(A) in a direction.
     *
     * @param direction dA, m×n
     * @return df(A), m×n
     * @throws IllegalArgumentException if the direction has another shape or is not finite
     * @throws NonFiniteException if the direction has a part where the derivative is infinite, or
     *     the derivative overflows
     */
    public DenseMatrix derivative(DenseMatrix direction) {
      Cotangents.require("direction", rows, columns, direction);
      return differential.apply("df(A)", direction.columnMajor());
    }
  }
}
