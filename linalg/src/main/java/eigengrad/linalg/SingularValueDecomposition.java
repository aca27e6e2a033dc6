package eigengrad.linalg;

import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.ArraySize;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * The decomposition A = UΣVᵀ of an m×n matrix: immutable.
 *
 * <p>σ₀ ≥ σ₁ ≥ … ≥ 0, at most min(m, n) of them; columns j of U and V belong to σⱼ. From {@link
 * Svd}, U and V have orthonormal columns to working precision, and of each left vector's components
 * the one largest in magnitude is positive; from {@link #of}, all are as given.
 *
 * <p>Accuracy: |σ̂ⱼ − σⱼ| ≤ p(m, n)·u·σ₀, p a small polynomial; {@link SvdMethod#JACOBI} has more
 * accurate small values.
 */
public final class SingularValueDecomposition {
  private final double[] values;
  private final DenseMatrix left;
  private final DenseMatrix right;

  private SingularValueDecomposition(double[] values, DenseMatrix left, DenseMatrix right) {
    this.values = values;
    this.left = left;
    this.right = right;
  }

  /**
   * A decomposition computed elsewhere, for instance by another library whose gradient is wanted.
   *
   * @param values k singular values, descending, ≥ 0
   * @param left U: m ≥ k rows, at least k orthonormal columns in the order of the values
   * @param right V: n ≥ k rows, at least k orthonormal columns in the order of the values
   * @return the decomposition, holding copies
   * @throws IllegalArgumentException if the sizes do not match, the values do not descend or are
   *     negative, or something is not finite. Orthonormality is not checked; {@link
   *     #leftOrthogonality()} and {@link #rightOrthogonality()} measure it
   */
  public static SingularValueDecomposition of(
      double[] values, DenseMatrix left, DenseMatrix right) {
    requireVectors("left", left, values.length);
    requireVectors("right", right, values.length);
    SymmetricInput.requireFinite("values", values);
    for (int j = 0; j < values.length; j++) {
      if (values[j] < 0) {
        throw new IllegalArgumentException(
            "values must be ≥ 0, got " + values[j] + " at index " + j);
      }
      if (j > 0 && values[j] > values[j - 1]) {
        throw new IllegalArgumentException(
            "values must descend, got "
                + values[j - 1]
                + " before "
                + values[j]
                + " at index "
                + j);
      }
    }
    return new SingularValueDecomposition(values.clone(), copy(left), copy(right));
  }

  private static DenseMatrix copy(DenseMatrix matrix) {
    return DenseMatrix.of(matrix.rows(), matrix.columns(), matrix.columnMajor());
  }

  private static void requireVectors(String name, DenseMatrix vectors, int k) {
    if (vectors.columns() < k || vectors.columns() > vectors.rows()) {
      throw new IllegalArgumentException(
          k
              + " values need at least "
              + k
              + " vectors, and no more than they have components, got "
              + name
              + " "
              + vectors.rows()
              + "×"
              + vectors.columns());
    }
    for (int j = 0; j < vectors.columns(); j++) {
      SymmetricInput.requireFinite("column " + j + " of " + name, vectors.column(j));
    }
  }

  /** Takes all over without copying or checking. */
  static SingularValueDecomposition owning(double[] values, DenseMatrix left, DenseMatrix right) {
    return new SingularValueDecomposition(values, left, right);
  }

  /**
   * The rows of the matrix.
   *
   * @return m
   */
  public int rows() {
    return left.rows();
  }

  /**
   * The columns of the matrix.
   *
   * @return n
   */
  public int columns() {
    return right.rows();
  }

  /**
   * How many singular values there are.
   *
   * @return k: min(m, n), or fewer where only the largest were asked for
   */
  public int size() {
    return values.length;
  }

  /**
   * The singular values.
   *
   * @return a copy, descending
   */
  public double[] values() {
    return values.clone();
  }

  /**
   * One singular value.
   *
   * @param j index, 0 for the largest
   * @return σⱼ
   * @throws IndexOutOfBoundsException if there is no such singular value
   */
  public double value(int j) {
    return values[j];
  }

  /**
   * The left singular vectors.
   *
   * @return U, m×k, or m×m if it is {@linkplain SvdShape#FULL full}
   */
  public DenseMatrix leftVectors() {
    return left;
  }

  /**
   * The right singular vectors.
   *
   * @return V, not Vᵀ: n×k, or n×n if it is {@linkplain SvdShape#FULL full}
   */
  public DenseMatrix rightVectors() {
    return right;
  }

  /**
   * How well this reproduces the matrix it was computed from: ‖A − UΣVᵀ‖₁ / (‖A‖₁·max(m, n)·u'), u'
   * = 2⁻⁵². LAPACK's own test suite accepts 50; a good solver stays below 1. Cost: 2mnk flops.
   *
   * @param matrix A
   * @return the ratio, ≥ 0
   * @throws IllegalArgumentException if A has another shape
   */
  public double residual(DenseMatrix matrix) {
    return SingularAccuracy.residual(matrix, values, left, right);
  }

  /**
   * How orthonormal the left vectors are: ‖I − UᵀU‖₁ / (m·u').
   *
   * @return the ratio, ≥ 0
   */
  public double leftOrthogonality() {
    return SpectralAccuracy.orthogonality(left);
  }

  /**
   * How orthonormal the right vectors are: ‖I − VᵀV‖₁ / (n·u').
   *
   * @return the ratio, ≥ 0
   */
  public double rightOrthogonality() {
    return SpectralAccuracy.orthogonality(right);
  }

  /**
   * The numerical rank: how many singular values exceed max(m, n)·2⁻⁵²·σ₀, which is what rounding
   * makes of zeros.
   *
   * @return the rank
   */
  public int rank() {
    return rank(roundingTolerance());
  }

  /**
   * How many singular values exceed a part of the largest.
   *
   * @param tolerance relative to σ₀, ≥ 0
   * @return how many exceed tolerance·σ₀
   * @throws IllegalArgumentException if the tolerance is negative or NaN
   */
  public int rank(double tolerance) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must be ≥ 0, got " + tolerance);
    }
    int rank = 0;
    while (rank < values.length && values[rank] > 0 && values[rank] > tolerance * values[0]) {
      rank++;
    }
    return rank;
  }

  private double roundingTolerance() {
    return Math.max(rows(), columns()) * SpectralAccuracy.ULP;
  }

  /**
   * The condition number σ₀ / σₖ₋₁ in the spectral norm; where only the largest singular values
   * were asked for, that of the nearest matrix of that rank.
   *
   * @return ≥ 1, ∞ where the smallest is 0; 1 if there are no singular values
   */
  public double conditionNumber() {
    int k = values.length;
    if (k == 0) {
      return 1;
    }
    return values[k - 1] == 0 ? Double.POSITIVE_INFINITY : values[0] / values[k - 1];
  }

  /**
   * The Moore–Penrose pseudo-inverse A⁺ = VΣ⁺Uᵀ, n×m, of the matrix whose singular values beyond
   * the {@linkplain #rank() numerical rank} are 0.
   *
   * @return A⁺
   * @throws ArithmeticException if an element exceeds the largest double
   */
  public DenseMatrix pseudoInverse() {
    return pseudoInverse(roundingTolerance());
  }

  /**
   * The Moore–Penrose pseudo-inverse A⁺ = VΣ⁺Uᵀ, n×m. Cost: 2mnr flops for rank r.
   *
   * @param tolerance singular values up to tolerance·σ₀ count as 0; ≥ 0
   * @return A⁺
   * @throws IllegalArgumentException if the tolerance is negative or NaN
   * @throws ArithmeticException if an element exceeds the largest double
   */
  public DenseMatrix pseudoInverse(double tolerance) {
    int m = rows();
    int n = columns();
    int rank = rank(tolerance);
    int exponent = exponent();
    double[] divided = dividedRightVectors(rank, exponent);
    double[] inverse = new double[ArraySize.of("inverse", n, m, "solve by leastSquares instead")];
    new Gemm()
        .multiply(Transpose.NO, Transpose.YES, n, m, rank, divided, left.columnMajor(), inverse);
    return scaledBack("inverse", n, m, inverse, exponent);
  }

  /** Brings σ₀ into [1, 2). */
  private int exponent() {
    return values.length == 0 ? 0 : PowerOfTwo.toOne(values[0]);
  }

  /** The right vectors that belong to the rank, each divided by its scaled singular value. */
  private double[] dividedRightVectors(int rank, int exponent) {
    int n = columns();
    double[] divided = Arrays.copyOf(right.columnMajor(), n * rank);
    for (int j = 0; j < rank; j++) {
      double value = Scaling.shift(values[j], exponent);
      for (int i = 0; i < n; i++) {
        divided[i + j * n] /= value;
      }
    }
    return divided;
  }

  private static DenseMatrix scaledBack(
      String name, int rows, int columns, double[] x, int exponent) {
    PowerOfTwo.scale(x.length, exponent, x, 0);
    if (!(Kernels.level1().maxAbs(x.length, x, 0) <= Double.MAX_VALUE)) {
      throw new ArithmeticException(
          "an element of the " + name + " exceeds the largest double, with the tolerance given");
    }
    return DenseMatrix.wrap(rows, columns, x);
  }

  /**
   * The least squares solution of AX = B, with the tolerance of the {@linkplain #rank() numerical
   * rank}.
   *
   * @param b B, m×p; not modified
   * @return X, n×p: of those that minimise ‖AX − B‖ the one of minimal norm
   * @throws IllegalArgumentException if B has not m rows or is not finite
   * @throws ArithmeticException if an element exceeds the largest double
   */
  public DenseMatrix leastSquares(DenseMatrix b) {
    return leastSquares(b, roundingTolerance());
  }

  /**
   * The least squares solution X = A⁺B of AX = B. Cost: 2(m + n)rp flops for rank r.
   *
   * @param b B, m×p; not modified
   * @param tolerance singular values up to tolerance·σ₀ count as 0; ≥ 0
   * @return X, n×p: of those that minimise ‖AX − B‖ the one of minimal norm
   * @throws IllegalArgumentException if B has not m rows or is not finite, or the tolerance is
   *     negative or NaN
   * @throws ArithmeticException if an element exceeds the largest double
   */
  public DenseMatrix leastSquares(DenseMatrix b, double tolerance) {
    int m = rows();
    int n = columns();
    int p = b.columns();
    if (b.rows() != m) {
      throw new IllegalArgumentException(
          "b must have the matrix's " + m + " rows, got " + b.rows() + "×" + p);
    }
    SymmetricInput.requireFinite(b);
    int rank = rank(tolerance);
    int exponent = exponent();
    Scaling scaling = Scaling.of(b);
    double[] given = scaling.apply(b.columnMajor());
    double[] coefficients = new double[rank * p];
    Gemm gemm = new Gemm();
    gemm.multiply(Transpose.YES, Transpose.NO, rank, p, m, left.columnMajor(), given, coefficients);
    double[] solution =
        new double[ArraySize.of("solution", n, p, "solve for fewer right-hand sides at once")];
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        n,
        p,
        rank,
        dividedRightVectors(rank, exponent),
        coefficients,
        solution);
    return scaledBack("solution", n, p, solution, exponent - scaling.exponent());
  }
}
