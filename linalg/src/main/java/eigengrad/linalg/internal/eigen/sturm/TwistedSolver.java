package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Eigenpairs of a symmetric tridiagonal matrix whose wanted eigenvalues are separated.
 *
 * <p>Eigenvalues by {@link EigenvalueSearch}; each vector by its own twisted factorisation, with a
 * residual near rounding; then {@link BandCholeskyQr} makes up for what neighbouring vectors lack
 * in orthogonality.
 *
 * <p>Cost for k pairs: about 100nk flops, 2nk divisions, and about 128nk flops of matrix products.
 */
public final class TwistedSolver {
  /** Fewer vectors are not worth a panel whose factors exceed the cache. */
  private static final int FEW = 64;

  private static final int SMALL_ORDER = 1 << 14;

  private final ChunkBody making = this::make;
  private final EigenvalueSearch search = new EigenvalueSearch();
  private final BandCholeskyQr orthogonal = new BandCholeskyQr();
  private final TwistedPanels panels = new TwistedPanels();

  /** The vectors before they are orthogonal, in {@link BandCholeskyQr#PANEL panels}. */
  private double[] z = Buffers.NONE;

  private int n;
  private int k;
  private double[] d = Buffers.NONE;
  private int dOffset;
  private double[] e = Buffers.NONE;
  private int eOffset;

  /** A solver that grows its arrays as needed. */
  public TwistedSolver() {}

  /**
   * Whether so many vectors are worth the memory, and it fits arrays: the size of at least 16
   * vectors, and of 64 per worker.
   *
   * @param order of the matrix
   * @param count of the vectors
   * @return whether it suits them
   */
  public static boolean suits(int order, int count) {
    int padded = BandCholeskyQr.panels(count) * BandCholeskyQr.PANEL;
    return (order <= SMALL_ORDER || count >= FEW)
        && (long) order * padded <= Integer.MAX_VALUE
        && 6L * order * Kernels.lanes() <= Integer.MAX_VALUE;
  }

  /**
   * Values and vectors of the eigenpairs first … end − 1, counted from the smallest eigenvalue.
   *
   * @param order of T, ≥ 1
   * @param diagonal elements at most 2 in magnitude
   * @param diagonalOffset where it starts
   * @param offDiagonal n − 1 elements, at most 2 in magnitude
   * @param offDiagonalOffset where it starts
   * @param first index of the first pair
   * @param end one beyond the last
   * @param vectors its column j is overwritten by the unit eigenvector first + j
   * @param offset where the vectors start
   * @param ld their leading dimension
   * @param crew does the work
   * @return whether it succeeded; if not, eigenvalues are clustered, and the vectors are 0
   */
  public boolean solve(
      int order,
      double[] diagonal,
      int diagonalOffset,
      double[] offDiagonal,
      int offDiagonalOffset,
      int first,
      int end,
      double[] vectors,
      int offset,
      int ld,
      Crew crew) {
    return findValues(
            order, diagonal, diagonalOffset, offDiagonal, offDiagonalOffset, first, end, crew)
        && findVectors(vectors, offset, ld, crew);
  }

  /**
   * The first half of {@link #solve}: values alone.
   *
   * @param order of T, ≥ 1
   * @param diagonal elements at most 2 in magnitude
   * @param diagonalOffset where it starts
   * @param offDiagonal n − 1 elements, at most 2 in magnitude
   * @param offDiagonalOffset where it starts
   * @param first index of the first wanted eigenvalue
   * @param end one beyond the last
   * @param crew does the work
   * @return whether they are separated; then {@link #values} has them, ascending
   */
  public boolean findValues(
      int order,
      double[] diagonal,
      int diagonalOffset,
      double[] offDiagonal,
      int offDiagonalOffset,
      int first,
      int end,
      Crew crew) {
    take(order, diagonal, diagonalOffset, offDiagonal, offDiagonalOffset, end - first, crew);
    return search.findSeparated(n, d, dOffset, e, eOffset, first, end, crew, panels.values());
  }

  /**
   * The second half of {@link #solve}: vectors for the values found; the matrix is as it was.
   *
   * @param vectors its column j is overwritten by the unit eigenvector first + j
   * @param offset where the vectors start
   * @param ld their leading dimension
   * @param crew does the work
   * @return whether it succeeded; if not, the vectors are 0
   */
  public boolean findVectors(double[] vectors, int offset, int ld, Crew crew) {
    return findVectors(search.norm(), vectors, offset, ld, crew);
  }

  /**
   * Vectors for eigenvalues that were found before.
   *
   * @param order of T, ≥ 1
   * @param diagonal elements at most 2 in magnitude
   * @param diagonalOffset where it starts
   * @param offDiagonal n − 1 elements, at most 2 in magnitude
   * @param offDiagonalOffset where they start
   * @param count how many eigenvalues
   * @param found ascending, as exact as rounding allows; not modified
   * @param norm a bound of ‖T‖₂, at most a few times as large
   * @param vectors its column j is overwritten by the unit eigenvector for eigenvalue j
   * @param offset where the vectors start
   * @param ld their leading dimension
   * @param crew does the work
   * @return whether it succeeded; if not, eigenvalues are clustered, and the vectors are 0
   */
  public boolean solveFor(
      int order,
      double[] diagonal,
      int diagonalOffset,
      double[] offDiagonal,
      int offDiagonalOffset,
      int count,
      double[] found,
      double norm,
      double[] vectors,
      int offset,
      int ld,
      Crew crew) {
    take(order, diagonal, diagonalOffset, offDiagonal, offDiagonalOffset, count, crew);
    System.arraycopy(found, 0, panels.values(), 0, k);
    for (int j = 1; j < k; j++) {
      if (found[j] - found[j - 1] <= EigenvalueSearch.CLUSTERED * norm) {
        return false;
      }
    }
    double spread = BandCholeskyQr.leastSpread(k) * norm;
    int close = 0;
    for (int j = BandCholeskyQr.PANEL; j < k; j++) {
      if (found[j] - found[j - BandCholeskyQr.PANEL] < spread) {
        close++;
      }
    }
    return !BandCholeskyQr.tooCrowded(close, k) && findVectors(norm, vectors, offset, ld, crew);
  }

  private void take(
      int order,
      double[] diagonal,
      int diagonalOffset,
      double[] offDiagonal,
      int offDiagonalOffset,
      int count,
      Crew crew) {
    n = order;
    k = count;
    d = diagonal;
    dOffset = diagonalOffset;
    e = offDiagonal;
    eOffset = offDiagonalOffset;
    panels.begin(n, d, dOffset, e, eOffset, k, crew.size());
  }

  /** Vectors for the values. */
  private boolean findVectors(double norm, double[] vectors, int offset, int ld, Crew crew) {
    z = Buffers.atLeast(z, n * Buffers.roundUp(k, BandCholeskyQr.PANEL));
    return panels.makeAll(norm, making, crew)
        && orthogonal.orthogonalise(n, k, z, 1, vectors, offset, ld, crew);
  }

  /**
   * Whether the last attempt failed over so many eigenvalues that those of the matrix's halves are
   * clustered, too.
   *
   * @return whether at least half of the eigenvalues were in clusters
   */
  public boolean mostlyClustered() {
    return search.mostlyClustered();
  }

  /**
   * The eigenvalues that go with the vectors.
   *
   * @return the array itself, of which the first end − first elements count, ascending
   */
  public double[] values() {
    return panels.values();
  }

  private void make(int panel, int worker) {
    panels.make(panel, worker, z, panel * BandCholeskyQr.PANEL * n);
  }
}
