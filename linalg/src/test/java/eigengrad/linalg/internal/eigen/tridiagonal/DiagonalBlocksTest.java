package eigengrad.linalg.internal.eigen.tridiagonal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagonalBlocksTest {
  private final DiagonalBlocks blocks = new DiagonalBlocks();

  /** Against Warshall's transitive closure. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 9, 20})
  void find_randomGraphs_areTheConnectedComponents(int n) {
    Random random = new Random(n);
    int stride = 3;
    for (int trial = 0; trial < 200; trial++) {
      double[] a = new double[(n * n + 1) * stride];
      BitSet[] reached = new BitSet[n];
      Arrays.setAll(reached, i -> new BitSet());
      for (int j = 0; j < n; j++) {
        reached[j].set(j);
        for (int i = j + 1; i < n; i++) {
          if (random.nextDouble() < 1.0 / n) {
            a[stride + (i + j * n) * stride] = trial % 2 == 0 ? Double.MIN_VALUE : 1;
            reached[i].set(j);
            reached[j].set(i);
          }
        }
      }
      for (int k = 0; k < n; k++) {
        for (BitSet row : reached) {
          if (row.get(k)) {
            row.or(reached[k]);
          }
        }
      }
      blocks.find(n, a, stride, stride);
      assertEquals(Arrays.stream(reached).distinct().count(), blocks.count());
      for (int b = 0; b < blocks.count(); b++) {
        int start = blocks.start(b);
        int[] rows = Arrays.copyOfRange(blocks.rows(), start, start + blocks.size(b));
        assertArrayEquals(reached[rows[0]].stream().toArray(), rows);
      }
    }
  }

  @Test
  void find_tridiagonal_splitsAtZeros() {
    blocks.find(5, new double[] {1, 0, -0.0, 1e-320});
    assertEquals(3, blocks.count());
    assertEquals(2, blocks.size(0));
    assertEquals(1, blocks.size(1));
    assertEquals(3, blocks.start(2));
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, Arrays.copyOf(blocks.rows(), 5));
  }

  @Test
  void find_orderZero_hasNone() {
    blocks.find(0, new double[0], 0, 1);
    assertEquals(0, blocks.count());
    blocks.find(0, new double[0]);
    assertEquals(0, blocks.count());
  }
}
