package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Sizes whose product is more than an array holds are refused by name, before any memory. */
class SizeLimitsTest {
  /** The least n with n² > 2³¹ − 1. */
  private static final int N = 46_341;

  private static final double[] DIAGONAL = new double[N];
  private static final double[] OFF_DIAGONAL = new double[N - 1];

  static {
    Arrays.setAll(DIAGONAL, i -> i);
    Arrays.fill(OFF_DIAGONAL, 1);
  }

  private static String refusal(Runnable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    assertTrue(message.contains("must have at most 2147483647 elements, got "), message);
    return message;
  }

  @Test
  void matrix_tooLarge_isRefused() {
    String expected =
        "matrix must have at most 2147483647 elements, got 46341×46341:"
            + " divide it into smaller ones";
    assertEquals(expected, refusal(() -> DenseMatrix.identity(N)));
    assertEquals(expected, refusal(() -> DenseMatrix.diagonal(DIAGONAL)));
    assertEquals(expected, refusal(() -> DenseMatrix.wrap(N, N, DIAGONAL)));
    assertEquals(expected, refusal(() -> DenseMatrix.of(N, N, DIAGONAL)));
    DenseMatrix column = DenseMatrix.wrap(N, 1, DIAGONAL);
    assertEquals(expected, refusal(() -> column.times(DenseMatrix.wrap(1, N, DIAGONAL))));
    assertEquals(1 << 30, DenseMatrix.elementCount(1 << 15, 1 << 15));
  }

  @Test
  void batch_tooLarge_isRefused() {
    String advice = "divide it into smaller ones";
    assertTrue(refusal(() -> MatrixBatch.of(Integer.MAX_VALUE, 1, DIAGONAL)).contains(advice));
    assertTrue(refusal(() -> MatrixBatch.wrap(1, N, DIAGONAL)).contains("2147488281×8"));
    assertTrue(refusal(() -> MatrixBatch.elementCount(1, Integer.MAX_VALUE)).contains(advice));
    assertEquals(1 << 30, MatrixBatch.elementCount(1 << 20, 1 << 5));
  }

  /** The advice is followed. */
  @Test
  void tridiagonal_moreVectorsThanAnArrayHolds_hasValuesAlone() {
    IndexRange two = IndexRange.smallest(2);
    for (String message :
        new String[] {
          refusal(() -> TridiagonalEigen.decompose(DIAGONAL, OFF_DIAGONAL)),
          refusal(() -> TridiagonalEigen.decompose(DIAGONAL, OFF_DIAGONAL, IndexRange.of(0, N)))
        }) {
      assertTrue(message.contains("46341×46341"), message);
      assertTrue(message.contains("or for the values alone"), message);
    }
    assertEquals(2, TridiagonalEigen.values(DIAGONAL, OFF_DIAGONAL, two).length);
    assertEquals(2, TridiagonalEigen.decompose(DIAGONAL, OFF_DIAGONAL, two).values().length);
  }

  /** Two equal blocks of half the order: many of either could be in the middle, but are not. */
  @Test
  void blocks_fewPairsInTheMiddle_needLittleMemory() {
    int n = 2 * N;
    double[] d = new double[n];
    double[] e = new double[n - 1];
    Arrays.setAll(d, i -> i % N);
    IndexRange middle = IndexRange.of(N - 1, N + 1);
    for (int i = 0; i < n - 1; i++) {
      e[i] = i == N - 1 ? 0 : 1e-3;
    }
    // N is odd: both blocks have their middle value twice in the middle.
    double[] expected = {23_170, 23_170};
    double[] values = TridiagonalEigen.decompose(d, e, middle).values();
    assertArrayEquals(expected, values, 1e-6);
  }

  @Test
  void range_manyBlocks_needsLittleMemory() {
    double[] zeros = new double[N - 1];
    PartialEigendecomposition smallest =
        TridiagonalEigen.decompose(DIAGONAL, zeros, IndexRange.smallest(2));
    assertArrayEquals(new double[] {0, 1}, smallest.values());
    assertEquals(1, smallest.vectors().get(1, 1));
  }
}
