package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A solver's memory is what its documentation says, whatever it decomposes. */
@DisabledIfSystemProperty(named = "eigengrad.simd", matches = ".*")
class SvdSolverMemoryTest {
  private static final double TOLERANCE = 0.1;

  /** What panels and chunks take depends on the order in steps. */
  private static final double LEAST = 0.75;

  private static final SvdOptions JACOBI = SvdOptions.DEFAULT.withMethod(SvdMethod.JACOBI);

  @Test
  void square_separatedAndClusteredValues_takesWhatIsPromised() {
    int n = 320;
    DenseMatrix uniform = RectangularMatrices.uniform(n, n, 1);
    DenseMatrix clustered = RectangularMatrices.named("two clusters", n, n, 2);
    int half = n / 2;
    assertTakes(3.3 * n * n, n, solver -> solver.values(uniform));
    assertTakes(7 * n * n, triplets(n, n, n), solver -> solver.decompose(uniform));
    assertTakes(12.3 * n * n, triplets(n, n, n), solver -> solver.decompose(clustered));
    assertTakes(17.3 * n * n, triplets(n, n, n), solver -> solver.decompose(crowded(n, n)));
    assertTakes(16.3 * n * n, triplets(n, n, half), solver -> solver.decompose(clustered, half));
  }

  @Test
  void rectangle_jacobi_takesWhatIsPromised() {
    int m = 160;
    int n = 40;
    DenseMatrix tall = RectangularMatrices.uniform(m, n, 3);
    DenseMatrix wide = RectangularMatrices.uniform(n, m, 4);
    double promised = 2 * m * n + 2 * n * n;
    assertTakes(promised, n, solver -> solver.with(JACOBI).values(tall));
    assertTakes(promised + m * n, triplets(m, n, n), solver -> solver.with(JACOBI).decompose(wide));
  }

  /** None is small, and half of them are so crowded that vectors overlap too far. */
  private static DenseMatrix crowded(int m, int n) {
    int half = Math.max(Math.min(m, n) / 2, 1);
    return RectangularMatrices.withValues(
        m, n, j -> j < half ? 2 - 0.5 * j / half : 1 - (j - half) / (30.0 * half), 3);
  }

  /** Crowded values, clusters of which a part is wanted, and columns that are nearly dependent. */
  @Test
  void largestMemory_worstMatrix_isNotExceededAndNotFarAbove() {
    for (int[] shape :
        new int[][] {{320, 320}, {500, 320}, {150, 240}, {800, 100}, {100, 400}, {9, 1}}) {
      int m = shape[0];
      int n = shape[1];
      int k = Math.min(m, n);
      int part = (k + 1) / 2;
      DenseMatrix clustered = RectangularMatrices.named("two clusters", m, n, 5);
      DenseMatrix crowded = crowded(m, n);
      double bound = SvdSolver.largestMemory(m, n) / 8.0;
      double taken =
          Math.max(
              least(bound, triplets(m, n, part), s -> s.decompose(clustered, part)),
              least(bound, triplets(m, n, k), s -> s.decompose(crowded)));
      String message = m + "×" + n + ": " + taken + " doubles of " + bound;
      assertTrue(taken <= bound, message);
      assertTrue(k == 1 || taken >= bound / 1.6, message);
    }
  }

  @Test
  void largestMemory_shape_growsWithItsArea() {
    assertTrue(SvdSolver.largestMemory(0, 0) >= 0);
    assertTrue(SvdSolver.largestMemory(5, 3) < SvdSolver.largestMemory(3, 5));
    assertEquals(8 * 1.1 * 17.3e10, (double) SvdSolver.largestMemory(100_000, 100_000), 1e9);
    assertThrows(IllegalArgumentException.class, () -> SvdSolver.largestMemory(-1, 2));
    assertThrows(IllegalArgumentException.class, () -> SvdSolver.largestMemory(2, -1));
  }

  /** Doubles of k values and vectors of both kinds. */
  private static long triplets(int m, int n, int k) {
    return (long) k * (m + n + 1);
  }

  private static void assertTakes(double doubles, long result, Consumer<SvdSolver> call) {
    double least = least((1 + TOLERANCE) * doubles, result, call);
    String message = least + " doubles beside the result, promised are " + doubles;
    assertTrue(least <= (1 + TOLERANCE) * doubles, message);
    assertTrue(least >= LEAST * doubles, message);
  }

  /** Of a new solver's first and only call, again until it is as little as wanted. */
  private static double least(double wanted, long result, Consumer<SvdSolver> call) {
    long enough = (long) (8 * (wanted + result));
    return Allocation.leastOfFirst(enough, SvdSolver::new, call) / 8.0 - result;
  }
}
