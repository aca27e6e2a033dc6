package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/** Power iteration and deflation, one matrix a lane. */
final class BatchPowerStep {
  /** Brings the smallest square that is not negligible above 1, in two factors. */
  private static final double LARGE = 0x1p500;

  private BatchPowerStep() {}

  static void step(
      int n, double[] a, double[] v, double[] image, double[] values, double[] residuals) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      int row = 0;
      for (; row < n - 3; row += 4) {
        fourRows(n, a, lane + row * GROUP, v, lane, image, lane + row * GROUP);
      }
      for (; row < n; row++) {
        oneRow(n, a, lane + row * GROUP, v, lane, image, lane + row * GROUP);
      }
      figures(n, v, image, lane, values, residuals);
    }
  }

  private static void fourRows(
      int n, double[] a, int first, double[] v, int vFirst, double[] image, int target) {
    DoubleVector sum0 = zero(SPECIES);
    DoubleVector sum1 = zero(SPECIES);
    DoubleVector sum2 = zero(SPECIES);
    DoubleVector sum3 = zero(SPECIES);
    for (int j = 0; j < n; j++) {
      int at = first + j * n * GROUP;
      DoubleVector vj = fromArray(SPECIES, v, vFirst + j * GROUP);
      sum0 = fromArray(SPECIES, a, at).fma(vj, sum0);
      sum1 = fromArray(SPECIES, a, at + GROUP).fma(vj, sum1);
      sum2 = fromArray(SPECIES, a, at + 2 * GROUP).fma(vj, sum2);
      sum3 = fromArray(SPECIES, a, at + 3 * GROUP).fma(vj, sum3);
    }
    sum0.intoArray(image, target);
    sum1.intoArray(image, target + GROUP);
    sum2.intoArray(image, target + 2 * GROUP);
    sum3.intoArray(image, target + 3 * GROUP);
  }

  private static void oneRow(
      int n, double[] a, int first, double[] v, int vFirst, double[] image, int target) {
    DoubleVector sum = zero(SPECIES);
    for (int j = 0; j < n; j++) {
      sum =
          fromArray(SPECIES, a, first + j * n * GROUP)
              .fma(fromArray(SPECIES, v, vFirst + j * GROUP), sum);
    }
    sum.intoArray(image, target);
  }

  private static void figures(
      int n, double[] v, double[] image, int lane, double[] values, double[] residuals) {
    DoubleVector value = zero(SPECIES);
    for (int i = lane; i < n * GROUP; i += GROUP) {
      value = fromArray(SPECIES, v, i).fma(fromArray(SPECIES, image, i), value);
    }
    value.intoArray(values, lane);
    DoubleVector minusValue = value.neg();
    DoubleVector sum = zero(SPECIES);
    for (int i = lane; i < n * GROUP; i += GROUP) {
      DoubleVector rest = fromArray(SPECIES, v, i).fma(minusValue, fromArray(SPECIES, image, i));
      sum = rest.fma(rest, sum);
    }
    sum.sqrt().intoArray(residuals, lane);
  }

  /** Without masks: 1 or 0 for what moves, times the new vector, and the rest of the old one. */
  static void normalize(int n, double[] image, double[] moving, double[] v) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      DoubleVector sum = zero(SPECIES);
      for (int i = lane; i < n * GROUP; i += GROUP) {
        DoubleVector x = fromArray(SPECIES, image, i);
        sum = x.fma(x, sum);
      }
      DoubleVector share =
          sum.sub(BatchKernels.NEGLIGIBLE_SQUARE)
              .mul(LARGE)
              .mul(LARGE)
              .max(0)
              .min(1)
              .mul(fromArray(SPECIES, moving, lane));
      DoubleVector kept = broadcast(SPECIES, 1).sub(share);
      DoubleVector factor = share.div(sum.max(BatchKernels.NEGLIGIBLE_SQUARE).sqrt());
      for (int i = lane; i < n * GROUP; i += GROUP) {
        fromArray(SPECIES, image, i)
            .mul(factor)
            .add(fromArray(SPECIES, v, i).mul(kept))
            .intoArray(v, i);
      }
    }
  }

  static void deflate(int n, double[] image, double[] v, double[] a) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        DoubleVector minusV = fromArray(SPECIES, v, lane + j * GROUP).neg();
        int column = lane + j * n * GROUP;
        for (int i = 0; i < n * GROUP; i += GROUP) {
          fromArray(SPECIES, image, lane + i)
              .fma(minusV, fromArray(SPECIES, a, column + i))
              .intoArray(a, column + i);
        }
      }
    }
  }
}
