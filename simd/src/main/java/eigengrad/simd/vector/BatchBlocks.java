package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.VectorOperators;

/** The first rows of {@code work} in a QR in lock-step: one number per lane, for two vectors. */
final class BatchBlocks {
  /** Where the highest unreduced block of each lane starts; n if there is none. */
  static final int START = 0;

  /** Where it ends; 0 if there is none. */
  static final int END = PAIR;

  private BatchBlocks() {}

  /** The lowest start. */
  static int lowest(double[] work, int blocks) {
    return (int)
        fromArray(SPECIES, work, blocks + START)
            .min(fromArray(SPECIES, work, blocks + START + COUNT))
            .reduceLanes(VectorOperators.MIN);
  }

  /** The highest end. */
  static int highest(double[] work, int blocks) {
    return (int)
        fromArray(SPECIES, work, blocks + END)
            .max(fromArray(SPECIES, work, blocks + END + COUNT))
            .reduceLanes(VectorOperators.MAX);
  }
}
