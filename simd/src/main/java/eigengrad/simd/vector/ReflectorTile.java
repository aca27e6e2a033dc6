package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * Four reflectors at once on a row-major tile, which stays in the nearest cache that holds it from
 * one four to the next. Neither a horizontal sum nor a remainder occurs.
 *
 * <p>Four vectors per row halve the loads of V and the shares of starting and ending a loop, but
 * need 16 registers for W and 8 beside them; two vectors need half of that.
 */
final class ReflectorTile {
  static final int NARROW = 2 * COUNT;
  static final int WIDE = 4 * COUNT;

  private ReflectorTile() {}

  static void twoVectors(
      int rows, double[] v, int vOffset, double[] t, int tOffset, double[] z, int zOffset) {
    int end = zOffset + rows * NARROW;
    DoubleVector a0 = zero(SPECIES);
    DoubleVector a1 = zero(SPECIES);
    DoubleVector a2 = zero(SPECIES);
    DoubleVector a3 = zero(SPECIES);
    DoubleVector b0 = zero(SPECIES);
    DoubleVector b1 = zero(SPECIES);
    DoubleVector b2 = zero(SPECIES);
    DoubleVector b3 = zero(SPECIES);
    int reflectors = vOffset;
    for (int row = zOffset; row < end; row += NARROW) {
      DoubleVector a = fromArray(SPECIES, z, row);
      DoubleVector b = fromArray(SPECIES, z, row + COUNT);
      DoubleVector v0 = broadcast(SPECIES, v[reflectors]);
      a0 = a.fma(v0, a0);
      b0 = b.fma(v0, b0);
      DoubleVector v1 = broadcast(SPECIES, v[reflectors + 1]);
      a1 = a.fma(v1, a1);
      b1 = b.fma(v1, b1);
      DoubleVector v2 = broadcast(SPECIES, v[reflectors + 2]);
      a2 = a.fma(v2, a2);
      b2 = b.fma(v2, b2);
      DoubleVector v3 = broadcast(SPECIES, v[reflectors + 3]);
      a3 = a.fma(v3, a3);
      b3 = b.fma(v3, b3);
      reflectors += 4;
    }
    // W ← −TW, T upper triangular: each row before the ones it reads.
    DoubleVector t0 = broadcast(SPECIES, -t[tOffset]);
    DoubleVector t1 = broadcast(SPECIES, -t[tOffset + 4]);
    DoubleVector t2 = broadcast(SPECIES, -t[tOffset + 8]);
    DoubleVector t3 = broadcast(SPECIES, -t[tOffset + 12]);
    a0 = a0.mul(t0).add(a1.mul(t1)).add(a2.mul(t2)).add(a3.mul(t3));
    b0 = b0.mul(t0).add(b1.mul(t1)).add(b2.mul(t2)).add(b3.mul(t3));
    t1 = broadcast(SPECIES, -t[tOffset + 5]);
    t2 = broadcast(SPECIES, -t[tOffset + 9]);
    t3 = broadcast(SPECIES, -t[tOffset + 13]);
    a1 = a1.mul(t1).add(a2.mul(t2)).add(a3.mul(t3));
    b1 = b1.mul(t1).add(b2.mul(t2)).add(b3.mul(t3));
    t2 = broadcast(SPECIES, -t[tOffset + 10]);
    t3 = broadcast(SPECIES, -t[tOffset + 14]);
    a2 = a2.mul(t2).add(a3.mul(t3));
    b2 = b2.mul(t2).add(b3.mul(t3));
    t3 = broadcast(SPECIES, -t[tOffset + 15]);
    a3 = a3.mul(t3);
    b3 = b3.mul(t3);
    reflectors = vOffset;
    for (int row = zOffset; row < end; row += NARROW) {
      DoubleVector v0 = broadcast(SPECIES, v[reflectors]);
      DoubleVector v1 = broadcast(SPECIES, v[reflectors + 1]);
      DoubleVector v2 = broadcast(SPECIES, v[reflectors + 2]);
      DoubleVector v3 = broadcast(SPECIES, v[reflectors + 3]);
      DoubleVector a = fromArray(SPECIES, z, row);
      DoubleVector b = fromArray(SPECIES, z, row + COUNT);
      a0.fma(v0, a1.fma(v1, a2.fma(v2, a3.fma(v3, a)))).intoArray(z, row);
      b0.fma(v0, b1.fma(v1, b2.fma(v2, b3.fma(v3, b)))).intoArray(z, row + COUNT);
      reflectors += 4;
    }
  }

