package eigengrad.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sizes whose product is more than an array holds are refused by name, before any memory. */
class SizeLimitsTest {
  @Test
  void deflatedPowerIteration_moreIteratesThanAnArrayHolds_isRefused() {
    DenseMatrix matrix = DenseMatrix.identity(3);
    String message = refusal(() -> method(1 << 30).forward(matrix, 1));
    assertEquals(
        "iterates must have at most 2147483647 elements, got 3×1073741825: ask for fewer"
            + " iterations K",
        message);
    method(3).forward(matrix, 1);
  }

  private static DifferentiableEigen method(int iterations) {
    return DifferentiableEigen.deflatedPowerIteration(iterations, new Random(1), Precision.FLOAT64);
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
