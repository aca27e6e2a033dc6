package eigengrad.linalg.conquer;

import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.linalg.tridiagonal.PowerOfTwo;
import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import eigengrad.simd.ArraySize;
import java.util.Arrays;

/**
 * Solves a tridiagonal eigenproblem for the pairs of an index range: alone where the matrix does
 * not split and they are separated, else by choosing them from all.
 *
 * <p>Cost for k of n pairs or values: O(nk), or that of all.
 */
public final class RangeSolver {
  private final TridiagonalSolver whole;
  private final AscendingOrder ascending = new AscendingOrder();
  private final TridiagonalMatrix scaled = new TridiagonalMatrix();

  private double[] values = {};

  /** n×n, where all pairs are needed. */
  private double[] allVectors = {};

  /**
   * A solver to be used for any number of matrices, one after the other.
   *
   * @param whole finds all pairs where it must be
   */
  public RangeSolver(TridiagonalSolver whole) {
    this.whole = whole;
  }

  /**
   * Values and vectors of the pairs first … end − 1, counted from the smallest eigenvalue.
   *
   * @param tridiagonal overwritten: its diagonal begins with the wanted eigenvalues, in no
   *     particular order
   * @param first index of the first pair, ≥ 0
   * @param end one beyond the last, from first to n
   * @param vectors n×(end − first), overwritten: column j is the unit eigenvector of value j
   * @param leafSize as for {@link TridiagonalSolver#solve}
   * @param maxIterations as for {@link TridiagonalSolver#solve}
   * @param crew does the work
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public int solve(
      TridiagonalMatrix tridiagonal,
      int first,
      int end,
      double[] vectors,
      int leafSize,
      int maxIterations,
      Crew crew) {
    if (first == end || solveSeparated(tridiagonal, first, end, vectors, crew)) {
      return 0;
    }
    int n = tridiagonal.size();
    int elements =
        ArraySize.of(
            "range of eigenvectors that are not found without the others",
            n,
            n,
            "ask for the values alone");
    allVectors = Buffers.atLeast(allVectors, elements);
    Arrays.fill(allVectors, 0, elements, 0);
    int unconverged = whole.solve(tridiagonal, allVectors, leafSize, maxIterations, crew);
    if (unconverged == 0) {
      choose(tridiagonal, first, end, vectors);
    }
    return unconverged;
  }

  /**
   * Values alone.
   *
   * @param tridiagonal overwritten: its diagonal begins with the wanted eigenvalues, in no
   *     particular order
   * @param first index of the first value, ≥ 0
   * @param end one beyond the last, from first to n
   * @param crew whose interruption ends the search
   * @return how many eigenvalues were not found: 0 for success
   */
  public int solveValues(TridiagonalMatrix tridiagonal, int first, int end, Crew crew) {
    int n = tridiagonal.size();
    int k = end - first;
    if (k == 0) {
      return 0;
    }
    int exponent = takeScaled(tridiagonal);
    if (isOneBlock()) {
      values = Buffers.atLeast(values, k);
      int unfinished = whole.findValues(scaled, first, end, crew, values);
      putValues(values, k, exponent, tridiagonal);
      return unfinished;
    }
    int unfinished = whole.solveValues(tridiagonal, crew);
    double[] all = tridiagonal.diagonal();
    Arrays.sort(all, 0, n);
    System.arraycopy(all, first, all, 0, k);
    return unfinished;
  }

  /** Whether the pairs could be found without the others; if not, the matrix is as it was. */
  private boolean solveSeparated(
      TridiagonalMatrix tridiagonal, int first, int end, double[] vectors, Crew crew) {
    int n = tridiagonal.size();
    int exponent = takeScaled(tridiagonal);
    boolean solved = isOneBlock() && whole.solveSeparated(scaled, first, end, vectors, 0, n, crew);
    if (solved) {
      putValues(whole.separatedValues(), end - first, exponent, tridiagonal);
    }
    return solved;
  }

  /** Scales a copy to elements near 1; returns the exponent. */
  private int takeScaled(TridiagonalMatrix tridiagonal) {
    scaled.copyBlock(tridiagonal, 0, tridiagonal.size());
    return scaled.scaleToOne();
  }

  private boolean isOneBlock() {
    return scaled.size() > 1 && TridiagonalSolver.blockEnd(scaled, 0) == scaled.size();
  }

  private static void putValues(double[] found, int k, int exponent, TridiagonalMatrix target) {
    System.arraycopy(found, 0, target.diagonal(), 0, k);
    PowerOfTwo.scale(k, -exponent, target.diagonal(), 0);
  }

  private void choose(TridiagonalMatrix tridiagonal, int first, int end, double[] vectors) {
    int n = tridiagonal.size();
    int k = end - first;
    int[] order = ascending.of(n, tridiagonal.diagonal());
    values = Buffers.atLeast(values, k);
    for (int j = 0; j < k; j++) {
      int from = order[first + j];
      values[j] = tridiagonal.diagonal()[from];
      System.arraycopy(allVectors, from * n, vectors, j * n, n);
    }
    putValues(values, k, 0, tridiagonal);
  }
}
