package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What a solver does beside solving. */
class SvdSolverTest {

  @Test
  void decompose_emptyMatrices_haveBasesOfNothing() {
    SvdSolver full = new SvdSolver(SvdOptions.DEFAULT.withShape(SvdShape.FULL));
    for (int[] shape : new int[][] {{0, 0}, {0, 4}, {4, 0}}) {
      DenseMatrix empty = DenseMatrix.of(shape[0], shape[1]);
      assertEquals(0, Svd.decompose(empty).size());
      assertEquals(0, Svd.values(empty).length);
      assertEquals(DenseMatrix.identity(shape[0]), full.decompose(empty).leftVectors());
      assertEquals(DenseMatrix.identity(shape[1]), full.decompose(empty).rightVectors());
    }
  }

  @Test
  void decompose_everyShape_makesTheLargestComponentOfLeftVectorsPositive() {
    SvdSolver full = new SvdSolver(SvdOptions.DEFAULT.withShape(SvdShape.FULL));
    for (int[] shape : new int[][] {{5, 5}, {6, 4}, {4, 6}, {20, 3}}) {
      DenseMatrix matrix = RectangularMatrices.uniform(shape[0], shape[1], 5);
      SingularValueDecomposition svd = full.decompose(matrix);
      for (int j = 0; j < shape[0]; j++) {
        requirePositiveLargest(svd.leftVectors().column(j));
      }
      for (int j = svd.size(); j < shape[1]; j++) {
        requirePositiveLargest(svd.rightVectors().column(j));
      }
    }
  }

  private static void requirePositiveLargest(double[] vector) {
    double largest = 0;
    for (double component : vector) {
      largest = Math.abs(component) > Math.abs(largest) ? component : largest;
    }
    assertTrue(largest > 0);
  }

