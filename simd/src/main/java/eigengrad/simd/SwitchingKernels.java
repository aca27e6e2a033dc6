package eigengrad.simd;

import eigengrad.simd.scalar.ScalarKernels;
import eigengrad.simd.vector.VectorKernels;
import eigengrad.simd.vector.Width;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;

/**
 * Plain loops until the SIMD kernels are compiled, those from then on.
 *
 * <p>Before, the Vector API makes an object of every vector. The loops give the same bits, so that
 * the moment at which a family changes sides shows in the time alone. A family that has been asked
 * for is compiled in the background, by {@link WarmUp}.
 *
 * <p>The side of a family is told by the target of a call site that is never called. C2 takes it for
 * a constant, compiles that side alone, and compiles anew what has the other when the target
 * changes; a static field would leave both sides, and a branch, in every caller.
 */
final class SwitchingKernels implements KernelSet {
  static final KernelSet SET = new SwitchingKernels();

  static final KernelSet SCALAR = ScalarKernels.of(RegisterTiles.ofProcessor(Width.BITS));

  private static final MethodHandle LOOPS = MethodHandles.constant(Object.class, "loops");

  private static final MethodHandle COMPILED = MethodHandles.constant(Object.class, "compiled");

  private static final MutableCallSite LEVEL1 = new MutableCallSite(LOOPS);
  private static final MutableCallSite LEVEL2 = new MutableCallSite(LOOPS);
  private static final MutableCallSite LEVEL3 = new MutableCallSite(LOOPS);
  private static final MutableCallSite TRANSPOSITION = new MutableCallSite(LOOPS);
  private static final MutableCallSite REDUCTION = new MutableCallSite(LOOPS);
  private static final MutableCallSite TRIDIAGONAL = new MutableCallSite(LOOPS);
  private static final MutableCallSite BATCH_SOLVER = new MutableCallSite(COMPILED);
  private static final MutableCallSite BATCH_SVD = new MutableCallSite(LOOPS);
  private static final MutableCallSite BATCH_PRODUCTS = new MutableCallSite(COMPILED);

  private SwitchingKernels() {}

  /** Turns to the SIMD kernels of a family. */
  static void turn(KernelFamily family) {
    switch (family) {
      case LEVEL1 -> LEVEL1.setTarget(COMPILED);
      case LEVEL2 -> LEVEL2.setTarget(COMPILED);
      case LEVEL3 -> LEVEL3.setTarget(COMPILED);
      case TRANSPOSITION -> TRANSPOSITION.setTarget(COMPILED);
      case REDUCTION -> REDUCTION.setTarget(COMPILED);
      case TRIDIAGONAL -> TRIDIAGONAL.setTarget(COMPILED);
      case BATCH_SOLVER -> BATCH_SOLVER.setTarget(COMPILED);
      case BATCH_SVD -> BATCH_SVD.setTarget(COMPILED);
      case BATCH_PRODUCTS -> BATCH_PRODUCTS.setTarget(COMPILED);
    }
  }

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

  private static KernelSet early(KernelFamily family) {
    WarmUp.request(family);
    return SCALAR;
  }

  @Override
  public Level1 level1() {
    return LEVEL1.getTarget() == COMPILED
        ? VectorKernels.SET.level1()
        : early(KernelFamily.LEVEL1).level1();
  }

  @Override
  public Level2 level2() {
    return LEVEL2.getTarget() == COMPILED
        ? VectorKernels.SET.level2()
        : early(KernelFamily.LEVEL2).level2();
  }

  @Override
  public Level3 level3() {
    return LEVEL3.getTarget() == COMPILED
        ? VectorKernels.SET.level3()
        : early(KernelFamily.LEVEL3).level3();
  }

  @Override
  public Transposition transposition() {
    return TRANSPOSITION.getTarget() == COMPILED
        ? VectorKernels.SET.transposition()
        : early(KernelFamily.TRANSPOSITION).transposition();
  }

  @Override
  public Reduction reduction() {
    return REDUCTION.getTarget() == COMPILED
        ? VectorKernels.SET.reduction()
        : early(KernelFamily.REDUCTION).reduction();
  }

  @Override
  public Tridiagonal tridiagonal() {
    return TRIDIAGONAL.getTarget() == COMPILED
        ? VectorKernels.SET.tridiagonal()
        : early(KernelFamily.TRIDIAGONAL).tridiagonal();
  }

  @Override
  public BatchSolver batchSolver() {
    return BATCH_SOLVER.getTarget() == COMPILED
        ? VectorKernels.SET.batchSolver()
        : early(KernelFamily.BATCH_SOLVER).batchSolver();
  }

  @Override
  public BatchSvd batchSvd() {
    return BATCH_SVD.getTarget() == COMPILED
        ? VectorKernels.SET.batchSvd()
        : early(KernelFamily.BATCH_SVD).batchSvd();
  }

  @Override
  public BatchProducts batchProducts() {
    return BATCH_PRODUCTS.getTarget() == COMPILED
        ? VectorKernels.SET.batchProducts()
        : early(KernelFamily.BATCH_PRODUCTS).batchProducts();
  }
}
