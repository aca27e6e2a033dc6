package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixBatchTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 17})
  void of_contiguousArray_holdsEveryElementAndZerosBehind(int count) {
    for (int n : new int[] {1, 2, 3, 8, 11}) {
      double[] elements = TestMatrices.random(n).doubles((long) count * n * n).toArray();
      MatrixBatch batch = MatrixBatch.of(count, n, elements);
      double[] expected = new double[(count + 7) / 8 * 8 * n * n];
      for (int b = 0; b < count; b++) {
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < n; i++) {
            double element = elements[(b * n + j) * n + i];
            assertEquals(element, batch.get(b, i, j));
            expected[((b / 8) * n * n + j * n + i) * 8 + b % 8] = element;
          }
        }
      }
      assertArrayEquals(expected, batch.interleaved());
      assertArrayEquals(elements, batch.toColumnMajor());
    }
  }

  @Test
  void of_rectangularMatrices_holdsThemHoweverTheyCome() {
    for (int[] shape : new int[][] {{3, 2}, {2, 5}, {1, 4}, {0, 3}, {3, 0}}) {
      int m = shape[0];
      int n = shape[1];
      double[] elements = TestMatrices.random(m).doubles(11L * m * n).toArray();
      MatrixBatch batch = MatrixBatch.of(11, m, n, elements);
      DenseMatrix[] matrices = new DenseMatrix[11];
      double[] rowMajor = new double[11 * m * n];
      for (int b = 0; b < 11; b++) {
        matrices[b] = batch.matrix(b);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double element = elements[(b * n + j) * m + i];
            assertEquals(element, batch.get(b, i, j));
            assertEquals(element, matrices[b].get(i, j));
            rowMajor[(b * m + i) * n + j] = element;
          }
        }
      }
      assertArrayEquals(elements, batch.toColumnMajor());
      assertArrayEquals(rowMajor, batch.toRowMajor());
      for (MatrixBatch same :
          new MatrixBatch[] {
            MatrixBatch.of(matrices),
            MatrixBatch.ofRowMajor(11, m, n, rowMajor),
            MatrixBatch.wrap(11, m, n, batch.interleaved())
          }) {
        assertEquals(m, same.rows());
        assertEquals(n, same.columns());
        assertArrayEquals(batch.interleaved(), same.interleaved());
      }
    }
  }

  @Test
  void order_rectangularMatrices_isRefusedByAllThatNeedSquareOnes() {
    MatrixBatch batch = MatrixBatch.of(1, 3, 2, new double[6]);
    String message =
        "the matrices of the batch must be square, got 3×2: their sizes are rows() and columns(),"
            + " and Svd decomposes them";
    refuse(message, batch::order);
    refuse(message, () -> SymmetricEigen.decompose(batch));
    refuse(message, () -> SymmetricEigen.values(batch, IndexRange.largest(1)));
    refuse(message, () -> PowerIteration.DEFAULT.dominant(batch));
  }

  @Test
  void of_matrices_holdsThem() {
    DenseMatrix[] matrices = BatchTest.uniform(11, 5);
    MatrixBatch batch = MatrixBatch.of(matrices);
    assertEquals(11, batch.count());
    assertEquals(5, batch.order());
    for (int b = 0; b < matrices.length; b++) {
      assertEquals(matrices[b], batch.matrix(b));
    }
    assertEquals(0, MatrixBatch.of().count());
  }

  @Test
  void wrap_interleavedArray_keepsIt() {
    double[] interleaved = new double[MatrixBatch.elementCount(3, 2)];
    assertEquals(32, interleaved.length);
    assertSame(interleaved, MatrixBatch.wrap(3, 2, interleaved).interleaved());
  }

  @Test
  void of_sizesThatDoNotMatch_areRefused() {
    refuse(
        "matrices must be 2×2, got 3×3 at index 1",
        () -> MatrixBatch.of(DenseMatrix.identity(2), DenseMatrix.identity(3)));
    refuse(
        "2 matrices of 3×3 have 18 elements, got 17", () -> MatrixBatch.of(2, 3, new double[17]));
    refuse(
        "2 matrices of 3×3 have 72 elements in whole lane blocks, got 18",
        () -> MatrixBatch.wrap(2, 3, new double[18]));
    refuse(
        "count, rows and columns must be ≥ 0, got -1, 3 and 3",
        () -> MatrixBatch.of(-1, 3, new double[0]));
    refuse(
        "batch must have at most 2147483647 elements, got 1600×2000000: divide it into smaller"
            + " ones",
        () -> MatrixBatch.elementCount(2_000_000, 40));
  }

  private static void refuse(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void get_noSuchElement_isRefused() {
    MatrixBatch batch = MatrixBatch.of(DenseMatrix.identity(2));
    assertThrows(IndexOutOfBoundsException.class, () -> batch.get(1, 0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> batch.get(0, 2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> batch.get(0, 0, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> batch.matrix(1));
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(batch);
    assertThrows(IndexOutOfBoundsException.class, () -> eigen.value(1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> eigen.value(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> eigen.values(1));
    assertThrows(IndexOutOfBoundsException.class, () -> eigen.decomposition(1));
  }

  @Test
  void of_asManyEmptyMatricesAsThereCanBe_ends() {
    MatrixBatch batch = MatrixBatch.of(Integer.MAX_VALUE, 0, new double[0]);
    assertEquals(Integer.MAX_VALUE, batch.count());
    assertEquals(0, batch.toColumnMajor().length);
  }
}
