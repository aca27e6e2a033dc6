package eigengrad.linalg;

import eigengrad.linalg.internal.eigen.conquer.AscendingOrder;
import eigengrad.linalg.internal.eigen.sturm.BlockRanges;
import eigengrad.linalg.internal.eigen.tridiagonal.DiagonalBlocks;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lazy;
import eigengrad.simd.ArraySize;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Solves any symmetric eigenproblem: the diagonal blocks of the matrix, in whatever order its rows
 * are, each by itself and at its own scale, so that none is judged by the size of another.
 *
 * <p>Wanted are the pairs first … end − 1 of all n. For a tridiagonal block, {@link BlockRanges}
 * counts which of its pairs are among them. Pair i of a dense block of order m has an index from i
 * to i + n − m in the whole matrix, so only pairs first − (n − m) … end − 1 of the block can be
 * wanted, and the others need not be found.
 */
final class BlockDiagonalSolver {
  /** Finds pairs of one block. */
  private interface BlockSolver {
    void solve(int block, int first, int end, double[] values, double @Nullable [] vectors);
  }

  private final IrreducibleSolver irreducible = new IrreducibleSolver();
  private final DiagonalBlocks blocks = new DiagonalBlocks();
  private final AscendingOrder ascending = new AscendingOrder();

  private final Lazy<BlockRanges> ranges = new Lazy<>(BlockRanges::new);

  /** A tridiagonal block, to be counted. */
  private final TridiagonalMatrix tridiagonal = new TridiagonalMatrix();

  /** Of each block, the pairs that are found. */
  private int[] blockFrom = Buffers.NO_INDICES;

  private int[] blockTo = Buffers.NO_INDICES;

  /** A dense block. */
  private double[] block = Buffers.NONE;

  private double[] blockValues = Buffers.NONE;
  private double[] blockVectors = Buffers.NONE;

  /** The values found of all blocks, whose they are, and where their vectors are. */
  private double[] found = Buffers.NONE;

  private int[] blockOf = Buffers.NO_INDICES;
  private int[] vectorStart = Buffers.NO_INDICES;
  private double[] foundVectors = Buffers.NONE;

  /**
   * The pairs first … end − 1 of a dense matrix.
   *
   * @param symmetric lower triangle read; not modified
   * @param values their eigenvalues, ascending
   * @param vectors n×(end − first) zeros, overwritten by the eigenvectors; null for values alone
   */
  void solve(
      DenseMatrix symmetric,
      int first,
      int end,
      EigenOptions options,
      Crew crew,
      double[] values,
      double @Nullable [] vectors) {
    int n = symmetric.rows();
    double[] a = symmetric.columnMajor();
    blocks.find(n, a, 0, 1);
    if (blocks.count() <= 1) {
      double largest = SymmetricInput.largest(symmetric, options.symmetryTolerance());
      irreducible.solve(n, a, largest, first, end, options, crew, values, vectors);
    } else {
      allowRanges(n, first, end);
      solveBlocks(
          n,
          first,
          end,
          values,
          vectors,
          (b, from, to, own, ownVectors) -> {
            int m = takeBlock(n, a, b);
            double size = Kernels.level1().maxAbs(m * m, block, 0);
            irreducible.solve(m, block, size, from, to, options, crew, own, ownVectors);
          });
    }
    requireFinite(end - first, values);
  }

  /**
   * The pairs first … end − 1 of a tridiagonal matrix.
   *
   * @param diagonal not modified
   * @param offDiagonal not modified
   * @param values their eigenvalues, ascending
   * @param vectors n×(end − first) zeros, overwritten by the eigenvectors; null for values alone
   */
  void solve(
      double[] diagonal,
      double[] offDiagonal,
      int first,
      int end,
      EigenOptions options,
      Crew crew,
      double[] values,
      double @Nullable [] vectors) {
    int n = diagonal.length;
    blocks.find(n, offDiagonal);
    if (blocks.count() <= 1) {
      irreducible.solve(diagonal, offDiagonal, 0, n, first, end, options, crew, values, vectors);
    } else {
      locateRanges(diagonal, offDiagonal, first, end, crew);
      solveBlocks(
          n,
          first,
          end,
          values,
          vectors,
          (b, from, to, own, ownVectors) ->
              irreducible.solve(
                  diagonal,
                  offDiagonal,
                  blocks.start(b),
                  blocks.size(b),
                  from,
                  to,
                  options,
                  crew,
                  own,
                  ownVectors));
    }
    requireFinite(end - first, values);
  }

