package eigengrad.simd;

/** A matrix and a vector. */
public interface Level2 {
  /**
   * y ← αAx + βy for an m×n matrix A.
   *
   * @param m rows of A, length of y
   * @param n columns of A, length of x
   * @param alpha α
   * @param a A
   * @param aOffset where A starts
   * @param lda leading dimension of A, ≥ m
   * @param x read
   * @param xOffset where x starts
   * @param beta β
   * @param y updated
   * @param yOffset where y starts
   */
  void gemv(
      int m,
      int n,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset);

  /**
   * y ← αAᵀx + βy for an m×n matrix A.
   *
   * @param m rows of A, length of x
   * @param n columns of A, length of y
   * @param alpha α
   * @param a A
   * @param aOffset where A starts
   * @param lda leading dimension of A, ≥ m
   * @param x read
   * @param xOffset where x starts
   * @param beta β
   * @param y updated
   * @param yOffset where y starts
   */
  void gemvTransposed(
      int m,
      int n,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset);

  /**
   * y ← αAx + βy for a symmetric n×n matrix A given by its lower triangle, each element of which is
   * read once.
   *
   * @param n order of A
   * @param alpha α
   * @param a A
   * @param aOffset where A starts
   * @param lda leading dimension of A, ≥ n
   * @param x read
   * @param xOffset where x starts
   * @param beta β
   * @param y updated
   * @param yOffset where y starts
   */
  void symv(
      int n,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset);

  /**
   * The rank-1 update A ← A + αxyᵀ of an m×n matrix.
   *
   * @param m rows of A, length of x
   * @param n columns of A, length of y
   * @param alpha α
   * @param x read
   * @param xOffset where x starts
   * @param y read; may be the same as x
   * @param yOffset where y starts
   * @param a updated
   * @param aOffset where A starts
   * @param lda leading dimension of A, ≥ m
   */
  void ger(
      int m,
      int n,
      double alpha,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      double[] a,
      int aOffset,
      int lda);
}
