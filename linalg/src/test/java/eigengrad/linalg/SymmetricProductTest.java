package eigengrad.linalg;

import static eigengrad.linalg.TestMatrices.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SymmetricProductTest {
  private static final double[] ASYMMETRIC = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  @Test
  void multiply_matrixAtHand_isTheProduct() {
    for (int n : new int[] {1, 5, 16, 70, 257, 300}) {
      DenseMatrix m = uniform(n, n);
      SymmetricProduct product = SymmetricProduct.of(m);
      for (int columns : new int[] {1, 2, 5, 13}) {
        DenseMatrix x = block(n, columns);
        double[] y = new double[n * columns];
        Arrays.fill(y, Double.NaN);
        product.multiply(n, columns, x.columnMajor(), y);
        DenseMatrix expected = m.times(x);
        double difference = expected.minus(DenseMatrix.wrap(n, columns, y)).frobeniusNorm();
        assertTrue(difference <= 1e-14 * expected.frobeniusNorm());
      }
    }
  }

  @Test
  void multiply_block_isColumnByColumnUnlessReplaced() {
    SymmetricProduct reversal =
        (x, y) -> {
          for (int i = 0; i < 3; i++) {
            y[i] = x[2 - i];
          }
        };
    double[] y = new double[6];
    reversal.multiply(3, 2, new double[] {1, 2, 3, 4, 5, 6}, y);
    assertEquals("[3.0, 2.0, 1.0, 6.0, 5.0, 4.0]", Arrays.toString(y));
  }

  @Test
  void multiply_vectorsOfAnotherOrder_areRefused() {
    SymmetricProduct product = SymmetricProduct.of(uniform(3, 1));
    assertRefused("order 5, got 3", () -> product.multiply(new double[5], new double[5]));
    assertRefused("order 2, got 3", () -> product.multiply(2, 3, new double[6], new double[6]));
  }

  @Test
  void multiply_orderZero_isNothing() {
    SymmetricProduct.of(DenseMatrix.identity(0)).multiply(0, 2, new double[0], new double[0]);
  }

  @Test
  void of_badMatrix_isRefused() {
    assertRefused("symmetric", () -> SymmetricProduct.of(DenseMatrix.wrap(3, 3, ASYMMETRIC)));
    assertRefused("square", () -> SymmetricProduct.of(block(3, 2)));
  }

  private static DenseMatrix block(int n, int columns) {
    double[] elements = TestMatrices.random(1).doubles((long) n * columns, -1, 1).toArray();
    return DenseMatrix.wrap(n, columns, elements);
  }

  private static void assertRefused(String part, Runnable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    assertTrue(message.contains(part), message);
  }
}
