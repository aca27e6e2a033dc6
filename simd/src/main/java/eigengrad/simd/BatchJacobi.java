package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Cyclic Jacobi rotations, one matrix a lane. A lane whose element is negligible is turned by
 * nothing; a rotation that no lane needs is left out.
 */
final class BatchJacobi {
  private BatchJacobi() {}

  static void solve(
      int n, int maxSweeps, double[] a, int aOffset, double[] d, double[] v, double[] failed) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      identity(n, v, lane);
      int[] order = JacobiOrder.of(n);
      boolean rotated = n > 1;
      for (int sweep = 0; sweep < maxSweeps && rotated; sweep++) {
        zero(SPECIES).intoArray(failed, lane);
        rotated = false;
        for (int pair = 0; pair < order.length; pair += 2) {
          rotated |= rotate(n, order[pair], order[pair + 1], a, aOffset + lane, v, lane, failed);
        }
      }
      if (!rotated) {
        zero(SPECIES).intoArray(failed, lane);
      }
      for (int j = 0; j < n; j++) {
        fromArray(SPECIES, a, aOffset + lane + j * (n + 1) * GROUP).intoArray(d, lane + j * GROUP);
      }
    }
  }

  static void identity(int n, double[] v, int first) {
    int end = first + n * n * GROUP;
    for (int at = first; at < end; at += GROUP) {
      zero(SPECIES).intoArray(v, at);
    }
    for (int at = first; at < end; at += (n + 1) * GROUP) {
      broadcast(SPECIES, 1).intoArray(v, at);
    }
  }

  /**
   * Annihilates the element between p and q.
   *
   * <p>With δ the difference of the diagonal elements, η twice the element and ρ = √(δ² + η²): t =
   * ±η/(|δ| + ρ), c = √((|δ| + ρ)/2ρ), s = ct.
   *
   * @return whether a lane needed it; those that did are marked
   */
  private static boolean rotate(
      int n, int p, int q, double[] a, int aFirst, double[] v, int vFirst, double[] rotated) {
    int columnP = aFirst + p * n * GROUP;
    int columnQ = aFirst + q * n * GROUP;
    DoubleVector pq = fromArray(SPECIES, a, columnP + q * GROUP);
    DoubleVector pp = fromArray(SPECIES, a, columnP + p * GROUP);
    DoubleVector qq = fromArray(SPECIES, a, columnQ + q * GROUP);
    VectorMask<Double> needed =
        pq.mul(pq)
            .compare(VectorOperators.GT, pp.mul(qq).abs().mul(BatchKernels.SQUARED_ROUNDOFF))
            .and(pq.abs().compare(VectorOperators.GT, BatchKernels.FLOOR));
    if (!needed.anyTrue()) {
      return false;
    }
    fromArray(SPECIES, rotated, vFirst)
        .blend(broadcast(SPECIES, 1), needed)
        .intoArray(rotated, vFirst);
    DoubleVector difference = qq.sub(pp);
    DoubleVector twice = pq.add(pq);
    DoubleVector root = difference.fma(difference, twice.mul(twice)).sqrt();
    DoubleVector sum = difference.abs().add(root);
    DoubleVector ratio = twice.div(sum);
    DoubleVector t =
        zero(SPECIES)
            .blend(ratio.blend(ratio.neg(), difference.compare(VectorOperators.LT, 0)), needed);
    DoubleVector c =
        broadcast(SPECIES, 1).blend(sum.div(root.add(root)).sqrt(), needed);
    DoubleVector s = c.mul(t);
    DoubleVector minusS = s.neg();
    t.neg().fma(pq, pp).intoArray(a, columnP + p * GROUP);
    t.fma(pq, qq).intoArray(a, columnQ + q * GROUP);
    pq.blend(zero(SPECIES), needed).intoArray(a, columnP + q * GROUP);
    for (int k = 0; k < p; k++) {
      int column = aFirst + k * n * GROUP;
      DoubleVector x = fromArray(SPECIES, a, column + p * GROUP);
      DoubleVector y = fromArray(SPECIES, a, column + q * GROUP);
      x.fma(c, y.mul(minusS)).intoArray(a, column + p * GROUP);
      y.fma(c, x.mul(s)).intoArray(a, column + q * GROUP);
    }
    for (int k = p + 1; k < q; k++) {
      int row = aFirst + (k * n + q) * GROUP;
      DoubleVector x = fromArray(SPECIES, a, columnP + k * GROUP);
      DoubleVector y = fromArray(SPECIES, a, row);
      x.fma(c, y.mul(minusS)).intoArray(a, columnP + k * GROUP);
      y.fma(c, x.mul(s)).intoArray(a, row);
    }
    for (int k = q + 1; k < n; k++) {
      DoubleVector x = fromArray(SPECIES, a, columnP + k * GROUP);
      DoubleVector y = fromArray(SPECIES, a, columnQ + k * GROUP);
      x.fma(c, y.mul(minusS)).intoArray(a, columnP + k * GROUP);
      y.fma(c, x.mul(s)).intoArray(a, columnQ + k * GROUP);
    }
    int vectorP = vFirst + p * n * GROUP;
    int vectorQ = vFirst + q * n * GROUP;
    for (int k = 0; k < n * GROUP; k += GROUP) {
      DoubleVector x = fromArray(SPECIES, v, vectorP + k);
      DoubleVector y = fromArray(SPECIES, v, vectorQ + k);
      x.fma(c, y.mul(minusS)).intoArray(v, vectorP + k);
      y.fma(c, x.mul(s)).intoArray(v, vectorQ + k);
    }
    return true;
  }
}
