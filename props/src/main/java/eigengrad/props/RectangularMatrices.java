package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Generators of matrices of any shape, by plain loops: the same bits on every machine, and no
 * kernel that may be under test.
 */
public final class RectangularMatrices {
  /** The sine in Kahan's matrix: its singular values span many magnitudes. */
  private static final double KAHAN_SINE = 0.6;

  private RectangularMatrices() {}

  /**
   * Every family, from simple to hard.
   *
   * @return the families
   */
  public static List<RectangularFamily> families() {
    return List.of(
        family("zero", (m, n, i, j, a) -> 0),
        family("identity", (m, n, i, j, a) -> i == j ? 1 : 0),
        family("Gaussian elements", (m, n, i, j, a) -> a),
        family("every other row zero", (m, n, i, j, a) -> i % 2 == 0 ? a : 0),
        family("every other column zero", (m, n, i, j, a) -> j % 2 == 0 ? a : 0),
        family("one element", (m, n, i, j, a) -> i == m / 2 && j == n / 3 ? a : 0),
        family("ones", (m, n, i, j, a) -> 1),
        family("bidiagonal", (m, n, i, j, a) -> i == j || i + 1 == j ? a : 0),
        family(
            "bidiagonal with zeros on the diagonal",
            (m, n, i, j, a) -> (i == j && i % 3 != 1) || i + 1 == j ? a : 0),
        family("Hilbert", (m, n, i, j, a) -> 1.0 / (1 + i + j)),
        family("Kahan", RectangularMatrices::kahan),
        family("one huge element", (m, n, i, j, a) -> i == 0 && j == 0 ? 1e15 * a : a),
        family("rows of decaying scale", (m, n, i, j, a) -> a * Math.pow(10, -16.0 * i / m)),
        family("columns of decaying scale", (m, n, i, j, a) -> a * Math.pow(10, -300.0 * j / n)),
        family(
            "graded from 1e-300 to 1e300",
            (m, n, i, j, a) -> a * Math.pow(10, 300 - 600.0 * j / n)),
        family("near overflow", (m, n, i, j, a) -> a * 1e306),
        family("near underflow", (m, n, i, j, a) -> a * 1e-306),
        family("some subnormal", (m, n, i, j, a) -> a * (i % 2 == 0 ? 1e-300 : 1e-318)),
        new RectangularFamily("rank one", (m, n, seed) -> lowRank(m, n, 1, seed)),
        new RectangularFamily(
            "half the rank", (m, n, seed) -> lowRank(m, n, (Math.min(m, n) + 1) / 2, seed)),
        new RectangularFamily(
            "equal singular values",
            (m, n, seed) -> withSingularValues(constant(Math.min(m, n)), m, n, seed)),
        new RectangularFamily(
            "repeated columns", (m, n, seed) -> repeatedColumns(gaussian(m, n, seed))));
  }

  /** An element of a family: of the shape, its place, and a standard normal number. */
  private interface Element {
    double of(int rows, int columns, int i, int j, double normal);
  }

