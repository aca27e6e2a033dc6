package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.eigen.sturm.BlockRanges;
import eigengrad.linalg.internal.eigen.sturm.InverseIteration;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lazy;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * Solves a tridiagonal eigenproblem for the pairs of an index range.
 *
 * <p>The matrix is split into unreduced blocks, and each solved for its part of the range: few
 * pairs alone, by twisted factorisations where they are separated and by inverse iteration where
 * they are not; many clustered pairs by choosing them from all of the block's.
 *
 * <p>Cost for k of n pairs: O(nk); O(nk²) where they are clustered and k ≤ n/8; that of all of them
 * where more are. O(nk) for values. Memory: O(nk), but O(n²) for many clustered pairs, as long as
 * an array holds n² numbers.
 */
public final class RangeSolver {
  /** Up to this part of a block's pairs are few. */
  private static final int FEW = 8;

  /** The largest order whose vectors fit an array. */
  private static final int LARGEST_WHOLE = 46_340;

  private final TridiagonalSolver whole;
  private final Lazy<InverseIteration> inverseIteration = new Lazy<>(InverseIteration::new);
  private final BlockRanges blocks = new BlockRanges();
  private final TridiagonalMatrix block = new TridiagonalMatrix();
  private final AscendingOrder ascending = new AscendingOrder();

  /** The wanted values of a block, and of all blocks. */
  private double[] found = Buffers.NONE;

  private double[] values = Buffers.NONE;

  /** n×n, where all pairs of a block are needed. */
  private double[] allVectors = Buffers.NONE;

  /**
   * A solver to be used for any number of matrices, one after the other.
   *
   * @param whole finds all pairs where it must be
   */
  public RangeSolver(TridiagonalSolver whole) {
    this.whole = whole;
  }

  /**
   * Values and vectors of the pairs first … end − 1, counted from the smallest eigenvalue.
   *
   * @param tridiagonal overwritten: its diagonal begins with the wanted eigenvalues, in no
   *     particular order
   * @param first index of the first pair, ≥ 0
   * @param end one beyond the last, from first to n
   * @param vectors n×(end − first), overwritten: column j is the unit eigenvector of value j
   * @param leafSize as for {@link TridiagonalSolver#solve}
   * @param maxIterations as for {@link TridiagonalSolver#solve}
   * @param crew does the work
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public int solve(
      TridiagonalMatrix tridiagonal,
      int first,
      int end,
      double[] vectors,
      int leafSize,
      int maxIterations,
      Crew crew) {
    int n = tridiagonal.size();
    int k = end - first;
    if (k == 0) {
      return 0;
    }
    split(tridiagonal, first, end, crew);
    if (blocks.blocks() > 1) {
      Arrays.fill(vectors, 0, n * k, 0);
    }
    int done = 0;
    int unconverged = 0;
    for (int i = 0; i < blocks.blocks() && done < k; i++) {
      int wanted = takeBlock(tridiagonal, i);
      if (wanted > 0) {
        int corner = done * n + blocks.start(i);
        int from = blocks.from(i);
        unconverged += solveBlock(from, wanted, vectors, corner, n, leafSize, maxIterations, crew);
        System.arraycopy(found, 0, values, done, wanted);
        done += wanted;
      }
    }
    System.arraycopy(values, 0, tridiagonal.diagonal(), 0, k);
    return unconverged;
  }

  /**
   * Values alone.
   *
   * @param tridiagonal overwritten: its diagonal begins with the wanted eigenvalues, in no
   *     particular order
   * @param first index of the first value, ≥ 0
   * @param end one beyond the last, from first to n
   * @param crew whose interruption ends the search
   * @return how many eigenvalues were not found: 0 for success
   */
  public int solveValues(TridiagonalMatrix tridiagonal, int first, int end, Crew crew) {
    int k = end - first;
    if (k == 0) {
      return 0;
    }
    split(tridiagonal, first, end, crew);
    int done = 0;
    int unfinished = 0;
    for (int i = 0; i < blocks.blocks() && done < k; i++) {
      int wanted = takeBlock(tridiagonal, i);
      if (wanted > 0) {
        unfinished += findValues(blocks.from(i), wanted, crew);
        System.arraycopy(found, 0, values, done, wanted);
        done += wanted;
      }
    }
    System.arraycopy(values, 0, tridiagonal.diagonal(), 0, k);
    return unfinished;
  }

