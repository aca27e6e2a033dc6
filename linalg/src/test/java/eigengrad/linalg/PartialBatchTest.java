package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values alone and index ranges of batches. */
class PartialBatchTest {

  /** In lock-step the vectors change no bit of the values. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 6, 11, 16, 33, 40, 41, 60})
  void values_anyOrder_areThoseBesideVectors(int n) {
    MatrixBatch batch = MatrixBatch.of(matrices(19, n));
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(batch);
    BatchedEigenvalues values = SymmetricEigen.values(batch);
    assertEquals(19, values.count());
    assertEquals(n, values.size());
    for (int b = 0; b < batch.count(); b++) {
      assertArrayEquals(eigen.values(b), values.values(b), n <= 11 ? 0 : 1e-13);
    }
    for (int i = 0; i < values.interleavedValues().length; i++) {
      assertTrue(Double.isFinite(values.interleavedValues()[i]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 9, 17, 40, 41})
  void values_hostileMatrices_areWithinRoundingsOfThoseBesideVectors(int n) {
    DenseMatrix[] hostile = BatchedAccuracyTest.hostile(n);
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(MatrixBatch.of(hostile));
    BatchedEigenvalues values = SymmetricEigen.values(MatrixBatch.of(hostile));
    for (int b = 0; b < hostile.length; b++) {
      double[] expected = eigen.values(b);
      double norm = Math.max(Math.abs(expected[0]), Math.abs(expected[n - 1]));
      assertArrayEquals(expected, values.values(b), 30 * 0x1p-52 * norm);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "4, 1, 3",
    "9, 0, 4",
    "16, 12, 16",
    "40, 5, 5",
    "41, 38, 41",
    "60, 20, 23"
  })
  void decompose_range_isThatPartOfAll(int n, int first, int end) {
    MatrixBatch batch = MatrixBatch.of(matrices(19, n));
    IndexRange range = IndexRange.of(first, end);
    BatchedEigendecomposition all = SymmetricEigen.decompose(batch);
    BatchedPartialEigendecomposition some = SymmetricEigen.decompose(batch, range);
    BatchedEigenvalues values = SymmetricEigen.values(batch, range);
    int k = end - first;
    assertEquals(n, some.order());
    assertEquals(k, some.size());
    for (int b = 0; b < batch.count(); b++) {
      PartialEigendecomposition own = some.decomposition(b);
      for (int j = 0; j < k; j++) {
        assertEquals(all.value(b, first + j), some.value(b, j), 1e-13);
        assertEquals(all.value(b, first + j), values.value(b, j), 1e-13);
        double[] expected = all.decomposition(b).vectors().column(first + j);
        assertArrayEquals(expected, own.vectors().column(j), 1e-9);
      }
      assertTrue(own.residual(batch.matrix(b)) <= 30);
      assertTrue(own.orthogonality() <= 30);
    }
  }

  @Test
  void decompose_failuresListed_haveNanForTheirPairsAlone() {
    DenseMatrix[] matrices = matrices(10, 7);
    matrices[3] = DenseMatrix.wrap(7, 7, filled(Double.NaN));
    EigenOptions listing = EigenOptions.DEFAULT.withFailurePolicy(FailurePolicy.LIST);
    MatrixBatch batch = MatrixBatch.of(matrices);
    BatchedPartialEigendecomposition some =
        new EigenSolver(listing).decompose(batch, IndexRange.largest(2));
    BatchedEigenvalues values = new EigenSolver(listing).values(batch);
    assertEquals(3, some.failures().get(0).index());
    assertEquals(1, values.failures().size());
    assertTrue(Double.isNaN(some.value(3, 1)) && Double.isNaN(values.value(3, 6)));
    assertTrue(some.decomposition(4).residual(matrices[4]) <= 30);
    assertThrows(IllegalArgumentException.class, () -> some.decomposition(3));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.values(batch));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith("matrix 3 of the batch: "));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16, 50})
  void solver_usedForAnythingBefore_givesTheSameBitsOnAnyThreads(int n) {
    MatrixBatch batch = MatrixBatch.of(matrices(300, n));
    IndexRange range = IndexRange.largest(2);
    BatchedPartialEigendecomposition expected = SymmetricEigen.decompose(batch, range);
    BatchedEigenvalues expectedValues = SymmetricEigen.values(batch);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      Parallelism threads = Parallelism.of(pool);
      EigenSolver solver = new EigenSolver(EigenOptions.DEFAULT.withParallelism(threads));
      solver.values(MatrixBatch.of(matrices(20, 30)), IndexRange.of(3, 9));
      solver.decompose(MatrixBatch.of(matrices(20, 43)));
      BatchedPartialEigendecomposition actual = solver.decompose(batch, range);
      assertArrayEquals(expected.interleavedValues(), actual.interleavedValues());
      assertArrayEquals(expected.interleavedVectors(), actual.interleavedVectors());
      assertArrayEquals(
          expectedValues.interleavedValues(), solver.values(batch).interleavedValues());
    }
  }

  @Test
  void decompose_emptyBatchOrBadRange_isEmptyOrRefused() {
    MatrixBatch empty = MatrixBatch.of(0, 5, new double[0]);
    assertEquals(0, SymmetricEigen.decompose(empty, IndexRange.largest(2)).count());
    assertEquals(0, SymmetricEigen.values(empty).count());
    assertThrows(
        IllegalArgumentException.class,
        () -> SymmetricEigen.decompose(empty, IndexRange.largest(6)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EigenSolver().values(empty, IndexRange.largest(6)));
    assertEquals(0, SymmetricEigen.decompose(MatrixBatch.of(), IndexRange.largest(6)).count());
    MatrixBatch batch = MatrixBatch.of(matrices(3, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> SymmetricEigen.decompose(batch, IndexRange.largest(5)));
    BatchedEigenvalues values = SymmetricEigen.values(batch);
    assertThrows(IndexOutOfBoundsException.class, () -> values.value(3, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> values.value(0, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> values.values(-1));
  }

  private static double[] filled(double element) {
    double[] elements = new double[49];
    Arrays.fill(elements, element);
    return elements;
  }

  /** Separated eigenvalues, so that vectors are determined. */
  private static DenseMatrix[] matrices(int count, int n) {
    RandomGenerator random = new SplittableRandom(n);
    DenseMatrix[] matrices = new DenseMatrix[count];
    for (int b = 0; b < count; b++) {
      double[] a = new double[n * n];
      for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
          a[i + j * n] = i == j ? 2 * i + 0.1 * b % 1 : 0.3 * (random.nextDouble() - 0.5);
          a[j + i * n] = a[i + j * n];
        }
      }
      matrices[b] = DenseMatrix.wrap(n, n, a).times(1.0 / Math.max(n, 1));
    }
    return matrices;
  }
}
