package eigengrad.linalg;

import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * Total weight, mean and scatter matrix Σ w (x − mean)(x − mean)ᵀ of samples; the scatter's lower
 * triangle alone is kept.
 *
 * <p>Two of them are merged by the formula of Chan, Golub and LeVeque: <i>Updating formulae and a
 * pairwise algorithm for computing sample variances</i>, 1979, equation 1.5, for matrices. Nothing
 * here subtracts the square of a mean.
 */
final class Moments {
  final int dimension;
  double weight;
  final double[] mean;
  final double[] scatter;

  Moments(int dimension) {
    this.dimension = dimension;
    this.mean = new double[dimension];
    this.scatter = new double[DenseMatrix.elementCount(dimension, dimension)];
  }

  Moments copy() {
    Moments copy = new Moments(dimension);
    copy.weight = weight;
    System.arraycopy(mean, 0, copy.mean, 0, mean.length);
    System.arraycopy(scatter, 0, copy.scatter, 0, scatter.length);
    return copy;
  }

  /** Takes in others, whose weight may be 0. */
  void merge(Moments others) {
    if (others.weight == 0) {
      return;
    }
    double total = weight + others.weight;
    double share = others.weight / total;
    double[] difference = others.mean.clone();
    Kernels.level1().axpy(dimension, -1, mean, 0, difference, 0);
    Kernels.level1().axpy(scatter.length, 1, others.scatter, 0, scatter, 0);
    Kernels.level2()
        .ger(
            dimension,
            dimension,
            weight * share,
            difference,
            0,
            difference,
            0,
            scatter,
            0,
            dimension);
    Kernels.level1().axpy(dimension, share, difference, 0, mean, 0);
    weight = total;
  }

  /**
   * Takes in samples. Their scatter is added by one matrix product, in which the difference of the
   * means, with the weight that the formula gives it, is one sample more.
   *
   * @param samples the columns of a matrix of {@code dimension} rows, with room for one column more
   *     behind them; overwritten
   * @param weights of each, positive
   * @param count how many
   * @param gemm to multiply with
   */
  void addColumns(double[] samples, double[] weights, int count, Gemm gemm) {
    double[] center = new double[dimension];
    double added = 0;
    for (int s = 0; s < count; s++) {
      added += weights[s];
      double share = weights[s] / added;
      int column = s * dimension;
      for (int i = 0; i < dimension; i++) {
        center[i] += share * (samples[column + i] - center[i]);
      }
    }
    subtract(center, samples, count);
    // The computed mean is off by rounding; what is left of it shows when it has been subtracted.
    double[] rest = new double[dimension];
    for (int s = 0; s < count; s++) {
      Kernels.level1().axpy(dimension, weights[s] / added, samples, s * dimension, rest, 0);
    }
    subtract(rest, samples, count);
    Kernels.level1().axpy(dimension, 1, rest, 0, center, 0);
    for (int s = 0; s < count; s++) {
      if (weights[s] != 1) {
        Kernels.level1().scale(dimension, Math.sqrt(weights[s]), samples, s * dimension);
      }
    }
    Kernels.level1().axpy(dimension, -1, mean, 0, center, 0);
    double total = weight + added;
    double share = added / total;
    System.arraycopy(center, 0, samples, count * dimension, dimension);
    Kernels.level1().scale(dimension, Math.sqrt(weight * share), samples, count * dimension);
    gemm.syrk(
        Transpose.NO, dimension, count + 1, 1, samples, 0, dimension, 1, scatter, 0, dimension);
    Kernels.level1().axpy(dimension, share, center, 0, mean, 0);
    weight = total;
  }

  private void subtract(double[] center, double[] samples, int count) {
    for (int s = 0; s < count; s++) {
      Kernels.level1().axpy(dimension, -1, center, 0, samples, s * dimension);
    }
  }

  /** Scatter divided by a number, whole and exactly symmetric. */
  DenseMatrix divided(double divisor) {
    double[] full = new double[scatter.length];
    for (int j = 0; j < dimension; j++) {
      for (int i = j; i < dimension; i++) {
        double element = scatter[i + j * dimension] / divisor;
        full[i + j * dimension] = element;
        full[j + i * dimension] = element;
      }
    }
    return DenseMatrix.wrap(dimension, dimension, full);
  }
}
