package eigengrad.linalg.sturm;

import eigengrad.linalg.parallel.ChunkBody;
import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.parallel.Ranges;
import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Orthonormal eigenvectors of a symmetric tridiagonal matrix for some of its eigenvalues, which may
 * be clustered.
 *
 * <p>x ← (T − λ)⁻¹x from a random start, kept orthogonal to the vectors before it by two
 * Gram-Schmidt steps, until its residual is at rounding: two or three times. In a cluster each
 * vector comes from what the others have left of its space.
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

  /** Steps with a shift, and most shifts, each twice as far away as the one before. */
  private static final int STEPS = 3;

  private static final int MOST_ATTEMPTS = 6;

  /** Rows in a chunk of orthogonalisation: so much of x stays in the first cache. */
  private static final int ROWS = 2048;

  private static final double[] NO_VECTORS = {};

  private final ShiftedFactors factors = new ShiftedFactors();
  private final ChunkBody projecting = this::project;
  private final ChunkBody subtracting = this::subtract;

  /** Inner products with the vectors before, chunk by chunk, and their sums. */
  private double[] partial = {};

  private double[] products = {};

  /** Rayleigh quotients of the vectors, and the values in their order. */
  private double[] quotients = {};

  private double[] ascending = {};
  private int chunks;

  private int n;
  private double[] v = {};
  private int offset;
  private int ld;

  /** How many vectors are done; the next is being iterated. */
  private int done;

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
   * @param values k neighbouring eigenvalues as exact as rounding allows, as often as they occur;
   *     put in the order of the vectors
   * @param norm a bound of ‖T‖₂, > 0, at most a few times as large
   * @param vectors its k columns are overwritten by the unit eigenvectors
   * @param vectorsOffset where they start
   * @param vectorsLd from one to the next
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
    boolean converged = true;
    for (done = 0; done < k && converged; done++) {
      converged = iterate(d, dOffset, e, eOffset, values[done], norm, crew);
    }
    converged = converged && assign(k, values, accurate(norm));
    v = NO_VECTORS;
    return converged;
  }

  private boolean iterate(
      double[] d, int dOffset, double[] e, int eOffset, double value, double norm, Crew crew) {
    double smallest = UNIT_ROUNDOFF * norm;
    double offset = OFFSET * norm;
    start();
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      factors.factorise(n, d, dOffset, e, eOffset, value + offset, smallest);
      double limit = attempt == 0 ? SMALL_RESIDUAL * norm : accurate(norm);
      for (int step = 0; step < STEPS; step++) {
        crew.requireNotInterrupted();
        factors.solve(v, column());
        normalise();
        orthogonalise(crew);
        orthogonalise(crew);
        if (residual(d, dOffset, e, eOffset, value) <= limit) {
          return true;
        }
      }
      offset *= 2;
    }
    return false;
  }

  private int column() {
    return offset + done * ld;
  }

  /** Random numbers from −1 to 1, the same for the same vector of every matrix. */
  private void start() {
    long state = done;
    for (int i = 0; i < n; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      v[column() + i] = (state >> 11) * 0x1p-52;
    }
    normalise();
  }

  private void normalise() {
    Kernels.level1().scale(n, 1 / Kernels.level1().norm(n, v, column()), v, column());
  }

  /** Takes off what the vector has of those before, and brings the rest back to norm 1. */
  private void orthogonalise(Crew crew) {
    if (done > 0) {
      crew.run(chunks, projecting);
      sumProducts();
      crew.run(chunks, subtracting);
      normalise();
    }
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

  /** ‖Tx − ρx‖₂ with the Rayleigh quotient ρ, which is noted. */
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
    quotients[done] = lambda + product;
    return Math.sqrt(Math.max(squares - product * product, 0));
  }

  private double accurate(double norm) {
    return Math.max(8, n / 32) * UNIT_ROUNDOFF * norm;
  }

  /**
   * Puts the values in the order of the Rayleigh quotients: in a cluster a vector may be that of a
   * neighbour of the value it was sought for.
   *
   * @return whether each is near enough to its quotient
   */
  private boolean assign(int k, double[] values, double tolerance) {
    System.arraycopy(values, 0, ascending, 0, k);
    Arrays.sort(ascending, 0, k);
    boolean near = true;
    for (int j = 0; j < k; j++) {
      int rank = 0;
      for (int i = 0; i < k; i++) {
        if (quotients[i] < quotients[j] || (quotients[i] == quotients[j] && i < j)) {
          rank++;
        }
      }
      values[j] = ascending[rank];
      near = near && Math.abs(quotients[j] - values[j]) <= tolerance;
    }
    return near;
  }
}
