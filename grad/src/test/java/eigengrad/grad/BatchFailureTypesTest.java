package eigengrad.grad;

import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.grad.paper.BatchedPowerIterationPass;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch fails with the exception that its first matrix to fail throws alone. */
class BatchFailureTypesTest {
  private static final DenseMatrix TIE = DenseMatrix.diagonal(1e-3, 1e-3, 2e-3);
  private static final DenseMatrix SOUND = DenseMatrix.diagonal(1, 2, 3);
  private static final DenseMatrix LARGE = filled(1e308);
  private static final DenseMatrix G = gaussian(3, 3, 1);
  private static final DenseMatrix NOT_FINITE = DenseMatrix.diagonal(0, Double.NaN, 0);

  private static DenseMatrix filled(double value) {
    double[] elements = new double[9];
    Arrays.fill(elements, value);
    return DenseMatrix.wrap(3, 3, elements);
  }

  /** The second of a batch. */
  private static MatrixBatch second(DenseMatrix first, DenseMatrix matrix) {
    return MatrixBatch.of(first, matrix);
  }

  private static void requireSame(Runnable alone, Runnable batch) {
    RuntimeException expected = assertThrows(RuntimeException.class, alone::run);
    RuntimeException actual = assertThrows(RuntimeException.class, batch::run);
    assertSame(expected.getClass(), actual.getClass());
    assertEquals("matrix 1 of the batch: " + expected.getMessage(), actual.getMessage());
  }

  @Test
  void gradients_anyFailure_isThatOfTheMatrixAlone() {
    EigenSolver solver = new EigenSolver();
    BatchedEigendecomposition batch = SymmetricEigen.decompose(second(SOUND, TIE));
    Eigendecomposition eigen = SymmetricEigen.decompose(TIE);
    InverseGap rule = InverseGap.analytic();
    for (DenseMatrix g : List.of(G, NOT_FINITE, G.times(5e307))) {
      InverseGap used = g.equals(G) ? rule : InverseGap.powerIteration(19);
      requireSame(
          () -> EigenGradient.backwardVectors(eigen, used, g),
          () -> EigenGradient.backwardVectors(batch, used, second(G, g), solver));
    }
  }

  @Test
  void functions_anyFailure_isThatOfTheMatrixAlone() {
    EigenSolver solver = new EigenSolver();
    SpectralFunction root = SpectralFunction.squareRoot();
    SpectralFunction exponential = SpectralFunction.exponential();
    DenseMatrix indefinite = DenseMatrix.diagonal(1, -1, 2);
    DenseMatrix steep = DenseMatrix.diagonal(1, 2, 800);
    requireSame(() -> root.forward(indefinite), () -> root.forward(second(SOUND, indefinite)));
    requireSame(() -> root.forward(NOT_FINITE), () -> root.forward(second(SOUND, NOT_FINITE)));
    requireSame(() -> root.forward(G), () -> root.forward(second(SOUND, G)));
    requireSame(() -> root.forward(LARGE), () -> root.forward(second(SOUND, LARGE)));
    requireSame(() -> exponential.forward(steep), () -> exponential.forward(second(SOUND, steep)));
    BatchedSpectralPass batch = exponential.forward(second(TIE, SOUND));
    SpectralFunction.Pass alone = exponential.forward(SOUND);
    requireSame(
        () -> alone.backward(NOT_FINITE), () -> batch.backward(second(G, NOT_FINITE), solver));
    requireSame(() -> alone.backward(LARGE), () -> batch.backward(second(G, LARGE), solver));
    requireSame(() -> alone.derivative(G), () -> batch.derivative(second(SOUND, G), solver));
  }

  @Test
  void powerIteration_anyFailure_isThatOfTheMatrixAlone() {
    EigenSolver solver = new EigenSolver();
    DifferentiableEigen alone =
        DifferentiableEigen.deflatedPowerIteration(3, random(1), Precision.FLOAT64);
    for (DenseMatrix matrix : List.of(G, NOT_FINITE, LARGE)) {
      requireSame(
          () -> alone.forward(matrix, 2),
          () -> BatchedPowerIterationPass.forward(second(SOUND, matrix), 2, 3, random(1), solver));
    }
  }

  /** Eight matrices are solved as a batch. */
  @Test
  void exactMethods_anyFailure_isOfTheTypeOfTheMatrixAlone() {
    for (Precision precision : Precision.values()) {
      DifferentiableEigen method = DifferentiableEigen.hybrid(19, precision);
      for (DenseMatrix matrix : List.of(G, NOT_FINITE, LARGE)) {
        DenseMatrix[] matrices = new DenseMatrix[8];
        Arrays.fill(matrices, SOUND);
        matrices[3] = matrix;
        RuntimeException alone =
            assertThrows(RuntimeException.class, () -> method.forward(matrix, 2));
        RuntimeException batch =
            assertThrows(RuntimeException.class, () -> method.forward(matrices, 2));
        assertSame(alone.getClass(), batch.getClass());
      }
    }
  }

  @Test
  void whitening_covarianceWithoutARoot_failsAlikeWithFewAndManyGroups() {
    DenseMatrix one = gaussian(4, 1, 2).times(gaussian(1, 20, 3)).times(1e10);
    double[] many = new double[32 * 20];
    for (int s = 0; s < 20; s++) {
      for (int group = 0; group < 8; group++) {
        System.arraycopy(one.columnMajor(), 4 * s, many, 32 * s + 4 * group, 4);
      }
    }
    for (DenseMatrix x : List.of(one, DenseMatrix.wrap(32, 20, many))) {
      ZcaWhitening layer = new ZcaWhitening(WhiteningSettings.of(x.rows(), 4).withEpsilon(1e-300));
      NonFiniteException failure = assertThrows(NonFiniteException.class, () -> layer.forward(x));
      assertTrue(String.valueOf(failure.getMessage()).contains("raise epsilon"));
    }
  }
}
