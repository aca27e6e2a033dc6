package eigengrad.linalg;

import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;
import static eigengrad.linalg.TestMatrices.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpectralAccuracyTest {
  private final DenseMatrix matrix = uniform(20, 1);
  private final Eigendecomposition eigen = SymmetricEigen.decompose(matrix);

  @Test
  void residual_oneValueSlightlyOff_isRejected() {
    double[] values = eigen.values();
    values[7] *= 1 + 1e-11;
    assertTrue(SpectralAccuracy.residual(matrix, values, eigen.vectors()) > RATIO_LIMIT);
  }

  @Test
  void residual_twoVectorsSwapped_isRejected() {
    double[] v = eigen.vectors().toArray();
    for (int i = 0; i < 20; i++) {
      double kept = v[i + 3 * 20];
      v[i + 3 * 20] = v[i + 4 * 20];
      v[i + 4 * 20] = kept;
    }
    DenseMatrix swapped = DenseMatrix.wrap(20, 20, v);
    assertTrue(SpectralAccuracy.residual(matrix, eigen.values(), swapped) > RATIO_LIMIT);
    assertTrue(SpectralAccuracy.orthogonality(swapped) <= RATIO_LIMIT);
  }

  @Test
  void orthogonality_oneVectorSlightlyLong_isRejected() {
    double[] v = eigen.vectors().toArray();
    for (int i = 0; i < 20; i++) {
      v[i + 5 * 20] *= 1 + 1e-12;
    }
    assertTrue(SpectralAccuracy.orthogonality(DenseMatrix.wrap(20, 20, v)) > RATIO_LIMIT);
  }

  @Test
  void residual_handComputed_isTheRatio() {
    // ‖diag(2, 1) − diag(2, 1 + 2⁻⁵⁰)‖₁ / (2 · 2 · 2⁻⁵²) = 1.
    assertEquals(
        1,
        SpectralAccuracy.residual(
            DenseMatrix.diagonal(2, 1), new double[] {2, 1 + 0x1p-50}, DenseMatrix.identity(2)));
  }

  @Test
  void residual_scaledByPowersOfTwo_isTheSame() {
    for (double scale : new double[] {0x1p1000, 0x1p-900}) {
      DenseMatrix scaled = matrix.times(scale);
      double[] values = eigen.values();
      for (int i = 0; i < values.length; i++) {
        values[i] *= scale;
      }
      assertEquals(
          eigen.residual(matrix), SpectralAccuracy.residual(scaled, values, eigen.vectors()));
    }
  }

  /** ‖diag(2, 1) v − (1 + 2⁻⁵⁰) v‖₁ / (2 · 2 · 2⁻⁵²) = 1 for v = (0, 1). */
  @Test
  void partialResidual_handComputed_isTheRatio() {
    assertEquals(
        1,
        SpectralAccuracy.partialResidual(
            DenseMatrix.diagonal(2, 1), new double[] {1 + 0x1p-50}, DenseMatrix.of(2, 1, 0, 1)));
  }

  @Test
  void partialRatios_somePairs_tellThoseThatAreWrong() {
    DenseMatrix four = DenseMatrix.of(20, 4, Arrays.copyOf(eigen.vectors().toArray(), 80));
    double[] values = Arrays.copyOf(eigen.values(), 4);
    assertTrue(SpectralAccuracy.partialResidual(matrix, values, four) <= RATIO_LIMIT);
    assertTrue(SpectralAccuracy.orthogonality(four) <= RATIO_LIMIT);
    values[2] += 1e-11;
    assertTrue(SpectralAccuracy.partialResidual(matrix, values, four) > RATIO_LIMIT);
    double[] v = four.toArray();
    System.arraycopy(v, 0, v, 20, 20);
    assertTrue(SpectralAccuracy.orthogonality(DenseMatrix.wrap(20, 4, v)) > RATIO_LIMIT);
  }

  @Test
  void ratios_wrongSizes_areRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SpectralAccuracy.partialResidual(matrix, new double[3], eigen.vectors()));
    assertThrows(
        IllegalArgumentException.class,
        () -> SpectralAccuracy.partialResidual(uniform(19, 1), eigen.values(), eigen.vectors()));
    assertThrows(IllegalArgumentException.class, () -> eigen.residual(uniform(19, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> SpectralAccuracy.orthogonality(DenseMatrix.wrap(2, 3, new double[6])));
  }

  @Test
  void of_inconsistentParts_areRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Eigendecomposition.of(new double[] {2, 1}, DenseMatrix.identity(2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Eigendecomposition.of(new double[] {1, Double.NaN}, DenseMatrix.identity(2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Eigendecomposition.of(new double[] {1}, DenseMatrix.identity(2)));
  }
}
