package eigengrad.linalg.internal.householder;

import eigengrad.simd.AlignedBuffer;
import eigengrad.simd.ArraySize;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.Level3;
import java.util.Arrays;

/**
 * Reflectors in blocks, each applied by matrix products: HᵢHᵢ₊₁… = I − VXVᵀ.
 *
 * <p>A block is a row of strips, each with as many reflectors as a tile of {@link Level3#gemmTile}
 * has columns; strip s alone is I − VₛTₛVₛᵀ, Tₛ upper triangular. For Wₛ = VₛᵀZ the product takes
 * away VY, where from the last strip on Yₛ = Tₛ(Wₛ − Σᵣ VₛᵀVᵣ·Yᵣ), summed over the strips r behind
 * s. So no T of the whole block is formed. Zeros above a reflector are left out strip by strip.
 *
 * <p>Z comes in tiles of some columns, row after row: Zᵀ as the kernel wants its left operand. V is
 * its right operand, packed in two ways: a strip of reflectors row after row for VᵀZ, and a strip
 * of rows reflector after reflector for VY.
 *
 * <p>Source: R. Schreiber and C. F. Van Loan, <i>A Storage-Efficient WY Representation for Products
 * of Householder Transformations</i>, SIAM J. Sci. Stat. Comput. 10 (1989).
 */
final class ReflectorBlocks {
  /**
   * Reflectors of a block: the more, the less often a tile is read and written, but the more
   * products of a block's own vectors there are.
   */
  private static final int REFLECTORS = 48;

  private final Reflectors reflectors;

  /** Columns of Z in a tile, reflectors in a strip. */
  private final int tileColumns = Kernels.level3().tileRows();

  private final int strip = Kernels.level3().tileColumns();

  /** How many reflectors a block has: some strips. */
  private final int width = Math.max(1, REFLECTORS / strip) * strip;

  /** Of each block, with all rows: V by strips of reflectors, and by strips of rows. */
  private double[] byReflectors = Buffers.NONE;

  private double[] byRows = Buffers.NONE;

  /** Of each block, by strips: the products of its vectors with all from the strip on. */
  private double[] products = Buffers.NONE;

  /** Of each strip Tᵀ. */
  private double[] factors = Buffers.NONE;

  ReflectorBlocks(Reflectors reflectors) {
    this.reflectors = reflectors;
  }

  /** Begins with new reflectors, for which there is room now. */
  void begin() {
    int elements =
        ArraySize.of("reflectors", paddedRows(), (long) count() * width, Reflectors.LOWER_ORDER);
    byReflectors = Buffers.atLeast(byReflectors, elements);
    byRows = Buffers.atLeast(byRows, elements);
    products = Buffers.atLeast(products, count() * width * width);
    factors = Buffers.atLeast(factors, count() * width * strip);
  }

  /** How many blocks there are. */
  int count() {
    return (reflectors.count() + width - 1) / width;
  }

  /** Columns of a tile. */
  int tileColumns() {
    return tileColumns;
  }

  /** Elements of a tile: some rows beyond the last are written, but not read. */
  int tileElements() {
    return paddedRows() * tileColumns;
  }

  /** What {@link #apply} needs for itself, in elements. */
  int workElements() {
    return 2 * width * tileColumns;
  }

  private int paddedRows() {
    return reflectors.rows() + strip;
  }

  private int first(int block) {
    return block * width;
  }

  /** Rows from the block's first reflector on. */
  private int height(int block) {
    return reflectors.rows() - reflectors.top(first(block));
  }

  /** Where a block is packed, either way. */
  private int start(int block) {
    return block * width * paddedRows();
  }

  /** Reflectors of a block, its last strip filled up with some that do nothing. */
  private int width(int block) {
    return Buffers.roundUp(Math.min(width, reflectors.count() - first(block)), strip);
  }

  /** Packs a block. */
  void pack(int block) {
    int count = Math.min(width, reflectors.count() - first(block));
    for (int s = 0; s < count; s += strip) {
      packStrip(block, s, Math.min(strip, count - s));
    }
    packRows(block, count);
  }

