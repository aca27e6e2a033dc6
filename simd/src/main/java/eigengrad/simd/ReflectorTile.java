package eigengrad.simd;

import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * Four reflectors at once on a row-major tile two vectors wide, which stays in the first-level
 * cache from one group of reflectors to the next. Neither a horizontal sum nor a remainder occurs.
 */
final class ReflectorTile {
  static final int COLUMNS = 2 * COUNT;

  private ReflectorTile() {}

  static void apply(
      int rows, double[] v, int vOffset, double[] t, int tOffset, double[] z, int zOffset) {
    int end = zOffset + rows * COLUMNS;
    int reflectors;
    DoubleVector a0 = zero(SPECIES);
    DoubleVector a1 = zero(SPECIES);
    DoubleVector a2 = zero(SPECIES);
    DoubleVector a3 = zero(SPECIES);
    DoubleVector b0 = zero(SPECIES);
    DoubleVector b1 = zero(SPECIES);
    DoubleVector b2 = zero(SPECIES);
    DoubleVector b3 = zero(SPECIES);
    reflectors = vOffset;
    for (int row = zOffset; row < end; row += COLUMNS) {
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
    for (int row = zOffset; row < end; row += COLUMNS) {
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
}
