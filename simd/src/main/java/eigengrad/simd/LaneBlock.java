package eigengrad.simd;

/**
 * The layout of small matrices that are solved together: eight of them, interleaved, are a lane
 * block.
 *
 * <p>Element (i, j) of matrix b of a lane block of n×n matrices lies at {@code a[aOffset + (j * n +
 * i) * BLOCK + b]}, component i of vector b at {@code x[xOffset + i * BLOCK + b]}. Two lane blocks
 * are solved at a time, in scratch arrays that interleave all their matrices: element (i, j) of
 * matrix b of the pair at {@code a[j * columnStride(n) + i * PAIR + b]}, component i of vector b at
 * {@code x[i * PAIR + b]}.
 */
public final class LaneBlock {
  /** Matrices in a lane block: the lanes of the widest vectors. */
  public static final int BLOCK = 8;

  /**
   * Matrices solved at a time: two lane blocks, so that one need not wait for the other's
   * divisions.
   */
  public static final int PAIR = 2 * BLOCK;

  private LaneBlock() {}

  /**
   * Where the numbers of a matrix begin in lane blocks; they lie BLOCK apart.
   *
   * @param b index of the matrix
   * @param size numbers a matrix has: n of a vector, n² of a matrix
   * @return the index of the first
   */
  public static int first(int b, int size) {
    return b / BLOCK * size * BLOCK + b % BLOCK;
  }

  /**
   * From a column to the next in scratch: an odd number of cache lines' pairs, since columns a
   * power of two apart share cache sets.
   *
   * @param n order
   * @return elements
   */
  public static int columnStride(int n) {
    return (n | 1) * PAIR;
  }
}
