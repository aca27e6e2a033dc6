package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Ranges;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Shifts at which the eigenvalues of a symmetric tridiagonal matrix are counted, many at a time,
 * and what the last ones told: how many lie below, and where Laguerre's method steps from there.
 */
final class Probes {
  /** Shifts in a chunk. */
  private static final int CHUNK = 64;

  /** Smaller off-diagonal elements are taken as this: far below rounding at norm 1. */
  private static final double SMALLEST_SQUARE = 0x1p-120;

  private final ChunkBody probing = this::probe;

  /** The matrix. */
  private int n;

  private double[] d = Buffers.NONE;
  private int dOffset;
  private double[] squares = Buffers.NONE;

  /** The shifts to be probed next. */
  private double[] planned = Buffers.NONE;

  private int plannedCount;

  /** The shifts that were probed, ascending, and what that told. */
  private double[] probed = Buffers.NONE;

  private int probedCount;
  private long[] below = {};

  /** Signed steps in Newton's direction and in the other. */
  private double[] near = Buffers.NONE;

  private double[] far = Buffers.NONE;
  private double[] work = Buffers.NONE;
  private int chunks;

  /**
   * Takes a matrix with elements of at most 2 in magnitude.
   *
   * @param mostShifts that are ever planned at a time
   */
  void start(
      int order, double[] diagonal, int diagonalOffset, double[] e, int eOffset, int mostShifts) {
    n = order;
    d = diagonal;
    dOffset = diagonalOffset;
    squares = Buffers.atLeast(squares, n);
    for (int i = 0; i < n - 1; i++) {
      squares[i] = negatedSquare(e[eOffset + i]);
    }
    int padded = Buffers.roundUp(mostShifts, Kernels.lanes());
    planned = Buffers.atLeast(planned, padded);
    probed = Buffers.atLeast(probed, padded);
    below = below.length >= padded ? below : new long[padded];
    near = Buffers.atLeast(near, padded);
    far = Buffers.atLeast(far, padded);
    work = Buffers.atLeast(work, padded);
    plannedCount = 0;
    probedCount = 0;
  }

  /** −e² of an off-diagonal element, as the kernel wants it. */
  static double negatedSquare(double e) {
    return -Math.max(e * e, SMALLEST_SQUARE);
  }

  /** How many shifts cost no more than one. */
  int lanes() {
    return Kernels.lanes();
  }

  void plan(double shift) {
    planned[plannedCount++] = shift;
  }

  /** How many are planned. */
  int plannedCount() {
    return plannedCount;
  }

  /** Puts those that were planned last in order, by insertion: they are few, or ascend. */
  void sortPlanned(int from) {
    for (int j = from + 1; j < plannedCount; j++) {
      double x = planned[j];
      int at = j;
      while (at > from && planned[at - 1] > x) {
        planned[at] = planned[at - 1];
        at--;
      }
      planned[at] = x;
    }
  }

  /** Probes what was planned. */
  void run(Crew crew) {
    double[] swap = probed;
    probed = planned;
    planned = swap;
    probedCount = plannedCount;
    plannedCount = 0;
    chunks = Ranges.count(probedCount, CHUNK);
    crew.run(chunks, probing);
  }

  private void probe(int chunk, int worker) {
    int from = Ranges.start(chunk, chunks, probedCount, Kernels.lanes());
    int to = Ranges.start(chunk + 1, chunks, probedCount, Kernels.lanes());
    Kernels.tridiagonal()
        .laguerreSteps(n, d, dOffset, squares, 0, from, to - from, probed, below, near, far, work);
  }

  /** How many were probed. */
  int count() {
    return probedCount;
  }

  /** The shift at an index. */
  double shift(int at) {
    return probed[at];
  }

  /** How many eigenvalues are below it. */
  int below(int at) {
    return (int) below[at];
  }

  /** Whether a shift was probed last, at an index that may be out of range. */
  private boolean is(int at, double shift) {
    return at >= 0 && at < probedCount && probed[at] == shift;
  }

  /**
   * How far above a shift Laguerre's method places the nearest eigenvalue, which it never passes.
   *
   * @param at where the shift is if it was probed last
   * @return infinity if it was not, or if an eigenvalue below is nearer: then a step upwards may be
   *     short and say nothing
   */
  double nearestAbove(int at, double shift) {
    return is(at, shift) && near[at] >= 0 ? near[at] : Double.POSITIVE_INFINITY;
  }

  /** How far below a shift it places the nearest eigenvalue. */
  double nearestBelow(int at, double shift) {
    return is(at, shift) && near[at] <= 0 ? -near[at] : Double.POSITIVE_INFINITY;
  }

  /**
   * How far above a shift Laguerre's method places the next r eigenvalues: it never passes all of
   * them, and converges cubically if they are equal.
   *
   * @param at where the shift is if it was probed last
   * @return infinity if it was not
   */
  double clusterAbove(int at, double shift, int r) {
    return is(at, shift)
        ? several(r, Math.max(near[at], far[at]), Math.min(near[at], far[at]))
        : Double.POSITIVE_INFINITY;
  }

  /** How far below a shift it places the r eigenvalues before it. */
  double clusterBelow(int at, double shift, int r) {
    return is(at, shift)
        ? -several(r, Math.min(near[at], far[at]), Math.max(near[at], far[at]))
        : Double.POSITIVE_INFINITY;
  }

  /** The step towards r eigenvalues, from those towards one in the same direction and behind. */
  private double several(int r, double ahead, double behind) {
    double q = Math.sqrt((n - r) / (r * (n - 1.0)));
    return 2 / ((1 + q) / ahead + (1 - q) / behind);
  }
}
