package eigengrad.simd;

import java.util.Arrays;

/** Copies of an operand of {@link Gemm} in the order its kernels read. */
final class Packing {
  private Packing() {}

  /**
   * Copies a block into strips of {@code tile} rows, depth-major inside a strip, zeros below the
   * last row.
   *
   * @param rowsContiguous whether neighbouring rows, rather than depths, are neighbours in memory
   */
  static void pack(
      KernelSet kernels,
      boolean rowsContiguous,
      int rows,
      int depth,
      int tile,
      double[] source,
      int offset,
      int ld,
      double[] target) {
    for (int row = 0; row < rows; row += tile) {
      int strip = row * depth;
      int height = Math.min(tile, rows - row);
      if (height < tile) {
        Arrays.fill(target, strip, strip + tile * depth, 0);
      }
      if (rowsContiguous) {
        for (int p = 0; p < depth; p++) {
          System.arraycopy(source, offset + row + p * ld, target, strip + p * tile, height);
        }
      } else {
        kernels
            .transposition()
            .transpose(depth, height, source, offset + row * ld, ld, target, strip, tile);
      }
    }
  }
}
