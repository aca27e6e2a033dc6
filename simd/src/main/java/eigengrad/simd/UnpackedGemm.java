package eigengrad.simd;

/**
 * The small matrix product: {@link Level3#gemmUnpacked} on the operands where they lie.
 *
 * <p>Three things are copied after all: a transposed A, for the kernel reads down its columns; an A
 * of fewer rows than a vector; and a B of fewer columns than the kernel's step. Rows and columns
 * beyond the last whole vector and step come from one more vector and step that overlap those
 * before, computed aside.
 */
final class UnpackedGemm {
  /** Elements of A up to which a product is not packed: 128 × 128, 128 KB. */
  static final int MOST_ELEMENTS = 1 << 14;

  /** The same where C has a short side: 512 KB, a second-level cache. */
  static final int MOST_ELEMENTS_THIN = 1 << 16;

  /** A short side of C. */
  static final int SHORT_SIDE = 64;

  /** Columns of a strip of the lower triangle: half of the square on the diagonal is wasted. */
  private static final int TRIANGLE_STRIP = 16;

  private final KernelSet kernels;
  private final int lanes;
  private final int step;
  private double[] diagonal = Buffers.NONE;
  private double[] copyOfA = Buffers.NONE;
  private double[] copyOfB = Buffers.NONE;
  private double[] lastRows = Buffers.NONE;
  private double[] lastColumns = Buffers.NONE;

  // The product under way: left = op(A), down its columns; right = op(B), by two strides.
  private int depth;
  private double alpha;
  private double[] left = Buffers.NONE;
  private int leftOffset;
  private int leftLd;
  private double[] right = Buffers.NONE;
  private int rightOffset;
  private int rightRowStride;
  private int rightColumnStride;

  UnpackedGemm(KernelSet kernels) {
    this.kernels = kernels;
    this.lanes = kernels.lanes();
    this.step = kernels.level3().unpackedColumns();
  }

  /**
   * Whether a product of these sizes is faster here than packed. A, read once for every few columns
   * of B, must stay in a cache: in part of the second level, or in all of it where a short side of
   * C leaves packing few flops to pay it.
   */
  static boolean isFaster(int m, int n, int k) {
    long elementsOfA = (long) m * k;
    boolean thin = Math.min(m, n) <= SHORT_SIDE;
    return elementsOfA <= (thin ? MOST_ELEMENTS_THIN : MOST_ELEMENTS);
  }

  /** As {@link Gemm#multiply}; with {@code lower}, of C the lower triangle only. */
  void multiply(
      boolean lower,
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int ldb,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    this.alpha = alpha;
    this.depth = k;
    readLeft(transposeA == Transpose.NO, m, a, aOffset, lda);
    readRight(transposeB == Transpose.NO, n, b, bOffset, ldb);
    if (lower) {
      lowerTriangle(n, beta, c, cOffset, ldc);
    } else {
      block(0, m, 0, n, beta, c, cOffset, ldc);
    }
    // The caller's arrays are not kept alive.
    left = copyOfA;
    right = copyOfB;
  }

  private void readLeft(boolean columnsContiguous, int m, double[] a, int aOffset, int lda) {
    if (columnsContiguous && m >= lanes) {
      left = a;
      leftOffset = aOffset;
      leftLd = lda;
      return;
    }
    // An odd number of vectors, so that columns do not fall on the same cache lines.
    leftLd = Buffers.roundUp(m, lanes) | lanes;
    copyOfA = Buffers.atLeast(copyOfA, leftLd * depth);
    if (m >= lanes) {
      kernels.transposition().transpose(depth, m, a, aOffset, lda, copyOfA, 0, leftLd);
    } else {
      Packing.pack(kernels, columnsContiguous, m, depth, leftLd, a, aOffset, lda, copyOfA);
    }
    left = copyOfA;
    leftOffset = 0;
  }

  private void readRight(boolean columnsContiguous, int n, double[] b, int bOffset, int ldb) {
    if (n >= step) {
      right = b;
      rightOffset = bOffset;
      rightRowStride = columnsContiguous ? 1 : ldb;
      rightColumnStride = columnsContiguous ? ldb : 1;
      return;
    }
    copyOfB = Buffers.atLeast(copyOfB, step * depth);
    Packing.pack(kernels, !columnsContiguous, n, depth, step, b, bOffset, ldb, copyOfB);
    right = copyOfB;
    rightOffset = 0;
    rightRowStride = step;
    rightColumnStride = 1;
  }

  private void lowerTriangle(int n, double beta, double[] c, int cOffset, int ldc) {
    diagonal = Buffers.atLeast(diagonal, TRIANGLE_STRIP * TRIANGLE_STRIP);
    for (int j = 0; j < n; j += TRIANGLE_STRIP) {
      int width = Math.min(TRIANGLE_STRIP, n - j);
      int corner = cOffset + j + j * ldc;
      block(j, width, j, width, 0, diagonal, 0, width);
      for (int q = 0; q < width; q++) {
        add(width - q, 1, diagonal, q + q * width, width, beta, c, corner + q + q * ldc, ldc);
      }
      block(j + width, n - j - width, j, width, beta, c, corner + width, ldc);
    }
  }

  /** target ← α·(some rows of left)·(some columns of right) + β·target. */
  private void block(
      int row,
      int rows,
      int column,
      int columns,
      double beta,
      double[] target,
      int offset,
      int ld) {
    int whole = columns - columns % step;
    wholeColumns(row, rows, column, whole, beta, target, offset, ld);
    if (whole < columns) {
      int first = Math.max(0, column + columns - step);
      lastColumns = Buffers.atLeast(lastColumns, rows * step);
      wholeColumns(row, rows, first, step, 0, lastColumns, 0, rows);
      int from = (column + whole - first) * rows;
      add(rows, columns - whole, lastColumns, from, rows, beta, target, offset + whole * ld, ld);
    }
  }

  private void wholeColumns(
      int row,
      int rows,
      int column,
      int columns,
      double beta,
      double[] target,
      int offset,
      int ld) {
    int whole = rows - rows % lanes;
    wholeVectors(row, whole, column, columns, beta, target, offset, ld);
    if (whole < rows) {
      int first = Math.max(0, row + rows - lanes);
      lastRows = Buffers.atLeast(lastRows, lanes * columns);
      wholeVectors(first, lanes, column, columns, 0, lastRows, 0, lanes);
      int from = row + whole - first;
      add(rows - whole, columns, lastRows, from, lanes, beta, target, offset + whole, ld);
    }
  }

  private void wholeVectors(
      int row,
      int rows,
      int column,
      int columns,
      double beta,
      double[] target,
      int offset,
      int ld) {
    kernels
        .level3()
        .gemmUnpacked(
            rows,
            columns,
            depth,
            alpha,
            left,
            leftOffset + row,
            leftLd,
            right,
            rightOffset + column * rightColumnStride,
            rightRowStride,
            rightColumnStride,
            beta,
            target,
            offset,
            ld);
  }

  /** C ← X + βC. */
  private static void add(
      int rows,
      int columns,
      double[] x,
      int xOffset,
      int ldx,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    for (int j = 0; j < columns; j++) {
      int from = xOffset + j * ldx;
      int to = cOffset + j * ldc;
      if (beta == 0) {
        System.arraycopy(x, from, c, to, rows);
      } else {
        for (int i = 0; i < rows; i++) {
          c[to + i] = x[from + i] + beta * c[to + i];
        }
      }
    }
  }
}
