package eigengrad.linalg.conquer;

import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuppen's divide and conquer on one unreduced tridiagonal matrix, scaled to elements near 1.
 *
 * <p>The matrix is torn in halves, T = diag(T₁, T₂) + |e|·uuᵀ with |e| taken off the two diagonal
 * elements at the tear, down to leaves that implicit QL solves; then the halves are joined,
 * smallest first. Subtrees are solved side by side, each by one worker; the joins above them are
 * shared out within. Source: see {@link RankOneMerge}.
 */
final class DivideAndConquer {
  /** Blocks up to this order, with everything below them, are solved by one worker. */
  private static final int SUBTREE = 256;

  private final double[] d;
  private final double[] e;
  private final double[] q;
  private final int n;
  private final int[] order;
  private final Crew crew;

  /** One a worker; those of the helpers are made when needed. */
  private final @Nullable RankOneMerge[] merges;

  private final int leafSize;
  private final int maxIterations;

  /** Where subtrees start, and the end of the last; and whether each was solved. */
  private final int[] subtrees;

  private final boolean[] solved;
  private int subtreeCount;

  private DivideAndConquer(
      TridiagonalMatrix tridiagonal, double[] vectors, int leafSize, int maxIterations, Crew crew) {
    this.d = tridiagonal.diagonal();
    this.e = tridiagonal.offDiagonal();
    this.q = vectors;
    this.n = d.length;
    this.order = new int[n];
    this.crew = crew;
    this.merges = new RankOneMerge[crew.size()];
    this.merges[0] = new RankOneMerge(n, crew.size(), d, order, q);
    this.leafSize = leafSize;
    this.maxIterations = maxIterations;
    int most = 2 * n / SUBTREE + 2;
    this.subtrees = new int[most];
    this.solved = new boolean[most];
  }

  /**
   * Values and vectors.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues
   * @param vectors n×n, zero; overwritten by the unit eigenvectors
   * @param leafSize largest order that is not torn, ≥ 2
   * @param maxIterations allowed for each eigenvalue of a leaf, on average
   * @param crew does the work
   * @return whether everything converged; if not, nothing is of use
   */
  static boolean solve(
      TridiagonalMatrix tridiagonal, double[] vectors, int leafSize, int maxIterations, Crew crew) {
    return new DivideAndConquer(tridiagonal, vectors, leafSize, maxIterations, crew).solve();
  }

  private boolean solve() {
    tearToSubtrees(0, n);
    subtrees[subtreeCount] = n;
    crew.run(subtreeCount, this::solveSubtree);
    for (int i = 0; i < subtreeCount; i++) {
      if (!solved[i]) {
        return false;
      }
    }
    return joinSubtrees(0, n);
  }

  /** Tears a block above {@link #SUBTREE} and notes where the pieces start, in their order. */
  private void tearToSubtrees(int first, int size) {
    if (size <= SUBTREE) {
      subtrees[subtreeCount++] = first;
    } else {
      tear(first, size);
      tearToSubtrees(first, size / 2);
      tearToSubtrees(first + size / 2, size - size / 2);
    }
  }

  private void tear(int first, int size) {
    int tear = first + size / 2;
    d[tear - 1] -= Math.abs(e[tear - 1]);
    d[tear] -= Math.abs(e[tear - 1]);
  }

  private void solveSubtree(int subtree, int worker) {
    RankOneMerge merge = merges[worker];
    if (merge == null) {
      merge = new RankOneMerge(SUBTREE, 1, d, order, q);
      merges[worker] = merge;
    }
    int first = subtrees[subtree];
    solved[subtree] = solve(first, subtrees[subtree + 1] - first, merge);
  }

  private boolean solve(int first, int size, RankOneMerge merge) {
    if (size <= leafSize) {
      return solveLeaf(first, size);
    }
    tear(first, size);
    int upper = size / 2;
    return solve(first, upper, merge)
        && solve(first + upper, size - upper, merge)
        && merge.merge(first, upper, size, e[first + upper - 1], Crew.alone());
  }

  private boolean joinSubtrees(int first, int size) {
    if (size <= SUBTREE) {
      return true;
    }
    int upper = size / 2;
    return joinSubtrees(first, upper)
        && joinSubtrees(first + upper, size - upper)
        && join(first, upper, size);
  }

  private boolean join(int first, int upper, int size) {
    crew.requireNotInterrupted();
    RankOneMerge merge = merges[0];
    return merge != null && merge.merge(first, upper, size, e[first + upper - 1], crew);
  }

  private boolean solveLeaf(int first, int size) {
    TridiagonalMatrix leaf =
        new TridiagonalMatrix(
            Arrays.copyOfRange(d, first, first + size),
            Arrays.copyOfRange(e, first, first + size - 1));
    double[] vectors = new double[size * size];
    if (ImplicitQl.solve(leaf, vectors, maxIterations, crew) > 0) {
      return false;
    }
    System.arraycopy(leaf.diagonal(), 0, d, first, size);
    for (int j = 0; j < size; j++) {
      System.arraycopy(vectors, j * size, q, (first + j) * n + first, size);
    }
    BlockOrder.sort(first, size, d, order);
    return true;
  }
}
