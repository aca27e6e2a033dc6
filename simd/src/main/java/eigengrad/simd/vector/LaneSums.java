package eigengrad.simd.vector;

import static eigengrad.simd.vector.LaneSwaps.FOURS;
import static eigengrad.simd.vector.LaneSwaps.ONES;
import static eigengrad.simd.vector.LaneSwaps.SWAP_FOURS;
import static eigengrad.simd.vector.LaneSwaps.SWAP_ONES;
import static eigengrad.simd.vector.LaneSwaps.SWAP_TWOS;
import static eigengrad.simd.vector.LaneSwaps.TWOS;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/** The sums over the lanes of many vectors, as many at a time as there are lanes. */
final class LaneSums {
  private LaneSums() {}

  /** yⱼ ← yⱼ + the sum of the lanes of vector j, for j from first to end − 1. */
  static void add(int first, int end, double[] vectors, int offset, double[] y) {
    int j = first;
    if (COUNT == 8) {
      for (; j < end - 7; j += 8) {
        eight(vectors, offset + j * COUNT, y, j);
      }
    } else if (COUNT == 4) {
      for (; j < end - 3; j += 4) {
        four(vectors, offset + j * COUNT, y, j);
      }
    }
    for (; j < end; j++) {
      double sum = 0;
      for (int lane = 0; lane < COUNT; lane++) {
        sum += vectors[offset + j * COUNT + lane];
      }
      y[j] += sum;
    }
  }

  private static void eight(double[] vectors, int at, double[] y, int j) {
    DoubleVector a = fromArray(SPECIES, vectors, at);
    DoubleVector b = fromArray(SPECIES, vectors, at + COUNT);
    DoubleVector c = fromArray(SPECIES, vectors, at + 2 * COUNT);
    DoubleVector d = fromArray(SPECIES, vectors, at + 3 * COUNT);
    DoubleVector e = fromArray(SPECIES, vectors, at + 4 * COUNT);
    DoubleVector f = fromArray(SPECIES, vectors, at + 5 * COUNT);
    DoubleVector g = fromArray(SPECIES, vectors, at + 6 * COUNT);
    DoubleVector h = fromArray(SPECIES, vectors, at + 7 * COUNT);
    DoubleVector ab = a.blend(b, ONES).add(b.blend(a, ONES).rearrange(SWAP_ONES));
    DoubleVector cd = c.blend(d, ONES).add(d.blend(c, ONES).rearrange(SWAP_ONES));
    DoubleVector ef = e.blend(f, ONES).add(f.blend(e, ONES).rearrange(SWAP_ONES));
    DoubleVector gh = g.blend(h, ONES).add(h.blend(g, ONES).rearrange(SWAP_ONES));
    DoubleVector abcd = ab.blend(cd, TWOS).add(cd.blend(ab, TWOS).rearrange(SWAP_TWOS));
    DoubleVector efgh = ef.blend(gh, TWOS).add(gh.blend(ef, TWOS).rearrange(SWAP_TWOS));
    abcd.blend(efgh, FOURS)
        .add(efgh.blend(abcd, FOURS).rearrange(SWAP_FOURS))
        .add(fromArray(SPECIES, y, j))
        .intoArray(y, j);
  }

  private static void four(double[] vectors, int at, double[] y, int j) {
    DoubleVector a = fromArray(SPECIES, vectors, at);
    DoubleVector b = fromArray(SPECIES, vectors, at + COUNT);
    DoubleVector c = fromArray(SPECIES, vectors, at + 2 * COUNT);
    DoubleVector d = fromArray(SPECIES, vectors, at + 3 * COUNT);
    DoubleVector ab = a.blend(b, ONES).add(b.blend(a, ONES).rearrange(SWAP_ONES));
    DoubleVector cd = c.blend(d, ONES).add(d.blend(c, ONES).rearrange(SWAP_ONES));
    ab.blend(cd, TWOS)
        .add(cd.blend(ab, TWOS).rearrange(SWAP_TWOS))
        .add(fromArray(SPECIES, y, j))
        .intoArray(y, j);
  }
}
