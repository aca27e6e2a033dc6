package eigengrad.simd;

import static eigengrad.simd.LaneBlock.PAIR;

/**
 * The steps of a symmetric eigensolver for two {@linkplain LaneBlock lane blocks} of small matrices
 * at a time: one matrix per lane.
 *
 * <p>What a lane computes depends on its own matrix alone, bit by bit, once zeros have lost their
 * signs: neither on its place nor on its company. The number of lanes of a vector may change it.
 *
 * <p>A lane that cannot be solved is reported and harms no other. n ≥ 1 throughout.
 */
public interface BatchSolver {
  /** QR sweeps whose rotations are collected before they turn the eigenvectors; even. */
  int SWEEPS = 4;

  /** Orders up to here can be solved by Jacobi's method. */
  int LARGEST_JACOBI = 10;

  /**
   * Orders up to here can be solved by implicit QR: beyond, the characteristic polynomials of the
   * shifts might overflow.
   */
  int LARGEST_QR = 40;

  /**
   * The largest magnitude and the largest asymmetry of each matrix of a lane block.
   *
   * @param n order
   * @param lowerOnly whether the strict upper triangle is left unread; no asymmetry then
   * @param a read
   * @param aOffset where the lane block starts
   * @param largest receives max |aᵢⱼ|; not finite if an element is not
   * @param asymmetry receives max |aᵢⱼ − aⱼᵢ|; arbitrary where largest is not finite
   * @param offset where the elements of both for the first matrix lie
   */
  void inspect(
      int n,
      boolean lowerOnly,
      double[] a,
      int aOffset,
      double[] largest,
      double[] asymmetry,
      int offset);

  /**
   * B ← f₁·f₂·A for one lane block and factors of each matrix's own; zero, whatever A holds, where
   * f₁ = 0. Lower triangles alone: the solvers read no more.
   *
   * @param n order
   * @param factors f₁ of each matrix of a pair, then f₂ of each
   * @param a read
   * @param aOffset where the lane block starts
   * @param b receives one half of the pair
   * @param half which: 0 or {@link LaneBlock#BLOCK}
   */
  void scaleInto(int n, double[] factors, double[] a, int aOffset, double[] b, int half);

  /**
   * Eigenpairs by cyclic Jacobi rotations, in rounds of disjoint pairs. Cost: about 4 sweeps of
   * n²/2 rotations. Source: G. H. Golub and C. F. Van Loan, <i>Matrix Computations</i>, 4th
   * edition, section 8.5.
   *
   * @param n order, at most {@link #LARGEST_JACOBI}
   * @param lanes matrices of the pair that are wanted: {@link LaneBlock#BLOCK} or {@link
   *     LaneBlock#PAIR}
   * @param maxSweeps after which a matrix is given up
   * @param a A, max |a| near 1; lower triangle read and destroyed
   * @param d overwritten by the eigenvalues, in no particular order
   * @param v overwritten by the eigenvectors
   * @param failed overwritten: 0 where it converged, positive elsewhere
   */
  void jacobi(int n, int lanes, int maxSweeps, double[] a, double[] d, double[] v, double[] failed);

  /**
   * Householder reduction A = QTQᵀ with reflectors I − τvvᵀ, and Q itself. Cost: (8/3)n³ flops.
   * Source: Golub and Van Loan, section 8.3.
   *
   * @param n order
   * @param lanes matrices of the pair that are wanted: {@link LaneBlock#BLOCK} or {@link
   *     LaneBlock#PAIR}
   * @param a A, max |a| near 1, lower triangle read; overwritten by Q
   * @param d overwritten by the diagonal of T
   * @param e overwritten by the off-diagonal, eᵢ beside dᵢ₋₁ and dᵢ, e₀ = 0
   * @param work overwritten, n elements for each matrix
   */
  void tridiagonalize(int n, int lanes, double[] a, double[] d, double[] e, double[] work);

  /**
   * Eigenpairs of tridiagonal matrices by the implicit QR algorithm: all lanes sweep together, each
   * its own highest unreduced block, which the others pass by. A block is shifted by Wilkinson's
   * eigenvalue of its last two rows, which {@link #shiftSteps} of Laguerre's method bring near one
   * of its own, so that an eigenvalue takes one and a half sweeps instead of two and a half. Cost:
   * about 5n³ flops. Sources: B. N. Parlett, <i>The Symmetric Eigenvalue Problem</i>, sections
   * 8.9–8.13; T. Y. Li and Z. Zeng, <i>The Laguerre Iteration in Solving the Symmetric Tridiagonal
   * Eigenproblem, Revisited</i>, 1994.
   *
   * @param n order, at most {@link #LARGEST_QR}
   * @param lanes matrices of the pair that are wanted: {@link LaneBlock#BLOCK} or {@link
   *     LaneBlock#PAIR}
   * @param maxSweeps after which a matrix is given up
   * @param d diagonal; overwritten by the eigenvalues, in no particular order
   * @param e off-diagonal, eᵢ beside dᵢ₋₁ and dᵢ, e₀ = 0; destroyed
   * @param q Q; overwritten by the eigenvectors of QTQᵀ
   * @param work overwritten, {@link #qrWork} elements
   * @param failed overwritten: 0 where it converged, positive elsewhere
   */
  void implicitQr(
      int n,
      int lanes,
      int maxSweeps,
      double[] d,
      double[] e,
      double[] q,
      double[] work,
      double[] failed);

  /**
   * Laguerre's steps for each shift of {@link #implicitQr}: from order 16 on the second costs less
   * than the sweeps that it saves.
   *
   * @param n order
   * @return one or two
   */
  static int shiftSteps(int n) {
    return n < 16 ? 1 : 2;
  }

  /**
   * The scratch memory of {@link #implicitQr}.
   *
   * @param n order
   * @return elements
   */
  static int qrWork(int n) {
    return (2 * n * SWEEPS + 4) * PAIR;
  }

  /**
   * Eigenpairs of one lane block in their final form: the values times f₁·f₂, ascending (equal ones
   * as they come), of each vector the first component of largest magnitude positive, and no zero
   * negative.
   *
   * @param n order
   * @param factors f₁ of each matrix of the pair, then f₂ of each
   * @param d eigenvalues of the pair; destroyed
   * @param v eigenvectors of the pair; destroyed
   * @param half where the lane block is: 0 or {@link LaneBlock#BLOCK}
   * @param values overwritten, interleaved
   * @param valuesOffset where they start
   * @param vectors overwritten, interleaved
   * @param vectorsOffset where they start
   * @param work overwritten, n elements for each matrix of the pair
   */
  void arrange(
      int n,
      double[] factors,
      double[] d,
      double[] v,
      int half,
      double[] values,
      int valuesOffset,
      double[] vectors,
      int vectorsOffset,
      double[] work);
}
