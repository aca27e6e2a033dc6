package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SvdTest {
  private static final double LIMIT = 30;

  @Test
  void decompose_everySmallShape_isAccurate() {
    for (int m = 0; m <= 9; m++) {
      for (int n = 0; n <= 9; n++) {
        DenseMatrix a = random(m, n, 10 * m + n);
        SingularValueDecomposition svd = Svd.decompose(a);
        assertEquals(Math.min(m, n), svd.size());
        assertTrue(svd.residual(a) <= LIMIT, m + "×" + n);
        assertTrue(svd.leftOrthogonality() <= LIMIT, m + "×" + n);
        assertTrue(svd.rightOrthogonality() <= LIMIT, m + "×" + n);
      }
    }
  }

  @Test
  void decompose_knownMatrix_hasItsSingularValues() {
    DenseMatrix a = DenseMatrix.ofRows(new double[][] {{3, 0}, {4, 5}});
    assertArrayEquals(
        new double[] {3 * Math.sqrt(5), Math.sqrt(5)}, Svd.decompose(a).values(), 1e-14);
  }

  private static DenseMatrix random(int m, int n, long seed) {
    Random random = new Random(seed);
    double[] a = new double[m * n];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextGaussian();
    }
    return DenseMatrix.of(m, n, a);
  }
}
