package eigengrad.props;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Generators of eigenvalues, ascending: what makes an eigenproblem hard is its spectrum. */
public final class Spectra {
  private Spectra() {}

  /**
   * Any spectrum of values in [−1, 1]: scattered, with ties, clusters, tiny values and zeros.
   *
   * @param minSize fewest values, ≥ 0
   * @param maxSize most values
   * @return a generator of ascending arrays
   */
  public static Arbitrary<double[]> hostile(int minSize, int maxSize) {
    Arbitrary<Double> scattered = Arbitraries.doubles().between(-1, 1);
    Arbitrary<Double> tiny =
        Arbitraries.integers().between(-60, 0).map(exponent -> Math.scalb(1.0, exponent));
    Arbitrary<Double> few = Arbitraries.of(0.0, 1.0, -1.0, 0.5);
    Arbitrary<Double> nearOne =
        Arbitraries.integers().between(0, 40).map(ulps -> 1 - ulps * 0x1p-53);
    return Arbitraries.oneOf(scattered, tiny, few, nearOne)
        .array(double[].class)
        .ofMinSize(minSize)
        .ofMaxSize(maxSize)
        .map(Spectra::ascending);
  }

  /**
   * Positive values whose neighbours differ by a ratio in a range: λⱼ₋₁/λⱼ between the two bounds,
   * largest value 1.
   *
   * @param minSize fewest values, ≥ 1
   * @param maxSize most values
   * @param minRatio smallest ratio, &gt; 0
   * @param maxRatio largest ratio, &lt; 1 for distinct values
   * @return a generator of ascending arrays
   */
  public static Arbitrary<double[]> geometric(
      int minSize, int maxSize, double minRatio, double maxRatio) {
    return Arbitraries.doubles()
        .between(minRatio, maxRatio)
        .array(double[].class)
        .ofMinSize(minSize - 1)
        .ofMaxSize(maxSize - 1)
        .map(Spectra::fromRatios);
  }

  private static double[] ascending(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double[] fromRatios(double[] ratios) {
    double[] values = new double[ratios.length + 1];
    values[ratios.length] = 1;
    for (int j = ratios.length - 1; j >= 0; j--) {
      values[j] = values[j + 1] * ratios[j];
    }
    return values;
  }
}
