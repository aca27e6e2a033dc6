package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DenseMatrixTest {
  private final DenseMatrix a = DenseMatrix.ofRows(new double[][] {{1, 2, 3}, {4, 5, 6}});

  @Test
  void ofRows_givenRows_storesColumns() {
    assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, a.columnMajor());
    assertEquals(6, a.get(1, 2));
    assertArrayEquals(new double[] {3, 6}, a.column(2));
    assertEquals(DenseMatrix.of(2, 3, 1, 4, 2, 5, 3, 6), a);
  }

  @Test
  void of_array_isCopied() {
    double[] elements = {1, 2};
    DenseMatrix matrix = DenseMatrix.of(2, 1, elements);
    elements[0] = 9;
    assertEquals(1, matrix.get(0, 0));
  }

  @Test
  void times_matrix_isTheProduct() {
    assertEquals(DenseMatrix.ofRows(new double[][] {{14, 32}, {32, 77}}), a.times(a.transpose()));
  }

  @Test
  void arithmetic_smallMatrices_isExact() {
    assertEquals(DenseMatrix.of(2, 3, 2, 8, 4, 10, 6, 12), a.plus(a));
    assertEquals(DenseMatrix.of(2, 3, 0, 0, 0, 0, 0, 0), a.minus(a));
    assertEquals(DenseMatrix.of(2, 3, 0.5, 2, 1, 2.5, 1.5, 3), a.times(0.5));
    assertEquals(
        DenseMatrix.of(2, 2, 1, 1, 1, 1), DenseMatrix.of(2, 2, 1, 0, 2, 1).symmetricPart());
    assertEquals(Math.sqrt(91), a.frobeniusNorm(), 1e-14);
    assertEquals(6, a.maxAbs());
    assertEquals(DenseMatrix.identity(2), DenseMatrix.diagonal(1, 1));
    assertNotEquals(DenseMatrix.identity(2), DenseMatrix.identity(3));
  }

  @Test
  void symmetricPart_subnormalElements_isExactlySymmetric() {
    double least = Double.MIN_VALUE;
    DenseMatrix part = DenseMatrix.of(2, 2, 0, least, 3 * least, 0).symmetricPart();
    assertEquals(part, part.transpose());
  }

  @Test
  void symmetricPart_hugeElements_doesNotOverflow() {
    double huge = Double.MAX_VALUE;
    assertEquals(huge, DenseMatrix.of(2, 2, huge, huge, huge, huge).symmetricPart().maxAbs());
  }

  @Test
  void toString_small_showsRows() {
    assertEquals("DenseMatrix 2×3\n[[1.0, 2.0, 3.0]\n [4.0, 5.0, 6.0]]", a.toString());
    assertEquals("DenseMatrix 13×13", DenseMatrix.identity(13).toString());
  }

  @Test
  void anything_badShapes_areRefused() {
    assertRefused("2×2 matrix has 4 elements, got 3", () -> DenseMatrix.of(2, 2, 1, 2, 3));
    assertRefused("got -1×0", () -> DenseMatrix.of(-1, 0));
    assertRefused("got -1×-1", () -> DenseMatrix.identity(-1));
    assertRefused("got 65536×65536", () -> DenseMatrix.identity(65536));
    DenseMatrix tall = DenseMatrix.of(65536, 0);
    assertRefused("got 65536×65536", () -> tall.times(tall.transpose()));
    assertRefused("row 1 has 1 elements", () -> DenseMatrix.ofRows(new double[][] {{1, 2}, {3}}));
    assertRefused("2×3 by a 2×3", () -> a.times(a));
    assertRefused("2×3 and 3×2", () -> a.plus(a.transpose()));
    assertRefused("2×3", a::symmetricPart);
    assertThrows(IndexOutOfBoundsException.class, () -> a.get(2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> a.column(3));
  }

  private static void assertRefused(String detail, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(refusal.getMessage()).contains(detail), refusal.getMessage());
  }

  @Test
  void hashCode_equalMatrices_isEqualAndSeesShapeAndElements() {
    DenseMatrix matrix = DenseMatrix.of(2, 3, 1, 2, 3, 4, 5, 6);
    assertEquals(matrix.hashCode(), DenseMatrix.of(2, 3, 1, 2, 3, 4, 5, 6).hashCode());
    assertNotEquals(matrix.hashCode(), DenseMatrix.of(3, 2, 1, 2, 3, 4, 5, 6).hashCode());
    assertNotEquals(matrix.hashCode(), DenseMatrix.of(2, 3, 1, 2, 3, 4, 5, 7).hashCode());
    assertNotEquals(0, DenseMatrix.identity(0).hashCode());
  }

  @Test
  void requireSymmetric_toleranceNegativeOrNaN_isRefusedWhateverTheOrder() {
    for (double tolerance : new double[] {Double.NaN, -1e-10}) {
      for (int n : new int[] {0, 1, 3}) {
        DenseMatrix matrix = DenseMatrix.identity(n);
        IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> matrix.requireSymmetric(tolerance));
        assertEquals("tolerance must be ≥ 0, got " + tolerance, e.getMessage());
      }
    }
  }

  @Test
  void requireSymmetric_symmetricMatrix_isReturned() {
    DenseMatrix matrix = DenseMatrix.of(2, 2, 1, 2, 2, 3);
    assertSame(matrix, matrix.requireSymmetric(0));
  }
}
