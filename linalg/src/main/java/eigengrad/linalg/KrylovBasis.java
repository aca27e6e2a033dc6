package eigengrad.linalg;

import eigengrad.simd.ArraySize;
import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * An orthonormal basis V that grows by products of a symmetric operator A with its newest columns,
 * and H = VᵀAV.
 *
 * <p>The columns from {@link #applied} on have not been multiplied yet. A·(those before) lies in
 * the span of V, up to what {@link #inject} has cut off. Everything is at the scale of the operator
 * times a power of two.
 */
final class KrylovBasis {
  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /** A sweep of orthogonalisation that leaves more than this of the norm was the last. */
  private static final double ENOUGH = 0.5;

  /** More only for what lies within rounding of the span, which is then replaced. */
  private static final int MOST_SWEEPS = 4;

  /** What is left of a product within the span: some roundings of the largest product. */
  private static final double NOTHING = 0x1p-48;

  private final int n;
  private final int capacity;
  private final SymmetricProduct product;
  private final RandomGenerator random;
  private final Gemm gemm = new Gemm();
  private final double[] coefficients;
  private double[] spare = Buffers.NONE;

  /** V, n × capacity. */
  final double[] vectors;

  /** H, its upper triangle from the products, and what is below it of the columns to come. */
  private final double[] projected;

  private int applied;
  private int size;

  /** Columns before this one are not exactly in the recurrence: symmetry cannot be checked. */
  private int firstChecked;

  private int products;
  private Scaling scaling = new Scaling(0);
  private double largest;

  KrylovBasis(int n, int capacity, SymmetricProduct product, long seed) {
    this.n = n;
    this.capacity = capacity;
    this.product = product;
    this.random = RANDOM.create(seed);
    this.vectors =
        new double[ArraySize.of("basis", n, capacity, "a smaller subspaceSize needs less")];
    this.projected = new double[capacity * capacity];
    this.coefficients = new double[capacity];
  }

  /** Columns that A has been applied to. */
  int applied() {
    return applied;
  }

  /** Columns that it has not been applied to. */
  int width() {
    return size - applied;
  }

  int products() {
    return products;
  }

  Scaling scaling() {
    return scaling;
  }

  /** The largest norm of a product with a column: at most ‖A‖. */
  double largest() {
    return largest;
  }

  /** hᵢⱼ, where j has been applied or i is the index of a column that has not. */
  double projected(int i, int j) {
    return projected[i + j * capacity];
  }

  /** Adds random columns that are still to be applied, up to a width. */
  void widen(int width) {
    while (width() < width) {
      random(size);
      size++;
    }
  }

  /** Applies A to the columns that are left, and adds as many new ones. */
  void expand() {
    int width = width();
    double[] images = products(width);
    for (int c = 0; c < width; c++) {
      System.arraycopy(images, c * n, vectors, size * n, n);
      orthogonalise(applied + c);
      size++;
    }
    requireSymmetric(width);
    applied += width;
  }

  /** A·(columns that are left), scaled. */
  private double[] products(int width) {
    double[] x = Arrays.copyOfRange(vectors, applied * n, size * n);
    double[] y = new double[n * width];
    product.multiply(n, width, x, y);
    OperatorInput.requireFinite(n, products, y);
    products += width;
    if (largest == 0) {
      scaling = Scaling.forLargest(Kernels.level1().maxAbs(y.length, y, 0));
    }
    scaling.scale(y);
    return y;
  }

  /** Makes column {@code size} orthonormal to those before; H's column gets the coefficients. */
  private void orthogonalise(int column) {
    int at = column * capacity;
    Arrays.fill(projected, at, at + capacity, 0);
    double before = Kernels.level1().norm(n, vectors, size * n);
    largest = Math.max(largest, before);
    double after = before;
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double left = sweep(size);
      Kernels.level1().axpy(size, 1, coefficients, 0, projected, at);
      boolean enough = sweep > 0 && left > ENOUGH * after;
      after = left;
      if (enough) {
        break;
      }
    }
    if (after <= NOTHING * largest) {
      random(size);
      projected[at + size] = 0;
    } else {
      divide(size, after);
      projected[at + size] = after;
    }
  }

  /** v ← (I − VVᵀ)v for column {@code end}, V the columns before; the norm that is left. */
  private double sweep(int end) {
    Kernels.level2().gemvTransposed(n, end, 1, vectors, 0, n, vectors, end * n, 0, coefficients, 0);
    Kernels.level2().gemv(n, end, -1, vectors, 0, n, coefficients, 0, 1, vectors, end * n);
    return Kernels.level1().norm(n, vectors, end * n);
  }

  private void divide(int column, double norm) {
    for (int i = column * n; i < (column + 1) * n; i++) {
      vectors[i] /= norm;
    }
  }

  /** Column {@code end} becomes a random unit vector orthogonal to those before. */
  private void random(int end) {
    double norm;
    do {
      for (int i = end * n; i < (end + 1) * n; i++) {
        vectors[i] = random.nextGaussian();
      }
      norm = orthonormalise(end);
    } while (norm == 0);
  }

  /** Makes a column orthonormal to those before; 0 if nothing is left of it. */
  private double orthonormalise(int end) {
    double norm = Kernels.level1().norm(n, vectors, end * n);
    for (int sweep = 0; norm > 0 && sweep < 3; sweep++) {
      divide(end, norm);
      norm = sweep(end);
    }
    if (norm > 0) {
      divide(end, norm);
    }
    return norm;
  }

  /** What the recurrence has left behind has no part in a product of a symmetric operator. */
  private void requireSymmetric(int width) {
    double allowed = EigenOptions.DEFAULT.symmetryTolerance() * largest;
    for (int j = applied; j < applied + width; j++) {
      for (int i = firstChecked; i < j; i++) {
        OperatorInput.requireSymmetric(
            scaling.undone(projected(i, j) - projected(j, i)), scaling.undone(allowed));
      }
    }
  }

  /**
   * Replaces the applied columns by combinations of them, Ritz vectors, and moves those not applied
   * behind.
   *
   * @param locked the first columns, which stay what they are
   * @param combinations applied × count
   * @param values of the Ritz vectors
   */
  void restart(int locked, double[] combinations, double[] values) {
    int count = values.length;
    int width = width();
    double[] couplings = couplings(combinations);
    double[] leaks = images(0, locked, combinations);
    System.arraycopy(combined(combinations), 0, vectors, 0, n * count);
    System.arraycopy(vectors, applied * n, vectors, count * n, width * n);
    applied = count;
    size = count + width;
    firstChecked = firstChecked == 0 ? 0 : count;
    Arrays.fill(projected, 0);
    for (int j = 0; j < count; j++) {
      projected[j + j * capacity] = values[j];
      System.arraycopy(couplings, j * width, projected, count + j * capacity, width);
    }
    for (int j = locked; j < count; j++) {
      System.arraycopy(leaks, j * locked, projected, j * capacity, locked);
    }
  }

  /** What A·(combinations) has along the columns not applied: width × count. */
  double[] couplings(double[] combinations) {
    return images(applied, width(), combinations);
  }

  /** Some rows of H·combinations, which know of the upper triangle, or of what is to be applied. */
  private double[] images(int firstRow, int rows, double[] combinations) {
    int count = combinations.length / Math.max(1, applied);
    double[] result = new double[rows * count];
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        rows,
        count,
        applied,
        1,
        projected,
        firstRow,
        capacity,
        combinations,
        0,
        applied,
        0,
        result,
        0,
        rows);
    return result;
  }

  /** V·combinations, n × count, at the start of an array that the next call overwrites. */
  double[] combined(double[] combinations) {
    int count = combinations.length / Math.max(1, applied);
    spare = Buffers.atLeast(spare, n * count);
    gemm.multiply(Transpose.NO, Transpose.NO, n, count, applied, vectors, combinations, spare);
    return spare;
  }

  /** Forgets the columns that are not applied and goes on with random ones. */
  void inject(int width) {
    cutOff(applied);
    size = applied;
    widen(width);
  }

  /** Keeps the first columns alone and goes on with a combination of all. */
  void resume(int kept, double[] combination, int width) {
    System.arraycopy(combined(combination), 0, vectors, kept * n, n);
    applied = kept;
    size = kept + 1;
    cutOff(kept);
    if (orthonormalise(kept) == 0) {
      random(kept);
    }
    widen(width);
  }

  /** What A·(columns before) has beyond them is forgotten. */
  private void cutOff(int end) {
    firstChecked = end;
    for (int j = 0; j < end; j++) {
      Arrays.fill(projected, j * capacity + end, (j + 1) * capacity, 0);
    }
  }
}
