package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;

import java.util.Random;

/** A group of matrices on its way through all kernels of {@link BatchProducts}. */
final class GroupOperands {
  /** Whole tiles and one that is moved back. */
  private static final int LARGEST = 9;

  private static final double[] MOVING = {1, 0, 1, 1, 0, 1, 1, 1};

  final double[] result;
  private final BatchProducts products;
  private final int n;
  private final double[] a;
  private final double[] b;
  private final double[] values;
  private final double[] weights;
  private final double[] quotients = new double[BLOCK];
  private final double[] residuals = new double[BLOCK];

  /** Of an order up to 9 that grows with the other operands'. */
  GroupOperands(BatchProducts products, int rows) {
    this.products = products;
    n = Math.min(Math.max(rows / 4, 1), LARGEST);
    int size = n * n * BLOCK;
    a = new Random(21).doubles(size, -1, 1).toArray();
    b = new double[size];
    values = new Random(22).doubles((long) n * BLOCK, -1, 1).sorted().toArray();
    weights = new double[size];
    result = new double[size];
  }

  void run() {
    products.symmetricPart(n, a, 0, result, 0);
    products.multiplyTransposed(n, a, 0, result, 0, b, 0);
    products.powerSums(n, 19, values, 0, weights);
    products.weighSkewPart(n, weights, values, 0, b, 0);
    products.transpose(n, b, 0, result, 0);
    products.multiplySymmetric(n, result, 0, a, 0, b, 0);
    products.weigh(n, weights, b, 0);
    products.scaleRows(n, a, 0, values, 0, result, 0);
    products.multiplySymmetric(n, b, 0, a, 0, result, 0);
    products.powerStep(n, result, values, b, quotients, residuals);
    products.deflate(n, b, values, result);
    products.normalize(n, b, MOVING, result);
    products.multiplyVector(Transpose.YES, n, weights, values, b);
    products.unitVector(n, b, result, residuals);
    products.multiplyVector(Transpose.NO, n, weights, result, b);
    products.unitVectorCotangent(n, result, residuals, b);
    products.multiplyVector(Transpose.NO, n, a, b, result);
  }
}
