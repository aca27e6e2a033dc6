package eigengrad.simd;

import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/**
 * A chain of rotations of neighbouring columns, a strip of rows at a time: the column that two
 * rotations share stays in registers, so each element is read and written once a chain. Four
 * vectors of rows side by side hide the latency from one rotation to the next.
 */
final class RotationChain {
  private RotationChain() {}

  static void apply(
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
