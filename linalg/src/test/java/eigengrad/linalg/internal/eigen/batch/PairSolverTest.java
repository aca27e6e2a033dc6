package eigengrad.linalg.internal.eigen.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.simd.LaneBlock;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairSolverTest {

  /** Lanes that give up are solved again one by one, which takes several times as long. */
  @ParameterizedTest
  @CsvSource({"1, 0", "1, Infinity", "3, 1e-10", "3, Infinity", "8, 1e-10", "8, Infinity"})
  void solve_zeroMatrices_leavesNoneUnsolved(int n, double symmetryTolerance) {
    double[] matrices = new double[n * n * LaneBlock.BLOCK];
    double[] values = new double[n * LaneBlock.BLOCK];
    Arrays.fill(values, 1);
    int unsolved =
        new PairSolver().solve(n, 1, symmetryTolerance, 30, matrices, 0, values, null, 0);
    assertEquals(0, unsolved);
    assertArrayEquals(new double[n * LaneBlock.BLOCK], values);
  }
}