  @Test
  void decompose_anyThreadsAndHistory_givesTheSameBits() {
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      SvdSolver shared = new SvdSolver(SvdOptions.DEFAULT.withParallelism(Parallelism.of(pool)));
      for (int[] shape : new int[][] {{333, 310}, {900, 130}, {310, 333}, {40, 30}}) {
        DenseMatrix matrix = RectangularMatrices.uniform(shape[0], shape[1], 6);
        SingularValueDecomposition expected = Svd.decompose(matrix);
        SingularValueDecomposition actual = shared.decompose(matrix);
        assertArrayEquals(expected.values(), actual.values());
        assertEquals(expected.leftVectors(), actual.leftVectors());
        assertEquals(expected.rightVectors(), actual.rightVectors());
      }
    }
  }

  @Test
  void decompose_matrixThatIsNotFinite_isRefusedWithItsPosition() {
    DenseMatrix matrix = DenseMatrix.ofRows(new double[][] {{1, 2, 3}, {4, Double.NaN, 6}});
    for (SvdMethod method : SvdMethod.values()) {
      SvdSolver solver = new SvdSolver(SvdOptions.DEFAULT.withMethod(method));
      String message =
          String.valueOf(
              assertThrows(IllegalArgumentException.class, () -> solver.decompose(matrix))
                  .getMessage());
      assertTrue(message.contains("NaN at (1, 1)"), message);
      assertThrows(IllegalArgumentException.class, () -> solver.values(matrix));
    }
  }

  @Test
  void decompose_countOutOfRange_isRefused() {
    DenseMatrix matrix = DenseMatrix.identity(3);
    assertEquals(0, Svd.decompose(matrix, 0).size());
    assertThrows(IllegalArgumentException.class, () -> Svd.decompose(matrix, -1));
    assertThrows(IllegalArgumentException.class, () -> Svd.decompose(matrix, 4));
    assertThrows(IllegalArgumentException.class, () -> SvdOptions.DEFAULT.withMaxIterations(0));
  }

  @Test
  void decompose_interrupted_isCancelledAndStaysInterrupted() {
    for (SvdMethod method : SvdMethod.values()) {
      SvdSolver solver = new SvdSolver(SvdOptions.DEFAULT.withMethod(method));
      for (int n : new int[] {1, 5, 300}) {
        DenseMatrix matrix = DenseMatrix.identity(n);
        requireCancelled(() -> solver.decompose(matrix));
        requireCancelled(() -> solver.values(matrix));
        // It goes on as if nothing had been.
        assertEquals(1, solver.values(DenseMatrix.identity(2))[1], 1e-15);
      }
    }
  }

  private static void requireCancelled(Runnable solve) {
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, solve::run);
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  /** With the result, a few objects: none of the working memory is new. */
  @Test
  @DisabledIfSystemProperty(named = "eigengrad.simd", matches = ".*")
  void decompose_shapeSeenBefore_allocatesTheResultAlone() {
    SvdSolver solver = new SvdSolver();
    for (int[] shape : new int[][] {{100, 90}, {300, 60}, {60, 300}}) {
      DenseMatrix matrix = RectangularMatrices.uniform(shape[0], shape[1], 7);
      int k = Math.min(shape[0], shape[1]);
      long result = 8L * k * (shape[0] + shape[1] + 1);
      long least =
          Allocation.least(result + 2_000, Allocation.PATIENCE, () -> solver.decompose(matrix));
      assertTrue(least <= result + 2_000, least + " bytes, of which the result is " + result);
    }
  }

  @Test
  void rank_tolerances_countTheLargerValues() {
    SingularValueDecomposition svd = Svd.decompose(DenseMatrix.diagonal(8, 4, 1e-17, 0));
    assertEquals(2, svd.rank());
    assertEquals(3, svd.rank(0));
    assertEquals(1, svd.rank(0.5));
    assertEquals(0, svd.rank(1));
    assertThrows(IllegalArgumentException.class, () -> svd.rank(-1));
    assertThrows(IllegalArgumentException.class, () -> svd.rank(Double.NaN));
    assertEquals(0, Svd.decompose(DenseMatrix.of(2, 2, 0, 0, 0, 0)).rank(0));
    assertEquals(Double.POSITIVE_INFINITY, svd.conditionNumber());
    assertEquals(2, Svd.decompose(DenseMatrix.diagonal(2, -4)).conditionNumber());
  }

  /** The four conditions of Penrose, at scales whose squares over- and underflow. */
  @Test
  void pseudoInverse_everyScale_satisfiesPenrosesConditions() {
    for (int[] shape : new int[][] {{7, 4}, {4, 7}, {5, 5}}) {
      for (String name : new String[] {"uniform", "rank deficient"}) {
        DenseMatrix a = RectangularMatrices.named(name, shape[0], shape[1], 8);
        DenseMatrix inverse = Svd.decompose(a).pseudoInverse();
        DenseMatrix projector = a.times(inverse);
        requireClose(projector.times(a), a);
        requireClose(inverse.times(projector), inverse);
        requireClose(projector.transpose(), projector);
        requireClose(inverse.times(a).transpose(), inverse.times(a));
        for (double scale : new double[] {0x1p900, 0x1p-900}) {
          requireClose(Svd.decompose(a.times(scale)).pseudoInverse().times(scale), inverse);
        }
      }
    }
  }

  @Test
  void leastSquares_everyScale_isThePseudoInverseTimesB() {
    for (int[] shape : new int[][] {{7, 4}, {4, 7}, {5, 5}}) {
      for (String name : new String[] {"uniform", "rank deficient"}) {
        DenseMatrix a = RectangularMatrices.named(name, shape[0], shape[1], 9);
        DenseMatrix b = RectangularMatrices.uniform(shape[0], 3, 10);
        DenseMatrix expected = Svd.decompose(a).pseudoInverse().times(b);
        requireClose(Svd.decompose(a).leastSquares(b), expected);
        DenseMatrix large = Svd.decompose(a.times(0x1p900)).leastSquares(b.times(0x1p1000));
        requireClose(large.times(0x1p-100), expected);
      }
    }
    SingularValueDecomposition svd = Svd.decompose(DenseMatrix.identity(3));
    assertThrows(IllegalArgumentException.class, () -> svd.leastSquares(DenseMatrix.identity(2)));
    assertThrows(
        ArithmeticException.class,
        () -> Svd.decompose(DenseMatrix.diagonal(1, 0x1p-1060)).pseudoInverse(0));
  }

  private static void requireClose(DenseMatrix actual, DenseMatrix expected) {
    assertArrayEquals(
        expected.columnMajor(), actual.columnMajor(), 1e-11 * (1 + expected.maxAbs()));
  }
}
