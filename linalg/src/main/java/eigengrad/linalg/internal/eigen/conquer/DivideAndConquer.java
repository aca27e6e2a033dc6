package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * Cuppen's divide and conquer on one unreduced tridiagonal matrix, scaled to elements near 1.
 *
 * <p>The matrix is torn in halves, T = diag(T₁, T₂) + |e|·uuᵀ with |e| taken off the two diagonal
 * elements at the tear, down to what {@link LeafSolver} solves; then the halves are joined,
 * smallest first. Source: see {@link RankOneMerge}.
 */
final class DivideAndConquer implements Halving.Problem {
  private final Halving halving = new Halving(this);
  private final PartialSpectrum spectrum = new PartialSpectrum();

  /** One per worker; the caller's also does the joins above the subtrees. */
  private RankOneMerge[] merges = {};

  private LeafSolver[] leaves = {};

  /** Of the solve being done. */
  private TridiagonalMatrix torn = new TridiagonalMatrix();

  private double[] d = Buffers.NONE;
  private double[] e = Buffers.NONE;
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
    ensure(crew.size());
    spectrum.begin(torn.size(), d, vectors, corner, ld);
    boolean everything = halving.solve(torn.size(), crew);
    spectrum.end();
    return everything;
  }

  private void ensure(int workers) {
    while (merges.length < workers) {
      int worker = merges.length;
      RankOneMerge merge = new RankOneMerge(spectrum);
      leaves = Arrays.copyOf(leaves, worker + 1);
      leaves[worker] = new LeafSolver();
      merges = Arrays.copyOf(merges, worker + 1);
      merges[worker] = merge;
    }
  }

  @Override
  public void tear(int first, int size) {
    merges[0].ensure(size, crew.size());
    takeOffDiagonal(first, size);
  }

  private void takeOffDiagonal(int first, int size) {
    int tear = first + size / 2;
    d[tear - 1] -= Math.abs(e[tear - 1]);
    d[tear] -= Math.abs(e[tear - 1]);
  }

  @Override
  public boolean solve(int first, int size, int worker) {
    return size < torn.size()
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
    takeOffDiagonal(first, size);
    int upper = size / 2;
    boolean halves =
        solveBlock(first, upper, inClusters, worker)
            && solveBlock(first + upper, size - upper, inClusters, worker);
    if (halves) {
      merges[worker].merge(first, upper, size, e[first + upper - 1], Crew.alone());
    }
    return halves;
  }

  @Override
  public void join(int first, int size) {
    int upper = size / 2;
    merges[0].merge(first, upper, size, e[first + upper - 1], crew);
  }
}
