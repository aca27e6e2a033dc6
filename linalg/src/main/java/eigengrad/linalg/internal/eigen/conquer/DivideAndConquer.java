package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * Cuppen's divide and conquer on one unreduced tridiagonal matrix, scaled to elements near 1.
 *
 * <p>The matrix is torn in halves, T = diag(T₁, T₂) + |e|·uuᵀ with |e| taken off the two diagonal
 * elements at the tear, down to what {@link LeafSolver} solves; then the halves are joined,
 * smallest first. Subtrees are solved side by side, each by one worker; the joins above them are
 * shared out within. Source: see {@link RankOneMerge}.
 */
final class DivideAndConquer {
  /** Blocks up to this order, with everything below them, are solved by one worker. */
  private static final int SUBTREE = 256;

  private final ChunkBody subtreeSolution = this::solveSubtree;
  private final PartialSpectrum spectrum = new PartialSpectrum();

  /** One per worker; the caller's also does the joins above the subtrees. */
  private RankOneMerge[] merges = {};

  private LeafSolver[] leaves = {};

  /** Where subtrees start, and the end of the last. */
  private int[] subtrees = {};

  /** Whether each subtree was solved. */
  private boolean[] solved = {};

  private int subtreeCount;

  /** Of the solve being done. */
  private TridiagonalMatrix torn = new TridiagonalMatrix();

  private double[] d = {};
  private double[] e = {};
  private int leafSize;
  private boolean clustered;
  private int maxIterations;
  private Crew crew = Crew.alone();

  /**
   * Values and vectors of a matrix that is torn at least once: what needs no tearing was tried.
   *
   * @param tridiagonal of order ≥ 2; overwritten: its diagonal ends as the eigenvalues
   * @param vectors holds n×n zeros; overwritten by the unit eigenvectors
   * @param corner where they start
   * @param ld from a column to the next
   * @param largestLeaf largest order that is not torn, ≥ 2
   * @param mostlyClustered whether it isn't worth while to look for separated eigenvalues
   * @param iterations allowed for each eigenvalue of a leaf, on average
   * @param workers do the work
   * @return whether everything converged; if not, nothing is of use
   */
  boolean solve(
      TridiagonalMatrix tridiagonal,
      double[] vectors,
      int corner,
      int ld,
      int largestLeaf,
      boolean mostlyClustered,
      int iterations,
      Crew workers) {
    torn = tridiagonal;
    d = torn.diagonal();
    e = torn.offDiagonal();
    leafSize = largestLeaf;
    clustered = mostlyClustered;
    maxIterations = iterations;
    crew = workers;
    ensure(torn.size(), crew.size());
    spectrum.begin(torn, vectors, corner, ld);
    boolean everything = solveAll(torn.size());
    spectrum.end();
    return everything;
  }

  private void ensure(int n, int workers) {
    while (merges.length < workers) {
      int worker = merges.length;
      RankOneMerge merge = new RankOneMerge(spectrum);
      leaves = Arrays.copyOf(leaves, worker + 1);
      leaves[worker] = new LeafSolver();
      merges = Arrays.copyOf(merges, worker + 1);
      merges[worker] = merge;
    }
    int most = 2 * n / SUBTREE + 2;
    subtrees = Buffers.atLeast(subtrees, most);
    solved = solved.length >= most ? solved : new boolean[most];
    subtreeCount = 0;
  }

  private boolean solveAll(int n) {
    tearToSubtrees(0, n);
    subtrees[subtreeCount] = n;
    crew.run(subtreeCount, subtreeSolution);
    for (int i = 0; i < subtreeCount; i++) {
      if (!solved[i]) {
        return false;
      }
    }
    joinSubtrees(0, n);
    return true;
  }

  /** Tears a block above {@link #SUBTREE} and notes where the pieces start, in their order. */
  private void tearToSubtrees(int first, int size) {
    if (size <= SUBTREE) {
      subtrees[subtreeCount++] = first;
    } else {
      merges[0].ensure(size, crew.size());
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
    int first = subtrees[subtree];
    int size = subtrees[subtree + 1] - first;
    solved[subtree] =
        size < torn.size()
            ? solveBlock(first, size, clustered, worker)
            : solveHalves(first, size, clustered, worker);
  }

  private boolean solveBlock(int first, int size, boolean partOfClusters, int worker) {
    LeafSolver leaf = leaves[worker];
    boolean inClusters = partOfClusters;
    if (size <= leafSize) {
      if (!partOfClusters) {
        if (leaf.solveSeparated(torn, first, size, spectrum)) {
          return true;
        }
        inClusters = leaf.mostlyClustered();
      }
      if (LeafSolver.suitsQl(size)) {
        return leaf.solveByQl(torn, first, size, spectrum, maxIterations, crew);
      }
    }
    return solveHalves(first, size, inClusters, worker);
  }

  private boolean solveHalves(int first, int size, boolean inClusters, int worker) {
    merges[worker].ensure(size, 1);
    tear(first, size);
    int upper = size / 2;
    boolean halves =
        solveBlock(first, upper, inClusters, worker)
            && solveBlock(first + upper, size - upper, inClusters, worker);
    if (halves) {
      merges[worker].merge(first, upper, size, e[first + upper - 1], Crew.alone());
    }
    return halves;
  }

  private void joinSubtrees(int first, int size) {
    if (size > SUBTREE) {
      int upper = size / 2;
      joinSubtrees(first, upper);
      joinSubtrees(first + upper, size - upper);
      crew.requireNotInterrupted();
      merges[0].merge(first, upper, size, e[first + upper - 1], crew);
    }
  }
}
