package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * For each eigenvalue of a range by its index, an interval that holds it, and how many eigenvalues
 * lie below either end.
 */
final class Brackets {
  private double[] lower = Buffers.NONE;
  private double[] upper = Buffers.NONE;
  private int[] lowerCount = Buffers.NO_INDICES;
  private int[] upperCount = Buffers.NO_INDICES;

  /** The order of the matrix, and the range of indices searched. */
  private int n;

  private int first;
  private int end;

  /** Bounds of the eigenvalues just outside the range. */
  private double previous;

  private double next;

  /** Gives all eigenvalues of the range the same bracket. */
  void start(int order, int firstIndex, int endIndex, double least, double greatest) {
    n = order;
    first = firstIndex;
    end = endIndex;
    previous = first == 0 ? Double.NEGATIVE_INFINITY : greatest;
    next = end == n ? Double.POSITIVE_INFINITY : least;
    int k = end - first;
    lower = filled(lower, k, least);
    upper = filled(upper, k, greatest);
    lowerCount = Buffers.atLeast(lowerCount, k);
    upperCount = Buffers.atLeast(upperCount, k);
    Arrays.fill(lowerCount, 0, k, 0);
    Arrays.fill(upperCount, 0, k, n);
  }

  private static double[] filled(double[] buffer, int k, double x) {
    double[] result = Buffers.atLeast(buffer, k);
    Arrays.fill(result, 0, k, x);
    return result;
  }

  /** Moves the lower end of a bracket up to a point with a count ≤ i, if that is inside it. */
  void raiseLower(int i, double x, int count) {
    if (holds(i, x)) {
      lower[i - first] = x;
      lowerCount[i - first] = count;
    }
  }

  /** Moves the upper end of a bracket down to a point with a count > i, if that is inside it. */
  void reduceUpper(int i, double x, int count) {
    if (holds(i, x)) {
      upper[i - first] = x;
      upperCount[i - first] = count;
    }
  }

  /** Takes note of what probes tell of the eigenvalues next to the range. */
  void boundNeighbours(Probes probes) {
    int least = 0;
    while (least < probes.count() && probes.below(least) < first) {
      least++;
    }
    if (least < probes.count()) {
      previous = Math.min(previous, probes.shift(least));
    }
    int greatest = probes.count() - 1;
    while (greatest >= 0 && probes.below(greatest) > end) {
      greatest--;
    }
    if (greatest >= 0) {
      next = Math.max(next, probes.shift(greatest));
    }
  }

  boolean same(int i, int other) {
    return lower(i) == lower(other) && upper(i) == upper(other);
  }

  double lower(int i) {
    return lower[i - first];
  }

  double upper(int i) {
    return upper[i - first];
  }

  boolean holds(int i, double x) {
    return x > lower(i) && x < upper(i);
  }

  /** How many eigenvalues the bracket holds, those outside the range included. */
  int held(int i) {
    return upperCount[i - first] - lowerCount[i - first];
  }

  double width(int i) {
    return upper(i) - lower(i);
  }

  double middle(int i) {
    return lower(i) + width(i) / 2;
  }

  /**
   * Point of eigenvalue i, where those of the range in its bracket are given evenly spread points.
   */
  double spread(int i) {
    int from = Math.max(lowerCount[i - first], first);
    int to = Math.min(upperCount[i - first], end);
    return lower(i) + width(i) * ((i - from + 0.5) / (to - from));
  }

  /** A lower bound of the distance from x in bracket i to the eigenvalue before it. */
  double toPrevious(int i, double x) {
    return x - (i > first ? upper(i - 1) : previous);
  }

  /** A lower bound of the distance from x in bracket i to the eigenvalue behind it. */
  double toNext(int i, double x) {
    return (i + 1 < end ? lower(i + 1) : next) - x;
  }

  /** Whether the neighbours of x in bracket i are at least so far away. */
  boolean clears(int i, double x, double distance) {
    return toPrevious(i, x) >= distance && toNext(i, x) >= distance;
  }
}
