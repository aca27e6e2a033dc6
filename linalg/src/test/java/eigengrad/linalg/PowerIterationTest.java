package eigengrad.linalg;

import static eigengrad.linalg.TestMatrices.uniform;
import static eigengrad.linalg.TestMatrices.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PowerIterationTest {
  private static final double[] SPECTRUM = {0.1, 0.2, 0.5, 1.1, 2, 3};

  @Test
  void dominant_separatedSpectrum_agreesWithTheSolver() {
    DenseMatrix matrix = withSpectrum(SPECTRUM, 1);
    Eigendecomposition exact = SymmetricEigen.decompose(matrix);
    EigenPair pair = PowerIteration.DEFAULT.dominant(matrix);
    assertTrue(pair.converged());
    assertEquals(exact.value(5), pair.value(), 1e-13);
    assertArrayEquals(exact.vectors().column(5), pair.vector(), 1e-11);
    assertTrue(pair.residual() <= 1e-12 * 3);
    // (2/3)^k = 1e-12 at k = 68: a few more or fewer by the start vector.
    assertTrue(pair.iterations() > 50 && pair.iterations() < 90, "took " + pair.iterations());
  }

  @Test
  void dominant_negativeValueLargest_isFoundWithItsSign() {
    EigenPair pair = PowerIteration.DEFAULT.dominant(withSpectrum(new double[] {-5, 1, 2, 3}, 2));
    assertTrue(pair.converged());
    assertEquals(-5, pair.value(), 1e-12);
  }

  @Test
  void dominant_exactStart_needsOneStep() {
    DenseMatrix matrix = withSpectrum(SPECTRUM, 3);
    double[] exact = SymmetricEigen.decompose(matrix).vectors().column(5);
    EigenPair pair = PowerIteration.DEFAULT.dominant(matrix, exact);
    assertTrue(pair.converged());
    assertEquals(1, pair.iterations());
  }

  @Test
  void dominant_oppositePair_isReportedUnconverged() {
    EigenPair pair =
        new PowerIteration(100, 1e-10, 1).dominant(withSpectrum(new double[] {-1, 0, 1}, 4));
    assertFalse(pair.converged());
    assertEquals(100, pair.iterations());
    assertTrue(pair.residual() > 1e-3);
  }

  @Test
  void dominant_zeroMatrix_isConvergedAtZero() {
    EigenPair pair = PowerIteration.DEFAULT.dominant(DenseMatrix.wrap(3, 3, new double[9]));
    assertTrue(pair.converged());
    assertEquals(0, pair.value());
  }

  @Test
  void dominant_startInTheNullSpace_staysThere() {
    EigenPair pair =
        PowerIteration.DEFAULT.dominant(DenseMatrix.diagonal(2, 0), new double[] {0, 4});
    assertTrue(pair.converged());
    assertEquals(0, pair.value());
    assertArrayEquals(new double[] {0, 1}, pair.vector());
  }

  @Test
  void dominant_hugeOrTinyNumbers_areScaled() {
    DenseMatrix matrix = withSpectrum(SPECTRUM, 9);
    double[] start = {1, 1, 1, 1, 1, 1};
    double[] huge = {1e308, 1e308, 1e308, 1e308, 1e308, 1e308};
    EigenPair plain = PowerIteration.DEFAULT.dominant(matrix, start);
    assertArrayEquals(
        plain.vector(), PowerIteration.DEFAULT.dominant(matrix, huge).vector(), 1e-11);
    for (double scale : new double[] {0x1p1000, 0x1p-1000}) {
      EigenPair scaled = PowerIteration.DEFAULT.dominant(matrix.times(scale), start);
      assertTrue(scaled.converged());
      assertEquals(plain.value(), scaled.value() / scale, 1e-12);
    }
  }

  @Test
  void dominant_valueBeyondTheLargestDouble_isReported() {
    DenseMatrix matrix = DenseMatrix.of(2, 2, 1e308, 1e308, 1e308, 1e308);
    assertThrows(ArithmeticException.class, () -> PowerIteration.DEFAULT.dominant(matrix));
  }

  @Test
  void dominant_toleranceZero_takesEveryStep() {
    EigenPair pair = new PowerIteration(19, 0, 5).dominant(withSpectrum(SPECTRUM, 5));
    assertEquals(19, pair.iterations());
  }

  @Test
  void dominant_sameSeed_givesSameBits() {
    DenseMatrix matrix = uniform(30, 6);
    PowerIteration seven = new PowerIteration(50, 0, 7);
    assertArrayEquals(seven.dominant(matrix).vector(), seven.dominant(matrix).vector());
    assertFalse(
        java.util.Arrays.equals(
            seven.dominant(matrix).vector(),
            new PowerIteration(50, 0, 8).dominant(matrix).vector()));
  }

  @Test
  void leading_separatedSpectrum_findsAllPairsInOrder() {
    DenseMatrix matrix = withSpectrum(new double[] {0.25, 0.5, 1, 2, 4}, 7);
    Eigendecomposition exact = SymmetricEigen.decompose(matrix);
    List<EigenPair> pairs = PowerIteration.DEFAULT.leading(matrix, 5);
    for (int j = 0; j < 5; j++) {
      assertEquals(exact.value(4 - j), pairs.get(j).value(), 1e-10);
      assertArrayEquals(exact.vectors().column(4 - j), pairs.get(j).vector(), 1e-9);
    }
  }

  @Test
  void leading_closeValuesAndFewSteps_areInaccurateAsThePaperSays() {
    DenseMatrix matrix = withSpectrum(new double[] {0.97, 0.98, 0.99, 1}, 8);
    List<EigenPair> pairs = new PowerIteration(19, 0, 1).leading(matrix, 4);
    assertTrue(pairs.stream().anyMatch(pair -> pair.residual() > 1e-3));
  }

  @Test
  void anything_badArguments_areRefusedByName() {
    DenseMatrix matrix = uniform(4, 1);
    PowerIteration iteration = PowerIteration.DEFAULT;
    assertRefused("maxIterations", () -> new PowerIteration(0, 1e-10, 1));
    assertRefused("tolerance", () -> new PowerIteration(1, -1, 1));
    assertRefused("tolerance", () -> new PowerIteration(1, Double.NaN, 1));
    assertRefused("4 elements", () -> iteration.dominant(matrix, new double[3]));
    assertRefused("zero vector", () -> iteration.dominant(matrix, new double[4]));
    assertRefused("NaN", () -> iteration.dominant(matrix, new double[] {1, Double.NaN, 0, 0}));
    assertRefused("got 5", () -> iteration.leading(matrix, 5));
    assertRefused("got 0", () -> iteration.leading(matrix, 0));
    assertRefused("2×3", () -> iteration.dominant(DenseMatrix.wrap(2, 3, new double[6])));
    assertRefused("0×0", () -> iteration.dominant(DenseMatrix.wrap(0, 0, new double[0])));
    assertRefused("symmetric", () -> iteration.dominant(DenseMatrix.of(2, 2, 1, 2, 3, 4)));
  }

  private static void assertRefused(String detail, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(refusal.getMessage()).contains(detail), refusal.getMessage());
  }
}
