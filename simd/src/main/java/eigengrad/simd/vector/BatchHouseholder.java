package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.DoubleFormat;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Householder reduction to tridiagonal form, one matrix per lane, two vectors and two columns side
 * by side.
 *
 * <p>A reflector I − τvvᵀ stays where it came from: v below the diagonal of its column, τ on it,
 * and 0 where there is nothing to annihilate. From the last reflector to the first they turn into
 * the columns of Q, each one place to the right of its reflector, which is no longer needed then.
 */
final class BatchHouseholder {
  private BatchHouseholder() {}

  /** For two vectors of matrices. */
  static void tridiagonalize(int n, int lane, double[] a, double[] d, double[] e, double[] work) {
    int diagonal = columnStride(n) + PAIR;
    for (int k = 0; k < n - 2; k++) {
      for (int vector = lane; vector <= lane + COUNT; vector += COUNT) {
        fromArray(SPECIES, a, vector + k * diagonal).intoArray(d, vector + k * PAIR);
        int corner = vector + k * diagonal;
        reflector(n - k - 1, a, corner + PAIR, a, corner, e, vector + (k + 1) * PAIR);
      }
      product(n, k, a, lane, work);
      update(n, k, a, lane, work);
    }
    for (int vector = lane; vector <= lane + COUNT; vector += COUNT) {
      lastRows(n, a, d, e, vector);
    }
  }

  /** Q in the place of the reflectors. */
  static void formQ(int n, int lane, double[] a) {
    for (int k = n - 3; k >= 0; k--) {
      reflect(n, k, a, lane);
    }
    for (int vector = lane; vector <= lane + COUNT; vector += COUNT) {
      firstRow(n, a, vector);
    }
  }

  /** What is tridiagonal as it is, and the last column of Q as far as no reflector has met it. */
  private static void lastRows(int n, double[] a, double[] d, double[] e, int lane) {
    for (int k = Math.max(n - 2, 0); k < n; k++) {
      fromArray(SPECIES, a, lane + k * (columnStride(n) + PAIR)).intoArray(d, lane + k * PAIR);
    }
    if (n > 1) {
      fromArray(SPECIES, a, lane + (n - 2) * columnStride(n) + (n - 1) * PAIR)
          .intoArray(e, lane + (n - 1) * PAIR);
    }
    zero(SPECIES).intoArray(e, lane);
    broadcast(SPECIES, 1).intoArray(a, lane + (n - 1) * (columnStride(n) + PAIR));
  }

  /** No reflector changes the first row or column of Q. */
  private static void firstRow(int n, double[] q, int lane) {
    broadcast(SPECIES, 1).intoArray(q, lane);
    for (int i = 1; i < n; i++) {
      zero(SPECIES).intoArray(q, lane + i * PAIR);
      zero(SPECIES).intoArray(q, lane + i * columnStride(n));
    }
  }

  /** Turns x into v, and keeps τ and the first component of what x is reflected to. */
  static void reflector(
      int length, double[] x, int first, double[] tau, int tauAt, double[] image, int imageAt) {
    DoubleVector alpha = fromArray(SPECIES, x, first);
    DoubleVector rest = zero(SPECIES);
    for (int i = first + PAIR; i < first + length * PAIR; i += PAIR) {
      DoubleVector component = fromArray(SPECIES, x, i);
      rest = component.fma(component, rest);
    }
    DoubleVector square = alpha.fma(alpha, rest);
    DoubleVector norm = square.sqrt();
    DoubleVector signed = norm.blend(norm.neg(), alpha.compare(VectorOperators.LT, 0.0));
    VectorMask<Double> nothing = rest.compare(VectorOperators.LE, DoubleFormat.NEGLIGIBLE_SQUARE);
    signed.neg().blend(alpha, nothing).intoArray(image, imageAt);
    alpha.add(signed).intoArray(x, first);
    // ‖v‖² = (|α| + ‖x‖)² + rest = 2(‖x‖² + |α|‖x‖)
    broadcast(SPECIES, 1)
        .div(alpha.abs().fma(norm, square))
        .blend(zero(SPECIES), nothing)
        .intoArray(tau, tauAt);
  }

