package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

import eigengrad.simd.Reduction;
import eigengrad.simd.RegisterTiles;
import java.util.Arrays;

/** Householder reduction, strip by strip and column by column, and the way back. */
final class ScalarReduction implements Reduction {
  /** Vectors of rows in a strip. */
  private static final int VECTORS = 4;

  private final RegisterTiles tiles;
  private final int lanes;
  private final int stripRows;

  ScalarReduction(RegisterTiles tiles) {
    this.tiles = tiles;
    lanes = tiles.lanes();
    stripRows = tiles.stripRows();
  }

  @Override
  public int stripRows() {
    return stripRows;
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
      double[] sums,
      int sumsOffset) {
    int firstRow = firstColumn - firstColumn % lanes;
    int before = Math.max(firstColumn, firstStrip * stripRows);
    Arrays.fill(sums, sumsOffset + firstColumn * lanes, sumsOffset + before * lanes, 0);
    Arrays.fill(y, firstRow, endStrip * stripRows, 0);
    for (int strip = firstStrip; strip < endStrip; strip++) {
      int top = strip * stripRows;
      int offset = aOffset + top / 2 * (top + stripRows) - top;
      for (int j = firstColumn; j < top; j++) {
        besideSquare(j, top, p, q, a, offset + j * stripRows, x, y, sums, sumsOffset + j * lanes);
      }
      for (int vector = 0; vector < VECTORS; vector++) {
        int row = top + vector * lanes;
        for (int j = Math.max(firstColumn, row); j < row + lanes; j++) {
          inSquare(
              j, vector, top, p, q, a, offset + j * stripRows, x, y, sums, sumsOffset + j * lanes);
        }
      }
    }
    addLanes(firstColumn, endStrip * stripRows - lanes, sums, sumsOffset, y);
  }

  /** A column of a strip left of its square: all of its rows also stand for their transpose. */
  private void besideSquare(
      int j,
      int top,
      double[] p,
      double[] q,
      double[] a,
      int column,
      double[] x,
      double[] y,
      double[] sums,
      int sumsOffset) {
    updateAndAdd(j, top, top + stripRows, p, q, a, column, x, y);
    int sum = sumsOffset - top;
    for (int i0 = top; i0 < top + lanes; i0++) {
      int i1 = i0 + lanes;
      int i2 = i1 + lanes;
      int i3 = i2 + lanes;
      double even = multiplyAdd(a[column + i0], x[i0], sums[sum + i0]);
      even = multiplyAdd(a[column + i2], x[i2], even);
      sums[sum + i0] = even + multiplyAdd(a[column + i3], x[i3], a[column + i1] * x[i1]);
    }
  }

  /** A column of the square, from its diagonal block down: that block stands for itself alone. */
  private void inSquare(
      int j,
      int vector,
      int top,
      double[] p,
      double[] q,
      double[] a,
      int column,
      double[] x,
      double[] y,
      double[] sums,
      int sumsOffset) {
    int first = top + vector * lanes;
    updateAndAdd(j, first, top + stripRows, p, q, a, column, x, y);
    for (int lane = 0; lane < lanes; lane++) {
      int i = first + lane + lanes;
      double sum = 0;
      if (i < top + stripRows) {
        sum = a[column + i] * x[i];
        for (i += lanes; i < top + stripRows; i += lanes) {
          sum = multiplyAdd(a[column + i], x[i], sum);
        }
      }
      sums[sumsOffset + lane] = sum;
    }
  }

  /** Some rows of column j are updated, and added to y, xⱼ times. */
  private static void updateAndAdd(
      int j,
      int from,
      int to,
      double[] p,
      double[] q,
      double[] a,
      int column,
      double[] x,
      double[] y) {
    double pj = p[j];
    double qj = q[j];
    double xj = x[j];
    for (int i = from; i < to; i++) {
      double element = multiplyAdd(-p[i], qj, multiplyAdd(-q[i], pj, a[column + i]));
      a[column + i] = element;
      y[i] = multiplyAdd(element, xj, y[i]);
    }
  }

