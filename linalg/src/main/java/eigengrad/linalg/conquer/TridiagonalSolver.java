package eigengrad.linalg.conquer;

import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import java.util.Arrays;

/**
 * Solves a tridiagonal eigenproblem whole: splits it where an off-diagonal element is negligible
 * and chooses the algorithm for each block.
 */
public final class TridiagonalSolver {
  private TridiagonalSolver() {}

  /**
   * Values and vectors: implicit QL up to the leaf size, divide and conquer above it, and QL again
   * for a block where that failed.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues, in no particular order
   * @param vectors n×n, overwritten: column j is the unit eigenvector of diagonal element j
   * @param leafSize largest order that divide and conquer does not divide, ≥ 2
   * @param maxIterations of QL allowed for each eigenvalue, on average
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public static int solve(
      TridiagonalMatrix tridiagonal, double[] vectors, int leafSize, int maxIterations) {
    double[] d = tridiagonal.diagonal();
    double[] e = tridiagonal.offDiagonal();
    int n = d.length;
    Arrays.fill(vectors, 0);
    int unconverged = 0;
    for (int first = 0; first < n; ) {
      int end = first + 1;
      while (end < n && !ImplicitQl.negligible(d[end - 1], d[end], e[end - 1])) {
        end++;
      }
      unconverged += solveBlock(d, e, first, end, vectors, leafSize, maxIterations);
      first = end;
    }
    return unconverged;
  }

  /** Solves rows first … end − 1 at the scale of their largest element and puts them in place. */
  private static int solveBlock(
      double[] d,
      double[] e,
      int first,
      int end,
      double[] vectors,
      int leafSize,
      int maxIterations) {
    int n = d.length;
    int size = end - first;
    if (end < n) {
      e[end - 1] = 0;
    }
    double largest = 0;
    for (int i = first; i < end; i++) {
      largest = Math.max(largest, Math.abs(d[i]));
      if (i + 1 < end) {
        largest = Math.max(largest, Math.abs(e[i]));
      }
    }
    int exponent = largest == 0 ? 0 : Math.getExponent(largest);
    TridiagonalMatrix block =
        new TridiagonalMatrix(
            scaled(d, first, end, -exponent), scaled(e, first, end - 1, -exponent));
    double[] blockVectors = new double[size * size];
    int unconverged = 0;
    TridiagonalMatrix solved = copy(block);
    if (size <= leafSize
        || !DivideAndConquer.solve(solved, blockVectors, leafSize, maxIterations)) {
      solved = block;
      blockVectors = identity(size);
      ImplicitQl iteration = new ImplicitQl(solved, new ColumnRotations(size, blockVectors));
      unconverged = iteration.solve(maxIterations);
    } else {
      Arrays.fill(solved.offDiagonal(), 0);
    }
    for (int j = 0; j < size; j++) {
      d[first + j] = Math.scalb(solved.diagonal()[j], exponent);
      if (j + 1 < size) {
        e[first + j] = Math.scalb(solved.offDiagonal()[j], exponent);
      }
      System.arraycopy(blockVectors, j * size, vectors, (first + j) * n + first, size);
    }
    return unconverged;
  }

  private static double[] scaled(double[] x, int from, int to, int exponent) {
    double[] result = Arrays.copyOfRange(x, from, Math.max(from, to));
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.scalb(result[i], exponent);
    }
    return result;
  }

  private static TridiagonalMatrix copy(TridiagonalMatrix tridiagonal) {
    return new TridiagonalMatrix(tridiagonal.diagonal().clone(), tridiagonal.offDiagonal().clone());
  }

  static double[] identity(int n) {
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * n + i] = 1;
    }
    return identity;
  }

  /**
   * Values alone, by implicit QL.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues, in no particular order
   * @param maxIterations allowed for each eigenvalue, on average
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public static int solveValues(TridiagonalMatrix tridiagonal, int maxIterations) {
    return new ImplicitQl(tridiagonal, null).solve(maxIterations);
  }
}
