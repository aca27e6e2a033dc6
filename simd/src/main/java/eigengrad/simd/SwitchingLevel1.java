package eigengrad.simd;

import static eigengrad.simd.Kernel.AXPY;
import static eigengrad.simd.Kernel.DOT;
import static eigengrad.simd.Kernel.ELEMENT_OF_MAX_ABS;
import static eigengrad.simd.Kernel.MAX_ABS;
import static eigengrad.simd.Kernel.ROTATE;
import static eigengrad.simd.Kernel.ROTATE_CHAIN;
import static eigengrad.simd.Kernel.SCALE;

import eigengrad.simd.vector.VectorKernels;

/** Vectors and plane rotations: each kernel in plain loops until it is compiled. */
final class SwitchingLevel1 implements Level1 {
  static final Level1 FAMILY = new SwitchingLevel1();

  private static final Level1 LOOPS = SwitchingKernels.SCALAR.level1();

  private SwitchingLevel1() {}

  private static Level1 side(Kernel kernel) {
    return kernel.isCompiled() ? VectorKernels.SET.level1() : LOOPS;
  }

  @Override
  public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    return side(DOT).dot(n, x, xOffset, y, yOffset);
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    side(AXPY).axpy(n, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public void scale(int n, double alpha, double[] x, int xOffset) {
    side(SCALE).scale(n, alpha, x, xOffset);
  }

  @Override
  public double maxAbs(int n, double[] x, int xOffset) {
    return side(MAX_ABS).maxAbs(n, x, xOffset);
  }

  @Override
  public double elementOfMaxAbs(int n, double[] x, int xOffset) {
    return side(ELEMENT_OF_MAX_ABS).elementOfMaxAbs(n, x, xOffset);
  }

  @Override
  public void rotate(int n, double[] x, int xOffset, double[] y, int yOffset, double c, double s) {
    side(ROTATE).rotate(n, x, xOffset, y, yOffset, c, s);
  }

  @Override
  public void rotateChain(
      int m, int count, double[] a, int aOffset, int columnStride, double[] c, double[] s) {
    side(ROTATE_CHAIN).rotateChain(m, count, a, aOffset, columnStride, c, s);
  }
}
