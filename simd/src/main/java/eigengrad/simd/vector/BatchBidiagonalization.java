package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * Householder reduction to upper bidiagonal form, one matrix per lane, two vectors and four columns
 * or rows side by side.
 *
 * <p>A reflector I − τvvᵀ from the left stays in its column of A, from the diagonal down, with τ
 * beside A; one from the right goes to V as {@link BatchHouseholder} keeps its own: below the
 * diagonal, with τ on it. From the last reflector to the first they turn into the columns of U and
 * V.
 */
final class BatchBidiagonalization {
  private BatchBidiagonalization() {}

  /** For two vectors of matrices. */
  static void solve(
      int m,
      int n,
      int lane,
      boolean vectors,
      double[] a,
      double[] d,
      double[] e,
      double[] v,
      double[] work) {
    reduce(m, n, lane, a, d, e, v, work);
    for (int at = lane; at <= lane + COUNT; at += COUNT) {
      lastColumn(m, n, at, a, e, v);
    }
    if (vectors) {
      formU(m, n, lane, a, work);
      BatchHouseholder.formQ(n, lane, v);
    }
  }

  private static void reduce(
      int m, int n, int lane, double[] a, double[] d, double[] e, double[] v, double[] work) {
    int stride = columnStride(m);
    int products = lane + n * PAIR;
    for (int k = 0; k < n; k++) {
      int corner = lane + k * (stride + PAIR);
      int tau = lane + k * PAIR;
      for (int by = 0; by <= COUNT; by += COUNT) {
        BatchHouseholder.reflector(m - k, a, corner + by, work, tau + by, d, tau + by);
      }
      reflectColumns(m - k, n - k - 1, stride, a, corner, work, tau);
      if (k < n - 2) {
        int z = lane + k * (columnStride(n) + PAIR) + PAIR;
        for (int by = 0; by <= COUNT; by += COUNT) {
          for (int j = 0; j < n - k - 1; j++) {
            fromArray(SPECIES, a, corner + by + (j + 1) * stride).intoArray(v, z + by + j * PAIR);
          }
          BatchHouseholder.reflector(n - k - 1, v, z + by, v, z + by - PAIR, e, tau + by + PAIR);
        }
        int rest = corner + stride + PAIR;
        multiply(m - k - 1, n - k - 1, stride, a, rest, v, z, work, products);
        subtract(m - k - 1, n - k - 1, stride, a, rest, v, z, work, products);
      }
    }
  }

  /** What is bidiagonal as it is, and the last column of V as far as no reflector has met it. */
  private static void lastColumn(int m, int n, int lane, double[] a, double[] e, double[] v) {
    if (n > 1) {
      fromArray(SPECIES, a, lane + (n - 1) * columnStride(m) + (n - 2) * PAIR)
          .intoArray(e, lane + (n - 1) * PAIR);
    }
    zero(SPECIES).intoArray(e, lane);
    broadcast(SPECIES, 1).intoArray(v, lane + (n - 1) * (columnStride(n) + PAIR));
  }

  /** U in the place of the reflectors from the left. */
  private static void formU(int m, int n, int lane, double[] a, double[] work) {
    int stride = columnStride(m);
    for (int k = n - 1; k >= 0; k--) {
      int corner = lane + k * (stride + PAIR);
      int tau = lane + k * PAIR;
      for (int at = corner + stride; at < corner + (n - k) * stride; at += stride) {
        zero(SPECIES).intoArray(a, at);
        zero(SPECIES).intoArray(a, at + COUNT);
      }
      reflectColumns(m - k, n - k - 1, stride, a, corner, work, tau);
      DoubleVector xTop = fromArray(SPECIES, a, corner);
      DoubleVector yTop = fromArray(SPECIES, a, corner + COUNT);
      DoubleVector x = fromArray(SPECIES, work, tau).mul(xTop).neg();
      DoubleVector y = fromArray(SPECIES, work, tau + COUNT).mul(yTop).neg();
      x.fma(xTop, broadcast(SPECIES, 1)).intoArray(a, corner);
      y.fma(yTop, broadcast(SPECIES, 1)).intoArray(a, corner + COUNT);
      for (int i = corner + PAIR; i < corner + (m - k) * PAIR; i += PAIR) {
        x.mul(fromArray(SPECIES, a, i)).intoArray(a, i);
        y.mul(fromArray(SPECIES, a, i + COUNT)).intoArray(a, i + COUNT);
      }
    }
  }

