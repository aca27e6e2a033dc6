package eigengrad.ejml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.EigenSolver;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

class SymmetricEigenDecompositionTest {

  /** A program written for EJML; only the decomposition it is given differs. */
  private static double largestEigenvalue(
      EigenDecomposition_F64<DMatrixRMaj> eigen, DMatrixRMaj matrix) {
    if (!eigen.decompose(matrix)) {
      throw new ArithmeticException("no decomposition");
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
      assertTrue(eigen.getEigenvalue(i).isReal());
      largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
    }
    return largest;
  }

  @Test
  void decompose_programForEjml_getsTheSameAnswer() {
    DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
    double theirs = largestEigenvalue(DecompositionFactory_DDRM.eig(3, true, true), matrix.copy());
    assertEquals(theirs, largestEigenvalue(new SymmetricEigenDecomposition(), matrix), 1e-14);
    assertEquals(3 + Math.sqrt(3), theirs, 1e-14);
  }

  /** EJML's own gives up on a matrix of ones: the roundings of its zeros never get small enough. */
  @Test
  void decompose_onesWhereEjmlGivesUp_isRight() {
    DMatrixRMaj ones = new DMatrixRMaj(42, 42);
    CommonOps_DDRM.fill(ones, 1);
    assertThrows(
        ArithmeticException.class,
        () -> largestEigenvalue(DecompositionFactory_DDRM.eig(42, true, true), ones.copy()));
    assertEquals(42, largestEigenvalue(new SymmetricEigenDecomposition(), ones), 1e-12);
  }

  @Test
  void getEigenVector_columns_solveTheProblem() {
    DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
    SymmetricEigenDecomposition eigen = new SymmetricEigenDecomposition();
    assertTrue(eigen.decompose(matrix));
    assertFalse(eigen.inputModified());
    DMatrixRMaj image = new DMatrixRMaj(3, 1);
    for (int j = 0; j < 3; j++) {
      DMatrixRMaj v = eigen.getEigenVector(j);
      CommonOps_DDRM.mult(matrix, v, image);
      for (int i = 0; i < 3; i++) {
        assertEquals(eigen.getEigenvalue(j).getReal() * v.get(i), image.get(i), 1e-14);
      }
    }
  }

  /** EJML's storage may be longer than the matrix. */
  @Test
  void decompose_reshapedMatrix_readsItsElementsAlone() {
    DMatrixRMaj matrix = new DMatrixRMaj(5, 5);
    CommonOps_DDRM.fill(matrix, 7);
    matrix.reshape(2, 2);
    matrix.set(0, 0, 2);
    matrix.set(0, 1, 1);
    matrix.set(1, 0, 1);
    matrix.set(1, 1, 2);
    assertEquals(3, largestEigenvalue(new SymmetricEigenDecomposition(), matrix), 1e-15);
  }

  @Test
  void decompose_infiniteElement_isRefusedByName() {
    DMatrixRMaj matrix = CommonOps_DDRM.identity(3);
    matrix.set(1, 1, Double.POSITIVE_INFINITY);
    SymmetricEigenDecomposition eigen = new SymmetricEigenDecomposition();
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> eigen.decompose(matrix));
    assertTrue(String.valueOf(refused.getMessage()).contains("(1, 1)"), refused.getMessage());
  }

  @Test
  void getEigenVector_valuesAlone_isRefused() {
    SymmetricEigenDecomposition eigen = new SymmetricEigenDecomposition(false, new EigenSolver());
    assertTrue(eigen.decompose(CommonOps_DDRM.identity(3)));
    assertThrows(IllegalStateException.class, () -> eigen.getEigenVector(0));
    assertEquals(3, eigen.getNumberOfEigenvalues());
  }
}
