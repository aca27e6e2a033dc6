package eigengrad.linalg.internal.svd.conquer;

import eigengrad.linalg.internal.eigen.conquer.Halving;
import eigengrad.linalg.internal.eigen.conquer.PartialSpectrum;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * Divide and conquer on one upper bidiagonal matrix, scaled to elements near 1.
 *
 * <p>A row in the middle is torn out and left with the upper half, which is bidiagonal with a 0 at
 * the end of its diagonal; so is every block that does not end with the matrix. Blocks that are
 * small are left to {@link BidiagonalLeaf}; then the halves are joined, smallest first. Source: see
 * {@link ArrowMerge}.
 */
final class BidiagonalDivideAndConquer implements Halving.Problem {
  /** Above this, tearing a block is faster than QR. */
  static final int LARGEST_LEAF = 32;

  private final Halving halving = new Halving(this);
  private final PartialSpectrum left = new PartialSpectrum();
  private final PartialSpectrum right = new PartialSpectrum();

  /** One per worker; the caller's also does the joins above the subtrees. */
  private ArrowMerge[] merges = {};

  private BidiagonalLeaf[] leaves = {};
  private double[] values = Buffers.NONE;

  /** Of the solve being done. */
  private int n;

  private double[] d = Buffers.NONE;
  private double[] e = Buffers.NONE;
  private int leafSize;
  private int maxIterations;
  private Crew crew = Crew.alone();

  /**
   * Values and vectors.
   *
   * @param order n of the matrix, ≥ 1
   * @param diagonal overwritten by the singular values, in no particular order, if all converged
   * @param superdiagonal n − 1 elements; not modified
   * @param u overwritten by n×n left singular vectors
   * @param uOffset where they start
   * @param ldu from one to the next
   * @param v overwritten by n×n right singular vectors
   * @param vOffset where they start
   * @param ldv from one to the next
   * @param largestLeaf largest order that is not torn, ≥ 1
   * @param iterations allowed for each singular value of a leaf, on average
   * @param workers do the work
   * @return whether everything converged; if not, the vectors are of no use
   */
  boolean solve(
      int order,
      double[] diagonal,
      double[] superdiagonal,
      double[] u,
      int uOffset,
      int ldu,
      double[] v,
      int vOffset,
      int ldv,
      int largestLeaf,
      int iterations,
      Crew workers) {
    n = order;
    d = diagonal;
    e = superdiagonal;
    leafSize = largestLeaf;
    maxIterations = iterations;
    crew = workers;
    ensure(crew.size());
    clear(n, u, uOffset, ldu);
    clear(n, v, vOffset, ldv);
    values = Buffers.atLeast(values, n);
    left.begin(n, values, u, uOffset, ldu);
    right.begin(n, values, v, vOffset, ldv);
    boolean everything = halving.solve(n, crew);
    left.end();
    right.end();
    if (everything) {
      System.arraycopy(values, 0, diagonal, 0, n);
    }
    return everything;
  }

  private void ensure(int workers) {
    while (merges.length < workers) {
      int worker = merges.length;
      ArrowMerge merge = new ArrowMerge(left, right);
      leaves = Arrays.copyOf(leaves, worker + 1);
      leaves[worker] = new BidiagonalLeaf();
      merges = Arrays.copyOf(merges, worker + 1);
      merges[worker] = merge;
    }
  }

  private static void clear(int n, double[] a, int offset, int ld) {
    for (int j = 0; j < n; j++) {
      Arrays.fill(a, offset + j * ld, offset + j * ld + n, 0);
    }
  }

  /** Makes room; the matrix stays as it is, as the values have an array of their own. */
  @Override
  public void tear(int first, int size) {
    merges[0].ensure(size, crew.size());
  }

  @Override
  public boolean solve(int first, int size, int worker) {
    if (size <= leafSize) {
      return leaves[worker].solve(
          d, e, first, size, isTorn(first, size), left, right, maxIterations, crew);
    }
    merges[worker].ensure(size, 1);
    int upper = size / 2;
    boolean halves = solve(first, upper, worker) && solve(first + upper, size - upper, worker);
    if (halves) {
      merge(merges[worker], first, size, Crew.alone());
    }
    return halves;
  }

  @Override
  public void join(int first, int size) {
    merge(merges[0], first, size, crew);
  }

  private void merge(ArrowMerge merge, int first, int size, Crew workers) {
    int upper = size / 2;
    int row = first + upper - 1;
    merge.merge(first, upper, size, isTorn(first, size), d[row], e[row], workers);
  }

  /** Whether the last row of a block is torn out. */
  private boolean isTorn(int first, int size) {
    return first + size < n;
  }
}
