package eigengrad.linalg;

import static eigengrad.linalg.SpectralAccuracy.ULP;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Eigenvalues that make an eigenproblem hard, by name: LAPACK's modes and the STCollection's. */
final class PrescribedSpectra {
  private static final double COND = 1 / ULP;

  private PrescribedSpectra() {}

  /**
   * LAPACK's spectrum modes.
   *
   * @param mode 1: one 1, the others 1/cond; 3: geometric; 4: arithmetic
   */
  static double[] mode(int n, int mode, double cond) {
    return switch (mode) {
      case 1 -> values(n, i -> i == 0 ? 1 : 1 / cond);
      case 3 -> values(n, i -> n == 1 ? 1 : Math.pow(cond, -i / (n - 1.0)));
      case 4 -> values(n, i -> n == 1 ? 1 : 1 - i / (n - 1.0) * (1 - 1 / cond));
      default -> throw new IllegalArgumentException("mode " + mode);
    };
  }

  static double[] allOneButOne(int n, double cond) {
    return values(n, i -> i == n - 1 ? 1 / cond : 1);
  }

  /** The STCollection's spectra, each as it is, reversed, and both with random signs. */
  static Map<String, double[]> all(int n, long seed) {
    Map<String, double[]> spectra = new LinkedHashMap<>();
    RandomGenerator random = TestMatrices.random(seed);
    for (double cond : new double[] {COND, Math.sqrt(COND)}) {
      String suffix = cond == COND ? "" : ", moderate";
      spectra.put("all 1 but one" + suffix, allOneButOne(n, cond));
      spectra.put(
          "log-uniform" + suffix, values(n, i -> Math.exp(-random.nextDouble() * Math.log(cond))));
    }
    spectra.put("random", values(n, i -> random.nextDouble()));
    spectra.put("multiples of an ulp", values(n, i -> i == n - 1 ? 1 : (i + 1) * ULP));
    spectra.put(
        "steps of the root of an ulp",
        values(n, i -> i == 0 ? ULP : i == n - 1 ? 2 : 1 + i * Math.sqrt(ULP)));
    spectra.put("steps of 100 ulps", values(n, i -> 1 + 100 * i * ULP));
    Map<String, double[]> all = new LinkedHashMap<>();
    spectra.forEach(
        (name, spectrum) -> {
          double[] reversed = values(n, i -> spectrum[n - 1 - i]);
          all.put(name, spectrum);
          all.put(name + ", reversed", reversed);
          all.put(name + ", signed", signed(spectrum, seed));
          all.put(name + ", reversed, signed", signed(reversed, seed));
        });
    return all;
  }

  /** With random signs, each as likely as the other. */
  static double[] signed(double[] values, long seed) {
    RandomGenerator random = TestMatrices.random(seed);
    return values(values.length, i -> random.nextBoolean() ? values[i] : -values[i]);
  }

  static double[] values(int n, IntToDoubleFunction value) {
    return IntStream.range(0, n).mapToDouble(value).toArray();
  }
}
