package eigengrad.grad.paper;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.interleaved;
import static eigengrad.grad.Samples.random;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.Batches;
import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Parallelism;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchedPowerIterationPassTest {
  private static final int STEPS = 19;

  private final EigenSolver solver = new EigenSolver();

  /** Eigenvalues with ratios of 0.7: deflated one by one, rounding errors stay small. */
  private static DenseMatrix[] matrices(int count, int n, long seed) {
    DenseMatrix[] matrices = new DenseMatrix[count];
    double[] spectrum = new double[n];
    Arrays.setAll(spectrum, i -> Math.pow(0.7, i) * (i % 3 == 1 ? -1 : 1));
    Arrays.setAll(matrices, b -> withSpectrum(seed + b, spectrum));
    return matrices;
  }

  private static DifferentiableEigen.Pass alone(DenseMatrix m, int pairs, int steps, long seed) {
    return DifferentiableEigen.deflatedPowerIteration(steps, random(seed), Precision.FLOAT64)
        .forward(m, pairs);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, 2",
    "1, 1, 1",
    "7, 2, 2",
    "8, 3, 2",
    "9, 4, 4",
    "17, 5, 3",
    "3, 8, 8",
    "9, 17, 2",
    "2, 33, 3"
  })
  void pass_anyCountOrderAndPairs_isEachMatrixAlone(int count, int n, int pairs) {
    DenseMatrix[] m = matrices(count, n, 1);
    double[][] c = vectors(count, pairs, 2);
    double[][] g = vectors(count, n * pairs, 3);
    for (int steps : new int[] {1, 2, STEPS}) {
      BatchedPowerIterationPass pass =
          BatchedPowerIterationPass.forward(MatrixBatch.of(m), pairs, steps, random(4), solver);
      MatrixBatch gradients =
          pass.backward(interleaved(c, pairs), interleaved(g, n * pairs), solver);
      assertEquals(count, pass.count());
      assertEquals(pairs, pass.size());
      for (int b = 0; b < count; b++) {
        DifferentiableEigen.Pass expected = alone(m[b], pairs, steps, 4);
        // Each deflation hands rounding errors on, and the next steps magnify them.
        for (int j = 0; j < pairs; j++) {
          assertEquals(expected.values()[j], pass.value(b, j), 1e-12);
          assertArrayEquals(expected.vectors().column(j), pass.vector(b, j), 1e-12);
        }
        requireClose(
            expected.backward(c[b], DenseMatrix.wrap(n, pairs, g[b])), gradients.matrix(b));
        assertEquals(gradients.matrix(b), gradients.matrix(b).transpose());
      }
      Batches.requireZeroFilling(gradients);
      requireZeroFilling(count, pairs, pass.interleavedValues());
      requireZeroFilling(count, n * pairs, pass.interleavedVectors());
    }
  }

  private static void requireZeroFilling(int count, int each, double[] interleaved) {
    for (int i = 0; i < interleaved.length; i++) {
      if (i / 8 / each * 8 + i % 8 >= count) {
        assertEquals(0, interleaved[i]);
      }
    }
  }

  private static double[][] vectors(int count, int n, long seed) {
    return Batches.values(count, n, seed);
  }

  private static void requireClose(DenseMatrix expected, DenseMatrix actual) {
    assertTrue(
        expected.minus(actual).frobeniusNorm() <= 1e-11 * expected.frobeniusNorm(),
        () -> expected.rows() + ": off by " + relativeDifference(expected, actual));
  }

  @Test
  void requireClose_ofOneStepLess_isRejected() {
    DenseMatrix m = matrices(1, 4, 1)[0];
    DenseMatrix g = gaussian(4, 2, 2);
    DenseMatrix right = alone(m, 2, STEPS, 3).backward(new double[2], g);
    DenseMatrix wrong = alone(m, 2, STEPS - 1, 3).backward(new double[2], g);
    assertThrows(AssertionError.class, () -> requireClose(right, wrong));
  }

  /** Far from converged with few steps: the derivative must be right all the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 19})
  void backward_anySteps_isTheDerivativeOfThem(int steps) {
    int n = 5;
    int pairs = 3;
    DenseMatrix[] company = matrices(10, n, 5);
    double[] c = interleaved(vectors(10, pairs, 6), pairs);
    double[] g = interleaved(vectors(10, n * pairs, 7), n * pairs);
    double[] starts = interleaved(vectors(10, n * pairs, 8), n * pairs);
    int b = 8;
    MatrixBatch gradients =
        BatchedPowerIterationPass.forward(MatrixBatch.of(company), pairs, steps, starts, solver)
            .backward(c, g, solver);
    DenseMatrix m = company[b];
    for (int seed = 0; seed < 4; seed++) {
      DenseMatrix direction = gaussian(n, n, 50 + seed).symmetricPart();
      double expected =
          directional(
              x -> {
                company[b] = x;
                BatchedPowerIterationPass pass =
                    BatchedPowerIterationPass.forward(
                        MatrixBatch.of(company), pairs, steps, starts, solver);
                return ofLaneZero(pass.interleavedValues(), c, pairs)
                    + ofLaneZero(pass.interleavedVectors(), g, n * pairs);
              },
              m,
              direction,
              2e-5);
      DenseMatrix gradient = gradients.matrix(b);
      assertEquals(expected, inner(gradient, direction), 1e-8 * gradient.frobeniusNorm());
    }
  }

  /** The inner product of what belongs to matrix 8. */
  private static double ofLaneZero(double[] x, double[] y, int each) {
    double sum = 0;
    for (int i = 0; i < each; i++) {
      sum += x[(each + i) * 8] * y[(each + i) * 8];
    }
    return sum;
  }

  /** Beside ties, rounding errors, matrices that run out, and very large ones. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void pass_anyLaneAndCompany_givesTheSameBits(int n) {
    int pairs = (n + 1) / 2;
    DenseMatrix m = matrices(1, n, 9)[0];
    double[] c = gaussian(pairs, 1, 10).toArray();
    double[] g = gaussian(n, pairs, 11).toArray();
    BatchedPowerIterationPass single = forward(pairs, m);
    DenseMatrix gradient = backward(single, 0, c, g);
    for (int place = 0; place < 19; place++) {
      DenseMatrix[] company = matrices(19, n, 12);
      company[(place + 1) % 19] = DenseMatrix.identity(n);
      company[(place + 2) % 19] = DenseMatrix.wrap(n, n, new double[n * n]);
      company[(place + 3) % 19] = m.times(0x1p600);
      company[(place + 4) % 19] = m.times(0x1p-600);
      company[(place + 5) % 19] = opposite(n);
      company[place] = m;
      BatchedPowerIterationPass together = forward(pairs, company);
      for (int j = 0; j < pairs; j++) {
        assertEquals(single.value(0, j), together.value(place, j));
        assertArrayEquals(single.vector(0, j), together.vector(place, j));
        assertEquals(0, together.value((place + 2) % 19, j));
        assertArrayEquals(new double[n], together.vector((place + 2) % 19, j));
      }
      assertEquals(gradient, backward(together, place, c, g));
    }
  }

  private BatchedPowerIterationPass forward(int pairs, DenseMatrix... matrices) {
    return BatchedPowerIterationPass.forward(
        MatrixBatch.of(matrices), pairs, STEPS, random(13), solver);
  }

  /** Neighbours' cotangents differ from place to place. */
  private DenseMatrix backward(BatchedPowerIterationPass pass, int place, double[] c, double[] g) {
    double[][] allC = vectors(pass.count(), c.length, 14 + place);
    double[][] allG = vectors(pass.count(), g.length, 15 + place);
    allC[place] = c;
    allG[place] = g;
    return pass.backward(interleaved(allC, c.length), interleaved(allG, g.length), solver)
        .matrix(place);
  }

  /** Eigenvalues 1 and −1: power iteration goes to and fro. */
  private static DenseMatrix opposite(int n) {
    double[] diagonal = new double[n];
    diagonal[0] = 1;
    diagonal[n - 1] = -1;
    return DenseMatrix.diagonal(diagonal);
  }

  @Test
  void pass_anyNumberOfThreads_givesTheSameBits() {
    int n = 6;
    MatrixBatch batch = MatrixBatch.of(matrices(300, n, 16));
    double[] c = interleaved(vectors(300, n, 17), n);
    double[] g = interleaved(vectors(300, n * n, 18), n * n);
    BatchedPowerIterationPass expected =
        BatchedPowerIterationPass.forward(batch, n, STEPS, random(19), solver);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      EigenSolver shared =
          new EigenSolver(EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool)));
      BatchedPowerIterationPass pass =
          BatchedPowerIterationPass.forward(batch, n, STEPS, random(19), shared);
      assertArrayEquals(expected.interleavedValues(), pass.interleavedValues());
      assertArrayEquals(expected.interleavedVectors(), pass.interleavedVectors());
      assertArrayEquals(
          expected.backward(c, g, solver).interleaved(), pass.backward(c, g, shared).interleaved());
    }
  }

  @Test
  void pass_solverUsedForOtherSizes_givesTheBitsOfAFreshOne() {
    for (int[] size : new int[][] {{9, 3, 40}, {4, 4, 2}, {12, 1, 19}, {2, 2, 80}, {9, 9, 1}}) {
      int n = size[0];
      int k = size[1];
      MatrixBatch batch = MatrixBatch.of(matrices(9, n, 20));
      double[] c = interleaved(vectors(9, k, 21), k);
      double[] g = interleaved(vectors(9, n * k, 22), n * k);
      EigenSolver fresh = new EigenSolver();
      BatchedPowerIterationPass expected =
          BatchedPowerIterationPass.forward(batch, k, size[2], random(23), fresh);
      BatchedPowerIterationPass pass =
          BatchedPowerIterationPass.forward(batch, k, size[2], random(23), solver);
      assertArrayEquals(expected.interleavedVectors(), pass.interleavedVectors());
      assertArrayEquals(
          expected.backward(c, g, fresh).interleaved(), pass.backward(c, g, solver).interleaved());
    }
  }

  /** Deflated once, diag(1, 0, 0) is 0. */
  @Test
  void pass_matrixThatRunsOut_hasZerosAndTheGradientOfThePairsFound() {
    DenseMatrix m = DenseMatrix.diagonal(2, 0, 0);
    BatchedPowerIterationPass pass = forward(3, matrices(1, 3, 24)[0], m);
    assertEquals(2, pass.value(1, 0));
    assertArrayEquals(new double[2], new double[] {pass.value(1, 1), pass.value(1, 2)});
    assertArrayEquals(new double[3], pass.vector(1, 1));
    double[] c = gaussian(3, 1, 25).toArray();
    double[] g = gaussian(3, 3, 26).toArray();
    DenseMatrix expected =
        alone(m, 3, STEPS, 13)
            .backward(Arrays.copyOf(c, 1), DenseMatrix.wrap(3, 1, Arrays.copyOf(g, 3)));
    assertEquals(expected, backward(pass, 1, c, g));
  }

  @Test
  void forward_startsChangedAfterwards_changesNothing() {
    double[] starts = interleaved(vectors(1, 4, 27), 4);
    DenseMatrix m = matrices(1, 4, 28)[0];
    BatchedPowerIterationPass pass =
        BatchedPowerIterationPass.forward(MatrixBatch.of(m), 1, 2, starts, solver);
    double[] c = new double[8];
    double[] g = interleaved(vectors(1, 4, 29), 4);
    MatrixBatch before = pass.backward(c, g, solver);
    Arrays.fill(starts, 1);
    assertEquals(before.matrix(0), pass.backward(c, g, solver).matrix(0));
    MatrixBatch other =
        BatchedPowerIterationPass.forward(MatrixBatch.of(m), 1, 2, starts, solver)
            .backward(c, g, solver);
    assertNotEquals(before.matrix(0), other.matrix(0));
  }

  @Test
  void forward_badArguments_areRefusedByName() {
    DenseMatrix[] m = matrices(9, 3, 30);
    MatrixBatch sound = MatrixBatch.of(m);
    assertRefused("pairs must be between 1 and the matrices' order 3, got 4", () -> forward(4, m));
    assertRefused("pairs must be between 1 and the matrices' order 3, got 0", () -> forward(0, m));
    assertRefused(
        "iterations K must be ≥ 1, got 0",
        () -> BatchedPowerIterationPass.forward(sound, 1, 0, random(1), solver));
    assertRefused(
        "iterates of a lane block must have at most 2147483647 elements, got 24×2147483648: ask for"
            + " fewer iterations K",
        () -> BatchedPowerIterationPass.forward(sound, 1, Integer.MAX_VALUE, random(1), solver));
    assertRefused(
        "starts must have 96 elements in whole lane blocks, for 9 matrices of order 3, got 3",
        () -> BatchedPowerIterationPass.forward(sound, 2, 1, new double[3], solver));
    double[][] starts = vectors(9, 3, 31);
    starts[8][1] = Double.NaN;
    starts[4] = new double[3];
    assertRefused(
        "matrix 4 of the batch: start of pair 0 must not be the zero vector",
        () -> BatchedPowerIterationPass.forward(sound, 1, 1, interleaved(starts, 3), solver));
    starts[4][0] = 1;
    assertRefused(
        "matrix 8 of the batch: start of pair 0 must be finite, got NaN at index 1",
        () -> BatchedPowerIterationPass.forward(sound, 1, 1, interleaved(starts, 3), solver));
    m[8] = DenseMatrix.diagonal(1, Double.NaN, 2);
    assertRefused(
        "matrix 8 of the batch: matrix must be finite, got NaN at (1, 1)", () -> forward(1, m));
    m[8] = gaussian(3, 3, 32);
    assertRefused("matrix 8 of the batch: matrix must be symmetric", () -> forward(1, m));
    m[8] = DenseMatrix.wrap(3, 3, filled(1e308));
    NonFiniteException failure = assertThrows(NonFiniteException.class, () -> forward(1, m));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("matrix 8 of the batch"));
  }

  private static double[] filled(double value) {
    return Batches.filled(9, value);
  }

  @Test
  void backward_badArguments_areRefusedByName() {
    BatchedPowerIterationPass pass = forward(2, matrices(9, 3, 33));
    double[] c = interleaved(vectors(9, 2, 34), 2);
    double[] g = interleaved(vectors(9, 6, 35), 6);
    assertRefused(
        "valueCotangents must have 32 elements in whole lane blocks, for 9 matrices of order 3, got 2",
        () -> pass.backward(new double[2], g, solver));
    assertRefused("vectorCotangents must have 96 elements", () -> pass.backward(c, c, solver));
    double[] notFinite = c.clone();
    notFinite[24] = Double.POSITIVE_INFINITY;
    assertRefused(
        "matrix 8 of the batch: valueCotangents must be finite, got Infinity at index 1",
        () -> pass.backward(notFinite, g, solver));
    g[7 + 8 * 4] = Double.NaN;
    assertRefused(
        "matrix 7 of the batch: vectorCotangents must be finite, got NaN at (1, 1)",
        () -> pass.backward(c, g, solver));
    double[] huge = new double[96];
    Arrays.fill(huge, Double.MAX_VALUE);
    assertThrows(NonFiniteException.class, () -> pass.backward(new double[32], huge, solver));
    assertThrows(IndexOutOfBoundsException.class, () -> pass.value(9, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> pass.vector(0, 2));
  }
}
