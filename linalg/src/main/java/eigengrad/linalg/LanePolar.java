package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;
import java.util.Arrays;

/**
 * The polar factors of a lane block, A = QH, from singular values and vectors: Q = UVᵀ and H =
 * VΣVᵀ, or for the nearest rotations the last singular value and vector with the sign of det UVᵀ.
 * Keeps its memory, so that each thread needs one of its own.
 */
final class LanePolar {
  private double[] signs = Buffers.NONE;
  private double[] signedValues = Buffers.NONE;

  /**
   * Forms both factors. Cost: (2m + n)nk flops per matrix; for rotations 2mnk more where a matrix
   * of the block is nearer to a reflection.
   *
   * @param m rows of Q
   * @param n columns of Q, order of H
   * @param k singular values of each, min(m, n) ≥ 1
   * @param rotations whether det Q is to be 1; m = n then
   * @param u U, interleaved
   * @param uOffset where it starts
   * @param values of the block
   * @param valuesOffset where they start
   * @param v V, interleaved
   * @param vOffset where it starts
   * @param q overwritten, interleaved
   * @param qOffset where it starts
   * @param h overwritten, interleaved
   * @param hOffset where it starts
   */
  void form(
      int m,
      int n,
      int k,
      boolean rotations,
      double[] u,
      int uOffset,
      double[] values,
      int valuesOffset,
      double[] v,
      int vOffset,
      double[] q,
      int qOffset,
      double[] h,
      int hOffset) {
    signs = Buffers.atLeast(signs, k * LANES);
    signedValues = Buffers.atLeast(signedValues, k * LANES);
    Arrays.fill(signs, 0, k * LANES, 1);
    Kernels.batchSvd().multiplyDiagonal(m, n, k, u, uOffset, signs, 0, v, vOffset, q, qOffset);
    if (rotations && turnReflections(n, q, qOffset)) {
      Kernels.batchSvd().multiplyDiagonal(m, n, k, u, uOffset, signs, 0, v, vOffset, q, qOffset);
    }
    for (int i = 0; i < k * LANES; i++) {
      signedValues[i] = values[valuesOffset + i] * signs[i];
    }
    Kernels.batchSvd().multiplyDiagonalSymmetric(n, k, v, vOffset, signedValues, 0, h, hOffset);
  }

  /**
   * Gives the last vector of each reflection the sign −1.
   *
   * @return whether there are any
   */
  private boolean turnReflections(int n, double[] q, int qOffset) {
    boolean any = false;
    for (int lane = 0; lane < LANES; lane++) {
      if (Determinants.isReflection(n, LaneBlock.copy(q, qOffset + lane, n * n))) {
        signs[(n - 1) * LANES + lane] = -1;
        any = true;
      }
    }
    return any;
  }
}
