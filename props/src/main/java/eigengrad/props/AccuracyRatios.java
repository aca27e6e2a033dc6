package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SpectralAccuracy;
import java.util.EnumMap;
import java.util.Map;

/**
 * How accurate a solver's answer is, by LAPACK's ratios and by Sturm counts.
 *
 * <p>Independent of scale. An answer of the wrong shape has no ratios: {@link #of} refuses it.
 *
 * @param residual ‖A − VΛVᵀ‖₁ / (‖A‖₁·n·u')
 * @param orthogonality ‖I − VᵀV‖₁ / (n·u')
 * @param valuesAlone max |λ − λ of values alone| / (max |λ|·u')
 * @param sturmCount the tolerance, in max |λ|·u', at which Sturm counts confirm each λ
 */
public record AccuracyRatios(
    double residual, double orthogonality, double valuesAlone, double sturmCount) {

  /**
   * The ratios of an answer. Cost: about 7n³ flops.
   *
   * @param matrix A, n×n symmetric, finite
   * @param pairs the answer, n values ascending and n×n vectors
   * @param valuesAlone the values that the solver finds without vectors, ascending; those of the
   *     pairs if it has no other way
   * @return the ratios
   * @throws IllegalArgumentException if a size does not match
   */
  public static AccuracyRatios of(DenseMatrix matrix, Eigenpairs pairs, double[] valuesAlone) {
    double[] values = pairs.values();
    if (valuesAlone.length != values.length) {
      throw new IllegalArgumentException(
          values.length + " values with vectors, but " + valuesAlone.length + " alone");
    }
    return new AccuracyRatios(
        SpectralAccuracy.residual(matrix, values, pairs.vectors()),
        SpectralAccuracy.orthogonality(pairs.vectors()),
        Differences.ofValues(values, valuesAlone) * values.length,
        SturmCount.of(matrix).tolerance(values));
  }

  /**
   * Fails unless every ratio is within its limit.
   *
   * @param sample what was solved, printed with the failure
   * @throws AssertionError with the first ratio that is not
   */
  public void require(Object sample) {
    byLimit().forEach((limit, ratio) -> limit.require(ratio, sample));
  }

  /**
   * Each ratio with its limit.
   *
   * @return four entries
   */
  public Map<Limit, Double> byLimit() {
    return new EnumMap<>(
        Map.of(
            Limit.RESIDUAL, residual,
            Limit.ORTHOGONALITY, orthogonality,
            Limit.VALUES_ALONE, valuesAlone,
            Limit.STURM_COUNT, sturmCount));
  }
}
