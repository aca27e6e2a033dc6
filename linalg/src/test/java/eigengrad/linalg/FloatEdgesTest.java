package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of frameworks, single precision and row-major, into and out of matrices and batches. */
class FloatEdgesTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 3", "4, 0", "1, 1", "2, 3", "3, 2", "17, 9"})
  void matrix_rowsOneAfterTheOther_hasEachElementInItsPlace(int rows, int columns) {
    float[] floats = floats(rows * columns);
    DenseMatrix matrix = DenseMatrix.ofRowMajor(rows, columns, floats);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        assertEquals((double) floats[i * columns + j], matrix.get(i, j));
      }
    }
    assertEquals(matrix, DenseMatrix.ofRowMajor(rows, columns, doubles(floats)));
    assertArrayEquals(floats, matrix.toRowMajorFloats());
    assertArrayEquals(doubles(floats), matrix.toRowMajor());
    assertEquals(matrix, DenseMatrix.of(rows, columns, matrix.toFloats()));
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 1", "3, 2", "8, 3", "19, 5"})
  void batch_rowsOneAfterTheOther_hasEachElementInItsPlace(int count, int n) {
    float[] floats = floats(count * n * n);
    MatrixBatch batch = MatrixBatch.ofRowMajor(count, n, floats);
    for (int b = 0; b < count; b++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          assertEquals((double) floats[(b * n + i) * n + j], batch.get(b, i, j));
        }
      }
    }
    assertArrayEquals(floats, batch.toRowMajorFloats());
    assertArrayEquals(doubles(floats), batch.toRowMajor());
    MatrixBatch again = MatrixBatch.of(count, n, batch.toFloats());
    assertArrayEquals(batch.interleaved(), again.interleaved());
    MatrixBatch ofDoubles = MatrixBatch.ofRowMajor(count, n, doubles(floats));
    assertArrayEquals(batch.interleaved(), ofDoubles.interleaved());
  }

  @Test
  void allValues_batch_areThoseOfEachMatrix() {
    DenseMatrix[] matrices = BatchTest.uniform(11, 5);
    MatrixBatch batch = MatrixBatch.of(matrices);
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(batch);
    BatchedPartialEigendecomposition some = SymmetricEigen.decompose(batch, IndexRange.largest(2));
    BatchedEigenvalues values = SymmetricEigen.values(batch);
    for (int b = 0; b < matrices.length; b++) {
      for (int j = 0; j < 5; j++) {
        assertEquals(eigen.value(b, j), eigen.allValues()[5 * b + j]);
        assertEquals(values.value(b, j), values.allValues()[5 * b + j]);
      }
      assertEquals(some.value(b, 1), some.allValues()[2 * b + 1]);
    }
    assertEquals(55, eigen.allValues().length);
    assertEquals(22, some.allValues().length);
  }

  /** The matrix of floats is exact, and its computed eigenvalues are off by few u‖M‖ at most. */
  @Test
  void decompose_matrixOfFloats_givesTheRoundedValuesOfTheExactMatrix() {
    int n = 24;
    double[] values = SymmetricEigen.values(DenseMatrix.ofRowMajor(n, n, secondDifference(n)));
    float[] rounded = DenseMatrix.of(n, 1, values).toFloats();
    for (int j = 0; j < n; j++) {
      assertEquals((float) exactValue(n, j), rounded[j]);
    }
  }

  @Test
  void decompose_matrixOfFloats_givesTheRoundedVectorsOfTheExactMatrix() {
    int n = 24;
    Eigendecomposition eigen =
        SymmetricEigen.decompose(DenseMatrix.ofRowMajor(n, n, secondDifference(n)));
    float[] vectors = eigen.vectors().toFloats();
    for (int j = 0; j < n; j++) {
      requireRounded(n, j, vectors, j * n);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 24, 50})
  void decompose_batchOfFloats_givesTheRoundedPairsOfTheExactMatrices(int n) {
    int count = 11;
    float[] floats = new float[count * n * n];
    for (int b = 0; b < count; b++) {
      System.arraycopy(secondDifference(n), 0, floats, b * n * n, n * n);
    }
    BatchedEigendecomposition eigen =
        SymmetricEigen.decompose(MatrixBatch.ofRowMajor(count, n, floats));
    float[] vectors = eigen.vectors().toFloats();
    for (int b = 0; b < count; b++) {
      for (int j = 0; j < n; j++) {
        assertEquals((float) exactValue(n, j), (float) eigen.value(b, j));
        requireRounded(n, j, vectors, (b * n + j) * n);
      }
    }
  }

  /** 2 on the diagonal and −1 beside it: floats all. */
  private static float[] secondDifference(int n) {
    float[] floats = new float[n * n];
    for (int i = 0; i < n; i++) {
      floats[i * n + i] = 2;
      if (i > 0) {
        floats[i * n + i - 1] = -1;
        floats[(i - 1) * n + i] = -1;
      }
    }
    return floats;
  }

  /** Its eigenvalue 2 − 2cos((j + 1)π/(n + 1)). */
  private static double exactValue(int n, int j) {
    double half = Math.sin((j + 1) * Math.PI / (2 * (n + 1)));
    return 4 * half * half;
  }

  /** Half a unit in the last place of the exact component, and what is left of a double's error. */
  private static void requireRounded(int n, int j, float[] vectors, int at) {
    double sign = Math.signum(vectors[at]);
    for (int i = 0; i < n; i++) {
      int turns = (i + 1) * (j + 1) % (2 * (n + 1));
      double exact = sign * Math.sqrt(2.0 / (n + 1)) * Math.sin(turns * Math.PI / (n + 1));
      assertEquals(exact, vectors[at + i], 0.5 * Math.ulp((float) exact) + 1e-13);
    }
  }

  @Test
  void sizes_thatDoNotMatch_areRefused() {
    requireRefused(
        "a 2×3 matrix has 6 elements, got 5", () -> DenseMatrix.ofRowMajor(2, 3, new float[5]));
    requireRefused("a 2×3 matrix has 6 elements, got 7", () -> DenseMatrix.of(2, 3, new float[7]));
    requireRefused(
        "2 matrices of 3×3 have 18 elements, got 17",
        () -> MatrixBatch.ofRowMajor(2, 3, new double[17]));
    requireRefused(
        "count, rows and columns must be ≥ 0, got -1, 3 and 3",
        () -> MatrixBatch.ofRowMajor(-1, 3, new float[0]));
  }

  @Test
  void toFloats_beyondTheLargestFloat_isRefused() {
    DenseMatrix matrix = DenseMatrix.of(1, 2, 1, 1e39);
    assertThrows(ArithmeticException.class, matrix::toFloats);
    assertThrows(ArithmeticException.class, matrix::toRowMajorFloats);
  }

  private static void requireRefused(String detail, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(refusal.getMessage()).contains(detail), refusal.getMessage());
  }

  private static float[] floats(int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (i % 7 - 3) / 3f + i;
    }
    return floats;
  }

  private static double[] doubles(float[] floats) {
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 5", "8, 5, 3", "19, 3, 5", "3, 70, 9", "5, 0, 4", "0, 2, 2"})
  void batch_everyOrderOfElements_comesBackAsItWas(int count, int m, int n) {
    float[] floats = floats(count * m * n);
    double[] doubles = doubles(floats);
    MatrixBatch byColumns = MatrixBatch.of(count, m, n, floats);
    MatrixBatch byRows = MatrixBatch.ofRowMajor(count, m, n, floats);
    assertArrayEquals(floats, byColumns.toFloats());
    assertArrayEquals(floats, byRows.toRowMajorFloats());
    assertArrayEquals(doubles, byColumns.toColumnMajor());
    assertArrayEquals(doubles, byRows.toRowMajor());
    assertArrayEquals(doubles, MatrixBatch.of(count, m, n, doubles).toColumnMajor());
    assertArrayEquals(doubles, MatrixBatch.ofRowMajor(count, m, n, doubles).toRowMajor());
    for (int b = 0; b < count; b++) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          assertEquals(floats[b * m * n + j * m + i], byColumns.get(b, i, j));
          assertEquals(floats[b * m * n + i * n + j], byRows.get(b, i, j));
        }
      }
    }
  }

  @Test
  void toFloats_anElementOfALaterBlockTooLarge_isNamed() {
    double[] elements = new double[20 * 4];
    elements[17 * 4 + 1] = 1e39;
    MatrixBatch batch = MatrixBatch.ofRowMajor(20, 2, elements);
    String message = "element 69 is 1.0E39, beyond the largest float: take the doubles";
    assertEquals(
        message, assertThrows(ArithmeticException.class, batch::toRowMajorFloats).getMessage());
  }
}
