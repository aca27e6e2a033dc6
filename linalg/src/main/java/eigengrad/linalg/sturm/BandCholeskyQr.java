package eigengrad.linalg.sturm;

import eigengrad.linalg.parallel.ChunkBody;
import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.parallel.Ranges;
import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * Makes nearly orthogonal eigenvectors orthogonal to working precision.
 *
 * <p>VᵀV = I + E = RᵀR has a Cholesky factor R = I + U to first order, U the upper triangle of E
 * with half its diagonal. So V ← V − VU squares the error. For eigenvectors with residuals r, (λᵢ −
 * λⱼ)vᵢᵀvⱼ = vᵢᵀrⱼ − vⱼᵀrᵢ, so the step moves the residuals by no more than twice their own size,
 * and E falls off with the distance of the eigenvalues: beyond the next block of vectors it is at
 * rounding, which is checked, and left out.
 *
 * <p>Cost: 128nk flops of matrix product a step, usually one. Source of the step: G. W. Stewart,
 * <i>On the Perturbation of LU and Cholesky Factors</i>, IMA J. Numer. Anal. 17 (1997).
 */
final class BandCholeskyQr {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Vectors in a block, at least, where there are several. */
  private static final int NARROW = 16;

  /** Up to here there is one block. */
  private static final int SMALL = 32;

  /** Largest bound of U's norm for which the steps converge fast. */
  private static final double LARGEST_DEFECT = 0x1p-4;

  /** Largest element of E that may be left out, for k vectors the k-th part of this, or 8u. */
  private static final double NEGLIGIBLE = UNIT_ROUNDOFF / 32;

  private static final double[] NO_VECTORS = {};

  private final Kernels kernels = Kernels.active();
  private final ChunkBody stepping = this::step;

  /** One a worker: a block's columns of E and U, for the vectors of it and of the block before. */
  private double[][] strips = {};

  private Gemm[] gemms = {};

  /** Of each block: the largest element of E, and the largest that is far from the diagonal. */
  private double[] defects = {};

  private double[] farDefects = {};

  private int n;
  private int k;
  private int blocks;
  private int block;

  /** Vectors in the widest block. */
  private int widest;

  private double[] z = {};
  private double[] v = {};
  private int offset;
  private int ld;

  /**
   * Writes orthogonal vectors that differ from given ones by what these lack.
   *
   * @param rows n
   * @param columns k
   * @param given Z, n×k, contiguous; overwritten
   * @param vectors V, overwritten
   * @param vectorsOffset where V starts
   * @param vectorsLd its leading dimension
   * @param crew does the work
   * @return whether Z was near enough; if not, V is 0
   */
  boolean orthogonalise(
      int rows,
      int columns,
      double[] given,
      double[] vectors,
      int vectorsOffset,
      int vectorsLd,
      Crew crew) {
    n = rows;
    k = columns;
    z = given;
    v = vectors;
    offset = vectorsOffset;
    ld = vectorsLd;
    block = k <= SMALL ? k : NARROW;
    double negligible = Math.max(8 * UNIT_ROUNDOFF, k * NEGLIGIBLE);
    blocks = Ranges.count(k, block);
    ensure(crew.size());
    boolean done = false;
    while (!done) {
      crew.run(blocks, stepping);
      double defect = kernels.maxAbs(blocks, defects, 0);
      double bound = Math.min(2 * widest, k) * defect;
      boolean near = bound <= LARGEST_DEFECT;
      if (!near || kernels.maxAbs(blocks, farDefects, 0) > negligible) {
        clear();
        return false;
      }
      // What remains of E is −(UU + UᵀUᵀ + UᵀU).
      done = 3 * bound * defect <= UNIT_ROUNDOFF;
      if (!done) {
        stepAgain();
      }
    }
    v = NO_VECTORS;
    return true;
  }

  private void ensure(int workers) {
    defects = Buffers.atLeast(defects, blocks);
    farDefects = Buffers.atLeast(farDefects, blocks);
    while (gemms.length < workers) {
      gemms = Arrays.copyOf(gemms, gemms.length + 1);
      gemms[gemms.length - 1] = new Gemm();
    }
    widest = (k + blocks - 1) / blocks;
    strips = Buffers.perWorker(strips, workers, Math.min(2 * widest, k) * widest);
  }

  private int blockStart(int index) {
    return Ranges.start(Math.max(0, index), blocks, k, 1);
  }

  /** V ← Z − ZU for the columns of a block. */
  private void step(int index, int worker) {
    int left = blockStart(index - 1);
    int start = blockStart(index);
    int end = blockStart(index + 1);
    int width = end - start;
    int height = end - left;
    double[] strip = strips[worker];
    Gemm gemm = gemms[worker];
    gemm.multiply(
        Transpose.YES,
        Transpose.NO,
        height,
        width,
        n,
        1,
        z,
        left * n,
        n,
        z,
        start * n,
        n,
        0,
        strip,
        0,
        height);
    for (int j = 0; j < width; j++) {
      strip[start - left + j + j * height] -= 1;
    }
    defects[index] = kernels.maxAbs(height * width, strip, 0);
    farDefects[index] = farDefect(strip, start - left, height, width);
    keepUpperTriangle(strip, start - left, height, width);
    for (int j = start; j < end; j++) {
      System.arraycopy(z, j * n, v, offset + j * ld, n);
    }
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        n,
        width,
        height,
        -1,
        z,
        left * n,
        n,
        strip,
        0,
        height,
        1,
        v,
        offset + start * ld,
        ld);
  }

  /** The largest element of E between vectors that are a block or more apart. */
  private double farDefect(double[] strip, int diagonal, int height, int width) {
    double largest = 0;
    for (int j = 0; j < width; j++) {
      int above = Math.max(0, diagonal + j - block + 1);
      largest = Math.max(largest, kernels.maxAbs(above, strip, j * height));
    }
    return blocks == 1 ? 0 : largest;
  }

  /** From E to U. */
  private static void keepUpperTriangle(double[] strip, int diagonal, int height, int width) {
    for (int j = 0; j < width; j++) {
      int at = diagonal + j + j * height;
      strip[at] *= 0.5;
      Arrays.fill(strip, at + 1, (j + 1) * height, 0);
    }
  }

  private void stepAgain() {
    for (int j = 0; j < k; j++) {
      System.arraycopy(v, offset + j * ld, z, j * n, n);
    }
  }

  private void clear() {
    for (int j = 0; j < k; j++) {
      Arrays.fill(v, offset + j * ld, offset + j * ld + n, 0);
    }
    v = NO_VECTORS;
  }
}
