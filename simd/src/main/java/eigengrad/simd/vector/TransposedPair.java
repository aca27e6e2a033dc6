package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.BY_FOUR;
import static eigengrad.simd.vector.Lanes.BY_TWO;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.RegisterTiles;
import jdk.incubator.vector.DoubleVector;

/** Four columns times a vector and, while they are in the nearest cache, added up by factors. */
final class TransposedPair {
  /** Each load and store of the long vector is shared by so many columns. */
  static final int COLUMNS = RegisterTiles.GEMVT_COLUMNS;

  private TransposedPair() {}

  /** Two vectors per column and pass: eight accumulators hide the latency of the FMA. */
  static void dots(
      int m, double[] a, int column0, int lda, double[] u, int uOffset, double[] z, int zOffset) {
    int column1 = column0 + lda;
    int column2 = column1 + lda;
    int column3 = column2 + lda;
    DoubleVector s0 = zero(SPECIES);
    DoubleVector s1 = zero(SPECIES);
    DoubleVector s2 = zero(SPECIES);
    DoubleVector s3 = zero(SPECIES);
    DoubleVector t0 = zero(SPECIES);
    DoubleVector t1 = zero(SPECIES);
    DoubleVector t2 = zero(SPECIES);
    DoubleVector t3 = zero(SPECIES);
    int i = 0;
    for (; i <= m - 2 * COUNT; i += 2 * COUNT) {
      DoubleVector even = fromArray(SPECIES, u, uOffset + i);
      s0 = fromArray(SPECIES, a, column0 + i).fma(even, s0);
      s1 = fromArray(SPECIES, a, column1 + i).fma(even, s1);
      s2 = fromArray(SPECIES, a, column2 + i).fma(even, s2);
      s3 = fromArray(SPECIES, a, column3 + i).fma(even, s3);
      DoubleVector odd = fromArray(SPECIES, u, uOffset + i + COUNT);
      t0 = fromArray(SPECIES, a, column0 + i + COUNT).fma(odd, t0);
      t1 = fromArray(SPECIES, a, column1 + i + COUNT).fma(odd, t1);
      t2 = fromArray(SPECIES, a, column2 + i + COUNT).fma(odd, t2);
      t3 = fromArray(SPECIES, a, column3 + i + COUNT).fma(odd, t3);
    }
    if (i < m) {
      DoubleVector last = fromArray(SPECIES, u, uOffset + i);
      s0 = fromArray(SPECIES, a, column0 + i).fma(last, s0);
      s1 = fromArray(SPECIES, a, column1 + i).fma(last, s1);
      s2 = fromArray(SPECIES, a, column2 + i).fma(last, s2);
      s3 = fromArray(SPECIES, a, column3 + i).fma(last, s3);
    }
    s0 = s0.add(t0);
    s1 = s1.add(t1);
    s2 = s2.add(t2);
    s3 = s3.add(t3);
    if (COUNT >= 8) {
      s0 = s0.add(s0.rearrange(BY_FOUR));
      s1 = s1.add(s1.rearrange(BY_FOUR));
      s2 = s2.add(s2.rearrange(BY_FOUR));
      s3 = s3.add(s3.rearrange(BY_FOUR));
    }
    if (COUNT >= 4) {
      s0 = s0.add(s0.rearrange(BY_TWO));
      s1 = s1.add(s1.rearrange(BY_TWO));
      s2 = s2.add(s2.rearrange(BY_TWO));
      s3 = s3.add(s3.rearrange(BY_TWO));
    }
    z[zOffset] = s0.lane(0) + s0.lane(1);
    z[zOffset + 1] = s1.lane(0) + s1.lane(1);
    z[zOffset + 2] = s2.lane(0) + s2.lane(1);
    z[zOffset + 3] = s3.lane(0) + s3.lane(1);
  }

