package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.eigen.sturm.TwistedSolver;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;

/**
 * Solves the blocks that are not torn: by twisted factorisations where the eigenvalues are
 * separated, by implicit QL where they are not and the block is small.
 */
final class LeafSolver {
  /** Above this, tearing a block with clusters is faster than QL. */
  private static final int LARGEST_FOR_QL = 32;

  private final TwistedSolver twisted = new TwistedSolver();
  private final ImplicitQl ql = new ImplicitQl();
  private final TridiagonalMatrix leaf = new TridiagonalMatrix();
  private double[] vectors = Buffers.NONE;

  /**
   * Whether separated eigenvalues let the block be solved as it stands; if not, it is as it was.
   */
  boolean solveSeparated(TridiagonalMatrix torn, int first, int size, PartialSpectrum spectrum) {
    boolean solved =
        twisted.solve(
            size,
            torn.diagonal(),
            first,
            torn.offDiagonal(),
            first,
            0,
            size,
            spectrum.vectors,
            spectrum.corner(first),
            spectrum.ld,
            Crew.alone());
    if (solved) {
      System.arraycopy(twisted.values(), 0, spectrum.values, first, size);
      spectrum.sort(first, size);
    }
    return solved;
  }

  /** Whether what made the last attempt fail will do so in the halves. */
  boolean mostlyClustered() {
    return twisted.mostlyClustered();
  }

  /** Whether QL is for a block of this order. */
  static boolean suitsQl(int size) {
    return size <= LARGEST_FOR_QL;
  }

  /**
   * QL, on a copy whose columns lie side by side.
   *
   * @return whether it converged
   */
  boolean solveByQl(
      TridiagonalMatrix torn,
      int first,
      int size,
      PartialSpectrum spectrum,
      int maxIterations,
      Crew crew) {
    leaf.copyBlock(torn, first, size);
    vectors = Buffers.atLeast(vectors, size * size);
    if (ql.solve(leaf, vectors, 0, size, maxIterations, crew) > 0) {
      return false;
    }
    System.arraycopy(leaf.diagonal(), 0, spectrum.values, first, size);
    int corner = spectrum.corner(first);
    for (int j = 0; j < size; j++) {
      System.arraycopy(vectors, j * size, spectrum.vectors, corner + j * spectrum.ld, size);
    }
    spectrum.sort(first, size);
    return true;
  }
}
