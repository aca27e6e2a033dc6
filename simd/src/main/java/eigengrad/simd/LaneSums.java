package eigengrad.simd;

import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.VectorTranspose.EVEN;
import static eigengrad.simd.VectorTranspose.FIRST;
import static eigengrad.simd.VectorTranspose.LAST;
import static eigengrad.simd.VectorTranspose.ODD;
import static eigengrad.simd.VectorTranspose.QUAD;

import jdk.incubator.vector.DoubleVector;

/** The sums over the lanes of many vectors, four at a time. */
final class LaneSums {
  private LaneSums() {}

  /** yⱼ ← yⱼ + the sum of the lanes of vector j, for j from first to end − 1. */
  static void add(int first, int end, double[] vectors, double[] y) {
    int j = first;
    if (COUNT >= 4) {
      for (; j <= end - 4; j += 4) {
        DoubleVector a = quad(vectors, j * COUNT);
        DoubleVector b = quad(vectors, (j + 1) * COUNT);
        DoubleVector c = quad(vectors, (j + 2) * COUNT);
        DoubleVector d = quad(vectors, (j + 3) * COUNT);
        DoubleVector ab = a.rearrange(EVEN, b).add(a.rearrange(ODD, b));
        DoubleVector cd = c.rearrange(EVEN, d).add(c.rearrange(ODD, d));
        DoubleVector sums = ab.rearrange(FIRST, cd).add(ab.rearrange(LAST, cd));
        DoubleVector.fromArray(QUAD, y, j).add(sums).intoArray(y, j);
      }
    }
    for (; j < end; j++) {
      double sum = 0;
      for (int lane = 0; lane < COUNT; lane++) {
        sum += vectors[j * COUNT + lane];
      }
      y[j] += sum;
    }
  }

  /** The lanes of a vector folded to four. */
  private static DoubleVector quad(double[] vectors, int at) {
    DoubleVector low = DoubleVector.fromArray(QUAD, vectors, at);
    return COUNT == 4 ? low : low.add(DoubleVector.fromArray(QUAD, vectors, at + 4));
  }
}
