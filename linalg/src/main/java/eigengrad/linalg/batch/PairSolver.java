package eigengrad.linalg.batch;

import static eigengrad.simd.BatchKernels.GROUP;
import static eigengrad.simd.BatchKernels.PAIR;

import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.simd.BatchKernels;
import eigengrad.simd.Kernels;

/**
 * The matrices of two neighbouring groups, all at once: check, scale, solve, order, unscale.
 *
 * <p>Matrices that are not finite or not symmetric, that have {@linkplain LaneSuitability elements
 * too far apart}, that do not converge, or whose eigenvalues exceed the largest double are told by
 * their place and harm no other. Memory: n² + 10n doubles for each of 16 matrices, 2n² + 10n up to
 * order 5, kept from call to call.
 */
public final class PairSolver {
  /** Convergence is quadratic: a handful of sweeps is the rule. */
  private static final int MAX_JACOBI_SWEEPS = 60;

  /** Beyond, an eigenvalue may overflow: n·max |a| < 2¹⁰²⁴. */
  private static final double NEARLY_TOO_LARGE = 0x1p900;

  /** The exponent of 1 in the bits of a double. */
  private static final long BIAS = 1023;

  private static final int MANTISSA_BITS = 52;

  private final BatchKernels kernels = Kernels.active().batch();
  private final double[] largest = new double[PAIR];
  private final double[] asymmetry = new double[PAIR];
  private final double[] smallest = new double[PAIR];
  private final double[] factors = new double[2 * PAIR];
  private final double[] failed = new double[PAIR];
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
    int lanes = groups * GROUP;
    int size = n * n * GROUP;
    reserve(n);
    boolean lowerOnly = symmetryTolerance == Double.POSITIVE_INFINITY;
    for (int group = 0; group < groups; group++) {
      int from = (firstGroup + group) * size;
      kernels.inspect(n, lowerOnly, matrices, from, largest, asymmetry, group * GROUP);
      kernels.smallest(n, matrices, from, smallest, group * GROUP);
    }
    int refused = refused(lanes, symmetryTolerance) | unsuitable(n, lanes, matrices, firstGroup);
    chooseFactors(lanes, refused);
    for (int group = 0; group < groups; group++) {
      kernels.scaleInto(n, factors, matrices, (firstGroup + group) * size, a, group * GROUP);
    }
    double[] q = diagonalize(n, lanes, maxIterations);
    invertFactors(lanes);
    for (int group = 0; group < groups; group++) {
      int to = firstGroup + group;
      kernels.arrange(
          n, factors, d, q, group * GROUP, values, to * n * GROUP, vectors, to * size, work);
    }
    return refused | unsolved(n, lanes, values, firstGroup);
  }

  /** Leaves the eigenvalues in d and returns the eigenvectors, in the place of A or beside it. */
  private double[] diagonalize(int n, int lanes, int maxIterations) {
    if (Crossover.jacobi(n)) {
      v = Buffers.atLeast(v, n * BatchKernels.columnStride(n));
      kernels.jacobi(n, lanes, MAX_JACOBI_SWEEPS, a, d, v, failed);
      return v;
    }
    kernels.tridiagonalize(n, lanes, a, d, e, work);
    kernels.implicitQr(n, lanes, sweeps(n, maxIterations), d, e, a, work, failed);
    return a;
  }

  private void reserve(int n) {
    a = Buffers.atLeast(a, n * BatchKernels.columnStride(n));
    d = Buffers.atLeast(d, n * PAIR);
    e = Buffers.atLeast(e, n * PAIR);
    work = Buffers.atLeast(work, BatchKernels.qrWork(n));
  }

  private static int sweeps(int n, int maxIterations) {
    return (int) Math.min((long) n * maxIterations, Integer.MAX_VALUE);
  }

  private int refused(int lanes, double symmetryTolerance) {
    int refused = 0;
    for (int lane = 0; lane < lanes; lane++) {
      boolean finite = largest[lane] <= Double.MAX_VALUE;
      if (!finite || asymmetry[lane] > symmetryTolerance * largest[lane]) {
        refused |= 1 << lane;
      }
    }
    return refused;
  }

  private int unsuitable(int n, int lanes, double[] matrices, int firstGroup) {
    int unsuitable = 0;
    for (int lane = 0; lane < lanes; lane++) {
      int first = BatchKernels.first(firstGroup * GROUP + lane, n * n);
      if (!LaneSuitability.suits(n, matrices, first, largest[lane], smallest[lane])) {
        unsuitable |= 1 << lane;
      }
    }
    return unsuitable;
  }

  /**
   * Powers of two that bring max |a| into [1, 2), in two factors since one might not be a normal
   * number; 0 for a matrix that the lanes do not solve.
   */
  private void chooseFactors(int lanes, int refused) {
    for (int lane = 0; lane < lanes; lane++) {
      int exponent = -exponentOf(largest[lane]);
      int half = exponent / 2;
      factors[lane] = (refused >> lane & 1) == 1 ? 0 : powerOfTwo(half);
      factors[PAIR + lane] = powerOfTwo(exponent - half);
    }
  }

  private static int exponentOf(double x) {
    if (x == 0) {
      return 0;
    }
    return x < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p60) - 60 : Math.getExponent(x);
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
    int first = BatchKernels.first(firstGroup * GROUP + lane, n);
    return Double.isInfinite(values[first]) || Double.isInfinite(values[first + (n - 1) * GROUP]);
  }
}
