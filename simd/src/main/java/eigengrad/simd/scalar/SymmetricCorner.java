package eigengrad.simd.scalar;

/** The small triangles on the diagonal of a symmetric matrix that is multiplied by a vector. */
public final class SymmetricCorner {
  private SymmetricCorner() {}

  /**
   * y ← αAx + y.
   *
   * @param n order of A
   * @param alpha α
   * @param a A, lower triangle
   * @param diagonal where A starts
   * @param lda leading dimension of A
   * @param x read
   * @param xOffset where x starts
   * @param y updated
   * @param yOffset where y starts
   */
  public static void multiply(
      int n,
      double alpha,
      double[] a,
      int diagonal,
      int lda,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset) {
    for (int j = 0; j < n; j++) {
      double sum = a[diagonal + j * lda + j] * x[xOffset + j];
      for (int i = j + 1; i < n; i++) {
        double element = a[diagonal + j * lda + i];
        y[yOffset + i] += alpha * element * x[xOffset + j];
        sum += element * x[xOffset + i];
      }
      y[yOffset + j] += alpha * sum;
    }
  }
}
