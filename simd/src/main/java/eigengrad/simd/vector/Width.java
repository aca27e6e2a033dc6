package eigengrad.simd.vector;

import eigengrad.simd.Kernels;
import jdk.incubator.vector.VectorShape;

/**
 * How wide vectors are, told without loading the rest of the Vector API, which takes ten times as
 * long as a first result does.
 */
public final class Width {
  /** Bits of the processor's widest vectors, or fewer where the system property says so. */
  public static final int BITS =
      Math.min(
          Integer.getInteger(Kernels.PROPERTY, Integer.MAX_VALUE),
          VectorShape.preferredShape().vectorBitSize());

  private Width() {}
}
