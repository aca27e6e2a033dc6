package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EigenGradientProperties {

  @Provide
  Arbitrary<double[]> separated() {
    return Spectra.geometric(2, 12, 0.2, 0.9);
  }

  @Provide
  Arbitrary<double[]> anyRatios() {
    return Spectra.geometric(2, 12, 0.01, 1);
  }

  @Provide
  Arbitrary<double[]> hostile() {
    return Spectra.hostile(1, 12);
  }

  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  /** The paper's central claim: the error in each pair shrinks like (λⱼ/λᵢ)^K. */
  @Property
  void hybrid_moreTerms_convergesToAnalyticLikeTheRatioToThePowerK(
      @ForAll("separated") double[] values,
      @ForAll("seeds") long seed,
      @ForAll @IntRange(min = 1, max = 60) int terms) {
    Eigendecomposition eigen =
        SymmetricEigen.decompose(SymmetricMatrices.withSpectrum(values, seed));
    int n = values.length;
    DenseMatrix cotangent = SymmetricMatrices.gaussian(n, n, seed + 1);
    DenseMatrix exact = inEigenbasis(eigen, InverseGap.analytic(), cotangent);
    DenseMatrix hybrid = inEigenbasis(eigen, InverseGap.powerIteration(terms), cotangent);
    double rounding = Tolerances.ROUNDING * exact.frobeniusNorm();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        double ratio = eigen.value(i) / eigen.value(j);
        assertEquals(
            exact.get(i, j) * Math.pow(ratio, terms),
            exact.get(i, j) - hybrid.get(i, j),
            rounding,
            "pair " + i + ", " + j);
      }
    }
  }

  @Property
  void hybrid_leadingVector_isBoundedByTermsOverItsValue(
      @ForAll("anyRatios") double[] values,
      @ForAll("seeds") long seed,
      @ForAll @IntRange(min = 1, max = 100) int terms) {
    int n = values.length;
    Eigendecomposition eigen =
        SymmetricEigen.decompose(SymmetricMatrices.withSpectrum(values, seed));
    DenseMatrix cotangent = onlyLastColumn(SymmetricMatrices.gaussian(n, n, seed + 1));
    DenseMatrix gradient =
        EigenGradient.backward(eigen, InverseGap.powerIteration(terms), new double[n], cotangent);
    double bound = terms / eigen.value(n - 1) * cotangent.frobeniusNorm();
    assertTrue(gradient.frobeniusNorm() <= bound * (1 + Tolerances.ROUNDING));
  }

  @Property
  void hybrid_anySpectrum_isFinite(@ForAll("hostile") double[] values, @ForAll("seeds") long seed) {
    int n = values.length;
    DenseMatrix gradient =
        EigenGradient.backward(
            SymmetricEigen.decompose(SymmetricMatrices.withSpectrum(values, seed)),
            InverseGap.powerIteration(19),
            SymmetricMatrices.gaussian(n, 1, seed + 1).toArray(),
            SymmetricMatrices.gaussian(n, n, seed + 2));
    assertTrue(Double.isFinite(gradient.frobeniusNorm()));
  }

  /** Σ_{k<K} Mᵏ(I − vvᵀ)gvᵀ/λ^(k+1), accumulated by matrix–vector products alone. */
  @Property
  void hybrid_leadingVector_equalsTheAccumulatedSeries(
      @ForAll("separated") double[] values,
      @ForAll("seeds") long seed,
      @ForAll @IntRange(min = 1, max = 30) int terms) {
    int n = values.length;
    DenseMatrix matrix = SymmetricMatrices.withSpectrum(values, seed);
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    DenseMatrix cotangent = onlyLastColumn(SymmetricMatrices.gaussian(n, n, seed + 1));
    DenseMatrix v = DenseMatrix.wrap(n, 1, eigen.vectors().column(n - 1));
    DenseMatrix g = DenseMatrix.wrap(n, 1, cotangent.column(n - 1));
    double lambda = eigen.value(n - 1);
    DenseMatrix term = g.plusScaled(-v.transpose().times(g).get(0, 0), v).times(1 / lambda);
    DenseMatrix sum = DenseMatrix.wrap(n, 1, new double[n]);
    for (int k = 0; k < terms; k++) {
      sum = sum.plus(term);
      term = matrix.times(term).times(1 / lambda);
    }
    DenseMatrix expected = sum.times(v.transpose()).symmetricPart();
    DenseMatrix actual =
        EigenGradient.backward(eigen, InverseGap.powerIteration(terms), new double[n], cotangent);
    assertTrue(
        expected.minus(actual).frobeniusNorm()
            <= 10 * Tolerances.ROUNDING * expected.frobeniusNorm());
  }

  /** A loss of an orthogonally transformed matrix has the transformed gradient. */
  @Property
  void anyRule_orthogonalSimilarity_transformsTheGradient(
      @ForAll("separated") double[] values, @ForAll("seeds") long seed) {
    int n = values.length;
    DenseMatrix matrix = SymmetricMatrices.withSpectrum(values, seed);
    DenseMatrix q = SymmetricMatrices.orthogonal(n, seed + 1);
    DenseMatrix rotated = q.times(matrix).times(q.transpose()).symmetricPart();
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    Eigendecomposition rotatedEigen = SymmetricEigen.decompose(rotated);
    // L = Σ j·vⱼᵀBvⱼ does not see signs: its cotangent is 2j·Bvⱼ.
    DenseMatrix b = SymmetricMatrices.gaussian(n, n, seed + 2).symmetricPart();
    DenseMatrix rotatedB = q.times(b).times(q.transpose());
    double[] weights = new double[n];
    Arrays.setAll(weights, j -> 2.0 * j);
    DenseMatrix w = DenseMatrix.diagonal(weights);
    InverseGap rule = InverseGap.powerIteration(19);
    DenseMatrix gradient =
        EigenGradient.backward(eigen, rule, new double[n], b.times(eigen.vectors()).times(w));
    DenseMatrix rotatedGradient =
        EigenGradient.backward(
            rotatedEigen, rule, new double[n], rotatedB.times(rotatedEigen.vectors()).times(w));
    DenseMatrix expected = q.times(gradient).times(q.transpose());
    // Vectors of neighbours at ratio 0.2¹¹ of the largest value turn by u·‖M‖/gap.
    double smallestGap = Double.POSITIVE_INFINITY;
    for (int j = 1; j < n; j++) {
      smallestGap = Math.min(smallestGap, values[j] - values[j - 1]);
    }
    double tolerance = Tolerances.ROUNDING / smallestGap;
    assertTrue(
        expected.minus(rotatedGradient).frobeniusNorm() <= tolerance * expected.frobeniusNorm());
  }

  private static DenseMatrix inEigenbasis(
      Eigendecomposition eigen, InverseGap rule, DenseMatrix cotangent) {
    DenseMatrix v = eigen.vectors();
    DenseMatrix gradient = EigenGradient.backward(eigen, rule, new double[eigen.size()], cotangent);
    return v.transpose().times(gradient).times(v);
  }

  private static DenseMatrix onlyLastColumn(DenseMatrix matrix) {
    int n = matrix.rows();
    double[] elements = new double[n * n];
    System.arraycopy(matrix.columnMajor(), n * (n - 1), elements, n * (n - 1), n);
    return DenseMatrix.wrap(n, n, elements);
  }
}
