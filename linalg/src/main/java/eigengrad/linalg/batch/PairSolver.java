package eigengrad.linalg.batch;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.linalg.tridiagonal.PowerOfTwo;
import eigengrad.simd.BatchProducts;
import eigengrad.simd.BatchSolver;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;

/**
 * The matrices of two neighbouring groups, all at once: check, scale, solve, order, unscale.
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

  /** The exponent of 1 in the bits of a double. */
  private static final long BIAS = 1023;

  private static final int MANTISSA_BITS = 52;

  private final BatchSolver kernels = Kernels.batchSolver();
  private final BatchProducts products = Kernels.batchProducts();
  private final NeglectedBlocks neglected = new NeglectedBlocks();
  private final double[] largest = new double[PAIR];
  private final double[] asymmetry = new double[PAIR];
  private final double[] factors = new double[2 * PAIR];
  private final double[] failed = new double[PAIR];
  private double[] symmetricPart = {};
  private double[] a = {};
  private double[] v = {};
  private double[] d = {};
  private double[] e = {};
  private double[] work = {};

  /** A solver for one pair of groups after the other. */
  public PairSolver() {}

  /**
   * Values and vectors.
   *
   * @param n order, ≥ 1
   * @param groups 1 or 2
   * @param symmetryTolerance largest |aᵢⱼ − aⱼᵢ| allowed, relative to max |a|; if ∞, only the lower
   *     triangle is read
   * @param maxIterations QR iterations allowed for each eigenvalue, on average
   * @param matrices interleaved groups; not modified
   * @param firstGroup the first to solve
   * @param values overwritten, interleaved n a matrix
   * @param vectors overwritten, interleaved n×n a matrix
   * @return a bit for each matrix that was not solved; its results are arbitrary
   */
  public int solve(
      int n,
      int groups,
      double symmetryTolerance,
      int maxIterations,
      double[] matrices,
      int firstGroup,
      double[] values,
      double[] vectors) {
    int lanes = groups * BLOCK;
    int size = n * n * BLOCK;
    reserve(n);
    boolean lowerOnly = symmetryTolerance == Double.POSITIVE_INFINITY;
    for (int group = 0; group < groups; group++) {
      int from = (firstGroup + group) * size;
      kernels.inspect(n, lowerOnly, matrices, from, largest, asymmetry, group * BLOCK);
    }
    int refused = refused(n, lanes, symmetryTolerance, matrices, firstGroup);
    chooseFactors(lanes, refused);
    for (int group = 0; group < groups; group++) {
      scaleInto(n, group, lowerOnly, matrices, (firstGroup + group) * size);
    }
    double[] q = diagonalize(n, lanes, maxIterations);
    invertFactors(lanes);
    for (int group = 0; group < groups; group++) {
      int to = firstGroup + group;
      kernels.arrange(
          n, factors, d, q, group * BLOCK, values, to * n * BLOCK, vectors, to * size, work);
    }
    return refused | unsolved(n, lanes, values, firstGroup);
  }

  /** Takes the symmetric parts of a group in which one differs from its matrix. */
  private void scaleInto(int n, int group, boolean lowerOnly, double[] matrices, int from) {
    boolean symmetric = true;
    for (int lane = group * BLOCK; lane < (group + 1) * BLOCK; lane++) {
      symmetric &= asymmetry[lane] == 0;
    }
    if (symmetric || lowerOnly) {
      kernels.scaleInto(n, factors, matrices, from, a, group * BLOCK);
    } else {
      symmetricPart = Buffers.atLeast(symmetricPart, n * n * BLOCK);
      products.symmetricPart(n, matrices, from, symmetricPart, 0);
      kernels.scaleInto(n, factors, symmetricPart, 0, a, group * BLOCK);
    }
  }

  /** Leaves the eigenvalues in d and returns the eigenvectors, in the place of A or beside it. */
  private double[] diagonalize(int n, int lanes, int maxIterations) {
    if (Crossover.jacobi(n)) {
      v = Buffers.atLeast(v, n * LaneBlock.columnStride(n));
      kernels.jacobi(n, lanes, MAX_JACOBI_SWEEPS, a, d, v, failed);
      return v;
    }
    kernels.tridiagonalize(n, lanes, a, d, e, work);
    kernels.implicitQr(n, lanes, sweeps(n, maxIterations), d, e, a, work, failed);
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
      int n, int lanes, double symmetryTolerance, double[] matrices, int firstGroup) {
    int refused = 0;
    for (int lane = 0; lane < lanes; lane++) {
      int first = LaneBlock.first(firstGroup * BLOCK + lane, n * n);
      boolean finite = largest[lane] <= Double.MAX_VALUE;
      if (!finite
          || !(asymmetry[lane] <= symmetryTolerance * largest[lane])
          || neglected.present(n, matrices, first, largest[lane])) {
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
      factors[lane] = (refused >> lane & 1) == 1 ? 0 : powerOfTwo(half);
      factors[PAIR + lane] = powerOfTwo(exponent - half);
    }
  }

  private static double powerOfTwo(int exponent) {
    return Double.longBitsToDouble((exponent + BIAS) << MANTISSA_BITS);
  }

  private void invertFactors(int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      factors[lane] = factors[lane] == 0 ? 1 : 1 / factors[lane];
      factors[PAIR + lane] = 1 / factors[PAIR + lane];
    }
  }

  private int unsolved(int n, int lanes, double[] values, int firstGroup) {
    int unsolved = 0;
    for (int lane = 0; lane < lanes; lane++) {
      if (failed[lane] > 0 || overflows(n, lane, values, firstGroup)) {
        unsolved |= 1 << lane;
      }
    }
    return unsolved;
  }

  private boolean overflows(int n, int lane, double[] values, int firstGroup) {
    if (largest[lane] < NEARLY_TOO_LARGE) {
      return false;
    }
    int first = LaneBlock.first(firstGroup * BLOCK + lane, n);
    return Double.isInfinite(values[first]) || Double.isInfinite(values[first + (n - 1) * BLOCK]);
  }
}
