package eigengrad.linalg;

import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.linalg.internal.svd.jacobi.OneSidedJacobi;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/** Computes singular value decompositions with given options, one after the other. */
public final class SvdSolver {
  private final SvdOptions options;

  /** A solver with {@link SvdOptions#DEFAULT}. */
  public SvdSolver() {
    this(SvdOptions.DEFAULT);
  }

  /**
   * A solver.
   *
   * @param options how to solve
   */
  public SvdSolver(SvdOptions options) {
    this.options = options;
  }

  /**
   * How it solves.
   *
   * @return its options
   */
  public SvdOptions options() {
    return options;
  }

  /**
   * Values and vectors.
   *
   * @param matrix A, m×n; not modified
   * @return the decomposition, singular values descending
   * @throws IllegalArgumentException if A is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public SingularValueDecomposition decompose(DenseMatrix matrix) {
    return decompose(matrix, Math.min(matrix.rows(), matrix.columns()));
  }

  /**
   * The largest singular values and their vectors.
   *
   * @param matrix A, m×n; not modified
   * @param count k, from 0 to min(m, n)
   * @return the k largest singular values, descending, and their vectors
   * @throws IllegalArgumentException if A is not finite, or there are not so many
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public SingularValueDecomposition decompose(DenseMatrix matrix, int count) {
    int m = matrix.rows();
    int n = matrix.columns();
    if (count < 0 || count > Math.min(m, n)) {
      throw new IllegalArgumentException(
          "count must be from 0 to " + Math.min(m, n) + ", got " + count);
    }
    SymmetricInput.requireFinite(matrix);
    boolean wide = m < n;
    int rows = Math.max(m, n);
    int columns = Math.min(m, n);
    double[] u = (wide ? matrix.transpose() : matrix).toArray();
    double[] v = new double[columns * columns];
    double[] values = new double[columns];
    int exponent = PowerOfTwo.toOne(matrix.maxAbs());
    PowerOfTwo.scale(u.length, exponent, u, 0);
    if (!new OneSidedJacobi().solve(rows, columns, u, v, values, options.maxIterations())) {
      throw new EigenConvergenceException(1, 0, options.maxIterations());
    }
    PowerOfTwo.scale(columns, -exponent, values, 0);
    if (columns > 0 && Double.isInfinite(values[0])) {
      throw new ArithmeticException(
          "a singular value exceeds the largest double, as its matrix nearly does: scale the matrix"
              + " down by a power of two");
    }
    DenseMatrix one = vectors(rows, columns, u, count);
    DenseMatrix other = vectors(columns, columns, v, count);
    DenseMatrix left = wide ? other : one;
    DenseMatrix right = wide ? one : other;
    fixSigns(count, left, right);
    return SingularValueDecomposition.owning(Arrays.copyOf(values, count), left, right);
  }

  private DenseMatrix vectors(int rows, int columns, double[] x, int count) {
    int wanted = options.shape() == SvdShape.FULL && count == columns ? rows : count;
    double[] copy = Arrays.copyOf(x, rows * wanted);
    for (int j = columns; j < wanted; j++) {
      OneSidedJacobi.complete(rows, j, copy);
    }
    return DenseMatrix.wrap(rows, wanted, copy);
  }

  private static void fixSigns(int count, DenseMatrix left, DenseMatrix right) {
    for (int j = 0; j < count; j++) {
      if (Kernels.level1().elementOfMaxAbs(left.rows(), left.columnMajor(), j * left.rows()) < 0) {
        Kernels.level1().scale(left.rows(), -1, left.columnMajor(), j * left.rows());
        Kernels.level1().scale(right.rows(), -1, right.columnMajor(), j * right.rows());
      }
    }
  }

  /**
   * Values alone.
   *
   * @param matrix A, m×n; not modified
   * @return min(m, n) singular values, descending
   * @throws IllegalArgumentException if A is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public double[] values(DenseMatrix matrix) {
    return decompose(matrix).values();
  }
}
