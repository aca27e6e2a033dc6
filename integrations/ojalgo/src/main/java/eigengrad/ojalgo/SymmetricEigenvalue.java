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
 * one of these. Eigenvalues descend, as there.
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
      values = descending(eigen.values());
      vectors = eigen.vectors();
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
      values = descending(solver.values(copy(matrix)));
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

  private static double[] descending(double[] ascending) {
    double[] descending = new double[ascending.length];
    Arrays.setAll(descending, j -> ascending[ascending.length - 1 - j]);
    return descending;
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
    int n = values.length;
    double[] v = new double[n * n];
    for (int j = 0; j < n; j++) {
      System.arraycopy(vectors.columnMajor(), (n - 1 - j) * n, v, j * n, n);
    }
    return R064Store.wrap(v, n);
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
   * @return n, descending, all real
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
   * @param realParts takes as many as fit, descending
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
   * Whether the eigenvalues descend.
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
