package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What a function of a symmetric matrix f(A) = V f(Λ) Vᵀ and its gradient must satisfy, at ties
 * just as anywhere else.
 *
 * <p>Implement {@link #f}, {@link #value} and {@link #backward} in a test class and run it with
 * jqwik. Eigenvalues lie between 0.1 and 10; override {@link #spectra} for another domain.
 */
@AddLifecycleHook(ChosenSeed.class)
public interface SpectralFunctionContract {

  /**
   * The function of a number.
   *
   * @param lambda an eigenvalue
   * @return f(λ)
   */
  double f(double lambda);

  /**
   * Your function of a matrix.
   *
   * @param matrix A, n×n symmetric; not to be modified
   * @return f(A), n×n
   */
  DenseMatrix value(DenseMatrix matrix);

  /**
   * Your gradient ∂L/∂A of a loss of f(A).
   *
   * @param matrix A, n×n symmetric; not to be modified
   * @param cotangent ∂L/∂f(A), n×n, symmetric or not; not to be modified
   * @return ∂L/∂A, n×n, symmetric
   */
  DenseMatrix backward(DenseMatrix matrix, DenseMatrix cotangent);

  /**
   * f(VΛVᵀ) = V f(Λ) Vᵀ.
   *
   * @param sample what it is checked on
   */
  @Property
  default void value_ofKnownSpectrum_isKnown(@ForAll("samples") GradientSample sample) {
    double[] values = sample.values();
    double[] images = PrescribedSpectra.array(values.length, j -> f(values[j]));
    requireClose(
        SymmetricMatrices.similar(sample.vectors(), images), value(sample.matrix()), sample);
  }

  /**
   * f(A) commutes with A.
   *
   * @param sample what it is checked on
   */
  @Property
  default void value_anyMatrix_commutesWithIt(@ForAll("samples") GradientSample sample) {
    DenseMatrix matrix = sample.matrix();
    DenseMatrix image = value(matrix);
    double size = matrix.frobeniusNorm() * image.frobeniusNorm();
    double commutator = matrix.times(image).minus(image.times(matrix)).frobeniusNorm();
    Limit.FUNCTION.require(commutator == 0 ? 0 : commutator / size, sample);
  }

  /**
   * f(QAQᵀ) = Q f(A) Qᵀ, and the gradient turns alike.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void valueAndGradient_underOrthogonalSimilarity_areTurned(
      @ForAll("samples") GradientSample sample, @ForAll("seeds") long seed) {
    DenseMatrix q = SymmetricMatrices.orthogonal(sample.size(), seed);
    DenseMatrix turned = SymmetricMatrices.similar(q, sample.matrix());
    requireClose(SymmetricMatrices.similar(q, value(sample.matrix())), value(turned), sample);
    DenseMatrix g = sample.vectorCotangent();
    requireClose(
        SymmetricMatrices.similar(q, backward(sample.matrix(), g)),
        backward(turned, q.times(g).times(q.transpose())),
        sample);
  }

  /**
   * The gradient is the slope of ⟨G, f(A)⟩, at ties too.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_anySpectrum_agreesWithDifferences(
      @ForAll("samples") GradientSample sample) {
    int n = sample.size();
    DenseMatrix g = sample.vectorCotangent();
    DenseMatrix direction = SymmetricMatrices.gaussian(n, n, sample.seed() + 3).symmetricPart();
    DenseMatrix gradient = backward(sample.matrix(), g);
    double smallest = Math.abs(sample.values()[0]);
    double slope =
        Differences.directional(
            x -> Differences.inner(g, value(x)),
            sample.matrix(),
            direction,
            1e-3 * smallest / direction.frobeniusNorm());
    double error = Math.abs(slope - Differences.inner(gradient, direction));
    Limit.DIFFERENCES.require(
        error == 0 ? 0 : error / (gradient.frobeniusNorm() * direction.frobeniusNorm()), sample);
  }

  /**
   * At cI the gradient is f′(c) times the symmetric part of the cotangent.
   *
   * @param sample what it is checked on
   * @param where place between the smallest and largest eigenvalue
   */
  @Property
  default void gradient_atMultipleOfIdentity_isTheDerivativeThere(
      @ForAll("samples") GradientSample sample,
      @ForAll @DoubleRange(min = 0, max = 1) double where) {
    int n = sample.size();
    double[] values = sample.values();
    double c = values[0] + where * (values[n - 1] - values[0]);
    DenseMatrix at = DenseMatrix.diagonal(c);
    double derivative =
        Differences.directional(
            x -> f(x.get(0, 0)), at, DenseMatrix.identity(1), 1e-3 * Math.abs(c));
    DenseMatrix expected = sample.vectorCotangent().symmetricPart().times(derivative);
    DenseMatrix actual = backward(DenseMatrix.identity(n).times(c), sample.vectorCotangent());
    Limit.DIFFERENCES.require(
        Differences.ofMatrices(expected, actual), "the identity times " + c + ", " + sample);
  }

  /**
   * The derivative is its own transpose: ⟨B, D[C]⟩ = ⟨D[B], C⟩.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void gradient_asMap_isSelfAdjoint(
      @ForAll("samples") GradientSample sample, @ForAll("seeds") long seed) {
    int n = sample.size();
    DenseMatrix b = sample.vectorCotangent().symmetricPart();
    DenseMatrix c = SymmetricMatrices.gaussian(n, n, seed).symmetricPart();
    DenseMatrix mappedB = backward(sample.matrix(), b);
    DenseMatrix mappedC = backward(sample.matrix(), c);
    double size =
        b.frobeniusNorm() * mappedC.frobeniusNorm() + c.frobeniusNorm() * mappedB.frobeniusNorm();
    double difference = Math.abs(Differences.inner(b, mappedC) - Differences.inner(mappedB, c));
    Limit.ADJOINT.require(difference == 0 ? 0 : difference / size, sample);
  }

  /**
   * The gradient is symmetric, and only the symmetric part of the cotangent counts.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_ofUnsymmetricCotangent_isThatOfItsSymmetricPart(
      @ForAll("samples") GradientSample sample) {
    DenseMatrix g = sample.vectorCotangent();
    DenseMatrix gradient = backward(sample.matrix(), g);
    requireClose(gradient.transpose(), gradient, sample);
    requireClose(backward(sample.matrix(), g.symmetricPart()), gradient, sample);
  }

  private static void requireClose(DenseMatrix expected, DenseMatrix actual, Object sample) {
    Limit.FUNCTION.require(Differences.ofMatrices(expected, actual), sample);
  }

  /** {@return spectra from 0.1 to 10, some with ties} */
  @Provide
  default Arbitrary<double[]> spectra() {
    return Spectra.positive(4, 0.1, 10);
  }

  /** {@return samples of those spectra} */
  @Provide
  default Arbitrary<GradientSample> samples() {
    return GradientSample.of(spectra());
  }

  /** {@return seeds} */
  @Provide
  default Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }
}
