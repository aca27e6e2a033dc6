package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.eigen.sturm.EigenvalueSearch;
import eigengrad.linalg.internal.eigen.sturm.TwistedSolver;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lazy;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * Solves a tridiagonal eigenproblem whole: splits it where an off-diagonal element is negligible
 * and chooses the algorithm for each block.
 */
public final class TridiagonalSolver {
  /** More than clusters need in which every sweep but halves the brackets. */
  private static final int MAX_SWEEPS = 400;

  /** Up to here QL is faster, wherever the eigenvalues are. */
  private static final int FEW = 6;

  /** Up to here QL is faster where a third of the couplings are small. */
  private static final int FEW_IF_SMALL = 12;

  /** The square of a small coupling over the product of the diagonal elements that it couples. */
  private static final double SMALL = 0.25;

  /** The same of one so weak that an eigenvalue on both its sides is a cluster. */
  private static final double WEAK = 0x1p-66;

  /** So many weak couplings tell of clusters, or one for so many rows if these are fewer. */
  private static final int FEW_PIECES = 4;

  private static final int ROWS_OF_A_PIECE = 8;

  private final Lazy<ImplicitQl> ql = new Lazy<>(ImplicitQl::new);
  private final Lazy<TwistedSolver> twisted = new Lazy<>(TwistedSolver::new);
  private final Lazy<EigenvalueSearch> search = new Lazy<>(EigenvalueSearch::new);
  private final Lazy<DivideAndConquer> divideAndConquer = new Lazy<>(DivideAndConquer::new);
  private final TridiagonalMatrix block = new TridiagonalMatrix();

  /** Of the block, for what may fail. */
  private final TridiagonalMatrix copy = new TridiagonalMatrix();

  private double[] values = Buffers.NONE;

  /** A solver to be used for any number of matrices, one after the other. */
  public TridiagonalSolver() {}

  /**
   * Values and vectors: implicit QL for a few rows; else twisted factorisations where the
   * eigenvalues are separated and look so; else QL for a small block, divide and conquer for a
   * larger one, and QL where that failed.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues, in no particular order
   * @param vectors n×n zeros, overwritten: column j is the unit eigenvector of diagonal element j
   * @param leafSize largest order that is not divided as long as its eigenvalues are separated, ≥ 2
   * @param maxIterations of QL allowed for each eigenvalue, on average
   * @param crew does the work
   * @return how many off-diagonal elements did not vanish: 0 for success
   */
  public int solve(
      TridiagonalMatrix tridiagonal, double[] vectors, int leafSize, int maxIterations, Crew crew) {
    int n = tridiagonal.size();
    int exponent = tridiagonal.scaleToOne();
    int unconverged = 0;
    for (int first = 0; first < n; first += block.size()) {
      takeBlock(tridiagonal, first);
      int corner = first * n + first;
      if (block.size() == 1) {
        vectors[corner] = 1;
      } else {
        unconverged += solveBlock(vectors, corner, n, leafSize, maxIterations, crew);
        block.putBack(tridiagonal, first);
      }
    }
    tridiagonal.scale(-exponent);
    return unconverged;
  }

  /**
   * Values alone, by Sturm counts and Laguerre's method.
   *
   * @param tridiagonal overwritten: its diagonal ends as the eigenvalues, in no particular order
   * @param crew whose interruption ends the search
   * @return how many eigenvalues were not found: 0 for success
   */
  public int solveValues(TridiagonalMatrix tridiagonal, Crew crew) {
    int n = tridiagonal.size();
    int exponent = tridiagonal.scaleToOne();
    int unconverged = 0;
    values = Buffers.atLeast(values, n);
    for (int first = 0; first < n; first += block.size()) {
      takeBlock(tridiagonal, first);
      if (block.size() > 1) {
        unconverged += solveBlockValues(crew);
        block.putBack(tridiagonal, first);
      }
    }
    tridiagonal.scale(-exponent);
    return unconverged;
  }

  private int solveBlockValues(Crew crew) {
    int n = block.size();
    int exponent = block.scaleToOne();
    int unfinished = findValues(block, 0, n, crew, values);
    System.arraycopy(values, 0, block.diagonal(), 0, n);
    block.scale(-exponent);
    return unfinished;
  }

  /** Copies the unreduced block that starts at a row. */
  private void takeBlock(TridiagonalMatrix tridiagonal, int first) {
    block.copyBlock(tridiagonal, first, blockEnd(tridiagonal, first) - first);
  }

