package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Plain loops and SIMD kernels give products of lane blocks the same bits, whatever the numbers.
 */
class ProductsSameBitsTest {
  private static final int LARGEST = 13;

  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    Double.MIN_VALUE,
    -0x1p-1030,
    0x1p-451,
    -0x1p-450,
    0x1p511,
    -0x1p600,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  /** A call of one kernel with three operands and a result that it may read. */
  private interface Call {
    void on(BatchProducts products, int n, double[] a, double[] b, double[] c, double[] result);
  }

  private final Random random = new Random(31);

  /** The first lanes hold ordinary numbers, the others more and more special ones. */
  private double[] numbers(int length) {
    double[] x = random.doubles(length, -1, 1).toArray();
    for (int i = 0; i < length; i++) {
      if (random.nextInt(2 * BLOCK) < i % BLOCK - 1) {
        x[i] = SPECIAL[random.nextInt(SPECIAL.length)];
      }
    }
    return x;
  }

  private void compare(String kernel, Call call) {
    for (int n = 1; n <= LARGEST; n++) {
      for (int turn = 0; turn < 4; turn++) {
        int length = (n * n + 1) * BLOCK;
        double[] a = numbers(length);
        double[] b = numbers(length);
        double[] c = numbers(length);
        double[] result = numbers(length);
        long[] expected = bits(Kernels.scalar(), call, n, a, b, c, result);
        long[] actual = bits(Samples.compiled(), call, n, a, b, c, result);
        assertArrayEquals(expected, actual, kernel + " of order " + n);
      }
    }
  }

  private static long[] bits(
      KernelSet kernels, Call call, int n, double[] a, double[] b, double[] c, double[] result) {
    double[] second = b.clone();
    double[] third = c.clone();
    double[] last = result.clone();
    call.on(kernels.batchProducts(), n, a, second, third, last);
    return Arrays.stream(new double[][] {second, third, last})
        .flatMapToDouble(Arrays::stream)
        .mapToLong(Double::doubleToLongBits)
        .toArray();
  }

  @Test
  void products_numbersOfEveryKind_areTheSame() {
    compare("Aᵀ·B", (p, n, a, b, c, x) -> p.multiplyTransposed(n, a, 3, b, 5, x, BLOCK));
    compare("AᵀB", (p, n, a, b, c, x) -> p.multiplySymmetric(n, a, 5, b, 3, x, 1));
    compare("Av", (p, n, a, b, c, x) -> p.multiplyVector(Transpose.NO, n, a, b, x));
    compare("Aᵀv", (p, n, a, b, c, x) -> p.multiplyVector(Transpose.YES, n, a, b, x));
    compare("deflate", (p, n, a, b, c, x) -> p.deflate(n, a, b, x));
  }

  @Test
  void elementwise_numbersOfEveryKind_areTheSame() {
    compare("transpose", (p, n, a, b, c, x) -> p.transpose(n, a, 3, x, 5));
    compare("scaleRows", (p, n, a, b, c, x) -> p.scaleRows(n, a, 3, b, 7, x, 1));
    compare("symmetricPart", (p, n, a, b, c, x) -> p.symmetricPart(n, a, 5, x, 3));
    compare("weighSkewPart", (p, n, a, b, c, x) -> p.weighSkewPart(n, a, b, 7, x, 5));
    compare("weigh", (p, n, a, b, c, x) -> p.weigh(n, a, x, 3));
    for (int terms = 1; terms < 40; terms += 3) {
      int k = terms;
      compare("powerSums", (p, n, a, b, c, x) -> p.powerSums(n, k, a, 5, x));
    }
  }

  @Test
  void vectorSteps_numbersOfEveryKind_areTheSame() {
    compare("powerStep", (p, n, a, b, c, x) -> p.powerStep(n, a, b, x, c, new double[BLOCK]));
    compare("residual", (p, n, a, b, c, x) -> p.powerStep(n, a, b, c, new double[BLOCK], x));
    compare("normalize", (p, n, a, b, c, x) -> p.normalize(n, a, b, x));
    compare("unitVector", (p, n, a, b, c, x) -> p.unitVector(n, a, x, c));
    compare("cotangent", (p, n, a, b, c, x) -> p.unitVectorCotangent(n, a, b, x));
  }
}
