package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrechetDistanceTest {
  private static double[] mean(int seed, int d) {
    return gaussian(d, 1, seed).toArray();
  }

  private static DenseMatrix gram(DenseMatrix factor) {
    return factor.times(factor.transpose()).symmetricPart();
  }

  @Test
  void of_diagonalCovariances_isTheClosedForm() {
    double[] origin = {0, 0};
    FrechetDistance distance =
        FrechetDistance.of(
            new double[] {3, 0}, DenseMatrix.diagonal(4, 9), origin, DenseMatrix.diagonal(1, 16));
    assertEquals(9 + 1 + 1, distance.squared(), 1e-14);
    assertArrayEquals(new double[] {6, 0}, distance.ofFirstMean());
    // ∂(√a − √b)²/∂a = 1 − √(b/a).
    DenseMatrix expected = DenseMatrix.diagonal(0.5, 1 - 4.0 / 3);
    assertTrue(relativeDifference(expected, distance.ofFirst()) <= 1e-15);
    assertTrue(relativeDifference(DenseMatrix.diagonal(-1, 0.25), distance.ofSecond()) <= 1e-15);
  }

  @Test
  void of_covariancesThatHardlyDiffer_hasNoCancellation() {
    DenseMatrix first = withSpectrum(1, 1, 2, 3, 3);
    double[] mean = mean(2, 4);
    assertTrue(FrechetDistance.of(mean, first, mean, first).squared() <= 1e-28);
    FrechetDistance near = FrechetDistance.of(mean, first, mean, first.times(1 + 0x1p-20));
    // (√(1 + δ) − 1)² tr C.
    double expected = Math.pow(Math.sqrt(1 + 0x1p-20) - 1, 2) * 9;
    assertEquals(expected, near.squared(), 1e-8 * expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void of_definiteCovariances_hasTheGradientOfDifferences(int seed) {
    double[] zero = new double[5];
    DenseMatrix first = withSpectrum(10 + seed, 2, 2, 1, 0.5, 0.5);
    DenseMatrix second = seed == 0 ? first.times(2) : withSpectrum(20 + seed, 3, 1, 1, 1, 0.2);
    FrechetDistance at = FrechetDistance.of(zero, first, zero, second);
    assertEquals(at.ofFirst(), at.ofFirst().transpose());
    DenseMatrix e = gaussian(5, 5, 30 + seed).symmetricPart();
    double size = at.ofFirst().frobeniusNorm() + at.ofSecond().frobeniusNorm();
    assertEquals(
        directional(
            x -> FrechetDistance.of(zero, x.symmetricPart(), zero, second).squared(),
            first,
            e,
            1e-4),
        inner(at.ofFirst(), e),
        1e-7 * size);
    assertEquals(
        directional(
            x -> FrechetDistance.of(zero, first, zero, x.symmetricPart()).squared(),
            second,
            e,
            1e-4),
        inner(at.ofSecond(), e),
        1e-7 * size);
  }

  /** Fewer samples than variables: both covariances are singular. */
  @ParameterizedTest
  @CsvSource({"3, 3", "3, 5", "5, 3", "2, 9"})
  void ofFactors_singularCovariances_agreesWithCovariancesAndDifferences(int one, int other) {
    double[] firstMean = mean(40, 7);
    double[] secondMean = mean(41, 7);
    DenseMatrix first = gaussian(7, one, 42);
    DenseMatrix second = gaussian(7, other, 43);
    FrechetDistance factors = FrechetDistance.ofFactors(firstMean, first, secondMean, second);
    FrechetDistance covariances =
        FrechetDistance.of(firstMean, gram(first), secondMean, gram(second));
    assertEquals(factors.squared(), covariances.squared(), 1e-12 * factors.squared());
    assertArrayEquals(factors.ofSecondMean(), covariances.ofSecondMean());
    assertTrue(
        relativeDifference(factors.ofFirst(), covariances.ofFirst().times(first).times(2)) <= 1e-7);
    assertTrue(
        relativeDifference(factors.ofSecond(), covariances.ofSecond().times(second).times(2))
            <= 1e-7);
    DenseMatrix e = gaussian(7, one, 44);
    assertEquals(
        directional(
            x -> FrechetDistance.ofFactors(firstMean, x, secondMean, second).squared(),
            first,
            e,
            1e-4),
        inner(factors.ofFirst(), e),
        1e-7 * factors.ofFirst().frobeniusNorm());
    DenseMatrix h = gaussian(7, other, 45);
    assertEquals(
        directional(
            x -> FrechetDistance.ofFactors(firstMean, first, secondMean, x).squared(),
            second,
            h,
            1e-4),
        inner(factors.ofSecond(), h),
        1e-7 * factors.ofSecond().frobeniusNorm());
  }

  @Test
  void badArguments_areRefused() {
    double[] two = {0, 0};
    double[] three = {0, 0, 0};
    DenseMatrix identity = DenseMatrix.identity(2);
    assertRefused("secondMean", () -> FrechetDistance.of(two, identity, three, identity));
    assertRefused(
        "secondCovariance must be 2×2",
        () -> FrechetDistance.of(two, identity, two, DenseMatrix.identity(3)));
    assertRefused(
        "semidefinite", () -> FrechetDistance.of(two, DenseMatrix.diagonal(-1, 1), two, identity));
    assertRefused(
        "firstFactor must be 2×3",
        () -> FrechetDistance.ofFactors(two, gaussian(3, 3, 1), two, identity));
  }
}
