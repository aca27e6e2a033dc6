package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SpectralAccuracy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The generators generate what they promise, and enough of it. */
class GeneratorsTest {
  private static final int SAMPLES = 400;

  @BeforeAll
  static void startSession() {
    JqwikSession.start();
  }

  @AfterAll
  static void finishSession() {
    JqwikSession.finish();
  }

  private static <T> List<T> samples(Arbitrary<T> arbitrary) {
    RandomGenerator<T> generator = arbitrary.generator(SAMPLES);
    Random random = new Random(1);
    return IntStream.range(0, SAMPLES).mapToObj(i -> generator.next(random).value()).toList();
  }

  private static <T> double share(Arbitrary<T> arbitrary, Predicate<T> predicate) {
    return samples(arbitrary).stream().filter(predicate).count() / (double) SAMPLES;
  }

  private static boolean anyGap(double[] values, double relative) {
    return IntStream.range(1, values.length)
        .anyMatch(
            j -> values[j] - values[j - 1] <= relative * Math.abs(values[j]) && values[j] != 0);
  }

  @Test
  void spectra_areAscendingAndVaried() {
    for (Arbitrary<double[]> spectra :
        List.of(
            Spectra.hostile(1, 20),
            Spectra.ties(5),
            Spectra.clusters(5),
            Spectra.adversarialGaps(2, 20),
            Spectra.separated(1, 20, 0.5, 0.9),
            Spectra.geometric(1, 20, 0.5, 0.9))) {
      for (double[] values : samples(spectra)) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        assertTrue(Arrays.equals(sorted, values), () -> Arrays.toString(values));
      }
      assertTrue(share(spectra, values -> values.length >= 8) > 0.2);
      assertTrue(share(spectra, values -> values.length <= 4) > 0.05);
    }
  }

  @Test
  void ties_tie() {
    assertTrue(share(Spectra.ties(5), values -> anyGap(values, 0)) > 0.7);
  }

  @Test
  void clusters_areWithinUlpsButNotTied() {
    assertTrue(
        share(Spectra.clusters(5), values -> anyGap(values, 0x1p-51) && !anyGap(values, 0)) > 0.5);
  }

  @Test
  void adversarialGaps_hitEveryExponent() {
    for (int k = 1; k <= 50; k += 7) {
      double gap = Math.scalb(1.0, -k);
      assertTrue(share(Spectra.adversarialGaps(2, 6), values -> anyGap(values, gap)) > 0.02);
    }
  }

  @Test
  void separated_hasNoTieButBothSigns() {
    assertEquals(0, share(Spectra.separated(2, 9, 0.5, 0.9), values -> anyGap(values, 0.05)));
    assertTrue(
        share(
                Spectra.separated(2, 9, 0.5, 0.9),
                values -> values[0] < 0 && values[values.length - 1] > 0)
            > 0.2);
  }

  @Test
  void families_everyMemberOfEveryOrder_isSymmetricAndFinite() {
    for (MatrixFamily family : MatrixFamilies.all()) {
      for (int n : new int[] {1, 2, 3, 7, 44}) {
        DenseMatrix matrix = family.of(n, 5).matrix();
        assertEquals(n, matrix.rows(), family.name());
        assertEquals(matrix.transpose(), matrix, family.name());
        assertTrue(Arrays.stream(matrix.columnMajor()).allMatch(Double::isFinite), family.name());
      }
    }
  }

  @Test
  void families_haveNamesOfTheirOwn() {
    List<String> names = MatrixFamilies.all().stream().map(MatrixFamily::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
    for (String name : names) {
      assertEquals(name, MatrixFamily.named(name).of(3, 1).family());
    }
  }

  @Test
  void orders_reachTheLargest() {
    assertTrue(share(SymmetricMatrices.orders(40), n -> n > 20) > 0.2);
    assertTrue(share(SymmetricMatrices.orders(40), n -> n <= 4) > 0.1);
    assertTrue(samples(SymmetricMatrices.orders(40)).stream().allMatch(n -> n >= 1 && n <= 40));
  }

  @Test
  void bases_areOrthogonal() {
    for (SymmetricMatrices.Basis basis : SymmetricMatrices.Basis.values()) {
      for (int n : new int[] {1, 2, 17}) {
        assertTrue(SpectralAccuracy.orthogonality(basis.of(n, 3)) < 4);
      }
    }
    assertEquals(0, SpectralAccuracy.orthogonality(SymmetricMatrices.signedPermutation(9, 3)));
  }

  @Test
  void gaugeTransformations_leaveTheMatrixAlone() {
    double[] values = {1, 2, 2, 2, 5, 7, 7};
    DenseMatrix r = GaugeTransformations.insideTies(values, 4);
    assertTrue(SpectralAccuracy.orthogonality(r) < 4);
    DenseMatrix turned = SymmetricMatrices.similar(r, values);
    assertEquals(0, turned.minus(DenseMatrix.diagonal(values)).maxAbs(), 1e-14);
    assertTrue(Math.abs(r.get(1, 2)) > 0.01 && r.get(0, 1) == 0);
  }

  @Test
  void tridiagonalForm_keepsTheSturmCounts() {
    double[] values = {-3, -1, -1, 0, 0.5, 2, 2, 9};
    SturmCount count = SturmCount.of(SymmetricMatrices.withSpectrum(values, 1));
    assertEquals(
        List.of(0, 1, 3, 4, 5, 7, 8),
        Stream.of(-4.0, -2.0, -0.5, 0.1, 1.0, 3.0, 10.0).map(count::below).toList());
    assertTrue(count.tolerance(values) <= 8);
    values[4] += 1e-12;
    assertTrue(count.tolerance(values) > Limit.STURM_COUNT.value());
    values[4] = 1.5;
    assertTrue(count.tolerance(values) > 1e12);
  }

  @Test
  void featureSamples_haveTheCovarianceTheyPromise() {
    Arbitrary<double[]> spectra = Spectra.positive(3, 0.1, 10);
    for (FeatureSample sample : samples(FeatureSample.of(spectra))) {
      DenseMatrix promised = SymmetricMatrices.withSpectrum(sample.variances(), sample.seed());
      DenseMatrix covariance = LayerChecks.covariance(sample.features());
      assertTrue(Differences.ofMatrices(promised, covariance) <= 1e-13, sample::toString);
      assertTrue(LayerChecks.mean(sample.features()).maxAbs() > 0, sample::toString);
    }
    Arbitrary<FeatureSample> few = FeatureSample.few(spectra);
    assertEquals(1, share(few, sample -> sample.samples() <= sample.channels()));
    assertTrue(share(few, sample -> sample.samples() == 1) > 0.1);
    assertTrue(share(few, sample -> sample.samples() > 3) > 0.1);
  }
}
