package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Which eigenvalues of each diagonal block are those of an index range of a matrix that splits into
 * these blocks.
 *
 * <p>For either end of the range, a number is sought among all doubles, the infinite ones included,
 * that has as many eigenvalues below it as the range begins or ends with, by Sturm counts of each
 * block at its own scale; where there is none, since several blocks have the same eigenvalue, the
 * first blocks give theirs. Cost: 16 sweeps over the matrix, each with 16 shifts, for either end.
 */
public final class BlockRanges {
  private static final int SHIFTS = 16;

  /** Beyond the eigenvalues of a matrix with elements of at most 2 in magnitude. */
  private static final double FAR = 8;

  /** Where each block starts, and the end of the last. */
  private int[] starts = {0};

  /** Each block is scaled by this power of two. */
  private int[] exponents = Buffers.NO_INDICES;

  /** The wanted eigenvalues of each block. */
  private int[] from = Buffers.NO_INDICES;

  private int[] to = Buffers.NO_INDICES;
  private int blocks;

  /** The scaled blocks: diagonals, and negated squares of what is beside them. */
  private double[] d = Buffers.NONE;

  private double[] squares = Buffers.NONE;

  /** Shifts for the whole matrix, and how many of its eigenvalues are below them. */
  private final double[] shifts = new double[SHIFTS];

  private final long[] totals = new long[SHIFTS];

  /** For the kernel. */
  private double[] x = Buffers.NONE;

  private long[] below = {};
  private double[] near = Buffers.NONE;
  private double[] far = Buffers.NONE;
  private double[] work = Buffers.NONE;

  /** Memory that grows as needed. */
  public BlockRanges() {}

  /**
   * Begins with a matrix.
   *
   * @param n its order
   */
  public void begin(int n) {
    starts = Buffers.atLeast(starts, n + 1);
    exponents = Buffers.atLeast(exponents, n);
    from = Buffers.atLeast(from, n);
    to = Buffers.atLeast(to, n);
    d = Buffers.atLeast(d, n);
    squares = Buffers.atLeast(squares, n);
    int padded = Buffers.roundUp(SHIFTS, Kernels.lanes());
    x = Buffers.atLeast(x, padded);
    below = below.length >= padded ? below : new long[padded];
    near = Buffers.atLeast(near, padded);
    far = Buffers.atLeast(far, padded);
    work = Buffers.atLeast(work, padded);
    starts[0] = 0;
    blocks = 0;
  }

  /**
   * Takes the next block, which starts where the one before ends.
   *
   * @param block scaled by a power of two to elements of at most 2 in magnitude; of order 1, as it
   *     is
   * @param exponent of that power
   */
  public void add(TridiagonalMatrix block, int exponent) {
    int start = starts[blocks];
    int size = block.size();
    System.arraycopy(block.diagonal(), 0, d, start, size);
    for (int i = 0; i < size - 1; i++) {
      squares[start + i] = Probes.negatedSquare(block.offDiagonal()[i]);
    }
    exponents[blocks] = exponent;
    blocks++;
    starts[blocks] = start + size;
  }

  /**
   * Finds the range of each block.
   *
   * @param first index of the first wanted eigenvalue of the matrix
   * @param end one beyond the last
   * @param crew whose interruption ends the search
   */
  public void locate(int first, int end, Crew crew) {
    if (blocks == 1) {
      from[0] = first;
      to[0] = end;
      return;
    }
    Arrays.fill(from, 0, blocks, 0);
    count(first, from, first, crew);
    System.arraycopy(from, 0, to, 0, blocks);
    count(end, to, end - first, crew);
  }

