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
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchedSpectralPassTest {
  private static final SpectralFunction ROOT = SpectralFunction.inverseSquareRoot();

  static Stream<SpectralFunction> functions() {
    return Stream.of(
        ROOT,
        SpectralFunction.squareRoot(),
        SpectralFunction.logarithm(),
        SpectralFunction.exponential(),
        SpectralFunction.inverseRoot(4, 0.5),
        SpectralFunction.of("the square", x -> x * x, x -> 2 * x));
  }

  /** Covariances, the second of them I: all its eigenvalues tie. */
  private static DenseMatrix[] positive(int count, int n, long seed) {
    DenseMatrix[] matrices = new DenseMatrix[count];
    for (int b = 0; b < count; b++) {
      DenseMatrix x = gaussian(n, 2 * n + 2, seed + b);
      matrices[b] = x.times(x.transpose()).times(1.0 / n).symmetricPart();
    }
    if (count > 1) {
      matrices[1] = DenseMatrix.identity(n);
    }
    return matrices;
  }

  private static BatchedEigendecomposition decompose(DenseMatrix... matrices) {
    return SymmetricEigen.decompose(MatrixBatch.of(matrices));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void pass_anyFunctionOrderAndCount_isEachMatrixAlone(SpectralFunction function) {
    EigenSolver solver = new EigenSolver();
    for (int n : new int[] {1, 2, 3, 4, 5, 8, 11, 16, 33}) {
      for (int count : new int[] {0, 1, 7, 8, 9, 17}) {
        BatchedEigendecomposition eigen = decompose(positive(count, n, 1));
        int order = eigen.order();
        DenseMatrix[] s = cotangents(count, order, 2);
        DenseMatrix[] e = symmetric(count, order, 3);
        BatchedSpectralPass pass = function.forward(eigen, solver);
        MatrixBatch back = pass.backward(MatrixBatch.of(s));
        MatrixBatch along = pass.derivative(MatrixBatch.of(e), solver);
        for (int b = 0; b < count; b++) {
          SpectralFunction.Pass alone = function.forward(eigen.decomposition(b));
          requireClose(alone.matrix(), pass.matrices().matrix(b));
          requireClose(alone.backward(s[b]), back.matrix(b));
          requireClose(alone.derivative(e[b]), along.matrix(b));
          assertEquals(alone.trace(), pass.trace(b));
          assertEquals(back.matrix(b), back.matrix(b).transpose());
        }
        requireZeroFilling(pass.matrices());
        requireZeroFilling(back);
        requireZeroFilling(along);
      }
    }
  }

  @Test
  void backward_repeatedEigenvalues_agreesWithDifferences() {
    DenseMatrix m = DenseMatrix.diagonal(2, 1, 2, 2);
    DenseMatrix[] company = positive(10, 4, 4);
    company[8] = m;
    DenseMatrix[] s = cotangents(10, 4, 5);
    DenseMatrix gradient =
        ROOT.forward(MatrixBatch.of(company)).backward(MatrixBatch.of(s)).matrix(8);
    DenseMatrix direction = gaussian(4, 4, 6).symmetricPart();
    double expected = directional(x -> inner(s[8], ROOT.forward(x).matrix()), m, direction, 1e-3);
    assertEquals(expected, inner(gradient, direction), 1e-8 * gradient.frobeniusNorm());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 40})
  void pass_anyLaneAndCompany_givesTheSameBits(int n) {
    DenseMatrix m = positive(1, n, 7)[0];
    DenseMatrix cotangent = gaussian(n, n, 8);
    BatchedSpectralPass alone = ROOT.forward(MatrixBatch.of(m));
    DenseMatrix gradient = alone.backward(MatrixBatch.of(cotangent)).matrix(0);
    for (int place = 0; place < 19; place++) {
      DenseMatrix[] company = positive(19, n, 9);
      DenseMatrix[] s = cotangents(19, n, 10);
      int unsolved = (place + 5) % 19;
      company[unsolved] = DenseMatrix.wrap(n, n, filled(n * n, Double.NaN));
      company[place] = m;
      s[place] = cotangent;
      BatchedSpectralPass together =
          ROOT.forward(
              new EigenSolver(EigenOptions.DEFAULT.withFailurePolicy(FailurePolicy.LIST))
                  .decompose(MatrixBatch.of(company)),
              new EigenSolver());
      MatrixBatch gradients = together.backward(MatrixBatch.of(s));
      assertEquals(alone.matrices().matrix(0), together.matrices().matrix(place));
      assertEquals(gradient, gradients.matrix(place));
      assertTrue(Double.isNaN(together.trace(unsolved)));
      assertTrue(Double.isNaN(together.matrices().get(unsolved, 0, 0)));
      assertTrue(Double.isNaN(gradients.get(unsolved, n - 1, 0)));
    }
  }

  @Test
  void pass_anyNumberOfThreads_givesTheSameBits() {
    BatchedEigendecomposition eigen = decompose(positive(2000, 6, 11));
    MatrixBatch s = MatrixBatch.of(cotangents(2000, 6, 12));
    BatchedSpectralPass expected = ROOT.forward(eigen, new EigenSolver());
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      EigenSolver solver =
          new EigenSolver(EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool)));
      BatchedSpectralPass shared = ROOT.forward(eigen, solver);
      assertArrayEquals(expected.matrices().interleaved(), shared.matrices().interleaved());
      assertArrayEquals(
          expected.backward(s).interleaved(), shared.backward(s, solver).interleaved());
    }
  }

  @Test
  void forward_eigenvalueOutsideTheDomain_namesTheFirstMatrix() {
    DenseMatrix[] matrices = positive(30, 3, 13);
    matrices[12] = DenseMatrix.diagonal(1, -2, 3);
    matrices[20] = DenseMatrix.diagonal(1, -4, 3);
    assertRefused(
        "matrix 12 of the batch: the inverse square root needs positive eigenvalues, but"
            + " eigenvalue 0 is -2.0",
        () -> ROOT.forward(MatrixBatch.of(matrices)));
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () ->
                SpectralFunction.exponential()
                    .forward(MatrixBatch.of(DenseMatrix.diagonal(1), DenseMatrix.diagonal(1000))));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("matrix 1"));
  }

  @Test
  void backward_badArguments_areRefusedByName() {
    BatchedSpectralPass pass = ROOT.forward(MatrixBatch.of(positive(9, 3, 14)));
    EigenSolver solver = new EigenSolver();
    assertRefused(
        "cotangents must be 9 matrices of 3×3, got 9 of 2×2",
        () -> pass.backward(MatrixBatch.of(cotangents(9, 2, 15))));
    DenseMatrix[] s = symmetric(9, 3, 15);
    double[] bad = s[8].toArray();
    bad[5] = Double.POSITIVE_INFINITY;
    s[8] = DenseMatrix.wrap(3, 3, bad);
    assertRefused(
        "matrix 8 of the batch: cotangent must be finite, got Infinity at (2, 1)",
        () -> pass.backward(MatrixBatch.of(s)));
    s[8] = gaussian(3, 3, 16);
    assertRefused("matrix 8 of the batch", () -> pass.derivative(MatrixBatch.of(s), solver));
    Arrays.fill(s, s[0]);
    pass.derivative(MatrixBatch.of(s), solver);
  }

  /** As Kotlin, Scala and Lombok throw them, in any chunk; not a result with zeros in it. */
  @Test
  void forward_functionThatThrowsACheckedException_throwsTheSame() {
    int count = 1024;
    DenseMatrix[] matrices = new DenseMatrix[count];
    Arrays.setAll(matrices, b -> DenseMatrix.diagonal(b, b + 0.5, b + 0.5, b + 0.5));
    BatchedEigendecomposition eigen = decompose(matrices);
    try (ForkJoinPool pool = new ForkJoinPool(4)) {
      EigenSolver solver =
          new EigenSolver(EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool)));
      for (int run = 0; run < 200; run++) {
        double bad = run * 5;
        IOException failure = new IOException("matrix " + bad);
        SpectralFunction function =
            SpectralFunction.of(
                "unreadable at one matrix",
                x -> {
                  if (x == bad) {
                    BatchedSpectralPassTest.<RuntimeException>rethrow(failure);
                  }
                  return x;
                },
                x -> 1);
        assertSame(failure, assertThrows(IOException.class, () -> function.forward(eigen, solver)));
      }
      MatrixBatch same = SpectralFunction.of("x", x -> x, x -> 1).forward(eigen, solver).matrices();
      for (int b = 0; b < count; b++) {
        assertEquals(matrices[b], same.matrix(b));
      }
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void derivative_thatOverflows_namesTheMatrixAndThePair() {
    BatchedSpectralPass pass =
        ROOT.forward(MatrixBatch.of(DenseMatrix.diagonal(1), DenseMatrix.diagonal(0x1p-900)));
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () -> pass.backward(MatrixBatch.of(DenseMatrix.identity(1), DenseMatrix.identity(1))));
    assertTrue(
        String.valueOf(failure.getMessage())
            .startsWith("matrix 1 of the batch: the derivative of the inverse square root"));
  }
}
