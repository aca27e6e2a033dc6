package eigengrad.simd;

import static jdk.incubator.vector.VectorOperators.ADD;

import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one place where a vector species is chosen.
 *
 * <p>C2 keeps vectors in registers only when the species is a compile-time constant, so it is a
 * {@code static final} here and never a parameter.
 */
final class Lanes {
  /** The processor's widest vectors, or narrower ones where the system property says so. */
  static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(
          double.class,
          VectorShape.forBitSize(
              Math.min(
                  Integer.getInteger(KernelSelection.PROPERTY, Integer.MAX_VALUE),
                  DoubleVector.SPECIES_PREFERRED.vectorBitSize())));

  static final int COUNT = SPECIES.length();
  static final int BITS = SPECIES.vectorBitSize();

  /**
   * Whether a·b + c is one instruction. It is, but for x86 before AVX2: there each lane becomes a
   * call into big-number arithmetic, a thousand times slower than the plain loop.
   */
  static final boolean FUSED =
      !List.of("amd64", "x86_64", "x86").contains(System.getProperty("os.arch", ""))
          || DoubleVector.SPECIES_PREFERRED.vectorBitSize() >= 256;

  private static final VectorShuffle<Double> BY_FOUR = rotation(4 % COUNT);
  private static final VectorShuffle<Double> BY_TWO = rotation(2 % COUNT);

  private Lanes() {}

  private static VectorShuffle<Double> rotation(int by) {
    return VectorShuffle.iota(SPECIES, by, 1, true);
  }

  static DoubleVector zero() {
    return DoubleVector.zero(SPECIES);
  }

  static DoubleVector load(double[] x, int offset) {
    return DoubleVector.fromArray(SPECIES, x, offset);
  }

  static DoubleVector broadcast(double value) {
    return DoubleVector.broadcast(SPECIES, value);
  }

  /**
   * The sum of all lanes, halves first.
   *
   * <p>Written out because {@code reduceLanes(ADD)} may add in another order once compiled, and the
   * same input must give the same bits before and after.
   */
  static double sum(DoubleVector v) {
    DoubleVector folded = v;
    if (COUNT >= 8) {
      folded = folded.lanewise(ADD, folded.rearrange(BY_FOUR));
    }
    if (COUNT >= 4) {
      folded = folded.lanewise(ADD, folded.rearrange(BY_TWO));
    }
    // Not one more rearrangement: C2 has none for two lanes and would box the vector.
    return COUNT == 1 ? folded.lane(0) : folded.lane(0) + folded.lane(1);
  }
}
