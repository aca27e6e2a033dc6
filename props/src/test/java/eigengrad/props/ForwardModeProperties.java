package eigengrad.props;

import static eigengrad.props.Differences.directional;
import static eigengrad.props.Differences.inner;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.EigenTangent;
import eigengrad.grad.InverseGap;
import eigengrad.grad.PowerIterationGradient;
import eigengrad.grad.PowerIterationTangent;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Forward and backward, closed form and matrix-free: four ways that must agree. */
@AddLifecycleHook(ChosenSeed.class)
class ForwardModeProperties {

  @Provide
  Arbitrary<double[]> separated() {
    return Spectra.geometric(2, 12, 0.2, 0.9);
  }

  @Provide
  Arbitrary<InverseGap> rules() {
    return GradientRules.any();
  }

  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  /** ⟨∂L/∂λ, dλ⟩ + ⟨∂L/∂V, dV⟩ = ⟨∂L/∂M, dM⟩. */
  @Property
  void along_anyRule_isTheTransposeOfTheGradient(
      @ForAll("rules") InverseGap rule,
      @ForAll("separated") double[] values,
      @ForAll("seeds") long seed) {
    int n = values.length;
    Eigendecomposition eigen =
        SymmetricEigen.decompose(SymmetricMatrices.withSpectrum(values, seed));
    DenseMatrix direction = SymmetricMatrices.gaussian(n, n, seed + 1).symmetricPart();
    DenseMatrix c = SymmetricMatrices.gaussian(n, 1, seed + 2);
    DenseMatrix g = SymmetricMatrices.gaussian(n, n, seed + 3);
    EigenTangent tangent = EigenTangent.along(eigen, rule, direction);
    DenseMatrix gradient = EigenGradient.backward(eigen, rule, c.toArray(), g);
    double size = gradient.frobeniusNorm() * direction.frobeniusNorm();
    assertEquals(inner(gradient, direction), pairing(c, g, tangent), Limit.ADJOINT.value() * size);
  }

  @Property
  void matrixFree_leadingPairs_isTheClosedFormBothWays(
      @ForAll("separated") double[] values,
      @ForAll("seeds") long seed,
      @ForAll @IntRange(min = 1, max = 60) int terms,
      @ForAll @IntRange(min = 1, max = 4) int atMost) {
    int n = values.length;
    int k = Math.min(n, atMost);
    DenseMatrix m = SymmetricMatrices.withSpectrum(values, seed);
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    IndexRange range = IndexRange.largest(k);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(m, range);
    InverseGap rule = InverseGap.powerIteration(terms);
    DenseMatrix direction = SymmetricMatrices.gaussian(n, n, seed + 1).symmetricPart();
    DenseMatrix c = SymmetricMatrices.gaussian(k, 1, seed + 2);
    DenseMatrix g = SymmetricMatrices.gaussian(n, k, seed + 3);

    DenseMatrix free = PowerIterationGradient.backward(m, pairs, terms, c.toArray(), g);
    DenseMatrix closed =
        EigenGradient.backwardVectors(eigen, range, rule, g)
            .plus(EigenGradient.backwardValues(eigen, padded(n, c.toArray())));
    // Vectors of both solvers differ by u‖M‖/gap, and the least of the gaps of k ≤ 4 leading
    // values of ratio at least 0.2 and at most 0.9 is 0.2³·0.1.
    double tolerance = Limit.GRADIENT.value() / 8e-4;
    assertTrue(closed.minus(free).frobeniusNorm() <= tolerance * closed.frobeniusNorm());

    EigenTangent tangent = PowerIterationTangent.along(m, pairs, terms, direction);
    double size = free.frobeniusNorm() * direction.frobeniusNorm();
    assertEquals(inner(free, direction), pairing(c, g, tangent), Limit.ADJOINT.value() * size);
  }

  /** Relative gaps of 1e-3 and more, as neighbours of ratio at most 0.9 and at least 0.3 have. */
  @Property(tries = 100)
  void backward_analytic_agreesWithDifferences(
      @ForAll("wellSeparated") double[] values, @ForAll("seeds") long seed) {
    int n = values.length;
    DenseMatrix m = SymmetricMatrices.withSpectrum(values, seed);
    DenseMatrix direction = SymmetricMatrices.gaussian(n, n, seed + 1).symmetricPart();
    DenseMatrix unit = direction.times(1 / direction.frobeniusNorm());
    // L = Σ j·vⱼᵀBvⱼ does not see signs: its cotangent is 2j·Bvⱼ.
    DenseMatrix b = SymmetricMatrices.gaussian(n, n, seed + 2).symmetricPart();
    DenseMatrix weights = weights(n);
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    DenseMatrix gradient =
        EigenGradient.backwardVectors(
            eigen, InverseGap.analytic(), b.times(eigen.vectors()).times(weights).times(2));
    double expected = directional(x -> loss(x, b, weights), m, unit, 1e-6);
    assertEquals(expected, inner(gradient, unit), 1e-7 * (1 + gradient.frobeniusNorm()));
  }

  @Provide
  Arbitrary<double[]> wellSeparated() {
    return Spectra.geometric(2, 5, 0.3, 0.9);
  }

  private static double loss(DenseMatrix m, DenseMatrix b, DenseMatrix weights) {
    DenseMatrix v = SymmetricEigen.decompose(m).vectors();
    return inner(v, b.times(v).times(weights));
  }

  private static DenseMatrix weights(int n) {
    double[] weights = new double[n];
    for (int j = 0; j < n; j++) {
      weights[j] = j;
    }
    return DenseMatrix.diagonal(weights);
  }

  private static double pairing(DenseMatrix c, DenseMatrix g, EigenTangent tangent) {
    double[] values = tangent.values();
    return inner(c, DenseMatrix.wrap(values.length, 1, values)) + inner(g, tangent.vectors());
  }

  private static double[] padded(int n, double[] last) {
    double[] all = new double[n];
    System.arraycopy(last, 0, all, n - last.length, last.length);
    return all;
  }
}
