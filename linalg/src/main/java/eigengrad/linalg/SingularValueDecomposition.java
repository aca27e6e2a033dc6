package eigengrad.linalg;

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
}
