package eigengrad.simd.scalar;

import eigengrad.simd.KernelSet;

/**
 * Every kernel as a plain loop: the specification of the SIMD set, and what runs without it.
 *
 * <p>Written a·b + c and never {@link Math#fma}, which is very slow where the processor lacks it.
 */
public final class ScalarKernels {
  /** The set. */
  public static final KernelSet SET =
      new KernelSet(
          "scalar",
          1,
          new ScalarLevel1(),
          new ScalarLevel2(),
          new ScalarLevel3(),
          new ScalarTransposition(),
          new ScalarReduction(),
          new ScalarTridiagonal(),
          new ScalarBatchSolver(),
          new ScalarBatchSvd(),
          new ScalarBatchProducts());

  private ScalarKernels() {}
}
