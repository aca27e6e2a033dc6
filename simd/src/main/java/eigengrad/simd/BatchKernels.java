package eigengrad.simd;

/**
 * The steps of a symmetric eigensolver for groups of eight small matrices, one a lane.
 *
 * <p>A group of n×n matrices is interleaved: element (i, j) of matrix b of the group lies at {@code
 * a[aOffset + (j * n + i) * GROUP + b]}, component i of vector b at {@code x[i * GROUP + b]}. What a
 * lane computes depends on its own matrix alone, bit by bit (a lane of zeros is never negative
 * where another might be): neither on its place nor on its company. The number of lanes of a vector
 * may change it.
 *
 * <p>A lane that cannot be solved is reported and harms no other. n ≥ 1 throughout.
 */
public sealed interface BatchKernels permits ScalarBatchKernels, VectorBatchKernels {
  /** Matrices in a group: the lanes of the widest vectors. */
  int GROUP = 8;

  /** u = 2⁻⁵³, squared. */
  double SQUARED_ROUNDOFF = 0x1p-106;

  /** Off-diagonal elements below are negligible whatever is beside them: max |a| is near 1. */
  double FLOOR = 0x1p-300;

  /** Below this a sum of two squares may have lost digits to underflow: 2⁻¹⁰²² ÷ u². */
  double SMALLEST_SAFE_SQUARE = 0x1p-916;

  /** A column whose square is below is negligible beside elements near 1. */
  double NEGLIGIBLE_SQUARE = 0x1p-900;

  /**
   * The largest magnitude and the largest asymmetry of each matrix.
   *
   * @param n order
   * @param lowerOnly whether the strict upper triangle is left unread; no asymmetry then
   * @param a read
   * @param aOffset where it starts
   * @param largest overwritten by max |aᵢⱼ|, NaN if an element is NaN
   * @param asymmetry overwritten by max |aᵢⱼ − aⱼᵢ|; arbitrary where largest is not finite
   */
  void inspect(
      int n, boolean lowerOnly, double[] a, int aOffset, double[] largest, double[] asymmetry);

  /**
   * B ← f₁·f₂·A for factors of each matrix's own; zero, whatever A holds, where f₁ = 0.
   *
   * @param n order
   * @param factors f₁ of each matrix, then f₂ of each
   * @param a read
   * @param aOffset where it starts
   * @param b overwritten
   * @param bOffset where it starts
   */
  void scaleInto(int n, double[] factors, double[] a, int aOffset, double[] b, int bOffset);

  /**
   * Eigenpairs by cyclic Jacobi rotations, in rounds of disjoint pairs. Cost: about 4 sweeps of n²/2
   * rotations. Source: G. H. Golub and C. F. Van Loan, <i>Matrix Computations</i>, 4th edition,
   * section 8.5.
   *
   * @param n order, at most {@link JacobiOrder#LARGEST}
   * @param maxSweeps after which a matrix is given up
   * @param a A, max |a| near 1; lower triangle read and destroyed
   * @param aOffset where it starts
   * @param d overwritten by the eigenvalues, in no particular order
   * @param v overwritten by the eigenvectors
   * @param failed overwritten: 0 where it converged, else 1
   */
  void jacobi(
      int n, int maxSweeps, double[] a, int aOffset, double[] d, double[] v, double[] failed);

  /**
   * Householder reduction A = QTQᵀ with reflectors I − uuᵀ, ‖u‖² = 2, and Q itself. Cost: (8/3)n³
   * flops. Source: Golub and Van Loan, section 8.3.
   *
   * @param n order
   * @param a A, max |a| near 1; lower triangle read and destroyed
   * @param aOffset where it starts
   * @param d overwritten by the diagonal of T
   * @param e overwritten by the off-diagonal, n − 1 of n elements
   * @param q overwritten by Q
   * @param work overwritten, n elements for each matrix
   */
  void tridiagonalize(
      int n, double[] a, int aOffset, double[] d, double[] e, double[] q, double[] work);

  /**
   * Eigenpairs of tridiagonal matrices by the implicit QL algorithm with Wilkinson shifts: all
   * lanes sweep together, each its own unreduced block, which the others pass by. Cost: about 3n³
   * flops. Source: B. N. Parlett, <i>The Symmetric Eigenvalue Problem</i>, sections 8.9–8.13.
   *
   * @param n order
   * @param maxSweeps after which a matrix is given up
   * @param d diagonal; overwritten by the eigenvalues, in no particular order
   * @param e off-diagonal, n − 1 of n elements; destroyed
   * @param q Q; overwritten by the eigenvectors of QTQᵀ
   * @param work overwritten, 2n + 4 elements for each matrix
   * @param failed overwritten: 0 where it converged, else 1
   */
  void implicitQl(
      int n, int maxSweeps, double[] d, double[] e, double[] q, double[] work, double[] failed);

  /**
   * Eigenpairs in their final form: ascending (equal ones as they come), the values times f₁·f₂,
   * of each vector the first component of largest magnitude positive, and no zero negative.
   *
   * @param n order
   * @param factors f₁ of each matrix, then f₂ of each
   * @param d eigenvalues; destroyed
   * @param v eigenvectors; destroyed
   * @param values overwritten
   * @param valuesOffset where they start
   * @param vectors overwritten; not v
   * @param vectorsOffset where they start
   * @param work overwritten, n elements for each matrix
   */
  void arrange(
      int n,
      double[] factors,
      double[] d,
      double[] v,
      double[] values,
      int valuesOffset,
      double[] vectors,
      int vectorsOffset,
      double[] work);
}
