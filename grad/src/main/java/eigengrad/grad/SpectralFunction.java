package eigengrad.grad;

import eigengrad.grad.internal.batch.LaneBlocks;
import eigengrad.grad.internal.function.ScalarFunction;
import eigengrad.grad.internal.function.SpectralDifferential;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Ridge;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A function of a symmetric matrix, f(A) = V f(Λ + ε) Vᵀ with A = VΛVᵀ and a ridge ε, by default 0;
 * and its derivative, exact and finite at repeated eigenvalues.
 *
 * <p>In a symmetric direction E the derivative of f(A) is
 *
 * <pre>V ( F ∘ (VᵀEV) ) Vᵀ,   Fᵢⱼ = (f(λᵢ) − f(λⱼ))/(λᵢ − λⱼ),   Fᵢⱼ = f′(λᵢ) where λᵢ = λⱼ.</pre>
 *
 * <p>F is symmetric, so the map is its own adjoint: ∂L/∂A comes from sym(∂L/∂f(A)) by the same
 * formula. Every function here has its own form of Fᵢⱼ in which no difference of eigenvalues
 * cancels. Domain: every symmetric A with its eigenvalues in the domain of f. Where f is steep, as
 * a root or logarithm near 0, the relative error of a small eigenvalue counts: it is u‖A‖/λ.
 *
 * <p>Cost: n³ flops for f(A), 6n³ for a derivative in either direction, and the decomposition if
 * none is given. Source: Ju. L. Daleckiĭ and S. G. Kreĭn, 1965; N. J. Higham, <i>Functions of
 * Matrices</i>, 2008, theorem 3.11.
 */
public final class SpectralFunction {
  private final ScalarFunction function;
  private final double ridge;
  private final @Nullable SemidefiniteTreatment treatment;

  private SpectralFunction(ScalarFunction function, double ridge) {
    this(function, ridge, null);
  }

  private SpectralFunction(
      ScalarFunction function, double ridge, @Nullable SemidefiniteTreatment treatment) {
    this.function = function;
    this.ridge = ridge;
    this.treatment = treatment;
  }

  /**
   * A^(1/2), for λ > 0.
   *
   * @return the function
   */
  public static SpectralFunction squareRoot() {
    return new SpectralFunction(new ScalarFunction.SquareRoot(), 0);
  }

  /**
   * A^(−1/2), for λ > 0.
   *
   * @return the function
   */
  public static SpectralFunction inverseSquareRoot() {
    return new SpectralFunction(new ScalarFunction.InverseSquareRoot(), 0);
  }

  /**
   * The natural logarithm, for λ > 0.
   *
   * @return the function
   */
  public static SpectralFunction logarithm() {
    return new SpectralFunction(new ScalarFunction.Logarithm(), 0);
  }

  /**
   * The exponential.
   *
   * @return the function
   */
  public static SpectralFunction exponential() {
    return new SpectralFunction(new ScalarFunction.Exponential(), 0);
  }

  /**
   * A^p for a real p, for λ > 0; for an integer p, for every λ, except 0 if p is negative.
   *
   * @param exponent p, finite
   * @return the function
   * @throws IllegalArgumentException if p is not finite
   */
  public static SpectralFunction power(double exponent) {
    if (!Double.isFinite(exponent)) {
      throw new IllegalArgumentException("exponent must be finite, got " + exponent);
    }
    return new SpectralFunction(new ScalarFunction.Power(exponent), 0);
  }

  /**
   * The inverse p-th root (A + εI)^(−1/p) with which optimisers of the Shampoo family precondition,
   * for λ + ε > 0.
   *
   * @param root p ≥ 1
   * @param ridge ε ≥ 0, finite; absolute, so choose it relative to ‖A‖
   * @return the function
   * @throws IllegalArgumentException if p &lt; 1, or ε is negative or not finite
   */
  public static SpectralFunction inverseRoot(int root, double ridge) {
    if (root < 1) {
      throw new IllegalArgumentException("root p must be ≥ 1, got " + root);
    }
    ScalarFunction inverseRoot =
        root == 2
            ? new ScalarFunction.InverseSquareRoot()
            : new ScalarFunction.Power(-1.0 / root, true);
    return new SpectralFunction(inverseRoot, 0).withRidge(ridge);
  }

