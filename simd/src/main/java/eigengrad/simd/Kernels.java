package eigengrad.simd;

/**
 * The operations that everything above this module is written in, as a scalar and a SIMD set.
 *
 * <p>{@link ScalarKernels} is the specification. Every sum of n products, in either set, lies
 * within (n + 4)·u·Σ|aᵢbᵢ| of the exact one, u = 2⁻⁵³. Both are deterministic: equal arguments give
 * equal bits, before and after the JIT compiler has seen them.
 *
 * <p>Layout, aliasing and the meaning of β = 0 are fixed in the package description.
 */
public sealed interface Kernels permits ScalarKernels, VectorKernels {

  /**
   * The set this JVM runs on, chosen once.
   *
   * <p>SIMD when the module {@code jdk.incubator.vector} is present, scalar otherwise with one
   * warning that names the missing flag; scalar with a warning, too, on a processor without a fused
   * multiply-add. The system property {@code eigengrad.simd} overrides the choice: {@code auto},
   * {@code scalar}, {@code 128}, {@code 256} or {@code 512}; a width beyond the processor's is
   * reduced to the processor's, with a warning.
   *
   * @return the active set, always the same
   * @throws IllegalStateException if the property holds anything else, or asks for lanes while the
   *     module is absent
   */
  static Kernels active() {
    return KernelSelection.active();
  }

  /**
   * The scalar set, whichever is active.
   *
   * @return plain loops, the specification of every kernel
   */
  static Kernels scalar() {
    return ScalarKernels.INSTANCE;
  }

  /**
   * A name for reports.
   *
   * @return {@code scalar} or {@code vector-} and the width in bits
   */
  String name();

  /**
   * The solvers of groups of small matrices, one a lane.
   *
   * @return those of this set
   */
  BatchKernels batch();

  /**
   * Products of groups of small matrices, one a lane.
   *
   * @return those of this set
   */
  BatchProducts batchProducts();

  /**
   * How many doubles one vector holds.
   *
   * @return 1, 2, 4 or 8
   */
  int lanes();

  /**
   * The dot product Σ xᵢyᵢ.
   *
   * @param n length, ≥ 0
   * @param x first vector; may be the same as y
   * @param xOffset where x starts
   * @param y second vector
   * @param yOffset where y starts
   * @return the sum; 0 when n = 0
   */
  double dot(int n, double[] x, int xOffset, double[] y, int yOffset);

