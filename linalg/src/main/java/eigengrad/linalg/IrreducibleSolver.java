package eigengrad.linalg;

import eigengrad.linalg.internal.eigen.conquer.RangeSolver;
import eigengrad.linalg.internal.eigen.conquer.TridiagonalSolver;
import eigengrad.linalg.internal.eigen.jacobi.CyclicJacobi;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalForm;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lazy;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Solves the eigenproblem of a matrix that does not fall into diagonal blocks, scaled to elements
 * near 1: by Jacobi's method if it is very small, or small and maybe graded, else in tridiagonal
 * form.
 */
final class IrreducibleSolver {
  private final CyclicJacobi jacobi = new CyclicJacobi();
  private final TridiagonalForm form = new TridiagonalForm();
  private final Lazy<TridiagonalSolver> solver = new Lazy<>(TridiagonalSolver::new);
  private final Lazy<RangeSolver> rangeSolver = new Lazy<>(() -> new RangeSolver(solver.get()));

  private final Spectrum spectrum = new Spectrum();

  /** For problems that come in tridiagonal form. */
  private final TridiagonalMatrix given = new TridiagonalMatrix();

  private final double[] allVectors = new double[CyclicJacobi.LARGEST * CyclicJacobi.LARGEST];

  /**
   * The pairs first … end − 1 of a dense matrix.
   *
   * @param n order
   * @param a n×n, lower triangle read; not modified
   * @param largest max |a|
   * @param values their eigenvalues, ascending
   * @param vectors n×(end − first) zeros, overwritten by the eigenvectors; null for values alone
   */
  void solve(
      int n,
      double[] a,
      double largest,
      int first,
      int end,
      EigenOptions options,
      Crew crew,
      double[] values,
      double @Nullable [] vectors) {
    crew.requireNotInterrupted();
    int exponent = PowerOfTwo.toOne(largest);
    if (CyclicJacobi.suits(n, a) && solveSmall(n, a, exponent, first, end, values, vectors)) {
      return;
    }
    TridiagonalMatrix tridiagonal = form.reduce(n, a, exponent, crew);
    solve(tridiagonal, first, end, options, crew, vectors);
    if (vectors != null) {
      form.transformBack(n, end - first, vectors, crew);
    }
    finish(tridiagonal, end - first, exponent, values, vectors);
  }

  /**
   * The pairs first … end − 1 of a diagonal block of a tridiagonal matrix.
   *
   * @param diagonal not modified
   * @param offDiagonal not modified
   * @param row of both, where the block starts
   * @param n order of the block, ≥ 1
   * @param values their eigenvalues, ascending
   * @param vectors n×(end − first) zeros, overwritten by the eigenvectors; null for values alone
   */
  void solve(
      double[] diagonal,
      double[] offDiagonal,
      int row,
      int n,
      int first,
      int end,
      EigenOptions options,
      Crew crew,
      double[] values,
      double @Nullable [] vectors) {
    crew.requireNotInterrupted();
    given.copy(diagonal, offDiagonal, row, n);
    int exponent = given.scaleToOne();
    solve(given, first, end, options, crew, vectors);
    finish(given, end - first, exponent, values, vectors);
  }

  /** By Jacobi's method; returns whether it converged. */
  private boolean solveSmall(
      int n,
      double[] a,
      int exponent,
      int first,
      int end,
      double[] values,
      double @Nullable [] vectors) {
    boolean all = end - first == n;
    if (!jacobi.solve(n, a, exponent, all || vectors == null ? vectors : allVectors)) {
      return false;
    }
    if (vectors == null) {
      Arrays.sort(jacobi.values(), 0, n);
      System.arraycopy(jacobi.values(), first, values, 0, end - first);
    } else if (all) {
      spectrum.arrange(n, n, jacobi.values(), vectors, values);
    } else {
      spectrum.choose(n, first, end, jacobi.values(), allVectors, values, vectors);
    }
    PowerOfTwo.scale(end - first, -exponent, values, 0);
    return true;
  }

  /** Leaves the values, in no particular order, at the beginning of the diagonal. */
  private void solve(
      TridiagonalMatrix tridiagonal,
      int first,
      int end,
      EigenOptions options,
      Crew crew,
      double @Nullable [] vectors) {
    boolean all = end - first == tridiagonal.size();
    int leafSize = options.leafSize();
    int maxIterations = options.maxIterations();
    int unconverged;
    if (vectors == null) {
      unconverged =
          all
              ? solver.get().solveValues(tridiagonal, crew)
              : rangeSolver.get().solveValues(tridiagonal, first, end, crew);
    } else {
      unconverged =
          all
              ? solver.get().solve(tridiagonal, vectors, leafSize, maxIterations, crew)
              : rangeSolver
                  .get()
                  .solve(tridiagonal, first, end, vectors, leafSize, maxIterations, crew);
    }
    requireConverged(unconverged, tridiagonal, maxIterations);
  }

  private static void requireConverged(
      int unconverged, TridiagonalMatrix tridiagonal, int maxIterations) {
    if (unconverged > 0) {
      int n = tridiagonal.size();
      double offDiagonal = Kernels.level1().maxAbs(n - 1, tridiagonal.offDiagonal(), 0);
      double scale = Math.max(offDiagonal, Kernels.level1().maxAbs(n, tridiagonal.diagonal(), 0));
      throw new EigenConvergenceException(unconverged, offDiagonal / scale, maxIterations);
    }
  }

  private void finish(
      TridiagonalMatrix solved, int k, int exponent, double[] values, double @Nullable [] vectors) {
    if (vectors == null) {
      System.arraycopy(solved.diagonal(), 0, values, 0, k);
      Arrays.sort(values, 0, k);
    } else {
      spectrum.arrange(solved.size(), k, solved.diagonal(), vectors, values);
    }
    PowerOfTwo.scale(k, -exponent, values, 0);
  }
}
