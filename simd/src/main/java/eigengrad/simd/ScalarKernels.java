package eigengrad.simd;

import java.util.Arrays;

/**
 * Every kernel as a plain loop: the specification of the SIMD set, and what runs without it.
 *
 * <p>Written a·b + c and never {@link Math#fma}, which is very slow where the processor lacks it.
 */
final class ScalarKernels implements Kernels {
  static final ScalarKernels INSTANCE = new ScalarKernels();

  /** 4×4 accumulators fit the 16 registers of every 64-bit processor. */
  private static final int TILE = 4;

  /** What is added to a pivot so that it is never 0: changes no other. */
  static final double TINY_PIVOT = 0x1p-400;

  /** Rows after which the recurrence of Sturm counts is scaled back to 1. */
  static final int STURM_ROWS = 16;

  /** Even, as {@link #syr2Symv} wants it; 32 and 64 are slower. */
  private static final int STRIP_ROWS = 16;

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public BatchKernels batch() {
    return ScalarBatchKernels.INSTANCE;
  }

  @Override
  public BatchProducts batchProducts() {
    return ScalarBatchProducts.INSTANCE;
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
  public double elementOfMaxAbs(int n, double[] x, int xOffset) {
    double largest = x[xOffset];
    for (int i = 1; i < n; i++) {
      if (Math.abs(x[xOffset + i]) > Math.abs(largest)) {
        largest = x[xOffset + i];
      }
    }
    return largest;
  }

  @Override
  public double maxAsymmetry(int n, double[] a, int aOffset) {
    return ScalarAsymmetry.max(n, a, aOffset);
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
    int rows = m * n <= Tiles.TRANSPOSE_AT_ONCE ? m : Tiles.TRANSPOSE_ROWS;
    for (int row = 0; row < m; row += rows) {
      int end = Math.min(m, row + rows);
      for (int j = 0; j < n; j++) {
        for (int i = row; i < end; i++) {
          b[bOffset + j + i * ldb] = a[aOffset + i + j * lda];
        }
      }
    }
  }

  @Override
  public int stripRows() {
    return STRIP_ROWS;
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
    Arrays.fill(y, firstColumn, endStrip * STRIP_ROWS, 0);
    for (int strip = firstStrip; strip < endStrip; strip++) {
      int top = strip * STRIP_ROWS;
      int end = top + STRIP_ROWS;
      int offset = top / 2 * end - top;
      for (int j = firstColumn; j < end; j++) {
        int column = offset + j * STRIP_ROWS;
        double sum = 0;
        double pj = p[j];
        double qj = q[j];
        double xj = x[j];
        int below = top;
        if (j >= top) {
          double element = a[column + j] - 2 * p[j] * qj;
          a[column + j] = element;
          sum = element * xj;
          below = j + 1;
        }
        for (int i = below; i < end; i++) {
          double element = a[column + i] - (p[i] * qj + q[i] * pj);
          a[column + i] = element;
          y[i] += element * xj;
          sum += element * x[i];
        }
        y[j] += sum;
      }
    }
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
    double sum = 0;
    for (int i = j; i < endStrip * STRIP_ROWS; i++) {
      q[i] = alpha * p[i] + beta * q[i];
      int top = i / STRIP_ROWS * STRIP_ROWS;
      double element = a[top / 2 * (top + STRIP_ROWS) + i - top + j * STRIP_ROWS];
      x[i] = i < j + 2 ? 0 : element - (p[i] * q[j] + q[i] * p[j]);
      sum += x[i] * x[i];
    }
    return sum;
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
    for (int i = 0; i < n; i++) {
      double inverse = 1 / (gaps[gapOffset + i] - tau);
      double term = weights[weightOffset + i] * inverse;
      sum += term;
      slope += term * inverse;
    }
    sums[0] = sum;
    sums[1] = slope;
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
    for (int k = first; k < first + count; k++) {
      double shift = x[k];
      double p = d[dOffset] - shift;
      double slope = 1;
      double bend = 0;
      double pBefore = 1;
      double slopeBefore = 0;
      double bendBefore = 0;
      long changes = Double.doubleToRawLongBits(p) >>> 63;
      for (int row = 1; row < n; row++) {
        double e = negatedSquares[squaresOffset + row - 1];
        double a = d[dOffset + row] - shift;
        double bendNext = a * bend + (e * bendBefore + slope);
        double slopeNext = a * slope + (e * slopeBefore + p);
        double pNext = a * p + e * pBefore;
        changes += (Double.doubleToRawLongBits(pNext) ^ Double.doubleToRawLongBits(p)) >>> 63;
        bendBefore = bend;
        bend = bendNext;
        slopeBefore = slope;
        slope = slopeNext;
        pBefore = p;
        p = pNext;
        if (row % STURM_ROWS == 0) {
          double scale =
              Math.scalb(1.0, -Math.getExponent(Math.max(Math.abs(p), Math.abs(pBefore))));
          p *= scale;
          slope *= scale;
          bend *= scale;
          pBefore *= scale;
          slopeBefore *= scale;
          bendBefore *= scale;
        }
      }
      below[k] = changes;
      double discriminant = (n - 1) * ((n - 1) * slope * slope - 2.0 * n * p * bend);
      double root = Math.sqrt(Math.max(discriminant, 0));
      double step = n * p / (slope + Math.copySign(root, slope));
      double steepness = Math.abs(slope);
      near[k] = step;
      far[k] = -step * ((root + steepness) / Math.max(root - steepness, 0));
    }
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
    int downward = n;
    int pivots = 2 * n;
    for (int k = first; k < first + count; k++) {
      double shift = x[k];
      double pivot = d[dOffset] - shift + TINY_PIVOT;
      for (int i = 0; i < n - 1; i++) {
        work[pivots + i] = pivot;
        work[i] = -e[eOffset + i] / pivot;
        pivot = d[dOffset + i + 1] - shift + e[eOffset + i] * work[i] + TINY_PIVOT;
      }
      int twist = n - 1;
      double gamma = pivot;
      pivot = d[dOffset + n - 1] - shift + TINY_PIVOT;
      for (int i = n - 2; i >= 0; i--) {
        work[downward + i] = -e[eOffset + i] / pivot;
        double change = e[eOffset + i] * work[downward + i];
        double candidate = work[pivots + i] + change;
        if (Math.abs(candidate) < Math.abs(gamma)) {
          gamma = candidate;
          twist = i;
        }
        pivot = d[dOffset + i] - shift + change + TINY_PIVOT;
      }
      double element = 1;
      double squares = 1;
      work[pivots + twist] = 1;
      for (int i = twist - 1; i >= 0; i--) {
        element *= work[i];
        work[pivots + i] = element;
        squares += element * element;
      }
      element = 1;
      for (int i = twist + 1; i < n; i++) {
        element *= work[downward + i - 1];
        work[pivots + i] = element;
        squares += element * element;
      }
      double inverseNorm = 1 / Math.sqrt(squares);
      corrections[k] = gamma / squares;
      residuals[k] = Math.abs(gamma) * inverseNorm;
      for (int i = 0; i < n; i++) {
        z[zOffset + k - first + i * ldz] = work[pivots + i] * inverseNorm;
      }
    }
  }

  @Override
  public int reflectorColumns(int wanted) {
    return 1;
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
    double w0 = 0;
    double w1 = 0;
    double w2 = 0;
    double w3 = 0;
    for (int i = 0; i < rows; i++) {
      int row = vOffset + 4 * i;
      double element = z[zOffset + i];
      w0 += v[row] * element;
      w1 += v[row + 1] * element;
      w2 += v[row + 2] * element;
      w3 += v[row + 3] * element;
    }
    w0 = t[tOffset] * w0 + t[tOffset + 4] * w1 + t[tOffset + 8] * w2 + t[tOffset + 12] * w3;
    w1 = t[tOffset + 5] * w1 + t[tOffset + 9] * w2 + t[tOffset + 13] * w3;
    w2 = t[tOffset + 10] * w2 + t[tOffset + 14] * w3;
    w3 = t[tOffset + 15] * w3;
    for (int i = 0; i < rows; i++) {
      int row = vOffset + 4 * i;
      z[zOffset + i] -= v[row] * w0 + v[row + 1] * w1 + v[row + 2] * w2 + v[row + 3] * w3;
    }
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
