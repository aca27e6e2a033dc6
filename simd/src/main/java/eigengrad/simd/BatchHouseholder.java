package eigengrad.simd;

import static eigengrad.simd.BatchKernels.PAIR;
import static eigengrad.simd.BatchKernels.columnStride;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Householder reduction to tridiagonal form, one matrix a lane. The reflectors I − uuᵀ stay below
 * the diagonal of A; u = 0 where there is nothing to annihilate.
 */
final class BatchHouseholder {
  private BatchHouseholder() {}

  /** Two vectors side by side: one need not wait for the other. */
  static void tridiagonalize(
      int n, int lanes, double[] a, double[] d, double[] e, double[] q, double[] work) {
    for (int k = 0; k < n - 2; k++) {
      for (int lane = 0; lane < lanes; lane += COUNT) {
        reflector(n, k, a, lane, e, lane + k * PAIR);
      }
      for (int lane = 0; lane < lanes; lane += 2 * COUNT) {
        product(n, k, a, lane, work);
        update(n, k, a, lane, work);
      }
    }
    for (int lane = 0; lane < lanes; lane += COUNT) {
      for (int k = 0; k < n; k++) {
        fromArray(SPECIES, a, lane + k * (columnStride(n) + PAIR)).intoArray(d, lane + k * PAIR);
      }
      if (n > 1) {
        int last = (n - 2) * columnStride(n) + (n - 1) * PAIR;
        fromArray(SPECIES, a, lane + last).intoArray(e, lane + (n - 2) * PAIR);
      }
      BatchJacobi.identity(n, q, lane);
    }
    for (int k = n - 3; k >= 0; k--) {
      for (int lane = 0; lane < lanes; lane += 2 * COUNT) {
        reflect(n, k, a, q, lane);
      }
    }
  }

  /** Q ← (I − uuᵀ)Q with the u of column k, of two vectors. */
  private static void reflect(int n, int k, double[] a, double[] q, int lane) {
    int u = lane + k * columnStride(n);
    int j = k + 1;
    for (; j < n - 1; j += 2) {
      reflectTwo(n, k + 1, a, u, q, lane + j * columnStride(n));
    }
    if (j < n) {
      reflectOne(n, k + 1, a, u, q, lane + j * columnStride(n));
    }
  }

  /** Turns column k below the diagonal into u; what it is reflected to goes to e. */
  private static void reflector(int n, int k, double[] a, int lane, double[] e, int eAt) {
    int top = lane + k * columnStride(n) + (k + 1) * PAIR;
    int end = lane + k * columnStride(n) + n * PAIR;
    DoubleVector alpha = fromArray(SPECIES, a, top);
    DoubleVector rest = zero(SPECIES);
    for (int i = top + PAIR; i < end; i += PAIR) {
      DoubleVector x = fromArray(SPECIES, a, i);
      rest = x.fma(x, rest);
    }
    DoubleVector square = alpha.fma(alpha, rest);
    DoubleVector norm = square.sqrt();
    DoubleVector signed = norm.blend(norm.neg(), alpha.compare(VectorOperators.LT, 0.0));
    // (α + ‖x‖)² + rest = 2(‖x‖² + |α|‖x‖)
    DoubleVector factor = broadcast(SPECIES, 1).div(alpha.abs().fma(norm, square).sqrt());
    DoubleVector scale =
        factor.blend(
            zero(SPECIES), rest.compare(VectorOperators.LE, BatchKernels.NEGLIGIBLE_SQUARE));
    signed
        .neg()
        .blend(alpha, rest.compare(VectorOperators.LE, BatchKernels.NEGLIGIBLE_SQUARE))
        .intoArray(e, eAt);
    alpha.add(signed).mul(scale).intoArray(a, top);
    for (int i = top + PAIR; i < end; i += PAIR) {
      fromArray(SPECIES, a, i).mul(scale).intoArray(a, i);
    }
  }

  /** w ← Au − ½(uᵀAu)u for the rest of A, lower triangle, of two vectors. */
  private static void product(int n, int k, double[] a, int lane, double[] w) {
    int stride = columnStride(n);
    int u = lane + k * stride;
    for (int i = lane + (k + 1) * PAIR; i < lane + n * PAIR; i += PAIR) {
      zero(SPECIES).intoArray(w, i);
      zero(SPECIES).intoArray(w, i + COUNT);
    }
    for (int j = k + 1; j < n; j++) {
      int column = lane + j * stride;
      DoubleVector xu = fromArray(SPECIES, a, u + j * PAIR);
      DoubleVector yu = fromArray(SPECIES, a, u + COUNT + j * PAIR);
      DoubleVector xSum =
          xu.fma(fromArray(SPECIES, a, column + j * PAIR), fromArray(SPECIES, w, lane + j * PAIR));
      DoubleVector ySum =
          yu.fma(
              fromArray(SPECIES, a, column + COUNT + j * PAIR),
              fromArray(SPECIES, w, lane + COUNT + j * PAIR));
      for (int i = (j + 1) * PAIR; i < n * PAIR; i += PAIR) {
        DoubleVector x = fromArray(SPECIES, a, column + i);
        DoubleVector y = fromArray(SPECIES, a, column + COUNT + i);
        x.fma(xu, fromArray(SPECIES, w, lane + i)).intoArray(w, lane + i);
        y.fma(yu, fromArray(SPECIES, w, lane + COUNT + i)).intoArray(w, lane + COUNT + i);
        xSum = x.fma(fromArray(SPECIES, a, u + i), xSum);
        ySum = y.fma(fromArray(SPECIES, a, u + COUNT + i), ySum);
      }
      xSum.intoArray(w, lane + j * PAIR);
      ySum.intoArray(w, lane + COUNT + j * PAIR);
    }
    DoubleVector xForm = zero(SPECIES);
    DoubleVector yForm = zero(SPECIES);
    for (int i = (k + 1) * PAIR; i < n * PAIR; i += PAIR) {
      xForm = fromArray(SPECIES, w, lane + i).fma(fromArray(SPECIES, a, u + i), xForm);
      yForm =
          fromArray(SPECIES, w, lane + COUNT + i).fma(fromArray(SPECIES, a, u + COUNT + i), yForm);
    }
    DoubleVector xHalf = xForm.mul(-0.5);
    DoubleVector yHalf = yForm.mul(-0.5);
    for (int i = (k + 1) * PAIR; i < n * PAIR; i += PAIR) {
      xHalf
          .fma(fromArray(SPECIES, a, u + i), fromArray(SPECIES, w, lane + i))
          .intoArray(w, lane + i);
      yHalf
          .fma(fromArray(SPECIES, a, u + COUNT + i), fromArray(SPECIES, w, lane + COUNT + i))
          .intoArray(w, lane + COUNT + i);
    }
  }

