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
  private final Kernels kernels = Kernels.active();
  private final ImplicitQl ql = new ImplicitQl();
  private final DivideAndConquer divideAndConquer = new DivideAndConquer();
  private final TridiagonalMatrix block = new TridiagonalMatrix();
  private final TridiagonalMatrix divided = new TridiagonalMatrix();

  /** A solver to be used for any number of matrices, one after the other. */
  public TridiagonalSolver() {}

  /**
   * Values and vectors: implicit QL up to the leaf size, divide and conquer above it, and QL again
   * for a block where that failed.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues, in no particular order
   * @param vectors n×n zeros, overwritten: column j is the unit eigenvector of diagonal element j
   * @param leafSize largest order that divide and conquer does not divide, ≥ 2
   * @param maxIterations of QL allowed for each eigenvalue, on average
   * @param crew does the work
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public int solve(
      TridiagonalMatrix tridiagonal, double[] vectors, int leafSize, int maxIterations, Crew crew) {
    double[] d = tridiagonal.diagonal();
    double[] e = tridiagonal.offDiagonal();
    int n = tridiagonal.size();
    int exponent = scaleToOne(tridiagonal);
    int unconverged = 0;
    for (int first = 0; first < n; ) {
      int end = first + 1;
      while (end < n && !ImplicitQl.negligible(d[end - 1], d[end], e[end - 1])) {
        end++;
      }
      if (end < n) {
        e[end - 1] = 0;
      }
      block.copyBlock(tridiagonal, first, end - first);
      unconverged += solveBlock(vectors, first * n + first, n, leafSize, maxIterations, crew);
      block.putBack(tridiagonal, first);
      first = end;
    }
    scale(tridiagonal, -exponent);
    return unconverged;
  }

  /**
   * Values alone, by implicit QL.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues, in no particular order
   * @param maxIterations allowed for each eigenvalue, on average
   * @param crew whose interruption ends the iteration
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public int solveValues(TridiagonalMatrix tridiagonal, int maxIterations, Crew crew) {
    int exponent = scaleToOne(tridiagonal);
    int unconverged = ql.solveValues(tridiagonal, maxIterations, crew);
    scale(tridiagonal, -exponent);
    return unconverged;
  }

  /**
   * Solves one unreduced block at its own scale: what is negligible in it may not be judged by the
   * size of others.
   *
   * @param corner where its vectors start
   * @param ld from one of them to the next
   */
  private int solveBlock(
      double[] vectors, int corner, int ld, int leafSize, int maxIterations, Crew crew) {
    int exponent = scaleToOne(block);
    int unconverged = 0;
    if (block.size() <= leafSize
        || !divideAndConquer(vectors, corner, ld, leafSize, maxIterations, crew)) {
      unconverged = ql.solve(block, vectors, corner, ld, maxIterations, crew);
    }
    scale(block, -exponent);
    return unconverged;
  }

  /** Divide and conquer, which leaves the block as it was where it fails. */
  private boolean divideAndConquer(
      double[] vectors, int corner, int ld, int leafSize, int maxIterations, Crew crew) {
    int n = block.size();
    divided.copyBlock(block, 0, n);
    boolean solved =
        divideAndConquer.solve(divided, vectors, corner, ld, leafSize, maxIterations, crew);
    if (solved) {
      Arrays.fill(divided.offDiagonal(), 0, n - 1, 0);
      divided.putBack(block, 0);
    }
    return solved;
  }

  /** Scales to elements near 1 by a power of two; returns its exponent. */
  private int scaleToOne(TridiagonalMatrix matrix) {
    int n = matrix.size();
    double largest =
        Math.max(
            kernels.maxAbs(n, matrix.diagonal(), 0),
            kernels.maxAbs(Math.max(n - 1, 0), matrix.offDiagonal(), 0));
    int exponent = largest == 0 ? 0 : -Math.getExponent(largest);
    scale(matrix, exponent);
    return exponent;
  }

  private static void scale(TridiagonalMatrix matrix, int exponent) {
    if (exponent != 0) {
      scale(matrix.size(), matrix.diagonal(), exponent);
      scale(matrix.size() - 1, matrix.offDiagonal(), exponent);
    }
  }

  private static void scale(int n, double[] x, int exponent) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.scalb(x[i], exponent);
    }
  }
}
