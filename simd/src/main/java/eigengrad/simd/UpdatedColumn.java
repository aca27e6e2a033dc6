package eigengrad.simd;

import static eigengrad.simd.FusedUpdate.STRIP_ROWS;
import static eigengrad.simd.Lanes.BY_FOUR;
import static eigengrad.simd.Lanes.BY_TWO;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * The end of one Householder step and the beginning of the next in one pass: q is completed, then
 * one column of A − pqᵀ − qpᵀ computed, and the squares that its reflector is made of. The rows
 * that do not count are weighted by 0.
 */
final class UpdatedColumn {
  /** As many zeros as a vector has lanes, then as many ones. */
  private static final double[] WEIGHTS = weights();

  private UpdatedColumn() {}

  private static double[] weights() {
    double[] weights = new double[2 * COUNT];
    Arrays.fill(weights, COUNT, 2 * COUNT, 1);
    return weights;
  }

  static double compute(
      int j,
      int endStrip,
      double alpha,
      double[] p,
      double beta,
      double[] q,
      double[] a,
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
      int column = top / 2 * end - top + j * STRIP_ROWS;
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
}
