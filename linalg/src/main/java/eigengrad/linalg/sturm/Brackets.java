package eigengrad.linalg.sturm;

import eigengrad.linalg.tridiagonal.Buffers;
import java.util.Arrays;

/**
 * For each eigenvalue by its index, an interval that holds it, and how many eigenvalues lie below
 * either end.
 */
final class Brackets {
  private double[] lower = {};
  private double[] upper = {};
  private int[] lowerCount = {};
  private int[] upperCount = {};

  /** The order of the matrix, and the range of indices searched. */
  private int n;

  private int first;
  private int end;

  /** Gives all eigenvalues the same bracket. */
  void start(int order, int firstIndex, int endIndex, double least, double greatest) {
    n = order;
    first = firstIndex;
    end = endIndex;
    lower = Buffers.atLeast(lower, n);
    upper = Buffers.atLeast(upper, n);
    lowerCount = Buffers.atLeast(lowerCount, n);
    upperCount = Buffers.atLeast(upperCount, n);
    Arrays.fill(lower, 0, n, least);
    Arrays.fill(upper, 0, n, greatest);
    Arrays.fill(lowerCount, 0, n, 0);
    Arrays.fill(upperCount, 0, n, n);
  }

  /**
   * Moves an end of a bracket to a point, if that is inside it.
   *
   * @param count of the eigenvalues below x
   */
  void tighten(int i, double x, int count) {
    if (holds(i, x)) {
      if (count <= i) {
        lower[i] = x;
        lowerCount[i] = count;
      } else {
        upper[i] = x;
        upperCount[i] = count;
      }
    }
  }

  boolean holds(int i, double x) {
    return x > lower[i] && x < upper[i];
  }

  boolean holds(int i, double x, double tolerance) {
    return x >= lower[i] - tolerance && x <= upper[i] + tolerance;
  }

  boolean startsAt(int i, double x) {
    return x == lower[i];
  }

  boolean startsOrEndsAt(int i, double x) {
    return x == lower[i] || x == upper[i];
  }

  boolean isNearAnEnd(int i, double x, double tolerance) {
    return x - lower[i] <= tolerance || upper[i] - x <= tolerance;
  }

  /** Whether the bracket holds one eigenvalue only. */
  boolean isolated(int i) {
    return upperCount[i] - lowerCount[i] == 1;
  }

  double width(int i) {
    return upper[i] - lower[i];
  }

  /**
   * The point of i among as many evenly spread ones as its bracket holds eigenvalues of the range;
   * the middle where that point would be an end.
   */
  double spread(int i) {
    int from = Math.max(lowerCount[i], first);
    int to = Math.min(upperCount[i], end);
    double share = (i - from + 0.5) / (to - from);
    double point = lower[i] + width(i) * share;
    return holds(i, point) ? point : lower[i] + width(i) / 2;
  }

  /**
   * A lower bound of the distance from x in bracket i to the neighbouring eigenvalues, 0 where one
   * is outside the range.
   */
  double gap(int i, double x) {
    double toPrevious = i > first ? x - upper[i - 1] : i == 0 ? Double.POSITIVE_INFINITY : 0;
    double toNext = i + 1 < end ? lower[i + 1] - x : i + 1 == n ? Double.POSITIVE_INFINITY : 0;
    return Math.min(toPrevious, toNext);
  }
}
