package eigengrad.linalg;

import static eigengrad.linalg.PrescribedSpectra.mode;
import static eigengrad.linalg.PrescribedSpectra.signed;
import static eigengrad.linalg.SpectralAccuracy.ULP;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The dense matrices of LAPACK's symmetric test suite, the prescribed spectra of the STCollection,
 * low ranks and extreme scales, rebuilt from their published rules at one order.
 */
final class HostileMatrices {
  private final int n;
  private final long seed;
  private final double big;
  private final double small;
  private final DenseMatrix orthogonal;
  private final Map<String, Supplier<DenseMatrix>> all = new LinkedHashMap<>();

  private HostileMatrices(int n, long seed) {
    this.n = n;
    this.seed = seed;
    this.big = Math.sqrt(Double.MAX_VALUE * ULP / Math.max(n, 1));
    this.small = Math.sqrt(Double.MIN_NORMAL * Math.max(n, 1) / ULP);
    this.orthogonal = TestMatrices.orthogonal(n, seed);
  }

  /** Each named "family, variant" and made when asked for; all share one orthogonal matrix. */
  static Map<String, Supplier<DenseMatrix>> all(int n, long seed) {
    HostileMatrices matrices = new HostileMatrices(n, seed);
    matrices.addLapackTypes();
    matrices.addUniform();
    matrices.addSpectra();
    return matrices.all;
  }

  private void addLapackTypes() {
    all.put("zero", () -> DenseMatrix.wrap(n, n, new double[n * n]));
    all.put("identity", () -> DenseMatrix.identity(n));
    for (int mode : new int[] {4, 3, 1}) {
      double[] spectrum = signed(mode(n, mode, 1 / ULP), seed);
      add("diagonal mode " + mode, DenseMatrix.diagonal(spectrum));
      addSimilar("UDUᵀ mode " + mode, spectrum);
      addSimilar("positive definite mode " + mode, mode(n, mode, 1 / (10 * Math.max(n, 1) * ULP)));
    }
  }

  private void addUniform() {
    DenseMatrix uniform = TestMatrices.uniform(n, seed);
    add("uniform", uniform);
    all.put("uniform, times 2^500", () -> uniform.times(0x1p500));
    all.put("uniform, times 2^-500", () -> uniform.times(0x1p-500));
    all.put("uniform, half of it subnormal", () -> halfSubnormal(uniform));
    for (int width : new int[] {1, 3, n / 2}) {
      add("banded, width " + width, banded(uniform, width));
    }
  }

  private void addSpectra() {
    PrescribedSpectra.all(n, seed).forEach((name, spectrum) -> put("spectrum " + name, spectrum));
    put("low rank, 1", PrescribedSpectra.values(n, i -> i < 1 ? 1 : 0));
    put("low rank, n − 1", PrescribedSpectra.values(n, i -> i < n - 1 ? 1 + i : 0));
  }

  private void add(String name, DenseMatrix matrix) {
    all.put(name, () -> matrix);
    all.put(name + ", big", () -> matrix.times(big));
    all.put(name + ", small", () -> matrix.times(small));
  }

  private void addSimilar(String name, double[] spectrum) {
    put(name, spectrum);
    put(name + ", big", PrescribedSpectra.values(n, i -> spectrum[i] * big));
    put(name + ", small", PrescribedSpectra.values(n, i -> spectrum[i] * small));
  }

  private void put(String name, double[] spectrum) {
    all.put(name, () -> TestMatrices.similar(orthogonal, DenseMatrix.diagonal(spectrum)));
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

  private static DenseMatrix halfSubnormal(DenseMatrix matrix) {
    int n = matrix.rows();
    double[] a = matrix.toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        if ((i + j) % 2 == 1) {
          a[i + j * n] *= 0x1p-1060;
        }
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }
}
