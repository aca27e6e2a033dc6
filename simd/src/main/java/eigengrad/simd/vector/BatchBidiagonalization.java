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
 * Householder reduction to upper bidiagonal form, one matrix per lane, four columns or rows side by
 * side.
 *
 * <p>A reflector I − τvvᵀ from the left stays in its column of A, from the diagonal down, with τ
 * beside A; one from the right goes to V as {@link BatchHouseholder} keeps its own: below the
 * diagonal, with τ on it. From the last reflector to the first they turn into the columns of U and
 * V.
 */
final class BatchBidiagonalization {
  private BatchBidiagonalization() {}

  /** For two vectors of matrices, the second of which may not be wanted. */
  static void solve(
      int m,
      int n,
      int lane,
      int lanes,
      boolean vectors,
      double[] a,
      double[] d,
      double[] e,
      double[] v,
      double[] work) {
    int end = Math.min(lane + 2 * COUNT, lanes);
    for (int at = lane; at < end; at += COUNT) {
      reduce(m, n, at, a, d, e, v, work);
      if (vectors) {
        formU(m, n, at, a, work);
      }
    }
    if (vectors) {
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
      BatchHouseholder.reflector(m - k, a, corner, work, tau, d, tau);
      reflectColumns(m - k, n - k - 1, stride, a, corner, work, tau);
      if (k < n - 2) {
        int z = lane + k * (columnStride(n) + PAIR) + PAIR;
        for (int j = 0; j < n - k - 1; j++) {
          fromArray(SPECIES, a, corner + (j + 1) * stride).intoArray(v, z + j * PAIR);
        }
        BatchHouseholder.reflector(n - k - 1, v, z, v, z - PAIR, e, tau + PAIR);
        int rest = corner + stride + PAIR;
        multiply(m - k - 1, n - k - 1, stride, a, rest, v, z, work, products);
        subtract(m - k - 1, n - k - 1, stride, a, rest, v, z, work, products);
      }
    }
    if (n > 1) {
      fromArray(SPECIES, a, lane + (n - 1) * stride + (n - 2) * PAIR)
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
      for (int j = 1; j < n - k; j++) {
        zero(SPECIES).intoArray(a, corner + j * stride);
      }
      reflectColumns(m - k, n - k - 1, stride, a, corner, work, lane + k * PAIR);
      DoubleVector top = fromArray(SPECIES, a, corner);
      DoubleVector factor = fromArray(SPECIES, work, lane + k * PAIR).mul(top).neg();
      factor.fma(top, broadcast(SPECIES, 1)).intoArray(a, corner);
      for (int i = corner + PAIR; i < corner + (m - k) * PAIR; i += PAIR) {
        factor.mul(fromArray(SPECIES, a, i)).intoArray(a, i);
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
    DoubleVector w = zero(SPECIES);
    DoubleVector x = zero(SPECIES);
    DoubleVector y = zero(SPECIES);
    DoubleVector z = zero(SPECIES);
    for (int i = 0; i < rows * PAIR; i += PAIR) {
      DoubleVector vi = fromArray(SPECIES, a, v + i);
      w = vi.fma(fromArray(SPECIES, a, column + i), w);
      x = vi.fma(fromArray(SPECIES, a, second + i), x);
      y = vi.fma(fromArray(SPECIES, a, third + i), y);
      z = vi.fma(fromArray(SPECIES, a, fourth + i), z);
    }
    DoubleVector minusTau = fromArray(SPECIES, tau, tauAt).neg();
    w = w.mul(minusTau);
    x = x.mul(minusTau);
    y = y.mul(minusTau);
    z = z.mul(minusTau);
    for (int i = 0; i < rows * PAIR; i += PAIR) {
      DoubleVector vi = fromArray(SPECIES, a, v + i);
      vi.fma(w, fromArray(SPECIES, a, column + i)).intoArray(a, column + i);
      vi.fma(x, fromArray(SPECIES, a, second + i)).intoArray(a, second + i);
      vi.fma(y, fromArray(SPECIES, a, third + i)).intoArray(a, third + i);
      vi.fma(z, fromArray(SPECIES, a, fourth + i)).intoArray(a, fourth + i);
    }
  }

  private static void reflectOne(
      int rows, double[] a, int v, int column, double[] tau, int tauAt) {
    DoubleVector x = zero(SPECIES);
    for (int i = 0; i < rows * PAIR; i += PAIR) {
      x = fromArray(SPECIES, a, v + i).fma(fromArray(SPECIES, a, column + i), x);
    }
    x = x.mul(fromArray(SPECIES, tau, tauAt)).neg();
    for (int i = 0; i < rows * PAIR; i += PAIR) {
      fromArray(SPECIES, a, v + i)
          .fma(x, fromArray(SPECIES, a, column + i))
          .intoArray(a, column + i);
    }
  }

  /** w ← τAz, with τ before z. */
  private static void multiply(
      int rows, int columns, int stride, double[] a, int at, double[] v, int z, double[] w, int to) {
    DoubleVector tau = fromArray(SPECIES, v, z - PAIR);
    int i = 0;
    for (; i < rows - 3; i += 4) {
      int from = at + i * PAIR;
      DoubleVector first = zero(SPECIES);
      DoubleVector second = zero(SPECIES);
      DoubleVector third = zero(SPECIES);
      DoubleVector fourth = zero(SPECIES);
      for (int j = 0; j < columns; j++) {
        DoubleVector zj = fromArray(SPECIES, v, z + j * PAIR);
        first = zj.fma(fromArray(SPECIES, a, from), first);
        second = zj.fma(fromArray(SPECIES, a, from + PAIR), second);
        third = zj.fma(fromArray(SPECIES, a, from + 2 * PAIR), third);
        fourth = zj.fma(fromArray(SPECIES, a, from + 3 * PAIR), fourth);
        from += stride;
      }
      first.mul(tau).intoArray(w, to + i * PAIR);
      second.mul(tau).intoArray(w, to + i * PAIR + PAIR);
      third.mul(tau).intoArray(w, to + i * PAIR + 2 * PAIR);
      fourth.mul(tau).intoArray(w, to + i * PAIR + 3 * PAIR);
    }
    for (; i < rows; i++) {
      DoubleVector sum = zero(SPECIES);
      for (int j = 0; j < columns; j++) {
        DoubleVector zj = fromArray(SPECIES, v, z + j * PAIR);
        sum = zj.fma(fromArray(SPECIES, a, at + i * PAIR + j * stride), sum);
      }
      sum.mul(tau).intoArray(w, to + i * PAIR);
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
      int first = at + j * stride;
      int second = first + stride;
      int third = second + stride;
      int fourth = third + stride;
      DoubleVector minus = fromArray(SPECIES, v, z + j * PAIR).neg();
      DoubleVector minus2 = fromArray(SPECIES, v, z + j * PAIR + PAIR).neg();
      DoubleVector minus3 = fromArray(SPECIES, v, z + j * PAIR + 2 * PAIR).neg();
      DoubleVector minus4 = fromArray(SPECIES, v, z + j * PAIR + 3 * PAIR).neg();
      for (int i = 0; i < rows * PAIR; i += PAIR) {
        DoubleVector wi = fromArray(SPECIES, w, from + i);
        wi.fma(minus, fromArray(SPECIES, a, first + i)).intoArray(a, first + i);
        wi.fma(minus2, fromArray(SPECIES, a, second + i)).intoArray(a, second + i);
        wi.fma(minus3, fromArray(SPECIES, a, third + i)).intoArray(a, third + i);
        wi.fma(minus4, fromArray(SPECIES, a, fourth + i)).intoArray(a, fourth + i);
      }
    }
    for (; j < columns; j++) {
      int column = at + j * stride;
      DoubleVector minus = fromArray(SPECIES, v, z + j * PAIR).neg();
      for (int i = 0; i < rows * PAIR; i += PAIR) {
        fromArray(SPECIES, w, from + i)
            .fma(minus, fromArray(SPECIES, a, column + i))
            .intoArray(a, column + i);
      }
    }
  }
}
