package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Tridiagonal;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by index, all of a range at once.
 *
 * <p>Each eigenvalue has a {@linkplain Brackets bracket}. In a sweep every unfinished eigenvalue
 * probes one shift, or more where lanes would be idle; what a shift tells tightens the brackets of
 * its neighbours as well. A bracket is probed where Laguerre's method sees its eigenvalues from
 * either end, be it a single one or a cluster; where these guesses stop getting better, it is
 * divided evenly.
 *
 * <p>Cost: about 5 sweeps of 13n flops per eigenvalue when all are separated, 8 in clusters, never
 * more than two sweeps per bit. Memory: n numbers, and 12 per eigenvalue. Source: T. Y. Li and Z.
 * Zeng, <i>The Laguerre Iteration in Solving the Symmetric Tridiagonal Eigenproblem, Revisited</i>,
 * SIAM J. Sci. Comput. 15 (1994); see {@link Tridiagonal#laguerreSteps}.
 */
public final class EigenvalueSearch {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Eigenvalues farther apart than this, relative to the norm, have accurate Laguerre steps. */
  private static final double SEPARATED = 0x1p-30;

  /** Eigenvalues that share a bracket of this width, relative to the norm, are a cluster. */
  static final double CLUSTERED = 0x1p-36;

  /**
   * From this sweep on, brackets shared by half of the eigenvalues tell of clusters. Of values that
   * decay, as those of covariances do, about half share brackets after four sweeps and few after
   * six.
   */
  private static final int SEPARATING_SWEEPS = 6;

  /** Sweeps that find eigenvalues without clusters. */
  private static final int SWEEPS_WITHOUT_CLUSTERS = 36;

  /** From then on every other sweep divides every bracket evenly, lest Laguerre's method crawl. */
  private static final int PATIENCE = 24;

  /** Most shifts for several eigenvalues that Laguerre's method takes for one. */
  private static final int SHIFTS_OF_A_CLUSTER = 6;

  private final Probes probes = new Probes();
  private final Brackets brackets = new Brackets();

  /** Of each eigenvalue: how far away the last guess was; infinite if there was none. */
  private double[] distance = Buffers.NONE;

  /** The unfinished eigenvalues, and for each of them the first shift probed above it. */
  private int[] active = Buffers.NO_INDICES;

  private int[] above = Buffers.NO_INDICES;
  private int unfinished;

  /** The range of indices wanted, and the results. */
  private int first;

  private int end;
  private double[] values = Buffers.NONE;

  private double norm;
  private double tolerance;
  private boolean clustered;

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
   * @param endIndex one beyond the last, > firstIndex
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
   * As {@link #find}, but gives up as soon as eigenvalues turn out to be too close for the methods
   * for separated ones: two of them for vectors of their own, or a quarter of them for {@link
   * BandCholeskyQr}.
   *
   * @param order of T, ≥ 1
   * @param diagonal elements at most 2 in magnitude
   * @param diagonalOffset where it starts
   * @param e n − 1 off-diagonal elements, at most 2 in magnitude
   * @param eOffset where they start
   * @param firstIndex index of the first wanted eigenvalue
   * @param endIndex one beyond the last, > firstIndex
   * @param crew does the work
   * @param result overwritten by the end − first eigenvalues, ascending; not the diagonal
   * @return whether all were found
   */
  public boolean findSeparated(
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
      clustered = sweep == SWEEPS_WITHOUT_CLUSTERS || anyCluster(sweep);
      if (clustered || crowded()) {
        return clustered && unfinished == 0;
      }
    }
    return true;
  }

  /**
   * Whether the last search for separated eigenvalues failed over so many clusters that those of
   * the matrix's halves are clustered, too.
   *
   * @return whether at least half of the eigenvalues were not found
   */
  boolean mostlyClustered() {
    return clustered && 2 * unfinished >= end - first;
  }

  /**
   * A bound of the norm of the last matrix.
   *
   * @return Gershgorin's, at most three times ‖T‖₂
   */
  public double norm() {
    return norm;
  }

  /** Every bracket starts as Gershgorin's interval. */
  private void start(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int firstIndex,
      int endIndex,
      double[] result) {
    first = firstIndex;
    end = endIndex;
    clustered = false;
    values = result;
    unfinished = end - first;
    ensure();
    probes.start(n, d, dOffset, e, eOffset, unfinished * shiftsEach());
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double before = 0;
    for (int i = 0; i < n; i++) {
      double after = i < n - 1 ? Math.abs(e[eOffset + i]) : 0;
      least = Math.min(least, d[dOffset + i] - before - after);
      greatest = Math.max(greatest, d[dOffset + i] + before + after);
      before = after;
    }
    norm = Math.max(Math.abs(least), Math.abs(greatest));
    double room = 2.0 * n * UNIT_ROUNDOFF * norm + Double.MIN_NORMAL;
    // A wider bracket has a middle.
    tolerance = Math.max(2 * UNIT_ROUNDOFF * norm, Math.ulp(norm + room));
    brackets.start(n, first, end, least - room, greatest + room);
    for (int j = 0; j < unfinished; j++) {
      active[j] = first + j;
      distance[j] = Double.POSITIVE_INFINITY;
    }
    planEvenly(first, least - room, greatest + room, unfinished * shiftsEach());
  }

  private void ensure() {
    distance = Buffers.atLeast(distance, unfinished);
    active = Buffers.atLeast(active, unfinished);
    above = Buffers.atLeast(above, unfinished);
  }

  private void sweep(int sweep, Crew crew) {
    crew.requireNotInterrupted();
    probes.run(crew);
    share();
    advance(sweep > PATIENCE && sweep % 2 == 0);
  }

  /** Tightens every bracket by the nearest shifts below and above: both ascend. */
  private void share() {
    brackets.boundNeighbours(probes);
    int at = 0;
    for (int j = 0; j < unfinished; j++) {
      int i = active[j];
      while (at < probes.count() && probes.below(at) <= i) {
        at++;
      }
      if (at > 0) {
        brackets.raiseLower(i, probes.shift(at - 1), probes.below(at - 1));
      }
      if (at < probes.count()) {
        brackets.reduceUpper(i, probes.shift(at), probes.below(at));
      }
      above[j] = at;
    }
  }

  /** How many shifts an unfinished eigenvalue may have. */
  private int shiftsEach() {
    return Math.max(probes.lanes() / Math.max(unfinished, 1), 1);
  }

  /** Takes what has converged and plans the next shifts for the rest, which move up. */
  private void advance(boolean evenly) {
    int each = shiftsEach();
    int kept = 0;
    int to;
    for (int from = 0; from < unfinished; from = to) {
      int i = active[from];
      if (brackets.held(i) == 1) {
        to = from + 1;
        if (!isolatedFinished(i, above[from], each, evenly)) {
          active[kept++] = i;
        }
      } else {
        to = endOfBracket(from);
        if (!sharedFinished(from, to, each, evenly)) {
          System.arraycopy(active, from, active, kept, to - from);
          kept += to - from;
        }
      }
    }
    unfinished = kept;
  }

  /** One beyond the last of the unfinished eigenvalues that share a bracket. */
  private int endOfBracket(int from) {
    int to = from + 1;
    while (to < unfinished && brackets.same(active[from], active[to])) {
      to++;
    }
    return to;
  }

  /** Takes the eigenvalue that a bracket holds, if it has converged, or plans its shifts. */
  private boolean isolatedFinished(int i, int at, int count, boolean evenly) {
    double lower = brackets.lower(i);
    double upper = brackets.upper(i);
    if (upper - lower <= tolerance) {
      values[i - first] = brackets.middle(i);
      return true;
    }
    int planned = probes.plannedCount();
    double up = probes.nearestAbove(at - 1, lower);
    double down = probes.nearestBelow(at, upper);
    double step;
    double guess;
    double behind;
    if (up < down) {
      step = up;
      guess = lower + step;
      behind = guess + 2 * tolerance;
    } else {
      step = down;
      guess = upper - step;
      behind = guess - 2 * tolerance;
    }
    boolean guessing =
        step < 0.5 * distance[i - first]
            && guess >= lower - tolerance
            && guess <= upper + tolerance
            && !evenly;
    distance[i - first] = guessing ? step : Double.POSITIVE_INFINITY;
    boolean close = guessing && converged(i, step, guess);
    if (close && brackets.clears(i, guess, SEPARATED * norm)) {
      values[i - first] = guess;
      return true;
    }
    if (!guessing) {
      planEvenly(i, lower, upper, count);
    } else if (count > 1) {
      planAround(i, up, down, count);
    } else {
      // Among close neighbours steps are inaccurate: bracket the eigenvalue from behind.
      plan(i, close && brackets.holds(i, behind) ? behind : guess);
    }
    arrange(i, planned);
    return false;
  }

  /**
   * Whether a step of Laguerre's method was the last: it was short, or its error, cubic in its
   * length over the distance of the neighbours, is below rounding.
   */
  private boolean converged(int i, double step, double to) {
    double error = 16 * step * step * step;
    double before = brackets.toPrevious(i, to);
    double after = brackets.toNext(i, to);
    return step <= 4 * tolerance
        || (error <= tolerance * before * before && error <= tolerance * after * after);
  }

  /** The same for several eigenvalues that share a bracket. */
  private boolean sharedFinished(int from, int to, int each, boolean evenly) {
    int i = active[from];
    double lower = brackets.lower(i);
    double upper = brackets.upper(i);
    double width = upper - lower;
    if (width <= tolerance) {
      for (int j = from; j < to; j++) {
        values[active[j] - first] = brackets.spread(active[j]);
      }
      return true;
    }
    double up = probes.clusterAbove(above[from] - 1, lower, brackets.held(i));
    double down = probes.clusterBelow(above[from], upper, brackets.held(i));
    double fromLower = lower + up - 2 * tolerance;
    double fromUpper = upper - down + 2 * tolerance;
    boolean guessing =
        width < 0.25 * distance[i - first] && (fromLower < upper || fromUpper > lower) && !evenly;
    for (int j = from; j < to; j++) {
      distance[active[j] - first] = guessing ? width : Double.POSITIVE_INFINITY;
    }
    int planned = probes.plannedCount();
    int count = (to - from) * each;
    if (!guessing) {
      planEvenly(i, lower, upper, count);
    } else if (count == 1) {
      plan(i, up < down ? fromLower : fromUpper);
    } else {
      plan(i, fromLower);
      plan(i, fromUpper);
      double least = Math.max(Math.min(fromLower, fromUpper), lower);
      double greatest = Math.min(Math.max(fromLower, fromUpper), upper);
      planEvenly(i, least, greatest, Math.min(count, SHIFTS_OF_A_CLUSTER) - 2);
    }
    arrange(i, planned);
    return false;
  }

  /** Plans shifts on either side of the guesses from both ends, and evenly spread ones. */
  private void planAround(int i, double up, double down, int count) {
    boolean both = count >= 4;
    if (both || up < down) {
      planBothSides(i, brackets.lower(i) + up, up);
    }
    if (both || !(up < down)) {
      planBothSides(i, brackets.upper(i) - down, down);
    }
    planEvenly(i, brackets.lower(i), brackets.upper(i), count - 4);
  }

  /** Plans shifts on either side of a guess, as far from it as it may be wrong. */
  private void planBothSides(int i, double guess, double step) {
    double gap = Math.min(brackets.toPrevious(i, guess), brackets.toNext(i, guess));
    double relative = gap > 0 ? Math.min(16 * step * step / (gap * gap), 0.125) : 0.125;
    double room = Math.max(relative * step, 2 * tolerance);
    plan(i, guess - room);
    plan(i, guess + room);
  }

  private void planEvenly(int i, double least, double greatest, int count) {
    for (int j = 0; j < count; j++) {
      plan(i, least + (greatest - least) * ((j + 0.5) / count));
    }
  }

  private void plan(int i, double x) {
    if (brackets.holds(i, x)) {
      probes.plan(x);
    }
  }

  /** Puts a bracket's shifts in order, and its middle in place of none. */
  private void arrange(int i, int planned) {
    int count = probes.plannedCount() - planned;
    if (count == 0) {
      probes.plan(brackets.middle(i));
    } else if (count > 1) {
      probes.sortPlanned(planned);
    }
  }

  private boolean anyCluster(int sweep) {
    int shared = 0;
    for (int j = 0; j < unfinished; j++) {
      int i = active[j];
      if (brackets.held(i) > 1) {
        shared++;
        if (brackets.width(i) <= CLUSTERED * norm) {
          return true;
        }
      }
    }
    return sweep >= SEPARATING_SWEEPS && 2 * shared >= end - first;
  }

  /** Whether the vectors of too many eigenvalues will overlap too far. */
  private boolean crowded() {
    double spread = BandCholeskyQr.leastSpread(end - first) * norm;
    int close = 0;
    for (int i = first; i + BandCholeskyQr.PANEL < end; i++) {
      if (brackets.upper(i + BandCholeskyQr.PANEL) - brackets.lower(i) < spread) {
        close++;
      }
    }
    return BandCholeskyQr.tooCrowded(close, end - first);
  }
}
