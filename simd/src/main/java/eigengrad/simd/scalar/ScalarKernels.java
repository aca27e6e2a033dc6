package eigengrad.simd.scalar;

import eigengrad.simd.FixedKernels;
import eigengrad.simd.KernelSet;
import eigengrad.simd.RegisterTiles;

/**
 * Every kernel as plain loops, which compute what the SIMD kernels of as many lanes compute, to the
 * last bit: what runs without those, and until they are compiled.
 */
public final class ScalarKernels {
  /** Lanes where no vectors are to be matched: that many sums at a time hide each other's wait. */
  private static final int LANES = 4;

  /** The set that has no SIMD set beside it. */
  public static final KernelSet SET = of(new RegisterTiles(LANES, false));

  private ScalarKernels() {}

  /**
   * Plain loops with the bits of vectors.
   *
   * @param tiles the vectors
   * @return the set
   */
  public static KernelSet of(RegisterTiles tiles) {
    int lanes = tiles.lanes();
    return new FixedKernels(
        "scalar",
        false,
        lanes,
        new ScalarLevel1(lanes),
        new ScalarLevel2(lanes),
        new ScalarLevel3(tiles),
        new ScalarTransposition(),
        new ScalarReduction(tiles),
        new ScalarTridiagonal(lanes),
        new ScalarBatchSolver(),
        new ScalarBatchSvd(),
        new ScalarBatchProducts());
  }
}
