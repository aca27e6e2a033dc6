package eigengrad.linalg.internal.eigen.batch;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.BatchSolver;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The matrices of two neighbouring blocks, all at once: check, scale, solve, order, unscale.
 *
 * <p>Matrices that are not finite or not symmetric, that have a block too small for their lane,
 * that do not converge, or whose eigenvalues exceed the largest double are told by their place and
 * harm no other. Memory: n² + 10n doubles for each of 16 matrices, 2n² + 10n up to order 5, kept
 * from call to call.
 */
public final class PairSolver {
  /** Convergence is quadratic: a handful of sweeps is the rule. */
  private static final int MAX_JACOBI_SWEEPS = 60;

  /** Beyond, an eigenvalue may overflow: n·max |a| < 2¹⁰²⁴. */
  private static final double NEARLY_TOO_LARGE = 0x1p900;

  private final NeglectedBlocks neglected = new NeglectedBlocks();
  private final double[] largest = new double[PAIR];
  private final double[] asymmetry = new double[PAIR];
  private final double[] factors = new double[2 * PAIR];
  private final double[] failed = new double[PAIR];
  private double[] symmetricPart = Buffers.NONE;
  private double[] a = Buffers.NONE;
  private double[] v = Buffers.NONE;
  private double[] d = Buffers.NONE;
  private double[] e = Buffers.NONE;
  private double[] work = Buffers.NONE;

  /** A solver for one pair of blocks after the other. */
  public PairSolver() {}

  /**
   * Values and vectors.
   *
   * @param n order, ≥ 1
   * @param blocks 1 or 2
   * @param symmetryTolerance largest |aᵢⱼ − aⱼᵢ| allowed, relative to max |a|; if ∞, only the lower
   *     triangle is read
   * @param maxIterations QR iterations allowed for each eigenvalue, on average
   * @param matrices interleaved blocks; not modified
   * @param firstBlock the first to solve
   * @param values overwritten, interleaved n per matrix
   * @param vectors overwritten, interleaved n×n per matrix; null for values alone
   * @param toBlock where the results of the first lane block go
   * @return a bit for each matrix that was not solved; its results are arbitrary
   */
  public int solve(
      int n,
      int blocks,
      double symmetryTolerance,
      int maxIterations,
      double[] matrices,
      int firstBlock,
      double[] values,
      double @Nullable [] vectors,
      int toBlock) {
    int lanes = blocks * BLOCK;
    int size = n * n * BLOCK;
    reserve(n);
    boolean lowerOnly = symmetryTolerance == Double.POSITIVE_INFINITY;
    for (int block = 0; block < blocks; block++) {
      int from = (firstBlock + block) * size;
      Kernels.batchSolver()
          .inspect(n, lowerOnly, matrices, from, largest, asymmetry, block * BLOCK);
    }
    int refused = refused(n, lanes, symmetryTolerance, matrices, firstBlock);
    chooseFactors(lanes, refused);
    for (int block = 0; block < blocks; block++) {
      scaleInto(n, block, lowerOnly, matrices, (firstBlock + block) * size);
    }
    double[] q = diagonalize(n, lanes, maxIterations, vectors != null);
    invertFactors(lanes);
    for (int block = 0; block < blocks; block++) {
      int to = toBlock + block;
      if (vectors == null) {
        arrangeValues(n, block * BLOCK, values, to * n * BLOCK);
      } else {
        Kernels.batchSolver()
            .arrange(
                n, factors, d, q, block * BLOCK, values, to * n * BLOCK, vectors, to * size, work);
      }
    }
    return refused | unsolved(n, lanes, values, toBlock);
  }

  /** Unscales and sorts the values of a lane block. */
  private void arrangeValues(int n, int half, double[] values, int first) {
    for (int lane = 0; lane < BLOCK; lane++) {
      double factor = factors[half + lane];
      double second = factors[PAIR + half + lane];
      for (int j = 0; j < n; j++) {
        // Adding 0 makes −0 to 0, as beside vectors.
        work[j] = d[half + lane + j * PAIR] * factor * second + 0;
      }
      Arrays.sort(work, 0, n);
      for (int j = 0; j < n; j++) {
        values[first + lane + j * BLOCK] = work[j];
      }
    }
  }

