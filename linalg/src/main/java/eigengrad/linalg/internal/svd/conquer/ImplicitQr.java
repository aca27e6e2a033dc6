package eigengrad.linalg.internal.svd.conquer;

import eigengrad.linalg.internal.eigen.conquer.ColumnRotations;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.DoubleFormat;

/**
 * The implicit QR algorithm for the singular values of an upper bidiagonal matrix B, with a shift
 * of zero wherever another would cost small singular values their relative accuracy.
 *
 * <p>Each unreduced block is chased from its larger end towards its smaller one; a zero on the
 * diagonal is chased out of it in one sweep. Upwards the same code walks backwards, over JBᵀJ, so
 * left and right change places. Cost: about 2 sweeps per singular value; 12n³ flops with vectors.
 * Source: J. Demmel and W. Kahan, <i>Accurate Singular Values of Bidiagonal Matrices</i>, SIAM J.
 * Sci. Stat. Comput. 11 (1990); LAPACK's {@code dbdsqr}.
 */
final class ImplicitQr {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** What an element that is set to zero may change in a singular value, relatively. */
  private static final double TOLERANCE = 4 * UNIT_ROUNDOFF;

  /**
   * Between ties an element of several roundings may stay, which no sweep makes smaller. After so
   * many sweeps that set nothing to zero the tolerance is doubled, up to a largest one; LAPACK's is
   * 99 from the start.
   */
  private static final int PATIENCE = 10;

  private static final double LARGEST_TOLERANCE = 64 * UNIT_ROUNDOFF;

  /** Smaller elements, of a matrix scaled to elements near 1, are taken as zero. */
  private static final double FLOOR = 0x1p-1000;

  /** Brings numbers whose squares underflow up to where they don't. */
  private static final double LARGE = 0x1p600;

  private final ColumnRotations left = new ColumnRotations();
  private final ColumnRotations right = new ColumnRotations();

  /** Of the matrix being solved; d and e start at these offsets. */
  private double[] d = Buffers.NONE;

  private int dOffset;
  private double[] e = Buffers.NONE;
  private int eOffset;

  /** The rotation that was made last, and the length of what it was made from. */
  private double c;

  private double s;
  private double r;

  private double tolerance;

  /** The last deflation test's lower bound of the block's smallest singular value. */
  private double smallest;

  /**
   * Values and vectors.
   *
   * @param n order of B, ≥ 1
   * @param diagonal of B, scaled to elements near 1; overwritten by the singular values, ≥ 0, in no
   *     particular order
   * @param diagonalOffset where it starts
   * @param superdiagonal n − 1 elements, overwritten
   * @param superdiagonalOffset where they start
   * @param u n columns, multiplied from the right by the left singular vectors
   * @param uRows how many rows these have, ≥ n
   * @param uOffset where they start
   * @param ldu from one to the next
   * @param v n columns, multiplied from the right by the right singular vectors
   * @param vRows how many rows these have, ≥ n
   * @param vOffset where they start
   * @param ldv from one to the next
   * @param maxIterations allowed for each singular value, on average
   * @param crew whose interruption ends the iteration
   * @return how many elements above the diagonal did not vanish
   */
  int solve(
      int n,
      double[] diagonal,
      int diagonalOffset,
      double[] superdiagonal,
      int superdiagonalOffset,
      double[] u,
      int uRows,
      int uOffset,
      int ldu,
      double[] v,
      int vRows,
      int vOffset,
      int ldv,
      int maxIterations,
      Crew crew) {
    d = diagonal;
    dOffset = diagonalOffset;
    e = superdiagonal;
    eOffset = superdiagonalOffset;
    left.begin(uRows, u, uOffset, ldu);
    right.begin(vRows, v, vOffset, ldv);
    iterate(n, (long) maxIterations * n, crew);
    left.end();
    right.end();
    int unconverged = 0;
    for (int i = 0; i < n - 1; i++) {
      if (e(i, 1) != 0) {
        unconverged++;
      }
    }
    makePositive(n, v, vRows, vOffset, ldv);
    return unconverged;
  }

  private void makePositive(int n, double[] v, int rows, int vOffset, int ldv) {
    for (int j = 0; j < n; j++) {
      if (d(j) < 0 || 1 / d(j) < 0) {
        setD(j, -d(j));
        int column = vOffset + j * ldv;
        for (int i = column; i < column + rows; i++) {
          v[i] = -v[i];
        }
      }
    }
  }

  private void iterate(int n, long allowed, Crew crew) {
    long remaining = allowed;
    int last = n - 1;
    int oldFirst = n;
    int oldLast = n;
    int step = 1;
    int idle = 0;
    while (last > 0) {
      int first = startOfBlock(last);
      if (first == last) {
        last--;
        continue;
      }
      if (first > oldLast || last < oldFirst) {
        step = Math.abs(d(first)) >= Math.abs(d(last)) ? 1 : -1;
      }
      oldFirst = first;
      oldLast = last;
      int from = step > 0 ? first : last;
      int to = step > 0 ? last : first;
      tolerance = Math.min(Math.scalb(TOLERANCE, idle / PATIENCE), LARGEST_TOLERANCE);
      if (deflated(from, to, step)) {
        idle = 0;
        continue;
      }
      idle++;
      if (remaining-- <= 0) {
        return;
      }
      crew.requireNotInterrupted();
      sweep(from, to, step, shift(last - first + 1, from, to, step));
    }
  }

  /** The first row of the unreduced block that ends with a row; zeros what is below the floor. */
  private int startOfBlock(int last) {
    int first = last;
    clearTiny(last);
    while (first > 0) {
      if (Math.abs(e(first - 1, 1)) <= FLOOR) {
        setE(first - 1, 1, 0);
        return first;
      }
      first--;
      clearTiny(first);
    }
    return 0;
  }

