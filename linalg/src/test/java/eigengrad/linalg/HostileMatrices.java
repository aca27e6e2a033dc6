package eigengrad.linalg;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The dense matrices of LAPACK's symmetric test suite and the prescribed spectra of the
 * STCollection, rebuilt from their published rules, by name.
 */
final class HostileMatrices {
  private static final double ULP = 0x1p-52;
  private static final double COND = 1 / ULP;

  private HostileMatrices() {}

  /** All families at one order. */
  static Map<String, DenseMatrix> all(int n) {
    Map<String, DenseMatrix> matrices = new LinkedHashMap<>();
    double big = Math.sqrt(Double.MAX_VALUE * ULP / Math.max(n, 1));
    double small = Math.sqrt(Double.MIN_NORMAL * Math.max(n, 1) / ULP);
    matrices.put("zero", DenseMatrix.wrap(n, n, new double[n * n]));
    matrices.put("identity", DenseMatrix.identity(n));
    for (int mode : new int[] {4, 3, 1}) {
      double[] spectrum = signed(mode(n, mode, COND), 7L * n + mode);
      matrices.put("diagonal, mode " + mode, DenseMatrix.diagonal(spectrum));
      DenseMatrix dense = TestMatrices.withSpectrum(spectrum, 3L * n + mode);
      matrices.put("dense, mode " + mode, dense);
      matrices.put("dense, mode " + mode + ", big", dense.times(big));
      matrices.put("dense, mode " + mode + ", small", dense.times(small));
      double[] positive = mode(n, mode, 1 / (10 * Math.max(n, 1) * ULP));
      matrices.put(
          "positive definite, mode " + mode, TestMatrices.withSpectrum(positive, 5L * n + mode));
    }
    DenseMatrix uniform = TestMatrices.uniform(n, 11L * n);
    matrices.put("uniform", uniform);
    matrices.put("uniform, big", uniform.times(big));
    matrices.put("uniform, small", uniform.times(small));
    for (int width : new int[] {1, 3, n / 2}) {
      matrices.put("banded " + width, banded(uniform, width));
    }
    prescribed(n)
        .forEach(
            (name, spectrum) ->
                matrices.put("spectrum " + name, TestMatrices.withSpectrum(spectrum, 13L * n)));
    for (int rank : new int[] {1, n - 1}) {
      double[] spectrum = values(n, i -> i < rank ? 1 + i : 0);
      matrices.put("rank " + rank, TestMatrices.withSpectrum(spectrum, 17L * n + rank));
    }
    matrices.put("scaled by 2^500", uniform.times(0x1p500));
    matrices.put("scaled by 2^-500", uniform.times(0x1p-500));
    return matrices;
  }

  /** LAPACK's spectrum modes. */
  private static double[] mode(int n, int mode, double cond) {
    return switch (mode) {
      case 1 -> values(n, i -> i == 0 ? 1 : 1 / cond);
      case 3 -> values(n, i -> n == 1 ? 1 : Math.pow(cond, -i / (n - 1.0)));
      case 4 -> values(n, i -> n == 1 ? 1 : 1 - i / (n - 1.0) * (1 - 1 / cond));
      default -> throw new IllegalArgumentException("mode " + mode);
    };
  }

  /** The STCollection's prescribed spectra, each also reversed and with random signs. */
  private static Map<String, double[]> prescribed(int n) {
    Map<String, double[]> spectra = new LinkedHashMap<>();
    RandomGenerator random = TestMatrices.random(19L * n);
    for (double cond : new double[] {Math.sqrt(COND), COND}) {
      String suffix = cond == COND ? "" : ", moderate";
      spectra.put("all 1 but one" + suffix, values(n, i -> i == n - 1 ? 1 / cond : 1));
      spectra.put(
          "log-uniform" + suffix, values(n, i -> Math.exp(-random.nextDouble() * Math.log(cond))));
    }
    spectra.put("random", values(n, i -> random.nextDouble()));
    spectra.put("multiples of an ulp", values(n, i -> i == n - 1 ? 1 : (i + 1) * ULP));
    spectra.put(
        "tiny, steps of the root of an ulp, two",
        values(n, i -> i == 0 ? ULP : i == n - 1 ? 2 : 1 + i * Math.sqrt(ULP)));
    spectra.put("steps of 100 ulps", values(n, i -> 1 + 100 * i * ULP));
    Map<String, double[]> all = new LinkedHashMap<>();
    spectra.forEach(
        (name, spectrum) -> {
          all.put(name, spectrum);
          all.put(name + ", reversed", values(n, i -> spectrum[n - 1 - i]));
          all.put(name + ", signed", signed(spectrum, 23L * n));
        });
    return all;
  }

  private static DenseMatrix banded(DenseMatrix matrix, int width) {
    int n = matrix.rows();
    double[] a = matrix.toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        if (Math.abs(i - j) > width) {
          a[i + j * n] = 0;
        }
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }

  private static double[] signed(double[] values, long seed) {
    RandomGenerator random = TestMatrices.random(seed);
    return values(values.length, i -> random.nextBoolean() ? values[i] : -values[i]);
  }

  static double[] values(int n, IntToDoubleFunction value) {
    return IntStream.range(0, n).mapToDouble(value).toArray();
  }
}
