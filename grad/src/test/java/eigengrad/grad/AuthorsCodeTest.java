package eigengrad.grad;

import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What the code published with <i>Backpropagation-Friendly Eigendecomposition</i> computes with
 * {@code num_iter=19}: 20 terms, differentiated through a deflation of the exact vectors.
 */
class AuthorsCodeTest {
  private static final double[] SPECTRUM = {0.2, 0.5, 0.9, 1.2, 1.7, 2};
  private static final int N = SPECTRUM.length;
  private static final int TERMS = 20;

  private final Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(1, SPECTRUM));
  private final DenseMatrix g = gaussian(N, N, 2);

  /** The worst relative error of a coefficient over losses of one vector. */
  private double worstError(UnaryOperator<DenseMatrix> method) {
    DenseMatrix v = eigen.vectors();
    double worst = 0;
    for (int j = 0; j < N; j++) {
      double[] elements = new double[N * N];
      System.arraycopy(g.columnMajor(), j * N, elements, j * N, N);
      DenseMatrix onlyJ = DenseMatrix.wrap(N, N, elements);
      DenseMatrix exact =
          v.transpose()
              .times(EigenGradient.backwardVectors(eigen, InverseGap.analytic(), onlyJ))
              .times(v);
      DenseMatrix actual = v.transpose().times(method.apply(onlyJ)).times(v);
      for (int i = 0; i < N; i++) {
        if (i != j) {
          worst = Math.max(worst, Math.abs(1 - actual.get(i, j) / exact.get(i, j)));
        }
      }
    }
    return worst;
  }

  private DenseMatrix throughDeflation(DenseMatrix cotangent) {
    DenseMatrix v = eigen.vectors();
    PowerIterationTrace[] traces = new PowerIterationTrace[N];
    double[] m = v.times(DenseMatrix.diagonal(SPECTRUM)).times(v.transpose()).toArray();
    for (int j = N - 1; j >= 0; j--) {
      traces[j] = PowerIterationTrace.run(N, m, v.column(j), TERMS, Precision.FLOAT64);
      m = traces[j].deflated();
    }
    double[] gradient = new double[N * N];
    for (int j = 0; j < N; j++) {
      gradient = traces[j].backward(0, cotangent.column(j), gradient);
    }
    return DenseMatrix.wrap(N, N, gradient).symmetricPart();
  }

  @Test
  void closedForm_worstPair_missesTheRatioToThePowerOfItsTerms() {
    double error =
        worstError(x -> EigenGradient.backwardVectors(eigen, InverseGap.powerIteration(TERMS), x));
    assertEquals(Math.pow(0.85, 20), error, 1e-10);
    assertEquals(0.0388, error, 5e-5);
  }

  @Test
  void deflation_worstPair_hasLostOneTerm() {
    double error = worstError(this::throughDeflation);
    assertEquals(Math.pow(0.85, 19), error, 1e-8);
    assertEquals(0.0456, error, 5e-5);
  }
}
