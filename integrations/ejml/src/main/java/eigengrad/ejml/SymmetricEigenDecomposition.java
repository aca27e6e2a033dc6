package eigengrad.ejml;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenConvergenceException;
import eigengrad.linalg.EigenSolver;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * The eigendecomposition of symmetric matrices behind EJML's own interface: what {@code
 * DecompositionFactory_DDRM.eig(n, true, true)} returns can be replaced by a new one of these.
 *
 * <p>Eigenvalues ascend. What {@link EigenSolver} says of method, accuracy, memory and threads
 * holds. Not for several threads at once.
 */
public final class SymmetricEigenDecomposition implements EigenDecomposition_F64<DMatrixRMaj> {
  private final EigenSolver solver;
  private final boolean withVectors;
  private double[] values = {};
  private @Nullable DenseMatrix vectors;

  /** Values and vectors, with the default options. */
  public SymmetricEigenDecomposition() {
    this(true, new EigenSolver());
  }

  /**
   * With a solver of one's own.
   *
   * @param withVectors whether the vectors are computed, too
   * @param solver its options and memory are used
   */
  public SymmetricEigenDecomposition(boolean withVectors, EigenSolver solver) {
    this.withVectors = withVectors;
    this.solver = solver;
  }

  /**
   * Decomposes a matrix; the results of the last one are replaced only if this succeeds.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @return false if the solver does not converge
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric: another
   *     solver of EJML's is for such matrices
   * @throws IllegalStateException if the solver is in use by another call
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  @Override
  public boolean decompose(DMatrixRMaj matrix) {
    int rows = matrix.getNumRows();
    int columns = matrix.getNumCols();
    double[] elements = Arrays.copyOf(matrix.getData(), rows * columns);
    DenseMatrix symmetric = DenseMatrix.ofRowMajor(rows, columns, elements);
    try {
      if (withVectors) {
        var eigen = solver.decompose(symmetric);
        values = eigen.values();
        vectors = eigen.vectors();
      } else {
        values = solver.values(symmetric);
      }
      return true;
    } catch (EigenConvergenceException e) {
      return false;
    }
  }

  /** A is copied: false. */
  @Override
  public boolean inputModified() {
    return false;
  }

  @Override
  public int getNumberOfEigenvalues() {
    return values.length;
  }

  /**
   * One eigenvalue, whose imaginary part is 0.
   *
   * @param index 0 for the smallest
   * @return λ
   * @throws IndexOutOfBoundsException if there is no such eigenvalue
   */
  @Override
  public Complex_F64 getEigenvalue(int index) {
    return new Complex_F64(values[index], 0);
  }

  /**
   * One eigenvector, of norm 1, its largest component positive.
   *
   * @param index 0 for that of the smallest eigenvalue
   * @return n×1
   * @throws IllegalStateException if no vectors have been computed
   * @throws IndexOutOfBoundsException if there is no such eigenvector
   */
  @Override
  public DMatrixRMaj getEigenVector(int index) {
    if (vectors == null) {
      throw new IllegalStateException(
          "no vectors have been computed: construct with withVectors = true, then decompose");
    }
    double[] column = vectors.column(index);
    return DMatrixRMaj.wrap(column.length, 1, column);
  }
}
