package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices that are symmetric within the tolerance, but not to the bit. */
class AsymmetryTest {
  private static final EigenOptions FLOAT_DATA = EigenOptions.DEFAULT.withSymmetryTolerance(1e-6);

  /** What float32 arithmetic makes of a symmetric matrix. */
  private static DenseMatrix almostSymmetric(int n, double asymmetry) {
    Random random = new Random(n);
    double[] elements = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        elements[i + j * n] =
            i < j
                ? elements[j + i * n] * (1 + asymmetry * random.nextDouble())
                : random.nextGaussian();
      }
    }
    return DenseMatrix.wrap(n, n, elements);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8, 16, 33, 70})
  void decompose_asymmetryWithinTheTolerance_decomposesTheSymmetricPart(int n) {
    DenseMatrix matrix = almostSymmetric(n, 1e-7);
    DenseMatrix symmetric = matrix.symmetricPart();
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix, FLOAT_DATA);
    Eigendecomposition expected = SymmetricEigen.decompose(symmetric);
    assertEquals(expected.vectors(), eigen.vectors());
    assertTrue(eigen.residual(matrix) <= 30);
    assertTrue(eigen.residual(symmetric) <= 30);
    IndexRange range = IndexRange.largest(2);
    PartialEigendecomposition some = SymmetricEigen.decompose(matrix, range, FLOAT_DATA);
    assertTrue(SpectralAccuracy.partialResidual(matrix, some.values(), some.vectors()) <= 30);
    double[] values = SymmetricEigen.values(matrix, FLOAT_DATA);
    double[] leading = SymmetricEigen.values(matrix, range, FLOAT_DATA);
    for (int j = 0; j < n; j++) {
      assertEquals(expected.value(j), values[j], 1e-13 * n);
    }
    assertEquals(expected.value(n - 1), leading[1], 1e-13 * n);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 8, 16, 45})
  void decompose_batch_isThatOfTheSymmetricParts(int n) {
    DenseMatrix matrix = almostSymmetric(n, 1e-7);
    DenseMatrix exact = almostSymmetric(n, 0);
    MatrixBatch batch = MatrixBatch.of(exact, matrix, exact);
    BatchedEigendecomposition all =
        BatchedSymmetricEigen.decompose(batch, FLOAT_DATA, FailurePolicy.THROW);
    BatchedEigendecomposition parts =
        BatchedSymmetricEigen.decompose(MatrixBatch.of(exact, matrix.symmetricPart(), exact));
    for (int b = 0; b < 3; b++) {
      assertEquals(parts.vectors().matrix(b), all.vectors().matrix(b));
    }
    assertTrue(all.decomposition(1).residual(matrix) <= 30);
  }

  @Test
  void decompose_moreThanTheTolerance_isRefusedWithAdviceThatWorks() {
    DenseMatrix matrix = almostSymmetric(6, 1e-7);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.decompose(matrix));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("symmetricPart()"), message);
    assertTrue(message.contains("withSymmetryTolerance"), message);
    SymmetricEigen.decompose(matrix.symmetricPart());
    SymmetricEigen.decompose(matrix, FLOAT_DATA);
    assertThrows(
        IllegalArgumentException.class, () -> EigenOptions.DEFAULT.withSymmetryTolerance(-1));
  }

  @Test
  void decompose_defaultTolerance_passesItsOwnRatio() {
    DenseMatrix matrix = DenseMatrix.of(2, 2, 1, 0.5 + 9e-11, 0.5, 1);
    assertTrue(SymmetricEigen.decompose(matrix).residual(matrix) <= 30);
  }

  @Test
  void powerIteration_asymmetryWithinTheTolerance_findsAPairOfTheSymmetricPart() {
    DenseMatrix matrix = almostSymmetric(6, 1e-11);
    PowerIteration iteration = PowerIteration.DEFAULT;
    assertEquals(
        iteration.dominant(matrix.symmetricPart()).value(), iteration.dominant(matrix).value());
    MatrixBatch batch = MatrixBatch.of(matrix, matrix.symmetricPart());
    BatchedEigenPairs pairs = iteration.dominant(batch);
    assertEquals(pairs.pair(1, 0).value(), pairs.pair(0, 0).value());
  }

  @Test
  void symmetricPart_symmetricMatrix_staysAsItIs() {
    for (double x : new double[] {Double.MIN_VALUE, 3 * Double.MIN_VALUE, 0.1, 1.5e308, -1.5e308}) {
      DenseMatrix symmetric = DenseMatrix.of(2, 2, -x, x, x, x);
      assertEquals(symmetric, symmetric.symmetricPart());
      assertSame(symmetric, symmetric.requireSymmetric(0));
    }
    DenseMatrix huge = DenseMatrix.of(2, 2, 0, 1.7e308, 1.5e308, 0);
    assertEquals(1.6e308, huge.symmetricPart().get(0, 1));
    assertEquals(0, DenseMatrix.of(2, 2, 0, 1.7e308, -1.7e308, 0).symmetricPart().maxAbs());
    DenseMatrix almost = almostSymmetric(4, 1e-12);
    assertNotEquals(almost, almost.requireSymmetric(1e-10));
    assertEquals(almost.symmetricPart(), almost.requireSymmetric(1e-10));
  }
}
