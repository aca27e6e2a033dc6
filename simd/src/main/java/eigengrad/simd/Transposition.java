package eigengrad.simd;

/** A matrix and its transpose. */
public interface Transposition {
  /**
   * B ← Aᵀ for an m×n matrix A.
   *
   * @param m rows of A, columns of B
   * @param n columns of A, rows of B
   * @param a read
   * @param aOffset where A starts
   * @param lda leading dimension of A, ≥ m
   * @param b overwritten
   * @param bOffset where B starts
   * @param ldb leading dimension of B, ≥ n
   */
  void transpose(int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb);

  /**
   * How far a matrix is from its transpose.
   *
   * @param n order, ≥ 0
   * @param a n×n, contiguous, read; finite
   * @param aOffset where A starts
   * @return max |aᵢⱼ − aⱼᵢ|
   */
  double maxAsymmetry(int n, double[] a, int aOffset);
}
