package eigengrad.linalg.conquer;

import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.linalg.tridiagonal.TridiagonalMatrix;

/**
 * Solves the blocks that are not torn: by implicit QL, on a copy whose columns lie side by side.
 */
final class LeafSolver {
  private final ImplicitQl ql = new ImplicitQl();
  private final TridiagonalMatrix leaf = new TridiagonalMatrix();
  private double[] vectors = {};

  /** Solves the block of torn that starts at a row; returns whether it converged. */
  boolean solve(
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