  /** A ← A − uwᵀ − wuᵀ, lower triangle, of two vectors. */
  private static void update(int n, int k, double[] a, int lane, double[] w) {
    int stride = columnStride(n);
    int u = lane + k * stride;
    for (int j = k + 1; j < n; j++) {
      int column = lane + j * stride;
      DoubleVector xMinusU = fromArray(SPECIES, a, u + j * PAIR).neg();
      DoubleVector yMinusU = fromArray(SPECIES, a, u + COUNT + j * PAIR).neg();
      DoubleVector xMinusW = fromArray(SPECIES, w, lane + j * PAIR).neg();
      DoubleVector yMinusW = fromArray(SPECIES, w, lane + COUNT + j * PAIR).neg();
      for (int i = j * PAIR; i < n * PAIR; i += PAIR) {
        DoubleVector x = fromArray(SPECIES, a, column + i);
        DoubleVector y = fromArray(SPECIES, a, column + COUNT + i);
        x = xMinusU.fma(fromArray(SPECIES, w, lane + i), x);
        y = yMinusU.fma(fromArray(SPECIES, w, lane + COUNT + i), y);
        xMinusW.fma(fromArray(SPECIES, a, u + i), x).intoArray(a, column + i);
        yMinusW.fma(fromArray(SPECIES, a, u + COUNT + i), y).intoArray(a, column + COUNT + i);
      }
    }
  }

  /** Two columns of Q, from row top on. */
  private static void reflectTwo(int n, int top, double[] a, int u, double[] q, int column) {
    int next = columnStride(n);
    DoubleVector x = zero(SPECIES);
    DoubleVector y = zero(SPECIES);
    DoubleVector xNext = zero(SPECIES);
    DoubleVector yNext = zero(SPECIES);
    for (int i = top * PAIR; i < n * PAIR; i += PAIR) {
      DoubleVector xu = fromArray(SPECIES, a, u + i);
      DoubleVector yu = fromArray(SPECIES, a, u + COUNT + i);
      x = xu.fma(fromArray(SPECIES, q, column + i), x);
      y = yu.fma(fromArray(SPECIES, q, column + COUNT + i), y);
      xNext = xu.fma(fromArray(SPECIES, q, column + next + i), xNext);
      yNext = yu.fma(fromArray(SPECIES, q, column + next + COUNT + i), yNext);
    }
    x = x.neg();
    y = y.neg();
    xNext = xNext.neg();
    yNext = yNext.neg();
    for (int i = top * PAIR; i < n * PAIR; i += PAIR) {
      DoubleVector xu = fromArray(SPECIES, a, u + i);
      DoubleVector yu = fromArray(SPECIES, a, u + COUNT + i);
      int at = column + i;
      xu.fma(x, fromArray(SPECIES, q, at)).intoArray(q, at);
      yu.fma(y, fromArray(SPECIES, q, at + COUNT)).intoArray(q, at + COUNT);
      xu.fma(xNext, fromArray(SPECIES, q, at + next)).intoArray(q, at + next);
      yu.fma(yNext, fromArray(SPECIES, q, at + next + COUNT)).intoArray(q, at + next + COUNT);
    }
  }

  private static void reflectOne(int n, int top, double[] a, int u, double[] q, int column) {
    DoubleVector x = zero(SPECIES);
    DoubleVector y = zero(SPECIES);
    for (int i = top * PAIR; i < n * PAIR; i += PAIR) {
      x = fromArray(SPECIES, a, u + i).fma(fromArray(SPECIES, q, column + i), x);
      y = fromArray(SPECIES, a, u + COUNT + i).fma(fromArray(SPECIES, q, column + COUNT + i), y);
    }
    x = x.neg();
    y = y.neg();
    for (int i = top * PAIR; i < n * PAIR; i += PAIR) {
      int at = column + i;
      fromArray(SPECIES, a, u + i).fma(x, fromArray(SPECIES, q, at)).intoArray(q, at);
      fromArray(SPECIES, a, u + COUNT + i)
          .fma(y, fromArray(SPECIES, q, at + COUNT))
          .intoArray(q, at + COUNT);
    }
  }
}
