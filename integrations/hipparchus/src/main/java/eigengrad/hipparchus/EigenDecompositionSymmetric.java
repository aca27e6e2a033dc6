package eigengrad.hipparchus;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.TridiagonalEigen;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.DiagonalMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The eigendecomposition A = VDVᵀ of a symmetric matrix, with the methods of Hipparchus' class of
 * the same name: a program changes one import. Eigenvalues descend unless the caller wants
 * otherwise.
 *
 * <p>Accuracy and cost are those of {@link SymmetricEigen}. Immutable.
 */
public final class EigenDecompositionSymmetric {
  private final double epsilon;
  private final int order;

  private final double[] values;

  /** n×n, in the order of the values. */
  private final DenseMatrix vectors;

  /**
   * Decomposes a matrix with the default options, eigenvalues descending.
   *
   * @param matrix A, n×n; not modified
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws ArithmeticException if the solver does not converge or an eigenvalue exceeds the
   *     largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenDecompositionSymmetric(RealMatrix matrix) {
    this(matrix, EigenOptions.DEFAULT.symmetryTolerance(), true);
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix A, n×n; not modified
   * @param epsilon the largest |aᵢⱼ − aⱼᵢ|, relative to the largest |aᵢⱼ|, of what passes for
   *     symmetric, ≥ 0
   * @param decreasing whether the eigenvalues descend
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or epsilon is
   *     out of range
   * @throws ArithmeticException if the solver does not converge or an eigenvalue exceeds the
   *     largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenDecompositionSymmetric(RealMatrix matrix, double epsilon, boolean decreasing) {
    this(
        new EigenSolver(EigenOptions.DEFAULT.withSymmetryTolerance(epsilon))
            .decompose(DenseMatrix.ofRows(matrix.getData())),
        epsilon,
        decreasing);
  }

  /**
   * Decomposes a matrix with a solver of one's own, eigenvalues descending.
   *
   * @param matrix A, n×n; not modified
   * @param solver its options and memory are used
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws IllegalStateException if the solver is in use by another call
   * @throws ArithmeticException if the solver does not converge or an eigenvalue exceeds the
   *     largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenDecompositionSymmetric(RealMatrix matrix, EigenSolver solver) {
    this(
        solver.decompose(DenseMatrix.ofRows(matrix.getData())),
        solver.options().symmetryTolerance(),
        true);
  }

  /**
   * Decomposes a symmetric tridiagonal matrix, eigenvalues descending.
   *
   * @param main n elements; not modified
   * @param secondary n − 1 elements; not modified
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite
   * @throws ArithmeticException if the solver does not converge or an eigenvalue exceeds the
   *     largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenDecompositionSymmetric(double[] main, double[] secondary) {
    this(
        TridiagonalEigen.decompose(main, secondary),
        EigenOptions.DEFAULT.symmetryTolerance(),
        true);
  }

  private EigenDecompositionSymmetric(
      Eigendecomposition ascending, double epsilon, boolean decreasing) {
    this.epsilon = epsilon;
    this.order = ascending.order();
    this.values = new double[order];
    double[] ordered = new double[order * order];
    for (int j = 0; j < order; j++) {
      int from = decreasing ? order - 1 - j : j;
      values[j] = ascending.value(from);
      System.arraycopy(ascending.vectors().columnMajor(), from * order, ordered, j * order, order);
    }
    this.vectors = DenseMatrix.wrap(order, order, ordered);
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
  public DiagonalMatrix getD() {
    return new DiagonalMatrix(values);
  }

  /**
   * What was asked of the symmetry.
   *
   * @return ε
   */
  public double getEpsilon() {
    return epsilon;
  }

  /**
   * The eigenvalues.
   *
   * @return n, in their order
   */
  public double[] getEigenvalues() {
    return values.clone();
  }

  /**
   * One eigenvalue.
   *
   * @param i its place in their order
   * @return λ
   * @throws IndexOutOfBoundsException if there is no such eigenvalue
   */
  public double getEigenvalue(int i) {
    return values[i];
  }

  /**
   * One eigenvector, of norm 1, its largest component positive.
   *
   * @param i the place of its eigenvalue
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
   * @throws MathRuntimeException if an eigenvalue is not positive
   */
  public RealMatrix getSquareRoot() {
    double[] scaled = vectors.toArray();
    for (int j = 0; j < order; j++) {
      if (!(values[j] > 0)) {
        throw new MathRuntimeException(LocalizedCoreFormats.UNSUPPORTED_OPERATION);
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
