package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Blocks that nothing couples have the accuracy of blocks alone, however far apart their sizes are:
 * a bound of each value's error relative to its own block.
 */
class DecoupledBlocksTest {
  private static final double LIMIT = 30 * SpectralAccuracy.ULP;

  /** Of diag(1, 2, 3) with couplings 0.5 and 0.3. */
  private static final double[] VALUES = {0.78678880348773, 2.120715750149643, 3.092495446362627};

  @ParameterizedTest
  @ValueSource(doubles = {1e-20, 1e-75, 1e-100, 1e-150, 1e-200, 1e-300})
  void tridiagonal_oneBlockFarSmaller_hasItsOwnValues(double r) {
    double[] d = {1, 1.1, 0.9, r, 2 * r, 3 * r};
    double[] e = {0.01, 0.02, 0, 0.5 * r, 0.3 * r};
    assertSmallValues(r, TridiagonalEigen.values(d, e));
    assertSmallValues(r, TridiagonalEigen.decompose(d, e).values());
    assertSmallValues(r, TridiagonalEigen.values(d, e, IndexRange.smallest(3)));
    assertSmallValues(r, TridiagonalEigen.decompose(d, e, IndexRange.smallest(3)).values());
    for (double scale : new double[] {0x1p1000, 0x1p-20}) {
      double[] scaledD = DoubleStream.of(d).map(x -> x * scale).toArray();
      double[] scaledE = DoubleStream.of(e).map(x -> x * scale).toArray();
      assertSmallValues(r * scale, TridiagonalEigen.values(scaledD, scaledE));
      assertSmallValues(r * scale, TridiagonalEigen.decompose(scaledD, scaledE).values());
    }
  }

  private static void assertSmallValues(double r, double[] values) {
    for (int i = 0; i < 3; i++) {
      assertEquals(VALUES[i] * r, values[i], LIMIT * r, "value " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1e-75, 1",
    "1, 1e-120, 1e-240",
    "1e-300, 1, 1e-100",
    "1e-300, 1, 1e300",
    "1e300, 1e-10, 1e-300",
    "1, 1e-155, 1e155",
    "1e-300, 1e-200, 1e-290"
  })
  void everyRoute_blocksOfThreeSizes_hasTheValuesOfEachAlone(
      double first, double second, double third) {
    double[] scales = {first, second, third};
    for (int order : new int[] {1, 2, 3, 4, 5, 7, 11, 16, 24}) {
      requireOwnAccuracy(order, scales);
    }
  }

  /** On few routes: the search for separated values, divide and conquer, and one by one. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-100, 1e-300})
  void everyRoute_largeBlocks_hasTheValuesOfEachAlone(double r) {
    requireOwnAccuracy(70, new double[] {1, r});
    requireOwnAccuracy(70, new double[] {r, 1});
  }

  private static void requireOwnAccuracy(int order, double[] scales) {
    DenseMatrix unit = TestMatrices.uniform(order, order);
    int n = order * scales.length;
    double[] a = new double[n * n];
    for (int block = 0; block < scales.length; block++) {
      for (int j = 0; j < order; j++) {
        for (int i = 0; i < order; i++) {
          a[block * order + i + (block * order + j) * n] = unit.get(i, j) * scales[block];
        }
      }
    }
    double[] own = SymmetricEigen.values(unit);
    double[] expected = new double[n];
    double[] scaleOf = new double[n];
    int[] ascending = ascending(own, scales);
    for (int k = 0; k < n; k++) {
      scaleOf[k] = scales[ascending[k] / order];
      expected[k] = own[ascending[k] % order] * scaleOf[k];
    }
    DenseMatrix matrix = DenseMatrix.wrap(n, n, a);
    String what = "order " + order + ", scales " + Arrays.toString(scales);
    for (EigenOptions options : new EigenOptions[] {EigenOptions.DEFAULT, SMALL_LEAVES}) {
      Eigendecomposition eigen = SymmetricEigen.decompose(matrix, options);
      assertClose(expected, scaleOf, eigen.values(), what);
      requireVectors(matrix, eigen, scaleOf, what);
      assertClose(expected, scaleOf, SymmetricEigen.values(matrix, options), what + ", alone");
    }
    IndexRange all = IndexRange.of(0, n);
    assertClose(expected, scaleOf, SymmetricEigen.values(matrix, all), what + ", range");
    assertClose(expected, scaleOf, SymmetricEigen.decompose(matrix, all).values(), what);
    Eigendecomposition inBatch =
        BatchedSymmetricEigen.decompose(MatrixBatch.of(unit(n), matrix, unit(n))).decomposition(1);
    assertClose(expected, scaleOf, inBatch.values(), what + ", batch");
    requireVectors(matrix, inBatch, scaleOf, what + ", batch");
  }

  private static final EigenOptions SMALL_LEAVES = new EigenOptions(1e-10, 30, 4);

  private static DenseMatrix unit(int n) {
    return TestMatrices.uniform(n, n + 1);
  }

  /** Which value of which block comes where. */
  private static int[] ascending(double[] own, double[] scales) {
    return IntStream.range(0, own.length * scales.length)
        .boxed()
        .sorted(
            (i, j) ->
                Double.compare(
                    own[i % own.length] * scales[i / own.length],
                    own[j % own.length] * scales[j / own.length]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void assertClose(
      double[] expected, double[] scaleOf, double[] values, String what) {
    int n = expected.length;
    assertEquals(n, values.length);
    for (int k = 0; k < n; k++) {
      assertEquals(expected[k], values[k], LIMIT * n * scaleOf[k], what + ", value " + k);
    }
  }

  /** Av = λv to the precision of v's own block, and orthonormal vectors. */
  private static void requireVectors(
      DenseMatrix matrix, Eigendecomposition eigen, double[] scaleOf, String what) {
    int n = matrix.rows();
    for (int k = 0; k < n; k++) {
      double[] v = eigen.vectors().column(k);
      for (int i = 0; i < n; i++) {
        double residual = 0;
        for (int j = 0; j < n; j++) {
          residual += v[j] == 0 ? 0 : matrix.get(i, j) / scaleOf[k] * v[j];
        }
        residual -= eigen.value(k) / scaleOf[k] * v[i];
        assertTrue(Math.abs(residual) <= LIMIT * n, what + ": " + residual + " of vector " + k);
      }
    }
    assertTrue(eigen.orthogonality() <= TestMatrices.RATIO_LIMIT, what);
  }
}
