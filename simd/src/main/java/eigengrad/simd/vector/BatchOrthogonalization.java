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
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * One-sided Jacobi rotations, one matrix per lane. A lane whose columns are orthogonal is turned by
 * nothing; a rotation that no lane needs is left out.
 *
 * <p>Of few columns two vectors take turns, rotation by rotation: the processor does the one's
 * divisions while the other's wait. Of many, the rotations of a round suffice for that, and one
 * vector after the other finds its matrices in the cache.
 */
final class BatchOrthogonalization {
  /** Columns up to here are rotated for two vectors in turn. */
  private static final int FEW = 6;

  private BatchOrthogonalization() {}

  static void solve(
      int m,
      int n,
      int lanes,
      boolean vectors,
      int maxSweeps,
      double[] a,
      double[] v,
      double[] failed) {
    int together = n <= FEW ? 2 * COUNT : COUNT;
    for (int lane = 0; lane < lanes; lane += together) {
      int end = Math.min(lane + together, lanes);
      boolean converged = sweep(m, n, lane, end, vectors, maxSweeps, a, v);
      for (int at = lane; at < end; at += COUNT) {
        markShort(m, n, a, at, failed);
        if (!converged) {
          markUnconverged(m, n, a, at, failed);
        }
      }
    }
  }

  private static boolean sweep(
      int m, int n, int lane, int end, boolean vectors, int maxSweeps, double[] a, double[] v) {
    if (vectors) {
      for (int at = lane; at < end; at += COUNT) {
        identity(n, v, at);
      }
    }
    int[] order = JacobiOrder.of(n);
    for (int sweep = 0; sweep < maxSweeps; sweep++) {
      boolean rotated = false;
      for (int pair = 0; pair < order.length; pair += 2) {
        int p = order[pair];
        int q = order[pair + 1];
        for (int at = lane; at < end; at += COUNT) {
          rotated |= rotate(m, n, vectors, p, q, a, v, at);
        }
      }
      if (!rotated) {
        return true;
      }
    }
    return false;
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

  /** For each lane a positive mark if a column is not zero, but too short. */
  private static void markShort(int m, int n, double[] a, int lane, double[] failed) {
    DoubleVector mark = zero(SPECIES);
    for (int j = 0; j < n; j++) {
      int column = lane + j * columnStride(m);
      DoubleVector square = zero(SPECIES);
      DoubleVector largest = zero(SPECIES);
      for (int i = column; i < column + m * PAIR; i += PAIR) {
        DoubleVector x = fromArray(SPECIES, a, i);
        square = x.fma(x, square);
        largest = x.abs().max(largest);
      }
      mark =
          largest
              .blend(zero(SPECIES), square.compare(VectorOperators.GE, DoubleFormat.SHORT_SQUARE))
              .max(mark);
    }
    mark.intoArray(failed, lane);
  }

  /** For each lane a positive mark if two columns are not orthogonal, or in the wrong order. */
  private static void markUnconverged(int m, int n, double[] a, int lane, double[] failed) {
    DoubleVector mark = fromArray(SPECIES, failed, lane);
    for (int q = 1; q < n; q++) {
      for (int p = 0; p < q; p++) {
        int columnP = lane + p * columnStride(m);
        int columnQ = lane + q * columnStride(m);
        // In the two sums of a rotation: a lane that needed none is not marked.
        DoubleVector x = fromArray(SPECIES, a, columnP);
        DoubleVector y = fromArray(SPECIES, a, columnQ);
        DoubleVector pp = x.mul(x);
        DoubleVector qq = y.mul(y);
        DoubleVector pq = x.mul(y);
        DoubleVector pp2 = zero(SPECIES);
        DoubleVector qq2 = zero(SPECIES);
        DoubleVector pq2 = zero(SPECIES);
        int i = PAIR;
        for (; i < (m - 1) * PAIR; i += 2 * PAIR) {
          x = fromArray(SPECIES, a, columnP + i);
          y = fromArray(SPECIES, a, columnQ + i);
          pp = x.fma(x, pp);
          qq = y.fma(y, qq);
          pq = x.fma(y, pq);
          x = fromArray(SPECIES, a, columnP + i + PAIR);
          y = fromArray(SPECIES, a, columnQ + i + PAIR);
          pp2 = x.fma(x, pp2);
          qq2 = y.fma(y, qq2);
          pq2 = x.fma(y, pq2);
        }
        if (i < m * PAIR) {
          x = fromArray(SPECIES, a, columnP + i);
          y = fromArray(SPECIES, a, columnQ + i);
          pp = x.fma(x, pp);
          qq = y.fma(y, qq);
          pq = x.fma(y, pq);
        }
        pp = pp.add(pp2);
        qq = qq.add(qq2);
        pq = pq.add(pq2);
        DoubleVector bound =
            pp.mul(m * DoubleFormat.SQUARED_ULP).mul(qq).add(DoubleFormat.TINY_SQUARE);
        mark = pq.mul(pq).sub(bound).max(qq.sub(pp)).max(mark);
      }
    }
    mark.intoArray(failed, lane);
  }

  /**
   * Makes columns p and q orthogonal and p the longer one.
   *
   * <p>With δ the difference of their squared lengths, η twice their product and ρ = √(δ² + η²),
   * (c, s) is the unit vector along (|δ| + ρ, η); the longer of the two becomes c·longer + s·other,
   * the other c·other − s·longer.
   *
   * @return whether a lane needed it
   */
  private static boolean rotate(
      int m, int n, boolean vectors, int p, int q, double[] a, double[] v, int lane) {
    int columnP = lane + p * columnStride(m);
    int columnQ = lane + q * columnStride(m);
    DoubleVector x = fromArray(SPECIES, a, columnP);
    DoubleVector y = fromArray(SPECIES, a, columnQ);
    DoubleVector pp = x.mul(x);
    DoubleVector qq = y.mul(y);
    DoubleVector pq = x.mul(y);
    DoubleVector pp2 = zero(SPECIES);
    DoubleVector qq2 = zero(SPECIES);
    DoubleVector pq2 = zero(SPECIES);
    int i = PAIR;
    for (; i < (m - 1) * PAIR; i += 2 * PAIR) {
      x = fromArray(SPECIES, a, columnP + i);
      y = fromArray(SPECIES, a, columnQ + i);
      pp = x.fma(x, pp);
      qq = y.fma(y, qq);
      pq = x.fma(y, pq);
      x = fromArray(SPECIES, a, columnP + i + PAIR);
      y = fromArray(SPECIES, a, columnQ + i + PAIR);
      pp2 = x.fma(x, pp2);
      qq2 = y.fma(y, qq2);
      pq2 = x.fma(y, pq2);
    }
    for (; i < m * PAIR; i += PAIR) {
      x = fromArray(SPECIES, a, columnP + i);
      y = fromArray(SPECIES, a, columnQ + i);
      pp = x.fma(x, pp);
      qq = y.fma(y, qq);
      pq = x.fma(y, pq);
    }
    pp = pp.add(pp2);
    qq = qq.add(qq2);
    pq = pq.add(pq2);
    DoubleVector bound = pp.mul(m * DoubleFormat.SQUARED_ULP).mul(qq).add(DoubleFormat.TINY_SQUARE);
    // Positive where the product counts, and where the order is wrong.
    DoubleVector excess = pq.mul(pq).sub(bound);
    DoubleVector difference = qq.sub(pp);
    if (!excess.max(difference).compare(VectorOperators.GT, 0.0).anyTrue()) {
      return false;
    }
    DoubleVector twice = pq.add(pq);
    DoubleVector root = difference.fma(difference, twice.mul(twice)).sqrt();
    DoubleVector sum = difference.abs().add(root);
    VectorMask<Double> turned = excess.compare(VectorOperators.GT, 0.0);
    VectorMask<Double> swapped = difference.compare(VectorOperators.GT, 0.0);
    DoubleVector one = broadcast(SPECIES, 1);
    DoubleVector inverse = one.div(sum.fma(sum, twice.mul(twice)).sqrt());
    DoubleVector c = one.blend(sum.mul(inverse), turned);
    DoubleVector s = zero(SPECIES).blend(twice.mul(inverse), turned);
    DoubleVector pFromP = c.blend(s, swapped);
    DoubleVector pFromQ = s.blend(c, swapped);
    DoubleVector qFromP = s.neg().blend(c, swapped);
    DoubleVector qFromQ = c.blend(s.neg(), swapped);
    for (i = 0; i < m * PAIR; i += PAIR) {
      x = fromArray(SPECIES, a, columnP + i);
      y = fromArray(SPECIES, a, columnQ + i);
      x.fma(pFromP, y.mul(pFromQ)).intoArray(a, columnP + i);
      y.fma(qFromQ, x.mul(qFromP)).intoArray(a, columnQ + i);
    }
    if (vectors) {
      columnP = lane + p * columnStride(n);
      columnQ = lane + q * columnStride(n);
      for (i = 0; i < n * PAIR; i += PAIR) {
        x = fromArray(SPECIES, v, columnP + i);
        y = fromArray(SPECIES, v, columnQ + i);
        x.fma(pFromP, y.mul(pFromQ)).intoArray(v, columnP + i);
        y.fma(qFromQ, x.mul(qFromP)).intoArray(v, columnQ + i);
      }
    }
    return true;
  }
}
