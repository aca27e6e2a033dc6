package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A symmetric tridiagonal matrix.
 *
 * @param diagonal n elements
 * @param offDiagonal n − 1 elements, none for n = 0
 */
public record Tridiagonal(double[] diagonal, double[] offDiagonal) {

  /**
   * The matrix whose elements are given by index.
   *
   * @param n order, ≥ 0
   * @param diagonal of the indices 0 … n − 1
   * @param offDiagonal of the indices 0 … n − 2
   * @return the matrix
   */
  public static Tridiagonal of(
      int n, IntToDoubleFunction diagonal, IntToDoubleFunction offDiagonal) {
    return new Tridiagonal(
        IntStream.range(0, n).mapToDouble(diagonal).toArray(),
        IntStream.range(0, n - 1).mapToDouble(offDiagonal).toArray());
  }

  /**
   * The order.
   *
   * @return n
   */
  public int size() {
    return diagonal.length;
  }

  /**
   * The same as a dense matrix.
   *
   * @return n×n
   */
  public DenseMatrix dense() {
    int n = size();
    double[] a = DenseMatrix.diagonal(diagonal).columnMajor();
    for (int i = 0; i + 1 < n; i++) {
      a[i + 1 + i * n] = offDiagonal[i];
      a[i + (i + 1) * n] = offDiagonal[i];
    }
    return DenseMatrix.wrap(n, n, a);
  }

  /**
   * With another below it, coupled by one element.
   *
   * @param coupling between this one's last row and the other's first
   * @param below the other
   * @return a matrix of both orders together; the other one alone if this is empty, and conversely
   */
  public Tridiagonal glued(double coupling, Tridiagonal below) {
    if (size() == 0 || below.size() == 0) {
      return size() == 0 ? below : this;
    }
    int n = size();
    double[] d = Arrays.copyOf(diagonal, n + below.size());
    double[] e = Arrays.copyOf(offDiagonal, d.length - 1);
    System.arraycopy(below.diagonal, 0, d, n, below.size());
    e[n - 1] = coupling;
    System.arraycopy(below.offDiagonal, 0, e, n, below.size() - 1);
    return new Tridiagonal(d, e);
  }

  /**
   * QᵀAQ by Householder reflections in plain loops, independent of every solver under test. Cost:
   * (8/3)n³ flops.
   *
   * @param matrix A, n×n symmetric, with elements that may be added up without overflow
   * @return its tridiagonal form
   */
  public static Tridiagonal reducedFrom(DenseMatrix matrix) {
    int n = matrix.rows();
    double[][] a = SymmetricMatrices.rows(matrix);
    for (int k = 0; k + 2 < n; k++) {
      double[] v = new double[n];
      double largest = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = a[i][k];
        largest = Math.max(largest, Math.abs(v[i]));
      }
      // Of a matrix of low rank only rounding errors are left, and of these only their own.
      int exponent = -Math.getExponent(largest);
      double squares = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = Math.scalb(v[i], exponent);
        squares += v[i] * v[i];
      }
      v[k + 1] += Math.copySign(Math.sqrt(squares), v[k + 1]);
      double norm = Arrays.stream(v).map(x -> x * x).sum();
      if (norm > 0) {
        reflectBothSides(a, v, 2 / norm);
      }
    }
    return of(n, i -> a[i][i], i -> a[i + 1][i]);
  }

  /** A ← HAH, H = I − βvvᵀ: A − vwᵀ − wvᵀ with w = p − ½β(pᵀv)v, p = βAv. */
  private static void reflectBothSides(double[][] a, double[] v, double beta) {
    int n = v.length;
    double[] w = new double[n];
    double along = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        w[i] += beta * a[i][j] * v[j];
      }
      along += w[i] * v[i];
    }
    for (int i = 0; i < n; i++) {
      w[i] -= 0.5 * beta * along * v[i];
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] -= v[i] * w[j] + w[i] * v[j];
      }
    }
  }
}
