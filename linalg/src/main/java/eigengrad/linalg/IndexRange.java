package eigengrad.linalg;

/**
 * Which eigenpairs are wanted, by their places in the ascending order of the values; it fits every
 * matrix that has as many.
 */
public final class IndexRange {
  /** Not used where the pairs are counted from the largest. */
  private final int first;

  private final int count;
  private final boolean largest;

  private IndexRange(int first, int count, boolean largest) {
    this.first = first;
    this.count = count;
    this.largest = largest;
  }

  /**
   * The pairs of the largest values.
   *
   * @param k how many, ≥ 0
   * @return the range n − k … n − 1 of a matrix of order n
   * @throws IllegalArgumentException if k is negative
   */
  public static IndexRange largest(int k) {
    return new IndexRange(0, requireCount(k), true);
  }

  /**
   * The pairs of the smallest values: of the most negative ones, if there are any.
   *
   * @param k how many, ≥ 0
   * @return the range 0 … k − 1
   * @throws IllegalArgumentException if k is negative
   */
  public static IndexRange smallest(int k) {
    return new IndexRange(0, requireCount(k), false);
  }

  /**
   * The pairs first … end − 1, counted from 0, the smallest value.
   *
   * @param first index of the first, ≥ 0
   * @param end one beyond the last, ≥ first
   * @return the range
   * @throws IllegalArgumentException if first is negative or greater than end
   */
  public static IndexRange of(int first, int end) {
    if (first < 0 || first > end) {
      throw new IllegalArgumentException(
          "first must be from 0 to end, got first = " + first + ", end = " + end);
    }
    return new IndexRange(first, end - first, false);
  }

  /**
   * How many pairs.
   *
   * @return k
   */
  public int count() {
    return count;
  }

  /**
   * The index of the first pair in a matrix.
   *
   * @param n order of the matrix
   * @return from 0 to n − k
   * @throws IllegalArgumentException if the matrix has too few pairs
   */
  public int first(int n) {
    if (count > n - first) {
      throw new IllegalArgumentException("range must fit a matrix of order " + n + ", got " + this);
    }
    return largest ? n - count : first;
  }

  /** The same of a batch; one that was made from no matrices has no order that must fit. */
  int first(MatrixBatch batch) {
    return batch.count() == 0 && batch.order() == 0 ? 0 : first(batch.order());
  }

  private static int requireCount(int k) {
    if (k < 0) {
      throw new IllegalArgumentException("k must be ≥ 0, got " + k);
    }
    return k;
  }

  /** Same pairs of every matrix. */
  @Override
  public boolean equals(Object other) {
    return other instanceof IndexRange that
        && first == that.first
        && count == that.count
        && largest == that.largest;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * first + count) + Boolean.hashCode(largest);
  }

  @Override
  public String toString() {
    return largest ? "the " + count + " largest" : "[" + first + ", " + (first + count) + ")";
  }
}