  /**
   * The columns before are added up while the next ones, which come from a farther cache, are
   * multiplied: one loop does not wait for memory as much as two do.
   */
  static void addAndDots(
      int m,
      double[] a,
      int before,
      int lda,
      double[] r,
      int rOffset,
      double[] w,
      int wOffset,
      double[] u,
      int uOffset,
      double[] z,
      int zOffset) {
    int before1 = before + lda;
    int before2 = before1 + lda;
    int before3 = before2 + lda;
    int column0 = before3 + lda;
    int column1 = column0 + lda;
    int column2 = column1 + lda;
    int column3 = column2 + lda;
    DoubleVector r0 = broadcast(SPECIES, r[rOffset]);
    DoubleVector r1 = broadcast(SPECIES, r[rOffset + 1]);
    DoubleVector r2 = broadcast(SPECIES, r[rOffset + 2]);
    DoubleVector r3 = broadcast(SPECIES, r[rOffset + 3]);
    DoubleVector s0 = zero(SPECIES);
    DoubleVector s1 = zero(SPECIES);
    DoubleVector s2 = zero(SPECIES);
    DoubleVector s3 = zero(SPECIES);
    for (int i = 0; i < m; i += COUNT) {
      DoubleVector ui = fromArray(SPECIES, u, uOffset + i);
      s0 = fromArray(SPECIES, a, column0 + i).fma(ui, s0);
      s1 = fromArray(SPECIES, a, column1 + i).fma(ui, s1);
      s2 = fromArray(SPECIES, a, column2 + i).fma(ui, s2);
      s3 = fromArray(SPECIES, a, column3 + i).fma(ui, s3);
      DoubleVector even =
          fromArray(SPECIES, a, before + i).fma(r0, fromArray(SPECIES, w, wOffset + i));
      DoubleVector odd = fromArray(SPECIES, a, before1 + i).mul(r1);
      even = fromArray(SPECIES, a, before2 + i).fma(r2, even);
      odd = fromArray(SPECIES, a, before3 + i).fma(r3, odd);
      even.add(odd).intoArray(w, wOffset + i);
    }
    if (COUNT >= 8) {
      s0 = s0.add(s0.rearrange(BY_FOUR));
      s1 = s1.add(s1.rearrange(BY_FOUR));
      s2 = s2.add(s2.rearrange(BY_FOUR));
      s3 = s3.add(s3.rearrange(BY_FOUR));
    }
    if (COUNT >= 4) {
      s0 = s0.add(s0.rearrange(BY_TWO));
      s1 = s1.add(s1.rearrange(BY_TWO));
      s2 = s2.add(s2.rearrange(BY_TWO));
      s3 = s3.add(s3.rearrange(BY_TWO));
    }
    z[zOffset] = s0.lane(0) + s0.lane(1);
    z[zOffset + 1] = s1.lane(0) + s1.lane(1);
    z[zOffset + 2] = s2.lane(0) + s2.lane(1);
    z[zOffset + 3] = s3.lane(0) + s3.lane(1);
  }

  static void addColumns(
      int m, double[] a, int column0, int lda, double[] r, int rOffset, double[] w, int wOffset) {
    int column1 = column0 + lda;
    int column2 = column1 + lda;
    int column3 = column2 + lda;
    DoubleVector r0 = broadcast(SPECIES, r[rOffset]);
    DoubleVector r1 = broadcast(SPECIES, r[rOffset + 1]);
    DoubleVector r2 = broadcast(SPECIES, r[rOffset + 2]);
    DoubleVector r3 = broadcast(SPECIES, r[rOffset + 3]);
    for (int i = 0; i < m; i += COUNT) {
      DoubleVector even =
          fromArray(SPECIES, a, column0 + i).fma(r0, fromArray(SPECIES, w, wOffset + i));
      DoubleVector odd = fromArray(SPECIES, a, column1 + i).mul(r1);
      even = fromArray(SPECIES, a, column2 + i).fma(r2, even);
      odd = fromArray(SPECIES, a, column3 + i).fma(r3, odd);
      even.add(odd).intoArray(w, wOffset + i);
    }
  }
}
