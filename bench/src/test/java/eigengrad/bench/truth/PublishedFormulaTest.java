package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.truth.PublishedFormula.Form;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PublishedFormulaTest {
  private static final int N = 7;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
  private final DenseMatrix separated =
      Covariances.withSpectrum(new double[] {3, 2.1, 1.4, 1, 0.6, 0.3, 0.1}, random);

  private double[] vector(int n) {
    return random.doubles(n, -1, 1).toArray();
  }

  private DenseMatrix columns(int k) {
    return DenseMatrix.wrap(N, k, vector(N * k));
  }

  private static double difference(DenseMatrix one, DenseMatrix other) {
    return one.minus(other).frobeniusNorm() / other.frobeniusNorm();
  }

  @ParameterizedTest
  @EnumSource
  void backward_separatedEigenvalues_isTheAnalyticGradient(Form form) {
    for (int k = 1; k <= N; k++) {
      double[] values = vector(k);
      DenseMatrix vectors = columns(k);
      DifferentiableEigen.Pass expected =
          DifferentiableEigen.analytic(Precision.FLOAT64).forward(separated, k);
      DifferentiableEigen.Pass pass =
          new PublishedFormula(form, Precision.FLOAT64).forward(separated, k);
      assertTrue(Arrays.equals(expected.values(), pass.values()));
      assertEquals(expected.vectors(), pass.vectors());
      assertTrue(
          difference(pass.backward(values, vectors), expected.backward(values, vectors)) < 1e-13);
    }
  }

  @ParameterizedTest
  @EnumSource
  void backward_float32_isNearAndStoredAsFloats(Form form) {
    double[] values = vector(N);
    DenseMatrix vectors = columns(N);
    DenseMatrix exact =
        DifferentiableEigen.analytic(Precision.FLOAT64)
            .forward(separated, N)
            .backward(values, vectors);
    DenseMatrix computed =
        new PublishedFormula(form, Precision.FLOAT32)
            .forward(separated, N)
            .backward(values, vectors);
    double difference = difference(computed, exact);
    assertTrue(difference < 1e-5 && difference > 1e-9, () -> "difference " + difference);
    for (double x : computed.columnMajor()) {
      assertEquals((float) x, x);
    }
  }

  /** Of diag(4, 1, 1) the loss depends on the first vector only; the other two tie. */
  @ParameterizedTest
  @EnumSource
  void backward_tieOfPairsNothingDependsOn_isNotFinite(Form form) {
    DenseMatrix tied = DenseMatrix.diagonal(4, 1, 1);
    DenseMatrix g = DenseMatrix.wrap(3, 1, new double[] {1, 2, 3});
    for (Precision precision : Precision.values()) {
      DifferentiableEigen.Pass pass = new PublishedFormula(form, precision).forward(tied, 1);
      assertThrows(NonFiniteException.class, () -> pass.backward(new double[1], g));
      DenseMatrix analytic =
          DifferentiableEigen.analytic(precision).forward(tied, 1).backward(new double[1], g);
      assertEquals(1.0 / 3, analytic.get(1, 0), 1e-7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void backward_cotangentsOfOtherSizesOrNotFinite_areRefused(Form form) {
    DifferentiableEigen.Pass pass =
        new PublishedFormula(form, Precision.FLOAT64).forward(separated, 2);
    refused(
        "valueCotangent must have 2 elements, got 3", () -> pass.backward(vector(3), columns(2)));
    refused("vectorCotangent must be 7×2, got 7×3", () -> pass.backward(vector(2), columns(3)));
    refused(
        "valueCotangent must be finite, its largest magnitude is NaN",
        () -> pass.backward(new double[] {0, Double.NaN}, columns(2)));
  }

  @ParameterizedTest
  @EnumSource
  void forward_countOutOfRangeOrMatrixNotFinite_isRefused(Form form) {
    PublishedFormula formula = new PublishedFormula(form, Precision.FLOAT32);
    refused(
        "count must be between 1 and the matrix's order 7, got 0",
        () -> formula.forward(separated, 0));
    refused(
        "count must be between 1 and the matrix's order 7, got 8",
        () -> formula.forward(separated, 8));
    refused(
        "matrix must be finite, its largest magnitude is Infinity",
        () -> formula.forward(DenseMatrix.diagonal(1, Double.POSITIVE_INFINITY), 1));
    assertThrows(
        NonFiniteException.class, () -> formula.forward(DenseMatrix.diagonal(1e300, 1), 1));
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
