package eigengrad.simd;

import eigengrad.simd.scalar.ScalarKernels;
import eigengrad.simd.vector.VectorKernels;
import eigengrad.simd.vector.Width;

/**
 * Plain loops until the SIMD kernels are compiled, those from then on.
 *
 * <p>Before, the Vector API makes an object of every vector. The loops give the same bits, so that
 * the moment at which a family changes sides shows in the time alone. A family that has been asked
 * for is compiled in the background, by {@link WarmUp}.
 *
 * <p>Each family has a field and a branch of its own: to the JIT compiler both sides are constants,
 * and a family that was compiled before it was hot has but one.
 */
final class SwitchingKernels implements KernelSet {
  static final KernelSet SET = new SwitchingKernels();

  static final KernelSet SCALAR = ScalarKernels.of(RegisterTiles.ofProcessor(Width.BITS));

  private static boolean level1Compiled;
  private static boolean level2Compiled;
  private static boolean level3Compiled;
  private static boolean transpositionCompiled;
  private static boolean reductionCompiled;
  private static boolean tridiagonalCompiled;
  private static boolean batchSolverCompiled = true;
  private static boolean batchSvdCompiled = true;
  private static boolean batchProductsCompiled = true;

  private SwitchingKernels() {}

  /** Turns to the SIMD kernels of a family. */
  static void turn(KernelFamily family) {
    switch (family) {
      case LEVEL1 -> level1Compiled = true;
      case LEVEL2 -> level2Compiled = true;
      case LEVEL3 -> level3Compiled = true;
      case TRANSPOSITION -> transpositionCompiled = true;
      case REDUCTION -> reductionCompiled = true;
      case TRIDIAGONAL -> tridiagonalCompiled = true;
      case BATCH_SOLVER -> batchSolverCompiled = true;
      case BATCH_SVD -> batchSvdCompiled = true;
      case BATCH_PRODUCTS -> batchProductsCompiled = true;
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
    return level1Compiled ? VectorKernels.SET.level1() : early(KernelFamily.LEVEL1).level1();
  }

  @Override
  public Level2 level2() {
    return level2Compiled ? VectorKernels.SET.level2() : early(KernelFamily.LEVEL2).level2();
  }

  @Override
  public Level3 level3() {
    return level3Compiled ? VectorKernels.SET.level3() : early(KernelFamily.LEVEL3).level3();
  }

  @Override
  public Transposition transposition() {
    return transpositionCompiled
        ? VectorKernels.SET.transposition()
        : early(KernelFamily.TRANSPOSITION).transposition();
  }

  @Override
  public Reduction reduction() {
    return reductionCompiled
        ? VectorKernels.SET.reduction()
        : early(KernelFamily.REDUCTION).reduction();
  }

  @Override
  public Tridiagonal tridiagonal() {
    return tridiagonalCompiled
        ? VectorKernels.SET.tridiagonal()
        : early(KernelFamily.TRIDIAGONAL).tridiagonal();
  }

  @Override
  public BatchSolver batchSolver() {
    return batchSolverCompiled
        ? VectorKernels.SET.batchSolver()
        : early(KernelFamily.BATCH_SOLVER).batchSolver();
  }

  @Override
  public BatchSvd batchSvd() {
    return batchSvdCompiled ? VectorKernels.SET.batchSvd() : early(KernelFamily.BATCH_SVD).batchSvd();
  }

  @Override
  public BatchProducts batchProducts() {
    return batchProductsCompiled
        ? VectorKernels.SET.batchProducts()
        : early(KernelFamily.BATCH_PRODUCTS).batchProducts();
  }
}
