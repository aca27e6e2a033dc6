package eigengrad.simd;

import eigengrad.simd.scalar.ScalarKernels;
import eigengrad.simd.vector.Width;

/**
 * Plain loops until the SIMD kernels are compiled, those from then on, each {@link Kernel} by
 * itself.
 *
 * <p>Before, the Vector API makes an object of every vector. The loops give the same bits, so that
 * the moment at which a kernel changes sides shows in the time alone.
 */
final class SwitchingKernels implements KernelSet {
  static final RegisterTiles TILES = RegisterTiles.ofProcessor(Width.BITS);

  static final KernelSet SCALAR = ScalarKernels.of(TILES);

  static final KernelSet SET = new SwitchingKernels();

  private SwitchingKernels() {}

  @Override
  public String name() {
    return isVector() ? "vector-" + Width.BITS : SCALAR.name();
  }

  @Override
  public boolean isVector() {
    return KernelSelection.compilesVectors();
  }

  @Override
  public int lanes() {
    return SCALAR.lanes();
  }

  @Override
  public Level1 level1() {
    return SwitchingLevel1.FAMILY;
  }

  @Override
  public Level2 level2() {
    return SwitchingLevel2.FAMILY;
  }

  @Override
  public Level3 level3() {
    return SwitchingLevel3.FAMILY;
  }

  @Override
  public Transposition transposition() {
    return SwitchingTransposition.FAMILY;
  }

  @Override
  public Reduction reduction() {
    return SwitchingReduction.FAMILY;
  }

  @Override
  public Tridiagonal tridiagonal() {
    return SwitchingTridiagonal.FAMILY;
  }

  @Override
  public BatchSolver batchSolver() {
    return SwitchingBatchSolver.FAMILY;
  }

  @Override
  public BatchSvd batchSvd() {
    return SwitchingBatchSvd.FAMILY;
  }

  @Override
  public BatchProducts batchProducts() {
    return SwitchingBatchProducts.FAMILY;
  }
}
