package eigengrad.linalg.internal.eigen.batch;

import static eigengrad.simd.LaneBlock.BLOCK;

import eigengrad.linalg.internal.eigen.tridiagonal.DiagonalBlocks;

/**
 * Tells matrices with a small diagonal block that their lane would judge by the size of another.
 *
 * <p>A lane is scaled by its largest element and neglects what is below 2⁻³⁰⁰ of it, which is below
 * rounding in all but tiny blocks; and reduction to tridiagonal form mixes blocks whose rows are
 * not neighbours.
 */
final class NeglectedBlocks {
  /** Of the largest element. */
  private static final double TINY = 0x1p-240;

  /** Of the largest element: whatever costs a smaller block more than three bits. */
  private static final double SMALL = 0x1p-3;

  private final DiagonalBlocks blocks = new DiagonalBlocks();

  /**
   * Whether there is one.
   *
   * @param n order
   * @param matrices interleaved, lower triangles read
   * @param first where the matrix starts
   * @param largest max |a|
   */
  boolean present(int n, double[] matrices, int first, double largest) {
    boolean mixed = !Crossover.jacobi(n);
    if (smallestOnDiagonal(n, matrices, first) >= (mixed ? SMALL : TINY) * largest) {
      // As no small block has: the quick answer.
      return false;
    }
    blocks.find(n, matrices, first, BLOCK);
    if (blocks.count() <= 1) {
      return false;
    }
    double limit = mixed && !blocks.contiguous() ? SMALL : TINY;
    return smallestBlock(n, matrices, first) < limit * largest;
  }

  private static double smallestOnDiagonal(int n, double[] matrices, int first) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      smallest = Math.min(smallest, Math.abs(matrices[first + (n + 1) * j * BLOCK]));
    }
    return smallest;
  }

  /** The largest element of the block in which it is smallest, but for zeros. */
  private double smallestBlock(int n, double[] matrices, int first) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int b = 0; b < blocks.count(); b++) {
      double size = 0;
      int end = blocks.start(b) + blocks.size(b);
      for (int j = blocks.start(b); j < end; j++) {
        int column = first + blocks.rows()[j] * n * BLOCK;
        for (int i = j; i < end; i++) {
          size = Math.max(size, Math.abs(matrices[column + blocks.rows()[i] * BLOCK]));
        }
      }
      smallest = size == 0 ? smallest : Math.min(smallest, size);
    }
    return smallest;
  }
}