  /**
   * A function given by f and f′, each accurate to a few rounding errors.
   *
   * <p>Fᵢⱼ is the difference quotient where the gap is large enough for it, and the mean of f′ over
   * the gap where it is not: its absolute error is about 2u'·max |f|/|λᵢ − λⱼ| or less, at a tie
   * that of f′. f′ is evaluated between eigenvalues too.
   *
   * @param name for messages, such as "the entropy"
   * @param f the function
   * @param derivative f′
   * @return the function
   */
  public static SpectralFunction of(
      String name, DoubleUnaryOperator f, DoubleUnaryOperator derivative) {
    return new SpectralFunction(new ScalarFunction.Differentiable(name, f, derivative), 0);
  }

  /**
   * The same function of A + εI.
   *
   * @param newRidge ε ≥ 0, finite; absolute, so choose it relative to ‖A‖
   * @return a function with this ridge instead of its own, and no other treatment
   * @throws IllegalArgumentException if ε is negative or not finite
   */
  public SpectralFunction withRidge(double newRidge) {
    if (!(newRidge >= 0 && newRidge <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("ridge must be ≥ 0 and finite, got " + newRidge);
    }
    return new SpectralFunction(function, newRidge);
  }

  /**
   * The same function of a positive semidefinite A.
   *
   * @param another what it makes of eigenvalues at 0 and slightly below
   * @return a function with this treatment instead of its own, or of its ridge
   */
  public SpectralFunction onSemidefinite(SemidefiniteTreatment another) {
    return another instanceof SemidefiniteTreatment.AbsoluteRidge absolute
        ? withRidge(absolute.epsilon())
        : new SpectralFunction(function, 0, another);
  }

  /**
   * f(A), by a new decomposition.
   *
   * @param matrix A, n×n symmetric; not modified
   * @return the pass
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or an
   *     eigenvalue lies outside the domain of f
   * @throws NonFiniteException if f of an eigenvalue is not finite
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public Pass forward(DenseMatrix matrix) {
    return forward(matrix, new EigenSolver());
  }

  /**
   * f(A), by a new decomposition.
   *
   * @param matrix A, n×n symmetric; not modified
   * @param solver decomposes it
   * @return the pass
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or an
   *     eigenvalue lies outside the domain of f
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if f of an eigenvalue is not finite
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public Pass forward(DenseMatrix matrix, EigenSolver solver) {
    return forward(solver.decompose(matrix));
  }

  /**
   * f(A), A given by its decomposition; several functions of one matrix can share it.
   *
   * @param eigen of A
   * @return the pass
   * @throws IllegalArgumentException if an eigenvalue lies outside the domain of f
   * @throws NonFiniteException if f of an eigenvalue is not finite
   */
  public Pass forward(Eigendecomposition eigen) {
    return forward(eigen, ridgeShare(eigen.order()));
  }

  /** The same, where the ridge's own derivative may be somebody else's business. */
  Pass forward(Eigendecomposition eigen, double ridgeShare) {
    TreatedSpectrum spectrum = TreatedSpectrum.of(treatment, ridge, eigen.values());
    ScalarFunction f = scalar(false);
    double[] values = spectrum.values();
    double[] images = new double[values.length];
    for (int j = 0; j < values.length; j++) {
      if (!f.isDefinedAt(values[j])) {
        throw outsideDomain(eigen, j);
      }
      images[j] = image(f, values[j]);
      if (!Double.isFinite(images[j])) {
        throw new NonFiniteException(
            function + " of eigenvalue " + j + ", " + values[j] + ", is " + images[j]);
      }
    }
    return new Pass(this, spectrum, images, eigen.vectors(), ridgeShare);
  }

  /** f(λ + ε), not finite where λ + ε is not. */
  private static double image(ScalarFunction f, double value) {
    return Double.isFinite(value) ? f.value(value) : Double.NaN;
  }

  /** What the ridge grows by with every eigenvalue; 0 where it is absolute. */
  double ridgeShare(int n) {
    return treatment instanceof SemidefiniteTreatment.RelativeRidge relative && n > 0
        ? relative.epsilon() / n
        : 0;
  }

  /**
   * f of every matrix of a batch, by a new decomposition of each.
   *
   * @param batch symmetric n×n matrices; not modified
   * @return the pass
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, or an eigenvalue
   *     lies outside the domain of f, naming the first matrix
   * @throws NonFiniteException if f of an eigenvalue is not finite, naming the first matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedSpectralPass forward(MatrixBatch batch) {
    return forward(batch, new EigenSolver());
  }

  /**
   * f of every matrix of a batch, by a new decomposition of each.
   *
   * @param batch symmetric n×n matrices; not modified
   * @param solver decomposes them
   * @return the pass
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, or an eigenvalue
   *     lies outside the domain of f, naming the first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if f of an eigenvalue is not finite, naming the first matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedSpectralPass forward(MatrixBatch batch, EigenSolver solver) {
    return forward(solver.decompose(batch), solver);
  }

  /**
   * f of every matrix of a batch that is given by its decompositions, allocating nothing but the
   * result where the solver has seen the order before. Cost: n³ flops per matrix.
   *
   * @param eigen of the matrices; one that was not solved has an f(A) of NaN
   * @param solver whose threads and memory are used
   * @return the pass
   * @throws IllegalArgumentException if an eigenvalue lies outside the domain of f, naming the
   *     first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if f of an eigenvalue is not finite, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedSpectralPass forward(BatchedEigendecomposition eigen, EigenSolver solver) {
    return new BatchedSpectralPass(this, eigen, solver);
  }

  /**
   * The sum of n numbers; NaN if one is.
   *
   * @throws NonFiniteException if it overflows
   */
  static double sum(int n, double[] x, int first, int stride) {
    double plain = 0;
    double scaled = 0;
    for (int i = 0; i < n; i++) {
      plain += x[first + i * stride];
      scaled += SymmetricProducts.HEADROOM.applied(x[first + i * stride]);
    }
    double sum = Double.isFinite(plain) ? plain : SymmetricProducts.HEADROOM.undone(scaled);
    if (Double.isInfinite(sum)) {
      throw new NonFiniteException("the trace exceeds the largest double");
    }
    return sum;
  }

  /**
   * f with its divided differences.
   *
   * @param forwards whether they are for a direction, which must not change the rank
   */
  ScalarFunction scalar(boolean forwards) {
    if (treatment instanceof SemidefiniteTreatment.Pseudo) {
      return new ScalarFunction.OnSemidefinite(function, 0, forwards ? Double.NaN : 0);
    } else if (treatment instanceof SemidefiniteTreatment.Clamped) {
      double atZero = function.value(0);
      double slope = function.dividedDifference(0, 0, atZero, atZero);
      return new ScalarFunction.OnSemidefinite(function, atZero, slope);
    }
    return function;
  }

  /** λ as the function meets it and f of it, of one matrix of a batch; NaN if it was not solved. */
  void images(BatchedEigendecomposition eigen, int b, double[] values, double[] images) {
    int n = eigen.order();
    int first = LaneBlocks.vector(b, n);
    if (LaneBlocks.isUnsolved(eigen, b)) {
      LaneBlocks.fill(images, first, n, Double.NaN);
      return;
    }
    ScalarFunction f = scalar(false);
    double[] treated = treatment == null ? null : report(eigen, b).values();
    for (int j = 0; j < n; j++) {
      int at = first + j * LaneBlocks.LANES;
      values[at] = treated == null ? values[at] + ridge : treated[j];
      images[at] = f.isDefinedAt(values[at]) ? image(f, values[at]) : Double.NaN;
      if (!Double.isFinite(images[at])) {
        // Throws, and says what is wrong.
        forward(eigen.decomposition(b));
      }
    }
  }

  /** The spectrum of one solved matrix of a batch. */
  TreatedSpectrum report(BatchedEigendecomposition eigen, int b) {
    return TreatedSpectrum.of(treatment, ridge, eigen.values(b));
  }

  private IllegalArgumentException outsideDomain(Eigendecomposition eigen, int j) {
    if (treatment != null) {
      return new IllegalArgumentException(
          function
              + " needs "
              + function.domain()
              + ", but eigenvalue "
              + j
              + " is "
              + eigen.value(j)
              + " beside "
              + eigen.value(eigen.order() - 1)
              + ", and "
              + treatment
              + " does not help; SemidefiniteTreatment.pseudo leaves its null space out");
    }
    return new IllegalArgumentException(
        function
            + " needs "
            + function.domain()
            + ", but eigenvalue "
            + j
            + " is "
            + eigen.value(j)
            + (ridge > 0 ? " and the ridge only " + ridge : "")
            + ": "
            + Ridge.advice(enough(eigen), "withRidge(%s)"));
  }

  /** A ridge with which f is finite; ∞ if there is none. */
  private double enough(Eigendecomposition eigen) {
    double smallest = eigen.value(0);
    double largest = eigen.value(eigen.order() - 1);
    double candidate =
        function.isDefinedAt(-1)
            ? Ridge.enough(0, Math.max(-smallest, largest))
            : Ridge.enough(smallest, largest);
    while (candidate <= Double.MAX_VALUE && !isFiniteWith(candidate, eigen)) {
      candidate = Ridge.twoDigits(1e5 * candidate);
    }
    return candidate;
  }

  private boolean isFiniteWith(double candidate, Eigendecomposition eigen) {
    return DoubleStream.of(eigen.values())
        .map(value -> value + candidate)
        .allMatch(value -> function.isDefinedAt(value) && Double.isFinite(image(function, value)));
  }

  @Override
  public String toString() {
    if (treatment != null) {
      return function + " with " + treatment;
    }
    return ridge > 0 ? function + " with ridge " + ridge : function.toString();
  }

  /** f(A) and its derivative there. Immutable; the coefficients F are computed for each call. */
  public static final class Pass {
    private final double[] images;
    private final DenseMatrix matrix;
    private final SemidefiniteReport report;
    private final double ridgeShare;
    private final SpectralDifferential backwards;
    private final SpectralDifferential forwards;

    private Pass(
        SpectralFunction function,
        TreatedSpectrum spectrum,
        double[] images,
        DenseMatrix vectors,
        double ridgeShare) {
      this.images = images;
      this.matrix = SymmetricProducts.synthesis(vectors, images);
      this.report = spectrum.report();
      this.ridgeShare = ridgeShare;
      double[] values = spectrum.values();
      this.backwards = new SpectralDifferential(function.scalar(false), values, images, vectors);
      this.forwards = new SpectralDifferential(function.scalar(true), values, images, vectors);
    }

    /**
     * What was made of small eigenvalues on the way.
     *
     * @return how many there were and how large
     */
    public SemidefiniteReport report() {
      return report;
    }

    /**
     * f(A).
     *
     * @return f(A), n×n, exactly symmetric
     */
    public DenseMatrix matrix() {
      return matrix;
    }

    /**
     * The trace of f(A) from the eigenvalues; its gradient is {@code backward(I)} = f′(A).
     *
     * @return Σⱼ f(λⱼ)
     * @throws NonFiniteException if it overflows
     */
    public double trace() {
      return sum(images.length, images, 0, 1);
    }

    /**
     * The adjoint of the derivative.
     *
     * @param cotangent ∂L/∂f(A), n×n; only its symmetric part matters
     * @return ∂L/∂A, exactly symmetric
     * @throws IllegalArgumentException if the cotangent has another shape or is not finite
     * @throws NonFiniteException if the gradient overflows
     */
    public DenseMatrix backward(DenseMatrix cotangent) {
      Cotangents.require("cotangent", matrix.rows(), matrix.rows(), cotangent);
      DenseMatrix gradient = backwards.apply("∂L/∂A", cotangent.symmetricPart());
      return ridgeShare == 0
          ? gradient
          : Gauge.finite("∂L/∂A", Ridge.withShareOfTrace(ridgeShare, gradient));
    }

    /**
     * The derivative of f(A) in a direction.
     *
     * @param direction dA, n×n symmetric
     * @return df(A), exactly symmetric
     * @throws IllegalArgumentException if the direction has another shape, is not finite or not
     *     symmetric
     * @throws NonFiniteException if the derivative overflows
     */
    public DenseMatrix derivative(DenseMatrix direction) {
      Cotangents.require("direction", matrix.rows(), matrix.rows(), direction);
      direction.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
      DenseMatrix symmetric = direction.symmetricPart();
      return forwards.apply(
          "df(A)", ridgeShare == 0 ? symmetric : Ridge.withShareOfTrace(ridgeShare, symmetric));
    }
  }
}
