package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.relativeDifference;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricProduct;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SymmetricProductTest {

  @Test
  void multiply_matrixAtHand_isTheProduct() {
    for (int n : new int[] {1, 5, 16, 70, 257, 300}) {
      DenseMatrix m = gaussian(n, n, n).symmetricPart();
      SymmetricProduct product = SymmetricProduct.of(m);
      for (int columns : new int[] {1, 2, 5, 13}) {
        DenseMatrix x = gaussian(n, columns, 1);
        double[] y = new double[n * columns];
        Arrays.fill(y, Double.NaN);
        product.multiply(n, columns, x.columnMajor(), y);
        assertTrue(relativeDifference(m.times(x), DenseMatrix.wrap(n, columns, y)) <= 1e-14);
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
    SymmetricProduct product = SymmetricProduct.of(gaussian(3, 3, 1).symmetricPart());
    assertRefused("order 5, got 3", () -> product.multiply(new double[5], new double[5]));
    assertRefused("order 2, got 3", () -> product.multiply(2, 3, new double[6], new double[6]));
  }

  @Test
  void multiply_orderZero_isNothing() {
    SymmetricProduct.of(DenseMatrix.identity(0)).multiply(0, 2, new double[0], new double[0]);
  }

  @Test
  void of_badMatrix_isRefused() {
    assertRefused("symmetric", () -> SymmetricProduct.of(gaussian(3, 3, 1)));
    assertRefused("square", () -> SymmetricProduct.of(gaussian(3, 2, 1)));
  }
}
