package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;

/**
 * What divide and conquer has reached: the eigenvalues and eigenvectors of the diagonal blocks that
 * are solved, in the places of their rows and columns.
 */
public final class PartialSpectrum {

  /** The eigenvalues of solved blocks, the diagonal of the others. */
  public double[] values = Buffers.NONE;

  /** The caller's; not kept. */
  public double[] vectors = Buffers.NONE;

  /** From a column of vectors to the next. */
  public int ld;

  /** For each solved block, the indices within it that sort its eigenvalues. */
  public int[] order = Buffers.NO_INDICES;

  /** Where the vectors start. */
  private int origin;

  /** Nothing yet. */
  public PartialSpectrum() {}

  /**
   * Begins with a matrix.
   *
   * @param n its order
   * @param diagonal the array for the values
   * @param target for the vectors
   * @param corner where these start
   * @param columnStride from one to the next
   */
  public void begin(int n, double[] diagonal, double[] target, int corner, int columnStride) {
    values = diagonal;
    vectors = target;
    origin = corner;
    ld = columnStride;
    order = Buffers.atLeast(order, n);
  }

  /** The vectors, which are the caller's, are not kept. */
  public void end() {
    vectors = Buffers.NONE;
  }

  /**
   * Where the vectors of a block start.
   *
   * @param first its first row
   * @return index of its first element
   */
  public int corner(int first) {
    return origin + first * ld + first;
  }

  /**
   * Orders a block's values: by insertion, as they come nearly sorted.
   *
   * @param first its first row
   * @param n how many, from the first on
   */
  public void sort(int first, int n) {
    for (int j = 0; j < n; j++) {
      int position = j;
      while (position > 0 && values[first + order[first + position - 1]] > values[first + j]) {
        order[first + position] = order[first + position - 1];
        position--;
      }
      order[first + position] = j;
    }
  }

  /**
   * Writes the common order of two neighbouring blocks.
   *
   * @param first row of the upper block
   * @param upperCount how many of its values count, from the first on
   * @param upper rows of the upper block
   * @param lowerCount how many of the lower block's values count
   * @param ascending overwritten
   * @param start where the indices are written, of values from row first on
   */
  public void mergeOrders(
      int first, int upperCount, int upper, int lowerCount, int[] ascending, int start) {
    int i = 0;
    int j = 0;
    for (int position = start; position < start + upperCount + lowerCount; position++) {
      boolean takeUpper =
          j == lowerCount
              || (i < upperCount
                  && values[first + order[first + i]]
                      <= values[first + upper + order[first + upper + j]]);
      ascending[position] = takeUpper ? order[first + i++] : upper + order[first + upper + j++];
    }
  }
}
