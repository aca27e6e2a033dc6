package eigengrad.commonsmath;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.TridiagonalEigen;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The eigendecomposition A = VDVᵀ of a symmetric matrix, with the methods of Commons Math's class
 * of the same name: a program changes one import. Eigenvalues descend, as there.
 *
 * <p>Accuracy and cost are those of {@link SymmetricEigen}. Immutable.
 */
public final class EigenDecomposition {
  private final int order;

  /** Descending. */
  private final double[] values;

  /** n×n, in the order of the values. */
  private final DenseMatrix vectors;

  /**
   * Decomposes a matrix with the default options.
   *
   * @param matrix A, n×n; not modified
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric: Commons
   *     Math's own class is for matrices that are not symmetric
   * @throws ArithmeticException if the solver does not converge or an eigenvalue exceeds the
   *     largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenDecomposition(RealMatrix matrix) {
    this(matrix, new EigenSolver());
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix A, n×n; not modified
   * @param solver its options and memory are used
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws IllegalStateException if the solver is in use by another call
   * @throws ArithmeticException if the solver does not converge or an eigenvalue exceeds the
   *     largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenDecomposition(RealMatrix matrix, EigenSolver solver) {
    this(solver.decompose(DenseMatrix.ofRows(matrix.getData())));
  }

  /**
   * Decomposes a symmetric tridiagonal matrix.
   *
   * @param main n elements; not modified
   * @param secondary n − 1 elements; not modified
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite
   * @throws ArithmeticException if the solver does not converge or an eigenvalue exceeds the
   *     largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenDecomposition(double[] main, double[] secondary) {
    this(TridiagonalEigen.decompose(main, secondary));
  }

  private EigenDecomposition(Eigendecomposition ascending) {
    this.order = ascending.order();
    this.values = new double[order];
    double[] descending = new double[order * order];
    for (int j = 0; j < order; j++) {
      int from = order - 1 - j;
      values[j] = ascending.value(from);
      System.arraycopy(
          ascending.vectors().columnMajor(), from * order, descending, j * order, order);
    }
    this.vectors = DenseMatrix.wrap(order, order, descending);
  }

  /**
   * The eigenvectors.
   *
   * @return V, n×n, orthogonal, the vectors as columns
   */
  public RealMatrix getV() {
    return matrix(vectors);
  }

  /**
   * The eigenvectors as rows.
   *
   * @return Vᵀ
   */
  public RealMatrix getVT() {
    return matrix(vectors.transpose());
  }

  /**
   * The eigenvalues as a matrix.
   *
   * @return D, diagonal
   */
  public RealMatrix getD() {
    return MatrixUtils.createRealDiagonalMatrix(values);
  }

  /**
   * Whether an eigenvalue is not real.
   *
   * @return false
   */
  public boolean hasComplexEigenvalues() {
    return false;
  }

  /**
   * The eigenvalues.
   *
   * @return n, descending
   */
  public double[] getRealEigenvalues() {
    return values.clone();
  }

  /**
   * One eigenvalue.
   *
   * @param i 0 for the largest
   * @return λ
   * @throws IndexOutOfBoundsException if there is no such eigenvalue
   */
  public double getRealEigenvalue(int i) {
    return values[i];
  }

  /**
   * The imaginary parts of the eigenvalues.
   *
   * @return n zeros
   */
  public double[] getImagEigenvalues() {
    return new double[order];
  }

  /**
   * The imaginary part of an eigenvalue.
   *
   * @param i 0 for the largest
   * @return 0
   * @throws IndexOutOfBoundsException if there is no such eigenvalue
   */
  public double getImagEigenvalue(int i) {
    return 0 * values[i];
  }

  /**
   * One eigenvector, of norm 1, its largest component positive.
   *
   * @param i 0 for that of the largest eigenvalue
   * @return a copy
   * @throws IndexOutOfBoundsException if there is no such eigenvector
   */
  public RealVector getEigenvector(int i) {
    return new ArrayRealVector(vectors.column(i), false);
  }

  /**
   * The determinant.
   *
   * @return the product of the eigenvalues
   */
  public double getDeterminant() {
    return Arrays.stream(values).reduce(1, (a, b) -> a * b);
  }

  /**
   * The symmetric positive definite square root.
   *
   * @return A^½
   * @throws UnsupportedOperationException if an eigenvalue is not positive
   */
  public RealMatrix getSquareRoot() {
    double[] scaled = vectors.toArray();
    for (int j = 0; j < order; j++) {
      if (!(values[j] > 0)) {
        throw new UnsupportedOperationException(
            "a square root needs positive eigenvalues, number %d is %s".formatted(j, values[j]));
      }
      double root = Math.sqrt(values[j]);
      for (int i = 0; i < order; i++) {
        scaled[i + j * order] *= root;
      }
    }
    DenseMatrix root = DenseMatrix.wrap(order, order, scaled).times(vectors.transpose());
    return matrix(root.symmetricPart());
  }

  /**
   * A solver of AX = B.
   *
   * @return it refuses singular matrices
   */
  public DecompositionSolver getSolver() {
    return new SpectralSolver(values, vectors);
  }

  static RealMatrix matrix(DenseMatrix matrix) {
    double[][] rows = new double[matrix.rows()][matrix.columns()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = matrix.get(i, j);
      }
    }
    return new Array2DRowRealMatrix(rows, false);
  }
}
