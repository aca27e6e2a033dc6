package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Ranges;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Orthonormal eigenvectors of a symmetric tridiagonal matrix for some of its eigenvalues, which may
 * be clustered.
 *
 * <p>x ← (T − λ)⁻¹x from a random start, kept orthogonal to the vectors before it by Gram-Schmidt
 * steps, until its residual is at rounding: two or three times. In a cluster each vector comes from
 * what the others have left of its space.
 *
 * <p>Cost for k vectors: about 60nk flops and 12nk². Memory: 5n numbers beside them. Source: J. H.
 * Wilkinson, <i>The Algebraic Eigenvalue Problem</i>, 1965, chapter 5; LAPACK's {@code dstein}.
 */
public final class InverseIteration {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /**
   * How far above its eigenvalue a shift is, relative to the norm. In a tight cluster the vectors
   * before would else be amplified most, and what is left without them be mostly rounding errors.
   */
  private static final double OFFSET = 0.5 * UNIT_ROUNDOFF;

  /** Residuals, relative to the norm, that leave nothing to be desired. */
  private static final double SMALL_RESIDUAL = 4 * UNIT_ROUNDOFF;

  /** Residuals that must do. */
  private static final double LARGEST_RESIDUAL = 16 * UNIT_ROUNDOFF;

  /**
   * How far the Rayleigh quotient of a vector may be from the value that it was sought for, twice
   * as far with each shift: in a cluster it may be that of a neighbour, if there is nothing nearer.
   */
  private static final double CLUSTER = 16 * UNIT_ROUNDOFF;

  /** How far from it the quotient of the same rank may be. */
  private static final double NEAR = 32 * UNIT_ROUNDOFF;

  /** Steps with a shift, and most shifts, each twice as far away as the one before. */
  private static final int STEPS = 3;

  private static final int MOST_ATTEMPTS = 6;

  /** Most Gram-Schmidt steps; one that leaves so much of a unit vector is the last. */
  private static final int MOST_PASSES = 4;

  private static final double MUCH = 0.5;

  /** Rows in a chunk of orthogonalisation: so much of x stays in the first cache. */
  private static final int ROWS = 2048;

  private final ShiftedFactors factors = new ShiftedFactors();
  private final ChunkBody projecting = this::project;
  private final ChunkBody subtracting = this::subtract;

  /** Inner products with the vectors before, chunk by chunk, and their sums. */
  private double[] partial = Buffers.NONE;

  private double[] products = Buffers.NONE;

  /** Rayleigh quotients of the vectors, as they come and sorted. */
  private double[] quotients = Buffers.NONE;

  private double[] ascending = Buffers.NONE;
  private int chunks;

  private int n;
  private double[] v = Buffers.NONE;
  private int offset;
  private int ld;

  /** How many vectors are done; the next is being iterated. */
  private int done;

  /** From the eigenvalue to the Rayleigh quotient of the vector being iterated. */
  private double correction;

  private long random;

  /** A solver that grows its arrays as needed. */
  public InverseIteration() {}

  /**
   * Finds vectors.
   *
   * @param order n of T, ≥ 1
   * @param d diagonal, elements at most 2 in magnitude
   * @param dOffset where it starts
   * @param e n − 1 off-diagonal elements, at most 2 in magnitude
   * @param eOffset where they start
   * @param k how many vectors
   * @param values k neighbouring eigenvalues, ascending, as exact as rounding allows, as often as
   *     they occur; overwritten by those of the vectors, which may be in another order
   * @param norm a bound of ‖T‖₂, > 0, at most a few times as large
   * @param vectors its k columns are overwritten by the unit eigenvectors
   * @param vectorsOffset where they start
   * @param vectorsLd from one to the next
   * @param maxRounds how often to begin again, from the other end of the values each time
   * @param crew does the work
   * @return whether every vector converged
   */
  public boolean solve(
      int order,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int k,
      double[] values,
      double norm,
      double[] vectors,
      int vectorsOffset,
      int vectorsLd,
      int maxRounds,
      Crew crew) {
    n = order;
    v = vectors;
    offset = vectorsOffset;
    ld = vectorsLd;
    chunks = Ranges.count(n, ROWS);
    partial = Buffers.atLeast(partial, chunks * k);
    products = Buffers.atLeast(products, k);
    quotients = Buffers.atLeast(quotients, k);
    ascending = Buffers.atLeast(ascending, k);
    try {
      boolean found = false;
      for (int round = 0; round < maxRounds && !found; round++) {
        found = solveAll(d, dOffset, e, eOffset, k, values, norm, round, crew);
      }
      return found;
    } finally {
      v = Buffers.NONE;
    }
  }

