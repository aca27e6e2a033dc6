package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CovarianceAccumulatorTest {

  /** Correlated samples about a mean; whole multiples of 2⁻²⁰, so that sums of them are exact. */
  private static double[][] samples(int count, int d, double mean) {
    SplittableRandom random = new SplittableRandom(7);
    double[][] samples = new double[count][d];
    for (double[] x : samples) {
      double previous = 0;
      for (int i = 0; i < d; i++) {
        previous = 0.5 * previous + random.nextDouble(-2, 2);
        x[i] = mean + Math.rint(previous * 0x1p20) * 0x1p-20;
      }
    }
    return samples;
  }

  /** From differences of pairs, which need no mean: (1/N²) Σ_{s<t} (x_s − x_t)(x_s − x_t)ᵀ. */
  private static DenseMatrix covarianceOfPairs(double[][] x) {
    int d = x[0].length;
    double[] c = new double[d * d];
    for (int s = 0; s < x.length; s++) {
      for (int t = 0; t < s; t++) {
        for (int j = 0; j < d; j++) {
          for (int i = 0; i < d; i++) {
            c[i + j * d] += (x[s][i] - x[t][i]) * (x[s][j] - x[t][j]);
          }
        }
      }
    }
    return DenseMatrix.wrap(d, d, c).times(1.0 / x.length / x.length);
  }

  private static CovarianceAccumulator of(double[]... samples) {
    CovarianceAccumulator all = new CovarianceAccumulator(samples[0].length);
    Arrays.stream(samples).forEach(all::add);
    return all;
  }

  private static void assertClose(DenseMatrix expected, DenseMatrix actual, double tolerance) {
    assertEquals(0, expected.minus(actual).maxAbs(), tolerance * expected.maxAbs());
    assertEquals(actual, actual.transpose());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "63, 2", "64, 5", "65, 3", "200, 7", "500, 17"})
  void covariance_anyNumberOfSamples_isThatOfTheirDifferences(int count, int d) {
    double[][] samples = samples(count, d, 3);
    CovarianceAccumulator all = of(samples);
    DenseMatrix expected = covarianceOfPairs(samples);
    assertClose(expected, all.covariance(), 1e-12);
    assertEquals(count, all.count());
    assertEquals(count, all.weight());
    for (int i = 0; i < d; i++) {
      int at = i;
      double mean = Arrays.stream(samples).mapToDouble(x -> x[at]).average().orElseThrow();
      assertEquals(mean, all.mean()[i], 1e-14 * (3 + Math.abs(mean)));
    }
    if (count > 1) {
      DenseMatrix unbiased = expected.times(count / (count - 1.0));
      assertClose(unbiased, all.sampleCovariance(), 1e-12);
    }
  }

  /** E[xxᵀ] − E[x]E[x]ᵀ would have no digit left: u·10¹⁶ is 1. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void covariance_meanOfAHundredMillion_keepsItsDigits(int parts) {
    double[][] samples = samples(600, 5, 1e8);
    DenseMatrix expected = covarianceOfPairs(samples);
    CovarianceAccumulator all = new CovarianceAccumulator(5);
    for (int part = 0; part < parts; part++) {
      int size = samples.length / parts;
      all.merge(of(Arrays.copyOfRange(samples, part * size, (part + 1) * size)));
    }
    assertClose(expected, all.covariance(), 1e-8);
  }

  @Test
  void merge_anyOrder_agreesWithinTheBound() {
    double[][] samples = samples(1000, 6, 100);
    DenseMatrix expected = of(samples).covariance();
    double bound = 0x1p-53 * (10 + 64) * (expected.maxAbs() + 0x1p-53 * 1000 * 100 * 100);
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 20; round++) {
      CovarianceAccumulator all = new CovarianceAccumulator(6);
      CovarianceAccumulator part = new CovarianceAccumulator(6);
      for (int s : IntStream.range(0, 1000).boxed().toList()) {
        part.add(samples[(s * 37 + round) % 1000]);
        if (random.nextInt(50) == 0) {
          all.merge(part);
          part = new CovarianceAccumulator(6);
        }
      }
      part.merge(all);
      assertEquals(1000, part.count());
      assertEquals(0, part.covariance().minus(expected).maxAbs(), bound);
    }
  }

  @Test
  void merge_otherOne_staysAsItIs() {
    CovarianceAccumulator a = of(samples(70, 3, 1));
    CovarianceAccumulator b = of(samples(70, 3, 1));
    new CovarianceAccumulator(3).merge(a);
    a.covariance();
    for (double[] x : samples(90, 3, 5)) {
      a.add(x);
      b.add(x);
    }
    assertEquals(b.covariance(), a.covariance());
    assertArrayEquals(b.mean(), a.mean());
  }

  @Test
  void add_weight_isAsManyEqualSamples() {
    double[][] samples = samples(80, 4, 2);
    CovarianceAccumulator weighted = new CovarianceAccumulator(4);
    CovarianceAccumulator repeated = new CovarianceAccumulator(4);
    for (int s = 0; s < samples.length; s++) {
      int weight = s % 4;
      weighted.add(samples[s], weight);
      for (int k = 0; k < weight; k++) {
        repeated.add(samples[s]);
      }
    }
    assertEquals(60, weighted.count());
    assertEquals(repeated.weight(), weighted.weight());
    assertClose(repeated.covariance(), weighted.covariance(), 1e-14);
    assertClose(repeated.sampleCovariance(), weighted.sampleCovariance(), 1e-14);
    CovarianceAccumulator fractions = new CovarianceAccumulator(4);
    for (int s = 0; s < samples.length; s++) {
      fractions.add(samples[s], 0.25 * (s % 4));
    }
    assertClose(repeated.covariance(), fractions.covariance(), 1e-14);
  }

  @Test
  void addColumnsOrRows_block_isAsEachSampleAlone() {
    float[] rows = new float[3 * 150];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextDouble();
    }
    CovarianceAccumulator one = new CovarianceAccumulator(3);
    for (int s = 0; s < 150; s++) {
      one.add(Arrays.copyOfRange(rows, 3 * s, 3 * s + 3));
    }
    CovarianceAccumulator asRows = new CovarianceAccumulator(3);
    asRows.addRows(150, rows);
    CovarianceAccumulator asColumns = new CovarianceAccumulator(3);
    asColumns.addColumns(DenseMatrix.of(3, 150, rows));
    assertEquals(one.covariance(), asRows.covariance());
    assertEquals(one.covariance(), asColumns.covariance());
  }

  @Test
  void collector_parallelStream_countsEverySample() {
    double[][] samples = samples(5000, 3, 10);
    CovarianceAccumulator all =
        Stream.of(samples).parallel().collect(CovarianceAccumulator.collector(3));
    assertEquals(5000, all.count());
    assertClose(of(samples).covariance(), all.covariance(), 1e-13);
  }

  @Test
  void correlation_constantVariable_isZeroWithIt() {
    CovarianceAccumulator all = of(new double[] {1, 5, 2}, new double[] {3, 5, -2});
    assertEquals(DenseMatrix.of(3, 3, 1, 0, -1, 0, 0, 0, -1, 0, 1), all.correlation());
  }

  @Test
  void read_whatWasWritten_goesOnWithTheSameBits() throws IOException {
    double[][] samples = samples(300, 4, 1);
    CovarianceAccumulator whole = of(samples);
    CovarianceAccumulator half = of(Arrays.copyOf(samples, 100));
    CovarianceAccumulator read = read(bytes(half));
    for (int s = 100; s < 300; s++) {
      read.add(samples[s]);
    }
    assertEquals(whole.covariance(), read.covariance());
    assertArrayEquals(whole.mean(), read.mean());
    assertEquals(300, read.count());
  }

  @Test
  void read_somethingElse_isRefused() throws IOException {
    byte[] bytes = bytes(of(samples(3, 2, 0)));
    requireUnreadable("this is not the state", changed(bytes, 0, 1));
    requireUnreadable("has format 7, this version reads 1", changed(bytes, 7, 7));
    requireUnreadable("dimension ≥ 1, got 0", changed(bytes, 11, 0));
    assertThrows(EOFException.class, () -> read(Arrays.copyOf(bytes, bytes.length - 1)));
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static void requireUnreadable(String message, byte[] bytes) {
    IOException refused = assertThrows(IOException.class, () -> read(bytes));
    assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
  }

  private static byte[] bytes(CovarianceAccumulator state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.save(bytes);
    return bytes.toByteArray();
  }

  private static CovarianceAccumulator read(byte[] bytes) throws IOException {
    return CovarianceAccumulator.read(new ByteArrayInputStream(bytes));
  }

  @Test
  void badInput_isRefusedAndChangesNothing() {
    CovarianceAccumulator all = of(samples(10, 2, 0));
    DenseMatrix before = all.covariance();
    refuse("dimension must be ≥ 1, got 0", () -> new CovarianceAccumulator(0));
    refuse("sample must have 2 elements, got 3", () -> all.add(new double[3]));
    refuse("sample must have 2 elements, got 1", () -> all.add(new float[1]));
    refuse("sample", () -> all.add(new double[] {1, Double.NaN}));
    refuse("weight must be ≥ 0 and finite, got -1.0", () -> all.add(new double[2], -1));
    refuse(
        "got NaN at index 1 of column 2",
        () -> all.addColumns(DenseMatrix.of(2, 3, 1, 2, 3, 4, 5, Double.NaN)));
    refuse("got Infinity at", () -> all.addRows(1, new float[] {1, Float.POSITIVE_INFINITY}));
    refuse("columns must have 2 rows, got 3", () -> all.addColumns(DenseMatrix.identity(3)));
    refuse("other must have 2 dimensions, got 3", () -> all.merge(new CovarianceAccumulator(3)));
    refuse("other must not be this", () -> all.merge(all));
    assertEquals(before, all.covariance());
    assertEquals(10, all.count());
  }

  @Test
  void statistics_withoutEnoughSamples_areRefused() {
    CovarianceAccumulator none = new CovarianceAccumulator(2);
    assertThrows(IllegalStateException.class, none::mean);
    assertThrows(IllegalStateException.class, none::covariance);
    none.add(new double[] {1, 2});
    assertEquals(0, none.covariance().maxAbs());
    assertThrows(IllegalStateException.class, none::sampleCovariance);
  }

  @Test
  void covariance_overflow_isAnError() {
    CovarianceAccumulator large = of(new double[] {1e200}, new double[] {-1e200});
    ArithmeticException refused = assertThrows(ArithmeticException.class, large::covariance);
    assertTrue(String.valueOf(refused.getMessage()).contains("scale the samples down"));
    double scale = 0x1p-600;
    CovarianceAccumulator scaled = of(new double[] {1e200 * scale}, new double[] {-1e200 * scale});
    assertTrue(scaled.covariance().get(0, 0) > 0);
  }

  private static void refuse(String detail, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(refusal.getMessage()).contains(detail), refusal.getMessage());
  }
}