  /** w ← τ(Av − ½τ(vᵀAv)v) for the rest of A, lower triangle. */
  private static void product(int n, int k, double[] a, int lane, double[] w) {
    int stride = columnStride(n);
    int v = lane + k * stride;
    for (int i = lane + (k + 1) * PAIR; i < lane + n * PAIR; i += PAIR) {
      zero(SPECIES).intoArray(w, i);
      zero(SPECIES).intoArray(w, i + COUNT);
    }
    int j = k + 1;
    for (; j < n - 1; j += 2) {
      twoColumns(n, j, a, v, lane + j * stride, w, lane);
    }
    if (j < n) {
      int at = lane + j * PAIR;
      int corner = at + j * stride;
      fromArray(SPECIES, a, v + j * PAIR)
          .fma(fromArray(SPECIES, a, corner), fromArray(SPECIES, w, at))
          .intoArray(w, at);
      fromArray(SPECIES, a, v + j * PAIR + COUNT)
          .fma(fromArray(SPECIES, a, corner + COUNT), fromArray(SPECIES, w, at + COUNT))
          .intoArray(w, at + COUNT);
    }
    DoubleVector xForm = zero(SPECIES);
    DoubleVector yForm = zero(SPECIES);
    for (int i = (k + 1) * PAIR; i < n * PAIR; i += PAIR) {
      xForm = fromArray(SPECIES, w, lane + i).fma(fromArray(SPECIES, a, v + i), xForm);
      yForm =
          fromArray(SPECIES, w, lane + i + COUNT).fma(fromArray(SPECIES, a, v + i + COUNT), yForm);
    }
    DoubleVector xTau = fromArray(SPECIES, a, v + k * PAIR);
    DoubleVector yTau = fromArray(SPECIES, a, v + k * PAIR + COUNT);
    DoubleVector xHalf = xForm.mul(xTau).mul(-0.5);
    DoubleVector yHalf = yForm.mul(yTau).mul(-0.5);
    for (int i = (k + 1) * PAIR; i < n * PAIR; i += PAIR) {
      xHalf
          .fma(fromArray(SPECIES, a, v + i), fromArray(SPECIES, w, lane + i))
          .mul(xTau)
          .intoArray(w, lane + i);
      yHalf
          .fma(fromArray(SPECIES, a, v + i + COUNT), fromArray(SPECIES, w, lane + i + COUNT))
          .mul(yTau)
          .intoArray(w, lane + i + COUNT);
    }
  }

  /** w ← w + what columns j and j + 1, and the rows that mirror them, contribute to Av. */
  private static void twoColumns(
      int n, int j, double[] a, int v, int column, double[] w, int lane) {
    int next = column + columnStride(n);
    int first = j * PAIR;
    int second = first + PAIR;
    DoubleVector xv = fromArray(SPECIES, a, v + first);
    DoubleVector yv = fromArray(SPECIES, a, v + first + COUNT);
    DoubleVector xvNext = fromArray(SPECIES, a, v + second);
    DoubleVector yvNext = fromArray(SPECIES, a, v + second + COUNT);
    DoubleVector xBeside = fromArray(SPECIES, a, column + second);
    DoubleVector yBeside = fromArray(SPECIES, a, column + second + COUNT);
    DoubleVector xSum =
        xv.fma(
            fromArray(SPECIES, a, column + first),
            xvNext.fma(xBeside, fromArray(SPECIES, w, lane + first)));
    DoubleVector ySum =
        yv.fma(
            fromArray(SPECIES, a, column + first + COUNT),
            yvNext.fma(yBeside, fromArray(SPECIES, w, lane + first + COUNT)));
    DoubleVector xSumNext =
        xvNext.fma(
            fromArray(SPECIES, a, next + second),
            xv.fma(xBeside, fromArray(SPECIES, w, lane + second)));
    DoubleVector ySumNext =
        yvNext.fma(
            fromArray(SPECIES, a, next + second + COUNT),
            yv.fma(yBeside, fromArray(SPECIES, w, lane + second + COUNT)));
    for (int i = second + PAIR; i < n * PAIR; i += PAIR) {
      DoubleVector x = fromArray(SPECIES, a, column + i);
      DoubleVector y = fromArray(SPECIES, a, column + i + COUNT);
      DoubleVector xNext = fromArray(SPECIES, a, next + i);
      DoubleVector yNext = fromArray(SPECIES, a, next + i + COUNT);
      DoubleVector xvi = fromArray(SPECIES, a, v + i);
      DoubleVector yvi = fromArray(SPECIES, a, v + i + COUNT);
      xNext.fma(xvNext, x.fma(xv, fromArray(SPECIES, w, lane + i))).intoArray(w, lane + i);
      yNext
          .fma(yvNext, y.fma(yv, fromArray(SPECIES, w, lane + i + COUNT)))
          .intoArray(w, lane + i + COUNT);
      xSum = x.fma(xvi, xSum);
      ySum = y.fma(yvi, ySum);
      xSumNext = xNext.fma(xvi, xSumNext);
      ySumNext = yNext.fma(yvi, ySumNext);
    }
    xSum.intoArray(w, lane + first);
    ySum.intoArray(w, lane + first + COUNT);
    xSumNext.intoArray(w, lane + second);
    ySumNext.intoArray(w, lane + second + COUNT);
  }

