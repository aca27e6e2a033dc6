package eigengrad.props;

import static eigengrad.props.Differences.inner;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.Gauge;
import eigengrad.grad.InverseGap;
import eigengrad.grad.ProjectorGradient;
import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Gradients do not depend on which eigenvectors a solver happens to deliver. */
@AddLifecycleHook(ChosenSeed.class)
class InvarianceProperties {
  private static final double SAME = 1e-12;

  /** Multiplicities: each number is how often one eigenvalue repeats. */
  @Provide
  Arbitrary<int[]> multiplicities() {
    return Arbitraries.integers().between(1, 4).array(int[].class).ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<InverseGap> boundedRules() {
    return GradientRules.bounded();
  }

  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  @Property
  void backward_otherBasisOfEachEigenspace_givesTheSameGradient(
      @ForAll("multiplicities") int[] multiplicities,
      @ForAll("boundedRules") InverseGap rule,
      @ForAll("seeds") long seed) {
    Eigendecomposition eigen = repeated(multiplicities, seed);
    Eigendecomposition other = turned(eigen, multiplicities, seed + 1);
    int n = eigen.order();
    DenseMatrix b = SymmetricMatrices.gaussian(n, n, seed + 2).symmetricPart();
    DenseMatrix g = invariantCotangent(eigen, b);
    DenseMatrix otherG = invariantCotangent(other, b);
    assertSame(
        EigenGradient.backwardVectors(eigen, rule, g),
        EigenGradient.backwardVectors(other, rule, otherG),
        rule.bound(1, multiplicities.length) * g.frobeniusNorm());
    assertTrue(Gauge.dependence(other, otherG, Gauge.tieTolerance(n)) <= 1e-13);
  }

  @Property
  void projector_otherBasisOfEachEigenspace_givesTheSameGradient(
      @ForAll("multiplicities") int[] multiplicities,
      @ForAll @IntRange(min = 0, max = 4) int blocks,
      @ForAll("seeds") long seed) {
    Eigendecomposition eigen = repeated(multiplicities, seed);
    Eigendecomposition other = turned(eigen, multiplicities, seed + 1);
    int n = eigen.order();
    int kept = 0;
    for (int block = 0; block < Math.min(blocks, multiplicities.length); block++) {
      kept += multiplicities[multiplicities.length - 1 - block];
    }
    IndexRange range = IndexRange.largest(kept);
    DenseMatrix s = SymmetricMatrices.gaussian(n, n, seed + 2);
    InverseGap rule = InverseGap.analytic();
    assertSame(
        ProjectorGradient.backward(eigen, range, rule, s),
        ProjectorGradient.backward(other, range, rule, s),
        s.frobeniusNorm());
  }

  @Property
  void spectralFunction_otherBasisOfEachEigenspace_givesTheSameGradient(
      @ForAll("multiplicities") int[] multiplicities, @ForAll("seeds") long seed) {
    Eigendecomposition eigen = repeated(multiplicities, seed);
    Eigendecomposition other = turned(eigen, multiplicities, seed + 1);
    int n = eigen.order();
    DenseMatrix g = SymmetricMatrices.gaussian(n, n, seed + 2);
    for (SpectralFunction f : SpectralFunctionProperties.functions()) {
      DenseMatrix gradient = f.forward(eigen).backward(g);
      assertSame(gradient, f.forward(other).backward(g), gradient.frobeniusNorm());
    }
  }

  /** A loss that sees the basis is reported, and its invariant part is not. */
  @Property
  void gauge_anyCotangent_splitsIntoInvariantAndRest(
      @ForAll("multiplicities") int[] multiplicities, @ForAll("seeds") long seed) {
    Eigendecomposition eigen = repeated(multiplicities, seed);
    int n = eigen.order();
    double tie = Gauge.tieTolerance(n);
    DenseMatrix g = SymmetricMatrices.gaussian(n, n, seed + 1);
    DenseMatrix part = Gauge.independentPart(eigen, g, tie);
    assertTrue(Gauge.dependence(eigen, part, tie) <= 1e-14);
    assertEquals(0, inner(part, g.minus(part)), SAME * inner(g, g));
    boolean repeats = n > multiplicities.length;
    assertEquals(repeats, Gauge.dependence(eigen, g, tie) > 1e-9);
  }

  /** Eigenvalues 1, 2, …, each as often as given, exactly. */
  private static Eigendecomposition repeated(int[] multiplicities, long seed) {
    int n = 0;
    for (int multiplicity : multiplicities) {
      n += multiplicity;
    }
    double[] values = new double[n];
    int at = 0;
    for (int block = 0; block < multiplicities.length; block++) {
      for (int i = 0; i < multiplicities[block]; i++) {
        values[at++] = block + 1;
      }
    }
    return Eigendecomposition.of(values, SymmetricMatrices.orthogonal(n, seed));
  }

  /** The same matrix with random bases, signs included. */
  private static Eigendecomposition turned(
      Eigendecomposition eigen, int[] multiplicities, long seed) {
    int n = eigen.order();
    double[] turn = new double[n * n];
    int start = 0;
    for (int size : multiplicities) {
      double[] basis = SymmetricMatrices.orthogonal(size, seed + start).columnMajor();
      for (int j = 0; j < size; j++) {
        System.arraycopy(basis, j * size, turn, start + (start + j) * n, size);
      }
      start += size;
    }
    return Eigendecomposition.of(
        eigen.values(), eigen.vectors().times(DenseMatrix.wrap(n, n, turn)));
  }

  /** The cotangent of Σ λⱼ²·vⱼᵀBvⱼ, which sees neither signs nor bases. */
  private static DenseMatrix invariantCotangent(Eigendecomposition eigen, DenseMatrix b) {
    double[] weights = eigen.values();
    for (int j = 0; j < weights.length; j++) {
      weights[j] *= 2 * weights[j];
    }
    return b.times(eigen.vectors()).times(DenseMatrix.diagonal(weights));
  }

  private static void assertSame(DenseMatrix expected, DenseMatrix actual, double size) {
    double difference = expected.minus(actual).frobeniusNorm();
    assertTrue(difference <= SAME * size, () -> "differ by " + difference + " of " + size);
  }
}
