package eigengrad.simd;

import static eigengrad.simd.Transpose.NO;
import static eigengrad.simd.Transpose.YES;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * One call of every kernel on the same fresh contents each time; the result is a hash of all bits.
 */
enum KernelCalls {
  DOT,
  AXPY,
  SCALE,
  MAX_ABS,
  ELEMENT_OF_MAX_ABS,
  MAX_ASYMMETRY,
  NORM,
  ROTATE,
  ROTATE_CHAIN,
  GEMV,
  GEMV_TRANSPOSED,
  SYMV,
  GER,
  SYR2_SYMV,
  UPDATED_COLUMN,
  GEMVT,
  TRANSPOSE,
  SECULAR_SUMS,
  LAGUERRE_STEPS,
  TWISTED_VECTORS,
  APPLY_REFLECTORS,
  BATCH_PRODUCTS,
  BATCH_JACOBI,
  BATCH_QR,
  BATCH_SVD_JACOBI,
  BATCH_SVD_QR,
  GEMM,
  GEMM_UNPACKED,
  GEMM_PACKED,
  SYRK,
  SYRK_PACKED;

  /** Low and high tiles, which take another number of reflectors at once. */
  private static final int[] REFLECTED_ROWS = {1, 1000};

  /** Reaches whole vectors, a remainder, full tiles and edges at every width. */
  static final int ROWS = 37;

  static final int COLUMNS = 23;

