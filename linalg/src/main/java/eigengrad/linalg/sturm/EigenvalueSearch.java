package eigengrad.linalg.sturm;

import eigengrad.linalg.parallel.ChunkBody;
import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.parallel.Ranges;
import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.Tridiagonal;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by index, all of a range at once.
 *
 * <p>Each eigenvalue has a {@linkplain Brackets bracket}. In a sweep every unfinished eigenvalue
 * probes one shift; what a shift tells tightens the brackets of its neighbours as well. A bracket
 * that holds several eigenvalues is probed at as many evenly spread points; one that holds a single
 * eigenvalue is left to Laguerre's method, which converges cubically from either end and never
 * passes the eigenvalue; where its steps stop shrinking, the bracket is halved.
 *
 * <p>Cost: about 5 sweeps of 13n flops an eigenvalue when all are separated, never more than one
 * sweep a bit. Source: see {@link Tridiagonal#laguerreSteps}.
 */
public final class EigenvalueSearch {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Smaller off-diagonal elements are taken as this: far below rounding at norm 1. */
  private static final double SMALLEST_SQUARE = 0x1p-120;

  /** Eigenvalues farther apart than this, relative to the norm, have accurate Laguerre steps. */
  private static final double SEPARATED = 0x1p-30;

  /** Eigenvalues that share a bracket of this width, relative to the norm, are a cluster. */
  private static final double CLUSTERED = 0x1p-36;

  /** From this sweep on, brackets shared by half of the eigenvalues tell of clusters. */
  private static final int SEPARATING_SWEEPS = 4;

  /** Sweeps that find eigenvalues without clusters. */
  private static final int SWEEPS_WITHOUT_CLUSTERS = 36;

  /** From then on every other sweep halves every bracket, lest Laguerre's method crawl. */
  private static final int PATIENCE = 24;

  /** Shifts in a chunk. */
  private static final int CHUNK = 64;

  private final ChunkBody probing = this::probe;
  private final Brackets brackets = new Brackets();

  private double[] squares = {};
  private double[] lastStep = {};

  /** The unfinished eigenvalues, the shift that each probes, and what the probe tells. */
  private int[] active = {};

  private int unfinished;
  private double[] shifts = {};
  private long[] below = {};
  private double[] near = {};
  private double[] far = {};
  private double[] work = {};

  /** The matrix searched, the range of indices wanted, and the results. */
  private int n;

  private double[] d = {};
  private int dOffset;
  private int first;
  private int end;
  private double[] values = {};

  private double norm;
  private double tolerance;
  private int chunks;

  /** A search that grows its arrays as needed. */
  public EigenvalueSearch() {}

  /**
   * Finds eigenvalues first … end − 1, counted from the smallest.
   *
   * @param order of T, ≥ 1
   * @param diagonal elements at most 2 in magnitude
   * @param diagonalOffset where it starts
   * @param e n − 1 off-diagonal elements, at most 2 in magnitude
   * @param eOffset where they start
   * @param firstIndex index of the first wanted eigenvalue
   * @param endIndex one beyond the last
   * @param maxSweeps when to give up
   * @param crew does the work
   * @param result overwritten by the end − first eigenvalues, ascending; not the diagonal
   * @return how many were not found within the sweeps allowed
   */
  public int find(
      int order,
      double[] diagonal,
      int diagonalOffset,
      double[] e,
      int eOffset,
      int firstIndex,
      int endIndex,
      int maxSweeps,
      Crew crew,
      double[] result) {
    start(order, diagonal, diagonalOffset, e, eOffset, firstIndex, endIndex, result);
    for (int sweep = 1; unfinished > 0 && sweep <= maxSweeps; sweep++) {
      sweep(sweep, crew);
    }
    return unfinished;
  }

  /**
   * As {@link #find}, but gives up as soon as two eigenvalues turn out to be closer than any method
   * for separated ones bears.
   *
   * @return whether all were found
   */
  boolean findSeparated(
      int order,
      double[] diagonal,
      int diagonalOffset,
      double[] e,
      int eOffset,
      int firstIndex,
      int endIndex,
      Crew crew,
      double[] result) {
    start(order, diagonal, diagonalOffset, e, eOffset, firstIndex, endIndex, result);
    for (int sweep = 1; unfinished > 0; sweep++) {
      sweep(sweep, crew);
      if (sweep == SWEEPS_WITHOUT_CLUSTERS || anyCluster(sweep)) {
        return unfinished == 0;
      }
    }
    return true;
  }

  /**
   * How many eigenvalues the last search left unfinished.
   *
   * @return 0 where it succeeded
   */
  int unfinished() {
    return unfinished;
  }

  /**
   * A bound of the norm of the last matrix.
   *
   * @return Gershgorin's, at most three times ‖T‖₂
   */
  double norm() {
    return norm;
  }

  /** Every bracket starts as Gershgorin's interval. */
  private void start(
      int order,
      double[] diagonal,
      int diagonalOffset,
      double[] e,
      int eOffset,
      int firstIndex,
      int endIndex,
      double[] result) {
    n = order;
    d = diagonal;
    dOffset = diagonalOffset;
    first = firstIndex;
    end = endIndex;
    values = result;
    ensure();
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double before = 0;
    for (int i = 0; i < n; i++) {
      double after = i < n - 1 ? Math.abs(e[eOffset + i]) : 0;
      double centre = d[dOffset + i];
      least = Math.min(least, centre - before - after);
      greatest = Math.max(greatest, centre + before + after);
      squares[i] = -Math.max(after * after, SMALLEST_SQUARE);
      before = after;
    }
    norm = Math.max(Math.abs(least), Math.abs(greatest));
    tolerance = 2 * UNIT_ROUNDOFF * norm;
    double room = 2 * n * UNIT_ROUNDOFF * norm + Double.MIN_NORMAL;
    brackets.start(n, first, end, least - room, greatest + room);
    unfinished = end - first;
    for (int i = first; i < end; i++) {
      active[i - first] = i;
      lastStep[i] = Double.POSITIVE_INFINITY;
      shifts[i - first] = brackets.spread(i);
    }
  }

  private void ensure() {
    int padded = Buffers.roundUp(n, Kernels.lanes());
    squares = Buffers.atLeast(squares, n);
    lastStep = Buffers.atLeast(lastStep, n);
    active = Buffers.atLeast(active, n);
    shifts = Buffers.atLeast(shifts, padded);
    below = below.length >= padded ? below : new long[padded];
    near = Buffers.atLeast(near, padded);
    far = Buffers.atLeast(far, padded);
    work = Buffers.atLeast(work, padded);
  }

  private void sweep(int sweep, Crew crew) {
    crew.requireNotInterrupted();
    chunks = Ranges.count(unfinished, CHUNK);
    crew.run(chunks, probing);
    share();
    advance(sweep > PATIENCE && sweep % 2 == 0);
  }

  private void probe(int chunk, int worker) {
    int from = Ranges.start(chunk, chunks, unfinished, Kernels.lanes());
    int to = Ranges.start(chunk + 1, chunks, unfinished, Kernels.lanes());
    Kernels.tridiagonal()
        .laguerreSteps(n, d, dOffset, squares, 0, from, to - from, shifts, below, near, far, work);
  }

  /** Tightens every bracket by the nearest shifts below and above: both ascend. */
  private void share() {
    int above = 0;
    for (int j = 0; j < unfinished; j++) {
      int i = active[j];
      while (above < unfinished && below[above] <= i) {
        above++;
      }
      if (above > 0) {
        brackets.tighten(i, shifts[above - 1], (int) below[above - 1]);
      }
      if (above < unfinished) {
        brackets.tighten(i, shifts[above], (int) below[above]);
      }
    }
  }

  /** Takes what has converged and chooses the next shift for the rest, which move up. */
  private void advance(boolean bisect) {
    int kept = 0;
    for (int j = 0; j < unfinished; j++) {
      int i = active[j];
      double next = brackets.spread(i);
      boolean finished = brackets.width(i) <= tolerance || !brackets.holds(i, next);
      if (!finished && !bisect && brackets.isolated(i) && brackets.startsOrEndsAt(i, shifts[j])) {
        double x = shifts[j];
        boolean up = brackets.startsAt(i, x);
        boolean nearer = up == near[j] > 0;
        double step = Math.abs(nearer ? near[j] : far[j]);
        double laguerre = up ? x + step : x - step;
        if (step < 0.5 * lastStep[i] && brackets.holds(i, laguerre, tolerance)) {
          lastStep[i] = step;
          double gap = brackets.gap(i, laguerre);
          // Away from a nearer eigenvalue a step may be short and say nothing.
          boolean close = nearer && converged(i, step, laguerre, gap);
          finished = close && gap >= SEPARATED * norm;
          // Among close neighbours steps are inaccurate: bracket the eigenvalue from behind.
          double behind = up ? laguerre + 2 * tolerance : laguerre - 2 * tolerance;
          if (finished || !close) {
            next = laguerre;
          } else if (brackets.holds(i, behind)) {
            next = behind;
          }
        } else {
          lastStep[i] = Double.POSITIVE_INFINITY;
        }
      }
      if (finished) {
        values[i - first] = next;
      } else {
        active[kept] = i;
        shifts[kept++] = next;
      }
    }
    unfinished = kept;
  }

  /**
   * Whether a step of Laguerre's method was the last: it was short, or its error, cubic in its
   * length over the gap, is below rounding, or it all but reached the other end of the bracket,
   * which it would not pass.
   */
  private boolean converged(int i, double step, double to, double gap) {
    return step <= 4 * tolerance
        || brackets.isNearAnEnd(i, to, 4 * tolerance)
        || 16 * step * step * step <= tolerance * gap * gap;
  }

  private boolean anyCluster(int sweep) {
    int shared = 0;
    for (int j = 0; j < unfinished; j++) {
      int i = active[j];
      if (!brackets.isolated(i)) {
        shared++;
        if (brackets.width(i) <= CLUSTERED * norm) {
          return true;
        }
      }
    }
    return sweep >= SEPARATING_SWEEPS && 2 * shared >= end - first;
  }
}