  /** A ← A − vwᵀ − wvᵀ, lower triangle. */
  private static void update(int n, int k, double[] a, int lane, double[] w) {
    int stride = columnStride(n);
    int v = lane + k * stride;
    int j = k + 1;
    for (; j < n - 1; j += 2) {
      updateTwo(n, j, a, v, lane + j * stride, w, lane);
    }
    if (j < n) {
      int corner = lane + j * (stride + PAIR);
      DoubleVector xv = fromArray(SPECIES, a, v + j * PAIR);
      DoubleVector yv = fromArray(SPECIES, a, v + j * PAIR + COUNT);
      DoubleVector xw = fromArray(SPECIES, w, lane + j * PAIR);
      DoubleVector yw = fromArray(SPECIES, w, lane + j * PAIR + COUNT);
      xv.neg().fma(xw.add(xw), fromArray(SPECIES, a, corner)).intoArray(a, corner);
      yv.neg().fma(yw.add(yw), fromArray(SPECIES, a, corner + COUNT)).intoArray(a, corner + COUNT);
    }
  }

  private static void updateTwo(int n, int j, double[] a, int v, int column, double[] w, int lane) {
    int next = column + columnStride(n);
    int first = j * PAIR;
    int second = first + PAIR;
    DoubleVector xMinusV = fromArray(SPECIES, a, v + first).neg();
    DoubleVector yMinusV = fromArray(SPECIES, a, v + first + COUNT).neg();
    DoubleVector xMinusW = fromArray(SPECIES, w, lane + first).neg();
    DoubleVector yMinusW = fromArray(SPECIES, w, lane + first + COUNT).neg();
    DoubleVector xMinusVNext = fromArray(SPECIES, a, v + second).neg();
    DoubleVector yMinusVNext = fromArray(SPECIES, a, v + second + COUNT).neg();
    DoubleVector xMinusWNext = fromArray(SPECIES, w, lane + second).neg();
    DoubleVector yMinusWNext = fromArray(SPECIES, w, lane + second + COUNT).neg();
    xMinusV
        .fma(
            fromArray(SPECIES, w, lane + first),
            xMinusW.fma(fromArray(SPECIES, a, v + first), fromArray(SPECIES, a, column + first)))
        .intoArray(a, column + first);
    yMinusV
        .fma(
            fromArray(SPECIES, w, lane + first + COUNT),
            yMinusW.fma(
                fromArray(SPECIES, a, v + first + COUNT),
                fromArray(SPECIES, a, column + first + COUNT)))
        .intoArray(a, column + first + COUNT);
    for (int i = second; i < n * PAIR; i += PAIR) {
      DoubleVector xv = fromArray(SPECIES, a, v + i);
      DoubleVector yv = fromArray(SPECIES, a, v + i + COUNT);
      DoubleVector xw = fromArray(SPECIES, w, lane + i);
      DoubleVector yw = fromArray(SPECIES, w, lane + i + COUNT);
      xMinusV.fma(xw, xMinusW.fma(xv, fromArray(SPECIES, a, column + i))).intoArray(a, column + i);
      yMinusV
          .fma(yw, yMinusW.fma(yv, fromArray(SPECIES, a, column + i + COUNT)))
          .intoArray(a, column + i + COUNT);
      xMinusVNext
          .fma(xw, xMinusWNext.fma(xv, fromArray(SPECIES, a, next + i)))
          .intoArray(a, next + i);
      yMinusVNext
          .fma(yw, yMinusWNext.fma(yv, fromArray(SPECIES, a, next + i + COUNT)))
          .intoArray(a, next + i + COUNT);
    }
  }

  /** Q ← (I − τvvᵀ)Q with the reflector of column k; column k + 1 of Q is new. */
  private static void reflect(int n, int k, double[] a, int lane) {
    int v = lane + k * columnStride(n);
    int j = k + 2;
    for (; j < n - 1; j += 2) {
      reflectTwo(n, k, a, v, lane + j * columnStride(n));
    }
    if (j < n) {
      reflectOne(n, k, a, v, lane + j * columnStride(n));
    }
    int top = (k + 1) * PAIR;
    int column = v + columnStride(n);
    DoubleVector x = fromArray(SPECIES, a, v + k * PAIR).mul(fromArray(SPECIES, a, v + top)).neg();
    DoubleVector y =
        fromArray(SPECIES, a, v + k * PAIR + COUNT)
            .mul(fromArray(SPECIES, a, v + top + COUNT))
            .neg();
    x.fma(fromArray(SPECIES, a, v + top), broadcast(SPECIES, 1)).intoArray(a, column + top);
    y.fma(fromArray(SPECIES, a, v + top + COUNT), broadcast(SPECIES, 1))
        .intoArray(a, column + top + COUNT);
    for (int i = top + PAIR; i < n * PAIR; i += PAIR) {
      x.mul(fromArray(SPECIES, a, v + i)).intoArray(a, column + i);
      y.mul(fromArray(SPECIES, a, v + i + COUNT)).intoArray(a, column + i + COUNT);
    }
  }

