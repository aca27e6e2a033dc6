package eigengrad.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class GradientCheckTest {
  private static final int N = 12;
  private static final List<InverseGap> RULES =
      List.of(
          InverseGap.analytic(),
          InverseGap.powerIteration(19),
          InverseGap.pade(19),
          InverseGap.clipped(10),
          InverseGap.lorentzian(1e-3));

  /** Of values so close to each other that the rules differ. */
  private final Eigendecomposition eigen = SymmetricEigen.decompose(nearIdentity());

  private final double[] valueCotangent = Workload.GEMM.matrix(N, 2);
  private final DenseMatrix vectorCotangent = DenseMatrix.of(N, N, valueCotangent);
  private final double[] ofValues = vectorCotangent.column(0);

  private static DenseMatrix nearIdentity() {
    DenseMatrix random = DenseMatrix.of(N, N, Workload.DENSE.matrix(N, 1));
    return DenseMatrix.identity(N).plusScaled(0.5 / random.frobeniusNorm(), random);
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void gradient_eachRule_isAcceptedForItselfAlone(InverseGap rule) {
    DenseMatrix actual = EigenGradient.backward(eigen, rule, ofValues, vectorCotangent);
    for (InverseGap other : RULES) {
      DenseMatrix expected = expected(other, ofValues, vectorCotangent);
      if (other.equals(rule)) {
        assertDoesNotThrow(() -> GradientCheck.requireEqual("same", expected, actual));
      } else {
        assertRefused(expected, actual);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void requireEqual_wrongAnswers_areRefused(InverseGap rule) {
    DenseMatrix expected = expected(rule, ofValues, vectorCotangent);
    DenseMatrix right = EigenGradient.backward(eigen, rule, ofValues, vectorCotangent);
    double[] oneElement = right.toArray();
    oneElement[N + 3] += 1e-9 * expected.maxAbs();
    assertRefused(expected, DenseMatrix.wrap(N, N, oneElement));
    assertRefused(
        expected, EigenGradient.backward(eigen, rule, ofValues, vectorCotangent.transpose()));
    assertRefused(expected, EigenGradient.backwardVectors(eigen, rule, vectorCotangent));
    assertRefused(expected, right.times(Double.NaN));
  }

  private static void assertRefused(DenseMatrix expected, DenseMatrix actual) {
    assertThrows(
        IllegalStateException.class, () -> GradientCheck.requireEqual("wrong", expected, actual));
  }

  private DenseMatrix expected(
      InverseGap rule, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return GradientCheck.gradient(
        eigen.values(), eigen.vectors(), GapFormula.of(rule), valueCotangent, vectorCotangent);
  }

  /** L = λ₀ + 2λ₁ − v₀₀v₁₀ of a diagonal matrix, by hand. */
  @Test
  void gradient_diagonalMatrix_isWhatPaperAndPencilGive() {
    DenseMatrix gradient =
        GradientCheck.gradient(
            new double[] {1, 3},
            DenseMatrix.identity(2),
            GapFormula.of(InverseGap.analytic()),
            new double[] {1, 2},
            DenseMatrix.ofRows(new double[] {0, -1}, new double[] {0, 0}));
    assertEquals(DenseMatrix.ofRows(new double[] {1, -0.25}, new double[] {-0.25, 2}), gradient);
  }

  @Test
  void product_rectangular_isTheSumOverTheInnerIndex() {
    DenseMatrix a = DenseMatrix.ofRows(new double[] {1, 2, 3}, new double[] {4, 5, 6});
    assertEquals(
        DenseMatrix.ofRows(new double[] {14, 32}, new double[] {32, 77}),
        NaiveProduct.of(a, a.transpose()));
  }
}
