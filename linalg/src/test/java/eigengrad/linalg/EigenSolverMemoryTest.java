package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A solver's memory is what its documentation says; it is as much with any kernels, but for the
 * lanes.
 */
@DisabledIfSystemProperty(named = "eigengrad.simd", matches = ".*")
class EigenSolverMemoryTest {
  private static final double TOLERANCE = 0.1;

  @ParameterizedTest
  @ValueSource(ints = {512, 1000})
  void matrix_separatedEigenvalues_takesWhatIsPromised(int n) {
    DenseMatrix matrix = TestMatrices.uniform(n, n);
    int k = n / 16;
    assertTakes(2.6 * n * n + n * n, pairs(n, n), solver -> solver.decompose(matrix));
    assertTakes(1.6 * n * n, n, solver -> solver.values(matrix));
    assertTakes(
        2.6 * n * n + n * k,
        pairs(n, k),
        solver -> solver.decompose(matrix, IndexRange.largest(k)));
    assertTakes(
        2.6 * n * n + n * (n / 2),
        pairs(n, n / 2),
        solver -> solver.decompose(matrix, IndexRange.largest(n / 2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1000})
  void matrix_clusteredEigenvalues_takesWhatIsPromised(int n) {
    DenseMatrix matrix = TestMatrices.clustered(n);
    assertTakes(4.9 * n * n, pairs(n, n), solver -> solver.decompose(matrix));
    assertTakes(
        5.9 * n * n,
        pairs(n, n / 2),
        solver -> solver.decompose(matrix, IndexRange.largest(n / 2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1000})
  void matrix_crowdedEigenvalues_takesNoMoreThanIsPromised(int n) {
    DenseMatrix matrix = crowded(n);
    IndexRange half = IndexRange.largest(n / 2);
    double all = taken(7.5 * n * n, pairs(n, n), solver -> solver.decompose(matrix));
    assertTrue(all <= 7.5 * n * n, all + " doubles beside the result");
    double some = taken(8.5 * n * n, pairs(n, n / 2), solver -> solver.decompose(matrix, half));
    assertTrue(some <= 8.5 * n * n, some + " doubles beside the result");
  }

  /** One block of n − 1 rows and one of a single row are the worst case. */
  @ParameterizedTest
  @ValueSource(ints = {512, 1000})
  void matrix_diagonalBlocks_takesWhatIsPromised(int n) {
    double[] elements = TestMatrices.uniform(n, n).columnMajor().clone();
    for (int i = 0; i < n - 1; i++) {
      elements[(n - 1) * n + i] = 0;
      elements[i * n + n - 1] = 0;
    }
    DenseMatrix matrix = DenseMatrix.of(n, n, elements);
    assertTakes(6.6 * n * n, pairs(n, n), solver -> solver.decompose(matrix));
  }

  /**
   * A block with crowded eigenvalues and one of a single row, of which half the pairs are wanted.
   */
  @ParameterizedTest
  @ValueSource(ints = {512, 1000})
  void largestMemory_worstMatrix_isLittleMoreThanItTakes(int n) {
    double[] elements = new double[n * n];
    double[] block = crowded(n - 1).columnMajor();
    for (int j = 0; j < n - 1; j++) {
      System.arraycopy(block, j * (n - 1), elements, j * n, n - 1);
    }
    elements[n * n - 1] = 2;
    DenseMatrix matrix = DenseMatrix.of(n, n, elements);
    IndexRange half = IndexRange.largest(n / 2);
    double largest = EigenSolver.largestMemory(n) / 8.0;
    double taken = taken(largest, pairs(n, n / 2), solver -> solver.decompose(matrix, half));
    assertTrue(taken <= largest, taken + " doubles beside the result");
    assertTrue(largest <= 1.2 * taken, taken + " doubles beside the result");
  }

  @Test
  void largestMemory_order_growsWithItsSquare() {
    assertTrue(EigenSolver.largestMemory(0) >= 0);
    assertEquals(83.2e10, (double) EigenSolver.largestMemory(100_000), 1e9);
    assertThrows(IllegalArgumentException.class, () -> EigenSolver.largestMemory(-1));
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1000})
  void tridiagonal_separatedEigenvalues_takesWhatIsPromised(int n) {
    double[] d = TestMatrices.random(n).doubles(n, -1, 1).toArray();
    double[] e = TestMatrices.random(n + 1).doubles(n - 1, -1, 1).toArray();
    int lanes = Kernels.lanes();
    assertTakes(18 * n, n, solver -> solver.values(d, e));
    assertTakes(
        (46 + 8 * lanes) * n, pairs(n, 1), solver -> solver.decompose(d, e, IndexRange.largest(1)));
    for (int k : new int[] {n / 16, n}) {
      IndexRange range = IndexRange.largest(k);
      assertTakes(
          (30 + 6 * lanes) * n + n * k, pairs(n, k), solver -> solver.decompose(d, e, range));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1000})
  void tridiagonal_clusteredEigenvalues_takesWhatIsPromised(int n) {
    double[] d = new double[n];
    double[] e = new double[n - 1];
    for (int i = 0; i < n; i++) {
      d[i] = Math.abs(10 - i % 21);
    }
    Arrays.setAll(e, i -> i % 21 == 20 ? 1e-8 : 1);
    assertTakes(2.45 * n * n, pairs(n, n), solver -> solver.decompose(d, e));
    assertTakes(
        3.45 * n * n, pairs(n, n / 2), solver -> solver.decompose(d, e, IndexRange.largest(n / 2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 11})
  void batch_inLockStep_takesWhatIsPromised(int n) {
    int count = 64;
    MatrixBatch batch = MatrixBatch.of(BatchTest.uniform(count, n));
    assertTakes(16 * n * n + 210 * n, count * pairs(n, n), solver -> solver.decompose(batch));
    assertTakes(16 * n * n + 210 * n, (long) count * n, solver -> solver.values(batch));
    assertTakes(
        32 * n * n + 210 * n,
        count * pairs(n, 2),
        solver -> solver.decompose(batch, IndexRange.largest(2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1000})
  void batch_oneAfterTheOther_takesWhatIsPromised(int n) {
    MatrixBatch batch = MatrixBatch.of(TestMatrices.uniform(n, n));
    assertTakes(6.6 * n * n, MatrixBatch.LANES * pairs(n, n), solver -> solver.decompose(batch));
    assertTakes(4.6 * n * n, (long) MatrixBatch.LANES * n, solver -> solver.values(batch));
  }

  /** Half of the eigenvalues are spread evenly, half crowded, just so much that the search ends. */
  private static DenseMatrix crowded(int n) {
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = j < n / 2 ? -1 + 2.0 * j / n : 1 - (j - n / 2) / (15.0 * n);
    }
    return TestMatrices.withSpectrum(values, n);
  }

  /** Doubles of k values and vectors. */
  private static long pairs(int n, int k) {
    return (long) k * (n + 1);
  }

  private static void assertTakes(double doubles, long result, Consumer<EigenSolver> call) {
    double taken = taken((1 + TOLERANCE) * doubles, result, call);
    String message = taken + " doubles beside the result, promised are " + doubles;
    assertTrue(taken <= (1 + TOLERANCE) * doubles, message);
    assertTrue(taken >= (1 - TOLERANCE) * doubles, message);
  }

  /** What a new solver's first and only call takes, in doubles beside the result. */
  private static double taken(double promised, long result, Consumer<EigenSolver> call) {
    long enough = (long) (8 * (promised + result));
    return Allocation.leastOfFirst(enough, EigenSolver::new, call) / 8.0 - result;
  }
}
