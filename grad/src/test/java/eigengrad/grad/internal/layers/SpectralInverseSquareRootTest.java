package eigengrad.grad.internal.layers;

import static eigengrad.grad.Samples.gaussian;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many groups at once are the groups one after the other. */
class SpectralInverseSquareRootTest {
  private static DenseMatrix[] covariances(int groups, int d) {
    DenseMatrix[] covariances = new DenseMatrix[groups];
    for (int g = 0; g < groups; g++) {
      DenseMatrix x = gaussian(d, 3 * d, g);
      covariances[g] =
          g == 1 ? DenseMatrix.identity(d) : x.times(x.transpose()).times(0.3).symmetricPart();
    }
    return covariances;
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "7, 4", "8, 4", "16, 4", "17, 2", "9, 32", "20, 1"})
  void pass_anyNumberOfGroups_isEachGroupAlone(int groups, int d) {
    DenseMatrix[] covariances = covariances(groups, d);
    DenseMatrix[] cotangents = new DenseMatrix[groups];
    Arrays.setAll(cotangents, g -> gaussian(d, d, 50 + g).symmetricPart());
    InverseSquareRoot.Pass together = InverseSquareRoot.exact().forward(covariances, 0);
    DenseMatrix[] matrices = together.matrices();
    DenseMatrix[] gradients = together.backward(cotangents);
    for (int g = 0; g < groups; g++) {
      EachAlone.Group alone = SpectralInverseSquareRoot.single(covariances[g]);
      requireRoundingOnly(alone.matrix(), matrices[g]);
      requireRoundingOnly(alone.backward(cotangents[g]), gradients[g]);
    }
  }

  /** Two solvers' eigenvalues differ by u‖M‖, of which the inverse root makes κ·u. */
  private static void requireRoundingOnly(DenseMatrix expected, DenseMatrix actual) {
    assertTrue(expected.minus(actual).frobeniusNorm() <= 1e-10 * expected.frobeniusNorm());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9})
  void backward_oneGroupAmongOthers_dependsOnNoOther(int changed) {
    DenseMatrix[] covariances = covariances(10, 5);
    DenseMatrix before = InverseSquareRoot.exact().forward(covariances, 0).matrices()[4];
    covariances[changed] = covariances[changed].times(1e6);
    DenseMatrix after = InverseSquareRoot.exact().forward(covariances, 0).matrices()[4];
    assertEquals(before, after);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 12})
  void pass_badGroup_saysWhatEveryNumberOfGroupsSays(int groups) {
    DenseMatrix[] covariances = covariances(groups, 3);
    InverseSquareRoot.Pass pass = InverseSquareRoot.exact().forward(covariances, 0);
    DenseMatrix[] cotangents = covariances.clone();
    cotangents[2] = DenseMatrix.diagonal(1, Double.POSITIVE_INFINITY, 1);
    NonFiniteException failure =
        assertThrows(NonFiniteException.class, () -> pass.backward(cotangents));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("∂L/∂W is not finite"));
    covariances[1] = DenseMatrix.diagonal(1, -1, 2);
    NonFiniteException refusal =
        assertThrows(
            NonFiniteException.class, () -> InverseSquareRoot.exact().forward(covariances, 0));
    assertTrue(String.valueOf(refusal.getMessage()).contains("raise epsilon"));
  }
}
