package eigengrad.hipparchus;

import eigengrad.linalg.DenseMatrix;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * X = V D⁻¹ Vᵀ B.
 *
 * @param values λ, n
 * @param vectors V, n×n
 */
@SuppressWarnings("ArrayRecordComponent") // only read
record SpectralSolver(double[] values, DenseMatrix vectors) implements DecompositionSolver {
  /** The unit roundoff: below n times it, relative to the largest, an eigenvalue may be 0. */
  private static final double ROUNDOFF = 0x1p-53;

  /** Whether no eigenvalue is 0, up to the rounding errors of a decomposition. */
  @Override
  public boolean isNonSingular() {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
      smallest = Math.min(smallest, Math.abs(value));
    }
    return smallest > values.length * ROUNDOFF * largest;
  }

  /**
   * Solves Ax = b.
   *
   * @param b n elements
   * @return x
   * @throws MathIllegalArgumentException if A is singular or b has another length
   */
  @Override
  public RealVector solve(RealVector b) {
    DenseMatrix x = solve(DenseMatrix.wrap(b.getDimension(), 1, b.toArray()));
    return new ArrayRealVector(x.columnMajor(), false);
  }

  /**
   * Solves AX = B.
   *
   * @param b n rows
   * @return X
   * @throws MathIllegalArgumentException if A is singular or B has another number of rows
   */
  @Override
  public RealMatrix solve(RealMatrix b) {
    return EigenDecompositionSymmetric.matrix(solve(DenseMatrix.ofRows(b.getData())));
  }

  /**
   * The inverse.
   *
   * @return A⁻¹
   * @throws MathIllegalArgumentException if A is singular
   */
  @Override
  public RealMatrix getInverse() {
    return solve(MatrixUtils.createRealIdentityMatrix(values.length));
  }

  @Override
  public int getRowDimension() {
    return values.length;
  }

  @Override
  public int getColumnDimension() {
    return values.length;
  }

  private DenseMatrix solve(DenseMatrix b) {
    int n = values.length;
    if (b.rows() != n) {
      throw new MathIllegalArgumentException(LocalizedCoreFormats.DIMENSIONS_MISMATCH, b.rows(), n);
    }
    if (!isNonSingular()) {
      throw new MathIllegalArgumentException(LocalizedCoreFormats.SINGULAR_MATRIX);
    }
    double[] coordinates = vectors.transpose().times(b).toArray();
    for (int at = 0; at < coordinates.length; at++) {
      coordinates[at] /= values[at % n];
    }
    return vectors.times(DenseMatrix.wrap(n, b.columns(), coordinates));
  }
}
