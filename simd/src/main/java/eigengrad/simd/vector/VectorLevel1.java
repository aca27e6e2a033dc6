package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.BY_FOUR;
import static eigengrad.simd.vector.Lanes.BY_TWO;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.LONGS;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.DoubleFormat;
import eigengrad.simd.Level1;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Vectors: whole ones first, then a scalar tail of fewer than one vector.
 *
 * <p>A chain of rotations goes a strip of rows at a time: the column that two rotations share stays
 * in registers, so each element is read and written once per chain. Four vectors of rows side by
 * side hide the latency from one rotation to the next.
 */
final class VectorLevel1 implements Level1 {
  /** 2 FMA ports × 4 cycles of latency would fill 8; 4 already hide it behind two loads per FMA. */
  private static final int UNROLL = 4;

  @Override
  public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int whole = SPECIES.loopBound(n);
    int unrolled = whole - whole % (UNROLL * COUNT);
    double sum = 0;
    if (unrolled > 0) {
      sum = unrolledDot(unrolled, x, xOffset, y, yOffset);
    }
    if (unrolled < whole) {
      sum += plainDot(whole - unrolled, x, xOffset + unrolled, y, yOffset + unrolled);
    }
    for (int i = whole; i < n; i++) {
      sum += x[xOffset + i] * y[yOffset + i];
    }
    return sum;
  }

  private static double unrolledDot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleVector s0 = zero(SPECIES);
    DoubleVector s1 = zero(SPECIES);
    DoubleVector s2 = zero(SPECIES);
    DoubleVector s3 = zero(SPECIES);
    for (int i = 0; i < n; i += UNROLL * COUNT) {
      s0 = fromArray(SPECIES, x, xOffset + i).fma(fromArray(SPECIES, y, yOffset + i), s0);
      s1 =
          fromArray(SPECIES, x, xOffset + i + COUNT)
              .fma(fromArray(SPECIES, y, yOffset + i + COUNT), s1);
      s2 =
          fromArray(SPECIES, x, xOffset + i + 2 * COUNT)
              .fma(fromArray(SPECIES, y, yOffset + i + 2 * COUNT), s2);
      s3 =
          fromArray(SPECIES, x, xOffset + i + 3 * COUNT)
              .fma(fromArray(SPECIES, y, yOffset + i + 3 * COUNT), s3);
    }
    DoubleVector s = s0.add(s1).add(s2.add(s3));
    if (COUNT >= 8) {
      s = s.add(s.rearrange(BY_FOUR));
    }
    if (COUNT >= 4) {
      s = s.add(s.rearrange(BY_TWO));
    }
    return s.lane(0) + s.lane(1);
  }

  private static double plainDot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleVector s = zero(SPECIES);
    for (int i = 0; i < n; i += COUNT) {
      s = fromArray(SPECIES, x, xOffset + i).fma(fromArray(SPECIES, y, yOffset + i), s);
    }
    if (COUNT >= 8) {
      s = s.add(s.rearrange(BY_FOUR));
    }
    if (COUNT >= 4) {
      s = s.add(s.rearrange(BY_TWO));
    }
    return s.lane(0) + s.lane(1);
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    DoubleVector a = broadcast(SPECIES, alpha);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += COUNT) {
      fromArray(SPECIES, x, xOffset + i)
          .fma(a, fromArray(SPECIES, y, yOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (int i = whole; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  @Override
  public void scale(int n, double alpha, double[] x, int xOffset) {
    DoubleVector a = broadcast(SPECIES, alpha);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += COUNT) {
      fromArray(SPECIES, x, xOffset + i).mul(a).intoArray(x, xOffset + i);
    }
    for (int i = whole; i < n; i++) {
      x[xOffset + i] *= alpha;
    }
  }

  /**
   * Magnitudes compare as their bits do, with NaN above ∞: one integer instruction, where the
   * maximum of doubles takes a sequence that sorts out NaN and signed zeros.
   *
   * <p>What a loop carries on and what is reinterpreted are arguments alone, as in all kernels: a
   * call on such a vector may stay virtual, and box. Below 512 bits C2 reduces doubles alone.
   */
  @Override
  public double maxAbs(int n, double[] x, int xOffset) {
    int whole = SPECIES.loopBound(n);
    double largest = 0;
    if (whole > 0) {
      LongVector magnitude = LongVector.broadcast(LONGS, DoubleFormat.MAGNITUDE);
      LongVector bits = LongVector.zero(LONGS);
      for (int i = 0; i < whole; i += COUNT) {
        bits = magnitude.and(fromArray(SPECIES, x, xOffset + i).reinterpretAsLongs()).max(bits);
      }
      largest =
          COUNT == 8
              ? Double.longBitsToDouble(bits.reduceLanes(VectorOperators.MAX))
              : zero(SPECIES)
                  .max(bits.reinterpretShape(SPECIES, 0))
                  .reduceLanes(VectorOperators.MAX);
    }
    for (int i = whole; i < n; i++) {
      largest = Math.max(largest, Math.abs(x[xOffset + i]));
    }
    return largest;
  }

  /**
   * The largest element against that of −x, as bits: a positive double's are a positive long that
   * grows with it. Only where both are equal the first of them must be found.
   */
  @Override
  public double elementOfMaxAbs(int n, double[] x, int xOffset) {
    int whole = SPECIES.loopBound(n);
    double largest = 0;
    double opposite = 0;
    if (whole > 0) {
      LongVector none = LongVector.zero(LONGS);
      LongVector sign = LongVector.broadcast(LONGS, DoubleFormat.SIGN);
      LongVector bits = LongVector.zero(LONGS);
      LongVector oppositeBits = LongVector.zero(LONGS);
      for (int i = 0; i < whole; i += COUNT) {
        DoubleVector xi = fromArray(SPECIES, x, xOffset + i);
        bits = none.or(xi.reinterpretAsLongs()).max(bits);
        oppositeBits =
            sign.lanewise(VectorOperators.XOR, xi.reinterpretAsLongs()).max(oppositeBits);
      }
      largest =
          COUNT == 8
              ? Double.longBitsToDouble(bits.reduceLanes(VectorOperators.MAX))
              : zero(SPECIES)
                  .max(bits.reinterpretShape(SPECIES, 0))
                  .reduceLanes(VectorOperators.MAX);
      opposite =
          COUNT == 8
              ? Double.longBitsToDouble(oppositeBits.reduceLanes(VectorOperators.MAX))
              : zero(SPECIES)
                  .max(oppositeBits.reinterpretShape(SPECIES, 0))
                  .reduceLanes(VectorOperators.MAX);
    }
    for (int i = whole; i < n; i++) {
      largest = Math.max(largest, x[xOffset + i]);
      opposite = Math.max(opposite, -x[xOffset + i]);
    }
    if (largest != opposite) {
      return largest > opposite ? largest : -opposite;
    }
    int first = xOffset;
    while (Math.abs(x[first]) != largest) {
      first++;
    }
    return x[first];
  }

  @Override
  public void rotate(int n, double[] x, int xOffset, double[] y, int yOffset, double c, double s) {
    DoubleVector cs = broadcast(SPECIES, c);
    DoubleVector sn = broadcast(SPECIES, s);
    DoubleVector minusSn = broadcast(SPECIES, -s);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += COUNT) {
      DoubleVector xi = fromArray(SPECIES, x, xOffset + i);
      DoubleVector yi = fromArray(SPECIES, y, yOffset + i);
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

  @Override
  public void rotateChain(
      int m, int count, double[] a, int aOffset, int columnStride, double[] c, double[] s) {
    int row = 0;
    for (; row <= m - 4 * COUNT; row += 4 * COUNT) {
      fourVectors(count, a, aOffset + row, columnStride, c, s);
    }
    for (; row <= m - COUNT; row += COUNT) {
      oneVector(count, a, aOffset + row, columnStride, c, s);
    }
    for (; row < m; row++) {
      oneRow(count, a, aOffset + row, columnStride, c, s);
    }
  }

  private static void fourVectors(
      int count, double[] a, int first, int columnStride, double[] c, double[] s) {
    int column = first;
    DoubleVector w = fromArray(SPECIES, a, column);
    DoubleVector x = fromArray(SPECIES, a, column + COUNT);
    DoubleVector y = fromArray(SPECIES, a, column + 2 * COUNT);
    DoubleVector z = fromArray(SPECIES, a, column + 3 * COUNT);
    for (int k = 0; k < count; k++) {
      DoubleVector cosine = broadcast(SPECIES, c[k]);
      DoubleVector sine = broadcast(SPECIES, s[k]);
      int next = column + columnStride;
      DoubleVector wNext = fromArray(SPECIES, a, next);
      DoubleVector xNext = fromArray(SPECIES, a, next + COUNT);
      DoubleVector yNext = fromArray(SPECIES, a, next + 2 * COUNT);
      DoubleVector zNext = fromArray(SPECIES, a, next + 3 * COUNT);
      w.fma(cosine, wNext.mul(sine)).intoArray(a, column);
      x.fma(cosine, xNext.mul(sine)).intoArray(a, column + COUNT);
      y.fma(cosine, yNext.mul(sine)).intoArray(a, column + 2 * COUNT);
      z.fma(cosine, zNext.mul(sine)).intoArray(a, column + 3 * COUNT);
      w = wNext.fma(cosine, w.mul(sine).neg());
      x = xNext.fma(cosine, x.mul(sine).neg());
      y = yNext.fma(cosine, y.mul(sine).neg());
      z = zNext.fma(cosine, z.mul(sine).neg());
      column = next;
    }
    w.intoArray(a, column);
    x.intoArray(a, column + COUNT);
    y.intoArray(a, column + 2 * COUNT);
    z.intoArray(a, column + 3 * COUNT);
  }

  private static void oneVector(
      int count, double[] a, int first, int columnStride, double[] c, double[] s) {
    int column = first;
    DoubleVector w = fromArray(SPECIES, a, column);
    for (int k = 0; k < count; k++) {
      DoubleVector cosine = broadcast(SPECIES, c[k]);
      DoubleVector sine = broadcast(SPECIES, s[k]);
      int next = column + columnStride;
      DoubleVector wNext = fromArray(SPECIES, a, next);
      w.fma(cosine, wNext.mul(sine)).intoArray(a, column);
      w = wNext.fma(cosine, w.mul(sine).neg());
      column = next;
    }
    w.intoArray(a, column);
  }

  private static void oneRow(
      int count, double[] a, int first, int columnStride, double[] c, double[] s) {
    int column = first;
    double x = a[column];
    for (int k = 0; k < count; k++) {
      int next = column + columnStride;
      double y = a[next];
      a[column] = c[k] * x + s[k] * y;
      x = c[k] * y - s[k] * x;
      column = next;
    }
    a[column] = x;
  }
}
