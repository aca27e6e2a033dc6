package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.function.IntFunction;

/** Cotangents of one vector, the accumulated sum and the fitted rate of power iteration. */
final class PowerIterationChecks {
  private PowerIterationChecks() {}

  /** A cotangent of vector j alone. */
  static DenseMatrix ofVector(int j, GradientSample sample) {
    int n = sample.size();
    double[] g = new double[n * n];
    System.arraycopy(
        SymmetricMatrices.gaussian(n, 1, sample.seed() + 5).columnMajor(), 0, g, j * n, n);
    return DenseMatrix.wrap(n, n, g);
  }

  /** A cotangent of the last vector alone that has the component 1 along every vector. */
  static DenseMatrix evenly(GradientSample sample) {
    int n = sample.size();
    DenseMatrix v = sample.vectors();
    double[] g = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        g[i + (n - 1) * n] += v.get(i, j);
      }
    }
    return DenseMatrix.wrap(n, n, g);
  }

  /** A cotangent of one vector without component along that vector. */
  static DenseMatrix orthogonalToVector(int j, GradientSample sample) {
    int n = sample.size();
    DenseMatrix g = ofVector(j, sample);
    double[] v = sample.vectors().column(j);
    double[] projected = g.toArray();
    for (int pass = 0; pass < 2; pass++) {
      double along = 0;
      for (int i = 0; i < n; i++) {
        along += v[i] * projected[i + j * n];
      }
      for (int i = 0; i < n; i++) {
        projected[i + j * n] -= along * v[i];
      }
    }
    return DenseMatrix.wrap(n, n, projected);
  }

  /** Σ_{t<K} Mᵗ(I − vvᵀ)gvᵀ/λ^(t+1), symmetrised, for the last vector. */
  static DenseMatrix accumulated(GradientSample sample, int terms, DenseMatrix cotangent) {
    int n = sample.size();
    DenseMatrix matrix = sample.matrix();
    DenseMatrix v = DenseMatrix.wrap(n, 1, sample.vectors().column(n - 1));
    DenseMatrix g = DenseMatrix.wrap(n, 1, cotangent.column(n - 1));
    double lambda = sample.values()[n - 1];
    DenseMatrix term = projected(v, g).times(1 / lambda);
    DenseMatrix sum = DenseMatrix.wrap(n, 1, new double[n]);
    for (int t = 0; t < terms; t++) {
      sum = sum.plus(term);
      // Anew each time, so that no rounding error in the direction of v grows.
      term = projected(v, matrix.times(term)).times(1 / lambda);
    }
    return sum.times(v.transpose()).symmetricPart();
  }

  private static DenseMatrix projected(DenseMatrix v, DenseMatrix g) {
    return g.plusScaled(-Differences.inner(v, g), v);
  }

  /** The slope of the line that fits ln ‖gradient − limit‖ best, as a function of K. */
  static double fittedSlope(
      IntFunction<DenseMatrix> gradient, DenseMatrix limit, int first, int last) {
    double count = 0;
    double sumK = 0;
    double sumKK = 0;
    double sumY = 0;
    double sumKY = 0;
    for (int k = first; k <= last; k++) {
      double y = Math.log(gradient.apply(k).minus(limit).frobeniusNorm());
      count++;
      sumK += k;
      sumKK += (double) k * k;
      sumY += y;
      sumKY += k * y;
    }
    return (count * sumKY - sumK * sumY) / (count * sumKK - sumK * sumK);
  }
}
