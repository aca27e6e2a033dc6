package eigengrad.simd;

/**
 * All families of kernels, written for the same lanes.
 *
 * <p>Ask for a family at each use: to the JIT compiler it is a constant then, and in a field it is
 * not.
 */
public interface KernelSet {
  /**
   * For reports.
   *
   * @return {@code scalar}, or {@code vector-} and the width in bits
   */
  String name();

  /**
   * Whether the SIMD kernels serve, or will when they are compiled.
   *
   * @return false for {@code scalar}
   */
  boolean isVector();

  /**
   * How many doubles one vector holds: padding is a multiple of it, and sums are added in its
   * order.
   *
   * @return 2, 4 or 8
   */
  int lanes();

  /**
   * Vectors and plane rotations.
   *
   * @return the family
   */
  Level1 level1();

  /**
   * A matrix and a vector.
   *
   * @return the family
   */
  Level2 level2();

  /**
   * Tiles of a matrix product.
   *
   * @return the family
   */
  Level3 level3();

  /**
   * A matrix and its transpose.
   *
   * @return the family
   */
  Transposition transposition();

  /**
   * Householder reduction and the way back.
   *
   * @return the family
   */
  Reduction reduction();

  /**
   * Spectra of tridiagonal matrices.
   *
   * @return the family
   */
  Tridiagonal tridiagonal();

  /**
   * Eigensolvers of lane blocks.
   *
   * @return the family
   */
  BatchSolver batchSolver();

  /**
   * Singular value decompositions of lane blocks.
   *
   * @return the family
   */
  BatchSvd batchSvd();

  /**
   * Products of lane blocks.
   *
   * @return the family
   */
  BatchProducts batchProducts();
}