  /** One beyond the last row of the unreduced block that starts at a row. */
  static int blockEnd(TridiagonalMatrix tridiagonal, int first) {
    double[] d = tridiagonal.diagonal();
    double[] e = tridiagonal.offDiagonal();
    int end = first + 1;
    while (end < tridiagonal.size() && !ImplicitQl.negligible(d[end - 1], d[end], e[end - 1])) {
      end++;
    }
    return end;
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
    int exponent = block.scaleToOne();
    int unconverged = 0;
    int n = block.size();
    boolean whole = n <= leafSize;
    boolean futile = whole && searchIsFutile();
    if (whole && !futile && solveSeparated(block, 0, n, vectors, corner, ld, crew)) {
      System.arraycopy(separatedValues(), 0, block.diagonal(), 0, n);
    } else if ((whole && LeafSolver.suitsQl(n))
        || !divideAndConquer(
            vectors,
            corner,
            ld,
            leafSize,
            futile || (whole && twisted.get().mostlyClustered()),
            maxIterations,
            crew)) {
      unconverged = solveByQl(vectors, corner, ld, maxIterations, futile, crew);
    }
    block.scale(-exponent);
    return unconverged;
  }

  /** QL, and where it fails the search, if that was left out: it needs none of QL's iterations. */
  private int solveByQl(
      double[] vectors, int corner, int ld, int maxIterations, boolean maySearch, Crew crew) {
    int n = block.size();
    copy.copyBlock(block, 0, n);
    int unconverged = ql.get().solve(block, vectors, corner, ld, maxIterations, crew);
    if (unconverged > 0 && maySearch && solveSeparated(copy, 0, n, vectors, corner, ld, crew)) {
      System.arraycopy(separatedValues(), 0, block.diagonal(), 0, n);
      return 0;
    }
    return unconverged;
  }

  /**
   * Whether a search for separated eigenvalues would come to nothing, or take longer than QL.
   *
   * <p>A matrix with few different eigenvalues is reduced to nearly uncoupled pieces, each of which
   * has all of them; where pieces have eigenvalues of their own, QL and divide and conquer are
   * quick as well. QL is also quick where couplings are small beside the diagonal, as those of
   * covariances are.
   */
  private boolean searchIsFutile() {
    double[] d = block.diagonal();
    double[] e = block.offDiagonal();
    int n = block.size();
    int weak = 0;
    int small = 0;
    for (int i = 0; i < n - 1; i++) {
      double square = e[i] * e[i];
      double product = Math.abs(d[i] * d[i + 1]);
      weak += square <= WEAK * product ? 1 : 0;
      small += square <= SMALL * product ? 1 : 0;
    }
    return n <= FEW
        || weak >= Math.clamp(n / ROWS_OF_A_PIECE, 1, FEW_PIECES)
        || (n <= FEW_IF_SMALL && 3 * small >= n - 1);
  }

  /**
   * The pairs first … end − 1 of an unreduced block with elements near 1, if they are separated.
   *
   * @return whether they are; then {@link #separatedValues} has the values, else the vectors are 0
   */
  boolean solveSeparated(
      TridiagonalMatrix scaled,
      int first,
      int end,
      double[] vectors,
      int corner,
      int ld,
      Crew crew) {
    return TwistedSolver.suits(scaled.size(), end - first)
        && twisted
            .get()
            .solve(
                scaled.size(),
                scaled.diagonal(),
                0,
                scaled.offDiagonal(),
                0,
                first,
                end,
                vectors,
                corner,
                ld,
                crew);
  }

  /**
   * The vectors for values that {@link #findValues} found, if these are separated.
   *
   * @return whether they are; then {@link #separatedValues} has the values
   */
  boolean solveFound(
      TridiagonalMatrix scaled,
      int count,
      double[] found,
      double[] vectors,
      int corner,
      int ld,
      Crew crew) {
    return TwistedSolver.suits(scaled.size(), count)
        && twisted
            .get()
            .solveFor(
                scaled.size(),
                scaled.diagonal(),
                0,
                scaled.offDiagonal(),
                0,
                count,
                found,
                search.get().norm(),
                vectors,
                corner,
                ld,
                crew);
  }

  /** The array itself, of which the first elements count. */
  double[] separatedValues() {
    return twisted.get().values();
  }

  /** A bound of the norm of the matrix whose values were found last. */
  double foundNorm() {
    return search.get().norm();
  }

  /**
   * The values first … end − 1 of an unreduced block with elements near 1, ascending.
   *
   * @return how many were not found
   */
  int findValues(TridiagonalMatrix scaled, int first, int end, Crew crew, double[] result) {
    double[] d = scaled.diagonal();
    double[] e = scaled.offDiagonal();
    return search.get().find(scaled.size(), d, 0, e, 0, first, end, MAX_SWEEPS, crew, result);
  }

  /** Divide and conquer, which leaves the block as it was where it fails. */
  private boolean divideAndConquer(
      double[] vectors,
      int corner,
      int ld,
      int leafSize,
      boolean clustered,
      int maxIterations,
      Crew crew) {
    int n = block.size();
    copy.copyBlock(block, 0, n);
    boolean solved =
        divideAndConquer
            .get()
            .solve(copy, vectors, corner, ld, leafSize, clustered, maxIterations, crew);
    if (solved) {
      Arrays.fill(copy.offDiagonal(), 0, n - 1, 0);
      copy.putBack(block, 0);
    }
    return solved;
  }
}
