package eigengrad.props;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.ArrayArbitrary;

/** Generators of eigenvalues, ascending: what makes an eigenproblem hard is its spectrum. */
public final class Spectra {
  private static final int DECIMALS = 18;

  private Spectra() {}

  /**
   * Any spectrum of values in [−1, 1]: scattered, with ties, clusters, tiny values and zeros.
   *
   * @param minSize fewest values, ≥ 0
   * @param maxSize most values
   * @return a generator of ascending arrays
   */
  public static Arbitrary<double[]> hostile(int minSize, int maxSize) {
    Arbitrary<Double> scattered = doubles(-1, 1);
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
    return doubles(minRatio, maxRatio)
        .array(double[].class)
        .ofMinSize(minSize - 1)
        .ofMaxSize(maxSize - 1)
        .map(Spectra::fromRatios);
  }

  /**
   * Values of which some are exactly equal: a few distinct ones, each 1 to 4 times.
   *
   * @param maxDistinct most distinct values, ≥ 1
   * @return a generator of ascending arrays in [−1, 1], of at most four times as many values
   */
  public static Arbitrary<double[]> ties(int maxDistinct) {
    return repeated(scattered().ofMinSize(1).ofMaxSize(maxDistinct));
  }

  /**
   * Given values, each 1 to 4 times.
   *
   * @param distinct generator of values
   * @return a generator of ascending arrays
   */
  public static Arbitrary<double[]> repeated(Arbitrary<double[]> distinct) {
    return copies(distinct, (value, copy) -> value);
  }

  /**
   * Values in clusters: as {@link #ties}, but the members of a cluster differ by single ulps.
   *
   * @param maxDistinct most clusters, ≥ 1
   * @return a generator of ascending arrays in [−1, 1], of at most four times as many values
   */
  public static Arbitrary<double[]> clusters(int maxDistinct) {
    return copies(
        scattered().ofMinSize(1).ofMaxSize(maxDistinct),
        (value, copy) -> value + copy * Math.ulp(value));
  }

  /**
   * Scattered values, two of which differ by a chosen relative gap 2^−k, k = 0 … 53: where a solver
   * or a gradient decides between "equal" and "not equal", some k hits the decision.
   *
   * @param minSize fewest values, ≥ 2
   * @param maxSize most values
   * @return a generator of ascending arrays in [−2, 2]
   */
  public static Arbitrary<double[]> adversarialGaps(int minSize, int maxSize) {
    return Combinators.combine(
            scattered().ofMinSize(minSize - 1).ofMaxSize(maxSize - 1),
            Arbitraries.integers().between(0, 53))
        .as(
            (values, k) -> {
              double[] all = Arrays.copyOf(values, values.length + 1);
              all[values.length] = values[0] * (1 + Math.scalb(1.0, -k));
              return ascending(all);
            });
  }

  /**
   * Distinct values of either sign, for exact gradients: magnitudes as of {@link #geometric}, so
   * that no two are closer than their ratio allows.
   *
   * @param minSize fewest values, ≥ 1
   * @param maxSize most values
   * @param minRatio smallest ratio of neighbouring magnitudes, &gt; 0
   * @param maxRatio largest ratio, &lt; 1
   * @return a generator of ascending arrays in [−1, 1]
   */
  public static Arbitrary<double[]> separated(
      int minSize, int maxSize, double minRatio, double maxRatio) {
    return Combinators.combine(
            geometric(minSize, maxSize, minRatio, maxRatio),
            Arbitraries.of(0L, ~0L, 0x5555555555555555L, 0x3333333333333333L))
        .as(
            (values, signs) -> {
              double[] signed = values.clone();
              for (int j = 0; j < signed.length; j++) {
                signed[j] *= (signs >> j & 1) == 0 ? 1 : -1;
              }
              return ascending(signed);
            });
  }

  /**
   * Positive values, some of them equal, for functions of matrices.
   *
   * @param maxDistinct most distinct values, ≥ 1
   * @param smallest of all, &gt; 0
   * @param largest of all
   * @return a generator of ascending arrays, of at most four times as many values
   */
  public static Arbitrary<double[]> positive(int maxDistinct, double smallest, double largest) {
    return ties(maxDistinct)
        .map(
            values ->
                Arrays.stream(values)
                    .map(value -> smallest + (value + 1) / 2 * (largest - smallest))
                    .toArray());
  }

  private static ArrayArbitrary<Double, double[]> scattered() {
    return doubles(-1, 1).array(double[].class);
  }

  /** Doubles with all their digits; jqwik's own have two decimals. */
  private static Arbitrary<Double> doubles(double min, double max) {
    return Arbitraries.doubles().between(min, max).ofScale(DECIMALS);
  }

  /** The member of a cluster. */
  private interface Member {
    double of(double value, int copy);
  }

  private static Arbitrary<double[]> copies(Arbitrary<double[]> distinct, Member member) {
    return distinct.flatMap(
        values ->
            Arbitraries.integers()
                .between(1, 4)
                .list()
                .ofSize(values.length)
                .map(counts -> copies(values, counts, member)));
  }

  private static double[] copies(double[] values, List<Integer> counts, Member member) {
    return ascending(
        IntStream.range(0, values.length)
            .boxed()
            .flatMapToDouble(
                j ->
                    IntStream.range(0, counts.get(j))
                        .mapToDouble(copy -> member.of(values[j], copy)))
            .toArray());
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