  /** Two columns of Q. Their row k + 1 was 0, though it is not stored. */
  private static void reflectTwo(int n, int k, double[] a, int v, int column) {
    int next = column + columnStride(n);
    int top = (k + 1) * PAIR;
    DoubleVector x = zero(SPECIES);
    DoubleVector y = zero(SPECIES);
    DoubleVector xNext = zero(SPECIES);
    DoubleVector yNext = zero(SPECIES);
    for (int i = top + PAIR; i < n * PAIR; i += PAIR) {
      DoubleVector xv = fromArray(SPECIES, a, v + i);
      DoubleVector yv = fromArray(SPECIES, a, v + i + COUNT);
      x = xv.fma(fromArray(SPECIES, a, column + i), x);
      y = yv.fma(fromArray(SPECIES, a, column + i + COUNT), y);
      xNext = xv.fma(fromArray(SPECIES, a, next + i), xNext);
      yNext = yv.fma(fromArray(SPECIES, a, next + i + COUNT), yNext);
    }
    DoubleVector xMinusTau = fromArray(SPECIES, a, v + k * PAIR).neg();
    DoubleVector yMinusTau = fromArray(SPECIES, a, v + k * PAIR + COUNT).neg();
    DoubleVector xTop = fromArray(SPECIES, a, v + top);
    DoubleVector yTop = fromArray(SPECIES, a, v + top + COUNT);
    x = x.mul(xMinusTau);
    y = y.mul(yMinusTau);
    xNext = xNext.mul(xMinusTau);
    yNext = yNext.mul(yMinusTau);
    x.mul(xTop).intoArray(a, column + top);
    y.mul(yTop).intoArray(a, column + top + COUNT);
    xNext.mul(xTop).intoArray(a, next + top);
    yNext.mul(yTop).intoArray(a, next + top + COUNT);
    for (int i = top + PAIR; i < n * PAIR; i += PAIR) {
      DoubleVector xv = fromArray(SPECIES, a, v + i);
      DoubleVector yv = fromArray(SPECIES, a, v + i + COUNT);
      xv.fma(x, fromArray(SPECIES, a, column + i)).intoArray(a, column + i);
      yv.fma(y, fromArray(SPECIES, a, column + i + COUNT)).intoArray(a, column + i + COUNT);
      xv.fma(xNext, fromArray(SPECIES, a, next + i)).intoArray(a, next + i);
      yv.fma(yNext, fromArray(SPECIES, a, next + i + COUNT)).intoArray(a, next + i + COUNT);
    }
  }

  private static void reflectOne(int n, int k, double[] a, int v, int column) {
    int top = (k + 1) * PAIR;
    DoubleVector x = zero(SPECIES);
    DoubleVector y = zero(SPECIES);
    for (int i = top + PAIR; i < n * PAIR; i += PAIR) {
      x = fromArray(SPECIES, a, v + i).fma(fromArray(SPECIES, a, column + i), x);
      y = fromArray(SPECIES, a, v + i + COUNT).fma(fromArray(SPECIES, a, column + i + COUNT), y);
    }
    x = x.mul(fromArray(SPECIES, a, v + k * PAIR)).neg();
    y = y.mul(fromArray(SPECIES, a, v + k * PAIR + COUNT)).neg();
    x.mul(fromArray(SPECIES, a, v + top)).intoArray(a, column + top);
    y.mul(fromArray(SPECIES, a, v + top + COUNT)).intoArray(a, column + top + COUNT);
    for (int i = top + PAIR; i < n * PAIR; i += PAIR) {
      fromArray(SPECIES, a, v + i)
          .fma(x, fromArray(SPECIES, a, column + i))
          .intoArray(a, column + i);
      fromArray(SPECIES, a, v + i + COUNT)
          .fma(y, fromArray(SPECIES, a, column + i + COUNT))
          .intoArray(a, column + i + COUNT);
    }
  }
}