  /** Which pairs of each block can be among those wanted. */
  private void allowRanges(int n, int first, int end) {
    ensureRanges();
    for (int b = 0; b < blocks.count(); b++) {
      int m = blocks.size(b);
      blockFrom[b] = Math.min(Math.max(first - (n - m), 0), m);
      blockTo[b] = Math.max(Math.min(end, m), blockFrom[b]);
    }
  }

  /** Which pairs of each block are those wanted of a tridiagonal matrix. */
  private void locateRanges(
      double[] diagonal, double[] offDiagonal, int first, int end, Crew crew) {
    ensureRanges();
    BlockRanges ranges = this.ranges.get();
    ranges.begin(diagonal.length);
    for (int b = 0; b < blocks.count(); b++) {
      tridiagonal.copy(diagonal, offDiagonal, blocks.start(b), blocks.size(b));
      ranges.add(tridiagonal, blocks.size(b) == 1 ? 0 : tridiagonal.scaleToOne());
    }
    ranges.locate(first, end, crew);
    for (int b = 0; b < blocks.count(); b++) {
      blockFrom[b] = ranges.from(b);
      blockTo[b] = ranges.to(b);
    }
  }

  private void ensureRanges() {
    blockFrom = Buffers.atLeast(blockFrom, blocks.count());
    blockTo = Buffers.atLeast(blockTo, blocks.count());
  }

  /** Copies the lower triangle of a dense block, with zeros above; returns its order. */
  private int takeBlock(int n, double[] a, int b) {
    int m = blocks.size(b);
    block = Buffers.atLeast(block, m * m);
    Arrays.fill(block, 0, m * m, 0);
    int start = blocks.start(b);
    for (int j = 0; j < m; j++) {
      int column = blocks.rows()[start + j] * n;
      for (int i = j; i < m; i++) {
        block[i + j * m] = a[blocks.rows()[start + i] + column];
      }
    }
    return m;
  }

  private void solveBlocks(
      int n, int first, int end, double[] values, double @Nullable [] vectors, BlockSolver solver) {
    found = Buffers.atLeast(found, n);
    blockOf = Buffers.atLeast(blockOf, n);
    vectorStart = Buffers.atLeast(vectorStart, n);
    if (vectors != null) {
      foundVectors = Buffers.atLeast(foundVectors, vectorElements());
    }
    int count = 0;
    int below = 0;
    int nextVector = 0;
    for (int b = 0; b < blocks.count(); b++) {
      int m = blocks.size(b);
      int from = blockFrom[b];
      int k = blockTo[b] - from;
      below += from;
      if (k == 0) {
        continue;
      }
      blockValues = Buffers.atLeast(blockValues, m);
      solver.solve(b, from, from + k, blockValues, vectors == null ? null : cleared(m * k));
      System.arraycopy(blockValues, 0, found, count, k);
      if (vectors != null) {
        System.arraycopy(blockVectors, 0, foundVectors, nextVector, m * k);
      }
      for (int j = 0; j < k; j++) {
        blockOf[count] = b;
        vectorStart[count++] = nextVector;
        nextVector += m;
      }
    }
    choose(n, count, first - below, end - below, values, vectors);
  }

  private int vectorElements() {
    long elements = 0;
    for (int b = 0; b < blocks.count(); b++) {
      elements += (long) blocks.size(b) * (blockTo[b] - blockFrom[b]);
    }
    return ArraySize.of("eigenvectors of blocks", elements, 1, "ask for the values alone");
  }

  private double[] cleared(int length) {
    blockVectors = Buffers.atLeast(blockVectors, length);
    Arrays.fill(blockVectors, 0, length, 0);
    return blockVectors;
  }

  /** The pairs first … end − 1 of so many that were found. */
  private void choose(
      int n, int count, int first, int end, double[] values, double @Nullable [] vectors) {
    if (vectors == null) {
      Arrays.sort(found, 0, count);
      System.arraycopy(found, first, values, 0, end - first);
      return;
    }
    int[] order = ascending.of(count, found);
    for (int j = 0; j < end - first; j++) {
      int pair = order[first + j];
      int b = blockOf[pair];
      values[j] = found[pair];
      for (int i = 0; i < blocks.size(b); i++) {
        int row = blocks.rows()[blocks.start(b) + i];
        vectors[row + j * n] = foundVectors[vectorStart[pair] + i];
      }
    }
  }

  private static void requireFinite(int k, double[] values) {
    if (k > 0 && (Double.isInfinite(values[0]) || Double.isInfinite(values[k - 1]))) {
      throw new ArithmeticException(
          "an eigenvalue exceeds the largest double, as its matrix nearly does: scale the matrix"
              + " down by a power of two");
    }
  }
}
