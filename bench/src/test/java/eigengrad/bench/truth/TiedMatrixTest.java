package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TiedMatrixTest {
  private static final int N = TiedMatrix.ORDER;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.25, 0x1p-16, 0x1p-30, 0x1p-45, 0x1p-60, 0})
  void draw_anyGap_hasTheKnownEigenpairs(double gap) {
    for (int pair : new int[] {0, 3, N - 2}) {
      TiedMatrix tied = TiedMatrix.draw(pair, gap, random);
      double[] values = tied.spectrum().values();
      assertEquals(values[pair + 1] * (1 + gap), values[pair]);
      DenseMatrix v = tied.spectrum().vectors();
      DenseMatrix residual = tied.matrix().times(v).minus(v.times(DenseMatrix.diagonal(values)));
      assertTrue(residual.maxAbs() < 1e-15);
      double[] computed = SymmetricEigen.values(tied.matrix());
      for (int k = 0; k < N; k++) {
        assertEquals(values[k], computed[N - 1 - k], 3e-15);
      }
    }
  }

  /** At the tie, and at gaps that need no more digits than a float has, nothing is rounded. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.125, 0x1p-16, 0})
  void draw_dyadicGap_isExactInFloat(double gap) {
    for (int pair : new int[] {0, N - 2}) {
      DenseMatrix matrix = TiedMatrix.draw(pair, gap, random).matrix();
      assertEquals(matrix, Stored.of(matrix, Precision.FLOAT32));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-45})
  void draw_smallGap_stillMovesTheMatrix(double gap) {
    RandomGeneratorFactory<RandomGenerator> factory = RandomGeneratorFactory.of("L64X128MixRandom");
    assertNotEquals(
        TiedMatrix.draw(N - 2, 0, factory.create(1)).matrix(),
        TiedMatrix.draw(N - 2, gap, factory.create(1)).matrix());
  }
}
