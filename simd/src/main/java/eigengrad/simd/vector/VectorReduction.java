package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.BY_FOUR;
import static eigengrad.simd.vector.Lanes.BY_TWO;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.Reduction;
import eigengrad.simd.RegisterTiles;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Householder reduction in one pass over strips of rows per step, and the way back.
 *
 * <p>A strip keeps its part of p, q, x and y in registers while its columns stream by, one after
 * the other as they lie in memory. The product with the strip's transpose is summed lane by lane in
 * one vector per column; its lanes are added up when all strips are done.
 */
final class VectorReduction implements Reduction {
  static final int STRIP_ROWS = Tiles.SIZES.stripRows();

  /** As many zeros as a vector has lanes, then as many ones. */
  private static final double[] WEIGHTS = weights();

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
      int aOffset,
      double[] x,
      double[] y,
      double[] sums,
      int sumsOffset) {
    int firstRow = firstColumn / COUNT * COUNT;
    int before = Math.max(firstColumn, firstStrip * STRIP_ROWS);
    Arrays.fill(sums, sumsOffset + firstColumn * COUNT, sumsOffset + before * COUNT, 0);
    Arrays.fill(y, firstRow, Math.min(firstStrip + 1, endStrip) * STRIP_ROWS, 0);
    for (int strip = firstStrip; strip < endStrip; strip++) {
      int top = strip * STRIP_ROWS;
      // Element (i, j) of the strip is at offset + i + j · STRIP_ROWS.
      int offset = aOffset + top / 2 * (top + STRIP_ROWS) - top;
      if (firstColumn < top) {
        leftOfSquare(top, firstColumn, p, q, a, offset, x, y, sums, sumsOffset);
      }
      DiagonalSquare.syr2Symv(top, firstColumn, p, q, a, offset, x, y, sums, sumsOffset);
    }
    LaneSums.add(firstColumn, endStrip * STRIP_ROWS - COUNT, sums, sumsOffset, y);
  }

  private static void leftOfSquare(
      int top,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      int offset,
      double[] x,
      double[] y,
      double[] sums,
      int sumsOffset) {
    int row1 = top + COUNT;
    int row2 = top + 2 * COUNT;
    int row3 = top + 3 * COUNT;
    DoubleVector p0 = fromArray(SPECIES, p, top).neg();
    DoubleVector p1 = fromArray(SPECIES, p, row1).neg();
    DoubleVector p2 = fromArray(SPECIES, p, row2).neg();
    DoubleVector p3 = fromArray(SPECIES, p, row3).neg();
    DoubleVector q0 = fromArray(SPECIES, q, top).neg();
    DoubleVector q1 = fromArray(SPECIES, q, row1).neg();
    DoubleVector q2 = fromArray(SPECIES, q, row2).neg();
    DoubleVector q3 = fromArray(SPECIES, q, row3).neg();
    DoubleVector x0 = fromArray(SPECIES, x, top);
    DoubleVector x1 = fromArray(SPECIES, x, row1);
    DoubleVector x2 = fromArray(SPECIES, x, row2);
    DoubleVector x3 = fromArray(SPECIES, x, row3);
    DoubleVector y0 = zero(SPECIES);
    DoubleVector y1 = zero(SPECIES);
    DoubleVector y2 = zero(SPECIES);
    DoubleVector y3 = zero(SPECIES);
    int at = offset + top + firstColumn * STRIP_ROWS;
    int sum = sumsOffset + firstColumn * COUNT;
    for (int j = firstColumn; j < top; j++) {
      DoubleVector pj = broadcast(SPECIES, p[j]);
      DoubleVector qj = broadcast(SPECIES, q[j]);
      DoubleVector xj = broadcast(SPECIES, x[j]);
      DoubleVector a0 = p0.fma(qj, q0.fma(pj, fromArray(SPECIES, a, at)));
      DoubleVector a1 = p1.fma(qj, q1.fma(pj, fromArray(SPECIES, a, at + COUNT)));
      DoubleVector a2 = p2.fma(qj, q2.fma(pj, fromArray(SPECIES, a, at + 2 * COUNT)));
      DoubleVector a3 = p3.fma(qj, q3.fma(pj, fromArray(SPECIES, a, at + 3 * COUNT)));
      a0.intoArray(a, at);
      a1.intoArray(a, at + COUNT);
      a2.intoArray(a, at + 2 * COUNT);
      a3.intoArray(a, at + 3 * COUNT);
      DoubleVector even = a0.fma(x0, fromArray(SPECIES, sums, sum));
      DoubleVector odd = a1.mul(x1);
      y0 = a0.fma(xj, y0);
      y1 = a1.fma(xj, y1);
      y2 = a2.fma(xj, y2);
      y3 = a3.fma(xj, y3);
      even = a2.fma(x2, even);
      odd = a3.fma(x3, odd);
      even.add(odd).intoArray(sums, sum);
      at += STRIP_ROWS;
      sum += COUNT;
    }
    y0.intoArray(y, top);
    y1.intoArray(y, row1);
    y2.intoArray(y, row2);
    y3.intoArray(y, row3);
  }

  /** The rows that do not count are weighted by 0. */
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
    DoubleVector byP = broadcast(SPECIES, alpha);
    DoubleVector byQ = broadcast(SPECIES, beta);
    DoubleVector pj = broadcast(SPECIES, -p[j]);
    DoubleVector qj = broadcast(SPECIES, -(alpha * p[j] + beta * q[j]));
    DoubleVector sum = zero(SPECIES);
    int row = j / COUNT * COUNT;
    for (int strip = j / STRIP_ROWS; strip < endStrip; strip++) {
      int top = strip * STRIP_ROWS;
      int end = top + STRIP_ROWS;
      int column = aOffset + top / 2 * end - top + j * STRIP_ROWS;
      for (; row < end; row += COUNT) {
        int counting = Math.min(Math.max(COUNT + row - j - 2, 0), COUNT);
        DoubleVector pRow = fromArray(SPECIES, p, row);
        DoubleVector qRow = pRow.fma(byP, fromArray(SPECIES, q, row).mul(byQ));
        qRow.intoArray(q, row);
        DoubleVector y =
            pRow.fma(qj, qRow.fma(pj, fromArray(SPECIES, a, column + row)))
                .mul(fromArray(SPECIES, WEIGHTS, counting));
        y.intoArray(x, row);
        sum = y.fma(y, sum);
      }
    }
    if (COUNT >= 8) {
      sum = sum.add(sum.rearrange(BY_FOUR));
    }
    if (COUNT >= 4) {
      sum = sum.add(sum.rearrange(BY_TWO));
    }
    return sum.lane(0) + sum.lane(1);
  }

  private static double[] weights() {
    double[] weights = new double[2 * COUNT];
    Arrays.fill(weights, COUNT, 2 * COUNT, 1);
    return weights;
  }

  @Override
  public int gemvtColumns() {
    return TransposedPair.COLUMNS;
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
    if (n == 0) {
      return;
    }
    TransposedPair.dots(m, a, aOffset, lda, u, uOffset, z, zOffset);
    updateFactors(0, gamma, z, zOffset, r, rOffset);
    int column = aOffset;
    int last = n - TransposedPair.COLUMNS;
    for (int j = 0; j < last; j += TransposedPair.COLUMNS) {
      int next = j + TransposedPair.COLUMNS;
      TransposedPair.addAndDots(
          m, a, column, lda, r, rOffset + j, w, wOffset, u, uOffset, z, zOffset + next);
      updateFactors(next, gamma, z, zOffset, r, rOffset);
      column += TransposedPair.COLUMNS * lda;
    }
    TransposedPair.addColumns(m, a, column, lda, r, rOffset + last, w, wOffset);
  }

  private static void updateFactors(
      int first, double gamma, double[] z, int zOffset, double[] r, int rOffset) {
    for (int j = first; j < first + TransposedPair.COLUMNS; j++) {
      r[rOffset + j] -= gamma * z[zOffset + j];
    }
  }

  @Override
  public int reflectorCount(int rows) {
    return Tiles.SIZES.reflectorCount(rows);
  }

  @Override
  public int reflectorColumns(int count, int wanted) {
    return Tiles.SIZES.reflectorColumns(count, wanted);
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
      ReflectorTile.eightOnTwoVectors(rows, v, vOffset, t, tOffset, z, zOffset);
    } else if (columns == ReflectorTile.WIDE) {
      ReflectorTile.fourOnFourVectors(rows, v, vOffset, t, tOffset, z, zOffset);
    } else {
      ReflectorTile.fourOnTwoVectors(rows, v, vOffset, t, tOffset, z, zOffset);
    }
  }
}
