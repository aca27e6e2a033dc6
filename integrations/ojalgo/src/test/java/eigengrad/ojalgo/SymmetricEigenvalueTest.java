package eigengrad.ojalgo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

class SymmetricEigenvalueTest {
  private static final R064Store MATRIX =
      R064Store.wrap(new double[] {4, 1, 0, 1, 3, 1, 0, 1, 2}, 3);

  /** Magnitudes descend, not values. */
  private static final R064Store INDEFINITE =
      R064Store.wrap(new double[] {-4, 1, 0, 1, 3, 1, 0, 1, 2}, 3);

  @Test
  void accessors_programForOjAlgo_getTheSameAnswers() {
    for (R064Store matrix : List.of(MATRIX, INDEFINITE)) {
      Eigenvalue<Double> theirs = Eigenvalue.R064.make(3, true);
      SymmetricEigenvalue ours = new SymmetricEigenvalue();
      assertTrue(theirs.decompose(matrix));
      assertTrue(ours.decompose(matrix));
      double[] expected = new double[3];
      double[] actual = new double[3];
      double[] imaginary = {1, 1, 1};
      theirs.getEigenvalues(expected, Optional.empty());
      ours.getEigenvalues(actual, Optional.of(imaginary));
      assertArrayEquals(expected, actual, 1e-14);
      assertArrayEquals(new double[3], imaginary);
      assertEquals(theirs.getDeterminant(), ours.getDeterminant(), 1e-13);
      assertEquals(theirs.getTrace().doubleValue(), ours.getTrace().doubleValue(), 1e-14);
      MatrixStore<Double> v = ours.getV();
      assertClose(matrix, v.multiply(ours.getD()).multiply(v.transpose()));
      for (int j = 0; j < 3; j++) {
        assertEquals(expected[j], ours.getEigenvalues().get(j).doubleValue(), 1e-14);
      }
      assertTrue(ours.computeValuesOnly(matrix));
      ours.getEigenvalues(actual, Optional.empty());
      assertArrayEquals(expected, actual, 1e-14);
    }
  }

  @Test
  void getEigenvalues_equalMagnitudes_positiveOneIsFirst() {
    SymmetricEigenvalue eigen = new SymmetricEigenvalue();
    assertTrue(eigen.decompose(R064Store.wrap(new double[] {-1, 0, 0, 1}, 2)));
    double[] values = new double[2];
    eigen.getEigenvalues(values, Optional.empty());
    assertArrayEquals(new double[] {1, -1}, values);
  }

  /** The scale is no part of the vectors; ojAlgo loses their digits with those of the elements. */
  @Test
  void getV_subnormalMatrixWhereOjAlgoIsOff_isThatOfTheScaledOne() {
    MatrixStore<Double> tiny = MATRIX.multiply(0x1p-1072);
    Eigenvalue<Double> theirs = Eigenvalue.R064.make(3, true);
    SymmetricEigenvalue ours = new SymmetricEigenvalue();
    double exact = (3 + Math.sqrt(3)) / 6; // the largest component of the first vector
    assertTrue(theirs.decompose(tiny));
    assertTrue(Math.abs(Math.abs(theirs.getV().doubleValue(0, 0)) - exact) > 0.02);
    assertTrue(ours.decompose(tiny));
    assertEquals(exact, Math.abs(ours.getV().doubleValue(0, 0)), 1e-14);
  }

  @Test
  void decompose_infiniteElement_isRefusedByName() {
    R064Store matrix = R064Store.wrap(new double[] {1, 0, 0, Double.POSITIVE_INFINITY}, 2);
    SymmetricEigenvalue eigen = new SymmetricEigenvalue();
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> eigen.decompose(matrix));
    assertTrue(String.valueOf(refused.getMessage()).contains("(1, 1)"), refused.getMessage());
  }

  @Test
  void getV_valuesAlone_isRefused() {
    SymmetricEigenvalue eigen = new SymmetricEigenvalue();
    assertTrue(eigen.computeValuesOnly(MATRIX));
    assertThrows(IllegalStateException.class, eigen::getV);
    assertEquals(24 - 6, eigen.getDeterminant(), 1e-13);
  }

  private static void assertClose(MatrixStore<Double> expected, MatrixStore<Double> actual) {
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(expected.doubleValue(i, j), actual.doubleValue(i, j), 1e-13);
      }
    }
  }
}
