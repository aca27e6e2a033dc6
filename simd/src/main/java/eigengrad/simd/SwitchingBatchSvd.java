package eigengrad.simd;

import static eigengrad.simd.Kernel.DIAGONAL_PRODUCTS;
import static eigengrad.simd.Kernel.SVD_JACOBI;
import static eigengrad.simd.Kernel.SVD_QR;
import static eigengrad.simd.Kernel.SVD_SCALING;

import eigengrad.simd.vector.VectorKernels;

/**
 * Singular value decompositions of lane blocks: each kernel in plain loops until it is compiled.
 */
final class SwitchingBatchSvd implements BatchSvd {
  static final BatchSvd FAMILY = new SwitchingBatchSvd();

  private static final BatchSvd LOOPS = SwitchingKernels.SCALAR.batchSvd();

  private SwitchingBatchSvd() {}

  private static BatchSvd side(Kernel kernel) {
    return kernel.isCompiled() ? VectorKernels.SET.batchSvd() : LOOPS;
  }

  @Override
  public void inspect(int size, double[] a, int aOffset, double[] largest, int offset) {
    side(SVD_SCALING).inspect(size, a, aOffset, largest, offset);
  }

  @Override
  public void scaleInto(
      Transpose transpose,
      int m,
      int n,
      double[] factors,
      double[] a,
      int aOffset,
      double[] b,
      int half) {
    side(SVD_SCALING).scaleInto(transpose, m, n, factors, a, aOffset, b, half);
  }

  @Override
  public void orthogonalize(
      int m,
      int n,
      int lanes,
      boolean vectors,
      int maxSweeps,
      double[] a,
      double[] v,
      double[] failed) {
    side(SVD_JACOBI).orthogonalize(m, n, lanes, vectors, maxSweeps, a, v, failed);
  }

  @Override
  public void lengths(
      int m, int n, double[] factors, double[] w, int half, double[] values, int valuesOffset) {
    side(SVD_JACOBI).lengths(m, n, factors, w, half, values, valuesOffset);
  }

  @Override
  public void arrange(
      int m,
      int n,
      boolean signsOfV,
      double[] w,
      double[] v,
      int half,
      double[] unit,
      int unitOffset,
      double[] other,
      int otherOffset) {
    side(SVD_JACOBI).arrange(m, n, signsOfV, w, v, half, unit, unitOffset, other, otherOffset);
  }

  @Override
  public void bidiagonalize(
      int m,
      int n,
      int lanes,
      boolean vectors,
      double[] a,
      double[] d,
      double[] e,
      double[] v,
      double[] work) {
    side(SVD_QR).bidiagonalize(m, n, lanes, vectors, a, d, e, v, work);
  }

  @Override
  public void implicitQr(
      int m,
      int n,
      int lanes,
      int maxSweeps,
      boolean vectors,
      double[] d,
      double[] e,
      double[] u,
      double[] v,
      double[] work,
      double[] failed) {
    side(SVD_QR).implicitQr(m, n, lanes, maxSweeps, vectors, d, e, u, v, work, failed);
  }

  @Override
  public void order(
      int m,
      int n,
      boolean signsOfV,
      double[] factors,
      double[] d,
      double[] u,
      double[] v,
      int half,
      double[] values,
      int valuesOffset,
      double[] left,
      int leftOffset,
      double[] right,
      int rightOffset,
      double[] work) {
    side(SVD_QR)
        .order(
            m,
            n,
            signsOfV,
            factors,
            d,
            u,
            v,
            half,
            values,
            valuesOffset,
            left,
            leftOffset,
            right,
            rightOffset,
            work);
  }

  @Override
  public void multiplyDiagonal(
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      double[] d,
      int dOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset) {
    side(DIAGONAL_PRODUCTS)
        .multiplyDiagonal(m, n, k, a, aOffset, d, dOffset, b, bOffset, c, cOffset);
  }

  @Override
  public void multiplyDiagonalSymmetric(
      int n, int k, double[] a, int aOffset, double[] d, int dOffset, double[] c, int cOffset) {
    side(DIAGONAL_PRODUCTS).multiplyDiagonalSymmetric(n, k, a, aOffset, d, dOffset, c, cOffset);
  }
}
