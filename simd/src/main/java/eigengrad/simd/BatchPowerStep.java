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
    BatchMatrixVector.multiply(n, a, 1, n, v, image);
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      figures(n, v, image, lane, values, residuals);
    }
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
