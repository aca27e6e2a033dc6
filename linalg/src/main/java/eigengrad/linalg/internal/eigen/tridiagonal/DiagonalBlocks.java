package eigengrad.linalg.internal.eigen.tridiagonal;

import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * The diagonal blocks that a symmetric matrix falls into, whatever the order of its rows: the
 * connected components of the graph with an edge (i, j) where aᵢⱼ ≠ 0.
 *
 * <p>Cost: n elements read where the first column has no zero, at most n²/2.
 */
public final class DiagonalBlocks {
  private int count;

  /** The rows of one block after the other, those of each ascending. */
  private int[] rows = Buffers.NO_INDICES;

  private int[] starts = Buffers.NO_INDICES;

  /** The blocks of the matrices that are looked at, one after the other. */
  public DiagonalBlocks() {}

  /**
   * Looks at a dense matrix.
   *
   * @param n order
   * @param a column-major, lower triangle read
   * @param offset where it starts
   * @param stride from one element to the next
   */
  public void find(int n, double[] a, int offset, int stride) {
    begin(n);
    if (firstColumnHasZero(n, a, offset, stride)) {
      search(n, a, offset, stride);
    } else if (n > 0) {
      startBlock(0);
    }
    starts[count] = n;
  }

  private static boolean firstColumnHasZero(int n, double[] a, int offset, int stride) {
    boolean zero = false;
    for (int i = 1; i < n; i++) {
      zero |= a[offset + i * stride] == 0;
    }
    return zero;
  }

  /** Breadth first. */
  private void search(int n, double[] a, int offset, int stride) {
    // Up to seen the rows of the blocks so far; those from done on may have neighbours unseen.
    int seen = 0;
    for (int done = 0; done < n; done++) {
      if (done == seen) {
        Arrays.sort(rows, count == 0 ? 0 : starts[count - 1], seen);
        startBlock(seen++);
      }
      int row = rows[done];
      for (int k = seen; k < n; k++) {
        int other = rows[k];
        int element = Math.min(row, other) * n + Math.max(row, other);
        if (a[offset + element * stride] != 0) {
          rows[k] = rows[seen];
          rows[seen++] = other;
        }
      }
    }
    Arrays.sort(rows, starts[count - 1], n);
  }

  /**
   * Looks at a tridiagonal matrix.
   *
   * @param n order
   * @param offDiagonal its n − 1 elements beside the diagonal
   */
  public void find(int n, double[] offDiagonal) {
    begin(n);
    for (int row = 0; row < n; row++) {
      if (row == 0 || offDiagonal[row - 1] == 0) {
        startBlock(row);
      }
    }
    starts[count] = n;
  }

  private void begin(int n) {
    rows = Buffers.atLeast(rows, n);
    starts = Buffers.atLeast(starts, n + 1);
    count = 0;
    for (int i = 0; i < n; i++) {
      rows[i] = i;
    }
  }

  private void startBlock(int at) {
    starts[count++] = at;
  }

  /**
   * How many there are.
   *
   * @return from 0, of a matrix of order 0, to n
   */
  public int count() {
    return count;
  }

  /**
   * Where the rows of a block start.
   *
   * @param block counted from 0; the number of blocks stands for the end of the last
   * @return index in {@link #rows}
   */
  public int start(int block) {
    return starts[block];
  }

  /**
   * How many rows a block has.
   *
   * @param block counted from 0
   * @return its order
   */
  public int size(int block) {
    return starts[block + 1] - starts[block];
  }

  /**
   * Whether each block has neighbouring rows.
   *
   * @return false if the rows of two blocks alternate
   */
  public boolean contiguous() {
    boolean contiguous = true;
    for (int b = 0; b < count; b++) {
      contiguous &= rows[starts[b + 1] - 1] - rows[starts[b]] == size(b) - 1;
    }
    return contiguous;
  }

  /**
   * The rows of one block after the other, those of each ascending.
   *
   * @return the array itself, of which the first n elements count
   */
  public int[] rows() {
    return rows;
  }
}
