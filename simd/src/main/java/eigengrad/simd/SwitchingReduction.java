package eigengrad.simd;

import static eigengrad.simd.Kernel.FEW_REFLECTORS;
import static eigengrad.simd.Kernel.FEW_REFLECTORS_WIDE;
import static eigengrad.simd.Kernel.GEMVT;
import static eigengrad.simd.Kernel.MANY_REFLECTORS;
import static eigengrad.simd.Kernel.SYR2_SYMV;
import static eigengrad.simd.Kernel.UPDATED_COLUMN;

import eigengrad.simd.vector.VectorKernels;

/** Householder reduction and the way back: each kernel in plain loops until it is compiled. */
final class SwitchingReduction implements Reduction {
  static final Reduction FAMILY = new SwitchingReduction();

  private static final Reduction LOOPS = SwitchingKernels.SCALAR.reduction();

  private SwitchingReduction() {}

  private static Reduction side(Kernel kernel) {
    return kernel.isCompiled() ? VectorKernels.SET.reduction() : LOOPS;
  }

  private static Reduction side(int reflectors, int columns) {
    if (reflectors == RegisterTiles.MANY_REFLECTORS) {
      return side(MANY_REFLECTORS);
    }
    boolean narrow = columns == LOOPS.reflectorColumns(reflectors, 1);
    return narrow ? side(FEW_REFLECTORS) : side(FEW_REFLECTORS_WIDE);
  }

  @Override
  public int stripRows() {
    return LOOPS.stripRows();
  }

  @Override
  public void syr2Symv(
      int firstStrip,
      int endStrip,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      int aOffset,
      double[] x,
      double[] y,
      double[] work,
      int workOffset) {
    side(SYR2_SYMV)
        .syr2Symv(firstStrip, endStrip, firstColumn, p, q, a, aOffset, x, y, work, workOffset);
  }

  @Override
  public double updatedColumn(
      int j,
      int endStrip,
      double alpha,
      double[] p,
      double beta,
      double[] q,
      double[] a,
      int aOffset,
      double[] x) {
    return side(UPDATED_COLUMN).updatedColumn(j, endStrip, alpha, p, beta, q, a, aOffset, x);
  }

  @Override
  public int gemvtColumns() {
    return LOOPS.gemvtColumns();
  }

  @Override
  public void gemvt(
      int m,
      int n,
      double[] a,
      int aOffset,
      int lda,
      double[] u,
      int uOffset,
      double gamma,
      double[] z,
      int zOffset,
      double[] r,
      int rOffset,
      double[] w,
      int wOffset) {
    side(GEMVT).gemvt(m, n, a, aOffset, lda, u, uOffset, gamma, z, zOffset, r, rOffset, w, wOffset);
  }

  @Override
  public int reflectorCount(int rows) {
    return LOOPS.reflectorCount(rows);
  }

  @Override
  public int reflectorColumns(int count, int wanted) {
    return LOOPS.reflectorColumns(count, wanted);
  }

  @Override
  public void applyReflectors(
      int count,
      int rows,
      int columns,
      double[] v,
      int vOffset,
      double[] t,
      int tOffset,
      double[] z,
      int zOffset) {
    side(count, columns).applyReflectors(count, rows, columns, v, vOffset, t, tOffset, z, zOffset);
  }
}
