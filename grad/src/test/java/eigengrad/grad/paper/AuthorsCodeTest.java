package eigengrad.grad.paper;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import org.junit.jupiter.api.Test;

/**
 * What the code published with <i>Backpropagation-Friendly Eigendecomposition</i> computes with
 * {@code num_iter=19}: 20 terms, differentiated through a deflation of the exact vectors.
 */
class AuthorsCodeTest {
  private static final double[] SPECTRUM = {0.2, 0.5, 0.9, 1.2, 1.7, 2};
  private static final int N = SPECTRUM.length;
  private static final int NUM_ITER = 19;

  private final DenseMatrix m = withSpectrum(1, SPECTRUM);
  private final DenseMatrix g = gaussian(N, N, 2);
  private final DifferentiableEigen.Pass exact =
      DifferentiableEigen.analytic(Precision.FLOAT64).forward(m, N);

  /** A method's error in each coefficient, relative to 1/(λᵢ − λⱼ): row i, loss of vector j. */
  private double[][] errors(DifferentiableEigen method) {
    DifferentiableEigen.Pass pass = method.forward(m, N);
    DenseMatrix v = exact.vectors();
    double[][] errors = new double[N][N];
    for (int j = 0; j < N; j++) {
      double[] elements = new double[N * N];
      System.arraycopy(g.columnMajor(), j * N, elements, j * N, N);
      DenseMatrix onlyJ = DenseMatrix.wrap(N, N, elements);
      DenseMatrix expected = v.transpose().times(exact.backward(new double[N], onlyJ)).times(v);
      DenseMatrix actual = v.transpose().times(pass.backward(new double[N], onlyJ)).times(v);
      for (int i = 0; i < N; i++) {
        errors[i][j] = i == j ? 0 : Math.abs(1 - actual.get(i, j) / expected.get(i, j));
      }
    }
    return errors;
  }

  private static double worst(double[][] errors) {
    double worst = 0;
    for (double[] row : errors) {
      for (double error : row) {
        worst = Math.max(worst, error);
      }
    }
    return worst;
  }

  @Test
  void closedForm_worstPair_missesTheRatioToThePowerOfItsTerms() {
    double error = worst(errors(DifferentiableEigen.hybrid(NUM_ITER + 1, Precision.FLOAT64)));
    assertEquals(Math.pow(0.85, 20), error, 1e-10);
    assertEquals(0.0388, error, 5e-5);
  }

  @Test
  void authorsCode_worstPair_hasLostOneTerm() {
    double error = worst(errors(DifferentiableEigen.authorsCode(NUM_ITER, Precision.FLOAT64)));
    assertEquals(Math.pow(0.85, 19), error, 1e-8);
    assertEquals(0.0456, error, 5e-5);
  }

  @Test
  void authorsCode_everyPair_hasTheClosedFormItsJavadocStates() {
    double[][] errors = errors(DifferentiableEigen.authorsCode(NUM_ITER, Precision.FLOAT64));
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        if (i != j) {
          // Largest first: j < i is a loss of the larger vector of the pair.
          double ratio = exact.values()[Math.max(i, j)] / exact.values()[Math.min(i, j)];
          int terms = j < i ? NUM_ITER + 1 : NUM_ITER;
          assertEquals(Math.pow(ratio, terms), errors[i][j], 1e-9, "pair " + i + ", " + j);
        }
      }
    }
  }

  @Test
  void authorsCode_forward_isTheExactDecomposition() {
    DifferentiableEigen.Pass pass =
        DifferentiableEigen.authorsCode(NUM_ITER, Precision.FLOAT64).forward(m, 4);
    DifferentiableEigen.Pass four = DifferentiableEigen.analytic(Precision.FLOAT64).forward(m, 4);
    assertTrue(relativeDifference(four.vectors(), pass.vectors()) <= 1e-12);
    for (int j = 0; j < 4; j++) {
      assertEquals(four.values()[j], pass.values()[j], 1e-14);
    }
  }

  @Test
  void authorsCode_noTerms_isRefused() {
    assertRefused(
        "numIter must be ≥ 1, got 0", () -> DifferentiableEigen.authorsCode(0, Precision.FLOAT64));
  }
}
