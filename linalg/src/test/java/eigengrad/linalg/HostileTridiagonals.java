package eigengrad.linalg;

import static eigengrad.linalg.SpectralAccuracy.ULP;

import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.eigen.tridiagonal.Tridiagonalizer;
import eigengrad.linalg.internal.support.Crew;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** Tridiagonal matrices that have been hard for solvers, rebuilt from their published rules. */
public final class HostileTridiagonals {
  private HostileTridiagonals() {}

  /**
   * A symmetric tridiagonal matrix.
   *
   * @param d n diagonal elements
   * @param e n − 1 off-diagonal elements
   */
  public record Tridiagonal(double[] d, double[] e) {
    static Tridiagonal of(int n, IntToDoubleFunction d, IntToDoubleFunction e) {
      return new Tridiagonal(
          PrescribedSpectra.values(n, d), PrescribedSpectra.values(Math.max(n - 1, 0), e));
    }

    static Tridiagonal reducedFrom(DenseMatrix matrix) {
      int n = matrix.rows();
      Tridiagonalizer reduction = new Tridiagonalizer();
      reduction.reduce(n, matrix.toArray(), 0, Crew.alone());
      TridiagonalMatrix reduced = reduction.tridiagonal();
      return new Tridiagonal(
          Arrays.copyOf(reduced.diagonal(), n),
          Arrays.copyOf(reduced.offDiagonal(), Math.max(n - 1, 0)));
    }

    Tridiagonal times(double factor) {
      return of(d.length, i -> d[i] * factor, i -> e[i] * factor);
    }

    public DenseMatrix dense() {
      int n = d.length;
      double[] a = new double[n * n];
      for (int i = 0; i < n; i++) {
        a[i + i * n] = d[i];
        if (i + 1 < n) {
          a[i + 1 + i * n] = e[i];
          a[i + (i + 1) * n] = e[i];
        }
      }
      return DenseMatrix.wrap(n, n, a);
    }
  }

  /** Those of any order, each named "family, variant". */
  static Map<String, Tridiagonal> all(int n, long seed) {
    Map<String, Tridiagonal> all = new LinkedHashMap<>();
    addClassic(all, n);
    addCouplings(all, n);
    addExtremes(all, n);
    RandomGenerator random = TestMatrices.random(seed);
    Tridiagonal wilkinson = wilkinson(n);
    all.put(
        "Wilkinson, random signs",
        Tridiagonal.of(n, i -> wilkinson.d[i], i -> random.nextBoolean() ? 1 : -1));
    all.put(
        "random tridiagonal",
        Tridiagonal.of(n, i -> random.nextDouble(-1, 1), i -> random.nextDouble(-1, 1)));
    all.put("positive definite tridiagonal", clippedPositiveDefinite(n, seed));
    return all;
  }

  private static void addClassic(Map<String, Tridiagonal> all, int n) {
    all.put("(2; 1)", Tridiagonal.of(n, i -> 2, i -> 1));
    all.put("Wilkinson", wilkinson(n));
    all.put("Wilkinson, times 2^500", wilkinson(n).times(0x1p500));
    all.put("Wilkinson, times 2^-500", wilkinson(n).times(0x1p-500));
    all.put("Clement", Tridiagonal.of(n, i -> 0, i -> Math.sqrt((i + 1.0) * (n - 1 - i))));
    all.put(
        "Legendre",
        Tridiagonal.of(n, i -> 0, i -> (i + 1) / Math.sqrt((2 * i + 1.0) * (2 * i + 3.0))));
    all.put("Laguerre", Tridiagonal.of(n, i -> 2 * i + 1, i -> i + 1));
    all.put("Hermite", Tridiagonal.of(n, i -> 0, i -> Math.sqrt(i + 1)));
  }

  private static void addCouplings(Map<String, Tridiagonal> all, int n) {
    all.put("equal, uncoupled", Tridiagonal.of(n, i -> 3, i -> 0));
    all.put("equal, coupled by 1e-200", Tridiagonal.of(n, i -> 1, i -> 1e-200));
    all.put("equal, coupled by an ulp", Tridiagonal.of(n, i -> 1, i -> ULP));
    all.put("equal, coupled by 7.2e-16", Tridiagonal.of(n, i -> 1 + ULP, i -> 7.2e-16));
    all.put("equal, coupled once", Tridiagonal.of(n, i -> 1, i -> i == n / 2 ? 1 : 0));
    all.put("negative couplings, -0.5", Tridiagonal.of(n, i -> i % 3, i -> -0.5));
    all.put("negative couplings, -1", Tridiagonal.of(n, i -> i, i -> -1));
  }