  /**
   * yⱼ ← yⱼ + the sum of the lanes of vector j: in a tree where there are as many vectors as lanes
   * left, one after the other else.
   */
  private void addLanes(int first, int end, double[] sums, int offset, double[] y) {
    int j = first;
    for (; lanes > 2 && j <= end - lanes; j += lanes) {
      for (int k = j; k < j + lanes; k++) {
        int at = offset + k * lanes;
        double sum = (sums[at] + sums[at + 1]) + (sums[at + 2] + sums[at + 3]);
        if (lanes == 8) {
          sum += (sums[at + 4] + sums[at + 5]) + (sums[at + 6] + sums[at + 7]);
        }
        y[k] = sum + y[k];
      }
    }
    for (; j < end; j++) {
      double sum = 0;
      for (int lane = 0; lane < lanes; lane++) {
        sum += sums[offset + j * lanes + lane];
      }
      y[j] += sum;
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
      int aOffset,
      double[] x) {
    double pj = -p[j];
    double qj = -(alpha * p[j] + beta * q[j]);
    int first = j - j % lanes;
    int end = endStrip * stripRows;
    for (int i = first; i < end; i++) {
      int top = i - i % stripRows;
      double element = a[aOffset + top / 2 * (top + stripRows) - top + j * stripRows + i];
      q[i] = multiplyAdd(p[i], alpha, q[i] * beta);
      double weight = i < j + 2 ? 0 : 1;
      x[i] = multiplyAdd(p[i], qj, multiplyAdd(q[i], pj, element)) * weight;
    }
    return LaneDots.dot(lanes, end - first, x, first, x, first);
  }

  @Override
  public int gemvtColumns() {
    return RegisterTiles.GEMVT_COLUMNS;
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
    for (int j = 0; j < n; j += RegisterTiles.GEMVT_COLUMNS) {
      int column0 = aOffset + j * lda;
      for (int k = j; k < j + RegisterTiles.GEMVT_COLUMNS; k++) {
        int column = aOffset + k * lda;
        double sum =
            j == 0
                ? LaneDots.pairedDot(lanes, m, a, column, u, uOffset)
                : LaneDots.dot(lanes, m, a, column, u, uOffset);
        z[zOffset + k] = sum;
        r[rOffset + k] -= gamma * sum;
      }
      addFourColumns(m, a, column0, lda, r, rOffset + j, w, wOffset);
    }
  }

  private static void addFourColumns(
      int m, double[] a, int column0, int lda, double[] r, int rOffset, double[] w, int wOffset) {
    int column1 = column0 + lda;
    int column2 = column1 + lda;
    int column3 = column2 + lda;
    double r0 = r[rOffset];
    double r1 = r[rOffset + 1];
    double r2 = r[rOffset + 2];
    double r3 = r[rOffset + 3];
    for (int i = 0; i < m; i++) {
      double even = multiplyAdd(a[column0 + i], r0, w[wOffset + i]);
      even = multiplyAdd(a[column2 + i], r2, even);
      w[wOffset + i] = even + multiplyAdd(a[column3 + i], r3, a[column1 + i] * r1);
    }
  }

  @Override
  public int reflectorCount(int rows) {
    return tiles.reflectorCount(rows);
  }

  @Override
  public int reflectorColumns(int count, int wanted) {
    return tiles.reflectorColumns(count, wanted);
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
    if (count == RegisterTiles.MANY_REFLECTORS) {
      for (int column = zOffset; column < zOffset + columns; column++) {
        ScalarReflectors.eight(rows, columns, v, vOffset, t, tOffset, z, column);
      }
    } else {
      for (int column = zOffset; column < zOffset + columns; column += 2) {
        ScalarReflectors.four(rows, columns, v, vOffset, t, tOffset, z, column);
      }
    }
  }
}