  /**
   * Raises the counts of all blocks to those of the smallest eigenvalues of the matrix.
   *
   * @param rank how many these are
   * @param counts less than that in all
   * @param missing so many less
   */
  private void count(int rank, int[] counts, int missing, Crew crew) {
    long lower = key(Double.NEGATIVE_INFINITY);
    long upper = key(Double.POSITIVE_INFINITY);
    if (rank == 0) {
      upper = lower;
    } else if (rank == starts[blocks]) {
      lower = upper;
    }
    while (lower + 1 < upper) {
      crew.requireNotInterrupted();
      long step = Math.max(Long.divideUnsigned(upper - lower, SHIFTS + 1), 1);
      int shiftCount = 0;
      for (long key = lower + step; shiftCount < SHIFTS && key < upper; key += step) {
        shifts[shiftCount++] = number(key);
      }
      countAll(shiftCount);
      int at = 0;
      while (at < shiftCount && totals[at] < rank) {
        at++;
      }
      if (at < shiftCount) {
        upper = lower + (at + 1) * step;
      }
      lower = at < shiftCount && totals[at] == rank ? upper : lower + at * step;
    }
    int left = raise(counts, number(lower), missing);
    raise(counts, number(upper), left);
  }

  /** How many eigenvalues of the matrix are below each shift. */
  private void countAll(int shiftCount) {
    countSingles(shiftCount);
    for (int block = 0; block < blocks; block++) {
      if (!isSingle(block)) {
        countBelow(block, shiftCount, shifts);
        for (int j = 0; j < shiftCount; j++) {
          totals[j] += below[j];
        }
      }
    }
  }

  /** The same of the blocks of order 1 alone. */
  private void countSingles(int shiftCount) {
    Arrays.fill(totals, 0, shiftCount, 0);
    for (int block = 0; block < blocks; block++) {
      if (isSingle(block)) {
        int above = 0;
        while (above < shiftCount && shifts[above] <= d[start(block)]) {
          above++;
        }
        if (above < shiftCount) {
          totals[above]++;
        }
      }
    }
    for (int j = 1; j < shiftCount; j++) {
      totals[j] += totals[j - 1];
    }
  }

  private boolean isSingle(int block) {
    return end(block) - start(block) == 1;
  }

  /** Sturm counts of a block. */
  private void countBelow(int block, int shiftCount, double[] unscaled) {
    for (int j = 0; j < shiftCount; j++) {
      double shift = Math.scalb(unscaled[j], exponents[block]);
      x[j] = Math.max(-FAR, Math.min(FAR, shift));
    }
    int start = start(block);
    int size = end(block) - start;
    Kernels.tridiagonal()
        .laguerreSteps(size, d, start, squares, start, 0, shiftCount, x, below, near, far, work);
  }

  /** Raises counts to those below a number, block by block, as long as any are missing. */
  private int raise(int[] counts, double shift, int missing) {
    int left = missing;
    shifts[0] = shift;
    for (int block = 0; block < blocks && left > 0; block++) {
      int count;
      if (isSingle(block)) {
        count = d[start(block)] < shift ? 1 : 0;
      } else {
        countBelow(block, 1, shifts);
        count = (int) below[0];
      }
      int more = Math.min(Math.max(count - counts[block], 0), left);
      counts[block] += more;
      left -= more;
    }
    return left;
  }

  /** Ascends with the number. */
  private static long key(double number) {
    long bits = Double.doubleToRawLongBits(number);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static double number(long key) {
    return Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
  }

  /**
   * How many blocks there are.
   *
   * @return a count
   */
  public int blocks() {
    return blocks;
  }

  /**
   * The first row of a block.
   *
   * @param block its index
   * @return from 0 on
   */
  public int start(int block) {
    return starts[block];
  }

  /**
   * One beyond its last row.
   *
   * @param block its index
   * @return the start of the next, if there is one
   */
  public int end(int block) {
    return starts[block + 1];
  }

  /**
   * The first wanted eigenvalue of a block.
   *
   * @param block its index
   * @return an index among the block's eigenvalues
   */
  public int from(int block) {
    return from[block];
  }

  /**
   * One beyond the last.
   *
   * @param block its index
   * @return at least {@link #from}, which means none
   */
  public int to(int block) {
    return to[block];
  }
}
