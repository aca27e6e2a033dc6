package eigengrad.grad;

import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.LayerPass;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.grad.paper.BatchedPowerIterationPass;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A call that is refused or fails leaves everything that has a state as it was. */
class FailedCallTest {
  private static final int CHANNELS = 4;
  private static final DenseMatrix X = gaussian(CHANNELS, 30, 1);
  private static final DenseMatrix PROBE = gaussian(CHANNELS, 5, 2);

  private static List<ZcaWhitening> layers() {
    WhiteningSettings settings = WhiteningSettings.of(CHANNELS, 2);
    return List.of(
        new ZcaWhitening(settings),
        new ZcaWhitening(settings, InverseSquareRoot.newtonSchulz(5)),
        new ZcaWhitening(WhiteningSettings.ofPaper(CHANNELS, 3)),
        new ZcaWhitening(
            settings,
            new EigenInverseSquareRoot(
                DifferentiableEigen.hybrid(19, Precision.FLOAT64), Retention.ENERGY)),
        new ZcaWhitening(
            settings,
            new EigenInverseSquareRoot(
                DifferentiableEigen.authorsCode(19, Precision.FLOAT32), Retention.ALL)));
  }

  /** After the call the layer infers as before, bit by bit, and so does a step of training. */
  private static void requireUnchanged(
      ZcaWhitening layer, Class<? extends Exception> type, Runnable call) {
    double[] weight = layer.weight().clone();
    double[] bias = layer.bias().clone();
    layer.weight()[0] = 1;
    layer.bias()[0] = 0;
    DenseMatrix before = layer.infer(PROBE);
    System.arraycopy(weight, 0, layer.weight(), 0, CHANNELS);
    System.arraycopy(bias, 0, layer.bias(), 0, CHANNELS);
    assertThrows(type, call::run);
    assertArrayEquals(weight, layer.weight());
    assertArrayEquals(bias, layer.bias());
    layer.weight()[0] = 1;
    layer.bias()[0] = 0;
    assertEquals(before, layer.infer(PROBE));
  }

  @Test
  void whitening_anyFailure_leavesTheRunningAverages() {
    for (ZcaWhitening layer : layers()) {
      layer.forward(X);
      layer.forward(X.times(2));
      layer.weight()[0] = Double.NaN;
      requireUnchanged(layer, NonFiniteException.class, () -> layer.forward(X));
      layer.weight()[0] = Double.MAX_VALUE;
      requireUnchanged(layer, NonFiniteException.class, () -> layer.forward(X));
      layer.bias()[0] = Double.POSITIVE_INFINITY;
      requireUnchanged(layer, NonFiniteException.class, () -> layer.forward(X));
      layer.weight()[0] = Double.MAX_VALUE;
      requireUnchanged(layer, NonFiniteException.class, () -> layer.infer(X.times(1e306)));
      requireUnchanged(layer, NonFiniteException.class, () -> layer.forward(X.times(1e200)));
      requireUnchanged(
          layer, IllegalArgumentException.class, () -> layer.forward(X.times(Double.NaN)));
      requireUnchanged(
          layer, IllegalArgumentException.class, () -> layer.forward(gaussian(3, 9, 3)));
      requireUnchanged(
          layer,
          IllegalArgumentException.class,
          () -> layer.forward(DenseMatrix.wrap(CHANNELS, 0, new double[0])));
      LayerPass pass = layer.forward(X);
      requireUnchanged(layer, IllegalArgumentException.class, () -> pass.backward(PROBE));
      double[] huge = new double[X.columnMajor().length];
      Arrays.fill(huge, 1e308);
      DenseMatrix cotangent = DenseMatrix.wrap(CHANNELS, 30, huge);
      requireUnchanged(layer, NonFiniteException.class, () -> pass.backward(cotangent));
    }
  }

  @Test
  void whitening_epsilonTooSmall_leavesTheRunningAverages() {
    ZcaWhitening layer = new ZcaWhitening(WhiteningSettings.of(CHANNELS, 4).withEpsilon(1e-300));
    layer.forward(X);
    DenseMatrix dependent = gaussian(CHANNELS, 1, 4).times(gaussian(1, 30, 5)).times(1e8);
    requireUnchanged(layer, NonFiniteException.class, () -> layer.forward(dependent));
  }

