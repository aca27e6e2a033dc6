package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.DoubleFormat;
import eigengrad.simd.JacobiOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Cyclic Jacobi rotations, one matrix per lane. A lane whose element is negligible is turned by
 * nothing; a rotation that no lane needs is left out. Two vectors go side by side: each rotation
 * waits for two roots and a division.
 */
final class BatchJacobi {
  private BatchJacobi() {}

  /** For two vectors of matrices, the second of which may not be wanted. */
  static void solve(
      int n,
      int lane,
      int lanes,
      int maxSweeps,
      double[] a,
      double[] d,
      double[] v,
      double[] failed) {
    int[] order = JacobiOrder.of(n);
    identity(n, v, lane);
    identity(n, v, lane + COUNT);
    if (lane + COUNT >= lanes) {
      // A vector that is not wanted needs no rotation.
      identity(n, a, lane + COUNT);
    }
    boolean rotated = true;
    for (int sweep = 0; sweep < maxSweeps && rotated; sweep++) {
      rotated = false;
      for (int pair = 0; pair < order.length; pair += 2) {
        rotated |= rotate(n, order[pair], order[pair + 1], a, v, lane);
      }
    }
    finish(n, a, lane, d, failed);
    finish(n, a, lane + COUNT, d, failed);
  }

  private static void identity(int n, double[] v, int first) {
    int stride = columnStride(n);
    int end = first + n * stride;
    for (int at = first; at < end; at += PAIR) {
      zero(SPECIES).intoArray(v, at);
    }
    for (int at = first; at < end; at += stride + PAIR) {
      broadcast(SPECIES, 1).intoArray(v, at);
    }
  }

  /** The diagonal; and for each lane a positive mark if an element beside it is not negligible. */
  private static void finish(int n, double[] a, int lane, double[] d, double[] failed) {
    int stride = columnStride(n);
    DoubleVector worst = zero(SPECIES);
    for (int j = 0; j < n; j++) {
      int column = lane + j * stride;
      DoubleVector jj = fromArray(SPECIES, a, column + j * PAIR);
      jj.intoArray(d, lane + j * PAIR);
      for (int i = j + 1; i < n; i++) {
        DoubleVector ij = fromArray(SPECIES, a, column + i * PAIR);
        DoubleVector ii = fromArray(SPECIES, a, lane + i * (stride + PAIR));
        DoubleVector bound =
            jj.mul(DoubleFormat.SQUARED_ROUNDOFF).mul(ii).abs().add(DoubleFormat.SQUARED_FLOOR);
        worst = ij.mul(ij).sub(bound).max(worst);
      }
    }
    worst.intoArray(failed, lane);
  }

