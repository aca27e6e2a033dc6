package eigengrad.simd.scalar;

import eigengrad.simd.Reduction;
import java.util.Arrays;

/** Householder reduction and the way back, row by row. */
final class ScalarReduction implements Reduction {
  /** Even, as {@link #syr2Symv} wants it; 32 and 64 are slower. */
  private static final int STRIP_ROWS = 16;

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
  public int gemvtColumns() {
    return 1;
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
    Arrays.fill(w, wOffset, wOffset + m, 0);
    for (int j = 0; j < n; j++) {
      int column = aOffset + j * lda;
      double sum = 0;
      for (int i = 0; i < m; i++) {
        sum += a[column + i] * u[uOffset + i];
      }
      z[zOffset + j] = sum;
      double factor = r[rOffset + j] - gamma * sum;
      r[rOffset + j] = factor;
      for (int i = 0; i < m; i++) {
        w[wOffset + i] += a[column + i] * factor;
      }
    }
  }

  @Override
  public int reflectorCount(int rows) {
    return 4;
  }

  @Override
  public int reflectorColumns(int count, int wanted) {
    return 1;
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
}
