package eigengrad.simd;

import java.util.Random;
import java.util.function.LongSupplier;

/**
 * One fixed call of every kernel, with fresh contents at a given offset each time; the result is a
 * hash of all output bits. Shapes reach whole vectors, remainders, full tiles and edges.
 */
enum KernelCalls {
  DOT,
  AXPY,
  SCALE,
  MAX_ABS,
  NORM,
  ROTATE,
  GEMV,
  GEMV_TRANSPOSED,
  SYMV,
  GER,
  SYR2,
  TRANSPOSE,
  GEMM;

  private static final int M = 37;
  private static final int N = 23;
  private static final int LD = 41;
  private static final int MATRIX = LD * M;

  /** A call that allocates nothing itself, whose operands start at {@code offset}. */
  LongSupplier at(Kernels kernels, int offset) {
    double[] source = new Random(14).doubles(MATRIX, -1, 1).toArray();
    double[] a = new double[MATRIX + offset];
    double[] x = new double[LD + offset];
    double[] y = new double[LD + offset];
    double[] c = new double[MATRIX + offset];
    Gemm gemm = new Gemm(kernels);
    return () -> {
      System.arraycopy(source, 0, a, offset, MATRIX);
      System.arraycopy(source, 100, x, offset, LD);
      System.arraycopy(source, 200, y, offset, LD);
      System.arraycopy(source, 0, c, offset, MATRIX);
      double scalar = 0;
      switch (this) {
        case DOT -> scalar = kernels.dot(M, x, offset, y, offset);
        case AXPY -> kernels.axpy(M, -1.3, x, offset, y, offset);
        case SCALE -> kernels.scale(M, -1.3, x, offset);
        case MAX_ABS -> scalar = kernels.maxAbs(M, x, offset);
        case NORM -> scalar = kernels.norm(M, x, offset);
        case ROTATE -> kernels.rotate(M, x, offset, y, offset, 0.8, 0.6);
        case GEMV -> kernels.gemv(M, N, -1.3, a, offset, LD, x, offset, 0.5, y, offset);
        case GEMV_TRANSPOSED ->
            kernels.gemvTransposed(M, N, -1.3, a, offset, LD, x, offset, 0.5, y, offset);
        case SYMV -> kernels.symv(M, -1.3, a, offset, LD, x, offset, 0.5, y, offset);
        case GER -> kernels.ger(M, N, -1.3, x, offset, y, offset, a, offset, LD);
        case SYR2 -> kernels.syr2(M, -1.3, x, offset, y, offset, a, offset, LD);
        case TRANSPOSE -> kernels.transpose(M, N, a, offset, LD, c, offset, LD);
        case GEMM ->
            gemm.multiply(
                Transpose.NO,
                Transpose.YES,
                M,
                N,
                N,
                -1.3,
                a,
                offset,
                LD,
                a,
                offset,
                LD,
                0.5,
                c,
                offset,
                LD);
      }
      long hash = Double.doubleToRawLongBits(scalar);
      hash = mix(hash, a, offset);
      hash = mix(hash, x, offset);
      hash = mix(hash, y, offset);
      return mix(hash, c, offset);
    };
  }

  private static long mix(long hash, double[] data, int offset) {
    long mixed = hash;
    for (int i = offset; i < data.length; i++) {
      mixed = 31 * mixed + Double.doubleToRawLongBits(data[i]);
    }
    return mixed;
  }
}
