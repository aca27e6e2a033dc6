package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class GramProbeTest {
  private static final int N = 160;

  private final GramProbe probe = new GramProbe();

  @Test
  void fewSmall_valuesOfWhichFewAreNearZero_isTrue() {
    assertTrue(looksGood(RectangularMatrices.uniform(N, N, 1), 1));
    assertTrue(looksGood(RectangularMatrices.uniform(2 * N, N, 2), 1));
    assertTrue(looksGood(withValues(j -> 1 - (double) j / N), 1));
    assertTrue(looksGood(withValues(j -> 1 - 1e-3 * j / N), 1));
    assertTrue(looksGood(withValues(j -> Math.pow(10, -(double) j / N)), 1));
    assertTrue(looksGood(withValues(j -> j < 0.85 * N ? 1 - 0.5 * j / N : 1e-5), 1));
  }

  @Test
  void fewSmall_valuesOfWhichManyAreNearZeroOrAllEqual_isFalse() {
    assertFalse(looksGood(withValues(j -> Math.pow(100, -(double) j / N)), 1));
    assertFalse(looksGood(withValues(j -> 1.0 / (1 + j)), 1));
    assertFalse(looksGood(withValues(j -> j < N / 2 ? 1 - 0.5 * j / N : 1e-3), 1));
    assertFalse(looksGood(withValues(j -> j == 0 ? 1 : 1e-3), 1));
    assertFalse(looksGood(withValues(j -> 1), 1));
    assertFalse(looksGood(DenseMatrix.identity(N), 1));
    assertFalse(looksGood(DenseMatrix.identity(N).times(0), 1));
  }

  @Test
  void fewSmall_scaledMatrix_isTheSame() {
    DenseMatrix uniform = RectangularMatrices.uniform(N, N, 1);
    assertTrue(looksGood(uniform.times(0x1p400), 0x1p-400));
    assertTrue(looksGood(uniform.times(0x1p-400), 0x1p400));
  }

  private static DenseMatrix withValues(IntToDoubleFunction values) {
    return RectangularMatrices.withValues(N, N, values, 3);
  }

  private boolean looksGood(DenseMatrix matrix, double scale) {
    return probe.fewSmall(matrix.rows(), matrix.columns(), matrix.columnMajor(), scale);
  }
}
