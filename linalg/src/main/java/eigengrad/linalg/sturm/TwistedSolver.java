package eigengrad.linalg.sturm;

import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * All eigenpairs of a symmetric tridiagonal matrix whose eigenvalues are separated.
 *
 * <p>Each vector comes from its own twisted factorisation, with a residual near rounding, and two
 * vectors are orthogonal up to their residuals over their gap, however close that is to rounding.
 * What is missing is made up by V ← V(3I − VᵀV)/2, Newton's step to the nearest orthogonal matrix:
 * it squares the error in VᵀV, and since (λᵢ − λⱼ)vᵢᵀvⱼ = vᵢᵀrⱼ − vⱼᵀrᵢ it moves the residuals r by
 * no more than their own size.
 *
 * <p>Cost: about 100n² flops and 2n² divisions for values and vectors, and at most 4n³ flops of
 * matrix product a Newton step, usually one.
 */
public final class TwistedSolver {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Without clusters, sweeps that find all eigenvalues; beyond them another solver is faster. */
  private static final int MAX_SWEEPS = 24;

  /** Largest norm of VᵀV − I that Newton's steps are asked to repair. */
  private static final double LARGEST_DEFECT = 0x1p-4;

  /** Largest residual of a vector, relative to the norm of T. */
  private static final double ACCURATE = 8 * UNIT_ROUNDOFF;

  private final Kernels kernels = Kernels.active();
  private final EigenvalueSearch search = new EigenvalueSearch();
  private final Gemm gemm = new Gemm();
  private double[] shifts = {};
  private double[] corrections = {};
  private double[] residuals = {};
  private double[] work = {};
  private double[] gram = {};
  private double[] z = {};

  /** A solver that grows its arrays as needed. */
  public TwistedSolver() {}

  /**
   * Values and vectors.
   *
   * @param n order of T, 1 to 4096
   * @param d diagonal, elements at most 2 in magnitude
   * @param dOffset where it starts
   * @param e n − 1 off-diagonal elements, at most 2 in magnitude
   * @param eOffset where they start
   * @param values overwritten by the eigenvalues, ascending
   * @param vectors column j is overwritten by the unit eigenvector of value j
   * @param offset where the vectors start
   * @param ld their leading dimension
   * @return whether it succeeded; if not, eigenvalues are clustered, and nothing is of use
   */
  public boolean solve(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      double[] values,
      double[] vectors,
      int offset,
      int ld) {
    ensure(n);
    if (search.find(n, d, dOffset, e, eOffset, 0, n, MAX_SWEEPS, shifts) > 0) {
      return false;
    }
    double norm = Math.max(Math.abs(shifts[0]), Math.abs(shifts[n - 1]));
    double accurate = ACCURATE * norm;
    double residual = iterate(n, d, dOffset, e, eOffset);
    if (!(residual <= accurate) && !(iterate(n, d, dOffset, e, eOffset) <= accurate)) {
      return false;
    }
    return orthogonalise(n, values, vectors, offset, ld);
  }

  /**
   * Vectors for the shifts, which become their Rayleigh quotients; returns the largest residual.
   */
  private double iterate(int n, double[] d, int dOffset, double[] e, int eOffset) {
    kernels.twistedVectors(
        n, d, dOffset, e, eOffset, n, shifts, corrections, residuals, z, 0, n, work);
    kernels.axpy(n, 1, corrections, 0, shifts, 0);
    return kernels.maxAbs(n, residuals, 0);
  }

  private void ensure(int n) {
    if (gram.length < n * n) {
      int lanes = kernels.lanes();
      int padded = (n + lanes - 1) / lanes * lanes;
      shifts = new double[padded];
      corrections = new double[padded];
      residuals = new double[padded];
      work = new double[4 * n * lanes];
      gram = new double[n * n];
      z = new double[n * n];
    }
  }

  /** Moves vectors from z to where they belong, orthogonal to working precision. */
  private boolean orthogonalise(int n, double[] values, double[] vectors, int offset, int ld) {
    double defect = defect(n);
    while (defect * defect * n > UNIT_ROUNDOFF) {
      if (!(n * defect <= LARGEST_DEFECT)) {
        return false;
      }
      correct(n, vectors, offset, ld);
      for (int j = 0; j < n; j++) {
        System.arraycopy(vectors, offset + j * ld, z, j * n, n);
      }
      defect = defect(n);
    }
    System.arraycopy(shifts, 0, values, 0, n);
    correct(n, vectors, offset, ld);
    return true;
  }

  /** V ← Z − ZE/2, where E = ZᵀZ − I. */
  private void correct(int n, double[] vectors, int offset, int ld) {
    for (int j = 0; j < n; j++) {
      System.arraycopy(z, j * n, vectors, offset + j * ld, n);
    }
    gemm.multiply(
        Transpose.NO, Transpose.NO, n, n, n, -0.5, z, 0, n, gram, 0, n, 1, vectors, offset, ld);
  }

  /** Leaves E = ZᵀZ − I in {@code gram} and returns its largest element in magnitude. */
  private double defect(int n) {
    gemm.multiply(Transpose.YES, Transpose.NO, n, n, n, 1, z, 0, n, z, 0, n, 0, gram, 0, n);
    for (int j = 0; j < n; j++) {
      gram[j + j * n] -= 1;
    }
    return kernels.maxAbs(n * n, gram, 0);
  }
}
