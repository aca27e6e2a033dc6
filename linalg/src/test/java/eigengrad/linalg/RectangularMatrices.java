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

  private static final double ULP = 0x1p-52;

  private RectangularMatrices() {}

  /** One of {@link #all}. */
  static DenseMatrix named(String name, int m, int n, long seed) {
    return Objects.requireNonNull(all(m, n, seed).get(name), name);
  }

  /** Elements uniform in (−1, 1). */
  static DenseMatrix uniform(int m, int n, long seed) {
    return DenseMatrix.wrap(m, n, TestMatrices.random(seed).doubles((long) m * n, -1, 1).toArray());
  }

  /**
   * All of one shape, by name: of LAPACK's test programs {@code dchkbd} and {@code ddrvbd}, and of
   * others.
   */
  static Map<String, DenseMatrix> all(int m, int n, long seed) {
    Map<String, DenseMatrix> table = new LinkedHashMap<>();
    DenseMatrix uniform = uniform(m, n, seed);
    table.put("uniform", uniform);
    table.put("zero", uniform.times(0));
    table.put("ones", ofElements(m, n, (i, j) -> 1));
    table.put("Kahan", ofElements(m, n, RectangularMatrices::kahan));
    table.put("Hilbert", ofElements(m, n, (i, j) -> 1.0 / (i + j + 1)));
    putScaled(table, m, n, uniform);
    putSparse(table, m, n, uniform, seed);
    putSpectra(table, m, n, seed);
    return table;
  }

  private static void putScaled(Map<String, DenseMatrix> table, int m, int n, DenseMatrix uniform) {
    table.put("near overflow", uniform.times(0x1p1015));
    table.put("half subnormal", uniform.times(0x1p-1021));
    table.put("all subnormal", uniform.times(0x1p-1024));
    table.put("rows graded", scaled(uniform, (i, j) -> graded(i, m)));
    table.put("columns graded", scaled(uniform, (i, j) -> graded(j, n)));
    table.put("columns graded up", scaled(uniform, (i, j) -> graded(n - 1 - j, n)));
    table.put("rows 2⁻⁶⁰ apart", scaled(uniform, (i, j) -> Math.scalb(1.0, -60 * i)));
    table.put(
        "columns of seven scales", scaled(uniform, (i, j) -> Math.scalb(1.0, 60 * (j % 7) - 200)));
    table.put("columns of four scales", scaled(uniform, (i, j) -> Math.scalb(1.0, -250 * (j % 4))));
  }

  private static void putSparse(
      Map<String, DenseMatrix> table, int m, int n, DenseMatrix uniform, long seed) {
    int k = Math.min(m, n);
    table.put("identity", ofElements(m, n, (i, j) -> i == j ? 1 : 0));
    table.put("diagonal even", ofElements(m, n, (i, j) -> i == j ? even(j, k) : 0));
    table.put("diagonal geometric", ofElements(m, n, (i, j) -> i == j ? geometric(j, k) : 0));
    table.put("diagonal clustered", ofElements(m, n, (i, j) -> i != j ? 0 : j == 0 ? 1 : ULP));
    table.put("diagonal subnormal", ofElements(m, n, (i, j) -> i == j ? Double.MIN_VALUE : 0));
    table.put("two rows", ofElements(m, n, (i, j) -> i == j % 2 ? 1 + j : 0));
    table.put("zero rows", scaled(uniform, (i, j) -> i % 3 == 1 ? 0 : 1));
    table.put("zero columns", scaled(uniform, (i, j) -> j % 3 == 1 ? 1 : 0));
    table.put("zero rows and columns", scaled(uniform, (i, j) -> j % 3 == 1 || i % 4 == 2 ? 0 : 1));
    table.put("upper bidiagonal", ofElements(m, n, (i, j) -> j == i || j == i + 1 ? 1 : 0));
    table.put(
        "bidiagonal with zeros on both diagonals",
        ofElements(m, n, (i, j) -> i == j ? i % 2 : j == i + 1 ? (i + 1) % 3 : 0));
    double[] logarithms = TestMatrices.random(seed).doubles(2L * n, -1, 0).toArray();
    table.put(
        "bidiagonal log-uniform",
        ofElements(
            m, n, (i, j) -> i == j || j == i + 1 ? Math.pow(ULP, -2 * logarithms[j + i % 2]) : 0));
  }

  private static void putSpectra(Map<String, DenseMatrix> table, int m, int n, long seed) {
    int k = Math.min(m, n);
    DenseMatrix even = withValues(m, n, j -> even(j, k), seed);
    table.put("even", even);
    table.put("even near underflow", even.times(0x1p-1000));
    table.put("even near overflow", even.times(0x1p1020));
    table.put("geometric", withValues(m, n, j -> geometric(j, k), seed));
    table.put("by thousands", withValues(m, n, j -> Math.pow(10, -3 * j), seed));
    table.put("all equal", withValues(m, n, j -> 1, seed));
    table.put("two clusters", twoClusters(m, n, seed));
    table.put(
        "two close clusters", withValues(m, n, j -> j < (k + 1) / 2 ? 1 : 1e-3 + 1e-14 * j, seed));
    table.put("one large", withValues(m, n, j -> j == 0 ? 1 : 1e-16, seed));
    table.put("one of 1e8", withValues(m, n, j -> j == 0 ? 1 : 1e-8, seed));
    table.put("one small", withValues(m, n, j -> j == k - 1 ? 1e-16 : 1, seed));
    table.put("rank one", withValues(m, n, j -> j == 0 ? 1 : 0, seed));
    table.put("rank deficient", rankDeficient(m, n, seed));
  }

  /** From 1 down to a rounding. */
  private static double even(int j, int count) {
    return 1 - j * (1 - ULP) / Math.max(count - 1, 1);
  }

  private static double geometric(int j, int count) {
    return Math.pow(1e-16, (double) j / count);
  }

  private static DenseMatrix scaled(DenseMatrix matrix, Element factor) {
    return ofElements(
        matrix.rows(), matrix.columns(), (i, j) -> matrix.get(i, j) * factor.of(i, j));
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
  static DenseMatrix withValues(int m, int n, IntToDoubleFunction values, long seed) {
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
