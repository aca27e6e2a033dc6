package eigengrad.simd;

import static eigengrad.simd.BatchKernels.PAIR;
import static eigengrad.simd.BatchKernels.columnStride;
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
      int n, int lanes, int maxSweeps, double[] a, double[] d, double[] v, double[] failed) {
    for (int lane = 0; lane < lanes; lane += COUNT) {
      identity(n, v, lane);
      int[] order = JacobiOrder.of(n);
      boolean rotated = n > 1;
      for (int sweep = 0; sweep < maxSweeps && rotated; sweep++) {
        zero(SPECIES).intoArray(failed, lane);
        rotated = false;
        for (int pair = 0; pair < order.length; pair += 2) {
          rotated |= rotate(n, order[pair], order[pair + 1], a, v, lane, failed);
        }
      }
      if (!rotated) {
        zero(SPECIES).intoArray(failed, lane);
      }
      for (int j = 0; j < n; j++) {
        fromArray(SPECIES, a, lane + j * (columnStride(n) + PAIR)).intoArray(d, lane + j * PAIR);
      }
    }
  }

  static void identity(int n, double[] v, int first) {
    int end = first + n * columnStride(n);
    for (int at = first; at < end; at += PAIR) {
      zero(SPECIES).intoArray(v, at);
    }
    for (int at = first; at < end; at += columnStride(n) + PAIR) {
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
      int n, int p, int q, double[] a, double[] v, int lane, double[] rotated) {
    int columnP = lane + p * columnStride(n);
    int columnQ = lane + q * columnStride(n);
    DoubleVector pq = fromArray(SPECIES, a, columnP + q * PAIR);
    DoubleVector pp = fromArray(SPECIES, a, columnP + p * PAIR);
    DoubleVector qq = fromArray(SPECIES, a, columnQ + q * PAIR);
    VectorMask<Double> needed =
        pq.mul(pq)
            .compare(VectorOperators.GT, pp.mul(qq).abs().mul(BatchKernels.SQUARED_ROUNDOFF))
            .and(pq.abs().compare(VectorOperators.GT, BatchKernels.FLOOR));
    if (!needed.anyTrue()) {
      return false;
    }
    fromArray(SPECIES, rotated, lane).blend(broadcast(SPECIES, 1), needed).intoArray(rotated, lane);
    DoubleVector difference = qq.sub(pp);
    DoubleVector twice = pq.add(pq);
    DoubleVector root = difference.fma(difference, twice.mul(twice)).sqrt();
    DoubleVector sum = difference.abs().add(root);
    DoubleVector ratio = twice.div(sum);
    DoubleVector t =
        zero(SPECIES)
            .blend(ratio.blend(ratio.neg(), difference.compare(VectorOperators.LT, 0)), needed);
    DoubleVector c = broadcast(SPECIES, 1).blend(sum.div(root.add(root)).sqrt(), needed);
    DoubleVector s = c.mul(t);
    DoubleVector minusS = s.neg();
    t.neg().fma(pq, pp).intoArray(a, columnP + p * PAIR);
    t.fma(pq, qq).intoArray(a, columnQ + q * PAIR);
    pq.blend(zero(SPECIES), needed).intoArray(a, columnP + q * PAIR);
    for (int k = 0; k < p; k++) {
      int column = lane + k * columnStride(n);
      DoubleVector x = fromArray(SPECIES, a, column + p * PAIR);
      DoubleVector y = fromArray(SPECIES, a, column + q * PAIR);
      x.fma(c, y.mul(minusS)).intoArray(a, column + p * PAIR);
      y.fma(c, x.mul(s)).intoArray(a, column + q * PAIR);
    }
    for (int k = p + 1; k < q; k++) {
      int row = lane + k * columnStride(n) + q * PAIR;
      DoubleVector x = fromArray(SPECIES, a, columnP + k * PAIR);
      DoubleVector y = fromArray(SPECIES, a, row);
      x.fma(c, y.mul(minusS)).intoArray(a, columnP + k * PAIR);
      y.fma(c, x.mul(s)).intoArray(a, row);
    }
    for (int k = q + 1; k < n; k++) {
      DoubleVector x = fromArray(SPECIES, a, columnP + k * PAIR);
      DoubleVector y = fromArray(SPECIES, a, columnQ + k * PAIR);
      x.fma(c, y.mul(minusS)).intoArray(a, columnP + k * PAIR);
      y.fma(c, x.mul(s)).intoArray(a, columnQ + k * PAIR);
    }
    int vectorP = lane + p * columnStride(n);
    int vectorQ = lane + q * columnStride(n);
    for (int k = 0; k < n * PAIR; k += PAIR) {
      DoubleVector x = fromArray(SPECIES, v, vectorP + k);
      DoubleVector y = fromArray(SPECIES, v, vectorQ + k);
      x.fma(c, y.mul(minusS)).intoArray(v, vectorP + k);
      y.fma(c, x.mul(s)).intoArray(v, vectorQ + k);
    }
    return true;
  }
}
