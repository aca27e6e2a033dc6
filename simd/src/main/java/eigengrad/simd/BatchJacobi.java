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
 * Cyclic Jacobi rotations, one matrix a lane. A lane whose element is negligible is turned by
 * nothing.
 */
final class BatchJacobi {
  private BatchJacobi() {}

  static void solve(
      int n, int lanes, int maxSweeps, double[] a, double[] d, double[] v, double[] failed) {
    int[] order = JacobiOrder.of(n);
    for (int lane = 0; lane < lanes; lane += COUNT) {
      identity(n, v, lane);
      markUnfinished(n, a, lane, failed);
      for (int sweep = 0; sweep < maxSweeps && anyOf(failed, lane); sweep++) {
        for (int pair = 0; pair < order.length; pair += 2) {
          rotate(n, order[pair], order[pair + 1], a, v, lane);
        }
        markUnfinished(n, a, lane, failed);
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

  /** Positive for each lane with an off-diagonal element that is not negligible, else 0. */
  private static void markUnfinished(int n, double[] a, int lane, double[] unfinished) {
    DoubleVector worst = zero(SPECIES);
    for (int j = 0; j < n - 1; j++) {
      int column = lane + j * columnStride(n);
      DoubleVector jj = fromArray(SPECIES, a, column + j * PAIR).mul(BatchKernels.SQUARED_ROUNDOFF);
      for (int i = j + 1; i < n; i++) {
        DoubleVector ij = fromArray(SPECIES, a, column + i * PAIR);
        DoubleVector ii = fromArray(SPECIES, a, lane + i * (columnStride(n) + PAIR));
        worst = worst.max(ij.mul(ij).sub(jj.mul(ii).abs().add(BatchKernels.SQUARED_FLOOR)));
      }
    }
    worst.intoArray(unfinished, lane);
  }

  private static boolean anyOf(double[] marks, int lane) {
    for (int at = lane; at < lane + COUNT; at++) {
      if (marks[at] > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Annihilates the element between p and q.
   *
   * <p>With δ the difference of the diagonal elements, η twice the element and ρ = √(δ² + η²): t =
   * ±η/(|δ| + ρ), c = √((|δ| + ρ)/2ρ), s = ct.
   */
  private static void rotate(int n, int p, int q, double[] a, double[] v, int lane) {
    int columnP = lane + p * columnStride(n);
    int columnQ = lane + q * columnStride(n);
    DoubleVector pq = fromArray(SPECIES, a, columnP + q * PAIR);
    DoubleVector pp = fromArray(SPECIES, a, columnP + p * PAIR);
    DoubleVector qq = fromArray(SPECIES, a, columnQ + q * PAIR);
    // Positive where the element counts.
    DoubleVector excess =
        pq.mul(pq)
            .sub(
                pp.mul(BatchKernels.SQUARED_ROUNDOFF)
                    .mul(qq)
                    .abs()
                    .add(BatchKernels.SQUARED_FLOOR));
    DoubleVector difference = qq.sub(pp);
    DoubleVector twice = pq.add(pq);
    DoubleVector root = difference.fma(difference, twice.mul(twice)).sqrt();
    DoubleVector sum = difference.abs().add(root);
    DoubleVector ratio = twice.div(sum);
    DoubleVector signed = ratio.blend(ratio.neg(), difference.compare(VectorOperators.LT, 0.0));
    DoubleVector t = zero(SPECIES).blend(signed, excess.compare(VectorOperators.GT, 0.0));
    DoubleVector cosine = sum.div(root.add(root)).sqrt();
    DoubleVector c = broadcast(SPECIES, 1).blend(cosine, excess.compare(VectorOperators.GT, 0.0));
    DoubleVector s = c.mul(t);
    DoubleVector minusS = s.neg();
    t.neg().fma(pq, pp).intoArray(a, columnP + p * PAIR);
    t.fma(pq, qq).intoArray(a, columnQ + q * PAIR);
    pq.blend(zero(SPECIES), excess.compare(VectorOperators.GT, 0.0))
        .intoArray(a, columnP + q * PAIR);
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
  }
}
