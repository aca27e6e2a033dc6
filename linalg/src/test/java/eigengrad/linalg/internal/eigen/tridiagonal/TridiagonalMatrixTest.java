package eigengrad.linalg.internal.eigen.tridiagonal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TridiagonalMatrixTest {

  private static TridiagonalMatrix of(double[] d, double[] e) {
    TridiagonalMatrix matrix = new TridiagonalMatrix();
    matrix.resize(d.length);
    System.arraycopy(d, 0, matrix.diagonal(), 0, d.length);
    System.arraycopy(e, 0, matrix.offDiagonal(), 0, e.length);
    return matrix;
  }

  private static void requireElements(double[] d, double[] e, TridiagonalMatrix matrix) {
    assertEquals(d.length, matrix.size());
    assertArrayEquals(d, Arrays.copyOf(matrix.diagonal(), d.length));
    assertArrayEquals(e, Arrays.copyOf(matrix.offDiagonal(), e.length));
  }

  @Test
  void scaleToOne_eitherPartLargest_bringsItBetweenOneAndTwo() {
    TridiagonalMatrix small = of(new double[] {0x3p-60, 0x1p-61}, new double[] {0x1p-60});
    assertEquals(59, small.scaleToOne());
    requireElements(new double[] {1.5, 0.25}, new double[] {0.5}, small);
    TridiagonalMatrix large = of(new double[] {1, 2}, new double[] {0x5p40});
    assertEquals(-42, large.scaleToOne());
    requireElements(new double[] {0x1p-42, 0x1p-41}, new double[] {1.25}, large);
  }

  @Test
  void scaleToOne_zeroMatrix_staysZero() {
    TridiagonalMatrix zero = of(new double[2], new double[1]);
    assertEquals(0, zero.scaleToOne());
    requireElements(new double[2], new double[1], zero);
  }

  @Test
  void putBack_changedBlock_replacesItsElementsOnly() {
    TridiagonalMatrix whole = of(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7});
    TridiagonalMatrix block = new TridiagonalMatrix();
    block.copyBlock(whole, 1, 2);
    requireElements(new double[] {2, 3}, new double[] {6}, block);
    block.diagonal()[0] = -2;
    block.diagonal()[1] = -3;
    block.offDiagonal()[0] = -6;
    block.putBack(whole, 1);
    requireElements(new double[] {1, -2, -3, 4}, new double[] {5, -6, 7}, whole);
  }
}
