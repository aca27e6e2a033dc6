package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  private static final EigenOptions DEFAULT = EigenOptions.DEFAULT;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 16, 17, 40})
  void decompose_anyNumberOfMatrices_solvesEachOfThem(int count) {
    for (int n : new int[] {1, 3, 8, 20}) {
      DenseMatrix[] matrices = uniform(count, n);
      BatchedEigendecomposition eigen = SymmetricEigen.decompose(MatrixBatch.of(matrices));
      assertEquals(count, eigen.count());
      assertEquals(List.of(), eigen.failures());
      for (int b = 0; b < count; b++) {
        Eigendecomposition own = eigen.decomposition(b);
        assertTrue(own.residual(matrices[b]) <= 3, () -> "order " + n);
        assertTrue(own.orthogonality() <= 3);
        requireSameUpToRounding(SymmetricEigen.decompose(matrices[b]), own);
      }
    }
  }

  /** Separated eigenvalues, so that vectors are determined, with their signs. */
  private static void requireSameUpToRounding(Eigendecomposition one, Eigendecomposition other) {
    assertArrayEquals(one.values(), other.values(), 1e-13);
    int n = one.order();
    for (int j = 0; j < n; j++) {
      double gap = 1;
      for (int k = 0; k < n; k++) {
        gap = k == j ? gap : Math.min(gap, Math.abs(one.value(k) - one.value(j)));
      }
      assertArrayEquals(one.vectors().column(j), other.vectors().column(j), 1e-12 / gap);
    }
  }

  @Test
  void decompose_emptyMatrices_givesAsManyEmptyResults() {
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(MatrixBatch.of(3, 0, new double[0]));
    assertEquals(3, eigen.count());
    assertEquals(0, eigen.values(2).length);
    assertEquals(0, eigen.decomposition(2).order());
  }

  /** The same matrix alone, in each lane, beside easy and hostile ones, and beside NaN. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 7, 8, 9, 13, 16, 27, 32, 40, 41})
  void decompose_anyLaneAndCompany_givesTheSameBits(int n) {
    DenseMatrix[] hostile = BatchedAccuracyTest.hostile(n);
    BatchedEigendecomposition together = SymmetricEigen.decompose(MatrixBatch.of(hostile));
    DenseMatrix nan = DenseMatrix.wrap(n, n, filled(n * n, Double.NaN));
    for (int b = 0; b < hostile.length; b++) {
      BatchedEigendecomposition alone = SymmetricEigen.decompose(MatrixBatch.of(hostile[b]));
      requireSameBits(together, b, alone, 0);
      DenseMatrix[] company = uniform(19, n);
      int place = b % company.length;
      company[place] = hostile[b];
      company[(place + 5) % company.length] = nan;
      company[(place + 1) % company.length] = hostile[(b + 3) % hostile.length];
      BatchedEigendecomposition mixed =
          new EigenSolver(DEFAULT.withFailurePolicy(FailurePolicy.LIST))
              .decompose(MatrixBatch.of(company));
      assertEquals(1, mixed.failures().size());
      requireSameBits(mixed, place, alone, 0);
    }
  }

  private static void requireSameBits(
      BatchedEigendecomposition one, int b, BatchedEigendecomposition other, int c) {
    assertArrayEquals(other.values(c), one.values(b));
    assertEquals(other.vectors().matrix(c), one.vectors().matrix(b), "matrix " + b);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 12, 24, 41})
  void decompose_anyNumberOfThreads_givesTheSameBits(int n) {
    DenseMatrix[] matrices = uniform(12 * 4096 / (n * n) + 3, n);
    matrices[1] = DenseMatrix.identity(n);
    MatrixBatch batch = MatrixBatch.of(matrices);
    BatchedEigendecomposition expected = SymmetricEigen.decompose(batch);
    for (int threads = 1; threads <= 4; threads++) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        EigenOptions options = DEFAULT.withParallelism(Parallelism.of(pool));
        BatchedEigendecomposition shared = new EigenSolver(options).decompose(batch);
        assertArrayEquals(expected.interleavedValues(), shared.interleavedValues());
        assertArrayEquals(expected.vectors().interleaved(), shared.vectors().interleaved());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 41})
  void decompose_badMatricesListed_solvesTheOthers(int n) {
    DenseMatrix[] matrices = uniform(21, n);
    MatrixBatch good = MatrixBatch.of(matrices);
    matrices[2] = with(matrices[2], 1, 0, Double.NaN);
    matrices[9] = with(matrices[9], 0, 1, Double.POSITIVE_INFINITY);
    matrices[17] = with(matrices[17], 2, 1, 7);
    matrices[20] = DenseMatrix.wrap(n, n, filled(n * n, 1e308));
    BatchedEigendecomposition eigen =
        new EigenSolver(DEFAULT.withFailurePolicy(FailurePolicy.LIST))
            .decompose(MatrixBatch.of(matrices));
    BatchedEigendecomposition expected = SymmetricEigen.decompose(good);
    assertEquals(
        List.of(2, 9, 17, 20), eigen.failures().stream().map(BatchFailure::index).toList());
    for (int b = 0; b < matrices.length; b++) {
      int own = b;
      if (b == 2 || b == 9 || b == 17 || b == 20) {
        assertTrue(Double.isNaN(eigen.value(b, 0)));
        assertTrue(Double.isNaN(eigen.vectors().get(b, n - 1, n - 1)));
        RuntimeException thrown =
            assertThrows(RuntimeException.class, () -> eigen.decomposition(own));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("matrix " + b));
        Throwable single =
            assertThrows(RuntimeException.class, () -> SymmetricEigen.decompose(matrices[own]));
        assertEquals("matrix " + b + " of the batch: " + single.getMessage(), thrown.getMessage());
      } else {
        requireSameBits(eigen, b, expected, b);
      }
    }
    assertInstanceOf(IllegalArgumentException.class, eigen.failures().get(0).cause());
    assertInstanceOf(ArithmeticException.class, eigen.failures().get(3).cause());
  }

  @Test
  void decompose_badMatrices_throwsForTheFirstWhateverTheThreads() {
    int n = 4;
    DenseMatrix[] matrices = uniform(30_000, n);
    for (int b = 12_345; b < matrices.length; b += 99) {
      matrices[b] = with(matrices[b], 3, 3, Double.NaN);
    }
    MatrixBatch batch = MatrixBatch.of(matrices);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      for (EigenOptions options :
          new EigenOptions[] {DEFAULT, DEFAULT.withParallelism(Parallelism.of(pool))}) {
        IllegalArgumentException thrown =
            assertThrows(
                IllegalArgumentException.class, () -> new EigenSolver(options).decompose(batch));
        assertEquals(
            "matrix 12345 of the batch: matrix must be finite, got NaN at (3, 3)",
            thrown.getMessage());
      }
    }
  }

  @Test
  void decompose_eigenvalueBeyondTheLargestDouble_isAnArithmeticException() {
    DenseMatrix large = DenseMatrix.wrap(2, 2, filled(4, 1e308));
    ArithmeticException thrown =
        assertThrows(
            ArithmeticException.class, () -> SymmetricEigen.decompose(MatrixBatch.of(large)));
    assertTrue(String.valueOf(thrown.getMessage()).startsWith("matrix 0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12, 41})
  void decompose_lowerTriangleOnly_readsNothingAbove(int n) {
    DenseMatrix[] matrices = uniform(11, n);
    DenseMatrix[] lower = new DenseMatrix[matrices.length];
    for (int b = 0; b < lower.length; b++) {
      double[] a = matrices[b].toArray();
      for (int j = 0; j < n; j++) {
        Arrays.fill(a, j * n, j * n + j, Double.NaN);
      }
      lower[b] = DenseMatrix.wrap(n, n, a);
    }
    BatchedEigendecomposition expected = SymmetricEigen.decompose(MatrixBatch.of(matrices));
    BatchedEigendecomposition actual =
        new EigenSolver(DEFAULT.lowerTriangleOnly()).decompose(MatrixBatch.of(lower));
    assertArrayEquals(expected.interleavedValues(), actual.interleavedValues());
    assertArrayEquals(expected.vectors().interleaved(), actual.vectors().interleaved());
  }

  @Test
  void decompose_toleratedAsymmetry_isThatOfTheSingleSolver() {
    DenseMatrix slightly = with(DenseMatrix.identity(9), 5, 3, 0.9e-10);
    DenseMatrix too = with(DenseMatrix.identity(9), 5, 3, 1.1e-10);
    SymmetricEigen.decompose(MatrixBatch.of(slightly));
    assertThrows(
        IllegalArgumentException.class,
        () -> SymmetricEigen.decompose(MatrixBatch.of(slightly, too)));
  }

  @Test
  void decompose_anything_modifiesNothing() {
    for (int n : new int[] {4, 12, 41}) {
      MatrixBatch batch = MatrixBatch.of(BatchedAccuracyTest.hostile(n));
      double[] before = batch.interleaved().clone();
      SymmetricEigen.decompose(batch);
      assertArrayEquals(before, batch.interleaved());
    }
  }

  /** One iteration an eigenvalue is not enough in the lanes, nor for the single solver's QL. */
  @Test
  void decompose_withoutConvergence_isAFailureOfItsMatrixAlone() {
    EigenOptions hasty = new EigenOptions(1e-10, 1, 32);
    DenseMatrix clustered = TestMatrices.clustered(21);
    DenseMatrix easy = DenseMatrix.diagonal(TestMatrices.random(1).doubles(21).toArray());
    MatrixBatch batch = MatrixBatch.of(easy, clustered, easy);
    BatchedEigendecomposition eigen =
        new EigenSolver(hasty.withFailurePolicy(FailurePolicy.LIST)).decompose(batch);
    assertEquals(List.of(1), eigen.failures().stream().map(BatchFailure::index).toList());
    assertInstanceOf(EigenConvergenceException.class, eigen.failures().get(0).cause());
    assertEquals(0, eigen.decomposition(2).residual(easy));
  }

  /** The exceptions of a batch are those of its first matrix that fails, and name it. */
  @Test
  void decompose_anyFailure_isOfTheTypeOfTheMatrixAlone() {
    EigenOptions hasty = new EigenOptions(1e-10, 1, 32);
    for (DenseMatrix matrix :
        new DenseMatrix[] {
          TestMatrices.clustered(21),
          DenseMatrix.of(2, 2, 1e308, 1e308, 1e308, 1e308),
          DenseMatrix.of(2, 2, 1, 2, 3, 4),
          DenseMatrix.diagonal(1, Double.NaN)
        }) {
      RuntimeException alone =
          assertThrows(RuntimeException.class, () -> new EigenSolver(hasty).decompose(matrix));
      DenseMatrix easy = DenseMatrix.identity(matrix.rows());
      MatrixBatch batch = MatrixBatch.of(easy, matrix, easy, matrix);
      RuntimeException thrown =
          assertThrows(RuntimeException.class, () -> new EigenSolver(hasty).decompose(batch));
      BatchedEigendecomposition listed =
          new EigenSolver(hasty.withFailurePolicy(FailurePolicy.LIST)).decompose(batch);
      RuntimeException asked = assertThrows(RuntimeException.class, () -> listed.decomposition(1));
      for (RuntimeException failure : List.of(thrown, asked)) {
        assertSame(alone.getClass(), failure.getClass());
        assertEquals("matrix 1 of the batch: " + alone.getMessage(), failure.getMessage());
        assertInstanceOf(alone.getClass(), failure.getCause());
      }
      if (alone instanceof EigenConvergenceException convergence) {
        EigenConvergenceException same = (EigenConvergenceException) thrown;
        assertEquals(convergence.unconverged(), same.unconverged());
        assertEquals(convergence.largestOffDiagonal(), same.largestOffDiagonal());
      }
    }
  }

  @Test
  void decompose_interrupted_isCancelled() {
    for (int n : new int[] {4, 12, 41}) {
      MatrixBatch batch = MatrixBatch.of(uniform(50, n));
      EigenSolver solver = new EigenSolver();
      Thread.currentThread().interrupt();
      try {
        assertThrows(
            CancellationException.class,
            () -> solver.with(DEFAULT.withFailurePolicy(FailurePolicy.LIST)).decompose(batch));
      } finally {
        assertTrue(Thread.interrupted(), "the thread stays interrupted");
      }
      solver.decompose(batch);
    }
  }

  /** The pool is asked for helpers once a solve is under way: this one interrupts it then. */
  @Test
  void decompose_interruptedMeanwhile_isCancelled() {
    MatrixBatch batch = MatrixBatch.of(uniform(2000, 12));
    try (ForkJoinPool pool =
        new ForkJoinPool(2) {
          @Override
          public void execute(Runnable task) {
            super.execute(task);
            Thread.currentThread().interrupt();
          }
        }) {
      EigenOptions options = DEFAULT.withParallelism(Parallelism.of(pool));
      assertThrows(CancellationException.class, () -> new EigenSolver(options).decompose(batch));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void decompose_solverUsedForOtherOrders_givesTheSameBits() {
    EigenSolver solver = new EigenSolver();
    for (int n : new int[] {12, 41, 3, 32, 12, 5, 41}) {
      MatrixBatch batch = MatrixBatch.of(uniform(20, n));
      BatchedEigendecomposition expected = SymmetricEigen.decompose(batch);
      BatchedEigendecomposition actual = solver.decompose(batch);
      assertArrayEquals(expected.interleavedValues(), actual.interleavedValues());
      assertArrayEquals(expected.vectors().interleaved(), actual.vectors().interleaved());
    }
  }

  /** Of many that are solved one by one, eight are brought into order at once. */
  @Test
  void decompose_manyBeyondLockStep_givesEachTheBitsItHasAmongFew() {
    DenseMatrix[] matrices = uniform(131, 41);
    matrices[5] = with(matrices[5], 0, 0, Double.NaN);
    BatchedEigendecomposition many =
        new EigenSolver(DEFAULT.withFailurePolicy(FailurePolicy.LIST))
            .decompose(MatrixBatch.of(matrices));
    assertEquals(List.of(5), many.failures().stream().map(BatchFailure::index).toList());
    assertTrue(Double.isNaN(many.vectors().get(5, 40, 40)));
    for (int b = 0; b < matrices.length; b += 13) {
      BatchedEigendecomposition alone = SymmetricEigen.decompose(MatrixBatch.of(matrices[b]));
      requireSameBits(alone, 0, many, b);
    }
  }

  @Test
  void decompose_inTheMemoryOfAnotherResult_givesTheSameBits() {
    EigenSolver solver = new EigenSolver();
    for (int n : new int[] {0, 3, 8, 12, 41}) {
      BatchedEigendecomposition old = SymmetricEigen.decompose(batch(21, n, 1));
      MatrixBatch batch = batch(21, n, 2);
      BatchedEigendecomposition actual = solver.decompose(batch, old);
      BatchedEigendecomposition expected = SymmetricEigen.decompose(batch);
      assertArrayEquals(expected.interleavedValues(), actual.interleavedValues());
      assertArrayEquals(expected.vectors().interleaved(), actual.vectors().interleaved());
      assertSame(old.vectors().interleaved(), actual.vectors().interleaved());
    }
  }

  @Test
  void decompose_inTheMemoryOfAnotherResult_hasItsOwnFailures() {
    EigenSolver solver = new EigenSolver();
    DenseMatrix[] matrices = uniform(3, 8);
    matrices[1] = with(matrices[1], 0, 0, Double.NaN);
    BatchedEigendecomposition failed =
        solver
            .with(DEFAULT.withFailurePolicy(FailurePolicy.LIST))
            .decompose(MatrixBatch.of(matrices));
    BatchedEigendecomposition sound =
        solver
            .with(DEFAULT.withFailurePolicy(FailurePolicy.LIST))
            .decompose(batch(3, 8, 1), failed);
    assertEquals(1, failed.failures().size());
    assertEquals(List.of(), sound.failures());
  }

  @Test
  void decompose_inMemoryThatDoesNotMatch_isRefused() {
    BatchedEigendecomposition old = SymmetricEigen.decompose(batch(4, 3, 1));
    EigenSolver solver = new EigenSolver();
    assertRefused(
        "overwritten must hold the batch's 5 decompositions of order 3, got 4 of order 3",
        batch(5, 3, 1),
        solver,
        old);
    assertRefused("got 4 of order 3", batch(4, 2, 1), solver, old);
    assertRefused("the batch itself", old.vectors(), solver, old);
    BatchedEigendecomposition numbers = SymmetricEigen.decompose(batch(4, 1, 1));
    MatrixBatch values = MatrixBatch.wrap(4, 1, numbers.interleavedValues());
    assertRefused("the batch itself", values, solver, numbers);
  }

  private static void assertRefused(
      String message,
      MatrixBatch batch,
      EigenSolver solver,
      BatchedEigendecomposition overwritten) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                solver
                    .with(DEFAULT.withFailurePolicy(FailurePolicy.LIST))
                    .decompose(batch, overwritten));
    assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal::getMessage);
  }

  private static MatrixBatch batch(int count, int n, long seed) {
    DenseMatrix[] matrices = new DenseMatrix[count];
    Arrays.setAll(matrices, b -> TestMatrices.uniform(n, seed + b));
    return MatrixBatch.of(matrices);
  }

  @Test
  void requireSameBits_lastBitOfAnElement_isSeen() {
    DenseMatrix[] matrices = uniform(2, 8);
    matrices[1] = with(with(matrices[0], 3, 1, 0.5), 1, 3, 0.5);
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(MatrixBatch.of(matrices));
    assertThrows(AssertionError.class, () -> requireSameBits(eigen, 0, eigen, 1));
    assertNotEquals(eigen.value(0, 0), eigen.value(1, 0));
  }

  static DenseMatrix[] uniform(int count, int n) {
    RandomGenerator random = TestMatrices.random(n);
    DenseMatrix[] matrices = new DenseMatrix[count];
    Arrays.setAll(matrices, b -> TestMatrices.uniform(n, random.nextLong()));
    return matrices;
  }

  private static DenseMatrix with(DenseMatrix matrix, int i, int j, double element) {
    double[] a = matrix.toArray();
    a[i + j * matrix.rows()] = element;
    return DenseMatrix.wrap(matrix.rows(), matrix.columns(), a);
  }

  private static double[] filled(int size, double element) {
    double[] filled = new double[size];
    Arrays.fill(filled, element);
    return filled;
  }
}
