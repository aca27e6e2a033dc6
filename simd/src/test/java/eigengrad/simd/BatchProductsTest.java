package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kernel of groups of matrices against its formula, in a place that starts anywhere. */
class BatchProductsTest {
  private static final int[] ORDERS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 32};
  private static final int A = 3;
  private static final int B = 5;
  private static final int C = 2;

  static Stream<BatchProducts> sets() {
    return Stream.of(Samples.compiled().batchProducts(), Kernels.scalar().batchProducts());
  }

  private static double[] random(int n, int offset, long seed) {
    return new Random(seed).doubles((long) n * n * BLOCK + offset, -1, 1).toArray();
  }

  private static double[] untouched(int n, int offset) {
    double[] c = new double[n * n * BLOCK + offset + 1];
    Arrays.fill(c, 7);
    return c;
  }

  /** Element (i, j) of a matrix of the group. */
  private static int at(int offset, int n, int lane, int i, int j) {
    return offset + lane + (j * n + i) * BLOCK;
  }

  private static void requireUntouched(int n, int offset, double[] c) {
    for (int i = 0; i < offset; i++) {
      assertEquals(7, c[i]);
    }
    assertEquals(7, c[n * n * BLOCK + offset]);
  }

  private static void requireTransposedProduct(int n, double[] a, double[] b, double[] c) {
    for (int lane = 0; lane < BLOCK; lane++) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          ExpectedSum sum = new ExpectedSum();
          for (int k = 0; k < n; k++) {
            sum.add(a[at(A, n, lane, k, i)], b[at(B, n, lane, k, j)]);
          }
          sum.assertMatches(c[at(C, n, lane, i, j)], "(" + i + ", " + j + ") of order " + n);
        }
      }
    }
    requireUntouched(n, C, c);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void multiplyTransposed_anyOrder_isTheSum(BatchProducts products) {
    for (int n : ORDERS) {
      double[] a = random(n, A, 1);
      double[] b = random(n, B, 2);
      double[] c = untouched(n, C);
      products.multiplyTransposed(n, a, A, b, B, c, C);
      requireTransposedProduct(n, a, b, c);
    }
  }

  /** B = SA of a symmetric S. */
  @ParameterizedTest
  @MethodSource("sets")
  void multiplySymmetric_anyOrder_isTheSumAndExactlySymmetric(BatchProducts products) {
    for (int n : ORDERS) {
      double[] a = random(n, A, 3);
      double[] s = random(n, A, 4);
      products.symmetricPart(n, s.clone(), A, s, A);
      double[] b = new double[n * n * BLOCK + B];
      products.multiplyTransposed(n, s, A, a, A, b, B);
      double[] c = untouched(n, C);
      products.multiplySymmetric(n, a, A, b, B, c, C);
      requireTransposedProduct(n, a, b, c);
      requireSymmetric(n, c);
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void symmetricPart_symmetricMatrices_staysAsItIs(BatchProducts products) {
    double[] a = new double[4 * BLOCK];
    for (double x : new double[] {Double.MIN_VALUE, 3 * Double.MIN_VALUE, 0.1, Double.MAX_VALUE}) {
      Arrays.fill(a, x);
      double[] b = new double[4 * BLOCK];
      products.symmetricPart(2, a, 0, b, 0);
      assertArrayEquals(a, b);
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void transpose_anyOrder_movesEveryElement(BatchProducts products) {
    for (int n : ORDERS) {
      double[] a = random(n, A, 4);
      double[] c = untouched(n, C);
      products.transpose(n, a, A, c, C);
      for (int lane = 0; lane < BLOCK; lane++) {
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < n; i++) {
            assertEquals(a[at(A, n, lane, j, i)], c[at(C, n, lane, i, j)]);
          }
        }
      }
      requireUntouched(n, C, c);
    }
  }

  private static void requireSymmetric(int n, double[] c) {
    for (int lane = 0; lane < BLOCK; lane++) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < j; i++) {
          assertEquals(c[at(C, n, lane, i, j)], c[at(C, n, lane, j, i)]);
        }
      }
    }
  }

  @Test
  void requireProduct_ofTheTranspose_isRejected() {
    double[] a = random(5, A, 4);
    double[] b = random(5, B, 5);
    double[] c = untouched(5, C);
    Samples.compiled().batchProducts().multiplyTransposed(5, b, B, a, A, c, C);
    assertThrows(AssertionError.class, () -> requireTransposedProduct(5, a, b, c));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void elementwiseSteps_anyOrder_areTheirFormulas(BatchProducts products) {
    for (int n : ORDERS) {
      double[] a = random(n, A, 6);
      double[] w = random(n, 0, 7);
      double[] d = new Random(8).doubles((long) n * BLOCK + B, -1, 1).toArray();
      double[] scaled = untouched(n, C);
      products.scaleRows(n, a, A, d, B, scaled, C);
      double[] mean = untouched(n, C);
      products.symmetricPart(n, a, A, mean, C);
      double[] skew = moved(n, a);
      products.weighSkewPart(n, w, d, B, skew, C);
      double[] weighed = moved(n, a);
      products.weigh(n, w, weighed, C);
      for (int lane = 0; lane < BLOCK; lane++) {
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < n; i++) {
            int c = at(C, n, lane, i, j);
            int low = at(0, n, lane, Math.max(i, j), Math.min(i, j));
            int high = at(0, n, lane, Math.min(i, j), Math.max(i, j));
            assertEquals(a[at(A, n, lane, i, j)] * d[B + lane + i * BLOCK], scaled[c]);
            assertEquals(0.5 * (a[A + high] - a[A + low]) + a[A + low], mean[c]);
            assertEquals(a[A + low] * w[low], weighed[c]);
            double expected =
                i == j ? d[B + lane + j * BLOCK] : (a[A + high] - a[A + low]) * (0.5 * w[low]);
            assertEquals(expected, skew[c]);
          }
        }
      }
      requireUntouched(n, C, scaled);
      requireUntouched(n, C, mean);
      requireUntouched(n, C, skew);
      requireUntouched(n, C, weighed);
    }
  }

  private static double[] moved(int n, double[] a) {
    double[] c = untouched(n, C);
    System.arraycopy(a, A, c, C, n * n * BLOCK);
    return c;
  }

  @ParameterizedTest
  @MethodSource("sets")
  void powerSums_anyTermsAndScale_areTheTermsOneByOne(BatchProducts products) {
    for (int terms : new int[] {1, 2, 3, 19, 20, 31, 100}) {
      for (double scale : new double[] {1, 0x1p900, 0x1p-900}) {
        for (int n : ORDERS) {
          double[] values = new Random(9).doubles((long) n * BLOCK, -1, 1).toArray();
          for (int i = 0; i < values.length; i++) {
            values[i] = i / BLOCK % 5 == 4 ? values[i - BLOCK] : scale * values[i];
          }
          double[] weights = new double[n * n * BLOCK];
          products.powerSums(n, terms, values, 0, weights);
          for (int lane = 0; lane < BLOCK; lane++) {
            for (int j = 0; j < n; j++) {
              for (int i = j + 1; i < n; i++) {
                double x = values[lane + i * BLOCK];
                double y = values[lane + j * BLOCK];
                requireSum(terms, x, y, weights[at(0, n, lane, i, j)]);
              }
            }
          }
        }
      }
    }
  }

  /** In pairs of terms, (1 + q)(1 + q² + …), nothing cancels but in 1 + q, which is exact here. */
  private static void requireSum(int terms, double x, double y, double actual) {
    double larger = Math.max(Math.abs(x), Math.abs(y));
    double ratio = (x / larger) * (y / larger);
    double pairs = 0;
    for (int k = 0; k < terms / 2; k++) {
      pairs += Math.abs(x + y) / larger * Math.pow(ratio, 2 * k);
    }
    double sum = terms % 2 == 0 ? pairs : 1 + ratio * pairs;
    double expected = x == y ? 0 : sum / larger;
    assertEquals(expected, actual, 8 * terms * 0x1p-53 * expected, x + " and " + y);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void powerSums_nearlyOppositeValues_doNotCancel(BatchProducts products) {
    for (int terms : new int[] {2, 4, 19, 20, 64}) {
      double[] values = new double[2 * BLOCK];
      for (int lane = 0; lane < BLOCK; lane++) {
        values[lane] = -4.9e-39;
        values[lane + BLOCK] = 4.9e-39 * (1 + lane * 0x1p-52);
      }
      double[] weights = new double[4 * BLOCK];
      products.powerSums(2, terms, values, 0, weights);
      for (int lane = 0; lane < BLOCK; lane++) {
        requireSum(terms, values[lane + BLOCK], values[lane], weights[at(0, 2, lane, 1, 0)]);
      }
    }
  }

  @Test
  void powerSums_zeros_tieOrMeetAnother() {
    double[] values = new double[3 * BLOCK];
    Arrays.fill(values, 2 * BLOCK, 3 * BLOCK, 4);
    double[] weights = new double[9 * BLOCK];
    Samples.compiled().batchProducts().powerSums(3, 19, values, 0, weights);
    assertEquals(0, weights[at(0, 3, 1, 1, 0)]);
    assertEquals(0.25, weights[at(0, 3, 1, 2, 0)]);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void everyKernel_notFiniteInOneLane_staysThere(BatchProducts products) {
    for (int n : ORDERS) {
      double[] clean = chain(products, n, random(n, 0, 10));
      double[] spoilt = random(n, 0, 10);
      for (int i = 0; i < n * n; i++) {
        spoilt[5 + i * BLOCK] = i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
      }
      double[] dirty = chain(products, n, spoilt);
      for (int i = 0; i < n * n; i++) {
        assertTrue(!Double.isFinite(dirty[5 + i * BLOCK]));
        dirty[5 + i * BLOCK] = clean[5 + i * BLOCK];
      }
      assertArrayEquals(clean, dirty);
    }
  }

  private static double[] chain(BatchProducts products, int n, double[] a) {
    double[] b = new double[a.length];
    double[] c = new double[a.length];
    double[] weights = new double[a.length];
    products.symmetricPart(n, a, 0, b, 0);
    products.multiplyTransposed(n, a, 0, b, 0, c, 0);
    products.powerSums(n, 19, Arrays.copyOf(a, n * BLOCK), 0, weights);
    products.weighSkewPart(n, weights, Arrays.copyOf(a, n * BLOCK), 0, c, 0);
    products.multiplySymmetric(n, c, 0, a, 0, b, 0);
    return b;
  }
}
