package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What every gradient of an eigendecomposition must satisfy where its eigenvalues are well
 * separated.
 *
 * <p>Implement {@link #backward} in a test class and run it with jqwik: each property is a test.
 * Approximations are held to exactness too, up to the ratio of neighbours at which they claim it:
 * {@link #largestRatio}. Those that are bounded at ties implement {@link BoundedGradientContract}
 * instead. Limits are those of {@link Limit}. A failing sample is printed as Java source.
 */
@AddLifecycleHook(ChosenSeed.class)
public interface EigenGradientContract {

  /**
   * Your gradient ∂L/∂M of a loss of the eigenvalues and eigenvectors of M.
   *
   * @param eigen the decomposition of M, n×n
   * @param valueCotangent ∂L/∂λ, n elements; not to be modified
   * @param vectorCotangent ∂L/∂V, n×n, in the columns' order; not to be modified
   * @return ∂L/∂M, n×n, symmetric, so that dL = ⟨∂L/∂M, dM⟩ for every symmetric dM
   */
  DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent);

  /**
   * The largest |λⱼ/λᵢ| ≤ 1 of neighbours at which your gradient is exact to 1e-13: less than 0.9
   * for K terms of a series, which are q^K off.
   *
   * @return in (0, 1)
   */
  default double largestRatio() {
    return 0.9;
  }

  /**
   * The gradient is V(F ∘ (VᵀG) + diag(∂L/∂λ))Vᵀ, symmetrised, term by term.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_distinctValues_isTheFormula(@ForAll("separated") GradientSample sample) {
    requireClose(GradientChecks.formula(sample), backward(sample), sample);
  }

  /**
   * The gradient is the slope of a loss that does not depend on the signs of vectors.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_distinctValues_agreesWithDifferences(
      @ForAll("fewSeparated") GradientSample sample) {
    InvariantLoss loss = InvariantLoss.of(sample);
    DenseMatrix gradient =
        backward(sample.eigen(), loss.c(), loss.vectorCotangent(sample.vectors()));
    DenseMatrix direction =
        SymmetricMatrices.gaussian(sample.size(), sample.size(), sample.seed() + 3).symmetricPart();
    double slope = loss.slope(sample, direction);
    double size = GradientChecks.formula(sample, loss).frobeniusNorm() * direction.frobeniusNorm();
    double error = Math.abs(slope - Differences.inner(gradient, direction));
    Limit.DIFFERENCES.require(error == 0 ? 0 : error / size, sample);
  }

  /**
   * The gradient is a symmetric matrix.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_anyCotangent_isSymmetric(@ForAll("separated") GradientSample sample) {
    DenseMatrix gradient = backward(sample);
    requireClose(gradient.transpose(), gradient, sample);
  }

  /**
   * The gradient is linear in the cotangents.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void gradient_sumOfCotangents_isTheSum(
      @ForAll("separated") GradientSample sample, @ForAll("seeds") long seed) {
    int n = sample.size();
    double[] c = sample.valueCotangent();
    double[] otherC = SymmetricMatrices.gaussian(n, 1, seed).toArray();
    DenseMatrix g = sample.vectorCotangent();
    DenseMatrix otherG = SymmetricMatrices.gaussian(n, n, seed + 1);
    DenseMatrix sum =
        backward(
            sample.eigen(),
            PrescribedSpectra.array(n, j -> 2 * c[j] - otherC[j]),
            g.times(2).minus(otherG));
    DenseMatrix first = backward(sample).times(2);
    DenseMatrix second = backward(sample.eigen(), otherC, otherG);
    double size = first.frobeniusNorm() + second.frobeniusNorm();
    Limit.GRADIENT.require(
        first.minus(second).minus(sum).frobeniusNorm() / size, sample + ", other seed " + seed);
  }

  /**
   * The gradient of cM is that of M over c, for the vectors' part: no tolerance is absolute.
   *
   * @param sample what it is checked on
   * @param k exponent of the scale, a power of two
   */
  @Property
  default void gradient_ofScaledMatrix_scalesInversely(
      @ForAll("separated") GradientSample sample, @ForAll @IntRange(min = -40, max = 40) int k) {
    double scale = Math.scalb(1.0, k);
    double[] scaled = Arrays.stream(sample.values()).map(value -> value * scale).toArray();
    double[] none = new double[sample.size()];
    DenseMatrix gradient = backward(sample.eigen(), none, sample.vectorCotangent());
    DenseMatrix ofScaled =
        backward(Eigendecomposition.of(scaled, sample.vectors()), none, sample.vectorCotangent());
    requireClose(gradient, ofScaled.times(scale), sample + ", M times 2^" + k);
  }

  /**
   * The gradient of QMQᵀ is that of M, turned.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void gradient_underOrthogonalSimilarity_isTurned(
      @ForAll("separated") GradientSample sample, @ForAll("seeds") long seed) {
    requireTurned(SymmetricMatrices.orthogonal(sample.size(), seed), sample);
  }

  /**
   * The gradient of PMPᵀ is that of M, permuted.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void gradient_underSignedPermutation_isPermuted(
      @ForAll("separated") GradientSample sample, @ForAll("seeds") long seed) {
    requireTurned(SymmetricMatrices.signedPermutation(sample.size(), seed), sample);
  }

  /**
   * Other signs of the vectors, and so of their cotangents, change nothing.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void gradient_otherSignsOfVectors_stays(
      @ForAll("separated") GradientSample sample, @ForAll("seeds") long seed) {
    DenseMatrix signs = GaugeTransformations.signs(sample.size(), seed);
    DenseMatrix turned =
        backward(
            Eigendecomposition.of(sample.values(), sample.vectors().times(signs)),
            sample.valueCotangent(),
            sample.vectorCotangent().times(signs));
    requireClose(backward(sample), turned, sample);
  }

  /**
   * The gradient of the trace is the identity, that of ‖M‖² is 2M.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_ofTraceAndNorm_isKnown(@ForAll("separated") GradientSample sample) {
    GradientChecks.requireTraceAndNorm(this, sample);
  }

  /**
   * The decomposition and cotangents handed over are as they were.
   *
   * @param sample what it is checked on
   */
  @Property
  default void backward_anySample_leavesItsInputAlone(@ForAll("separated") GradientSample sample) {
    Eigendecomposition eigen = sample.eigen();
    double[] c = sample.valueCotangent();
    DenseMatrix g = sample.vectorCotangent();
    backward(eigen, c, g);
    SolverChecks.require(
        Arrays.equals(eigen.values(), sample.values())
            && eigen.vectors().equals(sample.vectors())
            && Arrays.equals(c, sample.valueCotangent())
            && g.equals(sample.vectorCotangent()),
        "the gradient wrote into its input",
        sample);
  }

  private DenseMatrix backward(GradientSample sample) {
    return backward(sample.eigen(), sample.valueCotangent(), sample.vectorCotangent());
  }

  private void requireTurned(DenseMatrix q, GradientSample sample) {
    DenseMatrix turned =
        backward(
            Eigendecomposition.of(sample.values(), q.times(sample.vectors())),
            sample.valueCotangent(),
            q.times(sample.vectorCotangent()));
    DenseMatrix expected = q.times(backward(sample)).times(q.transpose());
    requireClose(expected, turned, sample);
  }

  private static void requireClose(DenseMatrix expected, DenseMatrix actual, Object sample) {
    Limit.GRADIENT.require(Differences.ofMatrices(expected, actual), sample);
  }

  /** {@return samples of up to 12 values of either sign, apart by {@link #largestRatio}} */
  @Provide
  default Arbitrary<GradientSample> separated() {
    return GradientSample.of(Spectra.separated(1, 12, largestRatio() / 2, largestRatio()));
  }

  /** {@return the same of up to 6, whose gaps leave room for differences} */
  @Provide
  default Arbitrary<GradientSample> fewSeparated() {
    return GradientSample.of(Spectra.separated(1, 6, 0.75 * largestRatio(), largestRatio()));
  }

  /** {@return seeds} */
  @Provide
  default Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }
}
