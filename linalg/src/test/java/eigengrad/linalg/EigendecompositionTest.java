package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EigendecompositionTest {
  private static final DenseMatrix IDENTITY = DenseMatrix.identity(3);

  @Test
  void of_tiedValues_keepsCopies() {
    double[] values = {1, 1, 2};
    Eigendecomposition eigen = Eigendecomposition.of(values, IDENTITY);
    values[0] = 5;
    assertEquals(3, eigen.order());
    assertEquals(1, eigen.value(0));
    assertEquals(IDENTITY, eigen.vectors());
    assertEquals(0, Eigendecomposition.of(new double[0], DenseMatrix.identity(0)).order());
  }

  @Test
  void of_inconsistentParts_areRefused() {
    double[] values = {1, 2, 3};
    requireRefused(values, DenseMatrix.of(3, 2, new double[6]));
    requireRefused(values, DenseMatrix.of(2, 3, new double[6]));
    requireRefused(new double[] {2, 1, 3}, IDENTITY);
    requireRefused(new double[] {1, Double.NaN, 3}, IDENTITY);
    requireRefused(values, DenseMatrix.of(3, 3, 1, 0, 0, 0, 1, 0, 0, Double.NaN, 1));
  }

  private static void requireRefused(double[] values, DenseMatrix vectors) {
    assertThrows(IllegalArgumentException.class, () -> Eigendecomposition.of(values, vectors));
  }

  @Test
  void ratios_vectorsThatAreNotOrthonormal_areLarge() {
    DenseMatrix skewed = DenseMatrix.of(2, 2, 1, 0, 0.5, 1);
    Eigendecomposition eigen = Eigendecomposition.of(new double[] {1, 2}, skewed);
    assertTrue(eigen.orthogonality() > 1e12);
    assertTrue(eigen.residual(DenseMatrix.diagonal(1, 2)) > 1e12);
  }

  @Test
  void partialRatios_ownAndOtherMatrix_areSmallAndLarge() {
    DenseMatrix matrix = TestMatrices.uniform(20, 1);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(matrix, IndexRange.largest(3));
    double own = pairs.residual(matrix);
    assertTrue(own > 0 && own <= TestMatrices.RATIO_LIMIT, "residual " + own);
    assertTrue(pairs.residual(TestMatrices.uniform(20, 2)) > 1e10);
    assertEquals(SpectralAccuracy.orthogonality(pairs.vectors()), pairs.orthogonality());
    assertTrue(pairs.orthogonality() > 0);
  }

  @Test
  void scaling_anyMagnitude_bringsTheLargestBetweenOneAndTwo() {
    for (double largest : new double[] {1.5, 0x1p1023, 0x1p-1022, 0x1.8p-1023, 0x1p-1074, 3}) {
      double scaled = Scaling.forLargest(largest).apply(new double[] {largest})[0];
      assertTrue(1 <= scaled && scaled < 2, largest + " became " + scaled);
    }
    assertEquals(0x1p1000, Scaling.shift(0x1p-1074, 2074));
    assertEquals(12, Scaling.shift(1.5, 3));
  }

  @Test
  void hashCode_differentRanges_differs() {
    int hash = IndexRange.of(2, 5).hashCode();
    assertEquals(IndexRange.of(2, 5).hashCode(), hash);
    assertNotEquals(IndexRange.of(3, 5).hashCode(), hash);
    assertNotEquals(IndexRange.of(2, 6).hashCode(), hash);
    assertNotEquals(IndexRange.largest(3).hashCode(), IndexRange.smallest(3).hashCode());
  }
}
