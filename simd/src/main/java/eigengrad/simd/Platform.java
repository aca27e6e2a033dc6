package eigengrad.simd;

import eigengrad.simd.vector.Lanes;
import java.lang.module.ModuleFinder;

/**
 * What the choice of kernels depends on, but for the request.
 *
 * @param jvm what compiles the kernels
 * @param vectorApi whether the module of the Vector API can be used
 * @param vectorBits of the widest vectors of doubles, 0 where the module cannot be used
 * @param fused whether a·b + c with one rounding is an instruction
 */
record Platform(Jvm jvm, VectorApi vectorApi, int vectorBits, boolean fused) {
  static final String MODULE = "jdk.incubator.vector";

  /** Where the module of the Vector API is. */
  enum VectorApi {
    /** Among the modules that this program runs with. */
    PRESENT,
    /** In this run-time image, left out of the program. */
    LEFT_OUT,
    /** Not in this run-time image. */
    MISSING
  }

  /** This one. */
  static Platform current() {
    Jvm jvm = Jvm.current();
    VectorApi vectorApi = findVectorApi();
    if (vectorApi != VectorApi.PRESENT) {
      return new Platform(jvm, vectorApi, 0, false);
    }
    boolean fused =
        jvm.flags().containsKey("UseFMA") ? !jvm.isOff("UseFMA") : FusedMultiplyAdd.isFast();
    return new Platform(jvm, vectorApi, Lanes.WIDEST_BITS, fused);
  }

  private static VectorApi findVectorApi() {
    if (ModuleLayer.boot().findModule(MODULE).isPresent()) {
      return VectorApi.PRESENT;
    }
    return ModuleFinder.ofSystem().find(MODULE).isPresent()
        ? VectorApi.LEFT_OUT
        : VectorApi.MISSING;
  }

  /** Whether there are vectors worth the name, and none of the JVM's flags hides them. */
  boolean hasVectors() {
    return vectorBits >= 128 && fused && !jvm.isOff("EnableVectorSupport");
  }
}
