package eigengrad.linalg.internal.svd.golubkahan;

import eigengrad.linalg.internal.eigen.sturm.BandCholeskyQr;
import eigengrad.linalg.internal.eigen.sturm.EigenvalueSearch;
import eigengrad.linalg.internal.eigen.sturm.TwistedPanels;
import eigengrad.linalg.internal.eigen.sturm.TwistedSolver;
import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Singular triplets of a bidiagonal matrix B whose wanted singular values are separated, from each
 * other and from 0.
 *
 * <p>The Golub-Kahan matrix, of order 2n with zeros on the diagonal and d₁, e₁, d₂, e₂, … beside
 * it, has the eigenvalues ±σⱼ, and for −σⱼ the unit eigenvector (v₁, −u₁, v₂, −u₂, …)/√2. These
 * come from twisted factorisations with residuals near rounding; then U and V are made orthogonal,
 * each by itself. That does no harm: an eigenvector's overlaps with those for −σⱼ and +σⱼ are
 * inversely proportional to σᵢ − σⱼ and σᵢ + σⱼ, and the overlaps of uᵢ with uⱼ and of vᵢ with vⱼ
 * are their sum and difference, so the two steps move the residual by no more than twice its own
 * size, as {@link BandCholeskyQr} moves that of a symmetric matrix.
 *
 * <p>Cost for k triplets: about 400nk flops, 4nk divisions, and about 256nk flops of matrix
 * products, 384nk for many vectors. Source: G. H. Golub and W. Kahan, <i>Calculating the Singular
 * Values and Pseudo-Inverse of a Matrix</i>, SIAM J. Numer. Anal. 2 (1965).
 */
public final class GolubKahanSolver {
  /** More than clusters need in which every sweep but halves the brackets. */
  private static final int MAX_SWEEPS = 400;

  /**
   * From so many vectors on, those of panels two apart overlap: n singular values lie in half the
   * interval that n eigenvalues of a symmetric matrix have.
   */
  private static final int MANY = 192;

  private static final double ROOT_OF_TWO = Math.sqrt(2);

  private final ChunkBody making = this::make;
  private final EigenvalueSearch search = new EigenvalueSearch();
  private final TwistedPanels panels = new TwistedPanels();
  private final BandCholeskyQr leftOrthogonal = new BandCholeskyQr();
  private final BandCholeskyQr rightOrthogonal = new BandCholeskyQr();

  /** The Golub-Kahan matrix. */
  private double[] zeros = Buffers.NONE;

  private double[] beside = Buffers.NONE;

  /** One per worker: a panel of its eigenvectors. */
  private double[][] both = {};

  /** The vectors before they are orthogonal, in panels. */
  private double[] left = Buffers.NONE;

  private double[] right = Buffers.NONE;

  private int n;

  /** A solver that grows its arrays as needed. */
  public GolubKahanSolver() {}

  /**
   * The largest singular values and their vectors.
   *
   * @param order n of B, ≥ 1
   * @param d diagonal, elements at most 2 in magnitude
   * @param dOffset where it starts
   * @param e n − 1 elements above it, at most 2 in magnitude
   * @param eOffset where they start
   * @param count of the triplets, 1 to n
   * @param values overwritten by the singular values, descending
   * @param valuesOffset where they start
   * @param u its first columns are overwritten by the left singular vectors
   * @param uOffset where they start
   * @param ldu from one to the next
   * @param v its first columns are overwritten by the right singular vectors
   * @param vOffset where they start
   * @param ldv from one to the next
   * @param crew does the work
   * @return whether it succeeded; if not, singular values are clustered or near 0, and the rest is
   *     arbitrary
   */
  public boolean solve(
      int order,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int count,
      double[] values,
      int valuesOffset,
      double[] u,
      int uOffset,
      int ldu,
      double[] v,
      int vOffset,
      int ldv,
      Crew crew) {
    if (!TwistedSolver.suits(2 * order, count)) {
      return false;
    }
    take(order, d, dOffset, e, eOffset);
    int padded = n * Buffers.roundUp(count, BandCholeskyQr.PANEL);
    both = Buffers.perWorker(both, crew.size(), 2 * n * BandCholeskyQr.PANEL);
    left = Buffers.atLeast(left, padded);
    right = Buffers.atLeast(right, padded);
    panels.begin(2 * n, zeros, 0, beside, 0, count, crew.size());
    double[] found = panels.values();
    int reach = count >= MANY ? 2 : 1;
    if (!search.findSeparated(2 * n, zeros, 0, beside, 0, 0, count, crew, found)
        || !panels.makeAll(search.norm(), making, crew)
        || !leftOrthogonal.orthogonalise(n, count, left, reach, u, uOffset, ldu, crew)
        || !rightOrthogonal.orthogonalise(n, count, right, reach, v, vOffset, ldv, crew)) {
      return false;
    }
    takeMagnitudes(count, found, values, valuesOffset);
    return true;
  }

  /**
   * Values alone, clustered or not.
   *
   * @param order n of B, ≥ 1
   * @param d diagonal, elements at most 2 in magnitude
   * @param dOffset where it starts
   * @param e n − 1 elements above it, at most 2 in magnitude
   * @param eOffset where they start
   * @param count how many, 1 to n
   * @param values overwritten by the largest singular values, descending; may be the diagonal
   * @param valuesOffset where they start
   * @param crew does the work
   * @return how many were not found: 0 for success
   */
  public int findValues(
      int order,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int count,
      double[] values,
      int valuesOffset,
      Crew crew) {
    take(order, d, dOffset, e, eOffset);
    left = Buffers.atLeast(left, count);
    int unfinished = search.find(2 * n, zeros, 0, beside, 0, 0, count, MAX_SWEEPS, crew, left);
    takeMagnitudes(count, left, values, valuesOffset);
    return unfinished;
  }

  private void take(int order, double[] d, int dOffset, double[] e, int eOffset) {
    n = order;
    zeros = Buffers.atLeast(zeros, 2 * n);
    beside = Buffers.atLeast(beside, 2 * n);
    for (int i = 0; i < n - 1; i++) {
      beside[2 * i] = d[dOffset + i];
      beside[2 * i + 1] = e[eOffset + i];
    }
    beside[2 * n - 2] = d[dOffset + n - 1];
  }

  /** The search for a value that is 0 ends at the smallest normal number. */
  private static void takeMagnitudes(int count, double[] negative, double[] values, int offset) {
    for (int j = 0; j < count; j++) {
      double magnitude = -negative[j];
      values[offset + j] = magnitude > Double.MIN_NORMAL ? magnitude : 0;
    }
  }

  /** A panel of eigenvectors, split into those of U and of V. */
  private void make(int panel, int worker) {
    int width = BandCholeskyQr.PANEL;
    double[] z = both[worker];
    panels.make(panel, worker, z, 0);
    int start = panel * width * n;
    for (int i = 0; i < n; i++) {
      System.arraycopy(z, 2 * i * width, right, start + i * width, width);
      System.arraycopy(z, (2 * i + 1) * width, left, start + i * width, width);
    }
    Kernels.level1().scale(n * width, ROOT_OF_TWO, right, start);
    Kernels.level1().scale(n * width, -ROOT_OF_TWO, left, start);
  }
}
