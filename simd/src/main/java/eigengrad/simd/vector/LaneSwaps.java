package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * The lanes whose number has a bit set, and the exchange of the lanes that differ in that bit. From
 * vectors a and b, {@code a.blend(b.rearrange(SWAP), LANES)} and its counterpart make the two
 * halves of a transposition.
 */
final class LaneSwaps {
  static final VectorMask<Double> ONES = lanes(1);
  static final VectorMask<Double> TWOS = lanes(2);
  static final VectorMask<Double> FOURS = lanes(4);

  static final VectorShuffle<Double> SWAP_ONES = swap(1);
  static final VectorShuffle<Double> SWAP_TWOS = swap(2);
  static final VectorShuffle<Double> SWAP_FOURS = swap(4);

  private LaneSwaps() {}

  private static VectorMask<Double> lanes(int bit) {
    boolean[] set = new boolean[COUNT];
    for (int lane = 0; lane < COUNT; lane++) {
      set[lane] = (lane & bit) != 0;
    }
    return VectorMask.fromArray(SPECIES, set, 0);
  }

  private static VectorShuffle<Double> swap(int bit) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ bit) % COUNT);
  }
}