  /** The strip that begins with a block's reflector s. */
  private void packStrip(int block, int s, int count) {
    int rows = height(block) - s;
    int packed = start(block) + s * height(block);
    int gram = block * width * width + s * width;
    Arrays.fill(products, gram, gram + (width - s) * strip, 0);
    int factor = (block * width + s) * strip;
    Arrays.fill(factors, factor, factor + strip * strip, 0);
    int first = first(block) + s;
    double[] vectors = reflectors.vectors();
    int ld = reflectors.leadingDimension();
    if (count < strip) {
      Arrays.fill(byReflectors, packed, packed + rows * strip, 0);
    }
    Kernels.transposition()
        .transpose(rows, count, vectors, reflectors.start(first), ld, byReflectors, packed, strip);
    for (int i = 0; i < Math.min(count, rows); i++) {
      Arrays.fill(byReflectors, packed + i * strip + i + 1, packed + (i + 1) * strip, 0);
    }
    // Of a reflector within the strip those before it begin higher up, where it is zero.
    int end = Math.min(first(block) + width, reflectors.count());
    for (int i = first + 1; i < end; i++) {
      int before = Math.min(count, i - first);
      int row = reflectors.start(i) - (i - first) * ld;
      Kernels.level2()
          .gemvTransposed(
              reflectors.rows() - reflectors.top(i),
              before,
              1,
              vectors,
              row,
              ld,
              vectors,
              reflectors.start(i),
              0,
              products,
              gram + (i - first) * strip);
    }
    formFactor(first, count, gram, factor);
  }

  /** T(0…k−1, k) = −τₖ·T(0…k−1, 0…k−1)·(Vᵀvₖ) and T(k, k) = τₖ, by rows of Tᵀ. */
  private void formFactor(int first, int count, int gram, int factor) {
    for (int k = 0; k < count; k++) {
      double tau = reflectors.tau(first + k);
      int row = factor + k * strip;
      for (int i = 0; i < k; i++) {
        double share = -tau * products[gram + k * strip + i];
        for (int j = 0; j <= i; j++) {
          factors[row + j] += share * factors[factor + i * strip + j];
        }
      }
      factors[row + k] = tau;
    }
  }

  /** V by strips of rows: of each the reflectors that reach them. */
  private void packRows(int block, int count) {
    int height = height(block);
    int packed = start(block);
    double[] vectors = reflectors.vectors();
    int from = reflectors.start(first(block));
    int ld = reflectors.leadingDimension();
    for (int row = 0; row < height; row += strip) {
      int depth = Math.min(count, row + strip);
      int rows = Math.min(strip, height - row);
      for (int k = 0; k < depth; k++) {
        int to = packed + k * strip;
        int zeros = Math.clamp(k - row, 0, rows);
        Arrays.fill(byRows, to, to + zeros, 0);
        System.arraycopy(vectors, from + k * ld + row + zeros, byRows, to + zeros, rows - zeros);
        Arrays.fill(byRows, to + rows, to + strip, 0);
      }
      Arrays.fill(byRows, packed + depth * strip, packed + width(block) * strip, 0);
      packed += width(block) * strip;
    }
  }

  /**
   * Applies a block to a tile.
   *
   * @param block its number
   * @param tile row after row, all of the reflectors' rows
   * @param offset where the tile starts
   * @param memory of {@link #workElements}, overwritten
   */
  void apply(int block, double[] tile, int offset, AlignedBuffer memory) {
    double[] work = memory.elements();
    int height = height(block);
    int count = width(block);
    int top = offset + reflectors.top(first(block)) * tileColumns;
    int w = memory.origin();
    int y = w + count * tileColumns;
    Arrays.fill(work, w, w + 2 * count * tileColumns, 0);
    for (int s = 0; s < count; s += strip) {
      int packed = start(block) + s * height;
      int at = s * tileColumns;
      Kernels.level3()
          .gemmTile(height - s, 1, tile, top + at, byReflectors, packed, work, w + at, tileColumns);
    }
    for (int s = count - strip; s >= 0; s -= strip) {
      int at = s * tileColumns;
      int behind = s + strip;
      int gram = block * width * width + s * width + strip * strip;
      int from = y + behind * tileColumns;
      Kernels.level3()
          .gemmTile(count - behind, 1, work, from, products, gram, work, w + at, tileColumns);
      int factor = (block * width + s) * strip;
      Kernels.level3()
          .gemmTile(strip, -1, work, w + at, factors, factor, work, y + at, tileColumns);
    }
    for (int row = 0; row < height; row += strip) {
      int packed = start(block) + row * count;
      int at = top + row * tileColumns;
      Kernels.level3()
          .gemmTile(
              Math.min(count, row + strip), 1, work, y, byRows, packed, tile, at, tileColumns);
    }
  }
}
