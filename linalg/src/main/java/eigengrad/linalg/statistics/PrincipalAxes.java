package eigengrad.linalg.statistics;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.Parallelism;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.SvdOptions;
import eigengrad.linalg.SvdShape;
import eigengrad.linalg.SvdSolver;
import java.util.Arrays;

/**
 * The leading eigenpairs of a covariance, from the covariance or from a factor of it.
 *
 * @param variances k eigenvalues, descending, ≥ 0; 0 from the N-th on, as N samples vary in N − 1
 *     directions
 * @param vectors d×k, orthonormal
 * @param totalVariance the sum of all d eigenvalues
 * @param rounding what a zero may have become: variances up to this are not told from 0
 */
record PrincipalAxes(
    double[] variances, DenseMatrix vectors, double totalVariance, double rounding) {
  private static final double ULP = 0x1p-52;

  /**
   * From the matrix. Eigenvalues are off by up to d·u·λ₀.
   *
   * @param covariance d×d, or correlations
   * @param samples N, of which the covariance is
   * @param count k, from 1 to d
   * @param parallelism does the work
   */
  static PrincipalAxes of(
      DenseMatrix covariance, long samples, int count, Parallelism parallelism) {
    int d = covariance.rows();
    EigenSolver solver = new EigenSolver(EigenOptions.DEFAULT.withParallelism(parallelism));
    PartialEigendecomposition ascending = solver.decompose(covariance, IndexRange.largest(count));
    double[] variances = new double[count];
    double[] vectors = new double[d * count];
    for (int j = 0; j < count; j++) {
      int from = count - 1 - j;
      variances[j] = j < samples - 1 ? Math.max(0, ascending.value(from)) : 0;
      System.arraycopy(ascending.vectors().columnMajor(), from * d, vectors, j * d, d);
    }
    double trace = 0;
    for (int i = 0; i < d; i++) {
      trace += covariance.get(i, i);
    }
    SampleInput.requireNoOverflow("the total variance", trace);
    return new PrincipalAxes(
        variances, DenseMatrix.wrap(d, count, vectors), trace, d * ULP * variances[0]);
  }

  /**
   * From a factor, whose singular values are off by up to max(N, d)·u·σ₀.
   *
   * @param factor of the scatter
   * @param count k, from 1 to d
   * @param parallelism does the work
   * @throws ArithmeticException if the total variance overflows
   */
  static PrincipalAxes of(SampleFactor factor, int count, Parallelism parallelism) {
    DenseMatrix scaled = factor.scaled();
    int d = scaled.rows();
    int known = Math.min(count, scaled.columns());
    SvdShape shape = known < count ? SvdShape.FULL : SvdShape.THIN;
    SingularValueDecomposition svd =
        new SvdSolver(SvdOptions.DEFAULT.withShape(shape).withParallelism(parallelism))
            .decompose(scaled, known);
    double[] variances = new double[count];
    for (int j = 0; j < Math.min(known, factor.samples() - 1); j++) {
      variances[j] = variance(svd.value(j), factor);
    }
    double total = variance(scaled.frobeniusNorm(), factor);
    SampleInput.requireNoOverflow("the total variance", total);
    double relative = Math.max(factor.samples(), d) * ULP;
    return new PrincipalAxes(
        variances,
        firstColumns(svd.leftVectors(), count),
        total,
        relative * relative * variances[0]);
  }

  private static double variance(double norm, SampleFactor factor) {
    double deviation = factor.scaling().undone(norm / Math.sqrt(factor.samples() - 1));
    return deviation * deviation;
  }

  /** How many variances are greater than rounding makes of 0. */
  int rank() {
    int rank = 0;
    while (rank < variances.length && variances[rank] > rounding) {
      rank++;
    }
    return rank;
  }

  /** The first k of these. */
  PrincipalAxes first(int k) {
    return new PrincipalAxes(
        Arrays.copyOf(variances, k), firstColumns(vectors, k), totalVariance, rounding);
  }

  private static DenseMatrix firstColumns(DenseMatrix matrix, int k) {
    int d = matrix.rows();
    return matrix.columns() == k
        ? matrix
        : DenseMatrix.wrap(d, k, Arrays.copyOf(matrix.columnMajor(), d * k));
  }
}
