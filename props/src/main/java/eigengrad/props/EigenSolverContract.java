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
 * What every solver of the dense symmetric eigenproblem must satisfy.
 *
 * <p>Implement {@link #solve} in a test class and run it with jqwik: each property is a test.
 * Override {@link #values} if your solver has a way to the values alone, and {@link #largestOrder}
 * for larger matrices. Limits are those of {@link Limit}. A failing matrix is printed as Java
 * source.
 */
@AddLifecycleHook(ChosenSeed.class)
public interface EigenSolverContract {

  /**
   * Your solver.
   *
   * @param matrix n×n, exactly symmetric; not to be modified
   * @return n values, ascending, and n×n vectors; {@link Eigenpairs#ascending} sorts
   * @throws RuntimeException if an element is not finite
   */
  Eigenpairs solve(DenseMatrix matrix);

  /**
   * Your solver without vectors, if it can; else those with vectors.
   *
   * @param matrix n×n, exactly symmetric; not to be modified
   * @return n values, ascending
   */
  default double[] values(DenseMatrix matrix) {
    return solve(matrix).values();
  }

  /**
   * The order of the largest matrix.
   *
   * @return ≥ 8
   */
  default int largestOrder() {
    return 40;
  }

  /**
   * LAPACK's dense types have all ratios within their limits.
   *
   * @param sample what it is checked on
   */
  @Property
  default void accuracy_lapackTypes_isWithinTheLimits(@ForAll("lapackTypes") TestMatrix sample) {
    requireAccuracy(sample);
  }

  /**
   * The STCollection's spectra have all ratios within their limits.
   *
   * @param sample what it is checked on
   */
  @Property
  default void accuracy_prescribedSpectra_isWithinTheLimits(
      @ForAll("prescribedSpectra") TestMatrix sample) {
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
   * Low ranks have all ratios within their limits.
   *
   * @param sample what it is checked on
   */
  @Property
  default void accuracy_lowRanks_isWithinTheLimits(@ForAll("lowRanks") TestMatrix sample) {
    requireAccuracy(sample);
  }

  /**
   * Tridiagonal matrices have all ratios within their limits.
   *
   * @param sample what it is checked on
   */
  @Property
  default void accuracy_tridiagonals_isWithinTheLimits(@ForAll("tridiagonals") TestMatrix sample) {
    requireAccuracy(sample);
  }

  /**
   * Glued blocks have all ratios within their limits.
   *
   * @param sample what it is checked on
   */
  @Property
  default void accuracy_gluedBlocks_isWithinTheLimits(@ForAll("gluedBlocks") TestMatrix sample) {
    requireAccuracy(sample);
  }

  /**
   * Matrices near overflow and underflow have all ratios within their limits.
   *
   * @param sample what it is checked on
   */
  @Property
  default void accuracy_extremeScales_isWithinTheLimits(
      @ForAll("extremeScales") TestMatrix sample) {
    requireAccuracy(sample);
  }

  /**
   * Matrices with subnormal elements have all ratios within their limits.
   *
   * @param sample what it is checked on
   */
  @Property
  default void accuracy_subnormals_isWithinTheLimits(@ForAll("subnormals") TestMatrix sample) {
    requireAccuracy(sample);
  }

  /**
   * There are n values, finite and ascending, and n×n finite vectors.
   *
   * @param sample what it is checked on
   */
  @Property
  default void result_anyMatrix_isCompleteAndAscends(@ForAll("hostile") TestMatrix sample) {
    SolverChecks.requireComplete(sample, solve(sample.matrix()));
  }

  /**
   * The values alone are those with vectors.
   *
   * @param sample what it is checked on
   */
  @Property
  default void valuesAlone_anyMatrix_areThoseWithVectors(@ForAll("hostile") TestMatrix sample) {
    double[] alone = values(sample.matrix());
    double difference = Differences.ofValues(solve(sample.matrix()).values(), alone);
    Limit.VALUES_ALONE.require(difference * alone.length, sample);
  }

  /**
   * The values found are those the matrix was made from.
   *
   * @param spectrum the eigenvalues
   * @param seed of the other random inputs
   */
  @Property
  default void values_ofPrescribedSpectrum_areFound(
      @ForAll("spectra") double[] spectrum, @ForAll("seeds") long seed) {
    DenseMatrix matrix = SymmetricMatrices.withSpectrum(spectrum, seed);
    Limit.SPECTRUM.require(
        Differences.ofValues(spectrum, values(matrix)),
        "SymmetricMatrices.withSpectrum(%s, %dL)".formatted(JavaLiteral.of(spectrum), seed));
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
    requireSpectrum(
        sample,
        Arrays.stream(values(sample.matrix())).map(value -> value * scale).toArray(),
        values(sample.matrix().times(scale)));
  }

  /**
   * λ(−A) = −λ(A).
   *
   * @param sample what it is checked on
   */
  @Property
  default void values_ofNegatedMatrix_areNegated(@ForAll("hostile") TestMatrix sample) {
    double[] negated = values(sample.matrix().times(-1));
    int n = negated.length;
    requireSpectrum(
        sample, PrescribedSpectra.array(n, j -> -negated[n - 1 - j]), values(sample.matrix()));
  }

  /**
   * λ(QAQᵀ) = λ(A) for an orthogonal Q.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void values_underOrthogonalSimilarity_stay(
      @ForAll("hostile") TestMatrix sample, @ForAll("seeds") long seed) {
    DenseMatrix q = SymmetricMatrices.orthogonal(sample.matrix().rows(), seed);
    requireSpectrum(
        sample, values(sample.matrix()), values(SymmetricMatrices.similar(q, sample.matrix())));
  }

  /**
   * λ(PAPᵀ) = λ(A) for a permutation with signs, which costs no rounding.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void values_underSignedPermutation_stay(
      @ForAll("hostile") TestMatrix sample, @ForAll("seeds") long seed) {
    DenseMatrix p = SymmetricMatrices.signedPermutation(sample.matrix().rows(), seed);
    requireSpectrum(
        sample, values(sample.matrix()), values(SymmetricMatrices.similar(p, sample.matrix())));
  }

  /**
   * λⱼ(A + xxᵀ) ≥ λⱼ(A).
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void values_plusPositiveSemidefinite_doNotDecrease(
      @ForAll("hostile") TestMatrix sample, @ForAll("seeds") long seed) {
    DenseMatrix x = SymmetricMatrices.gaussian(sample.matrix().rows(), 1, seed);
    double[] before = values(sample.matrix());
    double[] after = values(sample.matrix().plus(x.times(x.transpose()).symmetricPart()));
    SolverChecks.requireOrder(sample, before, after, Differences.unit(before, after));
  }

  /**
   * The values of a leading principal submatrix lie between those of the matrix.
   *
   * @param sample what it is checked on
   */
  @Property
  default void values_ofPrincipalSubmatrix_interlace(@ForAll("hostile") TestMatrix sample) {
    DenseMatrix matrix = sample.matrix();
    int n = matrix.rows();
    if (n < 2) {
      return;
    }
    double[] outer = values(matrix);
    double[] inner = values(SolverChecks.leading(matrix, n - 1));
    double unit = Differences.unit(outer, inner);
    SolverChecks.requireOrder(sample, Arrays.copyOf(outer, n - 1), inner, unit);
    SolverChecks.requireOrder(sample, inner, Arrays.copyOfRange(outer, 1, n), unit);
  }

  /**
   * Σλ is the trace and Σλ² the square of the Frobenius norm.
   *
   * @param sample what it is checked on
   */
  @Property
  default void values_anyMatrix_haveItsTraceAndNorm(@ForAll("hostile") TestMatrix sample) {
    SolverChecks.requireTraceAndNorm(sample, values(sample.matrix()));
  }

  /**
   * The matrix handed over is as it was.
   *
   * @param sample what it is checked on
   */
  @Property
  default void solve_anyMatrix_leavesItAlone(@ForAll("hostile") TestMatrix sample) {
    double[] elements = sample.matrix().toArray();
    DenseMatrix matrix = DenseMatrix.wrap(sample.matrix().rows(), sample.matrix().rows(), elements);
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
      @ForAll("hostile") TestMatrix sample, @ForAll("hostile") TestMatrix between) {
    Eigenpairs first = solve(sample.matrix());
    double[] values = first.values().clone();
    DenseMatrix vectors = DenseMatrix.of(values.length, values.length, first.vectors().toArray());
    solve(between.matrix());
    for (int again = 0; again < 2; again++) {
      Eigenpairs next = solve(sample.matrix());
      SolverChecks.require(
          Arrays.equals(values, next.values()) && vectors.equals(next.vectors()),
          "another solve of the same matrix differs from the first",
          sample);
    }
  }

  /**
   * An infinite element is refused by an exception: any answer would be garbage.
   *
   * @param matrix what it is checked on
   */
  @Property
  default void solve_infiniteElement_isRefused(@ForAll("infinite") DenseMatrix matrix) {
    SolverChecks.requireRefusal(this, matrix);
  }

  /**
   * A NaN is refused by an exception.
   *
   * @param matrix what it is checked on
   */
  @Property
  default void solve_nanElement_isRefused(@ForAll("withNan") DenseMatrix matrix) {
    SolverChecks.requireRefusal(this, matrix);
  }

  /** A matrix of order 0 has no eigenvalues. */
  @Example
  default void solve_orderZero_isEmpty() {
    Eigenpairs pairs = solve(DenseMatrix.identity(0));
    SolverChecks.require(
        pairs.values().length == 0 && pairs.vectors().columnMajor().length == 0,
        "not empty",
        "DenseMatrix.identity(0)");
  }

  private void requireAccuracy(TestMatrix sample) {
    Eigenpairs pairs = solve(sample.matrix());
    SolverChecks.requireComplete(sample, pairs);
    AccuracyRatios.of(sample.matrix(), pairs, values(sample.matrix())).require(sample);
  }

  private static void requireSpectrum(TestMatrix sample, double[] expected, double[] actual) {
    Limit.SPECTRUM.require(Differences.ofValues(expected, actual), sample);
  }

  /** {@return matrices of {@link MatrixFamilies#lapackTypes}} */
  @Provide
  default Arbitrary<TestMatrix> lapackTypes() {
    return SymmetricMatrices.of(MatrixFamilies.lapackTypes(), largestOrder());
  }

  /** {@return matrices of {@link MatrixFamilies#prescribedSpectra}} */
  @Provide
  default Arbitrary<TestMatrix> prescribedSpectra() {
    return SymmetricMatrices.of(MatrixFamilies.prescribedSpectra(), largestOrder());
  }

  /** {@return matrices of {@link MatrixFamilies#lowRanks}} */
  @Provide
  default Arbitrary<TestMatrix> lowRanks() {
    return SymmetricMatrices.of(MatrixFamilies.lowRanks(), largestOrder());
  }

  /** {@return matrices of {@link TridiagonalFamilies#classic} and with weak couplings} */
  @Provide
  default Arbitrary<TestMatrix> tridiagonals() {
    return Arbitraries.oneOf(
        SymmetricMatrices.of(TridiagonalFamilies.classic(), largestOrder()),
        SymmetricMatrices.of(TridiagonalFamilies.couplings(), largestOrder()));
  }

  /** {@return matrices of {@link TridiagonalFamilies#glued}, of twice the largest order} */
  @Provide
  default Arbitrary<TestMatrix> gluedBlocks() {
    return SymmetricMatrices.of(TridiagonalFamilies.glued(), 2 * largestOrder());
  }

  /** {@return matrices of {@link MatrixFamilies#extremeScales}} */
  @Provide
  default Arbitrary<TestMatrix> extremeScales() {
    return SymmetricMatrices.of(MatrixFamilies.extremeScales(), largestOrder());
  }

  /** {@return matrices of {@link MatrixFamilies#subnormals}} */
  @Provide
  default Arbitrary<TestMatrix> subnormals() {
    return SymmetricMatrices.of(MatrixFamilies.subnormals(), largestOrder());
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

  /** {@return matrices of those spectra} */
  @Provide
  default Arbitrary<TestMatrix> hostile() {
    return SymmetricMatrices.withSpectrum(spectra());
  }

  /** {@return seeds} */
  @Provide
  default Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  /** {@return symmetric matrices with one infinite element and its mirror image} */
  @Provide
  default Arbitrary<DenseMatrix> infinite() {
    return SolverChecks.spoiled(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /** {@return symmetric matrices with one NaN and its mirror image} */
  @Provide
  default Arbitrary<DenseMatrix> withNan() {
    return SolverChecks.spoiled(Double.NaN);
  }
}
