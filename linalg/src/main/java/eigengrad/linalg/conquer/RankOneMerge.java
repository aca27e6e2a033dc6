package eigengrad.linalg.conquer;

import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * Joins two solved halves of a torn tridiagonal matrix: the eigenproblem of D + ρzzᵀ.
 *
 * <p>With the halves' eigenvectors Q₁ and Q₂, z holds the last row of Q₁ and the first of Q₂. After
 * deflation the new eigenvalues are the roots of the secular equation; its eigenvectors come from
 * Löwner's formula with the roots as found, ẑᵢ² = Πⱼ(λⱼ − dᵢ)/Πⱼ≠ᵢ(dⱼ − dᵢ) and vⱼ ∝ ẑᵢ/(dᵢ − λⱼ),
 * and are therefore orthogonal to working precision; the halves' vectors are multiplied by them,
 * blocks of zeros left out.
 *
 * <p>Cost: at most n³ flops of matrix product and about 6n² divisions; less by deflation. Source:
 * M. Gu and S. C. Eisenstat, <i>A Divide-and-Conquer Algorithm for the Symmetric Tridiagonal
 * Eigenproblem</i>, SIAM J. Matrix Anal. Appl. 16 (1995); LAPACK's {@code dlaed1} to {@code
 * dlaed3}.
 */
final class RankOneMerge {
  private final Kernels kernels = Kernels.active();
  private final Gemm gemm = new Gemm();
  private final SecularEquation secular = new SecularEquation();
  private final Deflation deflation;

  private final double[] d;
  private final double[] q;
  private final int ld;

  /** For each solved block, the indices within it that sort its eigenvalues. */
  private final int[] order;

  private final double[] z;
  private final double[] poles;
  private final double[] weights;
  private final double[] products;
  private final double[] roots;
  private final double[] column;
  private final int[] ascending;
  private final int[] rowOfPole;

  /** How many poles there are of each support. */
  private final int[] inSupport = new int[3];

  private final double[] halves;
  private final double[] rotation;

  /**
   * Merges inside one solve.
   *
   * @param d eigenvalues of the whole matrix, updated by each merge
   * @param q eigenvectors of the whole matrix, n×n, updated by each merge
   */
  RankOneMerge(double[] d, double[] q) {
    int n = d.length;
    this.d = d;
    this.q = q;
    this.ld = n;
    this.order = new int[n];
    this.deflation = new Deflation(n);
    this.z = new double[n];
    this.poles = new double[n];
    this.weights = new double[n];
    this.products = new double[n];
    this.roots = new double[n];
    this.column = new double[n];
    this.ascending = new int[n];
    this.rowOfPole = new int[n];
    this.halves = new double[n * n];
    this.rotation = new double[n * n];
  }

  /**
   * Joins the blocks first … first + upper − 1 and first + upper … first + n − 1.
   *
   * @param coupling the off-diagonal element at the tear, of any sign
   * @return whether every root was found
   */
  boolean merge(int first, int upper, int n, double coupling) {
    gatherZ(first, upper, n, coupling);
    mergeOrders(first, upper, n);
    double rho = 2 * Math.abs(coupling);
    int corner = first * ld + first;
    deflation.deflate(upper, n, rho, d, first, z, ascending, q, corner, ld);
    if (deflation.keptCount == 0) {
      System.arraycopy(ascending, 0, order, first, n);
      return true;
    }
    arrangeRows();
    if (!solveSecular(first, rho)) {
      return false;
    }
    formVectors();
    copyHalves(corner, upper, n);
    multiply(corner, upper, n);
    finish(first, upper, n);
    return true;
  }

  /** z = (last row of Q₁, ± first row of Q₂)/√2: the tear's vector in the halves' eigenbasis. */
  private void gatherZ(int first, int upper, int n, double coupling) {
    int lastUpperRow = first + upper - 1;
    double scale = Math.sqrt(0.5);
    for (int j = 0; j < upper; j++) {
      z[j] = scale * q[lastUpperRow + (first + j) * ld];
    }
    double signed = coupling < 0 ? -scale : scale;
    for (int j = upper; j < n; j++) {
      z[j] = signed * q[lastUpperRow + 1 + (first + j) * ld];
    }
  }

  /** Merges the orders of the two halves. */
  private void mergeOrders(int first, int upper, int n) {
    int i = 0;
    int j = upper;
    for (int position = 0; position < n; position++) {
      boolean takeUpper =
          j == n
              || (i < upper && d[first + order[first + i]] <= d[first + upper + order[first + j]]);
      ascending[position] = takeUpper ? order[first + i++] : upper + order[first + j++];
    }
  }

  /** Gives each pole a row such that those of one support are neighbours. */
  private void arrangeRows() {
    int row = 0;
    for (byte support = Deflation.UPPER; support <= Deflation.LOWER; support++) {
      int start = row;
      for (int i = 0; i < deflation.keptCount; i++) {
        if (deflation.support[deflation.kept[i]] == support) {
          rowOfPole[i] = row++;
        }
      }
      inSupport[support] = row - start;
    }
  }

