package eigengrad.simd;

/**
 * A kernel set that never changes.
 *
 * @param name as {@link KernelSet#name}
 * @param isVector as {@link KernelSet#isVector}
 * @param lanes as {@link KernelSet#lanes}
 * @param level1 vectors and plane rotations
 * @param level2 a matrix and a vector
 * @param level3 tiles of a matrix product
 * @param transposition a matrix and its transpose
 * @param reduction Householder reduction and the way back
 * @param tridiagonal spectra of tridiagonal matrices
 * @param batchSolver eigensolvers of lane blocks
 * @param batchSvd singular value decompositions of lane blocks
 * @param batchProducts products of lane blocks
 */
public record FixedKernels(
    String name,
    boolean isVector,
    int lanes,
    Level1 level1,
    Level2 level2,
    Level3 level3,
    Transposition transposition,
    Reduction reduction,
    Tridiagonal tridiagonal,
    BatchSolver batchSolver,
    BatchSvd batchSvd,
    BatchProducts batchProducts)
    implements KernelSet {}