  /**
   * Annihilates the element between p and q.
   *
   * <p>With δ the difference of the diagonal elements, η twice the element and ρ = √(δ² + η²): t =
   * ±η/(|δ| + ρ), c = √((|δ| + ρ)/2ρ), s = ct.
   *
   * @return whether a lane needed it
   */
  private static boolean rotate(int n, int p, int q, double[] a, double[] v, int lane) {
    int stride = columnStride(n);
    int columnP = lane + p * stride;
    int columnQ = lane + q * stride;
    DoubleVector xpq = fromArray(SPECIES, a, columnP + q * PAIR);
    DoubleVector ypq = fromArray(SPECIES, a, columnP + q * PAIR + COUNT);
    DoubleVector xpp = fromArray(SPECIES, a, columnP + p * PAIR);
    DoubleVector ypp = fromArray(SPECIES, a, columnP + p * PAIR + COUNT);
    DoubleVector xqq = fromArray(SPECIES, a, columnQ + q * PAIR);
    DoubleVector yqq = fromArray(SPECIES, a, columnQ + q * PAIR + COUNT);
    DoubleVector xBound =
        xpp.mul(DoubleFormat.SQUARED_ROUNDOFF).mul(xqq).abs().add(DoubleFormat.SQUARED_FLOOR);
    DoubleVector yBound =
        ypp.mul(DoubleFormat.SQUARED_ROUNDOFF).mul(yqq).abs().add(DoubleFormat.SQUARED_FLOOR);
    // Positive where the element counts.
    DoubleVector xExcess = xpq.mul(xpq).sub(xBound);
    DoubleVector yExcess = ypq.mul(ypq).sub(yBound);
    if (!xExcess.max(yExcess).compare(VectorOperators.GT, 0.0).anyTrue()) {
      return false;
    }
    DoubleVector xDifference = xqq.sub(xpp);
    DoubleVector yDifference = yqq.sub(ypp);
    DoubleVector xTwice = xpq.add(xpq);
    DoubleVector yTwice = ypq.add(ypq);
    DoubleVector xRoot = xDifference.fma(xDifference, xTwice.mul(xTwice)).sqrt();
    DoubleVector yRoot = yDifference.fma(yDifference, yTwice.mul(yTwice)).sqrt();
    DoubleVector xSum = xDifference.abs().add(xRoot);
    DoubleVector ySum = yDifference.abs().add(yRoot);
    DoubleVector xCosine = xSum.div(xRoot.add(xRoot)).sqrt();
    DoubleVector yCosine = ySum.div(yRoot.add(yRoot)).sqrt();
    DoubleVector xRatio = xTwice.div(xSum);
    DoubleVector yRatio = yTwice.div(ySum);
    DoubleVector xSigned = xRatio.blend(xRatio.neg(), xDifference.compare(VectorOperators.LT, 0.0));
    DoubleVector ySigned = yRatio.blend(yRatio.neg(), yDifference.compare(VectorOperators.LT, 0.0));
    DoubleVector xt = zero(SPECIES).blend(xSigned, xExcess.compare(VectorOperators.GT, 0.0));
    DoubleVector yt = zero(SPECIES).blend(ySigned, yExcess.compare(VectorOperators.GT, 0.0));
    DoubleVector one = broadcast(SPECIES, 1);
    DoubleVector xc = one.blend(xCosine, xExcess.compare(VectorOperators.GT, 0.0));
    DoubleVector yc = one.blend(yCosine, yExcess.compare(VectorOperators.GT, 0.0));
    DoubleVector xs = xc.mul(xt);
    DoubleVector ys = yc.mul(yt);
    DoubleVector xMinusS = xs.neg();
    DoubleVector yMinusS = ys.neg();
    xt.neg().fma(xpq, xpp).intoArray(a, columnP + p * PAIR);
    yt.neg().fma(ypq, ypp).intoArray(a, columnP + p * PAIR + COUNT);
    xt.fma(xpq, xqq).intoArray(a, columnQ + q * PAIR);
    yt.fma(ypq, yqq).intoArray(a, columnQ + q * PAIR + COUNT);
    xpq.blend(zero(SPECIES), xExcess.compare(VectorOperators.GT, 0.0))
        .intoArray(a, columnP + q * PAIR);
    ypq.blend(zero(SPECIES), yExcess.compare(VectorOperators.GT, 0.0))
        .intoArray(a, columnP + q * PAIR + COUNT);
    // The other elements of rows p and q, by symmetry below the diagonal.
    for (int k = 0; k < n; k++) {
      if (k != p && k != q) {
        int column = lane + k * stride;
        int atP = k < p ? column + p * PAIR : columnP + k * PAIR;
        int atQ = k < q ? column + q * PAIR : columnQ + k * PAIR;
        DoubleVector xp = fromArray(SPECIES, a, atP);
        DoubleVector yp = fromArray(SPECIES, a, atP + COUNT);
        DoubleVector xq = fromArray(SPECIES, a, atQ);
        DoubleVector yq = fromArray(SPECIES, a, atQ + COUNT);
        xp.fma(xc, xq.mul(xMinusS)).intoArray(a, atP);
        yp.fma(yc, yq.mul(yMinusS)).intoArray(a, atP + COUNT);
        xq.fma(xc, xp.mul(xs)).intoArray(a, atQ);
        yq.fma(yc, yp.mul(ys)).intoArray(a, atQ + COUNT);
      }
    }
    for (int k = 0; k < n; k++) {
      int atP = columnP + k * PAIR;
      int atQ = columnQ + k * PAIR;
      DoubleVector xp = fromArray(SPECIES, v, atP);
      DoubleVector yp = fromArray(SPECIES, v, atP + COUNT);
      DoubleVector xq = fromArray(SPECIES, v, atQ);
      DoubleVector yq = fromArray(SPECIES, v, atQ + COUNT);
      xp.fma(xc, xq.mul(xMinusS)).intoArray(v, atP);
      yp.fma(yc, yq.mul(yMinusS)).intoArray(v, atP + COUNT);
      xq.fma(xc, xp.mul(xs)).intoArray(v, atQ);
      yq.fma(yc, yp.mul(ys)).intoArray(v, atQ + COUNT);
    }
    return true;
  }
}
