package eigengrad.bench.hostile;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.MatrixBatch;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Batches in which each matrix fails in its own way. */
public enum HostileBatch {
  /** Normally distributed elements, what the others are compared with. */
  RANDOM,
  /** None converges beside the others, so that each is solved again alone. */
  GIVEN_UP,
  /** None is symmetric: as many exceptions. */
  REFUSED;

  /**
   * A batch.
   *
   * @param count of matrices
   * @param n their order
   * @return the same each time
   */
  public MatrixBatch matrices(int count, int n) {
    return MatrixBatch.of(
        IntStream.range(0, count).mapToObj(b -> matrix(n, b)).toArray(DenseMatrix[]::new));
  }

  private DenseMatrix matrix(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        a[i + j * n] = random.nextGaussian();
        a[j + i * n] = this == REFUSED && i > j ? -a[i + j * n] : a[i + j * n];
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }

  /**
   * How it is solved.
   *
   * @return one iteration for each eigenvalue where the lanes are to give up
   */
  public EigenOptions options() {
    EigenOptions usual = EigenOptions.DEFAULT;
    return this == GIVEN_UP
        ? new EigenOptions(usual.symmetryTolerance(), 1, usual.leafSize())
        : usual;
  }
}
