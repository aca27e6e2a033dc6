package eigengrad.ojalgo;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenConvergenceException;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.ojalgo.array.Array1D;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.scalar.ComplexNumber;
import org.ojalgo.structure.Access2D;

/**
 * The eigendecomposition of symmetric matrices with the methods of ojAlgo's {@code
 * Eigenvalue<Double>}: what {@code Eigenvalue.R064.make(n, true)} returns can be replaced by a new
 * one of these. Magnitudes of eigenvalues descend, as there; of λ and −λ the positive one is first.
 *
 * <p>What {@link EigenSolver} says of method, accuracy, memory and threads holds. Not for several
 * threads at once.
 */
public final class SymmetricEigenvalue {
  private final EigenSolver solver;
  private double[] values = {};
  private @Nullable DenseMatrix vectors;

  /** With the default options. */
  public SymmetricEigenvalue() {
    this(new EigenSolver());
  }

  /**
   * With a solver of one's own.
   *
   * @param solver its options and memory are used
   */
  public SymmetricEigenvalue(EigenSolver solver) {
    this.solver = solver;
  }

  /**
   * Values and vectors; the results of the last matrix are replaced only if this succeeds.
   *
   * @param matrix A, n×n; not modified
   * @return false if the solver does not converge
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric: ojAlgo's own
   *     class is for such matrices
   * @throws IllegalStateException if the solver is in use by another call
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public boolean decompose(Access2D<?> matrix) {
    try {
      Eigendecomposition eigen = solver.decompose(copy(matrix));
      int[] order = byMagnitude(eigen.values());
      values = inOrder(order, eigen.values());
      vectors = inOrder(order, eigen.vectors());
      return true;
    } catch (EigenConvergenceException e) {
      return false;
    }
  }

  /**
   * The values alone; see {@link #decompose}.
   *
   * @param matrix A, n×n; not modified
   * @return false if the solver does not converge
   */
  public boolean computeValuesOnly(Access2D<?> matrix) {
    try {
      double[] ascending = solver.values(copy(matrix));
      values = inOrder(byMagnitude(ascending), ascending);
      vectors = null;
      return true;
    } catch (EigenConvergenceException e) {
      return false;
    }
  }

  private static DenseMatrix copy(Access2D<?> matrix) {
    int rows = Math.toIntExact(matrix.countRows());
    int columns = Math.toIntExact(matrix.countColumns());
    double[] elements = new double[DenseMatrix.elementCount(rows, columns)];
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        elements[i + j * rows] = matrix.doubleValue(i, j);
      }
    }
    return DenseMatrix.wrap(rows, columns, elements);
  }

  /** Where the eigenvalue of the next smaller magnitude is, from the largest down. */
  private static int[] byMagnitude(double[] ascending) {
    int[] order = new int[ascending.length];
    int negative = 0;
    int positive = ascending.length - 1;
    for (int j = 0; j < order.length; j++) {
      order[j] = ascending[positive] >= -ascending[negative] ? positive-- : negative++;
    }
    return order;
  }

  private static double[] inOrder(int[] order, double[] ascending) {
    double[] ordered = new double[order.length];
    Arrays.setAll(ordered, j -> ascending[order[j]]);
    return ordered;
  }

  private static DenseMatrix inOrder(int[] order, DenseMatrix columns) {
    int n = order.length;
    double[] ordered = new double[n * n];
    for (int j = 0; j < n; j++) {
      System.arraycopy(columns.columnMajor(), order[j] * n, ordered, j * n, n);
    }
    return DenseMatrix.wrap(n, n, ordered);
  }

  /**
   * The eigenvectors.
   *
   * @return V, n×n, the vectors as columns
   * @throws IllegalStateException if no vectors have been computed
   */
  public MatrixStore<Double> getV() {
    if (vectors == null) {
      throw new IllegalStateException("no vectors have been computed: call decompose");
    }
    return R064Store.wrap(vectors.toArray(), values.length);
  }

  /**
   * The eigenvalues as a matrix.
   *
   * @return D, n×n, diagonal
   */
  public MatrixStore<Double> getD() {
    return R064Store.wrap(DenseMatrix.diagonal(values).toArray(), values.length);
  }

  /**
   * The eigenvalues.
   *
   * @return n, their magnitudes descending, all real
   */
  public Array1D<ComplexNumber> getEigenvalues() {
    Array1D<ComplexNumber> complex = Array1D.C128.make(values.length);
    for (int j = 0; j < values.length; j++) {
      complex.set(j, ComplexNumber.valueOf(values[j]));
    }
    return complex;
  }

  /**
   * Writes the eigenvalues into arrays.
   *
   * @param realParts takes as many as fit, their magnitudes descending
   * @param imaginaryParts takes zeros, if there is one
   */
  public void getEigenvalues(double[] realParts, Optional<double[]> imaginaryParts) {
    System.arraycopy(values, 0, realParts, 0, Math.min(values.length, realParts.length));
    imaginaryParts.ifPresent(parts -> Arrays.fill(parts, 0));
  }

  /**
   * The determinant.
   *
   * @return the product of the eigenvalues
   */
  public Double getDeterminant() {
    return Arrays.stream(values).reduce(1, (a, b) -> a * b);
  }

  /**
   * The trace.
   *
   * @return the sum of the eigenvalues
   */
  public ComplexNumber getTrace() {
    return ComplexNumber.valueOf(Arrays.stream(values).sum());
  }

  /**
   * Whether the magnitudes of the eigenvalues descend.
   *
   * @return true
   */
  public boolean isOrdered() {
    return true;
  }

  /**
   * Whether matrices are taken for symmetric.
   *
   * @return true
   */
  public boolean isHermitian() {
    return true;
  }
}
