package eigengrad.grad;

import static eigengrad.grad.Samples.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.paper.BatchedPowerIterationPass;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.roots.LyapunovSolver;
import eigengrad.grad.roots.MatrixRoot;
import eigengrad.grad.roots.NewtonSchulz;
import eigengrad.grad.roots.SquareRootMethod;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.SymmetricProduct;
import eigengrad.simd.LaneBlock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What iterates or scales gives the same digits at every scale of its arguments, from the largest
 * double to the smallest.
 */
class ExtremeScalesTest {
  /** Positive definite, of few digits: none is lost in subnormal multiples. */
  private static final DenseMatrix A =
      DenseMatrix.ofRows(new double[][] {{3, 1, 0.5}, {1, 2, -0.25}, {0.5, -0.25, 1}});

  private static final DenseMatrix C =
      DenseMatrix.ofRows(new double[][] {{1, 2, 0.5}, {2, -1.5, 0.25}, {0.5, 0.25, 1}});

  private static final List<SquareRootMethod> ROOTS =
      List.of(
          SquareRootMethod.newtonSchulz(20),
          SquareRootMethod.taylor(30),
          SquareRootMethod.pade(20));

  private static final List<LyapunovSolver> SOLVERS =
      List.of(LyapunovSolver.exact(), LyapunovSolver.sign(20));

  private static DenseMatrix times2(int exponent, DenseMatrix matrix) {
    return new Scaling(exponent).apply(matrix);
  }

