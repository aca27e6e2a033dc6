package eigengrad.props;

import static eigengrad.linalg.SpectralAccuracy.ULP;
import static eigengrad.props.PrescribedSpectra.signed;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.PrescribedSpectra.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/**
 * Every family of matrices, in lists from simple to hard: those of LAPACK's symmetric test suite
 * and of the STCollection, rebuilt from their published rules, and some of our own.
 */
public final class MatrixFamilies {
  private static final double COND = 1 / ULP;

  private MatrixFamilies() {}

  /**
   * All lists together.
   *
   * @return the families
   */
  public static List<MatrixFamily> all() {
    return Stream.of(
            lapackTypes(),
            prescribedSpectra(),
            lowRanks(),
            TridiagonalFamilies.classic(),
            TridiagonalFamilies.couplings(),
            TridiagonalFamilies.glued(),
            extremeScales(),
            subnormals())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * LAPACK's types at the scale of 1: zero, identity, diagonal, UDUᵀ, random, banded, positive
   * definite.
   *
   * @return the families
   */
  public static List<MatrixFamily> lapackTypes() {
    List<MatrixFamily> families = new ArrayList<>();
    families.add(
        new MatrixFamily(
            "zero",
            (n, seed) -> DenseMatrix.wrap(n, n, new double[DenseMatrix.elementCount(n, n)])));
    families.add(new MatrixFamily("identity", (n, seed) -> DenseMatrix.identity(n)));
    families.add(new MatrixFamily("uniform elements", SymmetricMatrices::uniform));
    for (int width : new int[] {1, 3}) {
      families.add(
          new MatrixFamily(
              "banded, width " + width,
              (n, seed) -> SymmetricMatrices.banded(SymmetricMatrices.uniform(n, seed), width)));
    }
    for (Mode mode : Mode.values()) {
      families.add(
          new MatrixFamily(
              "diagonal, " + mode.label(),
              (n, seed) -> DenseMatrix.diagonal(signed(mode.values(n, COND), seed))));
      families.add(withSpectrum("UDUᵀ, " + mode.label(), (n, seed) -> lapack(mode, n, seed)));
      families.add(
          withSpectrum(
              "positive definite, " + mode.label(),
              (n, seed) -> mode.values(n, 1 / (10 * n * ULP))));
    }
    return List.copyOf(families);
  }

  /**
   * The STCollection's spectra under random orthogonal similarities.
   *
   * @return the families
   */
  public static List<MatrixFamily> prescribedSpectra() {
    return PrescribedSpectra.stCollection(1, 0).keySet().stream()
        .map(name -> withSpectrum("spectrum " + name, (n, seed) -> spectrumNamed(name, n, seed)))
        .toList();
  }

  /**
   * Ranks 1 and n − 1.
   *
   * @return the families
   */
  public static List<MatrixFamily> lowRanks() {
    return List.of(
        withSpectrum("rank 1", (n, seed) -> PrescribedSpectra.array(n, i -> i == 0 ? 1 : 0)),
        withSpectrum(
            "rank n − 1", (n, seed) -> PrescribedSpectra.array(n, i -> i == n - 1 ? 0 : 1 + i)));
  }

  /**
   * LAPACK's types near the roots of the largest and smallest double, and beyond: up to 2^±1000.
   *
   * @return the families
   */
  public static List<MatrixFamily> extremeScales() {
    List<MatrixFamily> families = new ArrayList<>();
    for (String name :
        List.of("uniform elements", "banded, width 3", "diagonal, arithmetic", "UDUᵀ, geometric")) {
      MatrixFamily plain =
          lapackTypes().stream().filter(family -> family.name().equals(name)).findFirst().get();
      families.add(scaled(plain, "big", n -> Math.sqrt(Double.MAX_VALUE * ULP / n)));
      families.add(scaled(plain, "small", n -> Math.sqrt(Double.MIN_NORMAL * n / ULP)));
      for (int exponent : new int[] {500, -500, 1000, -960}) {
        families.add(scaled(plain, "times 2^" + exponent, n -> Math.scalb(1.0, exponent)));
      }
    }
    families.addAll(TridiagonalFamilies.extremeScales());
    return List.copyOf(families);
  }

  /**
   * Matrices of normal size with subnormal elements, and matrices of such elements alone.
   *
   * @return the families
   */
  public static List<MatrixFamily> subnormals() {
    List<MatrixFamily> families = new ArrayList<>();
    families.add(
        new MatrixFamily(
            "every other element subnormal",
            (n, seed) -> SymmetricMatrices.everyOtherTimes(0x1p-1060, n, seed)));
    families.addAll(TridiagonalFamilies.subnormals());
    return List.copyOf(families);
  }

  private static double[] lapack(Mode mode, int n, long seed) {
    return signed(mode.values(n, COND), seed);
  }

  private static double[] spectrumNamed(String name, int n, long seed) {
    double[] values = PrescribedSpectra.stCollection(n, seed).get(name);
    if (values == null) {
      throw new IllegalArgumentException("no spectrum of the name " + name);
    }
    return values;
  }

  /** The eigenvalues of an order. */
  private interface SpectrumRule {
    double[] values(int n, long seed);
  }

  private static MatrixFamily withSpectrum(String name, SpectrumRule rule) {
    return new MatrixFamily(
        name, (n, seed) -> SymmetricMatrices.withSpectrum(rule.values(n, seed), seed));
  }

  private static MatrixFamily scaled(MatrixFamily plain, String how, IntToDoubleFunction factor) {
    return new MatrixFamily(
        plain.name() + ", " + how,
        (n, seed) -> plain.rule().matrix(n, seed).times(factor.applyAsDouble(n)));
  }
}
