package eigengrad.linalg;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** Rectangular matrices that singular value decompositions have failed on, from a seed. */
final class RectangularMatrices {
  /**
   * Of residual and orthogonality, relative to max(m, n)·2⁻⁵²: LAPACK's test suite passes at 50,
   * and at 30 no error grows faster than the sizes.
   */
  static final double RATIO_LIMIT = 30;

  private RectangularMatrices() {}

  /** One of {@link #all}. */
  static DenseMatrix named(String name, int m, int n, long seed) {
    return Objects.requireNonNull(all(m, n, seed).get(name), name);
  }

  /** Elements uniform in (−1, 1). */
  static DenseMatrix uniform(int m, int n, long seed) {
    return DenseMatrix.wrap(m, n, TestMatrices.random(seed).doubles((long) m * n, -1, 1).toArray());
  }

  static Map<String, DenseMatrix> all(int m, int n, long seed) {
    int k = Math.min(m, n);
    Map<String, DenseMatrix> table = new LinkedHashMap<>();
    DenseMatrix uniform = uniform(m, n, seed);
    table.put("uniform", uniform);
    table.put("zero", uniform.times(0));
    table.put("near overflow", uniform.times(0x1p1015));
    table.put("half subnormal", uniform.times(0x1p-1021));
    table.put("Kahan", ofElements(m, n, RectangularMatrices::kahan));
    table.put("Hilbert", ofElements(m, n, (i, j) -> 1.0 / (i + j + 1)));
    table.put("ones", ofElements(m, n, (i, j) -> 1));
    table.put("zero rows", ofElements(m, n, (i, j) -> i % 3 == 1 ? 0 : uniform.get(i, j)));
    table.put("zero columns", ofElements(m, n, (i, j) -> j % 3 != 1 ? 0 : uniform.get(i, j)));
    table.put("rows graded", ofElements(m, n, (i, j) -> uniform.get(i, j) * graded(i, m)));
    table.put("columns graded", ofElements(m, n, (i, j) -> uniform.get(i, j) * graded(j, n)));
    table.put(
        "columns graded up", ofElements(m, n, (i, j) -> uniform.get(i, j) * graded(n - 1 - j, n)));
    table.put("upper bidiagonal", ofElements(m, n, (i, j) -> j == i || j == i + 1 ? 1 : 0));
    table.put("all equal", withValues(m, n, j -> 1, seed));
    table.put("two clusters", twoClusters(m, n, seed));
    table.put("one large", withValues(m, n, j -> j == 0 ? 1 : 1e-16, seed));
    table.put("one small", withValues(m, n, j -> j == k - 1 ? 1e-16 : 1, seed));
    table.put("geometric", withValues(m, n, j -> Math.pow(1e-16, (double) j / k), seed));
    table.put("rank deficient", rankDeficient(m, n, seed));
    return table;
  }

  private static DenseMatrix twoClusters(int m, int n, long seed) {
    return withValues(m, n, j -> j < Math.min(m, n) / 2 ? 1 : 1e-8, seed);
  }

  /** Half of the singular values are 0, up to rounding. */
  private static DenseMatrix rankDeficient(int m, int n, long seed) {
    return withValues(m, n, j -> j < Math.min(m, n) / 2 ? 1 + j : 0, seed);
  }

  /** An element, given its row and column. */
  interface Element {
    double of(int i, int j);
  }

  static DenseMatrix ofElements(int m, int n, Element element) {
    double[] a = new double[m * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        a[i + j * m] = element.of(i, j);
      }
    }
    return DenseMatrix.wrap(m, n, a);
  }

  /** Kahan's triangle, whose smallest singular value no diagonal element tells. */
  private static double kahan(int i, int j) {
    double power = Math.pow(Math.sin(1.2), i);
    return i > j ? 0 : i == j ? power : -power * Math.cos(1.2);
  }

  /** From 1e300 down to 1e−300. */
  private static double graded(int i, int count) {
    return Math.pow(10, 300 - 600.0 * i / Math.max(count - 1, 1));
  }

  /** UΣVᵀ for random U and V. */
  private static DenseMatrix withValues(int m, int n, IntToDoubleFunction values, long seed) {
    double[] a = new double[m * n];
    for (int j = 0; j < Math.min(m, n); j++) {
      a[j + j * m] = values.applyAsDouble(j);
    }
    RandomGenerator random = TestMatrices.random(seed + 1);
    for (int count = 0; count < 4; count++) {
      reflect(m, n, 1, m, random.doubles(m, -1, 1).toArray(), a);
      reflect(n, m, m, 1, random.doubles(n, -1, 1).toArray(), a);
    }
    return DenseMatrix.wrap(m, n, a);
  }

  /** Applies I − 2vvᵀ/vᵀv to so many vectors of some length, given by their strides. */
  private static void reflect(
      int length, int vectors, int stride, int next, double[] v, double[] a) {
    double square = 0;
    for (double element : v) {
      square += element * element;
    }
    for (int j = 0; j < vectors; j++) {
      double product = 0;
      for (int i = 0; i < length; i++) {
        product += v[i] * a[j * next + i * stride];
      }
      for (int i = 0; i < length; i++) {
        a[j * next + i * stride] -= 2 * product / square * v[i];
      }
    }
  }
}
