package eigengrad.props;

import static eigengrad.linalg.SpectralAccuracy.ULP;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Eigenvalues that make an eigenproblem hard, by name: LAPACK's modes and the STCollection's.
 *
 * <p>Source: J. W. Demmel, O. A. Marques, B. N. Parlett and C. Vömel, <i>Performance and accuracy
 * of LAPACK's symmetric tridiagonal eigensolvers</i>, 2008; LAPACK's test generator {@code dlatms}.
 */
final class PrescribedSpectra {
  private static final double COND = 1 / ULP;

  private PrescribedSpectra() {}

  /** LAPACK's spectrum modes. */
  enum Mode {
    /** From 1 to 1/cond in equal steps. */
    ARITHMETIC {
      @Override
      double value(int i, int n, double cond) {
        return n == 1 ? 1 : 1 - i / (n - 1.0) * (1 - 1 / cond);
      }
    },
    /** From 1 to 1/cond by equal ratios. */
    GEOMETRIC {
      @Override
      double value(int i, int n, double cond) {
        return n == 1 ? 1 : Math.pow(cond, -i / (n - 1.0));
      }
    },
    /** One 1, the others 1/cond. */
    ONE_LARGE {
      @Override
      double value(int i, int n, double cond) {
        return i == 0 ? 1 : 1 / cond;
      }
    };

    abstract double value(int i, int n, double cond);

    double[] values(int n, double cond) {
      return array(n, i -> value(i, n, cond));
    }

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** The STCollection's spectra, each as it is, reversed, and both with random signs. */
  static Map<String, double[]> stCollection(int n, long seed) {
    Map<String, double[]> all = new LinkedHashMap<>();
    unsigned(n, seed)
        .forEach(
            (name, spectrum) -> {
              double[] reversed = array(n, i -> spectrum[n - 1 - i]);
              all.put(name, spectrum);
              all.put(name + ", reversed", reversed);
              all.put(name + ", signed", signed(spectrum, seed));
              all.put(name + ", reversed, signed", signed(reversed, seed));
            });
    return all;
  }

  private static Map<String, double[]> unsigned(int n, long seed) {
    Map<String, double[]> spectra = new LinkedHashMap<>();
    RandomGenerator random = SymmetricMatrices.random(seed);
    for (double cond : new double[] {COND, Math.sqrt(COND)}) {
      String suffix = cond == COND ? "" : ", moderate";
      spectra.put("all 1 but one" + suffix, array(n, i -> i == n - 1 ? 1 / cond : 1));
      spectra.put(
          "log-uniform" + suffix, array(n, i -> Math.exp(-random.nextDouble() * Math.log(cond))));
    }
    spectra.put("uniform values", array(n, i -> random.nextDouble()));
    spectra.put("multiples of an ulp", array(n, i -> i == n - 1 ? 1 : (i + 1) * ULP));
    spectra.put(
        "steps of the root of an ulp",
        array(n, i -> i == 0 ? ULP : i == n - 1 ? 2 : 1 + i * Math.sqrt(ULP)));
    spectra.put("steps of 100 ulps", array(n, i -> 1 + 100 * i * ULP));
    return spectra;
  }

  /** With random signs, each as likely as the other. */
  static double[] signed(double[] values, long seed) {
    RandomGenerator random = SymmetricMatrices.random(seed);
    return array(values.length, i -> random.nextBoolean() ? values[i] : -values[i]);
  }

  static double[] array(int n, IntToDoubleFunction value) {
    return IntStream.range(0, n).mapToDouble(value).toArray();
  }
}
