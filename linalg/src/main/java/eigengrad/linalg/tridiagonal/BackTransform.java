package eigengrad.linalg.tridiagonal;

import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * Z ← QZ, from eigenvectors of T to those of A, in compact WY blocks.
 *
 * <p>A block of reflectors is HᵢHᵢ₊₁… = I − VTVᵀ with T upper triangular, so it is applied by three
 * matrix products. Cost: 2n³ flops. Source: R. Schreiber and C. F. Van Loan, <i>A Storage-Efficient
 * WY Representation for Products of Householder Transformations</i>, SIAM J. Sci. Stat. Comput. 10
 * (1989).
 */
public final class BackTransform {
  /** Up to here the products are too small to be worth forming blocks. */
  private static final int SMALL = 64;

  private final Tridiagonalizer reduction;
  private final int n;
  private final double[] z;
  private final int block;
  private final double[] v;
  private final double[] t;
  private final double[] product;
  private final double[] scaledProduct;
  private final Gemm gemm = new Gemm();

  private BackTransform(Tridiagonalizer reduction, double[] z) {
    this.reduction = reduction;
    this.n = reduction.size();
    this.z = z;
    this.block = blockSize(n);
    this.v = new double[n * block];
    this.t = new double[block * block];
    this.product = new double[block * n];
    this.scaledProduct = new double[block * n];
  }

  /**
   * Z ← QZ.
   *
   * @param reduction holds Q's reflectors
   * @param z n×n, overwritten
   */
  public static void apply(Tridiagonalizer reduction, double[] z) {
    if (reduction.size() <= SMALL) {
      applyOneByOne(reduction, z);
    } else {
      new BackTransform(reduction, z).applyBlocks();
    }
  }

  /** Z ← Z − τᵢvᵢ(Zᵀvᵢ)ᵀ, last reflector first. */
  private static void applyOneByOne(Tridiagonalizer reduction, double[] z) {
    Kernels kernels = Kernels.active();
    int n = reduction.size();
    double[] v = new double[n];
    double[] product = new double[n];
    for (int i = reduction.reflectorCount() - 1; i >= 0; i--) {
      int rows = n - 1 - i;
      int top = i + 1;
      reduction.copyReflector(i, v, 0);
      kernels.gemvTransposed(rows, n, 1, z, top, n, v, 0, 0, product, 0);
      kernels.ger(rows, n, -reduction.tau(i), v, 0, product, 0, z, top, n);
    }
  }

  /** Wide enough for the products to run at speed, narrow enough that T's n·block² stays small. */
  private static int blockSize(int n) {
    return n <= 128 ? 32 : n <= 512 ? 48 : 64;
  }

  private void applyBlocks() {
    int count = reduction.reflectorCount();
    for (int end = count; end > 0; ) {
      int start = (end - 1) / block * block;
      formV(start, end);
      formT(start, end);
      applyBlock(start, end - start);
      end = start;
    }
  }

  /** V's column k is reflector start + k, below the zeros of rows that it does not act on. */
  private void formV(int start, int end) {
    int rows = n - 1 - start;
    Arrays.fill(v, 0, rows * (end - start), 0);
    for (int i = start; i < end; i++) {
      int k = i - start;
      reduction.copyReflector(i, v, k * rows + k);
    }
  }

  /** T(0…k−1, k) = −τₖ·T(0…k−1, 0…k−1)·(Vᵀvₖ) and T(k, k) = τₖ. */
  private void formT(int start, int end) {
    Kernels kernels = Kernels.active();
    int rows = n - 1 - start;
    int size = end - start;
    Arrays.fill(t, 0, size * size, 0);
    for (int k = 0; k < size; k++) {
      double tau = reduction.tau(start + k);
      int column = k * size;
      kernels.gemvTransposed(rows - k, k, -tau, v, k, rows, v, k * rows + k, 0, t, column);
      multiplyByTriangle(kernels, k, size, column);
      t[column + k] = tau;
    }
  }

  /** The first k elements of a column of T, multiplied by the triangle to the left of them. */
  private void multiplyByTriangle(Kernels kernels, int k, int size, int column) {
    for (int j = 0; j < k; j++) {
      double element = t[column + j];
      kernels.axpy(j, element, t, j * size, t, column);
      t[column + j] = element * t[j * size + j];
    }
  }

  private void applyBlock(int start, int size) {
    int rows = n - 1 - start;
    int top = start + 1;
    gemm.multiply(
        Transpose.YES, Transpose.NO, size, n, rows, 1, v, 0, rows, z, top, n, 0, product, 0, size);
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        size,
        n,
        size,
        1,
        t,
        0,
        size,
        product,
        0,
        size,
        0,
        scaledProduct,
        0,
        size);
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        rows,
        n,
        size,
        -1,
        v,
        0,
        rows,
        scaledProduct,
        0,
        size,
        1,
        z,
        top,
        n);
  }
}
