package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * An eigendecomposition M = QΛQᵀ, exact but for the rounding in Q, and cotangents of its values and
 * vectors: what a gradient is computed from. It prints itself as Java source.
 *
 * @param values Λ, n ≥ 1, ascending
 * @param kind of the cotangents
 * @param seed of Q and the cotangents
 */
public record GradientSample(double[] values, CotangentKind kind, long seed) {

  /**
   * Samples of given spectra; a failing one shrinks towards fewer and rounder eigenvalues and
   * towards cotangents of one element.
   *
   * @param spectra generator of ascending eigenvalues, at least one
   * @return a generator of samples
   */
  public static Arbitrary<GradientSample> of(Arbitrary<double[]> spectra) {
    return Combinators.combine(
            spectra, Arbitraries.of(CotangentKind.class), SymmetricMatrices.seeds())
        .as(GradientSample::new)
        .withoutEdgeCases();
  }

  /**
   * The order.
   *
   * @return n
   */
  public int size() {
    return values.length;
  }

  /**
   * Q.
   *
   * @return n×n
   */
  public DenseMatrix vectors() {
    return SymmetricMatrices.orthogonal(size(), seed);
  }

  /**
   * Q and Λ.
   *
   * @return the decomposition
   */
  public Eigendecomposition eigen() {
    return Eigendecomposition.of(values, vectors());
  }

  /**
   * QΛQᵀ.
   *
   * @return n×n, exactly symmetric
   */
  public DenseMatrix matrix() {
    return SymmetricMatrices.similar(vectors(), values);
  }

  /**
   * ∂L/∂λ.
   *
   * @return n elements
   */
  public double[] valueCotangent() {
    return kind.of(size(), 1, seed + 1).toArray();
  }

  /**
   * ∂L/∂V.
   *
   * @return n×n
   */
  public DenseMatrix vectorCotangent() {
    return kind.of(size(), size(), seed + 2);
  }

  /** Java source of the sample and, for small orders, of what it consists of. */
  @Override
  public String toString() {
    String source =
        "new GradientSample(%s, CotangentKind.%s, %dL)"
            .formatted(JavaLiteral.of(values), kind, seed);
    return size() > 6
        ? source
        : "%s%nM = %s%nV = %s%n∂L/∂λ = %s%n∂L/∂V = %s"
            .formatted(
                source,
                JavaLiteral.of(matrix()),
                JavaLiteral.of(vectors()),
                JavaLiteral.of(valueCotangent()),
                JavaLiteral.of(vectorCotangent()));
  }
}