  /** Columns to the right of v, from its first row down, become (I − τvvᵀ) times themselves. */
  private static void reflectColumns(
      int rows, int columns, int stride, double[] a, int v, double[] tau, int tauAt) {
    int j = 1;
    for (; j <= columns - 3; j += 4) {
      reflectFour(rows, stride, a, v, v + j * stride, tau, tauAt);
    }
    for (; j <= columns; j++) {
      reflectOne(rows, a, v, v + j * stride, tau, tauAt);
    }
  }

  private static void reflectFour(
      int rows, int stride, double[] a, int v, int column, double[] tau, int tauAt) {
    int second = column + stride;
    int third = second + stride;
    int fourth = third + stride;
    DoubleVector x = zero(SPECIES);
    DoubleVector x2 = zero(SPECIES);
    DoubleVector x3 = zero(SPECIES);
    DoubleVector x4 = zero(SPECIES);
    DoubleVector y = zero(SPECIES);
    DoubleVector y2 = zero(SPECIES);
    DoubleVector y3 = zero(SPECIES);
    DoubleVector y4 = zero(SPECIES);
    for (int i = 0; i < rows * PAIR; i += PAIR) {
      DoubleVector xv = fromArray(SPECIES, a, v + i);
      DoubleVector yv = fromArray(SPECIES, a, v + i + COUNT);
      x = xv.fma(fromArray(SPECIES, a, column + i), x);
      y = yv.fma(fromArray(SPECIES, a, column + i + COUNT), y);
      x2 = xv.fma(fromArray(SPECIES, a, second + i), x2);
      y2 = yv.fma(fromArray(SPECIES, a, second + i + COUNT), y2);
      x3 = xv.fma(fromArray(SPECIES, a, third + i), x3);
      y3 = yv.fma(fromArray(SPECIES, a, third + i + COUNT), y3);
      x4 = xv.fma(fromArray(SPECIES, a, fourth + i), x4);
      y4 = yv.fma(fromArray(SPECIES, a, fourth + i + COUNT), y4);
    }
    DoubleVector xMinusTau = fromArray(SPECIES, tau, tauAt).neg();
    DoubleVector yMinusTau = fromArray(SPECIES, tau, tauAt + COUNT).neg();
    x = x.mul(xMinusTau);
    y = y.mul(yMinusTau);
    x2 = x2.mul(xMinusTau);
    y2 = y2.mul(yMinusTau);
    x3 = x3.mul(xMinusTau);
    y3 = y3.mul(yMinusTau);
    x4 = x4.mul(xMinusTau);
    y4 = y4.mul(yMinusTau);
    for (int i = 0; i < rows * PAIR; i += PAIR) {
      DoubleVector xv = fromArray(SPECIES, a, v + i);
      DoubleVector yv = fromArray(SPECIES, a, v + i + COUNT);
      xv.fma(x, fromArray(SPECIES, a, column + i)).intoArray(a, column + i);
      yv.fma(y, fromArray(SPECIES, a, column + i + COUNT)).intoArray(a, column + i + COUNT);
      xv.fma(x2, fromArray(SPECIES, a, second + i)).intoArray(a, second + i);
      yv.fma(y2, fromArray(SPECIES, a, second + i + COUNT)).intoArray(a, second + i + COUNT);
      xv.fma(x3, fromArray(SPECIES, a, third + i)).intoArray(a, third + i);
      yv.fma(y3, fromArray(SPECIES, a, third + i + COUNT)).intoArray(a, third + i + COUNT);
      xv.fma(x4, fromArray(SPECIES, a, fourth + i)).intoArray(a, fourth + i);
      yv.fma(y4, fromArray(SPECIES, a, fourth + i + COUNT)).intoArray(a, fourth + i + COUNT);
    }
  }