  /** How often it was asked for a number. */
  private static final class Counted implements RandomGenerator {
    private final RandomGenerator source = random(1);
    private int drawn;

    @Override
    public long nextLong() {
      drawn++;
      return source.nextLong();
    }
  }

  @Test
  void powerIteration_refusedArguments_drawNothing() {
    Counted random = new Counted();
    DenseMatrix sound = gaussian(3, 3, 6).symmetricPart();
    DenseMatrix asymmetric = gaussian(3, 3, 7);
    DenseMatrix notFinite = DenseMatrix.diagonal(1, Double.NaN, 2);
    EigenSolver solver = new EigenSolver();
    DifferentiableEigen method =
        DifferentiableEigen.deflatedPowerIteration(3, random, Precision.FLOAT64);
    for (DenseMatrix bad : List.of(asymmetric, notFinite)) {
      MatrixBatch batch = MatrixBatch.of(sound, bad);
      for (Runnable call :
          List.<Runnable>of(
              () -> method.forward(bad, 2),
              () -> method.forward(sound, 4),
              () -> method.forward(new DenseMatrix[] {sound, bad}, 2),
              () -> BatchedPowerIterationPass.forward(batch, 2, 3, random, solver),
              () -> BatchedPowerIterationPass.forward(batch, 4, 3, random, solver),
              () -> BatchedPowerIterationPass.forward(batch, 2, 0, random, solver))) {
        assertThrows(IllegalArgumentException.class, call::run);
        assertEquals(0, random.drawn);
      }
    }
    method.forward(sound, 1);
    assertTrue(random.drawn > 0);
  }

  @Test
  void workspace_anyFailure_leavesItFreeWithTheBitsOfAFreshOne() {
    EigenSolver solver = new EigenSolver();
    BatchedEigendecomposition eigen =
        SymmetricEigen.decompose(
            MatrixBatch.of(DenseMatrix.diagonal(1, 2, 3), DenseMatrix.diagonal(1, 1, -1)));
    MatrixBatch g = MatrixBatch.of(gaussian(3, 3, 8), gaussian(3, 3, 9));
    MatrixBatch notFinite =
        MatrixBatch.of(gaussian(3, 3, 8), DenseMatrix.diagonal(0, 0, Double.NaN));
    SpectralFunction f = SpectralFunction.exponential();
    BatchedSpectralPass pass = f.forward(eigen, solver);
    double[] starts = new double[24];
    for (Runnable call :
        List.<Runnable>of(
            () -> EigenGradient.backwardVectors(eigen, InverseGap.analytic(), g, solver),
            () -> SpectralFunction.squareRoot().forward(eigen, solver),
            () -> pass.backward(notFinite, solver),
            () -> pass.derivative(g, solver),
            () -> BatchedPowerIterationPass.forward(g, 1, 3, random(1), solver),
            () -> BatchedPowerIterationPass.forward(eigen.vectors(), 1, 3, starts, solver),
            () -> {
              throw interrupted(() -> f.forward(eigen, solver));
            })) {
      assertThrows(RuntimeException.class, call::run);
      requireBitsOfAFreshOne(eigen, g, solver);
    }
  }

  private static CancellationException interrupted(Runnable call) {
    Thread.currentThread().interrupt();
    try {
      return assertThrows(CancellationException.class, call::run);
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  private static void requireBitsOfAFreshOne(
      BatchedEigendecomposition eigen, MatrixBatch g, EigenSolver solver) {
    InverseGap rule = InverseGap.powerIteration(19);
    EigenSolver fresh = new EigenSolver();
    assertArrayEquals(
        EigenGradient.backwardVectors(eigen, rule, g, fresh).interleaved(),
        EigenGradient.backwardVectors(eigen, rule, g, solver).interleaved());
    MatrixBatch batch = eigen.vectors();
    BatchedPowerIterationPass expected =
        BatchedPowerIterationPass.forward(
            MatrixBatch.of(batch.matrix(0).symmetricPart()), 2, 4, random(2), fresh);
    BatchedPowerIterationPass actual =
        BatchedPowerIterationPass.forward(
            MatrixBatch.of(batch.matrix(0).symmetricPart()), 2, 4, random(2), solver);
    assertArrayEquals(expected.interleavedValues(), actual.interleavedValues());
    assertArrayEquals(expected.interleavedVectors(), actual.interleavedVectors());
  }
}
