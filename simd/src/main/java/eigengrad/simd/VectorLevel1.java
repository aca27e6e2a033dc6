package eigengrad.simd;

import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static eigengrad.simd.Lanes.broadcast;
import static eigengrad.simd.Lanes.load;
import static eigengrad.simd.Lanes.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** Vector–vector kernels: whole vectors first, then a scalar tail of fewer than one vector. */
final class VectorLevel1 {
  /** 2 FMA ports × 4 cycles of latency would fill 8; 4 already hide it behind two loads an FMA. */
  private static final int UNROLL = 4;

  private VectorLevel1() {}

  static double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int whole = SPECIES.loopBound(n);
    double sum = 0;
    if (whole > 0) {
      DoubleVector s0 = zero();
      DoubleVector s1 = zero();
      DoubleVector s2 = zero();
      DoubleVector s3 = zero();
      int i = 0;
      for (; i <= whole - UNROLL * COUNT; i += UNROLL * COUNT) {
        s0 = load(x, xOffset + i).fma(load(y, yOffset + i), s0);
        s1 = load(x, xOffset + i + COUNT).fma(load(y, yOffset + i + COUNT), s1);
        s2 = load(x, xOffset + i + 2 * COUNT).fma(load(y, yOffset + i + 2 * COUNT), s2);
        s3 = load(x, xOffset + i + 3 * COUNT).fma(load(y, yOffset + i + 3 * COUNT), s3);
      }
      for (; i < whole; i += COUNT) {
        s0 = load(x, xOffset + i).fma(load(y, yOffset + i), s0);
      }
      sum = Lanes.sum(s0.add(s1).add(s2.add(s3)));
    }
    for (int i = whole; i < n; i++) {
      sum += x[xOffset + i] * y[yOffset + i];
    }
    return sum;
  }

  static void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleVector a = broadcast(alpha);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += COUNT) {
      load(x, xOffset + i).fma(a, load(y, yOffset + i)).intoArray(y, yOffset + i);
    }
    for (int i = whole; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  static void scale(int n, double alpha, double[] x, int xOffset) {
    DoubleVector a = broadcast(alpha);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += COUNT) {
      load(x, xOffset + i).mul(a).intoArray(x, xOffset + i);
    }
    for (int i = whole; i < n; i++) {
      x[xOffset + i] *= alpha;
    }
  }

  /**
   * Magnitudes compare as their bits do, with NaN above ∞: one integer instruction, where the
   * maximum of doubles takes a sequence that sorts out NaN and signed zeros.
   */
  static double maxAbs(int n, double[] x, int xOffset) {
    int whole = SPECIES.loopBound(n);
    double largest = 0;
    if (whole > 0) {
      LongVector bits = zero().reinterpretAsLongs();
      for (int i = 0; i < whole; i += COUNT) {
        bits = bits.max(load(x, xOffset + i).abs().reinterpretAsLongs());
      }
      // Unlike a sum, a maximum has the same bits in any order.
      largest = bits.reinterpretAsDoubles().reduceLanes(VectorOperators.MAX);
    }
    for (int i = whole; i < n; i++) {
      largest = Math.max(largest, Math.abs(x[xOffset + i]));
    }
    return largest;
  }

  static void rotate(int n, double[] x, int xOffset, double[] y, int yOffset, double c, double s) {
    DoubleVector cs = broadcast(c);
    DoubleVector sn = broadcast(s);
    DoubleVector minusSn = broadcast(-s);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += COUNT) {
      DoubleVector xi = load(x, xOffset + i);
      DoubleVector yi = load(y, yOffset + i);
      xi.fma(cs, yi.mul(sn)).intoArray(x, xOffset + i);
      yi.fma(cs, xi.mul(minusSn)).intoArray(y, yOffset + i);
    }
    for (int i = whole; i < n; i++) {
      double xi = x[xOffset + i];
      double yi = y[yOffset + i];
      x[xOffset + i] = c * xi + s * yi;
      y[yOffset + i] = c * yi - s * xi;
    }
  }
}
