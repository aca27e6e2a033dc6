package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;

/**
 * The order in which divide and conquer does its work: rows are halved down to subtrees, which are
 * solved side by side, each by one worker; the joins above them follow, smallest first, each shared
 * out within. It depends on the number of rows alone.
 */
public final class Halving {
  /** Blocks up to this order, with everything below them, are solved by one worker. */
  private static final int SUBTREE = 256;

  /** What is to be divided. */
  public interface Problem {
    /**
     * Tears a block into size / 2 rows and the others, the largest block first.
     *
     * @param first row
     * @param size rows
     */
    void tear(int first, int size);

    /**
     * Solves a block that isn't divided any further here.
     *
     * @param first row
     * @param size rows
     * @param worker who does it
     * @return whether it was solved
     */
    boolean solve(int first, int size, int worker);

    /**
     * Joins what was torn, the caller being worker 0.
     *
     * @param first row
     * @param size rows
     */
    void join(int first, int size);
  }

  private final ChunkBody subtreeSolution = this::solveSubtree;
  private final Problem problem;

  /** Where subtrees start, and the end of the last. */
  private int[] subtrees = Buffers.NO_INDICES;

  /** Whether each subtree was solved. */
  private boolean[] solved = {};

  private int subtreeCount;

  /**
   * Halving, for any number of solves, one after the other.
   *
   * @param problem to be divided
   */
  public Halving(Problem problem) {
    this.problem = problem;
  }

  /**
   * Solves the problem.
   *
   * @param n rows
   * @param crew does the work
   * @return whether every subtree was solved; if not, nothing was joined
   */
  public boolean solve(int n, Crew crew) {
    int most = 2 * n / SUBTREE + 2;
    subtrees = Buffers.atLeast(subtrees, most);
    solved = solved.length >= most ? solved : new boolean[most];
    subtreeCount = 0;
    tearToSubtrees(0, n);
    subtrees[subtreeCount] = n;
    crew.run(subtreeCount, subtreeSolution);
    for (int i = 0; i < subtreeCount; i++) {
      if (!solved[i]) {
        return false;
      }
    }
    joinSubtrees(0, n, crew);
    return true;
  }

  private void tearToSubtrees(int first, int size) {
    if (size <= SUBTREE) {
      subtrees[subtreeCount++] = first;
    } else {
      problem.tear(first, size);
      tearToSubtrees(first, size / 2);
      tearToSubtrees(first + size / 2, size - size / 2);
    }
  }

  private void solveSubtree(int subtree, int worker) {
    int first = subtrees[subtree];
    solved[subtree] = problem.solve(first, subtrees[subtree + 1] - first, worker);
  }

  private void joinSubtrees(int first, int size, Crew crew) {
    if (size > SUBTREE) {
      joinSubtrees(first, size / 2, crew);
      joinSubtrees(first + size / 2, size - size / 2, crew);
      crew.requireNotInterrupted();
      problem.join(first, size);
    }
  }
}