  static void fourVectors(
      int rows, double[] v, int vOffset, double[] t, int tOffset, double[] z, int zOffset) {
    int end = zOffset + rows * WIDE;
    DoubleVector a0 = zero(SPECIES);
    DoubleVector a1 = zero(SPECIES);
    DoubleVector a2 = zero(SPECIES);
    DoubleVector a3 = zero(SPECIES);
    DoubleVector b0 = zero(SPECIES);
    DoubleVector b1 = zero(SPECIES);
    DoubleVector b2 = zero(SPECIES);
    DoubleVector b3 = zero(SPECIES);
    DoubleVector c0 = zero(SPECIES);
    DoubleVector c1 = zero(SPECIES);
    DoubleVector c2 = zero(SPECIES);
    DoubleVector c3 = zero(SPECIES);
    DoubleVector d0 = zero(SPECIES);
    DoubleVector d1 = zero(SPECIES);
    DoubleVector d2 = zero(SPECIES);
    DoubleVector d3 = zero(SPECIES);
    int reflectors = vOffset;
    for (int row = zOffset; row < end; row += WIDE) {
      DoubleVector a = fromArray(SPECIES, z, row);
      DoubleVector b = fromArray(SPECIES, z, row + COUNT);
      DoubleVector c = fromArray(SPECIES, z, row + 2 * COUNT);
      DoubleVector d = fromArray(SPECIES, z, row + 3 * COUNT);
      DoubleVector v0 = broadcast(SPECIES, v[reflectors]);
      a0 = a.fma(v0, a0);
      b0 = b.fma(v0, b0);
      c0 = c.fma(v0, c0);
      d0 = d.fma(v0, d0);
      DoubleVector v1 = broadcast(SPECIES, v[reflectors + 1]);
      a1 = a.fma(v1, a1);
      b1 = b.fma(v1, b1);
      c1 = c.fma(v1, c1);
      d1 = d.fma(v1, d1);
      DoubleVector v2 = broadcast(SPECIES, v[reflectors + 2]);
      a2 = a.fma(v2, a2);
      b2 = b.fma(v2, b2);
      c2 = c.fma(v2, c2);
      d2 = d.fma(v2, d2);
      DoubleVector v3 = broadcast(SPECIES, v[reflectors + 3]);
      a3 = a.fma(v3, a3);
      b3 = b.fma(v3, b3);
      c3 = c.fma(v3, c3);
      d3 = d.fma(v3, d3);
      reflectors += 4;
    }
    // W ← −TW, T upper triangular: each row before the ones it reads.
    DoubleVector t0 = broadcast(SPECIES, -t[tOffset]);
    DoubleVector t1 = broadcast(SPECIES, -t[tOffset + 4]);
    DoubleVector t2 = broadcast(SPECIES, -t[tOffset + 8]);
    DoubleVector t3 = broadcast(SPECIES, -t[tOffset + 12]);
    a0 = a0.mul(t0).add(a1.mul(t1)).add(a2.mul(t2)).add(a3.mul(t3));
    b0 = b0.mul(t0).add(b1.mul(t1)).add(b2.mul(t2)).add(b3.mul(t3));
    c0 = c0.mul(t0).add(c1.mul(t1)).add(c2.mul(t2)).add(c3.mul(t3));
    d0 = d0.mul(t0).add(d1.mul(t1)).add(d2.mul(t2)).add(d3.mul(t3));
    t1 = broadcast(SPECIES, -t[tOffset + 5]);
    t2 = broadcast(SPECIES, -t[tOffset + 9]);
    t3 = broadcast(SPECIES, -t[tOffset + 13]);
    a1 = a1.mul(t1).add(a2.mul(t2)).add(a3.mul(t3));
    b1 = b1.mul(t1).add(b2.mul(t2)).add(b3.mul(t3));
    c1 = c1.mul(t1).add(c2.mul(t2)).add(c3.mul(t3));
    d1 = d1.mul(t1).add(d2.mul(t2)).add(d3.mul(t3));
    t2 = broadcast(SPECIES, -t[tOffset + 10]);
    t3 = broadcast(SPECIES, -t[tOffset + 14]);
    a2 = a2.mul(t2).add(a3.mul(t3));
    b2 = b2.mul(t2).add(b3.mul(t3));
    c2 = c2.mul(t2).add(c3.mul(t3));
    d2 = d2.mul(t2).add(d3.mul(t3));
    t3 = broadcast(SPECIES, -t[tOffset + 15]);
    a3 = a3.mul(t3);
    b3 = b3.mul(t3);
    c3 = c3.mul(t3);
    d3 = d3.mul(t3);
    reflectors = vOffset;
    for (int row = zOffset; row < end; row += WIDE) {
      DoubleVector v0 = broadcast(SPECIES, v[reflectors]);
      DoubleVector v1 = broadcast(SPECIES, v[reflectors + 1]);
      DoubleVector v2 = broadcast(SPECIES, v[reflectors + 2]);
      DoubleVector v3 = broadcast(SPECIES, v[reflectors + 3]);
      DoubleVector a = fromArray(SPECIES, z, row);
      DoubleVector b = fromArray(SPECIES, z, row + COUNT);
      DoubleVector c = fromArray(SPECIES, z, row + 2 * COUNT);
      DoubleVector d = fromArray(SPECIES, z, row + 3 * COUNT);
      a0.fma(v0, a1.fma(v1, a2.fma(v2, a3.fma(v3, a)))).intoArray(z, row);
      b0.fma(v0, b1.fma(v1, b2.fma(v2, b3.fma(v3, b)))).intoArray(z, row + COUNT);
      c0.fma(v0, c1.fma(v1, c2.fma(v2, c3.fma(v3, c)))).intoArray(z, row + 2 * COUNT);
      d0.fma(v0, d1.fma(v1, d2.fma(v2, d3.fma(v3, d)))).intoArray(z, row + 3 * COUNT);
      reflectors += 4;
    }
  }
}
