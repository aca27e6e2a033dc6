package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.random.RandomGenerator;

/** What a generated cotangent looks like, from simple to general. */
public enum CotangentKind {
  /** One element, a 1. */
  ONE_ELEMENT,
  /** One column of normal elements: a loss that depends on one vector. */
  ONE_COLUMN,
  /** Normal elements. */
  FULL;

  /**
   * The cotangent.
   *
   * @param rows m ≥ 1
   * @param columns n ≥ 1
   * @param seed of what is random in it
   * @return m×n
   */
  public DenseMatrix of(int rows, int columns, long seed) {
    RandomGenerator random = SymmetricMatrices.random(seed);
    double[] g = new double[DenseMatrix.elementCount(rows, columns)];
    int column = random.nextInt(columns);
    switch (this) {
      case ONE_ELEMENT -> g[random.nextInt(rows) + column * rows] = 1;
      case ONE_COLUMN -> {
        for (int i = 0; i < rows; i++) {
          g[i + column * rows] = random.nextGaussian();
        }
      }
      case FULL -> {
        return SymmetricMatrices.gaussian(rows, columns, seed);
      }
    }
    return DenseMatrix.wrap(rows, columns, g);
  }
}