  /** The roots, and in column j of {@code rotation} the gaps dᵢ − λⱼ. */
  private boolean solveSecular(int first, double rho) {
    int k = deflation.keptCount;
    for (int i = 0; i < k; i++) {
      int kept = deflation.kept[i];
      poles[i] = d[first + kept];
      weights[i] = z[kept] * z[kept];
    }
    secular.set(k, poles, weights, rho);
    for (int j = 0; j < k; j++) {
      roots[j] = secular.root(j, rotation, j * k);
      if (Double.isNaN(roots[j])) {
        return false;
      }
    }
    return true;
  }

  /** Löwner's ẑ, then the unit vectors, their rows arranged by support. */
  private void formVectors() {
    int k = deflation.keptCount;
    Arrays.fill(products, 0, k, -1);
    for (int j = 0; j < k; j++) {
      double pole = poles[j];
      int gaps = j * k;
      for (int i = 0; i < j; i++) {
        products[i] *= rotation[gaps + i] / (poles[i] - pole);
      }
      products[j] *= rotation[gaps + j];
      for (int i = j + 1; i < k; i++) {
        products[i] *= rotation[gaps + i] / (poles[i] - pole);
      }
    }
    for (int i = 0; i < k; i++) {
      products[i] = Math.copySign(Math.sqrt(Math.abs(products[i])), z[deflation.kept[i]]);
    }
    for (int j = 0; j < k; j++) {
      int gaps = j * k;
      for (int i = 0; i < k; i++) {
        column[i] = products[i] / rotation[gaps + i];
      }
      double inverseNorm = 1 / kernels.norm(k, column, 0);
      for (int i = 0; i < k; i++) {
        rotation[gaps + rowOfPole[i]] = inverseNorm * column[i];
      }
    }
  }

  /** Copies the halves' vectors: upper parts, lower parts, then whole dropped columns. */
  private void copyHalves(int corner, int upper, int n) {
    int k = deflation.keptCount;
    int lower = n - upper;
    int lowerPart = upper * (inSupport[Deflation.UPPER] + inSupport[Deflation.BOTH]);
    for (int i = 0; i < k; i++) {
      int source = corner + deflation.kept[i] * ld;
      byte support = deflation.support[deflation.kept[i]];
      if (support != Deflation.LOWER) {
        System.arraycopy(q, source, halves, rowOfPole[i] * upper, upper);
      }
      if (support != Deflation.UPPER) {
        int target = lowerPart + (rowOfPole[i] - inSupport[Deflation.UPPER]) * lower;
        System.arraycopy(q, source + upper, halves, target, lower);
      }
    }
    int dropped = droppedPart(upper, lower);
    for (int i = 0; i < deflation.droppedCount; i++) {
      System.arraycopy(q, corner + deflation.dropped[i] * ld, halves, dropped + i * n, n);
    }
  }

  private int droppedPart(int upper, int lower) {
    return upper * (inSupport[Deflation.UPPER] + inSupport[Deflation.BOTH])
        + lower * (inSupport[Deflation.BOTH] + inSupport[Deflation.LOWER]);
  }

  /** Q ← (halves) · (rotation), the zero blocks left out. */
  private void multiply(int corner, int upper, int n) {
    int k = deflation.keptCount;
    int lower = n - upper;
    int upperColumns = inSupport[Deflation.UPPER] + inSupport[Deflation.BOTH];
    int lowerColumns = inSupport[Deflation.BOTH] + inSupport[Deflation.LOWER];
    product(upper, upperColumns, 0, 0, corner);
    product(lower, lowerColumns, upper * upperColumns, k - lowerColumns, corner + upper);
  }

  private void product(int rows, int depth, int half, int rotationRow, int target) {
    int k = deflation.keptCount;
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        rows,
        k,
        depth,
        1,
        halves,
        half,
        rows,
        rotation,
        rotationRow,
        k,
        0,
        q,
        target,
        ld);
  }

  /** Puts the dropped columns behind the new ones, stores the eigenvalues and sorts them. */
  private void finish(int first, int upper, int n) {
    int k = deflation.keptCount;
    int dropped = droppedPart(upper, n - upper);
    for (int i = 0; i < deflation.droppedCount; i++) {
      roots[k + i] = d[first + deflation.dropped[i]];
      System.arraycopy(halves, dropped + i * n, q, (first + k + i) * ld + first, n);
    }
    System.arraycopy(roots, 0, d, first, n);
    sort(first, n);
  }

  /** Orders the eigenvalues of a solved block: by insertion, as they come nearly sorted. */
  void sort(int first, int n) {
    for (int j = 0; j < n; j++) {
      int position = j;
      while (position > 0 && d[first + order[first + position - 1]] > d[first + j]) {
        order[first + position] = order[first + position - 1];
        position--;
      }
      order[first + position] = j;
    }
  }
}