  private static void addExtremes(Map<String, Tridiagonal> all, int n) {
    all.put(
        "graded, down",
        Tridiagonal.of(n, i -> Math.pow(2, -20.0 * i), i -> Math.pow(2, -20.0 * i - 10)));
    all.put(
        "graded, up",
        Tridiagonal.of(n, i -> Math.pow(2, 900.0 * i / n), i -> Math.pow(2, 900.0 * i / n)));
    all.put(
        "extreme scale, huge",
        Tridiagonal.of(n, i -> Double.MAX_VALUE / 4, i -> Double.MAX_VALUE / 8));
    all.put("extreme scale, tiny", Tridiagonal.of(n, i -> 0x1p-1000, i -> 3 * 0x1p-1000));
    all.put(
        "subnormal elements, couplings", Tridiagonal.of(n, i -> i % 2, i -> 3 * Double.MIN_VALUE));
    all.put("subnormal elements, diagonal", Tridiagonal.of(n, i -> i * Double.MIN_VALUE, i -> 1));
    all.put(
        "subnormal elements, every other coupling",
        Tridiagonal.of(n, i -> 1, i -> i % 2 == 0 ? 1 : 5 * Double.MIN_VALUE));
  }

  /** Copies of Wilkinson's 21×21 matrix, coupled by 10^k, k = −14 … 0. */
  static Map<String, Tridiagonal> gluedWilkinson(int copies) {
    Map<String, Tridiagonal> all = new LinkedHashMap<>();
    for (int k = -14; k <= 0; k++) {
      all.put("glued Wilkinson, by 1e" + k, glued(wilkinson(21), copies, Math.pow(10, k)));
    }
    return all;
  }

  /** Copies of one block, all coupled alike. */
  static Tridiagonal glued(Tridiagonal block, int copies, double coupling) {
    return glue(Collections.nCopies(copies, block), join -> coupling);
  }

  /** Wilkinson's matrix between two of a prescribed spectrum, coupled by 1e-4 and 2e-4. */
  static Map<String, Tridiagonal> mixedGlue(long seed) {
    Map<String, Tridiagonal> all = new LinkedHashMap<>();
    DenseMatrix orthogonal = TestMatrices.orthogonal(50, seed);
    PrescribedSpectra.all(50, seed)
        .forEach(
            (name, spectrum) -> {
              Tridiagonal end =
                  Tridiagonal.reducedFrom(
                      TestMatrices.similar(orthogonal, DenseMatrix.diagonal(spectrum)));
              all.put(
                  "mixed glue, " + name,
                  glue(List.of(end, wilkinson(100), end), join -> (join + 1) * 1e-4));
            });
    return all;
  }

  static Tridiagonal wilkinson(int n) {
    return Tridiagonal.of(n, i -> Math.abs(i - (n - 1) / 2.0), i -> 1);
  }

  /** LAPACK's last type: a reduced positive definite matrix whose couplings are cut back. */
  private static Tridiagonal clippedPositiveDefinite(int n, long seed) {
    double[] spectrum = PrescribedSpectra.mode(n, 3, 1 / (10 * Math.max(n, 1) * ULP));
    Tridiagonal t = Tridiagonal.reducedFrom(TestMatrices.withSpectrum(spectrum, seed));
    double[] d = t.d;
    return Tridiagonal.of(
        n, i -> d[i], i -> Math.min(Math.abs(t.e[i]), Math.sqrt(Math.abs(d[i] * d[i + 1])) / 2));
  }

  private static Tridiagonal glue(List<Tridiagonal> blocks, IntToDoubleFunction coupling) {
    List<Double> d = new ArrayList<>();
    List<Double> e = new ArrayList<>();
    for (int block = 0; block < blocks.size(); block++) {
      if (block > 0) {
        e.add(coupling.applyAsDouble(block - 1));
      }
      for (double element : blocks.get(block).d) {
        d.add(element);
      }
      for (double element : blocks.get(block).e) {
        e.add(element);
      }
    }
    return Tridiagonal.of(d.size(), d::get, e::get);
  }
}
