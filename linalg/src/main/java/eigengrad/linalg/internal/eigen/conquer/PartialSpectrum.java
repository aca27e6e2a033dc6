package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.simd.Buffers;

/**
 * What divide and conquer has reached: the eigenvalues and eigenvectors of the diagonal blocks that
 * are solved, in the places of their rows and columns.
 */
final class PartialSpectrum {
  private static final double[] NO_VECTORS = {};

  /** The eigenvalues of solved blocks, the diagonal of the others. */
  double[] values = {};

  /** The caller's; not kept. */
  double[] vectors = NO_VECTORS;

  /** From a column of vectors to the next. */
  int ld;

  /** For each solved block, the indices within it that sort its eigenvalues. */
  int[] order = {};

  /** Where the vectors start. */
  private int origin;

  void begin(TridiagonalMatrix tridiagonal, double[] target, int corner, int columnStride) {
    values = tridiagonal.diagonal();
    vectors = target;
    origin = corner;
    ld = columnStride;
    order = Buffers.atLeast(order, tridiagonal.size());
  }

  void end() {
    vectors = NO_VECTORS;
  }

  /** Where the vectors of the block that starts at a row start. */
  int corner(int first) {
    return origin + first * ld + first;
  }

  /** Orders a block's eigenvalues: by insertion, as they come nearly sorted. */
  void sort(int first, int n) {
    for (int j = 0; j < n; j++) {
      int position = j;
      while (position > 0 && values[first + order[first + position - 1]] > values[first + j]) {
        order[first + position] = order[first + position - 1];
        position--;
      }
      order[first + position] = j;
    }
  }

  /** Writes the common order of two neighbouring blocks, of upper and n − upper values. */
  void mergeOrders(int first, int upper, int n, int[] ascending) {
    int i = 0;
    int j = upper;
    for (int position = 0; position < n; position++) {
      boolean takeUpper =
          j == n
              || (i < upper
                  && values[first + order[first + i]] <= values[first + upper + order[first + j]]);
      ascending[position] = takeUpper ? order[first + i++] : upper + order[first + j++];
    }
  }
}
