package eigengrad.simd.vector;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one place where a vector species is chosen.
 *
 * <p>C2 keeps vectors in registers only when the species is a compile-time constant, so it is a
 * {@code static final} here and never a parameter. And it is the only one: once the JDK's methods
 * have met vectors of two widths in a process, they ask for the class of each, and box it.
 *
 * <p>There are no helpers that take or return a vector, here or elsewhere. C2 inlines only the
 * methods that the JDK marks once a compilation is large or a call site was rare while profiled,
 * and a vector that crosses a call is boxed: the kernels call the Vector API directly.
 */
final class Lanes {
  /** The processor's widest vectors, or narrower ones where the system property says so. */
  static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorShape.forBitSize(Width.BITS));

  /** The same lanes read as the bits of a double. */
  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SPECIES.vectorShape());

  static final int COUNT = SPECIES.length();

  /**
   * Rotations that fold a vector onto itself: by four when there are eight lanes, then by two when
   * there are four; the last two lanes are added as scalars, C2 having no shuffle of two.
   *
   * <p>Sums are folded by hand because {@code reduceLanes(ADD)} may add in another order once
   * compiled, and the same input must give the same bits before and after.
   */
  static final VectorShuffle<Double> BY_FOUR = rotation(4 % COUNT);

  static final VectorShuffle<Double> BY_TWO = rotation(2 % COUNT);

  private Lanes() {}

  private static VectorShuffle<Double> rotation(int by) {
    return VectorShuffle.iota(SPECIES, by, 1, true);
  }
}
