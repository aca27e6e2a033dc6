package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Functions of positive semidefinite matrices, at eigenvalues of 0 and slightly below. */
class SemidefiniteTest {
  private static final SemidefiniteTreatment CLAMPED = SemidefiniteTreatment.clamped(1e-12);
  private static final SemidefiniteTreatment PSEUDO = SemidefiniteTreatment.pseudo(1e-12);
  private static final SemidefiniteTreatment RELATIVE = SemidefiniteTreatment.relativeRidge(0.1);

  private static final List<SpectralFunction> FUNCTIONS =
      List.of(
          SpectralFunction.squareRoot(),
          SpectralFunction.inverseSquareRoot(),
          SpectralFunction.logarithm(),
          SpectralFunction.power(0.3),
          SpectralFunction.power(1.5),
          SpectralFunction.inverseRoot(4, 0));

  private static Eigendecomposition diagonal(double... values) {
    return Eigendecomposition.of(values, DenseMatrix.identity(values.length));
  }

  /** FFᵀ of rank 3. */
  private static DenseMatrix gram(DenseMatrix factor) {
    return factor.times(factor.transpose()).symmetricPart();
  }

  private static void requireDifferences(
      SpectralFunction function,
      UnaryOperator<DenseMatrix> matrix,
      UnaryOperator<DenseMatrix> pullback,
      DenseMatrix at) {
    int n = matrix.apply(at).rows();
    DenseMatrix s = gaussian(n, n, 1).symmetricPart();
    DenseMatrix gradient = pullback.apply(function.forward(matrix.apply(at)).backward(s));
    for (int seed = 0; seed < 3; seed++) {
      DenseMatrix direction = gaussian(at.rows(), at.columns(), 10 + seed);
      double expected =
          directional(
              x -> inner(s, function.forward(matrix.apply(x)).matrix()), at, direction, 1e-4);
      assertEquals(
          expected,
          inner(gradient, direction),
          1e-7 * gradient.frobeniusNorm() * direction.frobeniusNorm(),
          function.toString());
    }
  }

  @Test
  void backward_covarianceOfFewSamples_agreesWithDifferencesOfTheSamples() {
    DenseMatrix factor = gaussian(6, 3, 2);
    for (SpectralFunction function : FUNCTIONS) {
      requireDifferences(
          function.onSemidefinite(PSEUDO),
          SemidefiniteTest::gram,
          g -> g.times(factor).times(2),
          factor);
    }
  }

  @Test
  void backward_relativeRidge_agreesWithDifferencesAtTiesAndSingularMatrices() {
    for (SpectralFunction function : FUNCTIONS) {
      SpectralFunction ridged = function.onSemidefinite(RELATIVE);
      UnaryOperator<DenseMatrix> same = DenseMatrix::symmetricPart;
      requireDifferences(ridged, same, g -> g, withSpectrum(3, 2, 2, 1, 0.5));
      requireDifferences(ridged, same, g -> g, withSpectrum(4, 2, 1, 1, 0));
      DenseMatrix a = withSpectrum(4, 2, 1, 1, 0);
      DenseMatrix s = gaussian(4, 4, 5).symmetricPart();
      DenseMatrix e = gaussian(4, 4, 6).symmetricPart();
      SpectralFunction.Pass pass = ridged.forward(a);
      double adjoint = inner(pass.backward(s), e);
      assertEquals(adjoint, inner(s, pass.derivative(e)), 1e-13 * Math.abs(adjoint) + 1e-13);
      SpectralFunction.Pass absolute =
          function
              .onSemidefinite(SemidefiniteTreatment.absoluteRidge(pass.report().ridge()))
              .forward(a);
      assertTrue(relativeDifference(absolute.matrix(), pass.matrix()) <= 1e-14);
    }
  }

  @Test
  void clamped_smallNegativeValues_countAsZeroAndAreReported() {
    Eigendecomposition eigen = diagonal(-3e-13, -1e-14, 0, 1, 4);
    SpectralFunction.Pass pass =
        SpectralFunction.squareRoot().onSemidefinite(CLAMPED).forward(eigen);
    assertEquals(DenseMatrix.diagonal(0, 0, 0, 1, 2), pass.matrix());
    assertEquals(new SemidefiniteReport(2, -3e-13, 3, 3e-13, 0), pass.report());
    assertEquals(
        DenseMatrix.diagonal(0, 0, 0, 1, 8),
        SpectralFunction.power(1.5).onSemidefinite(CLAMPED).forward(eigen).matrix());
    assertRefused(
        "semidefinite within 1.0E-12 of its norm, got eigenvalue -1.0E-11",
        () -> SpectralFunction.squareRoot().onSemidefinite(CLAMPED).forward(diagonal(-1e-11, 1)));
    for (SpectralFunction function :
        List.of(SpectralFunction.inverseSquareRoot(), SpectralFunction.logarithm())) {
      assertRefused("pseudo", () -> function.onSemidefinite(CLAMPED).forward(eigen));
      function.onSemidefinite(PSEUDO).forward(eigen);
    }
  }

  @Test
  void pseudo_smallValues_haveTheImageZeroAndAreReported() {
    Eigendecomposition eigen = diagonal(-3e-13, 0, 2e-12, 1, 4);
    SpectralFunction.Pass pass =
        SpectralFunction.inverseSquareRoot().onSemidefinite(PSEUDO).forward(eigen);
    assertEquals(DenseMatrix.diagonal(0, 0, 0, 1, 0.5), pass.matrix());
    assertEquals(new SemidefiniteReport(1, -3e-13, 3, 2e-12, 0), pass.report());
    assertRefused(
        "positive semidefinite",
        () -> SpectralFunction.logarithm().onSemidefinite(PSEUDO).forward(diagonal(-1, 1)));
  }

