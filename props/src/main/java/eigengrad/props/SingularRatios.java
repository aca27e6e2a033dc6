package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularAccuracy;
import eigengrad.linalg.SpectralAccuracy;

/**
 * How accurate a singular value decomposition is, by LAPACK's ratios and by Sturm counts. An answer
 * of the wrong shape has no ratios: {@link #of} refuses it.
 *
 * @param residual ‖A − UΣVᵀ‖₁ / (‖A‖₁·max(m, n)·u')
 * @param left ‖I − UᵀU‖₁ / (m·u')
 * @param right ‖I − VᵀV‖₁ / (n·u')
 * @param valuesAlone max |σ − σ of values alone| / (max σ·u')
 * @param sturmCount the tolerance, in max σ·u', at which Sturm counts of the symmetric matrix of A
 *     and Aᵀ beside the diagonal confirm each σ; 0 for elements near overflow or underflow, which
 *     are not counted
 */
public record SingularRatios(
    double residual, double left, double right, double valuesAlone, double sturmCount) {
  /** Squares of elements from here to there neither overflow nor underflow. */
  private static final double SMALLEST_COUNTED = 1e-140;

  private static final double LARGEST_COUNTED = 1e140;

  /**
   * The ratios of an answer. Cost: about 10(m + n)³ flops.
   *
   * @param matrix A, m×n, finite
   * @param triplets the answer, thin, descending
   * @param valuesAlone the values that the solver finds without vectors, descending
   * @return the ratios
   * @throws IllegalArgumentException if a size does not match
   */
  public static SingularRatios of(
      DenseMatrix matrix, SingularTriplets triplets, double[] valuesAlone) {
    double[] values = triplets.values();
    if (valuesAlone.length != values.length) {
      throw new IllegalArgumentException(
          values.length + " values with vectors, but " + valuesAlone.length + " alone");
    }
    return new SingularRatios(
        SingularAccuracy.residual(matrix, values, triplets.left(), triplets.right()),
        SpectralAccuracy.orthogonality(triplets.left()),
        SpectralAccuracy.orthogonality(triplets.right()),
        Differences.ofValues(values, valuesAlone) * values.length,
        sturmCount(matrix, values));
  }

  private static double sturmCount(DenseMatrix matrix, double[] values) {
    double largest = matrix.maxAbs();
    if (largest != 0 && (largest < SMALLEST_COUNTED || largest > LARGEST_COUNTED)) {
      return 0;
    }
    return SturmCount.of(symmetric(matrix)).tolerance(eigenvalues(matrix, values));
  }

  /** The matrix [0 A; Aᵀ 0]. */
  private static DenseMatrix symmetric(DenseMatrix a) {
    int m = a.rows();
    int order = m + a.columns();
    double[] elements = new double[order * order];
    for (int j = 0; j < a.columns(); j++) {
      for (int i = 0; i < m; i++) {
        elements[i + (m + j) * order] = a.get(i, j);
        elements[m + j + i * order] = a.get(i, j);
      }
    }
    return DenseMatrix.wrap(order, order, elements);
  }

  /** Its eigenvalues, ascending: −σ, |m − n| zeros, and σ. */
  private static double[] eigenvalues(DenseMatrix a, double[] values) {
    int order = a.rows() + a.columns();
    double[] eigenvalues = new double[order];
    for (int j = 0; j < values.length; j++) {
      eigenvalues[j] = -values[j];
      eigenvalues[order - 1 - j] = values[j];
    }
    return eigenvalues;
  }

  /**
   * Fails unless every ratio is within its limit.
   *
   * @param sample what was solved, printed with the failure
   * @throws AssertionError with the first ratio that is not
   */
  public void require(Object sample) {
    Limit.SVD_RESIDUAL.require(residual, sample);
    Limit.LEFT_ORTHOGONALITY.require(left, sample);
    Limit.RIGHT_ORTHOGONALITY.require(right, sample);
    Limit.VALUES_ALONE.require(valuesAlone, sample);
    Limit.STURM_COUNT.require(sturmCount, sample);
  }
}
