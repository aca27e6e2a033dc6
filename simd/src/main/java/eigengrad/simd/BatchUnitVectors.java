package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/** x/‖x‖ and its derivative backwards, one vector a lane. */
final class BatchUnitVectors {
  private BatchUnitVectors() {}

  /** Without masks: 0·√(‖x‖² − 2⁻⁹⁰⁰) is 0 where the norm is safe, and NaN elsewhere. */
  static void normalize(int n, double[] x, double[] unit, double[] norms) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      DoubleVector square = zero(SPECIES);
      for (int i = lane; i < n * GROUP; i += GROUP) {
        DoubleVector xi = fromArray(SPECIES, x, i);
        square = xi.fma(xi, square);
      }
      DoubleVector unsafe = square.sub(BatchKernels.NEGLIGIBLE_SQUARE).sqrt().mul(0);
      DoubleVector norm = square.sqrt().add(unsafe);
      norm.intoArray(norms, lane);
      for (int i = lane; i < n * GROUP; i += GROUP) {
        fromArray(SPECIES, x, i).div(norm).intoArray(unit, i);
      }
    }
  }

  static void pullBack(int n, double[] unit, double[] norms, double[] cotangent) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      DoubleVector along = zero(SPECIES);
      for (int i = lane; i < n * GROUP; i += GROUP) {
        along = fromArray(SPECIES, unit, i).fma(fromArray(SPECIES, cotangent, i), along);
      }
      DoubleVector minusAlong = along.neg();
      DoubleVector norm = fromArray(SPECIES, norms, lane);
      for (int i = lane; i < n * GROUP; i += GROUP) {
        fromArray(SPECIES, unit, i)
            .fma(minusAlong, fromArray(SPECIES, cotangent, i))
            .div(norm)
            .intoArray(cotangent, i);
      }
    }
  }
}
