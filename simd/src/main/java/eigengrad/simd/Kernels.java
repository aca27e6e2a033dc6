package eigengrad.simd;

/**
 * The operations that everything above this module is written in, as plain loops and as SIMD
 * kernels, and which of them serve.
 *
 * <p>Callers reach a family by its accessor here, {@code Kernels.level1().dot(n, x, 0, y, 0)}: to
 * the JIT compiler the family is a constant, and the call direct.
 *
 * <p>The plain loops are the specification, and compute the same bits as the SIMD kernels of the
 * same width. Until the JIT compiler is done with those, which are a hundred times slower before,
 * plain loops serve; see {@link SwitchingKernels}. Every sum of n products lies within (n +
 * 4)·u·Σ|aᵢbᵢ| of the exact one, u = 2⁻⁵³. Equal arguments give equal bits, before and after the
 * JIT compiler has seen the kernels.
 *
 * <p>Layout, aliasing and the meaning of β = 0 are fixed in the package description.
 */
public final class Kernels {
  /** The system property that overrides the choice of the active set. */
  public static final String PROPERTY = "eigengrad.simd";

  /**
   * The system property that says how SIMD kernels are warmed up: {@code background}, the default,
   * or {@code none}, so that they serve from the first call, a hundred times slower until they are
   * compiled, and no thread is started.
   */
  public static final String WARM_UP_PROPERTY = "eigengrad.simd.warmUp";

  private Kernels() {}

  /**
   * The set this JVM runs on, chosen once.
   *
   * <p>SIMD where the module {@code jdk.incubator.vector} is present, the processor has vectors of
   * 128 bits and a fused multiply-add, and the JVM compiles the Vector API well: HotSpot with its
   * C2 compiler, neither Graal nor {@code -Xint}, {@code -Xcomp} or C1 alone. Scalar otherwise,
   * with one warning that names the reason and what can be done.
   *
   * <p>The system property {@code eigengrad.simd} overrides the choice: {@code auto}, {@code
   * scalar}, {@code 128}, {@code 256} or {@code 512}. A width means SIMD however badly the JVM
   * compiles it; one beyond the processor's is reduced to the processor's, with a warning.
   *
   * @return the active set, always the same
   * @throws IllegalStateException if the property holds anything else, or asks for lanes while the
   *     module is absent
   */
  public static KernelSet active() {
    return KernelSelection.active();
  }

  /**
   * Plain loops that compute the same bits as the active set.
   *
   * @return the specification of every kernel
   */
  public static KernelSet scalar() {
    return KernelSelection.scalar();
  }

  /**
   * Waits until all SIMD kernels are compiled, which takes seconds. Nothing has to wait: this
   * serves programs that time the steady state, and those that would rather be late once than slow
   * at first.
   *
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
   */
  public static void warmUp() {
    WarmUp.awaitAll();
  }

  /**
   * How many doubles one vector of the active set holds.
   *
   * @return 2, 4 or 8
   */
  public static int lanes() {
    return active().lanes();
  }

  /**
   * Vectors and plane rotations.
   *
   * @return the family of the active set
   */
  public static Level1 level1() {
    return active().level1();
  }

  /**
   * A matrix and a vector.
   *
   * @return the family of the active set
   */
  public static Level2 level2() {
    return active().level2();
  }

  /**
   * Tiles of a matrix product.
   *
   * @return the family of the active set
   */
  public static Level3 level3() {
    return active().level3();
  }

  /**
   * A matrix and its transpose.
   *
   * @return the family of the active set
   */
  public static Transposition transposition() {
    return active().transposition();
  }

  /**
   * Householder reduction and the way back.
   *
   * @return the family of the active set
   */
  public static Reduction reduction() {
    return active().reduction();
  }

  /**
   * Spectra of tridiagonal matrices.
   *
   * @return the family of the active set
   */
  public static Tridiagonal tridiagonal() {
    return active().tridiagonal();
  }

  /**
   * Eigensolvers of lane blocks.
   *
   * @return the family of the active set
   */
  public static BatchSolver batchSolver() {
    return active().batchSolver();
  }

  /**
   * Singular value decompositions of lane blocks.
   *
   * @return the family of the active set
   */
  public static BatchSvd batchSvd() {
    return active().batchSvd();
  }

  /**
   * Products of lane blocks.
   *
   * @return the family of the active set
   */
  public static BatchProducts batchProducts() {
    return active().batchProducts();
  }
}
