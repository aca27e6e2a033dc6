package eigengrad.simd;

/**
 * The steps of a singular value decomposition of two {@linkplain LaneBlock lane blocks} of small
 * matrices at a time, one matrix per lane; and products with their vectors.
 *
 * <p>What a lane computes depends on its own matrix alone, bit by bit, once zeros have lost their
 * signs: neither on its place nor on its company. The number of lanes of a vector may change it.
 *
 * <p>A lane that cannot be solved is reported and harms no other. In scratch an m×n matrix has
 * columns {@link LaneBlock#columnStride}(m) apart. m ≥ n ≥ 1 throughout.
 */
public interface BatchSvd {
  /** Columns, at most. */
  int LARGEST = 32;

  /**
   * The largest magnitude of each matrix of a lane block.
   *
   * @param size elements of a matrix
   * @param a read
   * @param aOffset where the lane block starts
   * @param largest receives max |aᵢⱼ|; not finite if an element is not
   * @param offset where that of the first matrix goes
   */
  void inspect(int size, double[] a, int aOffset, double[] largest, int offset);

  /**
   * B ← f₁·f₂·op(A) for one lane block and factors of each matrix's own; zero, whatever A holds,
   * where f₁ = 0.
   *
   * @param transpose whether op(A) is Aᵀ
   * @param m rows of op(A) and B
   * @param n columns of op(A) and B
   * @param factors f₁ of each matrix of a pair, then f₂ of each
   * @param a read, m×n, or n×m when transposed
   * @param aOffset where the lane block starts
   * @param b receives one half of the pair, m×n
   * @param half which: 0 or {@link LaneBlock#BLOCK}
   */
  void scaleInto(
      Transpose transpose,
      int m,
      int n,
      double[] factors,
      double[] a,
      int aOffset,
      double[] b,
      int half);

  /**
   * AV = W with orthogonal columns, the longest first, by one-sided Jacobi rotations in rounds of
   * disjoint pairs: |wᵢᵀwⱼ| ≤ √m·2⁻⁵²·‖wᵢ‖‖wⱼ‖, and each column has errors that are small beside
   * its own length. Cost: some 6 sweeps of n²/2 rotations of m + n rows. Source: M. R. Hestenes,
   * <i>Inversion of Matrices by Biorthogonalization</i>, 1958; J. Demmel and K. Veselić,
   * <i>Jacobi's Method is More Accurate than QR</i>, 1992.
   *
   * @param m rows
   * @param n columns, at most {@link #LARGEST}
   * @param lanes matrices of the pair that are wanted: {@link LaneBlock#BLOCK} or {@link
   *     LaneBlock#PAIR}
   * @param vectors whether V is wanted; W is the same bits either way
   * @param maxSweeps after which a matrix is given up
   * @param a A, max |a| near 1; overwritten by W
   * @param v overwritten by V, n×n, if it is wanted
   * @param failed overwritten: 0 where it converged, positive elsewhere, and where a column that is
   *     not zero is shorter than 2⁻²⁰⁰: its square has lost digits
   */
  void orthogonalize(
      int m,
      int n,
      int lanes,
      boolean vectors,
      int maxSweeps,
      double[] a,
      double[] v,
      double[] failed);

  /**
   * Lengths of the columns of W for one lane block, times f₁·f₂.
   *
   * @param m rows
   * @param n columns
   * @param factors f₁ of each matrix of a pair, then f₂ of each
   * @param w W of the pair
   * @param half where the lane block is: 0 or {@link LaneBlock#BLOCK}
   * @param values overwritten, interleaved
   * @param valuesOffset where they start
   */
  void lengths(
      int m, int n, double[] factors, double[] w, int half, double[] values, int valuesOffset);

  /**
   * Singular vectors of one lane block in their final form: the columns of W divided by their
   * lengths, zero where they are, and those of V, both signed so that the first component of
   * largest magnitude of one of them is positive, and no zero negative.
   *
   * @param m rows of W
   * @param n columns
   * @param signsOfV whether it is V whose components are made positive
   * @param w W of the pair
   * @param v V of the pair
   * @param half where the lane block is: 0 or {@link LaneBlock#BLOCK}
   * @param unit overwritten, interleaved, m×n
   * @param unitOffset where they start
   * @param other receives V, interleaved, n×n
   * @param otherOffset where they start
   */
  void arrange(
      int m,
      int n,
      boolean signsOfV,
      double[] w,
      double[] v,
      int half,
      double[] unit,
      int unitOffset,
      double[] other,
      int otherOffset);

  /**
   * C ← A·diag(d)·Bᵀ for a lane block. Cost: 2mnk flops per matrix. Operands must not overlap; any
   * m, n, k ≥ 1.
   *
   * @param m rows of A and C
   * @param n rows of B, columns of C
   * @param k columns of A and B
   * @param a A
   * @param aOffset where it starts
   * @param d k elements per matrix
   * @param dOffset where they start
   * @param b B
   * @param bOffset where it starts
   * @param c overwritten
   * @param cOffset where it starts
   */
  void multiplyDiagonal(
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      double[] d,
      int dOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset);
}