  private void clearTiny(int i) {
    if (Math.abs(d(i)) <= FLOOR) {
      setD(i, 0);
    }
  }

  /** Sets to zero what no singular value would notice; returns whether there was anything. */
  private boolean deflated(int from, int to, int step) {
    if (Math.abs(e(to - step, step)) <= tolerance * Math.abs(d(to))) {
      setE(to - step, step, 0);
      return true;
    }
    double bound = Math.abs(d(from));
    smallest = bound;
    for (int i = from; i != to; i += step) {
      double coupling = Math.abs(e(i, step));
      if (coupling <= tolerance * bound) {
        setE(i, step, 0);
        return true;
      }
      bound = Math.abs(d(i + step)) * (bound / (bound + coupling));
      smallest = Math.min(smallest, bound);
    }
    return false;
  }

  /** The smaller singular value of the block's last two rows, or zero where that costs accuracy. */
  private double shift(int size, int from, int to, int step) {
    double largest = Math.abs(d(to));
    for (int i = from; i != to; i += step) {
      largest = Math.max(largest, Math.max(Math.abs(d(i)), Math.abs(e(i, step))));
    }
    if (size * TOLERANCE * (smallest / largest) <= 2 * UNIT_ROUNDOFF) {
      return 0;
    }
    double shift = smallerValue(d(to - step), e(to - step, step), d(to));
    double ratio = shift / d(from);
    return ratio * ratio < 2 * UNIT_ROUNDOFF ? 0 : shift;
  }

  /** The smaller singular value of a triangular matrix with two rows, without cancellation. */
  private static double smallerValue(double upper, double beside, double lower) {
    double least = Math.min(Math.abs(upper), Math.abs(lower));
    double most = Math.max(Math.abs(upper), Math.abs(lower));
    double coupling = Math.abs(beside);
    if (least == 0) {
      return 0;
    }
    double sum = 1 + least / most;
    double difference = (most - least) / most;
    if (coupling < most) {
      double square = coupling / most * (coupling / most);
      return 2
          * least
          / (Math.sqrt(sum * sum + square) + Math.sqrt(difference * difference + square));
    }
    double ratio = most / coupling;
    if (ratio == 0) {
      return least * most / coupling;
    }
    double one = sum * ratio;
    double other = difference * ratio;
    return 2 * (least / (Math.sqrt(1 + one * one) + Math.sqrt(1 + other * other)) * ratio);
  }

  private void sweep(int from, int to, int step, double shift) {
    ColumnRotations first = step > 0 ? right : left;
    ColumnRotations second = step > 0 ? left : right;
    if (shift == 0) {
      sweepWithoutShift(from, to, step, first, second);
    } else {
      sweepWithShift(from, to, step, shift, first, second);
    }
    first.applyFrom(from, step);
    second.applyFrom(from, step);
  }

  private void sweepWithoutShift(
      int from, int to, int step, ColumnRotations first, ColumnRotations second) {
    double cosine = 1;
    double oldCosine = 1;
    double oldSine = 0;
    for (int i = from; i != to; i += step) {
      makeRotation(d(i) * cosine, e(i, step));
      cosine = c;
      double sine = s;
      first.add(c, s);
      if (i != from) {
        setE(i - step, step, oldSine * r);
      }
      makeRotation(oldCosine * r, d(i + step) * sine);
      oldCosine = c;
      oldSine = s;
      setD(i, r);
      second.add(c, s);
    }
    double end = d(to) * cosine;
    setD(to, end * oldCosine);
    setE(to - step, step, end * oldSine);
  }

  private void sweepWithShift(
      int from, int to, int step, double shift, ColumnRotations first, ColumnRotations second) {
    double start = d(from);
    double f = (Math.abs(start) - shift) * (Math.copySign(1, start) + shift / start);
    double g = e(from, step);
    for (int i = from; i != to; i += step) {
      makeRotation(f, g);
      first.add(c, s);
      if (i != from) {
        setE(i - step, step, r);
      }
      double beside = e(i, step);
      f = c * d(i) + s * beside;
      beside = c * beside - s * d(i);
      g = s * d(i + step);
      double next = c * d(i + step);
      makeRotation(f, g);
      second.add(c, s);
      setD(i, r);
      f = c * beside + s * next;
      setD(i + step, c * next - s * beside);
      if (i + step != to) {
        g = s * e(i + step, step);
        setE(i + step, step, c * e(i + step, step));
      }
    }
    setE(to - step, step, f);
  }

  /** The rotation that turns (f, g) into (r, 0). */
  private void makeRotation(double f, double g) {
    double square = f * f + g * g;
    if (g == 0) {
      c = 1;
      s = 0;
      r = f;
    } else if (square >= DoubleFormat.SMALLEST_SAFE_SQUARE) {
      r = Math.sqrt(square);
      c = f / r;
      s = g / r;
    } else {
      double largeF = f * LARGE;
      double largeG = g * LARGE;
      double length = Math.hypot(largeF, largeG);
      c = largeF / length;
      s = largeG / length;
      r = length / LARGE;
    }
  }

  private double d(int i) {
    return d[dOffset + i];
  }

  private void setD(int i, double x) {
    d[dOffset + i] = x;
  }

  /** The element that couples row i with row i + step. */
  private double e(int i, int step) {
    return e[eOffset + (step > 0 ? i : i - 1)];
  }

  private void setE(int i, int step, double x) {
    e[eOffset + (step > 0 ? i : i - 1)] = x;
  }
}
