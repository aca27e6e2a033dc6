package eigengrad.commonsmath;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.exception.DimensionMismatchException;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.junit.jupiter.api.Test;

class EigenDecompositionTest {
  private static final RealMatrix MATRIX =
      new Array2DRowRealMatrix(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});

  @Test
  void accessors_programForCommonsMath_getTheSameAnswers() {
    var theirs = new org.apache.commons.math3.linear.EigenDecomposition(MATRIX);
    var ours = new EigenDecomposition(MATRIX);
    assertArrayEquals(theirs.getRealEigenvalues(), ours.getRealEigenvalues(), 1e-14);
    assertArrayEquals(theirs.getImagEigenvalues(), ours.getImagEigenvalues());
    assertEquals(theirs.hasComplexEigenvalues(), ours.hasComplexEigenvalues());
    assertEquals(theirs.getDeterminant(), ours.getDeterminant(), 1e-13);
    assertClose(theirs.getD(), ours.getD());
    assertClose(theirs.getSquareRoot(), ours.getSquareRoot());
    assertClose(theirs.getSolver().getInverse(), ours.getSolver().getInverse());
    for (int i = 0; i < 3; i++) {
      assertEquals(theirs.getRealEigenvalue(i), ours.getRealEigenvalue(i), 1e-14);
      assertEquals(theirs.getImagEigenvalue(i), ours.getImagEigenvalue(i));
      double cosine = theirs.getEigenvector(i).dotProduct(ours.getEigenvector(i));
      assertEquals(1, Math.abs(cosine), 1e-14);
    }
    assertClose(MATRIX, ours.getV().multiply(ours.getD()).multiply(ours.getVT()));
  }

  @Test
  void getSolver_rightHandSides_areSolved() {
    DecompositionSolver solver = new EigenDecomposition(MATRIX).getSolver();
    assertTrue(solver.isNonSingular());
    ArrayRealVector b = new ArrayRealVector(new double[] {1, 2, 3});
    assertArrayEquals(b.toArray(), MATRIX.operate(solver.solve(b)).toArray(), 1e-14);
    assertThrows(
        DimensionMismatchException.class, () -> solver.solve(new ArrayRealVector(new double[2])));
  }

  @Test
  void getSolver_singularMatrix_isRefused() {
    RealMatrix ones = new Array2DRowRealMatrix(new double[][] {{1, 1}, {1, 1}});
    DecompositionSolver solver = new EigenDecomposition(ones).getSolver();
    assertFalse(solver.isNonSingular());
    assertThrows(SingularMatrixException.class, solver::getInverse);
    assertFalse(
        new EigenDecomposition(new Array2DRowRealMatrix(new double[2][2]))
            .getSolver()
            .isNonSingular());
  }

  @Test
  void tridiagonal_arrays_isThatOfTheMatrix() {
    EigenDecomposition eigen = new EigenDecomposition(new double[] {4, 3, 2}, new double[] {1, 1});
    double[] expected = new EigenDecomposition(MATRIX).getRealEigenvalues();
    assertArrayEquals(expected, eigen.getRealEigenvalues(), 1e-14);
  }

  @Test
  void getSquareRoot_indefiniteMatrix_isRefused() {
    EigenDecomposition eigen =
        new EigenDecomposition(MatrixUtils.createRealDiagonalMatrix(new double[] {1, -1}));
    assertThrows(UnsupportedOperationException.class, eigen::getSquareRoot);
  }

  @Test
  void constructor_infiniteElement_isRefusedByName() {
    RealMatrix matrix = MatrixUtils.createRealIdentityMatrix(3);
    matrix.setEntry(1, 1, Double.POSITIVE_INFINITY);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new EigenDecomposition(matrix));
    assertTrue(String.valueOf(refused.getMessage()).contains("(1, 1)"), refused.getMessage());
  }

  /** Eigenvalues from 1 down to 4⁻⁴⁷: Commons Math's own gives up after 30 steps. */
  @Test
  void constructor_gradedSpectrumWhereTheirsGivesUp_isRight() {
    int n = 48;
    double[][] elements = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += reflector(n, i, k) * Math.scalb(1.0, -2 * k) * reflector(n, j, k);
        }
        elements[i][j] = sum;
        elements[j][i] = sum;
      }
    }
    RealMatrix matrix = new Array2DRowRealMatrix(elements);
    assertThrows(
        MaxCountExceededException.class,
        () -> new org.apache.commons.math3.linear.EigenDecomposition(matrix));
    double[] values = new EigenDecomposition(matrix).getRealEigenvalues();
    for (int k = 0; k < n; k++) {
      assertEquals(Math.scalb(1.0, -2 * k), values[k], 1e-14);
    }
  }

  /** Of the reflector that turns a vector of ones round. */
  private static double reflector(int n, int i, int j) {
    return (i == j ? 1 : 0) - 2.0 / n;
  }

  private static void assertClose(RealMatrix expected, RealMatrix actual) {
    assertEquals(0, expected.subtract(actual).getNorm(), 1e-13);
  }
}