  private static void reflectOne(int rows, double[] a, int v, int column, double[] tau, int tauAt) {
    DoubleVector x = zero(SPECIES);
    DoubleVector y = zero(SPECIES);
    for (int i = 0; i < rows * PAIR; i += PAIR) {
      x = fromArray(SPECIES, a, v + i).fma(fromArray(SPECIES, a, column + i), x);
      y = fromArray(SPECIES, a, v + i + COUNT).fma(fromArray(SPECIES, a, column + i + COUNT), y);
    }
    x = x.mul(fromArray(SPECIES, tau, tauAt)).neg();
    y = y.mul(fromArray(SPECIES, tau, tauAt + COUNT)).neg();
    for (int i = 0; i < rows * PAIR; i += PAIR) {
      fromArray(SPECIES, a, v + i)
          .fma(x, fromArray(SPECIES, a, column + i))
          .intoArray(a, column + i);
      fromArray(SPECIES, a, v + i + COUNT)
          .fma(y, fromArray(SPECIES, a, column + i + COUNT))
          .intoArray(a, column + i + COUNT);
    }
  }

  /** w ← τAz, with τ before z. */
  private static void multiply(
      int rows,
      int columns,
      int stride,
      double[] a,
      int at,
      double[] v,
      int z,
      double[] w,
      int to) {
    DoubleVector xTau = fromArray(SPECIES, v, z - PAIR);
    DoubleVector yTau = fromArray(SPECIES, v, z - PAIR + COUNT);
    int i = 0;
    for (; i < rows - 3; i += 4) {
      int from = at + i * PAIR;
      int into = to + i * PAIR;
      DoubleVector x = zero(SPECIES);
      DoubleVector x2 = zero(SPECIES);
      DoubleVector x3 = zero(SPECIES);
      DoubleVector x4 = zero(SPECIES);
      DoubleVector y = zero(SPECIES);
      DoubleVector y2 = zero(SPECIES);
      DoubleVector y3 = zero(SPECIES);
      DoubleVector y4 = zero(SPECIES);
      for (int j = 0; j < columns; j++) {
        DoubleVector xz = fromArray(SPECIES, v, z + j * PAIR);
        DoubleVector yz = fromArray(SPECIES, v, z + j * PAIR + COUNT);
        x = xz.fma(fromArray(SPECIES, a, from), x);
        y = yz.fma(fromArray(SPECIES, a, from + COUNT), y);
        x2 = xz.fma(fromArray(SPECIES, a, from + PAIR), x2);
        y2 = yz.fma(fromArray(SPECIES, a, from + PAIR + COUNT), y2);
        x3 = xz.fma(fromArray(SPECIES, a, from + 2 * PAIR), x3);
        y3 = yz.fma(fromArray(SPECIES, a, from + 2 * PAIR + COUNT), y3);
        x4 = xz.fma(fromArray(SPECIES, a, from + 3 * PAIR), x4);
        y4 = yz.fma(fromArray(SPECIES, a, from + 3 * PAIR + COUNT), y4);
        from += stride;
      }
      x.mul(xTau).intoArray(w, into);
      y.mul(yTau).intoArray(w, into + COUNT);
      x2.mul(xTau).intoArray(w, into + PAIR);
      y2.mul(yTau).intoArray(w, into + PAIR + COUNT);
      x3.mul(xTau).intoArray(w, into + 2 * PAIR);
      y3.mul(yTau).intoArray(w, into + 2 * PAIR + COUNT);
      x4.mul(xTau).intoArray(w, into + 3 * PAIR);
      y4.mul(yTau).intoArray(w, into + 3 * PAIR + COUNT);
    }
    for (; i < rows; i++) {
      DoubleVector x = zero(SPECIES);
      DoubleVector y = zero(SPECIES);
      int from = at + i * PAIR;
      for (int j = 0; j < columns; j++) {
        x = fromArray(SPECIES, v, z + j * PAIR).fma(fromArray(SPECIES, a, from), x);
        y = fromArray(SPECIES, v, z + j * PAIR + COUNT).fma(fromArray(SPECIES, a, from + COUNT), y);
        from += stride;
      }
      x.mul(xTau).intoArray(w, to + i * PAIR);
      y.mul(yTau).intoArray(w, to + i * PAIR + COUNT);
    }
  }

