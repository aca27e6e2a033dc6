package eigengrad.simd;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Calls of every kernel on small operands: so many vectors that every loop and branch is met often,
 * whole vectors and remainders, and operands shorter than a vector. A branch or an empty loop that
 * compiled code has not met sends a kernel back to the interpreter, with an object for each vector.
 */
final class WarmUpCalls {
  private static final int COLUMNS = 12;

  /** Enough for what the JDK calls for each vector to be compiled. */
  private static final int MIXED_CALLS = 20;

  private final KernelSet kernels;
  private final int lanes;

  /** Fills four vectors, one more, and a part of one. */
  private final int rows;

  /** Fewer than a vector has lanes. */
  private final int few;

  private final int ld;
  private final double[] a;
  private final double[] b;
  private final double[] c;
  private final double[] x;
  private final double[] y;
  private final double[] cosines = new double[COLUMNS];
  private final double[] sines = new double[COLUMNS];
  private final double[] noT = new double[64];

  private WarmUpCalls(KernelSet kernels) {
    this.kernels = kernels;
    lanes = kernels.lanes();
    rows = 5 * lanes + 3;
    few = lanes - 1;
    ld = Math.max(6 * lanes, rows) + 2;
    a = numbers(ld * ld);
    b = numbers(ld * ld);
    c = numbers(ld * ld);
    x = numbers(ld * ld);
    y = numbers(ld * ld);
    Arrays.fill(cosines, 0.8);
    Arrays.fill(sines, 0.6);
  }

  /** A call of every kernel of a set. */
  static Map<Kernel, Runnable> of(KernelSet kernels) {
    WarmUpCalls calls = new WarmUpCalls(kernels);
    Map<Kernel, Runnable> all = new HashMap<>();
    all.putAll(calls.level1());
    all.putAll(calls.level2());
    all.putAll(calls.level3());
    all.putAll(calls.transposition());
    all.putAll(calls.reduction());
    all.putAll(calls.tridiagonal());
    all.putAll(BatchWarmUp.of(kernels.batchSolver()));
    all.putAll(BatchWarmUp.of(kernels.batchProducts()));
    all.putAll(SvdWarmUp.of(kernels.batchSvd()));
    return all;
  }

  /**
   * Shows the JIT compiler vectors of doubles and of longs in turn, before it compiles what the JDK
   * calls for each. Where that has met one class alone, Java 21 bets on it, loses at the first
   * vector of the other, and from then on makes objects in every large kernel.
   */
  static void mixClasses(KernelSet kernels) {
    Runnable ofBoth = new WarmUpCalls(kernels).laguerreSteps();
    for (int i = 0; i < MIXED_CALLS; i++) {
      ofBoth.run();
    }
  }

