package eigengrad.hipparchus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class EigenDecompositionSymmetricTest {
  private static final RealMatrix MATRIX =
      new Array2DRowRealMatrix(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});

  @Test
  void accessors_programForHipparchus_getTheSameAnswers() {
    var theirs = new org.hipparchus.linear.EigenDecompositionSymmetric(MATRIX);
    var ours = new EigenDecompositionSymmetric(MATRIX);
    assertArrayEquals(theirs.getEigenvalues(), ours.getEigenvalues(), 1e-14);
    assertEquals(theirs.getDeterminant(), ours.getDeterminant(), 1e-13);
    assertClose(theirs.getD(), ours.getD());
    assertClose(theirs.getSquareRoot(), ours.getSquareRoot());
    assertClose(theirs.getSolver().getInverse(), ours.getSolver().getInverse());
    for (int i = 0; i < 3; i++) {
      assertEquals(theirs.getEigenvalue(i), ours.getEigenvalue(i), 1e-14);
      double cosine = theirs.getEigenvector(i).dotProduct(ours.getEigenvector(i));
      assertEquals(1, Math.abs(cosine), 1e-14);
    }
    assertClose(MATRIX, ours.getV().multiply(ours.getD()).multiply(ours.getVT()));
  }

  @Test
  void getSolver_rightHandSides_areSolved() {
    DecompositionSolver solver = new EigenDecompositionSymmetric(MATRIX).getSolver();
    assertTrue(solver.isNonSingular());
    ArrayRealVector b = new ArrayRealVector(new double[] {1, 2, 3});
    assertArrayEquals(b.toArray(), MATRIX.operate(solver.solve(b)).toArray(), 1e-14);
    assertThrows(
        MathIllegalArgumentException.class, () -> solver.solve(new ArrayRealVector(new double[2])));
  }

  @Test
  void getSolver_singularMatrix_isRefused() {
    RealMatrix ones = new Array2DRowRealMatrix(new double[][] {{1, 1}, {1, 1}});
    DecompositionSolver solver = new EigenDecompositionSymmetric(ones).getSolver();
    assertFalse(solver.isNonSingular());
    assertThrows(MathIllegalArgumentException.class, solver::getInverse);
    assertFalse(
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(new double[2][2]))
            .getSolver()
            .isNonSingular());
  }

  @Test
  void tridiagonal_arrays_isThatOfTheMatrix() {
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(new double[] {4, 3, 2}, new double[] {1, 1});
    double[] expected = new EigenDecompositionSymmetric(MATRIX).getEigenvalues();
    assertArrayEquals(expected, eigen.getEigenvalues(), 1e-14);
  }

  @Test
  void constructor_increasingOrder_isReversed() {
    double[] up = new EigenDecompositionSymmetric(MATRIX, 0, false).getEigenvalues();
    double[] down = new EigenDecompositionSymmetric(MATRIX).getEigenvalues();
    for (int i = 0; i < 3; i++) {
      assertEquals(down[2 - i], up[i]);
    }
    assertEquals(0, new EigenDecompositionSymmetric(MATRIX, 0, false).getEpsilon());
  }

  @Test
  void getSquareRoot_indefiniteMatrix_isRefused() {
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(MatrixUtils.createRealDiagonalMatrix(new double[] {1, -1}));
    assertThrows(MathRuntimeException.class, eigen::getSquareRoot);
  }

  @Test
  void constructor_infiniteElement_isRefusedByName() {
    RealMatrix matrix = MatrixUtils.createRealIdentityMatrix(3);
    matrix.setEntry(1, 1, Double.POSITIVE_INFINITY);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new EigenDecompositionSymmetric(matrix));
    assertTrue(String.valueOf(refused.getMessage()).contains("(1, 1)"), refused.getMessage());
  }

  /** Eigenvalues from 1 down to 4⁻⁴⁷: Hipparchus' own gives up after 30 steps. */
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
        MathIllegalStateException.class,
        () -> new org.hipparchus.linear.EigenDecompositionSymmetric(matrix));
    double[] values = new EigenDecompositionSymmetric(matrix).getEigenvalues();
    for (int k = 0; k < n; k++) {
      assertEquals(Math.scalb(1.0, -2 * k), values[k], 1e-14);
    }
  }

  /** Of the reflector that turns a vector of ones round. */
  private static double reflector(int n, int i, int j) {
    return (i == j ? 1 : 0) - 2.0 / n;
  }

  private static void assertClose(RealMatrix expected, RealMatrix actual) {
    assertEquals(0, expected.subtract(actual).getNorm1(), 1e-13);
  }
}
