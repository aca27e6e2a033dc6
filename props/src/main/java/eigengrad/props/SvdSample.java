package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A thin singular value decomposition A = UΣVᵀ, exact but for the rounding in U and V, and
 * cotangents of all three: what a gradient is computed from. It prints itself as Java source.
 *
 * @param values Σ, k ≥ 1, descending
 * @param rows m ≥ k
 * @param columns n ≥ k
 * @param kind of the cotangents
 * @param seed of U, V and the cotangents
 */
public record SvdSample(double[] values, int rows, int columns, CotangentKind kind, long seed) {

  /**
   * Tall, square and wide samples of given singular values.
   *
   * @param spectra generator of values, of which the magnitudes are taken
   * @return a generator of samples
   */
  public static Arbitrary<SvdSample> of(Arbitrary<double[]> spectra) {
    return Combinators.combine(
            spectra,
            Arbitraries.integers().between(0, 4),
            Arbitraries.of(false, true),
            Arbitraries.of(CotangentKind.class),
            SymmetricMatrices.seeds())
        .as(
            (spectrum, more, wide, kind, seed) -> {
              int k = spectrum.length;
              return new SvdSample(
                  RectangularMatrices.magnitudes(spectrum),
                  wide ? k : k + more,
                  wide ? k + more : k,
                  kind,
                  seed);
            })
        .withoutEdgeCases();
  }

  /**
   * How many singular values there are.
   *
   * @return k
   */
  public int size() {
    return values.length;
  }

  /**
   * U.
   *
   * @return m×k
   */
  public DenseMatrix left() {
    return SymmetricMatrices.orthonormalised(SymmetricMatrices.gaussian(rows, size(), seed));
  }

  /**
   * V.
   *
   * @return n×k
   */
  public DenseMatrix right() {
    return SymmetricMatrices.orthonormalised(SymmetricMatrices.gaussian(columns, size(), seed + 1));
  }

  /**
   * U, Σ and V.
   *
   * @return the decomposition
   */
  public SingularValueDecomposition svd() {
    return SingularValueDecomposition.of(values, left(), right());
  }

  /**
   * UΣVᵀ.
   *
   * @return m×n
   */
  public DenseMatrix matrix() {
    return RectangularMatrices.withSingularValues(values, rows, columns, seed);
  }

  /**
   * ∂L/∂U.
   *
   * @return m×k
   */
  public DenseMatrix leftCotangent() {
    return kind.of(rows, size(), seed + 2);
  }

  /**
   * ∂L/∂σ.
   *
   * @return k elements
   */
  public double[] valueCotangent() {
    return kind.of(size(), 1, seed + 3).toArray();
  }

  /**
   * ∂L/∂V.
   *
   * @return n×k
   */
  public DenseMatrix rightCotangent() {
    return kind.of(columns, size(), seed + 4);
  }

  /** Java source of the sample. */
  @Override
  public String toString() {
    return "new SvdSample(%s, %d, %d, CotangentKind.%s, %dL)"
        .formatted(JavaLiteral.of(values), rows, columns, kind, seed);
  }
}
