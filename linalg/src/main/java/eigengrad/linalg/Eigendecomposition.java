package eigengrad.linalg;

/**
 * The decomposition A = VΛVᵀ of a symmetric matrix: immutable.
 *
 * <p>λ₀ ≤ λ₁ ≤ … ≤ λₙ₋₁; column j of V belongs to λⱼ. From {@link SymmetricEigen} and {@link
 * TridiagonalEigen}, V is orthogonal to working precision and of each column's components the one
 * largest in magnitude is positive; from {@link #of}, both are as given.
 *
 * <p>Accuracy: |λ̂ⱼ − λⱼ| ≤ p(n)·u·‖A‖ and an angle of at most p(n)·u·‖A‖/gap between computed and
 * true vectors, p a small polynomial. Where A falls into diagonal blocks, that is where rows can be
 * numbered so that it does, n and A are those of the block that λⱼ belongs to.
 *
 * <p>A positive definite A = DBD, D diagonal and bᵢᵢ = 1, has small eigenvalues that rounding its
 * elements hardly changes, however far apart the elements of D are. {@link SymmetricEigen} finds
 * them as accurately in blocks up to order 6, with vectors or alone, all of them or some, and
 * {@link BatchedSymmetricEigen} in matrices up to order 5: |λ̂ⱼ − λⱼ| ≤ p(n)·u·κ(B)·λⱼ for λⱼ ≥
 * 2⁻²⁴⁰·‖A‖. Of larger matrices, and from {@link TridiagonalEigen}, an eigenvalue below u·‖A‖ may
 * have no correct digit and the wrong sign, and another value alone than with its vector. Source:
 * J. Demmel and K. Veselić, <i>Jacobi's Method is More Accurate than QR</i>, 1992.
 */
public final class Eigendecomposition {
  private final double[] values;
  private final DenseMatrix vectors;

  private Eigendecomposition(double[] values, DenseMatrix vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * A decomposition computed elsewhere, for instance by another library whose gradient is wanted.
   *
   * @param values n eigenvalues, ascending
   * @param vectors n×n, orthonormal columns in the order of the values
   * @return the decomposition, holding copies
   * @throws IllegalArgumentException if the sizes do not match, the values do not ascend, or
   *     something is not finite. Orthonormality is not checked; {@link #orthogonality()} measures
   *     it
   */
  public static Eigendecomposition of(double[] values, DenseMatrix vectors) {
    int n = values.length;
    if (vectors.rows() != n || vectors.columns() != n) {
      throw new IllegalArgumentException(
          n
              + " values need "
              + n
              + "×"
              + n
              + " vectors, got "
              + vectors.rows()
              + "×"
              + vectors.columns());
    }
    SymmetricInput.requireFinite("values", values);
    for (int j = 0; j < n; j++) {
      SymmetricInput.requireFinite("column " + j + " of vectors", vectors.column(j));
    }
    for (int i = 1; i < n; i++) {
      if (values[i - 1] > values[i]) {
        throw new IllegalArgumentException(
            "values must ascend, got " + values[i - 1] + " before " + values[i] + " at index " + i);
      }
    }
    return new Eigendecomposition(values.clone(), DenseMatrix.of(n, n, vectors.columnMajor()));
  }

  /** Takes both over without copying or checking. */
  static Eigendecomposition owning(double[] values, DenseMatrix vectors) {
    return new Eigendecomposition(values, vectors);
  }

  /**
   * The order of the matrix.
   *
   * @return n
   */
  public int size() {
    return values.length;
  }

  /**
   * The eigenvalues.
   *
   * @return a copy, ascending
   */
  public double[] values() {
    return values.clone();
  }

  /**
   * One eigenvalue.
   *
   * @param j index, 0 for the smallest
   * @return λⱼ
   * @throws IndexOutOfBoundsException if there is no such eigenvalue
   */
  public double value(int j) {
    return values[j];
  }

  /**
   * The eigenvectors.
   *
   * @return V, n×n
   */
  public DenseMatrix vectors() {
    return vectors;
  }

  /**
   * How well this reproduces the matrix it was computed from: LAPACK's ratio ‖A − VΛVᵀ‖₁ /
   * (‖A‖₁·n·u').
   *
   * <p>LAPACK's own test suite accepts 60; a good solver stays below 1. Cost: 2n³ flops.
   *
   * @param matrix A
   * @return the ratio, ≥ 0
   * @throws IllegalArgumentException if A has another order
   */
  public double residual(DenseMatrix matrix) {
    return SpectralAccuracy.residual(matrix, values, vectors);
  }

  /**
   * How orthonormal the eigenvectors are: LAPACK's ratio ‖I − VᵀV‖₁ / (n·u'), of which LAPACK's own
   * test suite accepts 60. Cost: 2n³ flops.
   *
   * @return the ratio, ≥ 0
   */
  public double orthogonality() {
    return SpectralAccuracy.orthogonality(vectors);
  }
}
