package eigengrad.props;

import eigengrad.grad.Gauge;
import eigengrad.linalg.DenseMatrix;
import java.util.random.RandomGenerator;

/**
 * Changes of eigenvectors V → VR that leave VΛVᵀ alone: R is orthogonal and commutes with Λ. A loss
 * of the matrix does not change under them, and neither may its gradient.
 */
public final class GaugeTransformations {
  private GaugeTransformations() {}

  /**
   * Signs.
   *
   * @param n order
   * @param seed of the signs
   * @return R, diagonal of ±1
   */
  public static DenseMatrix signs(int n, long seed) {
    RandomGenerator random = SymmetricMatrices.random(seed);
    return DenseMatrix.diagonal(PrescribedSpectra.array(n, i -> random.nextBoolean() ? 1 : -1));
  }

  /**
   * Rotations and reflections inside each eigenvalue that is repeated, or that rounding may have
   * split: neighbours no further apart than {@link Gauge#tieTolerance} belong together. Signs where
   * it stands alone.
   *
   * @param values Λ, ascending
   * @param seed of the rotations
   * @return R, orthogonal, with a block for each of them
   */
  public static DenseMatrix insideTies(double[] values, long seed) {
    int n = values.length;
    double[] r = new double[n * n];
    double step = n == 0 ? 0 : Gauge.tieTolerance(n) * Math.max(-values[0], values[n - 1]);
    int start = 0;
    for (int end = 1; end <= n; end++) {
      if (end == n || values[end] - values[end - 1] > step) {
        int size = end - start;
        double[] block = SymmetricMatrices.orthogonal(size, seed + start).columnMajor();
        for (int j = 0; j < size; j++) {
          System.arraycopy(block, j * size, r, start + (start + j) * n, size);
        }
        start = end;
      }
    }
    return DenseMatrix.wrap(n, n, r);
  }
}
