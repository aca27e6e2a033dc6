package eigengrad.linalg.tridiagonal;

import eigengrad.linalg.parallel.ChunkBody;
import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.parallel.Ranges;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * Z ← QZ, from eigenvectors of T to those of A, in compact WY blocks.
 *
 * <p>A block of reflectors is HᵢHᵢ₊₁… = I − VTVᵀ with T upper triangular, so it is applied by three
 * matrix products, to ranges of columns independently. Cost: 2n³ flops. Source: R. Schreiber and C.
 * F. Van Loan, <i>A Storage-Efficient WY Representation for Products of Householder
 * Transformations</i>, SIAM J. Sci. Stat. Comput. 10 (1989).
 */
public final class BackTransform {
  /** Up to here the products are too small to be worth forming blocks. */
  private static final int SMALL = 64;

  /** Fewer columns of Z together, and copying V into tile order shows. */
  private static final int CHUNK_COLUMNS = 128;

  private static final double[] NO_VECTORS = {};

  private final Kernels kernels = Kernels.active();
  private final ChunkBody blockApplication = this::applyBlock;

  private final Tridiagonalizer reduction;

  /** The caller's; not kept. */
  private double[] z = NO_VECTORS;

  private int n;
  private int block;
  private int chunks;

  private double[] v = {};
  private double[] t = {};

  /** VᵀZ and TVᵀZ, or VᵀV. */
  private double[] product = {};

  private double[] scaledProduct = {};

  /** One a worker. */
  private Gemm[] gemms = {};

  /** The block being applied: its first reflector and how many there are. */
  private int first;

  private int size;

  /**
   * A transformation to be used for any number of matrices, one after the other.
   *
   * @param reduction holds Q's reflectors, at any time those of the last matrix reduced
   */
  public BackTransform(Tridiagonalizer reduction) {
    this.reduction = reduction;
  }

  /**
   * Z ← QZ.
   *
   * @param vectors Z, n×n, overwritten
   * @param crew does the work
   */
  public void apply(double[] vectors, Crew crew) {
    z = vectors;
    n = reduction.size();
    if (n <= SMALL) {
      applyOneByOne();
    } else {
      applyBlocks(crew);
    }
    z = NO_VECTORS;
  }

  /** Z ← Z − τᵢvᵢ(Zᵀvᵢ)ᵀ, last reflector first. */
  private void applyOneByOne() {
    v = Buffers.atLeast(v, n);
    product = Buffers.atLeast(product, n);
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

  private void applyBlocks(Crew crew) {
    block = blockSize(n);
    chunks = Ranges.count(n, CHUNK_COLUMNS);
    v = Buffers.atLeast(v, n * block);
    t = Buffers.atLeast(t, block * block);
    product = Buffers.atLeast(product, block * n);
    scaledProduct = Buffers.atLeast(scaledProduct, block * n);
    while (gemms.length < crew.size()) {
      gemms = Arrays.copyOf(gemms, gemms.length + 1);
      gemms[gemms.length - 1] = new Gemm();
    }
    int count = reduction.reflectorCount();
    for (int end = count; end > 0; end = first) {
      crew.requireNotInterrupted();
      first = (end - 1) / block * block;
      size = end - first;
      formV();
      formT();
      crew.run(chunks, blockApplication);
    }
  }

  /** V's column k is reflector first + k, below the zeros of rows that it does not act on. */
  private void formV() {
    int rows = n - 1 - first;
    Arrays.fill(v, 0, rows * size, 0);
    for (int k = 0; k < size; k++) {
      reduction.copyReflector(first + k, v, k * rows + k);
    }
  }

  /** T(0…k−1, k) = −τₖ·T(0…k−1, 0…k−1)·(Vᵀvₖ) and T(k, k) = τₖ. */
  private void formT() {
    int rows = n - 1 - first;
    gemms[0].multiply(
        Transpose.YES,
        Transpose.NO,
        size,
        size,
        rows,
        1,
        v,
        0,
        rows,
        v,
        0,
        rows,
        0,
        product,
        0,
        size);
    Arrays.fill(t, 0, size * size, 0);
    for (int k = 0; k < size; k++) {
      double tau = reduction.tau(first + k);
      int column = k * size;
      kernels.axpy(k, -tau, product, column, t, column);
      multiplyByTriangle(k, column);
      t[column + k] = tau;
    }
  }

  /** The first k elements of a column of T, multiplied by the triangle to the left of them. */
  private void multiplyByTriangle(int k, int column) {
    for (int j = 0; j < k; j++) {
      double element = t[column + j];
      kernels.axpy(j, element, t, j * size, t, column);
      t[column + j] = element * t[j * size + j];
    }
  }

  /** Z ← Z − VT(VᵀZ) for a range of Z's columns. */
  private void applyBlock(int chunk, int worker) {
    int tile = kernels.tileColumns();
    int left = Ranges.start(chunk, chunks, n, tile);
    int columns = Ranges.start(chunk + 1, chunks, n, tile) - left;
    int rows = n - 1 - first;
    int corner = first + 1 + left * n;
    int p = left * size;
    Gemm gemm = gemms[worker];
    gemm.multiply(
        Transpose.YES,
        Transpose.NO,
        size,
        columns,
        rows,
        1,
        v,
        0,
        rows,
        z,
        corner,
        n,
        0,
        product,
        p,
        size);
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        size,
        columns,
        size,
        1,
        t,
        0,
        size,
        product,
        p,
        size,
        0,
        scaledProduct,
        p,
        size);
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        rows,
        columns,
        size,
        -1,
        v,
        0,
        rows,
        scaledProduct,
        p,
        size,
        1,
        z,
        corner,
        n);
  }
}
