package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The eigenvectors of D + ρzzᵀ, D diagonal with distinct elements, from the roots of its secular
 * equation.
 *
 * <p>They come from Löwner's formula with the roots as found, ẑᵢ² = Πⱼ(λⱼ − dᵢ)/Πⱼ≠ᵢ(dⱼ − dᵢ) and
 * vⱼ ∝ ẑᵢ/(dᵢ − λⱼ), and are therefore orthogonal to working precision. Where D = P², ρ = 1 and p₀
 * = 0, they are the right singular vectors of the matrix with first row z and pᵢ on the rest of the
 * diagonal; the left ones are then ∝ pᵢẑᵢ/(pᵢ² − λⱼ), with −1 for i = 0.
 *
 * <p>The work is shared out by ranges of poles and of roots, which are independent of each other.
 * Source: M. Gu and S. C. Eisenstat, <i>A Divide-and-Conquer Algorithm for the Symmetric
 * Tridiagonal Eigenproblem</i> and <i>… for the Bidiagonal SVD</i>, SIAM J. Matrix Anal. Appl. 16
 * (1995).
 */
public final class SecularVectors {
  private int k;
  private double rho;

  /** Whether the poles are the squares of those given. */
  private boolean squared;

  private double[] poles = Buffers.NONE;
  private double[] z = Buffers.NONE;
  private double[] weights = Buffers.NONE;
  private double[] products = Buffers.NONE;
  private double[] roots = Buffers.NONE;

  /** The gaps dᵢ − λⱼ, and then the vectors. */
  private double[] vectors = Buffers.NONE;

  /** Arrays that grow as needed. */
  public SecularVectors() {}

  /**
   * Makes room for merges up to an order.
   *
   * @param n the order
   */
  public void ensure(int n) {
    poles = Buffers.atLeast(poles, n);
    z = Buffers.atLeast(z, n);
    weights = Buffers.atLeast(weights, n);
    products = Buffers.atLeast(products, n);
    roots = Buffers.atLeast(roots, n);
    vectors = Buffers.atLeast(vectors, n * n);
  }

  /**
   * Takes the elements that deflation has left.
   *
   * @param deflation of a merge
   * @param d its values
   * @param first where they start
   * @param coefficients z
   */
  private void take(Deflation deflation, double[] d, int first, double[] coefficients) {
    k = deflation.keptCount;
    for (int i = 0; i < k; i++) {
      int kept = deflation.kept[i];
      poles[i] = d[first + kept];
      z[i] = coefficients[kept];
      weights[i] = z[i] * z[i];
    }
  }

  /**
   * Begins with the eigenvectors of D + ρzzᵀ.
   *
   * @param deflation of a merge
   * @param d its values
   * @param first where they start
   * @param coefficients z
   * @param factor ρ &gt; 0
   */
  public void begin(
      Deflation deflation, double[] d, int first, double[] coefficients, double factor) {
    take(deflation, d, first, coefficients);
    rho = factor;
    squared = false;
  }

  /**
   * Begins with the right singular vectors for a first row z and D beside it.
   *
   * @param deflation of a merge that keeps p₀ = 0 first
   * @param d its values
   * @param first where they start
   * @param coefficients z
   * @param negligible smaller z₀ and p₁ are taken as this
   */
  public void beginSquared(
      Deflation deflation, double[] d, int first, double[] coefficients, double negligible) {
    take(deflation, d, first, coefficients);
    z[0] = Math.copySign(Math.max(Math.abs(z[0]), negligible), z[0]);
    weights[0] = z[0] * z[0];
    if (k > 1) {
      poles[1] = Math.max(poles[1], negligible / 2);
    }
    rho = 1;
    squared = true;
  }

  /**
   * The roots.
   *
   * @return the array itself, of which as many elements count as were kept; square roots where the
   *     poles are squares
   */
  public double[] roots() {
    return roots;
  }

  /**
   * The vectors.
   *
   * @return the array itself, whose leading dimension is the number of kept columns
   */
  public double[] vectors() {
    return vectors;
  }

  /**
   * Finds roots, and puts the gaps dᵢ − λⱼ where the vectors will be.
   *
   * @param start the first
   * @param end one beyond the last
   * @param tools of the worker
   */
  public void findRoots(int start, int end, MergeTools tools) {
    SecularEquation secular = tools.secular;
    if (squared) {
      secular.setSquared(k, poles, weights);
    } else {
      secular.set(k, poles, weights, rho);
    }
    for (int j = start; j < end; j++) {
      roots[j] = secular.root(j, vectors, j * k);
    }
  }

  /**
   * Löwner's ẑ for some poles, after all roots.
   *
   * @param start the first pole
   * @param end one beyond the last
   */
  public void weigh(int start, int end) {
    Arrays.fill(products, start, end, -1);
    for (int j = 0; j < k; j++) {
      multiplyBy(j, start, Math.min(j, end));
      if (j >= start && j < end) {
        products[j] *= vectors[j * k + j];
      }
      multiplyBy(j, Math.max(j + 1, start), end);
    }
    for (int i = start; i < end; i++) {
      products[i] = Math.copySign(Math.sqrt(Math.abs(products[i])), z[i]);
    }
  }

  private void multiplyBy(int j, int start, int end) {
    double pole = poles[j];
    int gaps = j * k;
    if (squared) {
      for (int i = start; i < end; i++) {
        products[i] *= vectors[gaps + i] / ((poles[i] - pole) * (poles[i] + pole));
      }
    } else {
      for (int i = start; i < end; i++) {
        products[i] *= vectors[gaps + i] / (poles[i] - pole);
      }
    }
  }

  /**
   * Forms unit vectors, after all ẑ.
   *
   * @param start the first
   * @param end one beyond the last
   * @param rowOfPole where the component that belongs to each pole goes
   * @param tools of the worker
   */
  public void form(int start, int end, int[] rowOfPole, MergeTools tools) {
    double[] column = tools.column;
    for (int j = start; j < end; j++) {
      int gaps = j * k;
      for (int i = 0; i < k; i++) {
        column[i] = products[i] / vectors[gaps + i];
      }
      double inverseNorm = 1 / Kernels.level1().norm(k, column, 0);
      for (int i = 0; i < k; i++) {
        vectors[gaps + rowOfPole[i]] = inverseNorm * column[i];
      }
    }
  }

  /**
   * Turns right singular vectors into left ones.
   *
   * @param start the first
   * @param end one beyond the last
   * @param rowOfPole where the component that belongs to each pole is
   */
  public void turnLeft(int start, int end, int[] rowOfPole) {
    for (int j = start; j < end; j++) {
      int column = j * k;
      for (int i = 1; i < k; i++) {
        vectors[column + rowOfPole[i]] *= poles[i];
      }
      // The right one had −ẑ₀/λ there, beside the same factor.
      vectors[column + rowOfPole[0]] *= roots[j] / products[0] * roots[j];
      double norm = Kernels.level1().norm(k, vectors, column);
      Kernels.level1().scale(k, 1 / norm, vectors, column);
    }
  }
}
