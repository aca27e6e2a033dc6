package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * The implicit QL algorithm with Wilkinson shifts.
 *
 * <p>T, scaled to elements near 1, is split where an off-diagonal element is negligible. Each
 * unreduced block is chased from its larger end towards its smaller one (QL, or QR by walking the
 * same code backwards), so that graded matrices keep their small eigenvalues. Cost: about 2
 * iterations per eigenvalue; 3n³ flops with vectors. Source: B. N. Parlett, <i>The Symmetric
 * Eigenvalue Problem</i>, sections 8.9–8.13; LAPACK's {@code dsteqr}.
 */
final class ImplicitQl {
  /** u = 2⁻⁵³, the unit roundoff. */
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /**
   * Off-diagonal elements below this are negligible whatever is beside them: the matrix is scaled
   * to elements near 1. Much smaller ones would make rotations from subnormal numbers, which are
   * not orthogonal, and products that underflow, on which the iteration stalls.
   */
  private static final double FLOOR = 0x1p-300;

  /** Below this a sum of two squares may have lost digits to underflow: 2⁻¹⁰²² ÷ u². */
  private static final double SMALLEST_SAFE_SQUARE = 0x1p-916;

  private final ColumnRotations rotations = new ColumnRotations();
  private int n;
  private double[] d = Buffers.NONE;
  private double[] e = Buffers.NONE;
  private Crew crew = Crew.alone();

  /**
   * Values and vectors.
   *
   * @param tridiagonal overwritten
   * @param vectors holds n×n elements that are overwritten
   * @param corner where they start
   * @param ld from a column to the next
   * @param maxIterations allowed for each eigenvalue, on average
   * @param interruptible whose interruption ends the iteration
   * @return how many off-diagonal elements did not vanish
   */
  int solve(
      TridiagonalMatrix tridiagonal,
      double[] vectors,
      int corner,
      int ld,
      int maxIterations,
      Crew interruptible) {
    int size = tridiagonal.size();
    for (int j = 0; j < size; j++) {
      int column = corner + j * ld;
      Arrays.fill(vectors, column, column + size, 0);
      vectors[column + j] = 1;
    }
    rotations.begin(size, vectors, corner, ld);
    int unconverged = iterate(tridiagonal, maxIterations, interruptible);
    rotations.end();
    return unconverged;
  }

  private int iterate(TridiagonalMatrix tridiagonal, int maxIterations, Crew interruptible) {
    n = tridiagonal.size();
    d = tridiagonal.diagonal();
    e = tridiagonal.offDiagonal();
    crew = interruptible;
    long remaining = (long) maxIterations * n;
    for (int low = 0; low < n && remaining > 0; ) {
      int high = low;
      while (high < n - 1 && !negligible(high)) {
        high++;
      }
      if (high < n - 1) {
        e[high] = 0;
      }
      // QL converges at the end it walks towards last; start where |d| is smaller.
      boolean forward = Math.abs(d[low]) <= Math.abs(d[high]);
      remaining =
          forward ? solveBlock(low, high, 1, remaining) : solveBlock(high, low, -1, remaining);
      low = high + 1;
    }
    int unconverged = 0;
    for (int i = 0; i < n - 1; i++) {
      if (e[i] != 0) {
        unconverged++;
      }
    }
    return unconverged;
  }

  private boolean negligible(int i) {
    return negligible(d[i], d[i + 1], e[i]);
  }

  /** Whether an off-diagonal element between two diagonal ones may be set to zero. */
  static boolean negligible(double above, double below, double offDiagonal) {
    return Math.abs(offDiagonal) <= FLOOR
        || offDiagonal * offDiagonal <= UNIT_ROUNDOFF * UNIT_ROUNDOFF * Math.abs(above * below);
  }

  /** The index in e of the element between row i and row i + step. */
  private static int between(int i, int step) {
    return step > 0 ? i : i - 1;
  }

  /**
   * Finds the eigenvalues of rows first … last, walking by step.
   *
   * @return iterations left
   */
  private long solveBlock(int first, int last, int step, long remaining) {
    int current = first;
    while (true) {
      int end = current;
      while (end != last && !negligible(between(end, step))) {
        end += step;
      }
      if (end != last) {
        e[between(end, step)] = 0;
      }
      if (end == current) {
        if (current == last) {
          return remaining;
        }
        current += step;
      } else if (remaining-- <= 0) {
        return 0;
      } else {
        crew.requireNotInterrupted();
        sweep(current, end, step);
      }
    }
  }

  /** One implicit QL step on rows current … end: chases the bulge from end to current. */
  private void sweep(int current, int end, int step) {
    double p = d[current];
    double square = e[between(current, step)] * e[between(current, step)];
    double half = 0.5 * (d[current + step] - p);
    double root = Math.sqrt(half * half + square);
    double g = d[end] - p + square / (half + Math.copySign(root, half));
    double s = 1;
    double c = 1;
    double shiftedBy = 0;
    for (int i = end - step; i != current - step; i -= step) {
      double ei = e[between(i, step)];
      double f = s * ei;
      double b = c * ei;
      double length = f * f + g * g;
      double r = length >= SMALLEST_SAFE_SQUARE ? Math.sqrt(length) : Math.hypot(f, g);
      if (r == 0) {
        // Underflow split the block: give back what this sweep still owes and start over.
        d[i + step] -= shiftedBy;
        if (i != end - step) {
          e[between(i + step, step)] = 0;
        }
        rotations.applyFrom(end, -step);
        return;
      }
      if (i != end - step) {
        e[between(i + step, step)] = r;
      }
      s = f / r;
      c = g / r;
      g = d[i + step] - shiftedBy;
      double t = (d[i] - g) * s + 2 * c * b;
      shiftedBy = s * t;
      d[i + step] = g + shiftedBy;
      g = c * t - b;
      rotations.add(c, s);
    }
    d[current] -= shiftedBy;
    e[between(current, step)] = g;
    rotations.applyFrom(end, -step);
  }
}