  /** Takes the symmetric parts of a lane block in which one differs from its matrix. */
  private void scaleInto(int n, int block, boolean lowerOnly, double[] matrices, int from) {
    boolean symmetric = true;
    for (int lane = block * BLOCK; lane < (block + 1) * BLOCK; lane++) {
      symmetric &= asymmetry[lane] == 0;
    }
    if (symmetric || lowerOnly) {
      Kernels.batchSolver().scaleInto(n, factors, matrices, from, a, block * BLOCK);
    } else {
      symmetricPart = Buffers.atLeast(symmetricPart, n * n * BLOCK);
      Kernels.batchProducts().symmetricPart(n, matrices, from, symmetricPart, 0);
      Kernels.batchSolver().scaleInto(n, factors, symmetricPart, 0, a, block * BLOCK);
    }
  }

  /** Leaves the eigenvalues in d and returns the eigenvectors, in the place of A or beside it. */
  private double[] diagonalize(int n, int lanes, int maxIterations, boolean vectors) {
    if (Crossover.jacobi(n)) {
      v = Buffers.atLeast(v, n * LaneBlock.columnStride(n));
      Kernels.batchSolver().jacobi(n, lanes, MAX_JACOBI_SWEEPS, a, d, v, failed);
      return v;
    }
    Kernels.batchSolver().tridiagonalize(n, lanes, vectors, a, d, e, work);
    Kernels.batchSolver()
        .implicitQr(n, lanes, sweeps(n, maxIterations), vectors, d, e, a, work, failed);
    return a;
  }

  private void reserve(int n) {
    a = Buffers.atLeast(a, n * LaneBlock.columnStride(n));
    d = Buffers.atLeast(d, n * PAIR);
    e = Buffers.atLeast(e, n * PAIR);
    work = Buffers.atLeast(work, BatchSolver.qrWork(n));
  }

  private static int sweeps(int n, int maxIterations) {
    return (int) Math.min((long) n * maxIterations, Integer.MAX_VALUE);
  }

  private int refused(
      int n, int lanes, double symmetryTolerance, double[] matrices, int firstBlock) {
    int refused = 0;
    for (int lane = 0; lane < lanes; lane++) {
      int first = LaneBlock.first(firstBlock * BLOCK + lane, n * n);
      boolean finite = largest[lane] <= Double.MAX_VALUE;
      // The product is no number for the zero matrix where the tolerance is ∞.
      boolean symmetric =
          asymmetry[lane] == 0 || asymmetry[lane] <= symmetryTolerance * largest[lane];
      if (!(finite && symmetric) || neglected.present(n, matrices, first, largest[lane])) {
        refused |= 1 << lane;
      }
    }
    return refused;
  }

  /**
   * Powers of two that bring max |a| into [1, 2), in two factors since one might not be a normal
   * number; 0 for a matrix that was refused.
   */
  private void chooseFactors(int lanes, int refused) {
    for (int lane = 0; lane < lanes; lane++) {
      int exponent = PowerOfTwo.toOne(largest[lane]);
      int half = exponent / 2;
      factors[lane] = (refused >> lane & 1) == 1 ? 0 : PowerOfTwo.of(half);
      factors[PAIR + lane] = PowerOfTwo.of(exponent - half);
    }
  }

  private void invertFactors(int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      factors[lane] = factors[lane] == 0 ? 1 : 1 / factors[lane];
      factors[PAIR + lane] = 1 / factors[PAIR + lane];
    }
  }

  private int unsolved(int n, int lanes, double[] values, int firstBlock) {
    int unsolved = 0;
    for (int lane = 0; lane < lanes; lane++) {
      if (failed[lane] > 0 || overflows(n, lane, values, firstBlock)) {
        unsolved |= 1 << lane;
      }
    }
    return unsolved;
  }

  private boolean overflows(int n, int lane, double[] values, int firstBlock) {
    if (largest[lane] < NEARLY_TOO_LARGE) {
      return false;
    }
    int first = LaneBlock.first(firstBlock * BLOCK + lane, n);
    return Double.isInfinite(values[first]) || Double.isInfinite(values[first + (n - 1) * BLOCK]);
  }
}
