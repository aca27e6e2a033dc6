package eigengrad.linalg.internal.eigen.tridiagonal;

import eigengrad.linalg.internal.householder.BackTransform;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lazy;

/** The tridiagonal form T = QᵀAQ of symmetric matrices, and the way back from its vectors. */
public final class TridiagonalForm {
  private final Lazy<SmallTridiagonalizer> small = new Lazy<>(SmallTridiagonalizer::new);
  private final Lazy<Tridiagonalizer> large = new Lazy<>(Tridiagonalizer::new);
  private final Lazy<BackTransform> backTransform =
      new Lazy<>(() -> BackTransform.inPanels(large.get().reflectors()));

  /** To be used for any number of matrices, one after the other. */
  public TridiagonalForm() {}

  /**
   * Reduces a matrix. What the last one left is overwritten.
   *
   * @param n order
   * @param a n×n, lower triangle read; not modified
   * @param exponent the matrix is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param crew does the work
   * @return T, overwritten by the next reduction
   */
  public TridiagonalMatrix reduce(int n, double[] a, int exponent, Crew crew) {
    if (isSmall(n)) {
      small.get().reduce(n, a, exponent);
      return small.get().tridiagonal();
    }
    large.get().reduce(n, a, exponent, crew);
    return large.get().tridiagonal();
  }

  /**
   * Z ← QZ, Q of the last matrix reduced.
   *
   * @param n its order
   * @param k columns of Z
   * @param z n×k, overwritten
   * @param crew does the work
   */
  public void transformBack(int n, int k, double[] z, Crew crew) {
    if (isSmall(n)) {
      small.get().transformBack(k, z);
    } else {
      backTransform.get().apply(z, n, k, crew);
    }
  }

  private static boolean isSmall(int n) {
    return n <= SmallTridiagonalizer.LARGEST;
  }
}
