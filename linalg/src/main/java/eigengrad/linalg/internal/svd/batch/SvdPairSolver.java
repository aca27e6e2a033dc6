package eigengrad.linalg.internal.svd.batch;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.linalg.internal.svd.jacobi.OneSidedJacobi;
import eigengrad.simd.BatchSvd;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;
import eigengrad.simd.Transpose;
import org.jspecify.annotations.Nullable;

/**
 * The m×n matrices of two neighbouring lane blocks, all at once: check, scale, solve, unscale, and
 * complete the vectors that are not there. Where m &lt; n it is the transposes that are solved.
 *
 * <p>Matrices that are not finite, that do not converge, that have singular values so small that
 * their squares lose digits, or such as exceed the largest double are told by their place and harm
 * no other. Memory: n(m + n + 19) doubles for each of 16 matrices, m ≥ n, kept from call to call.
 */
public final class SvdPairSolver {
  /** Of the longer side: beyond, a matrix alone fills the vectors. */
  private static final int MOST_ROWS = 128;

  /** With two lanes the kernels for batches are scalar, while the single solver uses both. */
  private static final int FEW_COLUMNS = 11;

  /** Up to here Jacobi's method is as fast as QR, and more accurate. */
  private static final int JACOBI_COLUMNS = 4;

  private final LaneMethod rotations = new LaneRotations();
  private final LaneMethod qr = new LaneQr();
  private final double[] largest = new double[PAIR];
  private final double[] factors = new double[2 * PAIR];
  private final double[] inverses = new double[2 * PAIR];
  private final double[] failed = new double[PAIR];
  private double[] w = Buffers.NONE;
  private double[] one = Buffers.NONE;

  /** A solver for one pair of lane blocks after the other. */
  public SvdPairSolver() {}

  /**
   * Whether matrices are solved one per lane, and not one after the other: by the shape alone, so
   * that the answer does not depend on how many matrices there are.
   *
   * @param m rows
   * @param n columns
   * @return false where the lanes are better used inside one matrix
   */
  public static boolean suits(int m, int n) {
    int k = Math.min(m, n);
    int most = Kernels.lanes() == 2 ? FEW_COLUMNS : BatchSvd.LARGEST;
    return k > 0 && k <= most && Math.max(m, n) <= MOST_ROWS;
  }

  /**
   * Values and vectors.
   *
   * @param m rows, ≥ 1
   * @param n columns, ≥ 1
   * @param blocks 1 or 2
   * @param jacobi whether it is to be Jacobi's method, whatever the shape
   * @param maxIterations sweeps of Jacobi's method, or of QR per singular value
   * @param matrices interleaved m×n; not modified
   * @param firstBlock the first lane block to solve
   * @param resultBlock the lane block of the results that the first becomes
   * @param values overwritten, interleaved, min(m, n) per matrix
   * @param left overwritten, interleaved U, or null for values alone
   * @param leftColumns of U, at least min(m, n)
   * @param right overwritten, interleaved V, or null for values alone
   * @param rightColumns of V, at least min(m, n)
   * @return a bit for each matrix that was not solved; its results are arbitrary
   */
  public int solve(
      int m,
      int n,
      int blocks,
      boolean jacobi,
      int maxIterations,
      double[] matrices,
      int firstBlock,
      int resultBlock,
      double[] values,
      double @Nullable [] left,
      int leftColumns,
      double @Nullable [] right,
      int rightColumns) {
    int k = Math.min(m, n);
    int rows = Math.max(m, n);
    Transpose transpose = m < n ? Transpose.YES : Transpose.NO;
    boolean vectors = left != null && right != null;
    w = Buffers.atLeast(w, k * LaneBlock.columnStride(rows));
    int unsolved = chooseFactors(m * n, blocks, matrices, firstBlock);
    for (int block = 0; block < blocks; block++) {
      int from = (firstBlock + block) * m * n * BLOCK;
      Kernels.batchSvd().scaleInto(transpose, rows, k, factors, matrices, from, w, block * BLOCK);
    }
    LaneMethod method = jacobi || k <= JACOBI_COLUMNS ? rotations : qr;
    method.solve(rows, k, blocks * BLOCK, vectors, maxIterations, w, failed);
    for (int block = 0; block < blocks; block++) {
      int half = block * BLOCK;
      int at = (resultBlock + block) * BLOCK;
      if (left == null || right == null) {
        method.values(rows, k, inverses, w, half, values, at * k);
      } else {
        boolean wide = m < n;
        double[] longer = wide ? right : left;
        double[] shorter = wide ? left : right;
        int size = rows * (wide ? rightColumns : leftColumns);
        int shorterAt = at * k * (wide ? leftColumns : rightColumns);
        method.vectors(
            rows, k, wide, inverses, w, half, values, at * k, longer, at * size, shorter,
            shorterAt);
        complete(rows, k, at, method.hasVectorsOfZeros(), values, longer, size);
      }
    }
    return unsolved | unsolved(k, blocks * BLOCK, values, resultBlock);
  }

  /**
   * Powers of two that bring max |a| into [1, 2), in two factors since one might not be a normal
   * number; 0 for a matrix that is not finite.
   *
   * @return a bit for each such matrix
   */
  private int chooseFactors(int size, int blocks, double[] matrices, int firstBlock) {
    int refused = 0;
    for (int block = 0; block < blocks; block++) {
      int from = (firstBlock + block) * size * BLOCK;
      Kernels.batchSvd().inspect(size, matrices, from, largest, block * BLOCK);
    }
    for (int lane = 0; lane < blocks * BLOCK; lane++) {
      boolean finite = largest[lane] <= Double.MAX_VALUE;
      int exponent = finite ? PowerOfTwo.toOne(largest[lane]) : 0;
      int half = exponent / 2;
      factors[lane] = finite ? PowerOfTwo.of(half) : 0;
      factors[PAIR + lane] = PowerOfTwo.of(exponent - half);
      inverses[lane] = PowerOfTwo.of(-half);
      inverses[PAIR + lane] = PowerOfTwo.of(half - exponent);
      refused |= finite ? 0 : 1 << lane;
    }
    return refused;
  }

  /** Columns that are not there become an orthonormal basis of what those before leave. */
  private void complete(
      int rows, int k, int b, boolean ofZeros, double[] values, double[] unit, int size) {
    int columns = size / rows;
    for (int lane = 0; lane < BLOCK; lane++) {
      int rank = k;
      while (!ofZeros && rank > 0 && values[(b * k) + (rank - 1) * BLOCK + lane] == 0) {
        rank--;
      }
      if (rank < columns) {
        int first = b * size + lane;
        one = Buffers.atLeast(one, size);
        for (int i = 0; i < size; i++) {
          one[i] = unit[first + i * BLOCK];
        }
        for (int j = rank; j < columns; j++) {
          OneSidedJacobi.complete(rows, j, one);
          for (int i = j * rows; i < (j + 1) * rows; i++) {
            unit[first + i * BLOCK] = one[i] + 0;
          }
        }
      }
    }
  }

  private int unsolved(int k, int lanes, double[] values, int resultBlock) {
    int unsolved = 0;
    for (int lane = 0; lane < lanes; lane++) {
      int first = LaneBlock.first(resultBlock * BLOCK + lane, k);
      if (failed[lane] > 0 || Double.isInfinite(values[first])) {
        unsolved |= 1 << lane;
      }
    }
    return unsolved;
  }
}