  /** Finds the blocks, and how much each has of the range. */
  private void split(TridiagonalMatrix tridiagonal, int first, int end, Crew crew) {
    int n = tridiagonal.size();
    found = Buffers.atLeast(found, end - first);
    values = Buffers.atLeast(values, end - first);
    blocks.begin(n);
    for (int start = 0; start < n; start += block.size()) {
      block.copyBlock(tridiagonal, start, TridiagonalSolver.blockEnd(tridiagonal, start) - start);
      blocks.add(block, block.size() == 1 ? 0 : block.scaleToOne());
    }
    blocks.locate(first, end, crew);
  }

  /** Copies a block, if there is anything to do; returns how many of its eigenvalues are wanted. */
  private int takeBlock(TridiagonalMatrix tridiagonal, int i) {
    int wanted = blocks.to(i) - blocks.from(i);
    if (wanted > 0) {
      block.copyBlock(tridiagonal, blocks.start(i), blocks.end(i) - blocks.start(i));
    }
    return wanted;
  }

  /** Values of the block, in {@link #found}. */
  private int findValues(int from, int count, Crew crew) {
    if (block.size() == 1) {
      found[0] = block.diagonal()[0];
      return 0;
    }
    int exponent = block.scaleToOne();
    int unfinished = whole.findValues(block, from, from + count, crew, found);
    PowerOfTwo.scale(count, -exponent, found, 0);
    return unfinished;
  }

  /** Pairs of the block, the values in {@link #found}. */
  private int solveBlock(
      int from,
      int count,
      double[] vectors,
      int corner,
      int ld,
      int leafSize,
      int maxIterations,
      Crew crew) {
    int m = block.size();
    if (m == 1) {
      found[0] = block.diagonal()[0];
      vectors[corner] = 1;
      return 0;
    }
    int exponent = block.scaleToOne();
    boolean few = (long) FEW * count <= m || m > LARGEST_WHOLE;
    int unconverged = 0;
    if (few) {
      unconverged = solveFew(from, count, vectors, corner, ld, maxIterations, crew);
    } else if (whole.solveSeparated(block, from, from + count, vectors, corner, ld, crew)) {
      System.arraycopy(whole.separatedValues(), 0, found, 0, count);
    } else {
      unconverged = solveWhole(from, count, vectors, corner, ld, leafSize, maxIterations, crew);
    }
    PowerOfTwo.scale(count, -exponent, found, 0);
    return unconverged;
  }

  private int solveFew(
      int from, int count, double[] vectors, int corner, int ld, int maxIterations, Crew crew) {
    int unfinished = whole.findValues(block, from, from + count, crew, found);
    if (unfinished > 0) {
      return unfinished;
    }
    if (whole.solveFound(block, count, found, vectors, corner, ld, crew)) {
      System.arraycopy(whole.separatedValues(), 0, found, 0, count);
      return 0;
    }
    boolean converged =
        inverseIteration
            .get()
            .solve(
                block.size(),
                block.diagonal(),
                0,
                block.offDiagonal(),
                0,
                count,
                found,
                whole.foundNorm(),
                vectors,
                corner,
                ld,
                maxIterations,
                crew);
    return converged ? 0 : count;
  }

  /** Chooses the pairs from all of the block's. */
  private int solveWhole(
      int from,
      int count,
      double[] vectors,
      int corner,
      int ld,
      int leafSize,
      int maxIterations,
      Crew crew) {
    int m = block.size();
    allVectors = Buffers.atLeast(allVectors, m * m);
    Arrays.fill(allVectors, 0, m * m, 0);
    int unconverged = whole.solve(block, allVectors, leafSize, maxIterations, crew);
    int[] order = ascending.of(m, block.diagonal());
    for (int j = 0; j < count; j++) {
      int chosen = order[from + j];
      found[j] = block.diagonal()[chosen];
      System.arraycopy(allVectors, chosen * m, vectors, corner + j * ld, m);
    }
    return unconverged;
  }
}
