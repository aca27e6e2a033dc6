package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SvdBatchTest {
  private static final double LIMIT = 30;
  private static final SvdOptions LIST = SvdOptions.DEFAULT.withFailurePolicy(FailurePolicy.LIST);

  private static MatrixBatch hostile(int m, int n) {
    return MatrixBatch.of(RectangularMatrices.all(m, n, 1).values().toArray(DenseMatrix[]::new));
  }

  @ParameterizedTest
  @EnumSource(SvdShape.class)
  void decompose_everySmallShape_isAccurate(SvdShape shape) {
    SvdSolver solver = new SvdSolver(SvdOptions.DEFAULT.withShape(shape));
    for (int m = 0; m <= 9; m++) {
      for (int n = 0; n <= 9; n++) {
        MatrixBatch batch = hostile(m, n);
        requireAccurate(batch, solver.decompose(batch), shape);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"16,16", "20,12", "7,31", "32,32", "64,5", "33,33", "150,3"})
  void decompose_largerShapes_isAccurate(int m, int n) {
    MatrixBatch batch = hostile(m, n);
    requireAccurate(batch, Svd.decompose(batch), SvdShape.THIN);
  }

  private static void requireAccurate(
      MatrixBatch batch, BatchedSingularValueDecomposition svds, SvdShape shape) {
    int k = Math.min(batch.rows(), batch.columns());
    assertEquals(k, svds.size());
    for (int b = 0; b < batch.count(); b++) {
      DenseMatrix a = batch.matrix(b);
      SingularValueDecomposition svd = svds.decomposition(b);
      String where = batch.rows() + "×" + batch.columns() + ", matrix " + b;
      assertEquals(shape == SvdShape.FULL ? a.rows() : k, svd.leftVectors().columns());
      assertEquals(shape == SvdShape.FULL ? a.columns() : k, svd.rightVectors().columns());
      assertTrue(svd.residual(a) <= LIMIT, () -> where + ": residual " + svd.residual(a));
      assertTrue(svd.leftOrthogonality() <= LIMIT, where);
      assertTrue(svd.rightOrthogonality() <= LIMIT, where);
      for (int j = 0; j < svd.leftVectors().columns(); j++) {
        assertTrue(firstOfLargest(svd.leftVectors().column(j)) > 0, where);
        assertTrue(j >= k || svd.value(j) <= svd.value(Math.max(j - 1, 0)), where);
      }
    }
  }

  private static double firstOfLargest(double[] x) {
    double largest = 0;
    for (double component : x) {
      largest = Math.abs(component) > Math.abs(largest) ? component : largest;
    }
    return largest;
  }

  @Test
  void values_alone_areThoseBesideVectors() {
    for (int[] shape : new int[][] {{3, 3}, {4, 9}, {17, 6}}) {
      MatrixBatch batch = hostile(shape[0], shape[1]);
      assertArrayEquals(Svd.decompose(batch).allValues(), Svd.values(batch).allValues());
    }
    // One by one they are found in another way, to the bits that SvdAccuracyTest allows.
    MatrixBatch larger = MatrixBatch.of(RectangularMatrices.uniform(40, 36, 7));
    double[] values = Svd.decompose(larger).allValues();
    assertArrayEquals(values, Svd.values(larger).allValues(), LIMIT * 40 * 0x1p-52 * values[0]);
  }

  @Test
  void decompose_jacobiMethod_keepsTheDigitsOfSmallValues() {
    SvdSolver solver = new SvdSolver(SvdOptions.DEFAULT.withMethod(SvdMethod.JACOBI));
    DenseMatrix random = RectangularMatrices.uniform(10, 8, 9);
    DenseMatrix graded =
        RectangularMatrices.ofElements(10, 8, (i, j) -> Math.scalb(random.get(i, j), -20 * j));
    double[] values = solver.decompose(MatrixBatch.of(graded)).values(0);
    double[] alone = solver.decompose(graded).values();
    for (int j = 0; j < values.length; j++) {
      assertEquals(1, values[j] / alone[j], 1e-13);
    }
  }

  @Test
  void decompose_otherCompanyAndPlace_hasTheSameBits() {
    for (int[] shape : new int[][] {{2, 2}, {3, 3}, {5, 8}, {12, 12}, {9, 20}}) {
      List<DenseMatrix> matrices =
          new ArrayList<>(RectangularMatrices.all(shape[0], shape[1], 1).values());
      List<Integer> places = new ArrayList<>();
      for (int b = 0; b < matrices.size(); b++) {
        places.add(b);
      }
      Collections.shuffle(places, new Random(3));
      DenseMatrix[] moved = places.stream().map(matrices::get).toArray(DenseMatrix[]::new);
      BatchedSingularValueDecomposition one = Svd.decompose(hostile(shape[0], shape[1]));
      BatchedSingularValueDecomposition other = Svd.decompose(MatrixBatch.of(moved));
      for (int b = 0; b < moved.length; b++) {
        int place = places.get(b);
        assertArrayEquals(one.values(place), other.values(b));
        assertEquals(one.leftVectors().matrix(place), other.leftVectors().matrix(b));
        assertEquals(one.rightVectors().matrix(place), other.rightVectors().matrix(b));
        BatchedSingularValueDecomposition alone = Svd.decompose(MatrixBatch.of(moved[b]));
        assertEquals(other.leftVectors().matrix(b), alone.leftVectors().matrix(0));
      }
    }
  }

  @Test
  void decompose_severalThreads_hasTheSameBits() {
    DenseMatrix[] matrices = new DenseMatrix[300];
    for (int b = 0; b < matrices.length; b++) {
      matrices[b] = RectangularMatrices.uniform(12, 10, b);
    }
    MatrixBatch batch = MatrixBatch.of(matrices);
    BatchedSingularValueDecomposition expected = Svd.decompose(batch);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      SvdOptions shared = SvdOptions.DEFAULT.withParallelism(Parallelism.of(pool));
      BatchedSingularValueDecomposition svd = new SvdSolver(shared).decompose(batch);
      assertArrayEquals(expected.interleavedValues(), svd.interleavedValues());
      assertArrayEquals(expected.leftVectors().interleaved(), svd.leftVectors().interleaved());
      assertArrayEquals(expected.rightVectors().interleaved(), svd.rightVectors().interleaved());
    }
  }

  @ParameterizedTest
  @CsvSource({"4,3", "3,4", "40,35"})
  void decompose_matricesThatCannotBeSolved_areListedOrThrown(int m, int n) {
    DenseMatrix good = RectangularMatrices.uniform(m, n, 5);
    DenseMatrix nan =
        RectangularMatrices.ofElements(m, n, (i, j) -> i == 2 && j == 1 ? Double.NaN : 1);
    DenseMatrix large = RectangularMatrices.ofElements(m, n, (i, j) -> Double.MAX_VALUE);
    MatrixBatch batch = MatrixBatch.of(good, good, nan, good, large, good);
    BatchedSingularValueDecomposition svd = new SvdSolver(LIST).decompose(batch);
    assertEquals(2, svd.failures().size());
    assertEquals(2, svd.failures().get(0).index());
    assertEquals(4, svd.failures().get(1).index());
    assertTrue(Double.isNaN(svd.value(2, 0)) && Double.isNaN(svd.leftVectors().get(4, 1, 1)));
    assertEquals(2, new SvdSolver(LIST).values(batch).failures().size());
    for (int b : new int[] {0, 1, 3, 5}) {
      assertEquals(
          Svd.decompose(MatrixBatch.of(good)).leftVectors().matrix(0), svd.leftVectors().matrix(b));
    }
    String refused = "matrix 2 of the batch: matrix must be finite, got NaN at (2, 1)";
    assertEquals(refused, message(IllegalArgumentException.class, () -> Svd.decompose(batch)));
    assertEquals(refused, message(IllegalArgumentException.class, () -> Svd.values(batch)));
    assertEquals(refused, message(IllegalArgumentException.class, () -> svd.decomposition(2)));
    assertEquals(
        "matrix 0 of the batch: a singular value exceeds the largest double, as its matrix nearly"
            + " does: scale the matrix down by a power of two",
        message(ArithmeticException.class, () -> Svd.decompose(MatrixBatch.of(large, nan))));
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return String.valueOf(assertThrows(type, call::run).getMessage());
  }

  @Test
  void decompose_noMatricesOrEmptyOnes_hasTheirShape() {
    BatchedSingularValueDecomposition none = Svd.decompose(MatrixBatch.of(0, 4, 3, new double[0]));
    assertEquals(0, none.count());
    assertEquals(4, none.rows());
    assertEquals(3, none.columns());
    assertEquals(3, none.size());
    MatrixBatch many = MatrixBatch.of(Integer.MAX_VALUE, 0, 0, new double[0]);
    assertEquals(Integer.MAX_VALUE, Svd.decompose(many).count());
  }

  @Test
  void of_decompositions_holdsThem() {
    DenseMatrix a = RectangularMatrices.uniform(4, 2, 1);
    SingularValueDecomposition svd = Svd.decompose(a);
    BatchedSingularValueDecomposition batch = BatchedSingularValueDecomposition.of(svd, svd);
    assertEquals(svd.leftVectors(), batch.decomposition(1).leftVectors());
    assertArrayEquals(svd.values(), batch.values(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> BatchedSingularValueDecomposition.of(svd, Svd.decompose(a, 1)));
  }
}
