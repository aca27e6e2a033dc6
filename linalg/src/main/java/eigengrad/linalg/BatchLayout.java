package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

import eigengrad.simd.Kernels;

/**
 * Between matrices one after the other and lane blocks: block by block, so that what lies between,
 * doubles in either order, stays in the cache.
 */
final class BatchLayout {
  /** Reads matrices that lie one after the other. */
  @FunctionalInterface
  interface Source {
    /** Puts elements from {@code first} on at the beginning of the target. */
    void read(int first, int elements, double[] target);
  }

  /** Writes matrices one after the other. */
  @FunctionalInterface
  interface Target {
    /** Takes elements from the beginning of the source to {@code first} on. */
    void write(int first, int elements, double[] source);
  }

  private final int count;
  private final int rows;
  private final int columns;
  private final boolean rowMajor;
  private final double[] matrices;
  private final double[] transposed;

  /**
   * A layout of so many m×n matrices one after the other.
   *
   * @param rowMajor whether each lies row after row, and not column after column
   */
  BatchLayout(int count, int rows, int columns, boolean rowMajor) {
    this.count = count;
    this.rows = rows;
    this.columns = columns;
    this.rowMajor = rowMajor;
    int most = Math.min(count, LANES) * rows * columns;
    this.matrices = new double[most];
    this.transposed = new double[rowMajor ? most : 0];
  }

  /** Fills lane blocks. */
  void interleave(Source source, double[] interleaved) {
    int each = rows * columns;
    for (int b = 0; b < count && each > 0; b += LANES) {
      int some = Math.min(LANES, count - b);
      source.read(b * each, some * each, matrices);
      double[] columnMajor = rowMajor ? transpose(some, columns, rows) : matrices;
      Kernels.transposition()
          .transpose(each, some, columnMajor, 0, each, interleaved, b * each, LANES);
    }
  }

  /** Takes lane blocks apart. */
  void separate(double[] interleaved, Target target) {
    int each = rows * columns;
    for (int b = 0; b < count && each > 0; b += LANES) {
      int some = Math.min(LANES, count - b);
      Kernels.transposition()
          .transpose(some, each, interleaved, b * each, LANES, matrices, 0, each);
      target.write(b * each, some * each, rowMajor ? transpose(some, rows, columns) : matrices);
    }
  }

  /** Of m×n matrices that lie column after column. */
  private double[] transpose(int some, int m, int n) {
    for (int first = 0; first < some * m * n; first += m * n) {
      Kernels.transposition().transpose(m, n, matrices, first, m, transposed, first, n);
    }
    return transposed;
  }
}
