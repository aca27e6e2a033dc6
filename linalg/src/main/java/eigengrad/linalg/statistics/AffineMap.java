package eigengrad.linalg.statistics;

import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;

/**
 * The map y = M(x − m), and x = M⁻y + m back. The mean is subtracted first: Mx − Mm would lose what
 * is small beside the mean.
 *
 * @param mean m, d elements
 * @param matrix M, k×d
 * @param inverse M⁻, d×k
 */
record AffineMap(double[] mean, DenseMatrix matrix, DenseMatrix inverse) {

  /**
   * Maps samples.
   *
   * @param samples d×N; not modified
   * @return k×N
   * @throws IllegalArgumentException if they have another length or are not finite
   * @throws ArithmeticException if an element overflows
   */
  DenseMatrix apply(DenseMatrix samples) {
    int d = mean.length;
    SampleInput.require("samples", samples, d);
    double[] centred = samples.toArray();
    for (int s = 0; s < samples.columns(); s++) {
      Kernels.level1().axpy(d, -1, mean, 0, centred, s * d);
    }
    DenseMatrix mapped = matrix.times(DenseMatrix.wrap(d, samples.columns(), centred));
    SampleInput.requireNoOverflow("a transformed sample", mapped.maxAbs());
    return mapped;
  }

  /**
   * Maps back.
   *
   * @param transformed k×N; not modified
   * @return d×N
   * @throws IllegalArgumentException if they have another length or are not finite
   * @throws ArithmeticException if an element overflows
   */
  DenseMatrix invert(DenseMatrix transformed) {
    SampleInput.require("transformed samples", transformed, inverse.columns());
    DenseMatrix samples = inverse.times(transformed);
    for (int s = 0; s < samples.columns(); s++) {
      Kernels.level1().axpy(mean.length, 1, mean, 0, samples.columnMajor(), s * mean.length);
    }
    SampleInput.requireNoOverflow("a sample transformed back", samples.maxAbs());
    return samples;
  }
}
