package eigengrad.simd;

/**
 * All families of kernels, written for the same lanes.
 *
 * <p>Keep a set, or ask {@link Kernels}, and call a family through it.
 *
 * @param name for reports: {@code scalar}, or {@code vector-} and the width in bits
 * @param lanes how many doubles one vector holds: 1, 2, 4 or 8
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
public record KernelSet(
    String name,
    int lanes,
    Level1 level1,
    Level2 level2,
    Level3 level3,
    Transposition transposition,
    Reduction reduction,
    Tridiagonal tridiagonal,
    BatchSolver batchSolver,
    BatchSvd batchSvd,
    BatchProducts batchProducts) {}
