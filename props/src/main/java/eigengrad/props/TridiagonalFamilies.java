package eigengrad.props;

import static eigengrad.linalg.SpectralAccuracy.ULP;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Tridiagonal matrices that have been hard for solvers, as dense ones. */
public final class TridiagonalFamilies {
  private static final int WILKINSON_BLOCK = 21;

  private TridiagonalFamilies() {}

  /** Makes the tridiagonal matrix of an order from a seed. */
  private interface Rule {
    Tridiagonal matrix(int n, long seed);
  }

  /**
   * Matrices with a name: Wilkinson's, Clement's, those of orthogonal polynomials, random ones.
   *
   * @return the families
   */
  public static List<MatrixFamily> classic() {
    return List.of(
        family("(2; 1)", (n, seed) -> Tridiagonal.of(n, i -> 2, i -> 1)),
        family("Wilkinson", (n, seed) -> wilkinson(n)),
        family(
            "Clement",
            (n, seed) -> Tridiagonal.of(n, i -> 0, i -> Math.sqrt((i + 1.0) * (n - 1 - i)))),
        family(
            "Legendre",
            (n, seed) ->
                Tridiagonal.of(n, i -> 0, i -> (i + 1) / Math.sqrt((2 * i + 1.0) * (2 * i + 3.0)))),
        family("Laguerre", (n, seed) -> Tridiagonal.of(n, i -> 2 * i + 1, i -> i + 1)),
        family("Hermite", (n, seed) -> Tridiagonal.of(n, i -> 0, i -> Math.sqrt(i + 1))),
        family("random tridiagonal", TridiagonalFamilies::random),
        family("positive definite tridiagonal", TridiagonalFamilies::clipped));
  }

  /**
   * Couplings that are zero, negligible or just not negligible.
   *
   * @return the families
   */
  public static List<MatrixFamily> couplings() {
    return List.of(
        family("equal, uncoupled", (n, seed) -> Tridiagonal.of(n, i -> 3, i -> 0)),
        family("equal, coupled by 1e-200", (n, seed) -> Tridiagonal.of(n, i -> 1, i -> 1e-200)),
        family("equal, coupled by an ulp", (n, seed) -> Tridiagonal.of(n, i -> 1, i -> ULP)),
        family(
            "equal, coupled by 7.2e-16",
            (n, seed) -> Tridiagonal.of(n, i -> 1 + ULP, i -> 7.2e-16)),
        family(
            "equal, coupled once",
            (n, seed) -> Tridiagonal.of(n, i -> 1, i -> i == n / 2 - 1 ? 1 : 0)),
        family("coupled by -0.5", (n, seed) -> Tridiagonal.of(n, i -> i % 3, i -> -0.5)),
        family("coupled by -1", (n, seed) -> Tridiagonal.of(n, i -> i, i -> -1)),
        family(
            "Wilkinson, random signs",
            (n, seed) -> {
              RandomGenerator random = SymmetricMatrices.random(seed);
              double[] d = wilkinson(n).diagonal();
              return Tridiagonal.of(n, i -> d[i], i -> random.nextBoolean() ? 1 : -1);
            }));
  }

  /**
   * Copies of Wilkinson's 21×21 matrix, coupled by 10^k, k = −14 … 0; and Wilkinson's matrix
   * between two of a prescribed spectrum, coupled by 1e-4 and 2e-4.
   *
   * @return the families
   */
  public static List<MatrixFamily> glued() {
    List<MatrixFamily> families = new ArrayList<>();
    for (int k = -14; k <= 0; k++) {
      double coupling = Math.pow(10, k);
      families.add(family("glued Wilkinson, by 1e" + k, (n, seed) -> gluedWilkinson(n, coupling)));
    }
    for (MatrixFamily end : MatrixFamilies.prescribedSpectra()) {
      families.add(family("mixed glue, " + end.name(), (n, seed) -> mixedGlue(end, n, seed)));
    }
    return List.copyOf(families);
  }

  /**
   * Elements that span hundreds of orders of magnitude, or lie at the ends of the range of doubles.
   */
  static List<MatrixFamily> extremeScales() {
    return List.of(
        family(
            "graded, down",
            (n, seed) ->
                Tridiagonal.of(
                    n, i -> Math.scalb(1.0, -20 * i), i -> Math.scalb(1.0, -20 * i - 10))),
        family(
            "graded, up",
            (n, seed) ->
                Tridiagonal.of(
                    n, i -> Math.pow(2, 900.0 * i / n), i -> Math.pow(2, 900.0 * i / n))),
        family(
            "a quarter of the largest double",
            (n, seed) -> Tridiagonal.of(n, i -> Double.MAX_VALUE / 4, i -> Double.MAX_VALUE / 8)));
  }

  /** Elements below the smallest normal double. */
  static List<MatrixFamily> subnormals() {
    return List.of(
        family(
            "subnormal couplings",
            (n, seed) -> Tridiagonal.of(n, i -> i % 2, i -> 3 * Double.MIN_VALUE)),
        family(
            "subnormal diagonal",
            (n, seed) -> Tridiagonal.of(n, i -> i * Double.MIN_VALUE, i -> 1)),
        family(
            "every other coupling subnormal",
            (n, seed) -> Tridiagonal.of(n, i -> 1, i -> i % 2 == 0 ? 1 : 5 * Double.MIN_VALUE)));
  }

  private static MatrixFamily family(String name, Rule rule) {
    return new MatrixFamily(name, (n, seed) -> rule.matrix(n, seed).dense());
  }

  private static Tridiagonal wilkinson(int n) {
    return Tridiagonal.of(n, i -> Math.abs(i - (n - 1) / 2.0), i -> 1);
  }

  private static Tridiagonal random(int n, long seed) {
    RandomGenerator random = SymmetricMatrices.random(seed);
    return Tridiagonal.of(n, i -> random.nextDouble(-1, 1), i -> random.nextDouble(-1, 1));
  }

  /** LAPACK's last type: a reduced positive definite matrix whose couplings are cut back. */
  private static Tridiagonal clipped(int n, long seed) {
    Tridiagonal t =
        Tridiagonal.reducedFrom(
            SymmetricMatrices.withSpectrum(
                PrescribedSpectra.Mode.GEOMETRIC.values(n, 1 / (10 * n * ULP)), seed));
    double[] d = t.diagonal();
    double[] e = t.offDiagonal();
    return Tridiagonal.of(
        n, i -> d[i], i -> Math.min(Math.abs(e[i]), Math.sqrt(Math.abs(d[i] * d[i + 1])) / 2));
  }

  /** Blocks of 21, the last one smaller; below two whole blocks, two of half the order. */
  private static Tridiagonal gluedWilkinson(int n, double coupling) {
    int block = n >= 2 * WILKINSON_BLOCK ? WILKINSON_BLOCK : Math.max(1, n / 2);
    Tridiagonal glued = wilkinson(0);
    while (glued.size() < n) {
      glued = glued.glued(coupling, wilkinson(Math.min(block, n - glued.size())));
    }
    return glued;
  }

  private static Tridiagonal mixedGlue(MatrixFamily end, int n, long seed) {
    int ends = n / 4;
    Tridiagonal middle = wilkinson(n - 2 * ends);
    if (ends == 0) {
      return middle;
    }
    Tridiagonal t = Tridiagonal.reducedFrom(end.rule().matrix(ends, seed));
    return t.glued(1e-4, middle).glued(2e-4, t);
  }
}