  /** Between −1 and 1, never 0, of no order and full rank, and the same in every JVM. */
  static double[] numbers(int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i * 7919 % 1009 - 504.5) / 505;
    }
    return numbers;
  }

  private Map<Kernel, Runnable> level1() {
    Level1 level1 = kernels.level1();
    double[] zeros = new double[rows];
    double[] negated = new double[rows];
    Arrays.setAll(negated, i -> -a[i]);
    return Map.of(
        Kernel.DOT,
        () -> {
          double whole = level1.dot(4 * lanes, a, 0, b, 1);
          y[0] = whole + level1.dot(rows, a, 0, b, 1) + level1.dot(lanes, a, 1, b, 0);
          y[1] = level1.dot(few, a, 1, b, 0);
        },
        Kernel.AXPY,
        () -> level1.axpy(rows, 1e-9, a, 0, y, 1),
        Kernel.SCALE,
        () -> level1.scale(rows, 1, y, 1),
        Kernel.MAX_ABS,
        () -> y[1] = level1.maxAbs(rows, a, 0) + level1.maxAbs(few, a, 0),
        Kernel.ELEMENT_OF_MAX_ABS,
        () -> {
          y[2] = level1.elementOfMaxAbs(rows, a, 0) + level1.elementOfMaxAbs(rows, negated, 0);
          y[3] = level1.elementOfMaxAbs(few, a, 0) + level1.elementOfMaxAbs(rows, zeros, 0);
        },
        Kernel.ROTATE,
        () -> level1.rotate(rows, c, 0, c, ld, 0.8, 0.6),
        Kernel.ROTATE_CHAIN,
        () -> {
          level1.rotateChain(rows, COLUMNS / 2, c, 2 * ld, ld, cosines, sines);
          level1.rotateChain(4 * lanes, 2, c, 2 * ld, ld, cosines, sines);
          level1.rotateChain(few, 1, c, 2 * ld, ld, cosines, sines);
          level1.rotateChain(rows, 0, c, 2 * ld, ld, cosines, sines);
        });
  }

  private Map<Kernel, Runnable> level2() {
    Level2 level2 = kernels.level2();
    return Map.of(
        Kernel.GEMV,
        () -> {
          level2.gemv(rows, 7, 0.01, a, 0, ld, x, 0, 0.5, y, 0);
          level2.gemv(few, 1, 0.01, a, 0, ld, x, 0, 0.5, y, 0);
          level2.gemv(few, 3, 0.01, a, 0, ld, x, 0, 0.5, y, 0);
          level2.gemv(lanes, 4, 0.01, a, 0, ld, x, 0, 0, y, 0);
        },
        Kernel.GEMV_TRANSPOSED,
        () -> {
          level2.gemvTransposed(rows, 7, 0.01, a, 0, ld, x, 0, 0.5, y, 0);
          level2.gemvTransposed(few, 3, 0.01, a, 0, ld, x, 0, 0.5, y, 0);
          level2.gemvTransposed(lanes, 4, 0.01, a, 0, ld, x, 0, 0, y, 0);
        },
        Kernel.SYMV,
        () -> {
          level2.symv(rows, 0.01, a, 0, ld, x, 0, 0.5, y, 0);
          level2.symv(3, 0.01, a, 0, ld, x, 0, 0, y, 0);
        },
        Kernel.GER,
        () -> level2.ger(rows, 2, 1e-9, a, 0, x, 0, c, 0, ld));
  }

  private Map<Kernel, Runnable> level3() {
    Level3 level3 = kernels.level3();
    int more = RegisterTiles.MANY_COLUMNS + level3.unpackedColumns();
    return Map.of(
        Kernel.GEMM_TILE,
        () -> level3.gemmTile(COLUMNS, 1e-9, a, 0, b, 0, c, 0, ld),
        Kernel.GEMM_UNPACKED_PAIRS,
        () -> gemmUnpacked(level3, 4 * lanes, RegisterTiles.MANY_COLUMNS),
        Kernel.GEMM_UNPACKED_EIGHTS,
        () -> {
          gemmUnpacked(level3, lanes, RegisterTiles.MANY_COLUMNS);
          gemmUnpacked(level3, 5 * lanes, RegisterTiles.MANY_COLUMNS);
        },
        Kernel.GEMM_UNPACKED,
        () -> {
          gemmUnpacked(level3, 3 * lanes, more);
          gemmUnpacked(level3, 4 * lanes, more);
          gemmUnpacked(level3, 5 * lanes, more);
        });
  }

  private void gemmUnpacked(Level3 level3, int m, int n) {
    level3.gemmUnpacked(m, n, COLUMNS, 1, a, 0, ld, b, 0, 1, ld, 0, c, 0, ld);
    level3.gemmUnpacked(m, n, COLUMNS, 1, a, 0, ld, b, 0, ld, 1, 0.1, c, 0, ld);
  }

  private Map<Kernel, Runnable> transposition() {
    Transposition transposition = kernels.transposition();
    int n = 2 * lanes + 1;
    return Map.of(
        Kernel.TRANSPOSE,
        () -> {
          transposition.transpose(n, n, a, 0, ld, c, 0, ld);
          transposition.transpose(n, 4, a, 0, ld, c, 0, 4);
          transposition.transpose(few, 4, a, 0, ld, c, 0, 4);
          transposition.transpose(3, 5, a, 0, ld, c, 0, ld);
          transposition.transpose(n, 3, a, 0, ld, c, 0, ld);
        },
        Kernel.MAX_ASYMMETRY,
        () -> y[0] = transposition.maxAsymmetry(n, a, 0));
  }

  private Map<Kernel, Runnable> reduction() {
    Reduction reduction = kernels.reduction();
    int strip = reduction.stripRows();
    double[] strips = numbers(3 * strip * strip);
    double[] p = numbers(2 * strip);
    double[] q = numbers(2 * strip);
    double[] product = new double[2 * strip];
    double[] sums = new double[2 * strip * lanes];
    double[] zeros = new double[2 * strip];
    return Map.of(
        Kernel.SYR2_SYMV,
        () -> reduction.syr2Symv(0, 2, strip - 4, zeros, q, strips, 0, p, product, sums, 0),
        Kernel.UPDATED_COLUMN,
        () -> y[0] = reduction.updatedColumn(1, 2, 0.5, p, 0.5, q, strips, 0, product),
        Kernel.GEMVT,
        () -> {
          reduction.gemvt(4 * lanes, COLUMNS, a, 0, ld, x, 0, 0, y, 0, c, 0, y, ld);
          reduction.gemvt(3 * lanes, COLUMNS, a, 0, ld, x, 0, 0, y, 0, c, 0, y, ld);
          reduction.gemvt(lanes, 0, a, 0, ld, x, 0, 0, y, 0, c, 0, y, ld);
        },
        Kernel.FEW_REFLECTORS,
        () -> reflect(reduction, RegisterTiles.FEW_REFLECTORS, 1),
        Kernel.FEW_REFLECTORS_WIDE,
        () -> reflect(reduction, RegisterTiles.FEW_REFLECTORS, 4 * lanes),
        Kernel.MANY_REFLECTORS,
        () -> reflect(reduction, reduction.reflectorCount(Integer.MAX_VALUE), 1));
  }

  /** T = 0 keeps the tile. */
  private void reflect(Reduction reduction, int count, int wanted) {
    int columns = reduction.reflectorColumns(count, wanted);
    reduction.applyReflectors(count, COLUMNS, columns, a, 0, noT, 0, b, 0);
  }

  private Map<Kernel, Runnable> tridiagonal() {
    Tridiagonal tridiagonal = kernels.tridiagonal();
    int n = DoubleFormat.STURM_ROWS + 2;
    int count = 3 * lanes;
    double[] shifts = numbers(count);
    double[] near = new double[count];
    double[] far = new double[count];
    double[] work = new double[6 * n * lanes];
    double[] z = new double[n * count];
    return Map.of(
        Kernel.SECULAR_SUMS,
        () -> {
          tridiagonal.secularSums(rows, a, 0, b, 0, 3, y);
          tridiagonal.secularSums(1, a, 0, b, 0, 3, y);
        },
        Kernel.LAGUERRE_STEPS,
        laguerreSteps(),
        Kernel.TWISTED_VECTORS,
        () -> {
          tridiagonal.twistedVectors(n, a, 0, b, 0, 0, count, shifts, near, far, z, 0, count, work);
          tridiagonal.twistedVectors(2, a, 0, b, 0, 0, count, shifts, near, far, z, 0, count, work);
          tridiagonal.twistedVectors(1, a, 0, b, 0, 0, 1, shifts, near, far, z, 0, count, work);
        });
  }

  private Runnable laguerreSteps() {
    Tridiagonal tridiagonal = kernels.tridiagonal();
    int n = DoubleFormat.STURM_ROWS + 2;
    int count = 3 * lanes;
    double[] shifts = numbers(count);
    double[] squares = numbers(n);
    for (int i = 0; i < n; i++) {
      squares[i] = -squares[i] * squares[i];
    }
    double[] near = new double[count];
    double[] far = new double[count];
    long[] below = new long[count];
    double[] work = new double[count];
    return () ->
        tridiagonal.laguerreSteps(n, a, 0, squares, 0, 0, count, shifts, below, near, far, work);
  }
}
