package eigengrad.simd;

import static eigengrad.simd.LaneBlock.PAIR;

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
   * Laguerre's steps for each shift of {@link #implicitQr}: with two rotations for each row of a
   * sweep the second saves more than it costs at every order.
   */
  int SHIFT_STEPS = 2;

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
   * Householder reduction A = UBVᵀ to an upper bidiagonal B with reflectors I − τvvᵀ, and U and V
   * themselves if they are wanted. Cost: 4n²(m − n/3) flops, and as many again for U and V where m
   * = n. Source: G. H. Golub and C. F. Van Loan, <i>Matrix Computations</i>, 4th edition, section
   * 5.4.8.
   *
   * @param m rows
   * @param n columns
   * @param lanes matrices of the pair that are wanted: {@link LaneBlock#BLOCK} or {@link
   *     LaneBlock#PAIR}
   * @param vectors whether U and V are wanted
   * @param a A, max |a| near 1; overwritten by the first n columns of U, or destroyed
   * @param d overwritten by the diagonal of B
   * @param e overwritten by the elements above it, eᵢ beside dᵢ₋₁, e₀ = 0
   * @param v overwritten by V, n×n, or destroyed
   * @param work overwritten, {@link #qrWork} elements
   */
  void bidiagonalize(
      int m,
      int n,
      int lanes,
      boolean vectors,
      double[] a,
      double[] d,
      double[] e,
      double[] v,
      double[] work);

  /**
   * Singular values and vectors of upper bidiagonal matrices by the implicit QR algorithm, in
   * lock-step as {@link BatchSolver#implicitQr}. A block is shifted by Wilkinson's eigenvalue of
   * the last two rows of its BᵀB, brought near one of its own by {@link #SHIFT_STEPS} of Laguerre's
   * method, and not at all where an element of the diagonal is negligible: that one then moves to
   * the end and leaves. Negligible is what is at most an ulp of the largest element, so errors are
   * small beside the largest singular value. Cost: about 5n²(m + n) flops, O(n²) without vectors.
   * Source: Golub and Van Loan, section 8.6.2.
   *
   * @param m rows of U
   * @param n order of B, at most {@link #LARGEST}: beyond, the characteristic polynomials of the
   *     shifts might overflow
   * @param lanes matrices of the pair that are wanted: {@link LaneBlock#BLOCK} or {@link
   *     LaneBlock#PAIR}
   * @param maxSweeps after which a matrix is given up
   * @param vectors whether U and V are wanted; the values are the same bits either way
   * @param d diagonal; overwritten by the singular values, in no particular order
   * @param e n + 1 elements per matrix, eᵢ beside dᵢ₋₁, e₀ = 0; destroyed
   * @param u U; overwritten by the left singular vectors of UBVᵀ, if they are wanted
   * @param v V; overwritten by the right ones, if they are wanted
   * @param work overwritten, {@link #qrWork} elements
   * @param failed overwritten: 0 where it converged, positive elsewhere
   */
  void implicitQr(
      int m,
      int n,
      int lanes,
      int maxSweeps,
      boolean vectors,
      double[] d,
      double[] e,
      double[] u,
      double[] v,
      double[] work,
      double[] failed);

  /**
   * The scratch memory of {@link #bidiagonalize}, {@link #implicitQr} and {@link #order}.
   *
   * @param m rows
   * @param n columns
   * @return elements
   */
  static int qrWork(int m, int n) {
    return Math.max(m + n, 4 * n * BatchSolver.SWEEPS + 5) * PAIR;
  }

  /**
   * Singular values and vectors of one lane block in their final form: the values times f₁·f₂,
   * descending (equal ones as they come), the vectors signed as {@link #arrange} does.
   *
   * @param m rows of U
   * @param n columns
   * @param signsOfV whether it is V whose components are made positive
   * @param factors f₁ of each matrix of a pair, then f₂ of each
   * @param d singular values of the pair; destroyed
   * @param u left vectors of the pair; destroyed
   * @param v right vectors of the pair; destroyed
   * @param half where the lane block is: 0 or {@link LaneBlock#BLOCK}
   * @param values overwritten, interleaved
   * @param valuesOffset where they start
   * @param left overwritten, interleaved, m×n
   * @param leftOffset where they start
   * @param right overwritten, interleaved, n×n
   * @param rightOffset where they start
   * @param work overwritten, n elements for each matrix of the pair
   */
  void order(
      int m,
      int n,
      boolean signsOfV,
      double[] factors,
      double[] d,
      double[] u,
      double[] v,
      int half,
      double[] values,
      int valuesOffset,
      double[] left,
      int leftOffset,
      double[] right,
      int rightOffset,
      double[] work);

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

  /**
   * C ← A·diag(d)·Aᵀ for a lane block, exactly symmetric. Cost: n²k flops per matrix and a little
   * more. Operands must not overlap; any n, k ≥ 1.
   *
   * @param n rows of A, order of C
   * @param k columns of A
   * @param a A
   * @param aOffset where it starts
   * @param d k elements per matrix
   * @param dOffset where they start
   * @param c overwritten
   * @param cOffset where it starts
   */
  void multiplyDiagonalSymmetric(
      int n, int k, double[] a, int aOffset, double[] d, int dOffset, double[] c, int cOffset);
}
