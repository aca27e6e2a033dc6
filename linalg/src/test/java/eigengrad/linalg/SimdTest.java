package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.simd.Kernels;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class SimdTest {
  @Test
  void warmUp_done_returnsAtOnceAndKeepsTheBits() {
    DenseMatrix matrix = TestMatrices.uniform(40, 1);
    Eigendecomposition before = SymmetricEigen.decompose(matrix);
    Simd.warmUp();
    Simd.warmUp();
    Eigendecomposition after = SymmetricEigen.decompose(matrix);
    assertEquals(before.vectors(), after.vectors());
  }

  @Test
  void kernels_always_namesTheWidth() {
    assertTrue(
        Simd.kernels().equals("scalar")
            || Simd.kernels().equals("vector-" + Kernels.lanes() * Double.SIZE));
  }

  @Test
  void warmUp_interrupted_isCancelledOrDone() {
    Thread.currentThread().interrupt();
    try {
      Simd.warmUp();
    } catch (CancellationException e) {
      assertEquals("interrupted while the kernels are compiled", e.getMessage());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
