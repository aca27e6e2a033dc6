package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/** What happens between two products, element by element. */
final class BatchWeights {
  private BatchWeights() {}

  static void mirror(int n, double[] c, int cOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < n; i++) {
        for (int lane = cOffset; lane < cOffset + GROUP; lane += COUNT) {
          fromArray(SPECIES, c, lane + (j * n + i) * GROUP)
              .intoArray(c, lane + (i * n + j) * GROUP);
        }
      }
    }
  }

  static void transpose(int n, double[] a, int aOffset, double[] b, int bOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        for (int lane = 0; lane < GROUP; lane += COUNT) {
          fromArray(SPECIES, a, aOffset + lane + (i * n + j) * GROUP)
              .intoArray(b, bOffset + lane + (j * n + i) * GROUP);
        }
      }
    }
  }

  static void scaleRows(
      int n, double[] a, int aOffset, double[] d, int dOffset, double[] b, int bOffset) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          int at = lane + (j * n + i) * GROUP;
          fromArray(SPECIES, a, aOffset + at)
              .mul(fromArray(SPECIES, d, dOffset + lane + i * GROUP))
              .intoArray(b, bOffset + at);
        }
      }
    }
  }

  static void symmetricPart(int n, double[] a, int aOffset, double[] b, int bOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        int below = (j * n + i) * GROUP;
        int right = (i * n + j) * GROUP;
        for (int lane = 0; lane < GROUP; lane += COUNT) {
          DoubleVector one = fromArray(SPECIES, a, aOffset + lane + below);
          DoubleVector other = fromArray(SPECIES, a, aOffset + lane + right);
          DoubleVector mean = other.sub(one).mul(0.5).add(one);
          mean.intoArray(b, bOffset + lane + below);
          mean.intoArray(b, bOffset + lane + right);
        }
      }
    }
  }

  static void weighSkewPart(
      int n, double[] weights, double[] d, int dOffset, double[] c, int cOffset) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        fromArray(SPECIES, d, dOffset + lane + j * GROUP)
            .intoArray(c, cOffset + lane + j * (n + 1) * GROUP);
        for (int i = j + 1; i < n; i++) {
          int below = lane + (j * n + i) * GROUP;
          int right = cOffset + lane + (i * n + j) * GROUP;
          DoubleVector weighed =
              fromArray(SPECIES, c, right)
                  .sub(fromArray(SPECIES, c, cOffset + below))
                  .mul(fromArray(SPECIES, weights, below).mul(0.5));
          weighed.intoArray(c, cOffset + below);
          weighed.intoArray(c, right);
        }
      }
    }
  }

  static void weigh(int n, double[] weights, double[] c, int cOffset) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
          int below = lane + (j * n + i) * GROUP;
          DoubleVector weighed =
              fromArray(SPECIES, c, cOffset + below).mul(fromArray(SPECIES, weights, below));
          weighed.intoArray(c, cOffset + below);
          weighed.intoArray(c, cOffset + lane + (i * n + j) * GROUP);
        }
      }
    }
  }
}