  /** Equal to a few roundings, and to one of the smallest double. */
  private static void assertClose(DenseMatrix expected, DenseMatrix actual, String what) {
    double allowed = Math.max(1e-13 * expected.maxAbs(), 2 * Double.MIN_VALUE);
    double difference = expected.minus(actual).maxAbs();
    assertTrue(difference <= allowed, what + " is off by " + difference + ": " + actual);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1072, -1060, -1030, -540, -1, 0, 3, 540, 1000, 1021})
  void squareRoot_everyMethod_scalesByTheRoot(int exponent) {
    DenseMatrix scaled = times2(2 * (exponent / 2), A);
    for (SquareRootMethod method : ROOTS) {
      DenseMatrix expected = times2(exponent / 2, method.squareRoot(A).matrix());
      assertClose(expected, method.squareRoot(scaled).matrix(), method.toString());
    }
    NewtonSchulz method = SquareRootMethod.newtonSchulz(20);
    DenseMatrix expected = times2(-(exponent / 2), method.inverseSquareRoot(A).matrix());
    assertClose(expected, method.inverseSquareRoot(scaled).matrix(), "inverse root");
  }

  @Test
  void squareRoot_diagonals_areThoseOnPaper() {
    DenseMatrix large = DenseMatrix.diagonal(1.5e308, 1.5e308);
    double inverse = SquareRootMethod.newtonSchulz(20).inverseSquareRoot(large).matrix().get(0, 0);
    assertEquals(8.16496580927726e-155, inverse, 1e-168);
    for (double value : new double[] {1.5e308, 5e-309, Double.MIN_VALUE}) {
      DenseMatrix a = DenseMatrix.diagonal(value, value);
      for (SquareRootMethod method : ROOTS) {
        double root = method.squareRoot(a).matrix().get(1, 1);
        assertEquals(Math.sqrt(value), root, 1e-14 * Math.sqrt(value), method + " of " + value);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1072, -1030, -540, 0, 540, 1000, 1021})
  void solve_everyScaleOfBoth_scalesTheSolution(int exponent) {
    for (LyapunovSolver solver : SOLVERS) {
      DenseMatrix x = solver.solve(A, C);
      DenseMatrix b = times2(exponent, A);
      assertClose(x, solver.solve(b, times2(exponent, C)), solver + ", both scaled");
      for (int other : new int[] {-500, 0, 500}) {
        int ofX = other - exponent;
        if (-1000 < ofX && ofX < 1000) {
          DenseMatrix actual = solver.solve(b, times2(other, C));
          assertClose(times2(ofX, x), actual, solver + " at " + exponent + ", " + other);
        }
      }
    }
  }

  @Test
  void solve_diagonals_areThoseOnPaper() {
    for (double value : new double[] {1e308, Double.MAX_VALUE, 5e-309, Double.MIN_VALUE}) {
      DenseMatrix b = DenseMatrix.diagonal(value, value);
      for (LyapunovSolver solver : SOLVERS) {
        assertClose(DenseMatrix.diagonal(0.5, 0.5), solver.solve(b, b), solver + " at " + value);
      }
    }
    DenseMatrix b = DenseMatrix.diagonal(1.5e308, 1.5e308);
    DenseMatrix third = LyapunovSolver.sign(20).solve(b, DenseMatrix.diagonal(1e308, 1e308));
    assertClose(DenseMatrix.diagonal(1 / 3.0, 1 / 3.0), third, "the sign iteration");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1072, -1030, -540, 0, 540, 1000, 1020})
  void backward_rootOfAnyScale_scalesTheGradient(int exponent) {
    NewtonSchulz method = SquareRootMethod.newtonSchulz(20);
    int half = exponent / 2;
    DenseMatrix scaled = times2(2 * half, A);
    for (LyapunovSolver solver : SOLVERS) {
      // ∂L/∂A of the root is of the scale of its cotangent over that of the root.
      DenseMatrix root = method.squareRoot(A).backward(C, solver);
      DenseMatrix actual = method.squareRoot(scaled).backward(times2(half, C), solver);
      assertClose(root, actual, "root by " + solver);
      // That of the inverse is of its scale over the cube of that of the root.
      DenseMatrix inverse = method.inverseSquareRoot(A).backward(C, solver);
      actual = method.inverseSquareRoot(scaled).backward(times2(3 * half / 2, C), solver);
      assertClose(times2(3 * half / 2 - 3 * half, inverse), actual, "inverse root by " + solver);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1072, -1030, 0, 1000, 1021})
  void errors_anyScale_areThose(int exponent) {
    int half = exponent / 2;
    MatrixRoot.Errors expected =
        SquareRootMethod.taylor(4).squareRoot(A).errors(C, LyapunovSolver.exact());
    MatrixRoot.Errors actual =
        SquareRootMethod.taylor(4)
            .squareRoot(times2(2 * half, A))
            .errors(times2(half, C), LyapunovSolver.exact());
    assertEquals(expected.value(), actual.value(), 1e-13);
    assertEquals(expected.gradient(), actual.gradient(), 1e-13);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1072, -1030, -540, 0, 540, 1021})
  void gramIteration_anyScale_scalesTheBoundAlone(int exponent) {
    GramIteration gram = new GramIteration(5);
    GramIteration.Pass expected = gram.forward(A);
    GramIteration.Pass actual = gram.forward(times2(exponent, A));
    double bound = Math.scalb(expected.bound(), exponent);
    assertEquals(bound, actual.bound(), Math.max(1e-14 * bound, Double.MIN_VALUE));
    assertClose(expected.gradient(), actual.gradient(), "gradient");
    assertEquals(expected.relativeError(), actual.relativeError(), 1e-14);
  }

  /** ‖W‖_F overflows, the bound does not. */
  @Test
  void gramIteration_normBeyondTheLargestDouble_isFinite() {
    DenseMatrix w = DenseMatrix.diagonal(Double.MAX_VALUE / 2, 1e308, 1e308, 1e308, 1e308);
    GramIteration.Pass pass = new GramIteration(10).forward(w);
    assertTrue(pass.bound() <= Double.MAX_VALUE && pass.bound() >= 1e308);
  }

  private static List<DifferentiableEigen> iterations() {
    return List.of(
        DifferentiableEigen.deflatedPowerIteration(15, random(1), Precision.FLOAT64),
        DifferentiableEigen.authorsCode(15, Precision.FLOAT64));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1072, -1030, -540, -1, 0, 540, 1000, 1021})
  void deflatedPowerIteration_anyScale_scalesValuesAndGradients(int exponent) {
    double[] c = {1, -2};
    DenseMatrix g = DenseMatrix.ofRows(new double[][] {{1, 0.5}, {-2, 1}, {0.25, 3}});
    DenseMatrix fromVectors = times2(exponent - 40, g);
    for (int i = 0; i < 2; i++) {
      DifferentiableEigen.Pass expected = iterations().get(i).forward(A, 2);
      DifferentiableEigen.Pass actual = iterations().get(i).forward(times2(exponent, A), 2);
      assertClose(
          times2(exponent, DenseMatrix.wrap(1, 2, expected.values())),
          DenseMatrix.wrap(1, 2, actual.values()),
          "values");
      assertEquals(expected.vectors(), actual.vectors());
      assertClose(
          expected.backward(c, DenseMatrix.wrap(3, 2, new double[6])),
          actual.backward(c, DenseMatrix.wrap(3, 2, new double[6])),
          "gradient of the values");
      if (exponent > -900) {
        assertClose(
            times2(-40, expected.backward(new double[2], g)),
            actual.backward(new double[2], fromVectors),
            "gradient of the vectors");
        assertClose(
            expected.backward(c, times2(-40, g)),
            actual.backward(c, fromVectors),
            "gradient of both");
      }
    }
  }

  @Test
  void deflatedPowerIteration_nearTheLargestDouble_isFinite() {
    double most = 0.9 * Double.MAX_VALUE;
    DenseMatrix m = DenseMatrix.ofRows(new double[][] {{0, 0, most}, {0, 0, 0}, {most, 0, 0}});
    DifferentiableEigen.Pass pass =
        DifferentiableEigen.authorsCode(11, Precision.FLOAT64).forward(m, 3);
    double[] values = pass.values();
    assertEquals(most, Math.abs(values[0]), 1e-14 * most);
    assertEquals(most, Math.abs(values[1]), 1e-14 * most);
    assertTrue(Arrays.stream(values).allMatch(Double::isFinite));
    pass =
        DifferentiableEigen.deflatedPowerIteration(11, random(2), Precision.FLOAT64).forward(m, 3);
    assertTrue(Arrays.stream(pass.values()).allMatch(Double::isFinite));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1072, -1030, -540, -410, -390, 0, 390, 410, 540, 1021})
  void batchedPowerIteration_anyScale_isThatOfTheMatrixAlone(int exponent) {
    DenseMatrix m = times2(exponent, A);
    DenseMatrix negative = times2(exponent, DenseMatrix.diagonal(-1.75, -1.75, 0));
    MatrixBatch batch = MatrixBatch.of(A, m, negative, C);
    EigenSolver solver = new EigenSolver();
    BatchedPowerIterationPass pass =
        BatchedPowerIterationPass.forward(batch, 2, 15, random(3), solver);
    double[] c = new double[16];
    double[] g = new double[48];
    Arrays.fill(c, 1);
    for (int i = 0; i < g.length; i++) {
      g[i] = Math.scalb(0.125 * i - 2.5, Math.min(exponent, 0));
    }
    MatrixBatch gradients = pass.backward(c, g, solver);
    for (int b = 0; b < 4; b++) {
      DifferentiableEigen.Pass alone =
          DifferentiableEigen.deflatedPowerIteration(15, random(3), Precision.FLOAT64)
              .forward(batch.matrix(b), 2);
      for (int j = 0; j < 2; j++) {
        double expected = alone.values()[j];
        assertEquals(
            expected, pass.value(b, j), Math.max(1e-13 * Math.abs(expected), Double.MIN_VALUE));
        assertClose(
            DenseMatrix.wrap(3, 1, alone.vectors().column(j)),
            DenseMatrix.wrap(3, 1, pass.vector(b, j)),
            "vector " + j + " of matrix " + b);
      }
      DenseMatrix cotangent = DenseMatrix.wrap(3, 2, LaneBlock.copy(g, b, 6));
      assertClose(
          alone.backward(new double[] {1, 1}, cotangent), gradients.matrix(b), "gradient " + b);
    }
  }

  @Test
  void batchedPowerIteration_largestDouble_isFinite() {
    double most = Double.MAX_VALUE;
    MatrixBatch batch = MatrixBatch.of(DenseMatrix.diagonal(-0.99 * most, -0.99 * most));
    BatchedPowerIterationPass pass =
        BatchedPowerIterationPass.forward(batch, 2, 5, random(4), new EigenSolver());
    for (int j = 0; j < 2; j++) {
      assertEquals(-0.99 * most, pass.value(0, j), 1e-14 * most);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1072, -1030, -540, 0, 540, 1000, 1021})
  void powerIterationGradient_anyScale_scalesInversely(int exponent) {
    // Eigenvalues 3, 1 and 1/2.
    DenseMatrix m = DenseMatrix.ofRows(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, 0.5}});
    DenseMatrix v = DenseMatrix.of(3, 1, Math.sqrt(0.5), Math.sqrt(0.5), 0);
    double[] c = {0};
    for (int ofCotangent : new int[] {-900, 0, 900}) {
      int ofResult = ofCotangent - exponent;
      if (-1000 < ofResult && ofResult < 1000) {
        DenseMatrix g = DenseMatrix.of(3, 1, 1, -2, 4);
        DenseMatrix expected =
            PowerIterationGradient.factor(SymmetricProduct.of(m), new double[] {3}, v, 19, c, g);
        DenseMatrix actual =
            PowerIterationGradient.factor(
                SymmetricProduct.of(times2(exponent, m)),
                new double[] {Math.scalb(3.0, exponent)},
                v,
                19,
                c,
                times2(ofCotangent, g));
        assertClose(times2(ofResult, expected), actual, "X at " + exponent);
      }
    }
  }

  @Test
  void powerIterationTangent_nearTheLargestDouble_isThatOfTheMatrixScaled() {
    DenseMatrix large = times2(1021, A);
    EigenTangent expected =
        PowerIterationTangent.along(
            A, SymmetricEigen.decompose(A, IndexRange.largest(2)), 19, times2(-3, C));
    EigenTangent actual =
        PowerIterationTangent.along(
            large, SymmetricEigen.decompose(large, IndexRange.largest(2)), 19, times2(1018, C));
    assertClose(expected.vectors(), actual.vectors(), "dV");
    assertClose(
        times2(1021, DenseMatrix.wrap(1, 2, expected.values())),
        DenseMatrix.wrap(1, 2, actual.values()),
        "dλ");
  }
}
