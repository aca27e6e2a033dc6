package eigengrad.linalg;

import java.util.concurrent.CancellationException;

/**
 * Eigenvalues and orthonormal eigenvectors of a real symmetric tridiagonal matrix, with {@link
 * EigenOptions#DEFAULT}.
 *
 * <p>Where off-diagonal elements are zero, the blocks between them are solved each at its own
 * scale, and are as accurate as alone. Within a block the error is relative to its norm: small
 * eigenvalues have no relative accuracy, see {@link Eigendecomposition}.
 *
 * <p>Cost: at most 3n³ flops with vectors, O(n²) for the values alone. A range of k: O(nk) for the
 * values, and for the vectors where they are separated; O(nk²) where they are clustered. Memory:
 * O(n²) with vectors, O(n) for values, O(nk) for a range: a few pairs of a matrix of order a
 * million take seconds. Where more than an eighth of the pairs of a block up to order 46,340 are
 * wanted and clustered, all of the block's are computed, in the time and memory of all. Vectors of
 * more elements than an array holds are refused. Up to order 64 memory is kept as by {@link
 * SymmetricEigen}.
 */
public final class TridiagonalEigen {
  private TridiagonalEigen() {}

  /**
   * Values and vectors.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite, or n
   *     is too large for the vectors
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Eigendecomposition decompose(double[] diagonal, double[] offDiagonal) {
    return EigenSolver.once(diagonal.length, solver -> solver.decompose(diagonal, offDiagonal));
  }

  /**
   * Values and vectors of an index range.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @return the pairs, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite, or n
   *     is too small for the range or too large for the vectors
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static PartialEigendecomposition decompose(
      double[] diagonal, double[] offDiagonal, IndexRange range) {
    return EigenSolver.once(
        diagonal.length, solver -> solver.decompose(diagonal, offDiagonal, range));
  }

  /**
   * Values alone.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @return n values, ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(double[] diagonal, double[] offDiagonal) {
    return EigenSolver.once(diagonal.length, solver -> solver.values(diagonal, offDiagonal));
  }

  /**
   * The values of an index range alone.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @return those values, ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite, or n
   *     is too small for the range
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(double[] diagonal, double[] offDiagonal, IndexRange range) {
    return EigenSolver.once(diagonal.length, solver -> solver.values(diagonal, offDiagonal, range));
  }
}
