package eigengrad.grad;

import static eigengrad.grad.Batches.cotangents;
import static eigengrad.grad.Batches.filled;
import static eigengrad.grad.Batches.requireClose;
import static eigengrad.grad.Batches.requireZeroFilling;
import static eigengrad.grad.Batches.symmetric;
import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.interleaved;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.FailurePolicy;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Parallelism;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchedEigenGradientTest {
  private static final InverseGap HYBRID = InverseGap.powerIteration(19);

  private static BatchedEigendecomposition decompose(DenseMatrix... matrices) {
    return SymmetricEigen.decompose(MatrixBatch.of(matrices));
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void backward_anyRuleOrderAndCount_isEachGradientAlone(InverseGap rule) {
    EigenSolver solver = new EigenSolver();
    for (int n : new int[] {1, 2, 3, 4, 5, 8, 11, 16, 33}) {
      for (int count : new int[] {0, 1, 7, 8, 9, 17}) {
        BatchedEigendecomposition eigen = decompose(symmetric(count, n, 1));
        int order = eigen.order();
        double[][] c = Batches.values(count, order, 2);
        DenseMatrix[] g = cotangents(count, order, 3);
        double[] allC = interleaved(c, order);
        MatrixBatch allG = MatrixBatch.of(g);
        MatrixBatch both = EigenGradient.backward(eigen, rule, allC, allG);
        MatrixBatch ofValues = EigenGradient.backwardValues(eigen, allC, solver);
        MatrixBatch ofVectors = EigenGradient.backwardVectors(eigen, rule, allG, solver);
        assertEquals(count, both.count());
        for (int b = 0; b < count; b++) {
          var own = eigen.decomposition(b);
          requireClose(EigenGradient.backward(own, rule, c[b], g[b]), both.matrix(b));
          requireClose(EigenGradient.backwardValues(own, c[b]), ofValues.matrix(b));
          requireClose(EigenGradient.backwardVectors(own, rule, g[b]), ofVectors.matrix(b));
          assertEquals(both.matrix(b), both.matrix(b).transpose());
        }
        requireZeroFilling(both);
        requireZeroFilling(ofValues);
        requireZeroFilling(ofVectors);
      }
    }
  }

  @Test
  void requireClose_ofAnotherRule_isRejected() {
    BatchedEigendecomposition eigen = decompose(symmetric(1, 6, 1));
    MatrixBatch g = MatrixBatch.of(cotangents(1, 6, 2));
    EigenSolver solver = new EigenSolver();
    DenseMatrix one = EigenGradient.backwardVectors(eigen, HYBRID, g, solver).matrix(0);
    DenseMatrix other =
        EigenGradient.backwardVectors(eigen, InverseGap.powerIteration(18), g, solver).matrix(0);
    assertThrows(AssertionError.class, () -> requireClose(one, other));
  }

  @Test
  void backward_analytic_agreesWithDifferences() {
    DenseMatrix m = withSpectrum(1, 0.2, 0.5, 0.9, 1.2, 1.7, 2);
    DenseMatrix[] company = symmetric(11, 6, 4);
    company[9] = m;
    double[][] c = Batches.values(11, 6, 5);
    DenseMatrix[] g = cotangents(11, 6, 6);
    DenseMatrix gradient =
        EigenGradient.backward(
                decompose(company), InverseGap.analytic(), interleaved(c, 6), MatrixBatch.of(g))
            .matrix(9);
    DenseMatrix direction = gaussian(6, 6, 7).symmetricPart();
    double expected =
        directional(
            x -> {
              var eigen = SymmetricEigen.decompose(x);
              double sum = inner(g[9], eigen.vectors());
              for (int j = 0; j < 6; j++) {
                sum += c[9][j] * eigen.value(j);
              }
              return sum;
            },
            m,
            direction,
            1e-4);
    assertEquals(expected, inner(gradient, direction), 1e-7 * gradient.frobeniusNorm());
  }

  /** The same matrix alone, in each lane, beside others and beside one that was not solved. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 8, 13, 32, 40})
  void backward_anyLaneAndCompany_givesTheSameBits(int n) {
    DenseMatrix m = gaussian(n, n, 8).symmetricPart();
    DenseMatrix mCotangent = gaussian(n, n, 9);
    double[] mValues = gaussian(n, 1, 10).toArray();
    for (InverseGap rule : new InverseGap[] {HYBRID, InverseGap.lorentzian(1e-4)}) {
      MatrixBatch alone =
          EigenGradient.backward(
              decompose(m),
              rule,
              interleaved(new double[][] {mValues}, n),
              MatrixBatch.of(mCotangent));
      for (int place = 0; place < 19; place++) {
        DenseMatrix[] company = symmetric(19, n, 11);
        DenseMatrix[] g = cotangents(19, n, 12);
        double[][] c = Batches.values(19, n, 13);
        company[(place + 5) % 19] = DenseMatrix.wrap(n, n, filled(n * n, Double.NaN));
        company[(place + 1) % 19] = DenseMatrix.identity(n);
        company[place] = m;
        g[place] = mCotangent;
        c[place] = mValues;
        BatchedEigendecomposition eigen =
            new EigenSolver(EigenOptions.DEFAULT.withFailurePolicy(FailurePolicy.LIST))
                .decompose(MatrixBatch.of(company));
        MatrixBatch together =
            EigenGradient.backward(eigen, rule, interleaved(c, n), MatrixBatch.of(g));
        assertEquals(alone.matrix(0), together.matrix(place));
        assertNotEquals(alone.matrix(0), together.matrix((place + 2) % 19));
      }
    }
  }

  @Test
  void backward_matrixThatWasNotSolved_hasNanForItsGradientAlone() {
    DenseMatrix[] matrices = symmetric(9, 5, 14);
    matrices[3] = DenseMatrix.wrap(5, 5, filled(25, Double.NaN));
    BatchedEigendecomposition eigen =
        new EigenSolver(EigenOptions.DEFAULT.withFailurePolicy(FailurePolicy.LIST))
            .decompose(MatrixBatch.of(matrices));
    double[] c = interleaved(Batches.values(9, 5, 15), 5);
    MatrixBatch g = MatrixBatch.of(cotangents(9, 5, 16));
    for (InverseGap rule : Samples.rules().toList()) {
      MatrixBatch gradient = EigenGradient.backward(eigen, rule, c, g);
      for (int b = 0; b < 9; b++) {
        for (double element : gradient.matrix(b).columnMajor()) {
          assertEquals(b == 3, Double.isNaN(element));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 33})
  void backward_anyNumberOfThreads_givesTheSameBits(int n) {
    int count = 60_000 / (n * n) + 3;
    BatchedEigendecomposition eigen = decompose(symmetric(count, n, 17));
    double[] c = interleaved(Batches.values(count, n, 18), n);
    MatrixBatch g = MatrixBatch.of(cotangents(count, n, 19));
    double[] expected = EigenGradient.backward(eigen, HYBRID, c, g).interleaved();
    for (int threads = 1; threads <= 4; threads++) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        EigenSolver solver =
            new EigenSolver(EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool)));
        for (int repeat = 0; repeat < 3; repeat++) {
          assertArrayEquals(
              expected, EigenGradient.backward(eigen, HYBRID, c, g, solver).interleaved());
        }
      }
    }
  }

  @Test
  void backward_solverUsedForOtherOrders_givesTheSameBits() {
    EigenSolver solver = new EigenSolver();
    for (int n : new int[] {12, 40, 3, 12, 5}) {
      BatchedEigendecomposition eigen = decompose(symmetric(9, n, 20));
      MatrixBatch g = MatrixBatch.of(cotangents(9, n, 21));
      assertArrayEquals(
          EigenGradient.backwardVectors(eigen, HYBRID, g, new EigenSolver()).interleaved(),
          EigenGradient.backwardVectors(eigen, HYBRID, g, solver).interleaved());
    }
  }

  @Test
  void backward_analyticAtExactTies_namesTheFirstMatrixAndThePair() {
    DenseMatrix[] matrices = symmetric(5000, 3, 22);
    matrices[1234] = DenseMatrix.diagonal(1, 4, 1);
    matrices[4321] = DenseMatrix.diagonal(2, 2, 1);
    BatchedEigendecomposition eigen = decompose(matrices);
    MatrixBatch g = MatrixBatch.of(cotangents(5000, 3, 23));
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      for (Parallelism threads :
          new Parallelism[] {Parallelism.sequential(), Parallelism.of(pool)}) {
        EigenSolver solver = new EigenSolver(EigenOptions.DEFAULT.withParallelism(threads));
        NonFiniteException failure =
            assertThrows(
                NonFiniteException.class,
                () -> EigenGradient.backwardVectors(eigen, InverseGap.analytic(), g, solver));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("matrix 1234 of the batch: the Analytic"), message);
        assertTrue(message.contains("0 and 1, 1.0 and 1.0"), message);
      }
    }
  }

  @Test
  void backward_tieAmongUnusedVectors_doesNoHarm() {
    BatchedEigendecomposition eigen = decompose(DenseMatrix.diagonal(1, 1, 2, 3));
    double[] g = gaussian(4, 4, 24).toArray();
    Arrays.fill(g, 0, 8, 0);
    DenseMatrix cotangent = DenseMatrix.wrap(4, 4, g);
    DenseMatrix actual =
        EigenGradient.backwardVectors(
                eigen, InverseGap.analytic(), MatrixBatch.of(cotangent), new EigenSolver())
            .matrix(0);
    requireClose(
        EigenGradient.backwardVectors(eigen.decomposition(0), InverseGap.analytic(), cotangent),
        actual);
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#boundedRules")
  void backward_boundedRuleAtExactTies_isEachGradientAlone(InverseGap rule) {
    DenseMatrix[] matrices = {
      DenseMatrix.identity(3),
      DenseMatrix.diagonal(4, 1, 1),
      DenseMatrix.identity(3).times(0x1p-1060),
      DenseMatrix.wrap(3, 3, new double[9]),
      DenseMatrix.diagonal(-2, 2, 0)
    };
    BatchedEigendecomposition eigen = decompose(matrices);
    DenseMatrix[] g = cotangents(5, 3, 25);
    MatrixBatch gradient =
        EigenGradient.backwardVectors(eigen, rule, MatrixBatch.of(g), new EigenSolver());
    for (int b = 0; b < 5; b++) {
      requireClose(
          EigenGradient.backwardVectors(eigen.decomposition(b), rule, g[b]), gradient.matrix(b));
    }
  }

  @Test
  void backward_badArguments_areRefusedByName() {
    BatchedEigendecomposition eigen = decompose(symmetric(9, 3, 26));
    double[] c = interleaved(Batches.values(9, 3, 27), 3);
    MatrixBatch g = MatrixBatch.of(cotangents(9, 3, 28));
    assertRefused(
        "valueCotangents must have 48 elements in whole lane blocks, for 9 matrices of order 3, got 27",
        () -> EigenGradient.backward(eigen, HYBRID, new double[27], g));
    assertRefused(
        "vectorCotangents must be 9 matrices of 3×3, got 8 of 3×3",
        () -> EigenGradient.backward(eigen, HYBRID, c, MatrixBatch.of(cotangents(8, 3, 28))));
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] badC = c.clone();
      badC[(3 + 2) * 8] = bad;
      assertRefused(
          "matrix 8 of the batch: valueCotangent must be finite, got " + bad + " at index 2",
          () -> EigenGradient.backward(eigen, HYBRID, badC, g));
      assertRefused(
          "matrix 8 of the batch",
          () -> EigenGradient.backwardValues(eigen, badC, new EigenSolver()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void backward_notFiniteCotangentAnywhere_isRefusedWithItsPlace(int n) {
    BatchedEigendecomposition diagonal =
        decompose(DenseMatrix.diagonal(Arrays.copyOf(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, n)));
    for (int at = 0; at < n * n; at++) {
      for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
        double[] g = gaussian(n, n, 29).toArray();
        g[at] = bad;
        MatrixBatch cotangent = MatrixBatch.of(DenseMatrix.wrap(n, n, g));
        String place = "got " + bad + " at (" + at % n + ", " + at / n + ")";
        assertRefused(
            "matrix 0 of the batch: vectorCotangent must be finite, " + place,
            () -> EigenGradient.backwardVectors(diagonal, HYBRID, cotangent, new EigenSolver()));
      }
    }
  }

  @Test
  void backward_interrupted_isCancelledAndTheWorkspaceFree() {
    BatchedEigendecomposition eigen = decompose(symmetric(9, 3, 30));
    MatrixBatch g = MatrixBatch.of(cotangents(9, 3, 31));
    EigenSolver solver = new EigenSolver();
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          CancellationException.class,
          () -> EigenGradient.backwardVectors(eigen, HYBRID, g, solver));
    } finally {
      assertTrue(Thread.interrupted());
    }
    EigenGradient.backwardVectors(eigen, HYBRID, g, solver);
  }

  @Test
  void backward_solverInUse_isRefused() {
    BatchedEigendecomposition eigen = decompose(symmetric(2000, 8, 32));
    MatrixBatch g = MatrixBatch.of(cotangents(2000, 8, 33));
    EigenSolver[] solver = new EigenSolver[1];
    try (ForkJoinPool pool =
        new ForkJoinPool(2) {
          @Override
          public void execute(Runnable task) {
            EigenGradient.backwardVectors(eigen, HYBRID, g, solver[0]);
          }
        }) {
      solver[0] = new EigenSolver(EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool)));
      IllegalStateException refusal =
          assertThrows(
              IllegalStateException.class,
              () -> EigenGradient.backwardVectors(eigen, HYBRID, g, solver[0]));
      assertTrue(String.valueOf(refusal.getMessage()).contains("give each thread its own"));
    }
  }
}
