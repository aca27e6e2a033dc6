package eigengrad.linalg.sturm;

import eigengrad.linalg.parallel.Crew;
import eigengrad.simd.Kernels;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by index, all of a range at once.
 *
 * <p>Each eigenvalue is bracketed by two points with Sturm counts on either side of its index. In a
 * sweep every unfinished eigenvalue probes one shift; what a shift tells tightens the brackets of
 * its neighbours as well. A bracket that holds several eigenvalues is probed at as many evenly
 * spread points; one that holds a single eigenvalue is left to Laguerre's method, which converges
 * cubically from either end and never passes the eigenvalue; where its steps stop shrinking, the
 * bracket is halved.
 *
 * <p>Cost: about 5 sweeps of 13n flops an eigenvalue when all are separated, never more than one
 * sweep a bit. Source: see {@link Kernels#laguerreSteps}.
 */
public final class EigenvalueSearch {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Smaller off-diagonal elements are taken as this: far below rounding at norm 1. */
  private static final double SMALLEST_SQUARE = 0x1p-120;

  private static final double SEPARATED = 0x1p-30;

  private final Kernels kernels = Kernels.active();

  private double[] squares = {};
  private double[] lower = {};
  private double[] upper = {};
  private int[] lowerCount = {};
  private int[] upperCount = {};
  private int[] active = {};
  private double[] lastStep = {};
  private double[] shifts = {};
  private long[] below = {};
  private double[] near = {};
  private double[] far = {};

  private double norm;
  private double tolerance;

  /** Eigenvalues farther apart than this have Laguerre steps accurate to many digits. */
  private double separation;

  /** A search that grows its arrays as needed. */
  public EigenvalueSearch() {}

  /**
   * Finds eigenvalues first … end − 1, counted from the smallest.
   *
   * @param n order of T
   * @param d diagonal, elements at most 2 in magnitude
   * @param dOffset where it starts
   * @param e n − 1 off-diagonal elements, at most 2 in magnitude
   * @param eOffset where they start
   * @param first index of the first wanted eigenvalue
   * @param end one beyond the last
   * @param maxSweeps when to give up
   * @param crew whose interruption ends the search
   * @param values overwritten by the end − first eigenvalues, ascending
   * @return how many were not found within the sweeps allowed
   */
  public int find(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int first,
      int end,
      int maxSweeps,
      Crew crew,
      double[] values) {
    ensure(n);
    start(n, d, dOffset, e, eOffset, first, end);
    int unfinished = end - first;
    for (int sweep = 1; unfinished > 0 && sweep <= maxSweeps; sweep++) {
      crew.requireNotInterrupted();
      kernels.laguerreSteps(n, d, dOffset, squares, 0, unfinished, shifts, below, near, far);
      for (int j = 0; j < unfinished; j++) {
        share(j, unfinished);
      }
      unfinished = advance(unfinished, n, first, end, values);
    }
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

  private void ensure(int n) {
    if (lower.length < n) {
      int padded = (n + kernels.lanes() - 1) / kernels.lanes() * kernels.lanes();
      squares = new double[n];
      lower = new double[n];
      upper = new double[n];
      lowerCount = new int[n];
      upperCount = new int[n];
      active = new int[n];
      lastStep = new double[n];
      shifts = new double[padded];
      below = new long[padded];
      near = new double[padded];
      far = new double[padded];
    }
  }

  /** Every bracket starts as Gershgorin's interval. */
  private void start(int n, double[] d, int dOffset, double[] e, int eOffset, int first, int end) {
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
    separation = SEPARATED * norm;
    double room = 2 * n * UNIT_ROUNDOFF * norm + Double.MIN_NORMAL;
    for (int i = first; i < end; i++) {
      lower[i] = least - room;
      upper[i] = greatest + room;
      lowerCount[i] = 0;
      upperCount[i] = n;
      lastStep[i] = Double.POSITIVE_INFINITY;
      active[i - first] = i;
      shifts[i - first] = spread(i);
    }
  }

  /**
   * The point of i among as many evenly spread ones as its bracket holds eigenvalues; the middle
   * where that point would be an end.
   */
  private double spread(int i) {
    double width = upper[i] - lower[i];
    double share = (i - lowerCount[i] + 0.5) / (upperCount[i] - lowerCount[i]);
    double point = lower[i] + width * share;
    return insideBracket(i, point) ? point : lower[i] + width / 2;
  }

  /** Tightens the brackets that hold the shift of slot j. */
  private void share(int j, int unfinished) {
    double x = shifts[j];
    int count = (int) below[j];
    tighten(active[j], x, count);
    for (int k = j - 1; k >= 0 && tighten(active[k], x, count); k--) {}
    for (int k = j + 1; k < unfinished && tighten(active[k], x, count); k++) {}
  }

  private boolean tighten(int i, double x, int count) {
    if (!(x > lower[i] && x < upper[i])) {
      return false;
    }
    if (count <= i) {
      lower[i] = x;
      lowerCount[i] = count;
    } else {
      upper[i] = x;
      upperCount[i] = count;
    }
    return true;
  }

  /** Takes what has converged and chooses the next shift for the rest, which move up. */
  private int advance(int unfinished, int n, int first, int end, double[] values) {
    int kept = 0;
    for (int j = 0; j < unfinished; j++) {
      int i = active[j];
      double x = shifts[j];
      double next = spread(i);
      boolean finished = upper[i] - lower[i] <= tolerance || !insideBracket(i, next);
      if (!finished && upperCount[i] - lowerCount[i] == 1 && (x == lower[i] || x == upper[i])) {
        boolean up = x == lower[i];
        boolean nearer = up == near[j] > 0;
        double step = Math.abs(nearer ? near[j] : far[j]);
        double laguerre = up ? x + step : x - step;
        if (step < 0.5 * lastStep[i]
            && laguerre >= lower[i] - tolerance
            && laguerre <= upper[i] + tolerance) {
          lastStep[i] = step;
          double gap = gap(i, laguerre, n, first, end);
          // Away from a nearer eigenvalue a step may be short and say nothing.
          boolean close = nearer && converged(i, step, laguerre, gap);
          finished = close && gap >= separation;
          // Among close neighbours steps are inaccurate: bracket the eigenvalue from behind.
          double behind = up ? laguerre + 2 * tolerance : laguerre - 2 * tolerance;
          if (finished || !close) {
            next = laguerre;
          } else if (insideBracket(i, behind)) {
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
    return kept;
  }

  private boolean insideBracket(int i, double x) {
    return x > lower[i] && x < upper[i];
  }

  /** A lower bound of the distance to the neighbouring eigenvalues, 0 where one is unknown. */
  private double gap(int i, double x, int n, int first, int end) {
    double toPrevious = i > first ? x - upper[i - 1] : i == 0 ? Double.POSITIVE_INFINITY : 0;
    double toNext = i + 1 < end ? lower[i + 1] - x : i + 1 == n ? Double.POSITIVE_INFINITY : 0;
    return Math.min(toPrevious, toNext);
  }

  /**
   * Whether a step of Laguerre's method was the last: it was short, or its error, cubic in its
   * length over the gap, is below rounding, or it all but reached the other end of the bracket,
   * which it would not pass.
   */
  private boolean converged(int i, double step, double to, double gap) {
    return step <= 4 * tolerance
        || to - lower[i] <= 4 * tolerance
        || upper[i] - to <= 4 * tolerance
        || 16 * step * step * step <= tolerance * gap * gap;
  }
}
