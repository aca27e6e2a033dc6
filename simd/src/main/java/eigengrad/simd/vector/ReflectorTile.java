package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * Four or eight reflectors at once on a row-major tile, which stays in the nearest cache that holds
 * it from one set to the next. Neither a horizontal sum nor a remainder occurs.
 *
 * <p>Eight reflectors halve the traffic with the tile's cache, four vectors per row the loads of V
 * and the shares of starting and ending a loop; either needs 16 registers for W and 4 to 8 beside
 * them, four reflectors on two vectors half of that.
 */
final class ReflectorTile {
  static final int NARROW = 2 * COUNT;
  static final int WIDE = 4 * COUNT;

  private ReflectorTile() {}

  static void fourOnTwoVectors(
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

  static void fourOnFourVectors(
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

  static void eightOnTwoVectors(
      int rows, double[] v, int vOffset, double[] t, int tOffset, double[] z, int zOffset) {
    int end = zOffset + rows * NARROW;
    DoubleVector a0 = zero(SPECIES);
    DoubleVector a1 = zero(SPECIES);
    DoubleVector a2 = zero(SPECIES);
    DoubleVector a3 = zero(SPECIES);
    DoubleVector a4 = zero(SPECIES);
    DoubleVector a5 = zero(SPECIES);
    DoubleVector a6 = zero(SPECIES);
    DoubleVector a7 = zero(SPECIES);
    DoubleVector b0 = zero(SPECIES);
    DoubleVector b1 = zero(SPECIES);
    DoubleVector b2 = zero(SPECIES);
    DoubleVector b3 = zero(SPECIES);
    DoubleVector b4 = zero(SPECIES);
    DoubleVector b5 = zero(SPECIES);
    DoubleVector b6 = zero(SPECIES);
    DoubleVector b7 = zero(SPECIES);
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
      DoubleVector v4 = broadcast(SPECIES, v[reflectors + 4]);
      a4 = a.fma(v4, a4);
      b4 = b.fma(v4, b4);
      DoubleVector v5 = broadcast(SPECIES, v[reflectors + 5]);
      a5 = a.fma(v5, a5);
      b5 = b.fma(v5, b5);
      DoubleVector v6 = broadcast(SPECIES, v[reflectors + 6]);
      a6 = a.fma(v6, a6);
      b6 = b.fma(v6, b6);
      DoubleVector v7 = broadcast(SPECIES, v[reflectors + 7]);
      a7 = a.fma(v7, a7);
      b7 = b.fma(v7, b7);
      reflectors += 8;
    }
    // W ← −TW, T upper triangular: each row before the ones it reads.
    DoubleVector t0 = broadcast(SPECIES, -t[tOffset]);
    a0 = a0.mul(t0);
    b0 = b0.mul(t0);
    t0 = broadcast(SPECIES, -t[tOffset + 8]);
    a0 = a1.fma(t0, a0);
    b0 = b1.fma(t0, b0);
    t0 = broadcast(SPECIES, -t[tOffset + 16]);
    a0 = a2.fma(t0, a0);
    b0 = b2.fma(t0, b0);
    t0 = broadcast(SPECIES, -t[tOffset + 24]);
    a0 = a3.fma(t0, a0);
    b0 = b3.fma(t0, b0);
    t0 = broadcast(SPECIES, -t[tOffset + 32]);
    a0 = a4.fma(t0, a0);
    b0 = b4.fma(t0, b0);
    t0 = broadcast(SPECIES, -t[tOffset + 40]);
    a0 = a5.fma(t0, a0);
    b0 = b5.fma(t0, b0);
    t0 = broadcast(SPECIES, -t[tOffset + 48]);
    a0 = a6.fma(t0, a0);
    b0 = b6.fma(t0, b0);
    t0 = broadcast(SPECIES, -t[tOffset + 56]);
    a0 = a7.fma(t0, a0);
    b0 = b7.fma(t0, b0);
    DoubleVector t1 = broadcast(SPECIES, -t[tOffset + 9]);
    a1 = a1.mul(t1);
    b1 = b1.mul(t1);
    t1 = broadcast(SPECIES, -t[tOffset + 17]);
    a1 = a2.fma(t1, a1);
    b1 = b2.fma(t1, b1);
    t1 = broadcast(SPECIES, -t[tOffset + 25]);
    a1 = a3.fma(t1, a1);
    b1 = b3.fma(t1, b1);
    t1 = broadcast(SPECIES, -t[tOffset + 33]);
    a1 = a4.fma(t1, a1);
    b1 = b4.fma(t1, b1);
    t1 = broadcast(SPECIES, -t[tOffset + 41]);
    a1 = a5.fma(t1, a1);
    b1 = b5.fma(t1, b1);
    t1 = broadcast(SPECIES, -t[tOffset + 49]);
    a1 = a6.fma(t1, a1);
    b1 = b6.fma(t1, b1);
    t1 = broadcast(SPECIES, -t[tOffset + 57]);
    a1 = a7.fma(t1, a1);
    b1 = b7.fma(t1, b1);
    DoubleVector t2 = broadcast(SPECIES, -t[tOffset + 18]);
    a2 = a2.mul(t2);
    b2 = b2.mul(t2);
    t2 = broadcast(SPECIES, -t[tOffset + 26]);
    a2 = a3.fma(t2, a2);
    b2 = b3.fma(t2, b2);
    t2 = broadcast(SPECIES, -t[tOffset + 34]);
    a2 = a4.fma(t2, a2);
    b2 = b4.fma(t2, b2);
    t2 = broadcast(SPECIES, -t[tOffset + 42]);
    a2 = a5.fma(t2, a2);
    b2 = b5.fma(t2, b2);
    t2 = broadcast(SPECIES, -t[tOffset + 50]);
    a2 = a6.fma(t2, a2);
    b2 = b6.fma(t2, b2);
    t2 = broadcast(SPECIES, -t[tOffset + 58]);
    a2 = a7.fma(t2, a2);
    b2 = b7.fma(t2, b2);
    DoubleVector t3 = broadcast(SPECIES, -t[tOffset + 27]);
    a3 = a3.mul(t3);
    b3 = b3.mul(t3);
    t3 = broadcast(SPECIES, -t[tOffset + 35]);
    a3 = a4.fma(t3, a3);
    b3 = b4.fma(t3, b3);
    t3 = broadcast(SPECIES, -t[tOffset + 43]);
    a3 = a5.fma(t3, a3);
    b3 = b5.fma(t3, b3);
    t3 = broadcast(SPECIES, -t[tOffset + 51]);
    a3 = a6.fma(t3, a3);
    b3 = b6.fma(t3, b3);
    t3 = broadcast(SPECIES, -t[tOffset + 59]);
    a3 = a7.fma(t3, a3);
    b3 = b7.fma(t3, b3);
    DoubleVector t4 = broadcast(SPECIES, -t[tOffset + 36]);
    a4 = a4.mul(t4);
    b4 = b4.mul(t4);
    t4 = broadcast(SPECIES, -t[tOffset + 44]);
    a4 = a5.fma(t4, a4);
    b4 = b5.fma(t4, b4);
    t4 = broadcast(SPECIES, -t[tOffset + 52]);
    a4 = a6.fma(t4, a4);
    b4 = b6.fma(t4, b4);
    t4 = broadcast(SPECIES, -t[tOffset + 60]);
    a4 = a7.fma(t4, a4);
    b4 = b7.fma(t4, b4);
    DoubleVector t5 = broadcast(SPECIES, -t[tOffset + 45]);
    a5 = a5.mul(t5);
    b5 = b5.mul(t5);
    t5 = broadcast(SPECIES, -t[tOffset + 53]);
    a5 = a6.fma(t5, a5);
    b5 = b6.fma(t5, b5);
    t5 = broadcast(SPECIES, -t[tOffset + 61]);
    a5 = a7.fma(t5, a5);
    b5 = b7.fma(t5, b5);
    DoubleVector t6 = broadcast(SPECIES, -t[tOffset + 54]);
    a6 = a6.mul(t6);
    b6 = b6.mul(t6);
    t6 = broadcast(SPECIES, -t[tOffset + 62]);
    a6 = a7.fma(t6, a6);
    b6 = b7.fma(t6, b6);
    DoubleVector t7 = broadcast(SPECIES, -t[tOffset + 63]);
    a7 = a7.mul(t7);
    b7 = b7.mul(t7);
    reflectors = vOffset;
    for (int row = zOffset; row < end; row += NARROW) {
      DoubleVector v0 = broadcast(SPECIES, v[reflectors]);
      DoubleVector v1 = broadcast(SPECIES, v[reflectors + 1]);
      DoubleVector v2 = broadcast(SPECIES, v[reflectors + 2]);
      DoubleVector v3 = broadcast(SPECIES, v[reflectors + 3]);
      DoubleVector v4 = broadcast(SPECIES, v[reflectors + 4]);
      DoubleVector v5 = broadcast(SPECIES, v[reflectors + 5]);
      DoubleVector v6 = broadcast(SPECIES, v[reflectors + 6]);
      DoubleVector v7 = broadcast(SPECIES, v[reflectors + 7]);
      DoubleVector a = fromArray(SPECIES, z, row);
      DoubleVector b = fromArray(SPECIES, z, row + COUNT);
      a0.fma(v0, a1.fma(v1, a2.fma(v2, a3.fma(v3, a))))
          .add(a4.fma(v4, a5.fma(v5, a6.fma(v6, a7.mul(v7)))))
          .intoArray(z, row);
      b0.fma(v0, b1.fma(v1, b2.fma(v2, b3.fma(v3, b))))
          .add(b4.fma(v4, b5.fma(v5, b6.fma(v6, b7.mul(v7)))))
          .intoArray(z, row + COUNT);
      reflectors += 8;
    }
  }
}
