package eigengrad.simd;

import static eigengrad.simd.Kernel.MAX_ASYMMETRY;
import static eigengrad.simd.Kernel.TRANSPOSE;

import eigengrad.simd.vector.VectorKernels;

/** A matrix and its transpose: each kernel in plain loops until it is compiled. */
final class SwitchingTransposition implements Transposition {
  static final Transposition FAMILY = new SwitchingTransposition();

  private static final Transposition LOOPS = SwitchingKernels.SCALAR.transposition();

  private SwitchingTransposition() {}

  private static Transposition side(Kernel kernel) {
    return kernel.isCompiled() ? VectorKernels.SET.transposition() : LOOPS;
  }

  @Override
  public void transpose(
      int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb) {
    side(TRANSPOSE).transpose(m, n, a, aOffset, lda, b, bOffset, ldb);
  }

  @Override
  public double maxAsymmetry(int n, double[] a, int aOffset) {
    return side(MAX_ASYMMETRY).maxAsymmetry(n, a, aOffset);
  }
}
