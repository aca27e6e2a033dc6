package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What every gradient of a thin singular value decomposition must satisfy where its singular values
 * are well separated, and where a tie does not matter.
 *
 * <p>Implement {@link #backward} in a test class and run it with jqwik: each property is a test.
 * Limits are those of {@link Limit}. A failing sample is printed as Java source. Source of the
 * formula: J. Townsend, <i>Differentiating the Singular Value Decomposition</i>, 2016.
 */
@AddLifecycleHook(ChosenSeed.class)
public interface SvdGradientContract {

  /**
   * Your gradient ∂L/∂A of a loss of the singular values and vectors of A.
   *
   * @param svd the thin decomposition of A, m×n, of k = min(m, n) values
   * @param leftCotangent ∂L/∂U, m×k; not to be modified
   * @param valueCotangent ∂L/∂σ, k elements; not to be modified
   * @param rightCotangent ∂L/∂V, n×k; not to be modified
   * @return ∂L/∂A, m×n
   */
  DenseMatrix backward(
      SingularValueDecomposition svd,
      DenseMatrix leftCotangent,
      double[] valueCotangent,
      DenseMatrix rightCotangent);

  /**
   * The gradient is the published formula, term by term.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_distinctValues_isTheFormula(@ForAll("separated") SvdSample sample) {
    requireClose(SvdGradientChecks.formula(sample), backward(sample), sample);
  }

  /**
   * The gradient is the slope of the loss.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_distinctValues_agreesWithDifferences(
      @ForAll("fewSeparated") SvdSample sample) {
    DenseMatrix direction =
        SymmetricMatrices.gaussian(sample.rows(), sample.columns(), sample.seed() + 5);
    double slope = SvdGradientChecks.slope(sample, direction);
    double size = SvdGradientChecks.formula(sample).frobeniusNorm() * direction.frobeniusNorm();
    double error = Math.abs(slope - Differences.inner(backward(sample), direction));
    Limit.DIFFERENCES.require(error == 0 ? 0 : error / size, sample);
  }

  /**
   * The gradient of Aᵀ is that of A, transposed.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_ofTranspose_isTransposed(@ForAll("separated") SvdSample sample) {
    DenseMatrix transposed =
        backward(
            SingularValueDecomposition.of(sample.values(), sample.right(), sample.left()),
            sample.rightCotangent(),
            sample.valueCotangent(),
            sample.leftCotangent());
    requireClose(backward(sample), transposed.transpose(), sample);
  }

  /**
   * The gradient of cA is that of A over c, for the vectors' part: no tolerance is absolute, and
   * nothing is squared.
   *
   * @param sample what it is checked on
   * @param k exponent of the scale, a power of two
   */
  @Property
  default void gradient_ofScaledMatrix_scalesInversely(
      @ForAll("separated") SvdSample sample, @ForAll @IntRange(min = -900, max = 900) int k) {
    double scale = Math.scalb(1.0, k);
    double[] scaled = Arrays.stream(sample.values()).map(value -> value * scale).toArray();
    double[] none = new double[sample.size()];
    DenseMatrix gradient =
        backward(sample.svd(), sample.leftCotangent(), none, sample.rightCotangent());
    DenseMatrix ofScaled =
        backward(
            SingularValueDecomposition.of(scaled, sample.left(), sample.right()),
            sample.leftCotangent(),
            none,
            sample.rightCotangent());
    requireClose(gradient, ofScaled.times(scale), sample + ", A times 2^" + k);
  }

  /**
   * The gradient of QA is that of A, turned.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void gradient_underOrthogonalFactor_isTurned(
      @ForAll("separated") SvdSample sample, @ForAll("seeds") long seed) {
    DenseMatrix q = SymmetricMatrices.orthogonal(sample.rows(), seed);
    DenseMatrix turned =
        backward(
            SingularValueDecomposition.of(sample.values(), q.times(sample.left()), sample.right()),
            q.times(sample.leftCotangent()),
            sample.valueCotangent(),
            sample.rightCotangent());
    requireClose(q.times(backward(sample)), turned, sample);
  }

  /**
   * Other signs of the vectors, and so of their cotangents, change nothing.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void gradient_otherSignsOfVectors_stays(
      @ForAll("separated") SvdSample sample, @ForAll("seeds") long seed) {
    DenseMatrix signs = GaugeTransformations.signs(sample.size(), seed);
    DenseMatrix turned =
        backward(
            SingularValueDecomposition.of(
                sample.values(), sample.left().times(signs), sample.right().times(signs)),
            sample.leftCotangent().times(signs),
            sample.valueCotangent(),
            sample.rightCotangent().times(signs));
    requireClose(backward(sample), turned, sample);
  }

  /**
   * The gradient of the nuclear norm is UVᵀ, ties or not: a tie that no cotangent of a vector sees
   * must not matter.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_ofNuclearNormAtTies_isKnown(@ForAll("tied") SvdSample sample) {
    int k = sample.size();
    double[] ones = PrescribedSpectra.array(k, j -> 1);
    DenseMatrix gradient =
        backward(
            sample.svd(),
            DenseMatrix.wrap(sample.rows(), k, new double[sample.rows() * k]),
            ones,
            DenseMatrix.wrap(sample.columns(), k, new double[sample.columns() * k]));
    requireClose(sample.left().times(sample.right().transpose()), gradient, sample);
  }

  /**
   * The decomposition and cotangents handed over are as they were.
   *
   * @param sample what it is checked on
   */
  @Property
  default void backward_anySample_leavesItsInputAlone(@ForAll("separated") SvdSample sample) {
    SingularValueDecomposition svd = sample.svd();
    DenseMatrix left = sample.leftCotangent();
    double[] values = sample.valueCotangent();
    DenseMatrix right = sample.rightCotangent();
    backward(svd, left, values, right);
    SolverChecks.require(
        Arrays.equals(svd.values(), sample.values())
            && svd.leftVectors().equals(sample.left())
            && svd.rightVectors().equals(sample.right())
            && left.equals(sample.leftCotangent())
            && Arrays.equals(values, sample.valueCotangent())
            && right.equals(sample.rightCotangent()),
        "the gradient wrote into its input",
        sample);
  }

  private DenseMatrix backward(SvdSample sample) {
    return backward(
        sample.svd(), sample.leftCotangent(), sample.valueCotangent(), sample.rightCotangent());
  }

  private static void requireClose(DenseMatrix expected, DenseMatrix actual, Object sample) {
    Limit.GRADIENT.require(Differences.ofMatrices(expected, actual), sample);
  }

  /** {@return samples of up to 12 values that are well apart} */
  @Provide
  default Arbitrary<SvdSample> separated() {
    return SvdSample.of(Spectra.geometric(1, 12, 0.5, 0.9));
  }

  /** {@return the same of up to 5, whose gaps leave room for differences} */
  @Provide
  default Arbitrary<SvdSample> fewSeparated() {
    return SvdSample.of(Spectra.geometric(1, 5, 0.6, 0.85));
  }

  /** {@return samples with ties} */
  @Provide
  default Arbitrary<SvdSample> tied() {
    return SvdSample.of(Spectra.positive(5, 0.1, 2));
  }

  /** {@return seeds} */
  @Provide
  default Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }
}
