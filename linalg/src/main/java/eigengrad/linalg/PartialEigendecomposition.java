package eigengrad.linalg;

/**
 * Some eigenpairs of a symmetric matrix, AV = VΛ: immutable.
 *
 * <p>The k values ascend; column j of V, n×k, belongs to value j, has norm 1 and is orthogonal to
 * the others to working precision, and of its components the one largest in magnitude is positive.
 *
 * <p>Accuracy: that of an {@link Eigendecomposition}. Where the range ends within a cluster of
 * eigenvalues, the vectors of its part are some orthonormal vectors from the space of the cluster.
 */
public final class PartialEigendecomposition {
  private final double[] values;
  private final DenseMatrix vectors;

  /** Takes both over without copying or checking. */
  PartialEigendecomposition(double[] values, DenseMatrix vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * The order of the matrix.
   *
   * @return n
   */
  public int order() {
    return vectors.rows();
  }

  /**
   * The number of pairs.
   *
   * @return k
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
   * @param j index among those computed, 0 for the smallest of them
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such eigenvalue
   */
  public double value(int j) {
    return values[j];
  }

  /**
   * The eigenvectors.
   *
   * @return V, n×k
   */
  public DenseMatrix vectors() {
    return vectors;
  }

  /**
   * How exact the pairs are: max ‖Avⱼ − λⱼvⱼ‖₁ / (‖A‖₁·n·u'). Cost: 2n²k flops.
   *
   * @param matrix A
   * @return the ratio, ≥ 0
   * @throws IllegalArgumentException if A has another order
   */
  public double residual(DenseMatrix matrix) {
    return SpectralAccuracy.partialResidual(matrix, values, vectors);
  }

  /**
   * How orthonormal the eigenvectors are: LAPACK's ratio ‖I − VᵀV‖₁ / (n·u'), of which LAPACK's own
   * test suite accepts 60. Cost: 2nk² flops.
   *
   * @return the ratio, ≥ 0
   */
  public double orthogonality() {
    return SpectralAccuracy.orthogonality(vectors);
  }
}
