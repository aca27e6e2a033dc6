package eigengrad.linalg.sturm;

import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * Eigenpairs of a symmetric tridiagonal matrix whose wanted eigenvalues are separated.
 *
 * <p>Each vector comes from its own twisted factorisation, with a residual near rounding, and two
 * vectors are orthogonal up to their residuals over their gap, however close that is to rounding.
 * What is missing is made up by V ← V(3I − VᵀV)/2, Newton's step to the nearest orthogonal matrix:
 * it squares the error in VᵀV, and since (λᵢ − λⱼ)vᵢᵀvⱼ = vᵢᵀrⱼ − vⱼᵀrᵢ it moves the residuals r by
 * no more than their own size.
 *
 * <p>Cost for k pairs: about 100nk flops and 2nk divisions, and at most 4nk² flops of matrix
 * product a Newton step, usually one.
 */
public final class TwistedSolver {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Without clusters, sweeps that find all eigenvalues: beyond them another solver is faster. */
  private static final int MAX_SWEEPS = 24;

  /** Largest norm of VᵀV − I that Newton's steps are asked to repair. */
  private static final double LARGEST_DEFECT = 0x1p-4;

  /** Largest residual of a vector, relative to the norm of T. */
  private static final double ACCURATE = 8 * UNIT_ROUNDOFF;

  private final Kernels kernels = Kernels.active();
  private final EigenvalueSearch search = new EigenvalueSearch();
  private final Gemm gemm = new Gemm();
  private double[] values = {};
  private double[] corrections = {};
  private double[] residuals = {};
  private double[] work = {};
  private double[] gram = {};
  private double[] z = {};

  /** A solver that grows its arrays as needed. */
  public TwistedSolver() {}

  /**
   * Values and vectors of the eigenpairs first … end − 1, counted from the smallest eigenvalue.
   *
   * @param n order of T, 1 to 4096
   * @param d diagonal, elements at most 2 in magnitude
   * @param dOffset where it starts
   * @param e n − 1 off-diagonal elements, at most 2 in magnitude
   * @param eOffset where they start
   * @param first index of the first pair
   * @param end one beyond the last
   * @param vectors its column j is overwritten by the unit eigenvector first + j, if all goes well
   * @param offset where the vectors start
   * @param ld their leading dimension
   * @param crew whose interruption ends the search
   * @return whether it succeeded; if not, eigenvalues are clustered, and nothing was overwritten
   */
  public boolean solve(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int first,
      int end,
      double[] vectors,
      int offset,
      int ld,
      Crew crew) {
    int k = end - first;
    ensure(n, k);
    if (search.find(n, d, dOffset, e, eOffset, first, end, MAX_SWEEPS, crew, values) > 0) {
      return false;
    }
    double accurate = ACCURATE * search.norm();
    double residual = iterate(n, d, dOffset, e, eOffset, k);
    if (!(residual <= accurate) && !(iterate(n, d, dOffset, e, eOffset, k) <= accurate)) {
      return false;
    }
    return orthogonalise(n, k, vectors, offset, ld);
  }

  /**
   * The eigenvalues that go with the vectors.
   *
   * @return the array itself, of which the first end − first elements count, ascending
   */
  public double[] values() {
    return values;
  }

  private void ensure(int n, int k) {
    int lanes = kernels.lanes();
    int padded = (k + lanes - 1) / lanes * lanes;
    values = Buffers.atLeast(values, padded);
    corrections = Buffers.atLeast(corrections, padded);
    residuals = Buffers.atLeast(residuals, padded);
    work = Buffers.atLeast(work, 4 * n * lanes);
    gram = Buffers.atLeast(gram, k * k);
    z = Buffers.atLeast(z, n * k);
  }

  /**
   * Vectors for the values, which become their Rayleigh quotients; returns the largest residual.
   */
  private double iterate(int n, double[] d, int dOffset, double[] e, int eOffset, int k) {
    kernels.twistedVectors(
        n, d, dOffset, e, eOffset, k, values, corrections, residuals, z, 0, n, work);
    kernels.axpy(k, 1, corrections, 0, values, 0);
    return kernels.maxAbs(k, residuals, 0);
  }

  /** Moves vectors from z to where they belong, orthogonal to working precision. */
  private boolean orthogonalise(int n, int k, double[] vectors, int offset, int ld) {
    double defect = defect(n, k);
    while (defect * defect * k > UNIT_ROUNDOFF) {
      if (!(k * defect <= LARGEST_DEFECT)) {
        return false;
      }
      correct(n, k, vectors, offset, ld);
      for (int j = 0; j < k; j++) {
        System.arraycopy(vectors, offset + j * ld, z, j * n, n);
      }
      defect = defect(n, k);
    }
    correct(n, k, vectors, offset, ld);
    return true;
  }

  /** V ← Z − ZE/2, where E = ZᵀZ − I. */
  private void correct(int n, int k, double[] vectors, int offset, int ld) {
    for (int j = 0; j < k; j++) {
      System.arraycopy(z, j * n, vectors, offset + j * ld, n);
    }
    gemm.multiply(
        Transpose.NO, Transpose.NO, n, k, k, -0.5, z, 0, n, gram, 0, k, 1, vectors, offset, ld);
  }

  /** Leaves E = ZᵀZ − I in {@code gram} and returns its largest element in magnitude. */
  private double defect(int n, int k) {
    gemm.multiply(Transpose.YES, Transpose.NO, k, k, n, 1, z, 0, n, z, 0, n, 0, gram, 0, k);
    for (int j = 0; j < k; j++) {
      gram[j + j * k] -= 1;
    }
    return kernels.maxAbs(k * k, gram, 0);
  }
}
