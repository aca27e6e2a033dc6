package eigengrad.linalg.conquer;

import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import java.util.Arrays;

/**
 * Cuppen's divide and conquer on one unreduced tridiagonal matrix, scaled to elements near 1.
 *
 * <p>The matrix is torn in halves, T = diag(T₁, T₂) + |e|·uuᵀ with |e| taken off the two diagonal
 * elements at the tear, down to leaves that implicit QL solves; then the halves are joined,
 * smallest first. Source: see {@link RankOneMerge}.
 */
final class DivideAndConquer {
  /** Largest order for QL. */
  static final int QL_SIZE = 32;

  private final double[] values;
  private final eigengrad.linalg.sturm.TwistedSolver twisted =
      new eigengrad.linalg.sturm.TwistedSolver();
  private final double[] d;
  private final double[] e;
  private final double[] q;
  private final int n;
  private final RankOneMerge merge;
  private final int leafSize;
  private final int maxIterations;

  private DivideAndConquer(
      TridiagonalMatrix tridiagonal, double[] vectors, int leafSize, int maxIterations) {
    this.d = tridiagonal.diagonal();
    this.e = tridiagonal.offDiagonal();
    this.q = vectors;
    this.n = d.length;
    this.merge = new RankOneMerge(d, q);
    this.values = new double[n];
    this.leafSize = leafSize;
    this.maxIterations = maxIterations;
  }

  /**
   * Values and vectors.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues
   * @param vectors n×n, zero; overwritten by the unit eigenvectors
   * @param leafSize largest order that is not torn, ≥ 2
   * @param maxIterations allowed for each eigenvalue of a leaf, on average
   * @return whether everything converged; if not, nothing is of use
   */
  static boolean solve(
      TridiagonalMatrix tridiagonal, double[] vectors, int leafSize, int maxIterations) {
    DivideAndConquer solver = new DivideAndConquer(tridiagonal, vectors, leafSize, maxIterations);
    return solver.solve(0, solver.n);
  }

  private boolean solve(int first, int size) {
    if (size <= leafSize
        && twisted.solve(size, d, first, e, first, values, q, first * n + first, n)) {
      System.arraycopy(values, 0, d, first, size);
      merge.sort(first, size);
      return true;
    }
    if (size <= Math.min(leafSize, QL_SIZE)) {
      return solveLeaf(first, size);
    }
    int upper = size / 2;
    int tear = first + upper;
    double coupling = e[tear - 1];
    d[tear - 1] -= Math.abs(coupling);
    d[tear] -= Math.abs(coupling);
    return solve(first, upper)
        && solve(tear, size - upper)
        && merge.merge(first, upper, size, coupling);
  }

  private boolean solveLeaf(int first, int size) {
    TridiagonalMatrix leaf =
        new TridiagonalMatrix(
            Arrays.copyOfRange(d, first, first + size),
            Arrays.copyOfRange(e, first, first + size - 1));
    double[] vectors = new double[size * size];
    if (ImplicitQl.solve(leaf, vectors, maxIterations) > 0) {
      return false;
    }
    System.arraycopy(leaf.diagonal(), 0, d, first, size);
    for (int j = 0; j < size; j++) {
      System.arraycopy(vectors, j * size, q, (first + j) * n + first, size);
    }
    merge.sort(first, size);
    return true;
  }
}
