package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GaugeTest {
  private static final int N = 6;
  private static final double TIE = Gauge.tieTolerance(N);
  private static final double[] TRIPLE = {0.5, 1, 1, 1, 2, 3};

  private static final DenseMatrix IDENTITY = DenseMatrix.identity(2);

  /** The same matrix, its vectors with other signs and another basis in the triple's space. */
  private static Eigendecomposition turned(Eigendecomposition eigen, long seed) {
    DenseMatrix basis = SymmetricEigen.decompose(gaussian(3, 3, seed).symmetricPart()).vectors();
    double[] turn = DenseMatrix.diagonal(-1, 0, 0, 0, 1, -1).toArray();
    for (int j = 0; j < 3; j++) {
      System.arraycopy(basis.columnMajor(), 3 * j, turn, 1 + (1 + j) * N, 3);
    }
    return Eigendecomposition.of(
        eigen.values(), eigen.vectors().times(DenseMatrix.wrap(N, N, turn)));
  }

  /** The cotangent of Σ f(λⱼ)·vⱼᵀBvⱼ, which sees neither signs nor bases. */
  private static DenseMatrix invariantCotangent(Eigendecomposition eigen, DenseMatrix b) {
    double[] weights = new double[N];
    for (int j = 0; j < N; j++) {
      weights[j] = 2 * Math.exp(TRIPLE[j]);
    }
    return b.times(eigen.vectors()).times(DenseMatrix.diagonal(weights));
  }

  /** Exactly tied values, as a solver delivers them for a diagonal matrix. */
  private static Eigendecomposition triple() {
    return Eigendecomposition.of(
        TRIPLE, SymmetricEigen.decompose(gaussian(N, N, 1).symmetricPart()).vectors());
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#boundedRules")
  void backward_otherSignsAndBases_giveTheSameGradient(InverseGap rule) {
    Eigendecomposition eigen = triple();
    DenseMatrix b = gaussian(N, N, 2).symmetricPart();
    DenseMatrix expected = EigenGradient.backwardVectors(eigen, rule, invariantCotangent(eigen, b));
    for (int seed = 0; seed < 5; seed++) {
      Eigendecomposition other = turned(eigen, 10 + seed);
      DenseMatrix g = invariantCotangent(other, b);
      assertTrue(
          relativeDifference(expected, EigenGradient.backwardVectors(other, rule, g)) <= 1e-12);
      assertTrue(Gauge.dependence(other, g, TIE) <= 1e-14);
      Gauge.requireIndependence(other, g, TIE, 1e-10);
    }
  }

  @Test
  void dependence_computedTriple_isFoundDespiteRounding() {
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(3, TRIPLE));
    DenseMatrix b = gaussian(N, N, 4).symmetricPart();
    assertTrue(Gauge.dependence(eigen, invariantCotangent(eigen, b), TIE) <= 1e-14);
    assertTrue(Gauge.dependence(eigen, gaussian(N, N, 5), TIE) > 0.01);
  }

  @Test
  void dependence_lossOfOneVectorOfATriple_isReported() {
    Eigendecomposition eigen = triple();
    DenseMatrix g = gaussian(N, N, 6);
    double expected = 0;
    DenseMatrix product = eigen.vectors().transpose().times(g);
    for (int[] pair : new int[][] {{1, 2}, {1, 3}, {2, 3}}) {
      double skew = product.get(pair[0], pair[1]) - product.get(pair[1], pair[0]);
      expected = Math.max(expected, Math.abs(skew) / 2);
    }
    assertEquals(expected / g.frobeniusNorm(), Gauge.dependence(eigen, g, TIE), 1e-15);
    assertRefused(
        "depends on the choice of eigenvectors",
        () -> Gauge.requireIndependence(eigen, g, TIE, 1e-10));
  }

  @Test
  void independentPart_anyCotangent_isFreeOfItAndNearest() {
    Eigendecomposition eigen = triple();
    DenseMatrix g = gaussian(N, N, 7);
    DenseMatrix part = Gauge.independentPart(eigen, g, TIE);
    assertTrue(Gauge.dependence(eigen, part, TIE) <= 1e-15);
    assertTrue(relativeDifference(part, Gauge.independentPart(eigen, part, TIE)) <= 1e-15);
    assertEquals(0, Samples.inner(part, g.minus(part)), 1e-13);
    InverseGap rule = InverseGap.powerIteration(19);
    assertTrue(
        relativeDifference(
                EigenGradient.backwardVectors(eigen, rule, g),
                EigenGradient.backwardVectors(eigen, rule, part))
            <= 1e-13);
  }

  @Test
  void noTie_nothingDepends() {
    Eigendecomposition eigen = SymmetricEigen.decompose(withSpectrum(8, 1, 2, 3, 4, 5, 6));
    DenseMatrix g = gaussian(N, N, 9);
    assertEquals(0, Gauge.dependence(eigen, g, TIE));
    assertEquals(g, Gauge.independentPart(eigen, g, TIE));
    assertTrue(Gauge.dependence(eigen, g, 0.5) > 0);
    assertEquals(0, Gauge.dependence(triple(), DenseMatrix.wrap(N, N, new double[N * N]), TIE));
  }

  @Test
  void tieTolerance_isEightRoundingsARow() {
    assertEquals(40 * 0x1p-53, Gauge.tieTolerance(5));
    Eigendecomposition eigen = Eigendecomposition.of(new double[] {1 - 0x1p-50, 1}, IDENTITY);
    DenseMatrix g = DenseMatrix.of(2, 2, 0, 1, 0, 0);
    assertEquals(0.5, Gauge.dependence(eigen, g, Gauge.tieTolerance(2)));
    assertEquals(0, Gauge.dependence(eigen, g, 0x1p-51));
    // What is just the tolerance ties, and passes.
    assertEquals(0.5, Gauge.dependence(eigen, g, 0x1p-50));
    Gauge.requireIndependence(eigen, g, 0x1p-50, 0.5);
    Gauge.requireIndependence(eigen, g, 0, 0);
  }

  /** Elements whose products, or whose norm, overflow; and some whose products underflow. */
  @Test
  void dependence_anyScaleOfTheCotangent_isTheSame() {
    Eigendecomposition eigen = triple();
    DenseMatrix g = gaussian(N, N, 12);
    double expected = Gauge.dependence(eigen, g);
    DenseMatrix part = Gauge.independentPart(eigen, g);
    double largest = 0x1p1023 / g.maxAbs();
    for (double scale : new double[] {largest, 0x1p-500 * largest, 0x1p-1000, 0x1p-1040}) {
      DenseMatrix scaled = g.times(scale);
      assertEquals(expected, Gauge.dependence(eigen, scaled), scale < 0x1p-1022 ? 1e-6 : 1e-14);
      assertRefused("depends on", () -> Gauge.requireIndependence(eigen, scaled));
      DenseMatrix scaledPart = Gauge.independentPart(eigen, scaled);
      assertTrue(Gauge.dependence(eigen, scaledPart) <= (scale < 0x1p-1022 ? 1e-6 : 1e-14));
      if (scale > 0x1p-1022) {
        DenseMatrix back = scaledPart.times(1 / scale);
        assertTrue(relativeDifference(part, back) <= 1e-14);
      }
    }
  }

  @Test
  void independentDirection_hasNothingThatSplitsATie() {
    Eigendecomposition eigen = triple();
    DenseMatrix direction = gaussian(N, N, 13).symmetricPart();
    DenseMatrix v = eigen.vectors();
    DenseMatrix core = v.transpose().times(direction).times(v);
    DenseMatrix kept =
        v.transpose().times(Gauge.independentDirection(eigen, direction, TIE)).times(v);
    for (int j = 0; j < N; j++) {
      for (int i = 0; i < N; i++) {
        boolean splits = i != j && TRIPLE[i] == TRIPLE[j];
        assertEquals(splits ? 0 : core.get(i, j), kept.get(i, j), 1e-13);
      }
    }
    DenseMatrix huge = direction.times(0x1p1020);
    assertTrue(
        relativeDifference(
                Gauge.independentDirection(eigen, direction, TIE),
                Gauge.independentDirection(eigen, huge, TIE).times(0x1p-1020))
            <= 1e-14);
  }

  @Test
  void badArguments_areRefused() {
    Eigendecomposition eigen = triple();
    DenseMatrix g = gaussian(N, N, 9);
    assertRefused("tieTolerance must be ≥ 0", () -> Gauge.dependence(eigen, g, Double.NaN));
    assertRefused("tolerance must be ≥ 0", () -> Gauge.requireIndependence(eigen, g, TIE, -1));
    assertRefused("symmetric", () -> Gauge.independentDirection(eigen, g, TIE));
    assertRefused(
        "tieTolerance must be ≥ 0",
        () -> Gauge.independentDirection(eigen, DenseMatrix.identity(N), -1));
    assertRefused(
        "vectorCotangent must be 6×6, got 2×2",
        () -> Gauge.independentPart(eigen, DenseMatrix.identity(2), TIE));
  }
}