  private boolean solveAll(
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int k,
      double[] values,
      double norm,
      int round,
      Crew crew) {
    for (done = 0; done < k; done++) {
      int sought = round % 2 == 0 ? done : k - 1 - done;
      random = (long) round * k + done;
      if (!iterate(d, dOffset, e, eOffset, values[sought], norm, crew)) {
        return false;
      }
    }
    return takeQuotients(k, values, NEAR * norm);
  }

  private boolean iterate(
      double[] d, int dOffset, double[] e, int eOffset, double value, double norm, Crew crew) {
    double smallest = UNIT_ROUNDOFF * norm;
    double distance = OFFSET * norm;
    double cluster = CLUSTER * norm;
    start();
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      factors.factorise(n, d, dOffset, e, eOffset, value + distance, smallest);
      double limit = (attempt == 0 ? SMALL_RESIDUAL : LARGEST_RESIDUAL) * norm;
      for (int step = 0; step < STEPS; step++) {
        crew.requireNotInterrupted();
        factors.solve(v, column());
        normalise();
        if (!orthogonalise(crew)) {
          start();
        } else if (residual(d, dOffset, e, eOffset, value) <= limit
            && Math.abs(correction) <= cluster) {
          noteQuotient(value + correction);
          return true;
        }
      }
      distance *= 2;
      cluster *= 2;
    }
    return false;
  }

  private int column() {
    return offset + done * ld;
  }

  /** Random numbers from −1 to 1, the same for the same vector of every matrix. */
  private void start() {
    for (int i = 0; i < n; i++) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      v[column() + i] = (random >> 11) * 0x1p-52;
    }
    normalise();
  }

  /** Scales to norm 1; returns the norm that was. */
  private double normalise() {
    double norm = Kernels.level1().norm(n, v, column());
    Kernels.level1().scale(n, 1 / norm, v, column());
    return norm;
  }

  /**
   * Takes off what the vector has of those before, and brings the rest back to norm 1: again, where
   * little is left, since that is mostly rounding errors.
   *
   * @return whether it is orthogonal then
   */
  private boolean orthogonalise(Crew crew) {
    double left = done == 0 ? 1 : 0;
    for (int pass = 0; pass < MOST_PASSES && left < MUCH; pass++) {
      crew.run(chunks, projecting);
      sumProducts();
      crew.run(chunks, subtracting);
      left = normalise();
    }
    return left >= MUCH;
  }

  private void project(int chunk, int worker) {
    int from = Ranges.start(chunk, chunks, n, 1);
    int rows = Ranges.start(chunk + 1, chunks, n, 1) - from;
    Kernels.level2()
        .gemvTransposed(
            rows, done, 1, v, offset + from, ld, v, column() + from, 0, partial, chunk * done);
  }

  private void sumProducts() {
    System.arraycopy(partial, 0, products, 0, done);
    for (int chunk = 1; chunk < chunks; chunk++) {
      Kernels.level1().axpy(done, 1, partial, chunk * done, products, 0);
    }
  }

  private void subtract(int chunk, int worker) {
    int from = Ranges.start(chunk, chunks, n, 1);
    int rows = Ranges.start(chunk + 1, chunks, n, 1) - from;
    Kernels.level2().gemv(rows, done, -1, v, offset + from, ld, products, 0, 1, v, column() + from);
  }

  /** ‖Tx − ρx‖₂ with the Rayleigh quotient ρ; its distance from λ is noted. */
  private double residual(double[] d, int dOffset, double[] e, int eOffset, double lambda) {
    double squares = 0;
    double product = 0;
    double before = 0;
    int at = column();
    for (int i = 0; i < n; i++) {
      double x = v[at + i];
      double after = i < n - 1 ? e[eOffset + i] * v[at + i + 1] : 0;
      double element = before + (d[dOffset + i] - lambda) * x + after;
      squares += element * element;
      product += element * x;
      before = i < n - 1 ? e[eOffset + i] * x : 0;
    }
    correction = product;
    return Math.sqrt(Math.max(squares - product * product, 0));
  }

  private void noteQuotient(double quotient) {
    quotients[done] = quotient;
    int at = done;
    while (at > 0 && ascending[at - 1] > quotient) {
      ascending[at] = ascending[at - 1];
      at--;
    }
    ascending[at] = quotient;
  }

  /**
   * Replaces the values by the Rayleigh quotients.
   *
   * @return whether none was another's: by rank they are near the values
   */
  private boolean takeQuotients(int k, double[] values, double tolerance) {
    for (int j = 0; j < k; j++) {
      if (!(Math.abs(ascending[j] - values[j]) <= tolerance)) {
        return false;
      }
    }
    System.arraycopy(quotients, 0, values, 0, k);
    return true;
  }
}
