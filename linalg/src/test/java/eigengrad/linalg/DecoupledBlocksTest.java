package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Blocks that nothing couples have the accuracy of blocks alone, however far apart their sizes are
 * and in whatever order their rows: a bound of each value's error relative to its own block.
 */
class DecoupledBlocksTest {
  private static final double LIMIT = 30 * SpectralAccuracy.ULP;

  /** Of diag(1, 2, 3) with couplings 0.5 and 0.3. */
  private static final double[] VALUES = {0.78678880348773, 2.120715750149643, 3.092495446362627};

  private static final EigenOptions SMALL_LEAVES = new EigenOptions(1e-10, 30, 4);

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-20, 1e-75, 1e-100, 1e-150, 1e-200, 1e-300, 1e200, 1e307})
  void everyRoute_smallTridiagonalBlock_hasItsOwnValues(double r) {
    double[] d = {1, 1.1, 0.9, r, 2 * r, 3 * r};
    double[] e = {0.01, 0.02, 0, 0.5 * r, 0.3 * r};
    IndexRange own = r < 1 ? IndexRange.smallest(3) : IndexRange.largest(3);
    requireValues(r, TridiagonalEigen.decompose(d, e, own).values());
    requireValues(r, TridiagonalEigen.values(d, e, own));
    int first = r < 1 ? 0 : 3;
    requireValues(r, Arrays.copyOfRange(TridiagonalEigen.values(d, e), first, first + 3));
    double[] all = TridiagonalEigen.decompose(d, e).values();
    requireValues(r, Arrays.copyOfRange(all, first, first + 3));
    DenseMatrix dense = dense(d, e);
    requireValues(r, SymmetricEigen.decompose(dense, own).values());
    requireValues(r, SymmetricEigen.values(dense, own));
    double[] inBatch = SymmetricEigen.decompose(MatrixBatch.of(dense)).values(0);
    requireValues(r, Arrays.copyOfRange(inBatch, first, first + 3));
  }

  private static void requireValues(double r, double[] values) {
    for (int i = 0; i < 3; i++) {
      assertEquals(VALUES[i] * r, values[i], LIMIT * r, "value " + i);
    }
  }

  private static DenseMatrix dense(double[] d, double[] e) {
    int n = d.length;
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      a[i + i * n] = d[i];
      if (i > 0) {
        a[i + (i - 1) * n] = e[i - 1];
        a[i - 1 + i * n] = e[i - 1];
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 1e-20, 1",
    "1, 1e-75, 1",
    "1, 1e-120, 1e-240",
    "1e-300, 1, 1e-100",
    "1e-300, 1, 1e300",
    "1e300, 1e-10, 1e-300",
    "1, 1e-155, 1e155",
    "1e-300, 1e-200, 1e-290",
    "1e200, 1e-320, 1"
  })
  void everyRoute_blocksOfThreeSizes_hasTheValuesOfEachAlone(
      double first, double second, double third) {
    for (int order : new int[] {1, 2, 3, 4, 5, 7, 11, 13, 24}) {
      requireOwnAccuracy(order, first, second, third);
    }
  }

  /** Larger than what is solved in lock-step, than a leaf, and than the smallest shared column. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-20, 1e-100, 1e-300})
  void everyRoute_largeBlocks_hasTheValuesOfEachAlone(double r) {
    requireOwnAccuracy(70, 1, r);
    requireOwnAccuracy(70, r, 1);
    requireOwnAccuracy(150, r, 1);
  }

  @Test
  void everyRoute_manyBlocks_hasTheValuesOfEachAlone() {
    for (int order : new int[] {1, 2, 7}) {
      requireOwnAccuracy(order, IntStream.range(-15, 16).mapToDouble(i -> Math.pow(10, 20 * i)));
      requireOwnAccuracy(order, IntStream.range(0, 20).mapToDouble(i -> 1));
    }
  }

  private static void requireOwnAccuracy(int order, double... scales) {
    requireOwnAccuracy(order, DoubleStream.of(scales));
  }

  private static void requireOwnAccuracy(int order, DoubleStream scales) {
    Blocks problem = new Blocks(order, scales.toArray());
    requireOwnAccuracy(problem, problem.inOrder());
    requireOwnAccuracy(problem, problem.shuffled());
  }

  private static void requireOwnAccuracy(Blocks problem, DenseMatrix matrix) {
    int n = matrix.rows();
    for (EigenOptions options : new EigenOptions[] {EigenOptions.DEFAULT, SMALL_LEAVES}) {
      Eigendecomposition eigen = new EigenSolver(options).decompose(matrix);
      problem.requireValues(0, eigen.values());
      problem.requireVectors(matrix, eigen);
      problem.requireValues(0, new EigenSolver(options).values(matrix));
    }
    for (int first : new int[] {0, n / 3, n - 1}) {
      IndexRange range = IndexRange.of(first, Math.min(first + 2, n));
      problem.requireValues(first, SymmetricEigen.values(matrix, range));
      problem.requireValues(first, SymmetricEigen.decompose(matrix, range).values());
    }
    if (n < 200) {
      DenseMatrix other = TestMatrices.uniform(n, n + 1);
      MatrixBatch batch = MatrixBatch.of(other, matrix, other);
      Eigendecomposition inBatch = SymmetricEigen.decompose(batch).decomposition(1);
      problem.requireValues(0, inBatch.values());
      problem.requireVectors(matrix, inBatch);
    }
  }

  /** Pairs of a range are those of all pairs, wherever it begins and ends. */
  @Test
  void range_anyOfMixedBlocks_hasTheValuesAndVectorsOfAll() {
    DenseMatrix matrix = new Blocks(4, 1, 1e-5, 3, 1e-200).shuffled();
    int n = matrix.rows();
    Eigendecomposition all = SymmetricEigen.decompose(matrix);
    for (int first = 0; first <= n; first++) {
      for (int end = first; end <= n; end++) {
        IndexRange range = IndexRange.of(first, end);
        double[] expected = Arrays.copyOfRange(all.values(), first, end);
        PartialEigendecomposition some = SymmetricEigen.decompose(matrix, range);
        assertArrayEquals(expected, some.values());
        assertArrayEquals(expected, SymmetricEigen.values(matrix, range));
        for (int j = first; j < end; j++) {
          assertArrayEquals(all.vectors().column(j), some.vectors().column(j - first));
        }
      }
    }
  }

  /** Of the first block, one value is far below those of the second, the other overflows. */
  @Test
  void range_unwantedValueOverflows_isSolved() {
    double[] d = {1e308, 1e308, 1, 2};
    double[] e = {1.2e308, 0, 0.5};
    double[] expected = SymmetricEigen.values(dense(new double[] {1, 2}, new double[] {0.5}));
    IndexRange wanted = IndexRange.of(1, 3);
    assertArrayEquals(expected, TridiagonalEigen.values(d, e, wanted));
    assertArrayEquals(expected, SymmetricEigen.values(dense(d, e), wanted));
    assertArrayEquals(expected, SymmetricEigen.decompose(dense(d, e), wanted).values());
  }

  @Test
  void decompose_largestDoubleAsABlock_isThatValue() {
    double largest = Double.MAX_VALUE;
    double[] d = {1, largest, 2, -largest};
    double[] sorted = {-largest, 1, 2, largest};
    assertArrayEquals(sorted, TridiagonalEigen.values(d, new double[3]));
    assertArrayEquals(sorted, TridiagonalEigen.decompose(d, new double[3]).values());
    for (int first = 0; first < 4; first++) {
      IndexRange range = IndexRange.of(first, 4);
      double[] values = TridiagonalEigen.decompose(d, new double[3], range).values();
      assertArrayEquals(Arrays.copyOfRange(sorted, first, 4), values);
    }
  }

  @Test
  void decompose_blocksWhoseValuesOverflow_saysSo() {
    double[] e = {1e308, 0, 1e308};
    for (double size : new double[] {1e308, -1e308}) {
      double[] d = {size, size, size, size};
      IndexRange outermost = size > 0 ? IndexRange.largest(1) : IndexRange.smallest(1);
      assertThrows(ArithmeticException.class, () -> TridiagonalEigen.values(d, e));
      assertThrows(ArithmeticException.class, () -> TridiagonalEigen.decompose(d, e));
      assertThrows(ArithmeticException.class, () -> TridiagonalEigen.decompose(d, e, outermost));
      IndexRange finite = size > 0 ? IndexRange.smallest(2) : IndexRange.largest(2);
      assertEquals(2, TridiagonalEigen.decompose(d, e, finite).size());
    }
  }

  @Test
  void decompose_largeBlocksOnSeveralThreads_givesTheSameBits() {
    DenseMatrix matrix = new Blocks(300, 1, 1e-100).shuffled();
    Eigendecomposition expected = SymmetricEigen.decompose(matrix);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      EigenOptions options = EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool));
      Eigendecomposition actual = new EigenSolver(options).decompose(matrix);
      assertArrayEquals(expected.values(), actual.values());
      assertEquals(expected.vectors(), actual.vectors());
    }
  }

  /** Copies of one block at several scales. */
  private static final class Blocks {
    private final int order;
    private final double[] scales;
    private final DenseMatrix unit;
    private final double[] expected;
    private final double[] scaleOf;

    Blocks(int order, double... scales) {
      this.order = order;
      this.scales = scales;
      unit = TestMatrices.uniform(order, order);
      double[] own = SymmetricEigen.values(unit);
      int n = order * scales.length;
      int[] ascending =
          IntStream.range(0, n)
              .boxed()
              .sorted((i, j) -> Double.compare(value(own, i), value(own, j)))
              .mapToInt(Integer::intValue)
              .toArray();
      expected = IntStream.of(ascending).mapToDouble(i -> value(own, i)).toArray();
      scaleOf = IntStream.of(ascending).mapToDouble(i -> scales[i / order]).toArray();
    }

    private double value(double[] own, int i) {
      return own[i % order] * scales[i / order];
    }

    DenseMatrix inOrder() {
      return matrix(IntStream.range(0, expected.length).boxed().toList());
    }

    DenseMatrix shuffled() {
      Integer[] rows = IntStream.range(0, expected.length).boxed().toArray(Integer[]::new);
      RandomGenerator random = TestMatrices.random(order);
      Collections.shuffle(Arrays.asList(rows), java.util.Random.from(random));
      return matrix(List.of(rows));
    }

    private DenseMatrix matrix(List<Integer> rows) {
      int n = expected.length;
      double[] a = new double[n * n];
      for (int j = 0; j < n; j++) {
        for (int i = j - j % order; i < j - j % order + order; i++) {
          a[rows.get(i) + rows.get(j) * n] = unit.get(i % order, j % order) * scales[j / order];
        }
      }
      return DenseMatrix.wrap(n, n, a);
    }

    /** Those from one on; below the normal numbers only absolute accuracy can be had. */
    void requireValues(int first, double[] values) {
      for (int k = 0; k < values.length; k++) {
        double scale = scaleOf[first + k];
        double limit = LIMIT * order * scale + order * Double.MIN_VALUE;
        assertEquals(expected[first + k], values[k], limit, this + ", value " + (first + k));
      }
    }

    /** Av = λv to the precision of v's own block, and orthonormal vectors. */
    void requireVectors(DenseMatrix matrix, Eigendecomposition eigen) {
      int n = matrix.rows();
      for (int k = 0; k < n; k++) {
        double[] v = eigen.vectors().column(k);
        double limit = LIMIT * order + order * Double.MIN_VALUE / scaleOf[k];
        double[] residual = new double[n];
        for (int j = 0; j < n; j++) {
          residual[j] -= eigen.value(k) / scaleOf[k] * v[j];
          for (int i = 0; i < n && v[j] != 0; i++) {
            residual[i] += matrix.get(i, j) / scaleOf[k] * v[j];
          }
        }
        double worst = DoubleStream.of(residual).map(Math::abs).max().orElse(0);
        assertTrue(worst <= limit, this + ": " + worst + " of vector " + k);
      }
      assertTrue(eigen.orthogonality() <= TestMatrices.RATIO_LIMIT, toString());
    }

    @Override
    public String toString() {
      return "order " + order + ", scales " + Arrays.toString(scales);
    }
  }
}
