package eigengrad.simd;

/**
 * Every kernel as a plain loop: the specification of the SIMD set, and what runs without it.
 *
 * <p>Written a·b + c and never {@link Math#fma}, which is very slow where the processor lacks it.
 */
final class ScalarKernels implements Kernels {
  static final ScalarKernels INSTANCE = new ScalarKernels();

  /** 4×4 accumulators fit the 16 registers of every 64-bit processor. */
  private static final int TILE = 4;

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xOffset + i] * y[yOffset + i];
    }
    return sum;
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  @Override
  public void scale(int n, double alpha, double[] x, int xOffset) {
    for (int i = 0; i < n; i++) {
      x[xOffset + i] *= alpha;
    }
  }

  @Override
  public double maxAbs(int n, double[] x, int xOffset) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.abs(x[xOffset + i]));
    }
    return largest;
  }

  @Override
  public void rotate(int n, double[] x, int xOffset, double[] y, int yOffset, double c, double s) {
    for (int i = 0; i < n; i++) {
      double xi = x[xOffset + i];
      double yi = y[yOffset + i];
      x[xOffset + i] = c * xi + s * yi;
      y[yOffset + i] = c * yi - s * xi;
    }
  }

  @Override
  public void rotateChain(
      int m, int count, double[] a, int aOffset, int columnStride, double[] c, double[] s) {
    for (int k = 0; k < count; k++) {
      int x = aOffset + k * columnStride;
      rotate(m, a, x, a, x + columnStride, c[k], s[k]);
    }
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
    for (int j = 0; j < n; j++) {
      axpy(m, alpha * x[xOffset + j], a, aOffset + j * lda, y, yOffset);
    }
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
    for (int j = 0; j < n; j++) {
      y[yOffset + j] += alpha * dot(m, a, aOffset + j * lda, x, xOffset);
    }
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
    for (int j = 0; j < n; j++) {
      int column = aOffset + j * lda;
      double scaledX = alpha * x[xOffset + j];
      double sum = 0;
      y[yOffset + j] += scaledX * a[column + j];
      for (int i = j + 1; i < n; i++) {
        double element = a[column + i];
        y[yOffset + i] += scaledX * element;
        sum += element * x[xOffset + i];
      }
      y[yOffset + j] += alpha * sum;
    }
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
    for (int j = 0; j < n; j++) {
      axpy(m, alpha * y[yOffset + j], x, xOffset, a, aOffset + j * lda);
    }
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
    for (int j = 0; j < n; j++) {
      int column = aOffset + j * lda;
      double xj = alpha * x[xOffset + j];
      double yj = alpha * y[yOffset + j];
      for (int i = j; i < n; i++) {
        a[column + i] += x[xOffset + i] * yj + y[yOffset + i] * xj;
      }
    }
  }

  @Override
  public void transpose(
      int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        b[bOffset + j + i * ldb] = a[aOffset + i + j * lda];
      }
    }
  }

  @Override
  public void syr2Symv(
      int n,
      double[] p,
      int pOffset,
      double[] q,
      int qOffset,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset) {
    syr2(n, -1, p, pOffset, q, qOffset, a, aOffset, lda);
    symv(n, 1, a, aOffset, lda, x, xOffset, 0, y, yOffset);
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
    double sum = 0;
    double slope = 0;
    double moment = 0;
    for (int i = 0; i < n; i++) {
      double inverse = 1 / (gaps[gapOffset + i] - tau);
      double term = weights[weightOffset + i] * inverse;
      sum += term;
      slope += term * inverse;
      moment += i * term;
    }
    sums[0] = sum;
    sums[1] = slope;
    sums[2] = moment;
  }

  @Override
  public int tileRows() {
    return TILE;
  }

  @Override
  public int tileColumns() {
    return TILE;
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
    for (int j = 0; j < TILE; j++) {
      double c0 = 0;
      double c1 = 0;
      double c2 = 0;
      double c3 = 0;
      for (int p = 0; p < depth; p++) {
        double b = packedB[bOffset + p * TILE + j];
        int row = aOffset + p * TILE;
        c0 += packedA[row] * b;
        c1 += packedA[row + 1] * b;
        c2 += packedA[row + 2] * b;
        c3 += packedA[row + 3] * b;
      }
      int column = cOffset + j * ldc;
      c[column] += alpha * c0;
      c[column + 1] += alpha * c1;
      c[column + 2] += alpha * c2;
      c[column + 3] += alpha * c3;
    }
  }

  @Override
  public int unpackedColumns() {
    return 1;
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
    for (int j = 0; j < n; j++) {
      int column = cOffset + j * ldc;
      scaleOrClear(m, beta, c, column);
      int right = bOffset + j * bColumnStride;
      int p = 0;
      for (; p <= k - 4; p += 4) {
        double b0 = alpha * b[right + p * bRowStride];
        double b1 = alpha * b[right + (p + 1) * bRowStride];
        double b2 = alpha * b[right + (p + 2) * bRowStride];
        double b3 = alpha * b[right + (p + 3) * bRowStride];
        int a0 = aOffset + p * lda;
        int a1 = a0 + lda;
        int a2 = a1 + lda;
        int a3 = a2 + lda;
        for (int i = 0; i < m; i++) {
          c[column + i] += a[a0 + i] * b0 + a[a1 + i] * b1 + a[a2 + i] * b2 + a[a3 + i] * b3;
        }
      }
      for (; p < k; p++) {
        axpy(m, alpha * b[right + p * bRowStride], a, aOffset + p * lda, c, column);
      }
    }
  }

  private void scaleOrClear(int n, double beta, double[] y, int yOffset) {
    if (beta == 0) {
      java.util.Arrays.fill(y, yOffset, yOffset + n, 0);
    } else if (beta != 1) {
      scale(n, beta, y, yOffset);
    }
  }
}
