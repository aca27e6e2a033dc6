package eigengrad.linalg.internal.eigen.sturm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.TestMatrices;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BlockRangesTest {
  private final RandomGenerator random = TestMatrices.random(1);
  private final BlockRanges ranges = new BlockRanges();

  @Test
  void locate_oneBlock_hasTheWholeRange() {
    locate(new double[5], new double[] {1, 1, 1, 1}, 5, 1, 3);
    assertRanges(new int[] {1}, new int[] {3});
  }

  @Test
  void locate_distinctNumbersOnTheDiagonal_areChosenByTheirOrder() {
    double[] d = random.doubles(100, -1, 1).toArray();
    d[17] = 1e-300;
    d[18] = -1e300;
    d[19] = Double.MIN_VALUE;
    double[] sorted = d.clone();
    Arrays.sort(sorted);
    for (int first : new int[] {0, 1, 40, 99, 100}) {
      for (int end : new int[] {first, Math.min(first + 1, 100), Math.min(first + 30, 100), 100}) {
        locate(d, new double[99], 1, first, end);
        for (int i = 0; i < 100; i++) {
          int rank = Arrays.binarySearch(sorted, d[i]);
          int wanted = rank >= first && rank < end ? 1 : 0;
          assertEquals(wanted, ranges.to(i) - ranges.from(i), d[i] + " in " + first + " … " + end);
        }
      }
    }
  }

  @Test
  void locate_equalNumbers_areTakenFromTheFirstBlocks() {
    double[] d = new double[10];
    Arrays.fill(d, 3);
    d[1] = 4;
    d[8] = 2;
    locate(d, new double[9], 1, 0, 4);
    assertWanted(1, 0, 1, 1, 0, 0, 0, 0, 1, 0);
    locate(d, new double[9], 1, 3, 6);
    assertWanted(0, 0, 0, 1, 1, 1, 0, 0, 0, 0);
    locate(d, new double[9], 1, 8, 10);
    assertWanted(0, 1, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  /** 0 and ±√2 in each block. */
  @Test
  void locate_equalBlocks_shareWhatIsWanted() {
    double[] e = {1, 1, 0, 1, 1, 0, 1, 1};
    locate(new double[9], e, 3, 0, 3);
    assertRanges(new int[] {0, 0, 0}, new int[] {1, 1, 1});
    locate(new double[9], e, 3, 2, 7);
    assertRanges(new int[] {1, 1, 0}, new int[] {3, 2, 2});
    locate(new double[9], e, 3, 0, 9);
    assertRanges(new int[] {0, 0, 0}, new int[] {3, 3, 3});
  }

  @Test
  void locate_blocksOfVeryDifferentSize_areCountedEachAtItsOwn() {
    double[] d = {0, 0, 0, 0, 0, 0};
    double[] e = {1e-200, 0, 1, 0, 1e-310};
    // −1, −1e-200, −1e-310, 1e-310, 1e-200, 1
    locate(d, e, 2, 1, 2);
    assertRanges(new int[] {0, 1, 0}, new int[] {1, 1, 0});
    locate(d, e, 2, 2, 4);
    assertRanges(new int[] {1, 1, 0}, new int[] {1, 1, 2});
  }

  @Test
  void locate_randomBlocks_addsUpToTheRange() {
    for (int size : new int[] {2, 7, 40}) {
      int n = 5 * size;
      double[] d = random.doubles(n, -1, 1).toArray();
      double[] e = random.doubles(n - 1, -1, 1).toArray();
      for (int first = 0; first < n; first += 3) {
        int end = Math.min(n, first + size / 2);
        locate(d, e, size, first, end);
        int total = 0;
        for (int i = 0; i < ranges.blocks(); i++) {
          assertTrue(ranges.from(i) <= ranges.to(i) && ranges.to(i) <= size);
          total += ranges.to(i) - ranges.from(i);
        }
        assertEquals(end - first, total);
      }
    }
  }

  /** Blocks of one size; what couples them does not count. */
  private void locate(double[] d, double[] e, int size, int first, int end) {
    TridiagonalMatrix matrix = new TridiagonalMatrix();
    matrix.resize(d.length);
    System.arraycopy(d, 0, matrix.diagonal(), 0, d.length);
    System.arraycopy(e, 0, matrix.offDiagonal(), 0, e.length);
    ranges.begin(d.length);
    TridiagonalMatrix block = new TridiagonalMatrix();
    for (int start = 0; start < d.length; start += size) {
      block.copyBlock(matrix, start, size);
      ranges.add(block, size == 1 ? 0 : block.scaleToOne());
    }
    ranges.locate(first, end, Crew.alone());
  }

  private void assertWanted(int... counts) {
    int[] wanted = new int[ranges.blocks()];
    Arrays.setAll(wanted, i -> ranges.to(i) - ranges.from(i));
    assertArrayEquals(counts, wanted);
  }

  private void assertRanges(int[] from, int[] to) {
    int[] actualFrom = new int[ranges.blocks()];
    int[] actualTo = new int[ranges.blocks()];
    Arrays.setAll(actualFrom, ranges::from);
    Arrays.setAll(actualTo, ranges::to);
    assertArrayEquals(from, actualFrom);
    assertArrayEquals(to, actualTo);
  }
}
