package eigengrad.simd;

import static eigengrad.simd.Kernel.BATCH_ARRANGEMENT;
import static eigengrad.simd.Kernel.BATCH_JACOBI;
import static eigengrad.simd.Kernel.BATCH_QR;
import static eigengrad.simd.Kernel.BATCH_SCALING;

import eigengrad.simd.vector.VectorKernels;

/** Eigensolvers of lane blocks: each kernel in plain loops until it is compiled. */
final class SwitchingBatchSolver implements BatchSolver {
  static final BatchSolver FAMILY = new SwitchingBatchSolver();

  private static final BatchSolver LOOPS = SwitchingKernels.SCALAR.batchSolver();

  private SwitchingBatchSolver() {}

  private static BatchSolver side(Kernel kernel) {
    return kernel.isCompiled() ? VectorKernels.SET.batchSolver() : LOOPS;
  }

  @Override
  public void inspect(
      int n,
      boolean lowerOnly,
      double[] a,
      int aOffset,
      double[] largest,
      double[] asymmetry,
      int offset) {
    side(BATCH_SCALING).inspect(n, lowerOnly, a, aOffset, largest, asymmetry, offset);
  }

  @Override
  public void scaleInto(int n, double[] factors, double[] a, int aOffset, double[] b, int half) {
    side(BATCH_SCALING).scaleInto(n, factors, a, aOffset, b, half);
  }

  @Override
  public void jacobi(
      int n, int lanes, int maxSweeps, double[] a, double[] d, double[] v, double[] failed) {
    side(BATCH_JACOBI).jacobi(n, lanes, maxSweeps, a, d, v, failed);
  }

  @Override
  public void tridiagonalize(
      int n, int lanes, boolean vectors, double[] a, double[] d, double[] e, double[] work) {
    side(BATCH_QR).tridiagonalize(n, lanes, vectors, a, d, e, work);
  }

  @Override
  public void implicitQr(
      int n,
      int lanes,
      int maxSweeps,
      boolean vectors,
      double[] d,
      double[] e,
      double[] q,
      double[] work,
      double[] failed) {
    side(BATCH_QR).implicitQr(n, lanes, maxSweeps, vectors, d, e, q, work, failed);
  }

  @Override
  public void arrange(
      int n,
      double[] factors,
      double[] d,
      double[] v,
      int half,
      double[] values,
      int valuesOffset,
      double[] vectors,
      int vectorsOffset,
      double[] work) {
    side(BATCH_ARRANGEMENT)
        .arrange(n, factors, d, v, half, values, valuesOffset, vectors, vectorsOffset, work);
  }
}
