package eigengrad.simd;

import static eigengrad.simd.Kernel.LAGUERRE_STEPS;
import static eigengrad.simd.Kernel.SECULAR_SUMS;
import static eigengrad.simd.Kernel.TWISTED_VECTORS;

import eigengrad.simd.vector.VectorKernels;

/** Spectra of tridiagonal matrices: each kernel in plain loops until it is compiled. */
final class SwitchingTridiagonal implements Tridiagonal {
  static final Tridiagonal FAMILY = new SwitchingTridiagonal();

  private static final Tridiagonal LOOPS = SwitchingKernels.SCALAR.tridiagonal();

  private SwitchingTridiagonal() {}

  private static Tridiagonal side(Kernel kernel) {
    return kernel.isCompiled() ? VectorKernels.SET.tridiagonal() : LOOPS;
  }

  @Override
  public void secularSums(
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums) {
    side(SECULAR_SUMS).secularSums(n, weights, weightOffset, gaps, gapOffset, tau, sums);
  }

  @Override
  public void laguerreSteps(
      int n,
      double[] d,
      int dOffset,
      double[] negatedSquares,
      int squaresOffset,
      int first,
      int count,
      double[] x,
      long[] below,
      double[] near,
      double[] far,
      double[] work) {
    side(LAGUERRE_STEPS)
        .laguerreSteps(
            n, d, dOffset, negatedSquares, squaresOffset, first, count, x, below, near, far, work);
  }

  @Override
  public void twistedVectors(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int first,
      int count,
      double[] x,
      double[] corrections,
      double[] residuals,
      double[] z,
      int zOffset,
      int ldz,
      double[] work) {
    side(TWISTED_VECTORS)
        .twistedVectors(
            n,
            d,
            dOffset,
            e,
            eOffset,
            first,
            count,
            x,
            corrections,
            residuals,
            z,
            zOffset,
            ldz,
            work);
  }
}
