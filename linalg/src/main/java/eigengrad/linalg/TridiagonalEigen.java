package eigengrad.linalg;

import eigengrad.linalg.parallel.Crew;
import eigengrad.simd.ArraySize;
import java.util.concurrent.CancellationException;

/**
 * Eigenvalues and orthonormal eigenvectors of a real symmetric tridiagonal matrix.
 *
 * <p>Where off-diagonal elements are zero, the blocks between them are solved each at its own
 * scale, and are as accurate as alone. Within a block the error is relative to its norm: small
 * eigenvalues have no relative accuracy, see {@link Eigendecomposition}.
 *
 * <p>Cost: at most 3n³ flops with vectors, O(n²) for the values alone. A range of k: O(nk) for the
 * values, and for the vectors where they are separated; O(nk²) where they are clustered. Memory:
 * O(n²) with vectors, O(n) for values, O(nk) for a range: a few pairs of a matrix of order a
 * million take seconds. Where more than n/8 clustered pairs are wanted, up to order 46,340, all are
 * computed, in the time and memory of all. Vectors of more elements than an array holds are
 * refused.
 */
public final class TridiagonalEigen {
  private TridiagonalEigen() {}

  /**
   * Values and vectors.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Eigendecomposition decompose(double[] diagonal, double[] offDiagonal) {
    return decompose(diagonal, offDiagonal, EigenOptions.DEFAULT);
  }

  /**
   * Values and vectors.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param options how to solve; the symmetry tolerance does not matter
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Eigendecomposition decompose(
      double[] diagonal, double[] offDiagonal, EigenOptions options) {
    return decompose(diagonal, offDiagonal, options, new EigenWorkspace());
  }

  /**
   * Values and vectors, allocating nothing but them where the workspace is large enough.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param options how to solve; the symmetry tolerance does not matter
   * @param workspace the memory to solve in
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Eigendecomposition decompose(
      double[] diagonal, double[] offDiagonal, EigenOptions options, EigenWorkspace workspace) {
    check(diagonal, offDiagonal);
    int n = diagonal.length;
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(n)) {
      double[] values = new double[n];
      double[] vectors = new double[vectorElements(n, n)];
      workspace.solver.solve(diagonal, offDiagonal, 0, n, options, crew, values, vectors);
      return Eigendecomposition.owning(values, DenseMatrix.wrap(n, n, vectors));
    } finally {
      workspace.release();
    }
  }

  /**
   * Values and vectors of an index range.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @return the pairs, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match, an element is not finite, or n is
   *     too small for the range
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static PartialEigendecomposition decompose(
      double[] diagonal, double[] offDiagonal, IndexRange range) {
    return decompose(diagonal, offDiagonal, range, EigenOptions.DEFAULT);
  }

  /**
   * Values and vectors of an index range.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @param options how to solve; the symmetry tolerance does not matter
   * @return the pairs, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match, an element is not finite, or n is
   *     too small for the range
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static PartialEigendecomposition decompose(
      double[] diagonal, double[] offDiagonal, IndexRange range, EigenOptions options) {
    return decompose(diagonal, offDiagonal, range, options, new EigenWorkspace());
  }

  /**
   * Values and vectors of an index range, allocating nothing but them where the workspace is large
   * enough.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @param options how to solve; the symmetry tolerance does not matter
   * @param workspace the memory to solve in
   * @return the pairs, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match, an element is not finite, or n is
   *     too small for the range
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static PartialEigendecomposition decompose(
      double[] diagonal,
      double[] offDiagonal,
      IndexRange range,
      EigenOptions options,
      EigenWorkspace workspace) {
    check(diagonal, offDiagonal);
    int n = diagonal.length;
    int first = range.first(n);
    int k = range.count();
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(n)) {
      double[] values = new double[k];
      double[] vectors = new double[vectorElements(n, k)];
      workspace.solver.solve(
          diagonal, offDiagonal, first, first + k, options, crew, values, vectors);
      return new PartialEigendecomposition(values, DenseMatrix.wrap(n, k, vectors));
    } finally {
      workspace.release();
    }
  }

  /**
   * Eigenvalues alone: those of {@link #decompose} up to rounding.
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
    return values(diagonal, offDiagonal, EigenOptions.DEFAULT);
  }

  /**
   * Eigenvalues alone, by the calling thread.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param options how to solve; the symmetry tolerance does not matter
   * @return n values, ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(double[] diagonal, double[] offDiagonal, EigenOptions options) {
    return values(diagonal, offDiagonal, options, new EigenWorkspace());
  }

  /**
   * Eigenvalues alone, allocating nothing but them where the workspace is large enough.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param options how to solve; the symmetry tolerance does not matter
   * @param workspace the memory to solve in
   * @return n values, ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(
      double[] diagonal, double[] offDiagonal, EigenOptions options, EigenWorkspace workspace) {
    return values(diagonal, offDiagonal, 0, diagonal.length, options, workspace);
  }

  /**
   * Eigenvalues alone of an index range.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @return k values, ascending
   * @throws IllegalArgumentException if the lengths do not match, an element is not finite, or n is
   *     too small for the range
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(double[] diagonal, double[] offDiagonal, IndexRange range) {
    return values(diagonal, offDiagonal, range, EigenOptions.DEFAULT);
  }

  /**
   * Eigenvalues alone of an index range.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @param options how to solve; the symmetry tolerance does not matter
   * @return k values, ascending
   * @throws IllegalArgumentException if the lengths do not match, an element is not finite, or n is
   *     too small for the range
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(
      double[] diagonal, double[] offDiagonal, IndexRange range, EigenOptions options) {
    return values(diagonal, offDiagonal, range, options, new EigenWorkspace());
  }

  /**
   * Eigenvalues alone of an index range, allocating nothing but them where the workspace is large
   * enough.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @param options how to solve; the symmetry tolerance does not matter
   * @param workspace the memory to solve in
   * @return k values, ascending
   * @throws IllegalArgumentException if the lengths do not match, an element is not finite, or n is
   *     too small for the range
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(
      double[] diagonal,
      double[] offDiagonal,
      IndexRange range,
      EigenOptions options,
      EigenWorkspace workspace) {
    int first = range.first(diagonal.length);
    return values(diagonal, offDiagonal, first, first + range.count(), options, workspace);
  }

  private static double[] values(
      double[] diagonal,
      double[] offDiagonal,
      int first,
      int end,
      EigenOptions options,
      EigenWorkspace workspace) {
    check(diagonal, offDiagonal);
    workspace.acquire();
    try (Crew crew = Crew.ofCaller()) {
      double[] values = new double[end - first];
      workspace.solver.solve(diagonal, offDiagonal, first, end, options, crew, values, null);
      return values;
    } finally {
      workspace.release();
    }
  }

  private static int vectorElements(int n, int k) {
    return ArraySize.of("eigenvectors", n, k, "ask for the values alone");
  }

  private static void check(double[] diagonal, double[] offDiagonal) {
    int expected = Math.max(diagonal.length - 1, 0);
    if (offDiagonal.length != expected) {
      throw new IllegalArgumentException(
          "a diagonal of "
              + diagonal.length
              + " needs "
              + expected
              + " off-diagonal elements, got "
              + offDiagonal.length);
    }
    SymmetricInput.requireFinite("diagonal", diagonal);
    SymmetricInput.requireFinite("offDiagonal", offDiagonal);
  }
}