  /**
   * A call that allocates nothing itself.
   *
   * @param offset where every operand starts
   * @param m rows, or the length of a vector
   * @param n columns, at most m
   */
  LongSupplier at(KernelSet kernels, int offset, int m, int n) {
    int ld = m + 4;
    int matrix = ld * m;
    double[] source = new Random(14).doubles(matrix + ld, -1, 1).toArray();
    double[] a = new double[matrix + offset];
    double[] x = new double[ld + offset];
    double[] y = new double[ld + offset];
    double[] c = new double[matrix + offset];
    double[] sums = new double[2];
    double[] cosines = new Random(15).doubles(n + 8, 0.1, 0.9).toArray();
    double[] sines = new double[n];
    for (int k = 0; k < n; k++) {
      sines[k] = Math.sqrt(1 - cosines[k] * cosines[k]);
    }
    int lanes = kernels.lanes();
    double[] squares = new Random(16).doubles(m, -1, -0.1).toArray();
    double[] square = new double[matrix + lanes];
    double[] small = new Random(17).doubles(64, -1, 1).toArray();
    double[] plain = new double[ld + lanes];
    double[] work = new double[6 * m * lanes];
    int stripRows = kernels.reduction().stripRows();
    double[] vector = new Random(18).doubles(2L * stripRows, -1, 1).toArray();
    double[] strips = new double[3 * stripRows * stripRows];
    double[] product = new double[2 * stripRows];
    double[] column = new double[2 * stripRows];
    double[] laneSums = new double[2 * stripRows * lanes];
    // Whole vectors: what lanes beyond the last shift receive is arbitrary.
    int shifts = Buffers.roundUp(n, lanes);
    long[] below = new long[shifts];
    GroupOperands group = new GroupOperands(kernels.batchProducts(), m);
    BatchOperands batch = new BatchOperands(kernels.batchSolver(), m);
    SvdOperands svd = new SvdOperands(kernels.batchSvd(), m);
    Gemm gemm = new Gemm(kernels);
    Product unpacked = Product.unpacked(kernels);
    Product packed = Product.packed(kernels);
    Product packedLower = Product.packedLower(kernels);
    return () -> {
      System.arraycopy(source, 0, a, offset, matrix);
      System.arraycopy(source, 1, x, offset, ld);
      System.arraycopy(source, 3, y, offset, ld);
      System.arraycopy(source, 0, c, offset, matrix);
      System.arraycopy(source, 0, square, 0, matrix);
      System.arraycopy(source, 5, plain, 0, ld);
      Arrays.fill(strips, 0.7);
      double scalar = 0;
      switch (this) {
        case DOT -> scalar = kernels.level1().dot(m, x, offset, y, offset);
        case AXPY -> kernels.level1().axpy(m, -1.3, x, offset, y, offset);
        case SCALE -> kernels.level1().scale(m, -1.3, x, offset);
        case MAX_ABS -> scalar = kernels.level1().maxAbs(m, x, offset);
        case ELEMENT_OF_MAX_ABS -> scalar = kernels.level1().elementOfMaxAbs(m, x, offset);
        case MAX_ASYMMETRY -> scalar = kernels.transposition().maxAsymmetry(n, a, offset);
        case NORM -> scalar = kernels.level1().norm(m, x, offset);
        case ROTATE -> kernels.level1().rotate(m, x, offset, y, offset, 0.8, 0.6);
        case ROTATE_CHAIN -> kernels.level1().rotateChain(m, n - 1, a, offset, ld, cosines, sines);
        case GEMV -> kernels.level2().gemv(m, n, -1.3, a, offset, ld, x, offset, 0.5, y, offset);
        case GEMV_TRANSPOSED ->
            kernels.level2().gemvTransposed(m, n, -1.3, a, offset, ld, x, offset, 0.5, y, offset);
        case SYMV -> kernels.level2().symv(m, -1.3, a, offset, ld, x, offset, 0.5, y, offset);
        case GER -> kernels.level2().ger(m, n, -1.3, x, offset, y, offset, a, offset, ld);
        case SYR2_SYMV -> {
          kernels
              .reduction()
              .syr2Symv(0, 2, 1, vector, vector, strips, 0, vector, product, laneSums, 0);
          kernels
              .reduction()
              .syr2Symv(0, 2, lanes + 1, vector, vector, strips, 0, vector, product, laneSums, 0);
        }
        case UPDATED_COLUMN -> {
          System.arraycopy(vector, 0, product, 0, vector.length);
          scalar =
              kernels
                  .reduction()
                  .updatedColumn(1, 2, -0.5, vector, 0.7, product, strips, 0, column);
        }
        case GEMVT -> {
          int rows = m / lanes * lanes;
          int columns = n / kernels.reduction().gemvtColumns() * kernels.reduction().gemvtColumns();
          kernels
              .reduction()
              .gemvt(rows, columns, a, offset, ld, x, offset, 0.3, plain, 0, square, 0, y, offset);
        }
        case TRANSPOSE -> {
          kernels.transposition().transpose(m, n, a, offset, ld, c, offset, ld);
          kernels.transposition().transpose(m, Math.min(4, m), a, offset, ld, square, 0, 4);
        }
        case SECULAR_SUMS -> {
          kernels.tridiagonal().secularSums(m, x, offset, y, offset, 3, sums);
          scalar = sums[0] + 2 * sums[1];
        }
        case LAGUERRE_STEPS -> {
          // Order 1 needs no search: the loop over rows is entered in every call.
          int order = Math.max(2, m);
          kernels
              .tridiagonal()
              .laguerreSteps(
                  order, x, offset, squares, 0, 0, shifts, cosines, below, plain, square, work);
        }
        case TWISTED_VECTORS ->
            kernels
                .tridiagonal()
                .twistedVectors(
                    m, x, offset, source, 0, 0, shifts, cosines, plain, square, c, offset, ld,
                    work);
        case APPLY_REFLECTORS -> {
          for (int height : REFLECTED_ROWS) {
            int count = kernels.reduction().reflectorCount(height);
            int columns = kernels.reduction().reflectorColumns(count, n);
            int rows = matrix / Math.max(count, columns);
            kernels
                .reduction()
                .applyReflectors(count, rows, columns, source, 0, small, 0, a, offset);
          }
        }
        case BATCH_PRODUCTS -> group.run();
        case BATCH_JACOBI -> batch.jacobi();
        case BATCH_QR -> batch.qr();
        case BATCH_SVD_JACOBI -> svd.jacobi();
        case BATCH_SVD_QR -> svd.qr();
        case GEMM ->
            gemm.multiply(NO, YES, m, n, n, -1.3, a, offset, ld, a, offset, ld, 0.5, c, offset, ld);
        case GEMM_UNPACKED ->
            unpacked.apply(YES, NO, n, n, m, -1.3, a, offset, ld, a, offset, ld, 0, c, offset, ld);
        case GEMM_PACKED ->
            packed.apply(NO, YES, m, n, n, -1.3, a, offset, ld, a, offset, ld, 0.5, c, offset, ld);
        case SYRK -> gemm.syrk(NO, m, n, -1.3, a, offset, ld, 0.5, c, offset, ld);
        case SYRK_PACKED ->
            packedLower.apply(
                YES, NO, n, n, m, -1.3, a, offset, ld, a, offset, ld, 0.5, c, offset, ld);
      }
      long hash = Double.doubleToRawLongBits(scalar);
      hash = mix(hash, a, offset);
      hash = mix(hash, square, 0);
      hash = mix(hash, plain, 0);
      hash = mix(hash, strips, 0);
      hash = mix(hash, batch.values, 0);
      hash = mix(hash, batch.vectors, 0);
      hash = mix(hash, product, 0);
      hash = mix(hash, column, 0);
      hash = mix(hash, group.result, 0);
      hash = mix(hash, svd.values, 0);
      hash = mix(hash, svd.result, 0);
      hash = mix(hash, x, offset);
      hash = mix(hash, y, offset);
      return mix(hash, c, offset);
    };
  }

  /** Odd weights: any one bit that differs changes the sum. */
  private static long mix(long hash, double[] data, int offset) {
    long mixed = 31 * hash;
    for (int i = offset; i < data.length; i++) {
      mixed += (2L * (i - offset) + 1) * Double.doubleToRawLongBits(data[i]);
    }
    return mixed;
  }
}
