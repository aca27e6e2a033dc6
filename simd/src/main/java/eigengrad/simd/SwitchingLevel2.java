package eigengrad.simd;

import static eigengrad.simd.Kernel.GEMV;
import static eigengrad.simd.Kernel.GEMV_TRANSPOSED;
import static eigengrad.simd.Kernel.GER;
import static eigengrad.simd.Kernel.SYMV;

import eigengrad.simd.vector.VectorKernels;

/** A matrix and a vector: each kernel in plain loops until it is compiled. */
final class SwitchingLevel2 implements Level2 {
  static final Level2 FAMILY = new SwitchingLevel2();

  private static final Level2 LOOPS = SwitchingKernels.SCALAR.level2();

  private SwitchingLevel2() {}

  private static Level2 side(Kernel kernel) {
    return kernel.isCompiled() ? VectorKernels.SET.level2() : LOOPS;
  }

  @Override
  public void gemv(
      int m,
      int n,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset) {
    side(GEMV).gemv(m, n, alpha, a, aOffset, lda, x, xOffset, beta, y, yOffset);
  }

  @Override
  public void gemvTransposed(
      int m,
      int n,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset) {
    side(GEMV_TRANSPOSED)
        .gemvTransposed(m, n, alpha, a, aOffset, lda, x, xOffset, beta, y, yOffset);
  }

  @Override
  public void symv(
      int n,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset) {
    side(SYMV).symv(n, alpha, a, aOffset, lda, x, xOffset, beta, y, yOffset);
  }

  @Override
  public void ger(
      int m,
      int n,
      double alpha,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      double[] a,
      int aOffset,
      int lda) {
    side(GER).ger(m, n, alpha, x, xOffset, y, yOffset, a, aOffset, lda);
  }
}
