package eigengrad.simd;

import java.util.Arrays;

/** The SIMD set: each family of kernels in its own file, gathered here. */
final class VectorKernels implements Kernels {
  static final VectorKernels INSTANCE = new VectorKernels();

  private VectorKernels() {}

  @Override
  public String name() {
    return "vector-" + Lanes.BITS;
  }

  @Override
  public BatchKernels batch() {
    // C2 has no masks of two lanes on x86: each comparison would be boxed.
    return Lanes.COUNT < 4 ? ScalarBatchKernels.INSTANCE : VectorBatchKernels.INSTANCE;
  }

  @Override
  public BatchProducts batchProducts() {
    return VectorBatchProducts.INSTANCE;
  }

  @Override
  public int lanes() {
    return Lanes.COUNT;
  }

  @Override
  public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    return VectorLevel1.dot(n, x, xOffset, y, yOffset);
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    VectorLevel1.axpy(n, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public void scale(int n, double alpha, double[] x, int xOffset) {
    VectorLevel1.scale(n, alpha, x, xOffset);
  }

  @Override
  public double maxAbs(int n, double[] x, int xOffset) {
    return VectorLevel1.maxAbs(n, x, xOffset);
  }

  @Override
  public double elementOfMaxAbs(int n, double[] x, int xOffset) {
    return VectorLevel1.elementOfMaxAbs(n, x, xOffset);
  }

  @Override
  public double maxAsymmetry(int n, double[] a, int aOffset) {
    return VectorAsymmetry.max(n, a, aOffset);
  }

  @Override
  public void rotate(int n, double[] x, int xOffset, double[] y, int yOffset, double c, double s) {
    VectorLevel1.rotate(n, x, xOffset, y, yOffset, c, s);
  }

  @Override
  public void rotateChain(
      int m, int count, double[] a, int aOffset, int columnStride, double[] c, double[] s) {
    RotationChain.apply(m, count, a, aOffset, columnStride, c, s);
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
    scaleOrClear(m, beta, y, yOffset);
    VectorLevel2.gemv(m, n, alpha, a, aOffset, lda, x, xOffset, y, yOffset);
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
    scaleOrClear(n, beta, y, yOffset);
    VectorLevel2.gemvTransposed(m, n, alpha, a, aOffset, lda, x, xOffset, y, yOffset);
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
    scaleOrClear(n, beta, y, yOffset);
    VectorLevel2.symv(n, alpha, a, aOffset, lda, x, xOffset, y, yOffset);
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
    VectorLevel2.ger(m, n, alpha, x, xOffset, y, yOffset, a, aOffset, lda);
  }

  @Override
  public void syr2(
      int n,
      double alpha,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      double[] a,
      int aOffset,
      int lda) {
    VectorLevel2.syr2(n, alpha, x, xOffset, y, yOffset, a, aOffset, lda);
  }

  @Override
  public void transpose(
      int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb) {
    VectorTranspose.transpose(m, n, a, aOffset, lda, b, bOffset, ldb);
  }

  @Override
  public int stripRows() {
    return FusedUpdate.STRIP_ROWS;
  }

  @Override
  public void syr2Symv(
      int firstStrip,
      int endStrip,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      double[] x,
      double[] y,
      double[] work) {
    FusedUpdate.syr2Symv(firstStrip, endStrip, firstColumn, p, q, a, x, y, work);
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
      double[] x) {
    return UpdatedColumn.compute(j, endStrip, alpha, p, beta, q, a, x);
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
    SecularSums.sum(n, weights, weightOffset, gaps, gapOffset, tau, sums);
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
    LaguerreSteps.steps(
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
    TwistedVectors.solve(
        n, d, dOffset, e, eOffset, first, count, x, corrections, residuals, z, zOffset, ldz, work);
  }

  @Override
  public int reflectorColumns(int wanted) {
    return ReflectorTile.columns(wanted);
  }

  @Override
  public void applyReflectors(
      int rows,
      int columns,
      double[] v,
      int vOffset,
      double[] t,
      int tOffset,
      double[] z,
      int zOffset) {
    ReflectorTile.apply(rows, columns, v, vOffset, t, tOffset, z, zOffset);
  }

  @Override
  public int tileRows() {
    return GemmTile.ROWS;
  }

  @Override
  public int tileColumns() {
    return GemmTile.COLUMNS;
  }

  @Override
  public void gemmTile(
      int depth,
      double alpha,
      double[] packedA,
      int aOffset,
      double[] packedB,
      int bOffset,
      double[] c,
      int cOffset,
      int ldc) {
    GemmTile.multiply(depth, alpha, packedA, aOffset, packedB, bOffset, c, cOffset, ldc);
  }

  @Override
  public int unpackedColumns() {
    return FourColumnTile.COLUMNS;
  }

  @Override
  public void gemmUnpacked(
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int bRowStride,
      int bColumnStride,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    int j = 0;
    if (Tiles.MANY_REGISTERS) {
      for (; j <= n - EightColumnTile.COLUMNS; j += EightColumnTile.COLUMNS) {
        int right = bOffset + j * bColumnStride;
        int target = cOffset + j * ldc;
        EightColumnTile.multiply(
            m,
            k,
            alpha,
            a,
            aOffset,
            lda,
            b,
            right,
            bRowStride,
            bColumnStride,
            beta,
            c,
            target,
            ldc);
      }
    }
    for (; j < n; j += FourColumnTile.COLUMNS) {
      int right = bOffset + j * bColumnStride;
      int target = cOffset + j * ldc;
      FourColumnTile.multiply(
          m, k, alpha, a, aOffset, lda, b, right, bRowStride, bColumnStride, beta, c, target, ldc);
    }
  }

  private static void scaleOrClear(int n, double beta, double[] y, int yOffset) {
    if (beta == 0) {
      Arrays.fill(y, yOffset, yOffset + n, 0);
    } else if (beta != 1) {
      VectorLevel1.scale(n, beta, y, yOffset);
    }
  }
}
