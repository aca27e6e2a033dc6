package eigengrad.simd;

/**
 * Householder reduction of a symmetric matrix to tridiagonal form, of any matrix to bidiagonal
 * form, and the way back.
 */
public interface Reduction {
  /**
   * Rows of a strip in {@link #syr2Symv}.
   *
   * @return rows, even and a multiple of {@link KernelSet#lanes()}
   */
  int stripRows();

  /**
   * The symmetric rank-2 update A ← A − pqᵀ − qpᵀ and y ← Ax with the updated A, in one pass over
   * A: two thirds of the memory traffic of an update and a product.
   *
   * <p>A is packed in strips, so that the pass reads memory from end to end in whole vectors. Strip
   * s holds the h = {@link #stripRows()} rows from s·h on, as far as column (s + 1)·h, column after
   * column, and the strips follow each other without gaps: element (i, j) of strip s is at h²·s(s +
   * 1)/2 + (i − s·h) + j·h. Of the squares of {@link KernelSet#lanes()} rows and columns on the
   * diagonal both triangles are stored and updated; what is above them is not read.
   *
   * <p>Some strips can be done at a time, so that A can be shared out: those are updated, and y
   * receives the part of the product that they, and by symmetry their transposes, make up. The
   * parts of all strips add up to the product. Cost: 8 flops per element.
   *
   * @param firstStrip first strip, ≥ firstColumn / h
   * @param endStrip one beyond the last strip, ≥ firstStrip
   * @param firstColumn where A begins: the columns before, and the rows, take no part
   * @param p read; finite in the {@link KernelSet#lanes()} elements before firstColumn, too
   * @param q read; finite there, too
   * @param a updated, the squares on the diagonal symmetric; up to {@link KernelSet#lanes()} rows
   *     before firstColumn may be updated, too, from that column on
   * @param aOffset where the first strip of all starts
   * @param x read
   * @param y overwritten from firstColumn to the end of the last strip; up to {@link
   *     KernelSet#lanes()} elements before may be, too, by the products of those rows
   * @param work overwritten, as long as y times {@link KernelSet#lanes()}
   * @param workOffset where it starts
   */
  void syr2Symv(
      int firstStrip,
      int endStrip,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      int aOffset,
      double[] x,
      double[] y,
      double[] work,
      int workOffset);

  /**
   * q ← αp + βq, then x ← what is below the subdiagonal in column j of A − pqᵀ − qpᵀ, for A packed
   * as in {@link #syr2Symv} and not modified: the end of one step of Householder reduction and the
   * beginning of the next.
   *
   * @param j column, &lt; h·endStrip
   * @param endStrip one beyond the last strip
   * @param alpha α
   * @param p read from row j on; finite in the {@link KernelSet#lanes()} elements before, too
   * @param beta β
   * @param q overwritten from row j on; up to {@link KernelSet#lanes()} elements before, finite,
   *     are arbitrary then
   * @param a read; finite in up to {@link KernelSet#lanes()} rows of that column before row j, too
   * @param aOffset where the first strip of all starts
   * @param x overwritten: rows j and j + 1, and up to {@link KernelSet#lanes()} before, by 0
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
      int aOffset,
      double[] x);

  /**
   * What the columns of A in {@link #gemvt} must be a multiple of.
   *
   * @return columns, ≥ 1
   */
  int gemvtColumns();

  /**
   * z ← Aᵀu, then r ← r − γz, then w ← Ar, in one pass over A: some columns at a time are
   * multiplied by u and, while they are in the nearest cache, by what r has become. Cost: 4 flops
   * per element. Source: G. Howell, J. Demmel, C. Fulton, S. Hammarling and K. Marmol, <i>Cache
   * Efficient Bidiagonalization Using BLAS 2.5 Operators</i>, ACM Trans. Math. Softw. 34 (2008).
   *
   * @param m rows of A, a multiple of {@link KernelSet#lanes()}
   * @param n columns of A, a multiple of {@link #gemvtColumns()}
   * @param a A, read
   * @param aOffset where A starts
   * @param lda leading dimension of A, ≥ m
   * @param u read, m
   * @param uOffset where u starts
   * @param gamma γ
   * @param z overwritten, n
   * @param zOffset where z starts
   * @param r updated, n
   * @param rOffset where r starts
   * @param w overwritten, m
   * @param wOffset where w starts
   */
  void gemvt(
      int m,
      int n,
      double[] a,
      int aOffset,
      int lda,
      double[] u,
      int uOffset,
      double gamma,
      double[] z,
      int zOffset,
      double[] r,
      int rOffset,
      double[] w,
      int wOffset);

  /**
   * How many reflectors at once suit {@link #applyReflectors}.
   *
   * @param rows of the tile
   * @return reflectors, ≥ 1
   */
  int reflectorCount(int rows);

  /**
   * Columns of the tile that suits {@link #applyReflectors} where so many are still to be done.
   *
   * @param count some {@link #reflectorCount}
   * @param wanted columns to be done, ≥ 1
   * @return columns, ≥ 1; the same, and the largest, from some number on
   */
  int reflectorColumns(int count, int wanted);

  /**
   * Z ← (I − VTVᵀ)Z on a tile: some Householder reflectors in compact WY form.
   *
   * @param count of the reflectors, some {@link #reflectorCount}
   * @param rows of Z and V, ≥ 0
   * @param columns of Z, some {@link #reflectorColumns} for that count
   * @param v V, a column per reflector, row after row without gaps
   * @param vOffset where it starts
   * @param t T, upper triangular, column after column
   * @param tOffset where it starts
   * @param z Z, updated, row after row without gaps
   * @param zOffset where it starts
   */
  void applyReflectors(
      int count,
      int rows,
      int columns,
      double[] v,
      int vOffset,
      double[] t,
      int tOffset,
      double[] z,
      int zOffset);
}
