package eigengrad.linalg.conquer;

import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import eigengrad.simd.Kernels;
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
   * @param crew does the work
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public static int solve(
      TridiagonalMatrix tridiagonal, double[] vectors, int leafSize, int maxIterations, Crew crew) {
    double[] d = tridiagonal.diagonal();
    double[] e = tridiagonal.offDiagonal();
    int n = d.length;
    Arrays.fill(vectors, 0);
    int exponent = scaleToOne(d, e);
    int unconverged = 0;
    for (int first = 0; first < n; ) {
      int end = first + 1;
      while (end < n && !ImplicitQl.negligible(d[end - 1], d[end], e[end - 1])) {
        end++;
      }
      if (end < n) {
        e[end - 1] = 0;
      }
      TridiagonalMatrix block =
          new TridiagonalMatrix(
              Arrays.copyOfRange(d, first, end), Arrays.copyOfRange(e, first, end - 1));
      double[] blockVectors = new double[block.size() * block.size()];
      unconverged += solveBlock(block, blockVectors, leafSize, maxIterations, crew);
      putBack(block, blockVectors, first, tridiagonal, vectors);
      first = end;
    }
    scale(d, -exponent);
    scale(e, -exponent);
    return unconverged;
  }

  /**
   * Values alone, by implicit QL.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues, in no particular order
   * @param maxIterations allowed for each eigenvalue, on average
   * @param crew does the work
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public static int solveValues(TridiagonalMatrix tridiagonal, int maxIterations, Crew crew) {
    double[] d = tridiagonal.diagonal();
    double[] e = tridiagonal.offDiagonal();
    int exponent = scaleToOne(d, e);
    int unconverged = new ImplicitQl(tridiagonal, null, crew).solve(maxIterations);
    scale(d, -exponent);
    scale(e, -exponent);
    return unconverged;
  }

  /**
   * Solves one unreduced block at its own scale: what is negligible in it may not be judged by the
   * size of others.
   */
  private static int solveBlock(
      TridiagonalMatrix block, double[] vectors, int leafSize, int maxIterations, Crew crew) {
    double[] d = block.diagonal();
    double[] e = block.offDiagonal();
    int size = d.length;
    int exponent = scaleToOne(d, e);
    int unconverged = 0;
    if (size <= leafSize || !divideAndConquer(block, vectors, leafSize, maxIterations, crew)) {
      unconverged = ImplicitQl.solve(block, vectors, maxIterations, crew);
    }
    scale(d, -exponent);
    scale(e, -exponent);
    return unconverged;
  }

  /** Divide and conquer, which leaves the block as it was where it fails. */
  private static boolean divideAndConquer(
      TridiagonalMatrix block, double[] vectors, int leafSize, int maxIterations, Crew crew) {
    TridiagonalMatrix divided =
        new TridiagonalMatrix(block.diagonal().clone(), block.offDiagonal().clone());
    boolean solved = DivideAndConquer.solve(divided, vectors, leafSize, maxIterations, crew);
    if (solved) {
      System.arraycopy(divided.diagonal(), 0, block.diagonal(), 0, block.size());
      Arrays.fill(block.offDiagonal(), 0);
    }
    return solved;
  }

  private static void putBack(
      TridiagonalMatrix block,
      double[] blockVectors,
      int first,
      TridiagonalMatrix tridiagonal,
      double[] vectors) {
    int n = tridiagonal.size();
    int size = block.size();
    System.arraycopy(block.diagonal(), 0, tridiagonal.diagonal(), first, size);
    System.arraycopy(block.offDiagonal(), 0, tridiagonal.offDiagonal(), first, size - 1);
    for (int j = 0; j < size; j++) {
      System.arraycopy(blockVectors, j * size, vectors, (first + j) * n + first, size);
    }
  }

  /** Scales to elements near 1 by a power of two; returns its exponent. */
  private static int scaleToOne(double[] d, double[] e) {
    Kernels kernels = Kernels.active();
    double largest = Math.max(kernels.maxAbs(d.length, d, 0), kernels.maxAbs(e.length, e, 0));
    int exponent = largest == 0 ? 0 : -Math.getExponent(largest);
    scale(d, exponent);
    scale(e, exponent);
    return exponent;
  }

  private static void scale(double[] x, int exponent) {
    if (exponent != 0) {
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.scalb(x[i], exponent);
      }
    }
  }
}