  /** A ← A − wzᵀ. */
  private static void subtract(
      int rows,
      int columns,
      int stride,
      double[] a,
      int at,
      double[] v,
      int z,
      double[] w,
      int from) {
    int j = 0;
    for (; j < columns - 3; j += 4) {
      int zj = z + j * PAIR;
      int first = at + j * stride;
      int second = first + stride;
      int third = second + stride;
      int fourth = third + stride;
      DoubleVector x = fromArray(SPECIES, v, zj).neg();
      DoubleVector y = fromArray(SPECIES, v, zj + COUNT).neg();
      DoubleVector x2 = fromArray(SPECIES, v, zj + PAIR).neg();
      DoubleVector y2 = fromArray(SPECIES, v, zj + PAIR + COUNT).neg();
      DoubleVector x3 = fromArray(SPECIES, v, zj + 2 * PAIR).neg();
      DoubleVector y3 = fromArray(SPECIES, v, zj + 2 * PAIR + COUNT).neg();
      DoubleVector x4 = fromArray(SPECIES, v, zj + 3 * PAIR).neg();
      DoubleVector y4 = fromArray(SPECIES, v, zj + 3 * PAIR + COUNT).neg();
      for (int i = 0; i < rows * PAIR; i += PAIR) {
        DoubleVector xw = fromArray(SPECIES, w, from + i);
        DoubleVector yw = fromArray(SPECIES, w, from + i + COUNT);
        xw.fma(x, fromArray(SPECIES, a, first + i)).intoArray(a, first + i);
        yw.fma(y, fromArray(SPECIES, a, first + i + COUNT)).intoArray(a, first + i + COUNT);
        xw.fma(x2, fromArray(SPECIES, a, second + i)).intoArray(a, second + i);
        yw.fma(y2, fromArray(SPECIES, a, second + i + COUNT)).intoArray(a, second + i + COUNT);
        xw.fma(x3, fromArray(SPECIES, a, third + i)).intoArray(a, third + i);
        yw.fma(y3, fromArray(SPECIES, a, third + i + COUNT)).intoArray(a, third + i + COUNT);
        xw.fma(x4, fromArray(SPECIES, a, fourth + i)).intoArray(a, fourth + i);
        yw.fma(y4, fromArray(SPECIES, a, fourth + i + COUNT)).intoArray(a, fourth + i + COUNT);
      }
    }
    for (; j < columns; j++) {
      int column = at + j * stride;
      DoubleVector x = fromArray(SPECIES, v, z + j * PAIR).neg();
      DoubleVector y = fromArray(SPECIES, v, z + j * PAIR + COUNT).neg();
      for (int i = 0; i < rows * PAIR; i += PAIR) {
        fromArray(SPECIES, w, from + i)
            .fma(x, fromArray(SPECIES, a, column + i))
            .intoArray(a, column + i);
        fromArray(SPECIES, w, from + i + COUNT)
            .fma(y, fromArray(SPECIES, a, column + i + COUNT))
            .intoArray(a, column + i + COUNT);
      }
    }
  }
}