  private static RectangularFamily family(String name, Element element) {
    return new RectangularFamily(
        name,
        (m, n, seed) -> {
          double[] a = gaussian(m, n, seed).toArray();
          for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
              a[i + j * m] = element.of(m, n, i, j, a[i + j * m]);
            }
          }
          return DenseMatrix.wrap(m, n, a);
        });
  }

  private static double kahan(int m, int n, int i, int j, double unused) {
    double cosine = Math.sqrt(1 - KAHAN_SINE * KAHAN_SINE);
    double scale = Math.pow(KAHAN_SINE, i);
    return i == j ? scale : i < j ? -cosine * scale : 0;
  }

  private static DenseMatrix gaussian(int m, int n, long seed) {
    return SymmetricMatrices.gaussian(m, n, seed);
  }

  private static DenseMatrix lowRank(int m, int n, int rank, long seed) {
    return SymmetricMatrices.timesTransposed(gaussian(m, rank, seed), gaussian(n, rank, seed + 1));
  }

  private static double[] constant(int k) {
    double[] values = new double[k];
    Arrays.fill(values, 3);
    return values;
  }

  private static DenseMatrix repeatedColumns(DenseMatrix matrix) {
    int m = matrix.rows();
    double[] a = matrix.toArray();
    for (int j = 1; j < matrix.columns(); j += 2) {
      System.arraycopy(a, (j - 1) * m, a, j * m, m);
    }
    return DenseMatrix.wrap(m, matrix.columns(), a);
  }

  /**
   * UΣVᵀ with U and V drawn from a seed.
   *
   * @param values Σ, k = min(m, n)
   * @param rows m
   * @param columns n
   * @param seed of U and V
   * @return m×n; its singular values are those given, up to rounding
   * @throws IllegalArgumentException if there are not min(m, n) values
   */
  public static DenseMatrix withSingularValues(double[] values, int rows, int columns, long seed) {
    int k = values.length;
    if (k != Math.min(rows, columns)) {
      throw new IllegalArgumentException(
          "a %d×%d matrix has %d singular values, got %d"
              .formatted(rows, columns, Math.min(rows, columns), k));
    }
    double[] u = SymmetricMatrices.orthonormalised(gaussian(rows, k, seed)).toArray();
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < rows; i++) {
        u[i + j * rows] *= values[j];
      }
    }
    return SymmetricMatrices.timesTransposed(
        DenseMatrix.wrap(rows, k, u),
        SymmetricMatrices.orthonormalised(gaussian(columns, k, seed + 1)));
  }

  /**
   * Matrices of every family and many shapes; a failing one shrinks towards smaller shapes within
   * its family and towards earlier families.
   *
   * @param largest most rows and most columns, ≥ 1
   * @return a generator of matrices
   */
  public static Arbitrary<TestMatrix> ofFamilies(int largest) {
    return Combinators.combine(
            Arbitraries.of(families()),
            SymmetricMatrices.orders(largest),
            SymmetricMatrices.orders(largest),
            SymmetricMatrices.seeds())
        .as((family, m, n, seed) -> family.of(m, n, seed))
        .withoutEdgeCases();
  }

  /**
   * Tall and wide matrices of given singular values.
   *
   * @param spectra generator of values of any sign, of which the magnitudes are taken
   * @return a generator of matrices
   */
  public static Arbitrary<TestMatrix> withSingularValues(Arbitrary<double[]> spectra) {
    return Combinators.combine(
            spectra,
            Arbitraries.integers().between(0, 12),
            Arbitraries.of(false, true),
            SymmetricMatrices.seeds())
        .as(RectangularMatrices::sample)
        .withoutEdgeCases();
  }

  private static TestMatrix sample(double[] spectrum, int more, boolean wide, long seed) {
    double[] values = magnitudes(spectrum);
    int k = values.length;
    int m = wide ? k : k + more;
    int n = wide ? k + more : k;
    return new TestMatrix(
        "matrix of given singular values",
        "RectangularMatrices.withSingularValues(%s, %d, %d, %dL)"
            .formatted(JavaLiteral.of(values), m, n, seed),
        withSingularValues(values, m, n, seed));
  }

  /**
   * The magnitudes of numbers, descending: singular values.
   *
   * @param numbers of any sign
   * @return their magnitudes, sorted
   */
  public static double[] magnitudes(double[] numbers) {
    double[] ascending = Arrays.stream(numbers).map(Math::abs).sorted().toArray();
    return PrescribedSpectra.array(ascending.length, j -> ascending[ascending.length - 1 - j]);
  }

  /** Gaussian matrices of up to 8 rows and columns with one such element. */
  static Arbitrary<DenseMatrix> spoiled(Double... elements) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 8),
            Arbitraries.of(elements),
            SymmetricMatrices.seeds())
        .as(
            (m, n, element, seed) -> {
              RandomGenerator random = SymmetricMatrices.random(seed);
              double[] a = gaussian(m, n, seed).toArray();
              a[random.nextInt(a.length)] = element;
              return DenseMatrix.wrap(m, n, a);
            })
        .withoutEdgeCases();
  }
}