  @Test
  void derivative_whereThereIsNone_isRefused() {
    Eigendecomposition eigen = diagonal(0, 0, 1, 4);
    DenseMatrix full = gaussian(4, 4, 20).symmetricPart();
    double[] elements = full.toArray();
    elements[0] = 0;
    elements[1] = 0;
    elements[4] = 0;
    elements[5] = 0;
    DenseMatrix kept = DenseMatrix.wrap(4, 4, elements);
    SpectralFunction.Pass root =
        SpectralFunction.squareRoot().onSemidefinite(CLAMPED).forward(eigen);
    SpectralFunction.Pass pseudo =
        SpectralFunction.inverseSquareRoot().onSemidefinite(PSEUDO).forward(eigen);
    assertNoDerivative(() -> root.backward(full));
    assertNoDerivative(() -> root.derivative(full));
    assertNoDerivative(() -> pseudo.derivative(full));
    assertEquals(root.backward(kept), root.derivative(kept));
    assertEquals(pseudo.backward(full), pseudo.derivative(kept));
    // Where the slope at 0 is finite there is nothing to refuse.
    SpectralFunction.power(1.5).onSemidefinite(CLAMPED).forward(eigen).backward(full);
  }

  private static void assertNoDerivative(Runnable call) {
    NonFiniteException failure = assertThrows(NonFiniteException.class, call::run);
    assertTrue(
        String.valueOf(failure.getMessage()).contains("within its null space"),
        failure.getMessage());
  }

  @Test
  void batch_everyTreatment_isEachMatrixAlone() {
    DenseMatrix[] matrices = new DenseMatrix[11];
    DenseMatrix[] s = new DenseMatrix[11];
    for (int b = 0; b < 11; b++) {
      matrices[b] = gram(gaussian(5, b % 3 == 1 ? 5 : 3, 30 + b));
      s[b] = b % 3 == 1 ? gaussian(5, 5, 60 + b).symmetricPart() : matrices[b];
    }
    MatrixBatch arguments = MatrixBatch.of(s);
    // What rounding leaves of a zero is clamped only if it is negative: either solver has its own.
    SpectralFunction clamped = SpectralFunction.power(1.5).onSemidefinite(CLAMPED);
    for (SpectralFunction function :
        List.of(
            clamped,
            SpectralFunction.inverseSquareRoot().onSemidefinite(PSEUDO),
            SpectralFunction.logarithm().onSemidefinite(PSEUDO),
            SpectralFunction.inverseRoot(4, 0).onSemidefinite(RELATIVE))) {
      BatchedSpectralPass batch = function.forward(MatrixBatch.of(matrices));
      MatrixBatch gradients = batch.backward(arguments);
      MatrixBatch derivatives = batch.derivative(arguments);
      for (int b = 0; b < 11; b++) {
        SpectralFunction.Pass alone = function.forward(matrices[b]);
        String text = function + ", matrix " + b;
        if (function != clamped) {
          assertEquals(alone.report().zeroed(), batch.report(b).zeroed(), text);
        }
        assertEquals(alone.report().ridge(), batch.report(b).ridge(), 1e-14, text);
        assertTrue(relativeDifference(alone.matrix(), batch.matrices().matrix(b)) <= 1e-9, text);
        assertTrue(relativeDifference(alone.backward(s[b]), gradients.matrix(b)) <= 1e-8, text);
        assertTrue(relativeDifference(alone.derivative(s[b]), derivatives.matrix(b)) <= 1e-8, text);
      }
    }
  }

  /** Coefficients that are infinite within the null space, where the argument has nothing. */
  @Test
  void batch_clampedRootOfSingularMatrices_isEachMatrixAlone() {
    SpectralFunction root = SpectralFunction.squareRoot().onSemidefinite(CLAMPED);
    DenseMatrix[] matrices = {DenseMatrix.diagonal(0, 0, 1), DenseMatrix.diagonal(0, 4, 9)};
    DenseMatrix argument = DenseMatrix.ofRows(new double[][] {{0, 0, 2}, {0, 0, 3}, {2, 3, 4}});
    MatrixBatch batch = MatrixBatch.of(matrices);
    MatrixBatch gradients = root.forward(batch).backward(MatrixBatch.of(argument, argument));
    for (int b = 0; b < 2; b++) {
      assertTrue(
          relativeDifference(root.forward(matrices[b]).backward(argument), gradients.matrix(b))
              <= 1e-15);
    }
    DenseMatrix full = gaussian(3, 3, 80).symmetricPart();
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () -> root.forward(batch).backward(MatrixBatch.of(argument, full)));
    assertTrue(String.valueOf(failure.getMessage()).contains("matrix 1 of the batch"));
  }

  @Test
  void badArguments_areRefused() {
    assertRefused("tolerance", () -> SemidefiniteTreatment.clamped(-1));
    assertRefused("tolerance", () -> SemidefiniteTreatment.pseudo(Double.NaN));
    assertRefused("epsilon", () -> SemidefiniteTreatment.relativeRidge(-1));
    assertRefused("epsilon", () -> SemidefiniteTreatment.absoluteRidge(Double.POSITIVE_INFINITY));
    BatchedSpectralPass batch =
        SpectralFunction.squareRoot()
            .onSemidefinite(PSEUDO)
            .forward(MatrixBatch.of(DenseMatrix.identity(2)));
    assertThrows(IndexOutOfBoundsException.class, () -> batch.report(1));
  }
}
