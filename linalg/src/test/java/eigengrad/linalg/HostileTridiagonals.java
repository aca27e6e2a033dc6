package eigengrad.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Tridiagonal matrices that have been hard for solvers, rebuilt from their published rules. */
final class HostileTridiagonals {
  private HostileTridiagonals() {}

  /**
   * A symmetric tridiagonal matrix.
   *
   * @param d n diagonal elements
   * @param e n − 1 off-diagonal elements
   */
  record Tridiagonal(double[] d, double[] e) {
    static Tridiagonal of(int n, IntToDoubleFunction d, IntToDoubleFunction e) {
      return new Tridiagonal(
          HostileMatrices.values(n, d), HostileMatrices.values(Math.max(n - 1, 0), e));
    }

    DenseMatrix dense() {
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

  /** All families at one order. */
  static Map<String, Tridiagonal> all(int n) {
    Map<String, Tridiagonal> all = new LinkedHashMap<>();
    all.put("(2; 1)", Tridiagonal.of(n, i -> 2, i -> 1));
    all.put("Wilkinson", wilkinson(n));
    all.put("Clement", Tridiagonal.of(n, i -> 0, i -> Math.sqrt((i + 1.0) * (n - 1 - i))));
    all.put(
        "Legendre",
        Tridiagonal.of(n, i -> 0, i -> (i + 1) / Math.sqrt((2 * i + 1.0) * (2 * i + 3.0))));
    all.put("Laguerre", Tridiagonal.of(n, i -> 2 * i + 1, i -> i + 1));
    all.put("Hermite", Tridiagonal.of(n, i -> 0, i -> Math.sqrt(i + 1)));
    all.put("equal, uncoupled", Tridiagonal.of(n, i -> 3, i -> 0));
    all.put("equal, coupled by rounding", Tridiagonal.of(n, i -> 1, i -> 0x1p-52));
    all.put("equal, coupled once", Tridiagonal.of(n, i -> 1, i -> i == n / 2 ? 1 : 0));
    all.put("negative couplings", Tridiagonal.of(n, i -> i % 3, i -> -0.5));
    all.put(
        "graded down",
        Tridiagonal.of(n, i -> Math.pow(2, -20.0 * i), i -> Math.pow(2, -20.0 * i - 10)));
    all.put(
        "graded up",
        Tridiagonal.of(n, i -> Math.pow(2, 900.0 * i / n), i -> Math.pow(2, 900.0 * i / n)));
    all.put("huge", Tridiagonal.of(n, i -> Double.MAX_VALUE / 4, i -> Double.MAX_VALUE / 8));
    all.put("tiny", Tridiagonal.of(n, i -> 0x1p-1000, i -> 3 * 0x1p-1000));
    return all;
  }

  /** Copies of Wilkinson's 21×21 matrix, coupled by 10^k, k = −14 … 0. */
  static Map<String, Tridiagonal> glued(int copies) {
    Map<String, Tridiagonal> all = new LinkedHashMap<>();
    for (int k = -14; k <= 0; k++) {
      double glue = Math.pow(10, k);
      List<Tridiagonal> blocks = new ArrayList<>();
      for (int copy = 0; copy < copies; copy++) {
        blocks.add(wilkinson(21));
      }
      all.put("Wilkinson, glued by 1e" + k, glue(blocks, glue));
    }
    return all;
  }

  private static Tridiagonal wilkinson(int n) {
    return Tridiagonal.of(n, i -> Math.abs(i - (n - 1) / 2.0), i -> 1);
  }

  private static Tridiagonal glue(List<Tridiagonal> blocks, double coupling) {
    int n = blocks.stream().mapToInt(block -> block.d.length).sum();
    double[] d = new double[n];
    double[] e = new double[n - 1];
    Arrays.fill(e, coupling);
    int at = 0;
    for (Tridiagonal block : blocks) {
      System.arraycopy(block.d, 0, d, at, block.d.length);
      System.arraycopy(block.e, 0, e, at, block.e.length);
      at += block.d.length;
    }
    return new Tridiagonal(d, e);
  }
}
