package eigengrad.linalg.conquer;

import eigengrad.linalg.tridiagonal.TridiagonalMatrix;

/**
 * Solves a tridiagonal eigenproblem whole: the place where one algorithm is chosen over another.
 */
public final class TridiagonalSolver {
  private TridiagonalSolver() {}

  /**
   * Values and vectors.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues, in no particular order
   * @param vectors n×n, overwritten: column j is the unit eigenvector of diagonal element j
   * @param maxIterations allowed for each eigenvalue, on average
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public static int solve(TridiagonalMatrix tridiagonal, double[] vectors, int maxIterations) {
    int n = tridiagonal.size();
    java.util.Arrays.fill(vectors, 0);
    for (int i = 0; i < n; i++) {
      vectors[i * n + i] = 1;
    }
    return new ImplicitQl(tridiagonal, new ColumnRotations(n, vectors)).solve(maxIterations);
  }

  /**
   * Values alone, with the same bits as {@link #solve} gives them.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues, in no particular order
   * @param maxIterations allowed for each eigenvalue, on average
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public static int solveValues(TridiagonalMatrix tridiagonal, int maxIterations) {
    return new ImplicitQl(tridiagonal, null).solve(maxIterations);
  }
}
