package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchedPowerIterationTest {
  /** At most nineteen steps, as in the paper; the tolerance is met well above rounding, or not. */
  private static final PowerIteration STEPS = new PowerIteration(19, 1e-3, 5);

  private static DenseMatrix[] covariances(int count, int n) {
    DenseMatrix[] matrices = new DenseMatrix[count];
    for (int b = 0; b < count; b++) {
      DenseMatrix x = TestMatrices.uniform(n, b + 1);
      matrices[b] = x.times(x).symmetricPart();
    }
    return matrices;
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 1", "1, 4", "7, 5", "8, 2", "9, 8", "17, 13", "9, 33"})
  void leading_anyOrderAndCount_areThePairsOfEachMatrixAlone(int count, int n) {
    DenseMatrix[] matrices = covariances(count, n);
    int k = Math.min(n, 2);
    BatchedEigenPairs pairs = STEPS.leading(MatrixBatch.of(matrices), k);
    assertEquals(count, pairs.count());
    assertEquals(k, pairs.size());
    for (int b = 0; b < count; b++) {
      for (int j = 0; j < k; j++) {
        requireClose(STEPS.leading(matrices[b], k).get(j), pairs.pair(b, j), 1e-11);
        assertEquals(pairs.pair(b, j).value(), pairs.value(b, j));
        assertEquals(pairs.pair(b, j).value(), pairs.values(b)[j]);
      }
      requireClose(STEPS.dominant(matrices[b]), pairs.pair(b, 0), 1e-13);
    }
  }

  private static void requireClose(EigenPair expected, EigenPair actual, double tolerance) {
    double size = Math.abs(expected.value());
    assertEquals(expected.value(), actual.value(), tolerance * size);
    assertEquals(expected.residual(), actual.residual(), tolerance * size);
    assertArrayEquals(expected.vector(), actual.vector(), tolerance);
    assertEquals(expected.iterations(), actual.iterations());
    assertEquals(expected.converged(), actual.converged());
  }

  @Test
  void requireClose_ofAnotherSeed_isRejected() {
    DenseMatrix[] matrices = covariances(1, 8);
    BatchedEigenPairs pairs = STEPS.dominant(MatrixBatch.of(matrices));
    EigenPair other = new PowerIteration(19, 1e-3, 6).dominant(matrices[0]);
    assertThrows(AssertionError.class, () -> requireClose(other, pairs.pair(0, 0), 1e-13));
  }

  /** Neighbours that converge at once, late, never, or have nothing to converge to. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 8})
  void leading_anyLaneAndCompany_givesTheSameBits(int n) {
    DenseMatrix m = covariances(3, n)[2];
    EigenPair[] alone = new EigenPair[2];
    BatchedEigenPairs single = PowerIteration.DEFAULT.leading(MatrixBatch.of(m), 2);
    Arrays.setAll(alone, j -> single.pair(0, j));
    for (int place = 0; place < 19; place++) {
      DenseMatrix[] company = covariances(19, n);
      company[(place + 1) % 19] = DenseMatrix.identity(n);
      company[(place + 2) % 19] = DenseMatrix.wrap(n, n, new double[n * n]);
      company[(place + 3) % 19] = opposite(n);
      company[place] = m;
      BatchedEigenPairs together = PowerIteration.DEFAULT.leading(MatrixBatch.of(company), 2);
      for (int j = 0; j < 2; j++) {
        EigenPair pair = together.pair(place, j);
        assertArrayEquals(alone[j].vector(), pair.vector());
        assertEquals(alone[j].value(), pair.value());
        assertEquals(alone[j].residual(), pair.residual());
        assertEquals(alone[j].iterations(), pair.iterations());
      }
      assertTrue(together.pair((place + 1) % 19, 0).converged());
      assertEquals(1, together.pair((place + 2) % 19, 0).iterations());
      assertFalse(together.pair((place + 3) % 19, 0).converged());
    }
  }

  /** Eigenvalues 1 and −1: power iteration goes to and fro. */
  private static DenseMatrix opposite(int n) {
    double[] diagonal = new double[n];
    diagonal[0] = 1;
    diagonal[n - 1] = -1;
    return DenseMatrix.diagonal(diagonal);
  }

  @Test
  void leading_anyNumberOfThreads_givesTheSameBits() {
    MatrixBatch batch = MatrixBatch.of(covariances(500, 6));
    BatchedEigenPairs expected = STEPS.leading(batch, 3);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      BatchedEigenPairs shared =
          STEPS.leading(
              batch,
              3,
              new EigenSolver(EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool))));
      assertArrayEquals(expected.interleavedValues(), shared.interleavedValues());
      assertArrayEquals(expected.interleavedVectors(), shared.interleavedVectors());
    }
  }

  @Test
  void leading_solverUsedForOtherSizes_givesTheBitsOfAFreshOne() {
    EigenSolver solver = new EigenSolver();
    for (int[] size : new int[][] {{9, 8, 3}, {17, 3, 2}, {2, 13, 1}, {9, 8, 4}}) {
      MatrixBatch batch = MatrixBatch.of(covariances(size[0], size[1]));
      BatchedEigenPairs expected = STEPS.leading(batch, size[2]);
      BatchedEigenPairs actual = STEPS.leading(batch, size[2], solver);
      assertArrayEquals(expected.interleavedValues(), actual.interleavedValues());
      assertArrayEquals(expected.interleavedVectors(), actual.interleavedVectors());
      solver.decompose(batch);
    }
  }

  @Test
  void leading_anotherSolveFailed_leavesTheWorkspaceUsable() {
    EigenSolver solver = new EigenSolver();
    MatrixBatch bad = MatrixBatch.of(DenseMatrix.diagonal(1, Double.NaN));
    requireRefused("matrix 0", () -> STEPS.leading(bad, 1, solver));
    MatrixBatch sound = MatrixBatch.of(DenseMatrix.diagonal(1, 2));
    assertEquals(2, PowerIteration.DEFAULT.leading(sound, 1, solver).pair(0, 0).value());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p1000, 0x1p-1000, 0x1p-1050})
  void dominant_extremeScale_isScaledOnly(double scale) {
    DenseMatrix m = DenseMatrix.of(2, 2, 5, 1, 1, 3);
    MatrixBatch batch = MatrixBatch.of(m, m.times(scale));
    BatchedEigenPairs pairs = PowerIteration.DEFAULT.dominant(batch);
    assertEquals(pairs.pair(0, 0).value() * scale, pairs.pair(1, 0).value());
    assertArrayEquals(pairs.pair(0, 0).vector(), pairs.pair(1, 0).vector());
  }

  @Test
  void leading_badArguments_areRefusedByName() {
    DenseMatrix[] matrices = covariances(9, 3);
    requireRefused(
        "count must be between 1 and the matrix's order 3, got 4",
        () -> STEPS.leading(MatrixBatch.of(matrices), 4));
    matrices[8] = DenseMatrix.diagonal(1, Double.NaN, 2);
    requireRefused(
        "matrix 8 of the batch: matrix must be finite, got NaN at (1, 1)",
        () -> STEPS.dominant(MatrixBatch.of(matrices)));
    matrices[8] = DenseMatrix.of(3, 3, 1, 2, 0, 0, 1, 0, 0, 0, 1);
    requireRefused("matrix 8 of the batch", () -> STEPS.dominant(MatrixBatch.of(matrices)));
    matrices[8] = DenseMatrix.of(3, 3, filled());
    ArithmeticException failure =
        assertThrows(ArithmeticException.class, () -> STEPS.dominant(MatrixBatch.of(matrices)));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("matrix 8 of the batch"));
  }

  @Test
  void leading_solverThatAllowsAsymmetry_takesTheSymmetricPart() {
    DenseMatrix matrix = DenseMatrix.of(2, 2, 1, 0.5, 0.5000002, 2);
    MatrixBatch batch = MatrixBatch.of(matrix);
    requireRefused("matrix 0 of the batch", () -> STEPS.leading(batch, 2));
    EigenOptions float32 = EigenOptions.DEFAULT.withSymmetryTolerance(1e-6);
    requireSameValues(
        STEPS.leading(MatrixBatch.of(matrix.symmetricPart()), 2),
        STEPS.leading(batch, 2, new EigenSolver(float32)));
  }

  @Test
  void leading_solverThatReadsTheLowerTriangle_leavesTheUpperOneUnread() {
    MatrixBatch batch =
        MatrixBatch.of(
            DenseMatrix.of(2, 2, 1, 0.5, Double.NaN, 2), DenseMatrix.of(2, 2, 0, 0, 9, 0));
    MatrixBatch symmetric =
        MatrixBatch.of(DenseMatrix.of(2, 2, 1, 0.5, 0.5, 2), DenseMatrix.of(2, 2, 0, 0, 0, 0));
    EigenSolver lowerOnly = new EigenSolver(EigenOptions.DEFAULT.lowerTriangleOnly());
    requireSameValues(STEPS.leading(symmetric, 2), STEPS.leading(batch, 2, lowerOnly));
  }

  @Test
  void dominant_solver_isTheFirstOfItsPairs() {
    MatrixBatch batch = MatrixBatch.of(DenseMatrix.of(2, 2, 1, 1, 0, 2));
    EigenSolver tolerant = new EigenSolver(EigenOptions.DEFAULT.withSymmetryTolerance(1));
    requireSameValues(STEPS.leading(batch, 1, tolerant), STEPS.dominant(batch, tolerant));
    assertThrows(IllegalArgumentException.class, () -> STEPS.dominant(batch));
  }

  @Test
  void value_noSuchMatrixOrPair_isRefused() {
    BatchedEigenPairs pairs = STEPS.leading(MatrixBatch.of(covariances(3, 4)), 2);
    assertEquals(2, pairs.values(2).length);
    assertThrows(IndexOutOfBoundsException.class, () -> pairs.value(3, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> pairs.value(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> pairs.values(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> pairs.values(3));
  }

  @Test
  void leading_emptyBatch_refusesTooManyPairs() {
    MatrixBatch empty = MatrixBatch.of(0, 5, new double[0]);
    assertEquals(0, STEPS.leading(empty, 5).count());
    requireRefused("count must be", () -> STEPS.leading(empty, 6));
  }

  @Test
  void leading_emptyBatch_refusesTooFewPairs() {
    requireRefused("count must be", () -> STEPS.leading(MatrixBatch.of(), 0));
    requireRefused("count must be", () -> STEPS.leading(MatrixBatch.of(), -1));
  }

  private static void requireSameValues(BatchedEigenPairs expected, BatchedEigenPairs actual) {
    assertArrayEquals(expected.interleavedValues(), actual.interleavedValues());
    assertArrayEquals(expected.interleavedVectors(), actual.interleavedVectors());
  }

  private static double[] filled() {
    double[] elements = new double[9];
    Arrays.fill(elements, 1e308);
    return elements;
  }

  private static void requireRefused(String message, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(message), refusal.getMessage());
  }
}
