package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What every solver of the singular value decomposition A = UΣVᵀ must satisfy.
 *
 * <p>Implement {@link #solve} in a test class and run it with jqwik: each property is a test.
 * Override {@link #values} if your solver has a way to the values alone, and {@link #largestOrder}
 * for larger matrices. Limits are those of {@link Limit}. A failing matrix is printed as Java
 * source.
 */
@AddLifecycleHook(ChosenSeed.class)
public interface SvdContract {

  /**
   * Your solver.
   *
   * @param matrix m×n, of any shape; not to be modified
   * @return min(m, n) values, descending, and the thin U and V; {@link SingularTriplets#descending}
   *     sorts
   * @throws RuntimeException if an element is not finite
   */
  SingularTriplets solve(DenseMatrix matrix);

  /**
   * Your solver without vectors, if it can; else those with vectors.
   *
   * @param matrix m×n; not to be modified
   * @return min(m, n) values, descending
   */
  default double[] values(DenseMatrix matrix) {
    return solve(matrix).values();
  }

  /**
   * Most rows and most columns of a matrix.
   *
   * @return ≥ 8
   */
  default int largestOrder() {
    return 40;
  }

  /**
   * Every family has all ratios within their limits, tall, square and wide.
   *
   * @param sample what it is checked on
   */
  @Property
  default void accuracy_families_isWithinTheLimits(@ForAll("families") TestMatrix sample) {
    requireAccuracy(sample);
  }

  /**
   * Scattered, tied, clustered values and adversarial gaps have all ratios within their limits.
   *
   * @param sample what it is checked on
   */
  @Property
  default void accuracy_tiesAndClusters_isWithinTheLimits(@ForAll("hostile") TestMatrix sample) {
    requireAccuracy(sample);
  }

  /**
   * There are min(m, n) values, finite, descending and not negative, and finite vectors.
   *
   * @param sample what it is checked on
   */
  @Property
  default void result_anyMatrix_isCompleteAndDescends(@ForAll("hostile") TestMatrix sample) {
    SvdChecks.requireComplete(sample, sample.matrix(), solve(sample.matrix()));
  }

  /**
   * The values found are those the matrix was made from.
   *
   * @param spectrum whose magnitudes are the singular values
   * @param more rows than columns
   * @param seed of the other random inputs
   */
  @Property
  default void values_prescribed_areFound(
      @ForAll("spectra") double[] spectrum,
      @ForAll @IntRange(max = 9) int more,
      @ForAll("seeds") long seed) {
    double[] expected = RectangularMatrices.magnitudes(spectrum);
    int n = expected.length;
    DenseMatrix matrix = RectangularMatrices.withSingularValues(expected, n + more, n, seed);
    SvdChecks.requireValues(
        "RectangularMatrices.withSingularValues(%s, %d, %d, %dL)"
            .formatted(JavaLiteral.of(expected), n + more, n, seed),
        matrix,
        expected,
        values(matrix));
  }

  /**
   * σ(Aᵀ) = σ(A).
   *
   * @param sample what it is checked on
   */
  @Property
  default void values_ofTranspose_areTheSame(@ForAll("families") TestMatrix sample) {
    requireValues(sample, values(sample.matrix()), values(sample.matrix().transpose()));
  }

  /**
   * Scaling by a power of two scales the values.
   *
   * @param sample what it is checked on
   * @param exponent of the scale, a power of two
   */
  @Property
  default void values_ofScaledMatrix_scale(
      @ForAll("hostile") TestMatrix sample, @ForAll @IntRange(min = -300, max = 300) int exponent) {
    double scale = Math.scalb(1.0, exponent);
    requireValues(
        sample,
        Arrays.stream(values(sample.matrix())).map(value -> value * scale).toArray(),
        values(sample.matrix().times(scale)));
  }

  /**
   * σ(QA) = σ(A) for an orthogonal Q.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void values_underOrthogonalFactor_stay(
      @ForAll("hostile") TestMatrix sample, @ForAll("seeds") long seed) {
    DenseMatrix q = SymmetricMatrices.orthogonal(sample.matrix().rows(), seed);
    DenseMatrix turned = SymmetricMatrices.timesTransposed(q, sample.matrix().transpose());
    requireValues(sample, values(sample.matrix()), values(turned));
  }

  /**
   * A column more takes no singular value away, and lies between its neighbours: σⱼ₊₁ ≤ σ'ⱼ₊₁ ≤ σⱼ
   * of the matrix with fewer columns.
   *
   * @param sample what it is checked on
   */
  @Property
  default void values_withoutLastColumn_interlace(@ForAll("hostile") TestMatrix sample) {
    DenseMatrix matrix = sample.matrix();
    int n = matrix.columns();
    if (n < 2) {
      return;
    }
    double[] outer = values(matrix);
    double[] inner =
        values(
            DenseMatrix.of(
                matrix.rows(),
                n - 1,
                Arrays.copyOf(matrix.columnMajor(), matrix.rows() * (n - 1))));
    double unit = Differences.unit(outer, inner);
    SolverChecks.requireOrder(sample, inner, Arrays.copyOf(outer, inner.length), unit);
    int below = Math.min(outer.length - 1, inner.length);
    SolverChecks.requireOrder(
        sample, Arrays.copyOfRange(outer, 1, 1 + below), Arrays.copyOf(inner, below), unit);
  }

  /**
   * Σσ² is the square of the Frobenius norm.
   *
   * @param sample what it is checked on
   */
  @Property
  default void values_anyMatrix_haveItsNorm(@ForAll("hostile") TestMatrix sample) {
    double[] values = values(sample.matrix());
    double root = DenseMatrix.diagonal(values).frobeniusNorm();
    requireValues(sample, new double[] {sample.matrix().frobeniusNorm()}, new double[] {root});
  }

  /**
   * The matrix handed over is as it was.
   *
   * @param sample what it is checked on
   */
  @Property
  default void solve_anyMatrix_leavesItAlone(@ForAll("families") TestMatrix sample) {
    DenseMatrix matrix =
        DenseMatrix.of(
            sample.matrix().rows(), sample.matrix().columns(), sample.matrix().columnMajor());
    solve(matrix);
    values(matrix);
    SolverChecks.require(
        matrix.equals(sample.matrix()), "the solver wrote into the matrix", sample);
  }

  /**
   * The same matrix gives the same bits, whatever was solved in between.
   *
   * @param sample what it is checked on
   * @param between what is solved in between
   */
  @Property
  default void solve_again_givesTheSameBits(
      @ForAll("families") TestMatrix sample, @ForAll("hostile") TestMatrix between) {
    SingularTriplets first = copy(solve(sample.matrix()));
    solve(between.matrix());
    SingularTriplets next = solve(sample.matrix());
    SolverChecks.require(
        Arrays.equals(first.values(), next.values())
            && first.left().equals(next.left())
            && first.right().equals(next.right()),
        "another solve of the same matrix differs from the first",
        sample);
  }

  private static SingularTriplets copy(SingularTriplets triplets) {
    DenseMatrix left = triplets.left();
    DenseMatrix right = triplets.right();
    return new SingularTriplets(
        triplets.values().clone(),
        DenseMatrix.of(left.rows(), left.columns(), left.columnMajor()),
        DenseMatrix.of(right.rows(), right.columns(), right.columnMajor()));
  }

  /**
   * An infinite element is refused by an exception: any answer would be garbage.
   *
   * @param matrix what it is checked on
   */
  @Property
  default void solve_infiniteElement_isRefused(@ForAll("infinite") DenseMatrix matrix) {
    SvdChecks.requireRefusal(this, matrix);
  }

  /**
   * A NaN is refused by an exception, with vectors and without.
   *
   * @param matrix what it is checked on
   */
  @Property
  default void solve_nanElement_isRefused(@ForAll("withNan") DenseMatrix matrix) {
    SvdChecks.requireRefusal(this, matrix);
    double[] values;
    try {
      values = values(matrix);
    } catch (RuntimeException refusal) {
      return;
    }
    throw SolverChecks.answered("values alone", values, matrix);
  }

  /** A matrix without rows or columns has no singular values. */
  @Example
  default void solve_empty_isEmpty() {
    for (int[] shape : new int[][] {{0, 0}, {0, 3}, {3, 0}}) {
      DenseMatrix empty = DenseMatrix.wrap(shape[0], shape[1], new double[0]);
      SvdChecks.requireComplete(
          "DenseMatrix.of(%d, %d)".formatted(shape[0], shape[1]), empty, solve(empty));
    }
  }

  private void requireAccuracy(TestMatrix sample) {
    SingularTriplets triplets = solve(sample.matrix());
    SvdChecks.requireComplete(sample, sample.matrix(), triplets);
    SingularRatios.of(sample.matrix(), triplets, values(sample.matrix())).require(sample);
  }

  private static void requireValues(TestMatrix sample, double[] expected, double[] actual) {
    SvdChecks.requireValues(sample, sample.matrix(), expected, actual);
  }

  /** {@return matrices of {@link RectangularMatrices#families}} */
  @Provide
  default Arbitrary<TestMatrix> families() {
    return RectangularMatrices.ofFamilies(largestOrder());
  }

  /** {@return spectra that are scattered, tied, clustered, or have one adversarial gap} */
  @Provide
  default Arbitrary<double[]> spectra() {
    int most = largestOrder();
    return Arbitraries.oneOf(
            Spectra.hostile(1, most),
            Spectra.ties(most / 4),
            Spectra.clusters(most / 4),
            Spectra.adversarialGaps(2, most))
        .withoutEdgeCases();
  }

  /** {@return tall and wide matrices of those singular values} */
  @Provide
  default Arbitrary<TestMatrix> hostile() {
    return RectangularMatrices.withSingularValues(spectra());
  }

  /** {@return seeds} */
  @Provide
  default Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  /** {@return matrices with one infinite element} */
  @Provide
  default Arbitrary<DenseMatrix> infinite() {
    return RectangularMatrices.spoiled(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /** {@return matrices with one NaN} */
  @Provide
  default Arbitrary<DenseMatrix> withNan() {
    return RectangularMatrices.spoiled(Double.NaN);
  }
}