  /**
   * y ← αx + y.
   *
   * @param n length, ≥ 0
   * @param alpha α
   * @param x read
   * @param xOffset where x starts
   * @param y updated
   * @param yOffset where y starts
   */
  void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset);

  /**
   * x ← αx.
   *
   * @param n length, ≥ 0
   * @param alpha α
   * @param x updated
   * @param xOffset where x starts
   */
  void scale(int n, double alpha, double[] x, int xOffset);

  /**
   * The largest magnitude max |xᵢ|; a NaN anywhere makes the result NaN.
   *
   * @param n length, ≥ 0
   * @param x read
   * @param xOffset where x starts
   * @return the maximum; 0 when n = 0
   */
  double maxAbs(int n, double[] x, int xOffset);

  /**
   * The first element of largest magnitude, with its sign.
   *
   * @param n length, ≥ 1
   * @param x read; without NaN
   * @param xOffset where x starts
   * @return xᵢ for the least i with |xᵢ| = max |x|
   */
  double elementOfMaxAbs(int n, double[] x, int xOffset);

  /**
   * How far a matrix is from its transpose.
   *
   * @param n order, ≥ 0
   * @param a n×n, contiguous, read; finite
   * @param aOffset where A starts
   * @return max |aᵢⱼ − aⱼᵢ|
   */
  double maxAsymmetry(int n, double[] a, int aOffset);

  /**
   * The Euclidean norm ‖x‖₂ without avoidable overflow or underflow.
   *
   * @param n length, ≥ 0
   * @param x read
   * @param xOffset where x starts
   * @return the norm; NaN if a component is NaN, else ∞ if one is infinite
   */
  default double norm(int n, double[] x, int xOffset) {
    double square = dot(n, x, xOffset, x, xOffset);
    return square >= Norms.SMALLEST_SAFE_SQUARE && square <= Norms.LARGEST_SAFE_SQUARE
        ? Math.sqrt(square)
        : Norms.scaled(n, x, xOffset);
  }

  /**
   * The plane rotation (xᵢ, yᵢ) ← (c·xᵢ + s·yᵢ, c·yᵢ − s·xᵢ).
   *
   * @param n length, ≥ 0
   * @param x updated
   * @param xOffset where x starts
   * @param y updated
   * @param yOffset where y starts
   * @param c cosine
   * @param s sine
   */
  void rotate(int n, double[] x, int xOffset, double[] y, int yOffset, double c, double s);

  /**
   * A chain of plane rotations of neighbouring columns: for k = 0 … count − 1, columns k and k + 1
   * of an m×(count + 1) matrix become (c·x + s·y, c·y − s·x), x and y being what they then are.
   *
   * @param m rows
   * @param count rotations, ≥ 0
   * @param a the matrix, updated
   * @param aOffset where column 0 starts
   * @param columnStride from a column to the next, of any sign
   * @param c cosines, count of them
   * @param s sines, count of them
   */
  void rotateChain(
      int m, int count, double[] a, int aOffset, int columnStride, double[] c, double[] s);

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

  /**
   * The symmetric rank-2 update A ← A + α(xyᵀ + yxᵀ), lower triangle only.
   *
   * @param n order of A
   * @param alpha α
   * @param x read
   * @param xOffset where x starts
   * @param y read
   * @param yOffset where y starts
   * @param a updated
   * @param aOffset where A starts
   * @param lda leading dimension of A, ≥ n
   */
  void syr2(
      int n,
      double alpha,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      double[] a,
      int aOffset,
      int lda);

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
   * Rows of a strip in {@link #syr2Symv}.
   *
   * @return rows, even and a multiple of {@link #lanes()}
   */
  int stripRows();

  /**
   * The symmetric rank-2 update A ← A − pqᵀ − qpᵀ and y ← Ax with the updated A, in one pass over
   * A: {@link #syr2} and {@link #symv} for two thirds of their memory traffic.
   *
   * <p>A is packed in strips, so that the pass reads memory from end to end in whole vectors. Strip
   * s holds the h = {@link #stripRows()} rows from s·h on, as far as column (s + 1)·h, column after
   * column, and the strips follow each other without gaps: element (i, j) of strip s is at h²·s(s +
   * 1)/2 + (i − s·h) + j·h. Of the squares of {@link #lanes()} rows and columns on the diagonal
   * both triangles are stored and updated; what is above them is not read.
   *
   * <p>Some strips can be done at a time, so that A can be shared out: those are updated, and y
   * receives the part of the product that they, and by symmetry their transposes, make up. The
   * parts of all strips add up to the product. Cost: 8 flops an element.
   *
   * @param firstStrip first strip, ≥ firstColumn / h
   * @param endStrip one beyond the last strip, ≥ firstStrip
   * @param firstColumn where A begins: the columns before, and the rows, take no part
   * @param p read; finite in the {@link #lanes()} elements before firstColumn, too
   * @param q read; finite there, too
   * @param a updated, the squares on the diagonal symmetric; up to {@link #lanes()} rows before
   *     firstColumn may be updated, too, from that column on
   * @param x read
   * @param y overwritten from firstColumn to the end of the last strip; up to {@link #lanes()}
   *     elements before may be, too, by the products of those rows
   * @param work overwritten, as long as y times {@link #lanes()}
   */
  void syr2Symv(
      int firstStrip,
      int endStrip,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      double[] x,
      double[] y,
      double[] work);

  /**
   * q ← αp + βq, then x ← what is below the subdiagonal in column j of A − pqᵀ − qpᵀ, for A packed
   * as in {@link #syr2Symv} and not modified: the end of one step of Householder reduction and the
   * beginning of the next.
   *
   * @param j column, &lt; h·endStrip
   * @param endStrip one beyond the last strip
   * @param alpha α
   * @param p read from row j on; finite in the {@link #lanes()} elements before, too
   * @param beta β
   * @param q overwritten from row j on; up to {@link #lanes()} elements before, finite, are
   *     arbitrary then
   * @param a read; finite in up to {@link #lanes()} rows of that column before row j, too
   * @param x overwritten: rows j and j + 1, and up to {@link #lanes()} before, by 0
   * @return Σ xᵢ²
   */
  double updatedColumn(
      int j,
      int endStrip,
      double alpha,
      double[] p,
      double beta,
      double[] q,
      double[] a,
      double[] x);

  /**
   * The sums over poles in an evaluation of the secular equation: with tᵢ = wᵢ/(gᵢ − τ), Σ tᵢ, Σ
   * tᵢ/(gᵢ − τ) and Σ i·tᵢ.
   *
   * @param n poles, ≥ 0
   * @param weights wᵢ
   * @param weightOffset where they start
   * @param gaps gᵢ, distances of the poles from a common origin
   * @param gapOffset where they start
   * @param tau τ, different from every gᵢ
   * @param sums receives the three sums, which are 0 when n = 0
   */
  void secularSums(
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums);

  /**
   * Sturm counts and Laguerre steps of a symmetric tridiagonal matrix T at many shifts: one lane a
   * shift.
   *
   * <p>For each shift x, how many eigenvalues lie below it, and the points to which Laguerre's
   * method steps from x: the left one lies between x and the nearest eigenvalue below, the right
   * one between x and the nearest above, up to rounding. The count is exact for a matrix within a
   * few rounding errors of T in each element. Where a derivative vanishes a step may be infinite or
   * NaN. Source: T. Y. Li and Z. Zeng, <i>The Laguerre Iteration in Solving the Symmetric
   * Tridiagonal Eigenproblem, Revisited</i>, SIAM J. Sci. Comput. 15 (1994), section 2.
   *
   * <p>Elements of T and shifts are at most 2 in magnitude, off-diagonal elements at least 2⁻⁶⁰.
   *
   * @param n order of T, ≥ 1
   * @param d diagonal
   * @param dOffset where it starts
   * @param negatedSquares −eᵢ² of the n − 1 off-diagonal elements
   * @param squaresOffset where they start
   * @param first index of the first shift
   * @param count shifts
   * @param x the shifts; like all that follow, long enough for whole vectors of {@link #lanes()}
   *     from index first on
   * @param below overwritten by the counts
   * @param near overwritten by the signed step in the direction of Newton's
   * @param far overwritten by the signed step in the other direction
   * @param work overwritten
   */
  void laguerreSteps(
      int n,
      double[] d,
      int dOffset,
      double[] negatedSquares,
      int squaresOffset,
      int first,
      int count,
      double[] x,
      long[] below,
      double[] near,
      double[] far,
      double[] work);

  /**
   * Unit eigenvectors of a symmetric tridiagonal matrix T for given eigenvalues, by twisted
   * factorisation of T − x: one lane an eigenvalue.
   *
   * <p>The twist is put where its pivot γ is smallest; then (T − x)z = γe, and the vector's
   * residual is |γ|/‖z‖ while x + γ/‖z‖² is the Rayleigh quotient. Cost: 2n divisions and about 20n
   * flops a vector. Source: I. S. Dhillon and B. N. Parlett, <i>Multiple Representations to Compute
   * Orthogonal Eigenvectors of Symmetric Tridiagonal Matrices</i>, Linear Algebra Appl. 387 (2004),
   * section 3.
   *
   * @param n order of T, ≥ 1
   * @param d diagonal
   * @param dOffset where it starts
   * @param e n − 1 off-diagonal elements
   * @param eOffset where they start
   * @param first index of the first eigenvalue
   * @param count eigenvalues
   * @param x the eigenvalues; it and the next two are long enough for whole vectors of {@link
   *     #lanes()} from index first on
   * @param corrections overwritten by γ/‖z‖²
   * @param residuals overwritten by |γ|/‖z‖
   * @param z overwritten, n × count, row after row: element j of each row belongs to the unit
   *     vector for x[first + j]; rows are written in whole vectors, with arbitrary elements from
   *     count on
   * @param zOffset where it starts
   * @param ldz from one row to the next, ≥ count in whole vectors
   * @param work 6n·{@link #lanes()} elements, overwritten
   */
  void twistedVectors(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int first,
      int count,
      double[] x,
      double[] corrections,
      double[] residuals,
      double[] z,
      int zOffset,
      int ldz,
      double[] work);

  /**
   * Columns of the tile that suits {@link #applyReflectors} where so many are still to be done.
   *
   * @param wanted columns to be done, ≥ 1
   * @return columns, ≥ 1; the same, and the largest, from some number on
   */
  int reflectorColumns(int wanted);

  /**
   * Z ← (I − VTVᵀ)Z on a tile: four Householder reflectors in compact WY form.
   *
   * @param rows of Z and V, ≥ 0
   * @param columns of Z, some {@link #reflectorColumns}
   * @param v V, four columns, row after row without gaps
   * @param vOffset where it starts
   * @param t T, 4×4 upper triangular, column after column
   * @param tOffset where it starts
   * @param z Z, updated, row after row without gaps
   * @param zOffset where it starts
   */
  void applyReflectors(
      int rows,
      int columns,
      double[] v,
      int vOffset,
      double[] t,
      int tOffset,
      double[] z,
      int zOffset);

  /**
   * Rows of the block of C that {@link #gemmTile} updates.
   *
   * @return rows, ≥ 1
   */
  int tileRows();

  /**
   * Columns of the block of C that {@link #gemmTile} updates.
   *
   * @return columns, ≥ 1
   */
  int tileColumns();

  /**
   * C ← C + αAB for one full tile of C and packed operands; {@link Gemm} does the packing.
   *
   * @param depth columns of A and rows of B
   * @param alpha α
   * @param packedA {@link #tileRows()} rows, column after column without gaps
   * @param aOffset where A starts
   * @param packedB {@link #tileColumns()} columns, row after row without gaps
   * @param bOffset where B starts
   * @param c updated
   * @param cOffset where the tile of C starts
   * @param ldc leading dimension of C
   */
  void gemmTile(
      int depth,
      double alpha,
      double[] packedA,
      int aOffset,
      double[] packedB,
      int bOffset,
      double[] c,
      int cOffset,
      int ldc);

  /**
   * What the columns of C in {@link #gemmUnpacked} must be a multiple of.
   *
   * @return columns, ≥ 1
   */
  int unpackedColumns();

  /**
   * C ← αA·B + βC on operands where they lie, B by strides so that it may be transposed; {@link
   * Gemm} sees to sizes that are not such multiples.
   *
   * @param m rows of A and C, a multiple of {@link #lanes()}
   * @param n columns of B and C, a multiple of {@link #unpackedColumns()}
   * @param k columns of A and rows of B, ≥ 1
   * @param alpha α
   * @param a A
   * @param aOffset where A starts
   * @param lda leading dimension of A, ≥ m
   * @param b B; may be the same as A
   * @param bOffset where B starts
   * @param bRowStride from an element of B to the one below
   * @param bColumnStride from an element of B to the one beside
   * @param beta β; with 0, C is overwritten
   * @param c updated; overlaps neither A nor B
   * @param cOffset where C starts
   * @param ldc leading dimension of C, ≥ m
   */
  void gemmUnpacked(
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int bRowStride,
      int bColumnStride,
      double beta,
      double[] c,
      int cOffset,
      int ldc);
}
