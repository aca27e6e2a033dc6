package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import java.util.Arrays;
import java.util.Map;

/**
 * Calls of every kernel of {@link BatchSolver} and {@link BatchProducts} on small matrices: those
 * of two orders, on either side of where kernels change their ways, meet every loop and branch, and
 * those of the smallest find loops empty.
 */
final class BatchWarmUp {
  /** Columns are exchanged; rows in fours, and one that is left. */
  private static final int FEW = 5;

  /** Columns are brought to their ranks. */
  private static final int MANY = 9;

  private static final int TERMS = 19;

  private final int n;
  private final double[] matrices;
  private final double[] values;
  private final double[] basis;
  private final double[] a;
  private final double[] v;
  private final double[] b;
  private final double[] c;
  private final double[] d;
  private final double[] e;
  private final double[] work;
  private final double[] norms = new double[BLOCK];
  private final double[] marks = new double[PAIR];
  private final double[] factors = new double[2 * PAIR];

  private BatchWarmUp(int n) {
    this.n = n;
    matrices = WarmUpCalls.numbers(n * n * PAIR);
    values = WarmUpCalls.numbers(n * PAIR);
    basis = WarmUpCalls.numbers(n * columnStride(n));
    a = new double[n * columnStride(n)];
    v = new double[n * columnStride(n)];
    b = new double[n * n * PAIR];
    c = new double[n * n * PAIR];
    d = new double[n * PAIR];
    e = new double[n * PAIR];
    work = new double[Math.max(BatchSolver.qrWork(n), n * n * PAIR)];
    Arrays.fill(factors, 0.5);
  }

  static Map<Kernel, Runnable> of(BatchSolver solver) {
    BatchWarmUp one = new BatchWarmUp(1);
    BatchWarmUp two = new BatchWarmUp(2);
    BatchWarmUp three = new BatchWarmUp(3);
    BatchWarmUp few = new BatchWarmUp(FEW);
    BatchWarmUp many = new BatchWarmUp(MANY);
    return Map.of(
        Kernel.BATCH_SCALING,
        () -> {
          one.begin(solver);
          few.begin(solver);
        },
        Kernel.BATCH_JACOBI,
        () -> {
          one.byJacobi(solver);
          two.byJacobi(solver);
          few.byJacobi(solver);
          many.byJacobi(solver);
        },
        Kernel.BATCH_QR,
        () -> {
          one.byQr(solver, true);
          two.byQr(solver, true);
          three.byQr(solver, true);
          few.byQr(solver, true);
          many.byQr(solver, true);
          many.byQr(solver, false);
        },
        Kernel.BATCH_ARRANGEMENT,
        () -> {
          one.arrange(solver);
          few.arrange(solver);
          many.arrange(solver);
        });
  }

  static Map<Kernel, Runnable> of(BatchProducts products) {
    BatchWarmUp few = new BatchWarmUp(FEW - 2);
    BatchWarmUp many = new BatchWarmUp(MANY);
    return Map.of(
        Kernel.BATCH_PRODUCTS,
        () -> {
          few.multiply(products);
          many.multiply(products);
        },
        Kernel.BATCH_VECTORS,
        () -> {
          few.iterate(products);
          many.iterate(products);
        });
  }

  private void byJacobi(BatchSolver solver) {
    begin(solver);
    solver.jacobi(n, PAIR, 60, a, d, v, marks);
  }

  private void byQr(BatchSolver solver, boolean vectors) {
    begin(solver);
    solver.tridiagonalize(n, PAIR, vectors, a, d, e, work);
    solver.implicitQr(n, PAIR, 30 * n, vectors, d, e, a, work, marks);
  }

  private void begin(BatchSolver solver) {
    for (int half = 0; half < PAIR; half += BLOCK) {
      solver.inspect(n, half == 0, matrices, half * n * n, marks, d, half);
      solver.scaleInto(n, factors, matrices, half * n * n, a, half);
    }
  }

  /** Into an order that they do not have, and vectors to other signs. */
  private void arrange(BatchSolver solver) {
    for (int half = 0; half < PAIR; half += BLOCK) {
      solver.arrange(n, factors, values, basis, half, e, half * n, c, half * n * n, work);
    }
  }

  /** Every result is one of operands that stay as they are. */
  private void multiply(BatchProducts products) {
    products.symmetricPart(n, matrices, 0, b, 0);
    products.multiplyTransposed(n, matrices, 0, b, 0, c, 0);
    products.multiplySymmetric(n, matrices, 0, b, 0, c, 0);
    products.transpose(n, c, 0, b, 0);
    products.scaleRows(n, b, 0, matrices, 0, c, 0);
    products.powerSums(n, TERMS, matrices, 0, work);
    products.weighSkewPart(n, work, matrices, 0, c, 0);
    products.weigh(n, work, c, 0);
  }

  /** Likewise. */
  private void iterate(BatchProducts products) {
    products.powerStep(n, matrices, matrices, d, norms, marks);
    products.normalize(n, d, factors, e);
    products.deflate(n, d, e, b);
    products.unitVector(n, matrices, d, norms);
    products.unitVectorCotangent(n, d, norms, e);
    products.multiplyVector(Transpose.NO, n, matrices, e, d);
    products.multiplyVector(Transpose.YES, n, matrices, d, e);
  }
}
