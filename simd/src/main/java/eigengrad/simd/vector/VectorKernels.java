package eigengrad.simd.vector;

import eigengrad.simd.FixedKernels;
import eigengrad.simd.KernelSet;
import eigengrad.simd.scalar.ScalarBatchSolver;
import eigengrad.simd.scalar.ScalarBatchSvd;

/** The SIMD set. Touches the Vector API: to be loaded only when its module is there. */
public final class VectorKernels {
  /**
   * The set. With two lanes the batch solvers are scalar: C2 has no masks of two lanes on x86, so
   * that each comparison would be boxed.
   */
  public static final KernelSet SET =
      new FixedKernels(
          "vector-" + Width.BITS,
          true,
          Lanes.COUNT,
          new VectorLevel1(),
          new VectorLevel2(),
          new VectorLevel3(),
          new VectorTransposition(),
          new VectorReduction(),
          new VectorTridiagonal(),
          Lanes.COUNT < 4 ? new ScalarBatchSolver() : new VectorBatchSolver(),
          Lanes.COUNT < 4 ? new ScalarBatchSvd() : new VectorBatchSvd(),
          new VectorBatchProducts());

  private VectorKernels() {}
}
