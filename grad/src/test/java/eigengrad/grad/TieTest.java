package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.SymmetricProduct;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ties of exact arithmetic, which rounding has split, and those it has not. */
class TieTest {
  private static final InverseGap ANALYTIC = InverseGap.analytic();

  /** Spectrum 0, c, c; its tie is exact to the bit where c = 3, and split where c = 0.3. */
  private static DenseMatrix laplacian(double c) {
    double[] elements = new double[9];
    Arrays.fill(elements, -c / 3);
    for (int i = 0; i < 3; i++) {
      elements[4 * i] = 2 * c / 3;
    }
    return DenseMatrix.wrap(3, 3, elements);
  }

  /** A matrix with one tie, of the values tied and tied + 1, among others well apart. */
  private static DenseMatrix withTie(int n, int tied, long seed) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = 1 + i;
    }
    values[tied + 1] = values[tied];
    return withSpectrum(seed, values).times(0.1);
  }

  /** The cotangent of U = vectors first … end − 1 for L = tr(P·UUᵀ): it sees their span alone. */
  private static DenseMatrix spanCotangent(
      Eigendecomposition eigen, int first, int end, long seed) {
    int n = eigen.order();
    DenseMatrix p = gaussian(n, n, seed);
    double[] u = Arrays.copyOfRange(eigen.vectors().columnMajor(), first * n, end * n);
    return p.plus(p.transpose()).times(DenseMatrix.wrap(n, end - first, u));
  }

  private static DenseMatrix padded(DenseMatrix columns, int first) {
    int n = columns.rows();
    double[] elements = new double[n * n];
    System.arraycopy(columns.columnMajor(), 0, elements, first * n, n * columns.columns());
    return DenseMatrix.wrap(n, n, elements);
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 0.3, 0.3e-200, 0.3e200})
  void backward_spanOfATie_isTheProjectorsGradient(double c) {
    Eigendecomposition eigen = SymmetricEigen.decompose(laplacian(c));
    IndexRange kept = IndexRange.largest(2);
    DenseMatrix p = gaussian(3, 3, 1);
    DenseMatrix expected = ProjectorGradient.backward(eigen, kept, ANALYTIC, p);
    DenseMatrix actual =
        EigenGradient.backwardVectors(eigen, kept, ANALYTIC, spanCotangent(eigen, 1, 3, 1));
    assertTrue(relativeDifference(expected, actual) <= 1e-13);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 12, 40})
  void backward_randomMatricesWithATie_areRightAloneAndInBatches(int n) {
    int count = 60;
    DenseMatrix[] matrices = new DenseMatrix[count];
    DenseMatrix[] cotangents = new DenseMatrix[count];
    Arrays.setAll(matrices, b -> withTie(n, n - 2, b));
    IndexRange kept = IndexRange.largest(2);
    BatchedEigendecomposition batch = SymmetricEigen.decompose(MatrixBatch.of(matrices));
    for (int b = 0; b < count; b++) {
      Eigendecomposition eigen = SymmetricEigen.decompose(matrices[b]);
      DenseMatrix g = spanCotangent(eigen, n - 2, n, 1000 + b);
      DenseMatrix expected =
          ProjectorGradient.backward(eigen, kept, ANALYTIC, gaussian(n, n, 1000 + b));
      assertTrue(
          relativeDifference(expected, EigenGradient.backwardVectors(eigen, kept, ANALYTIC, g))
              <= 1e-12);
      cotangents[b] = padded(spanCotangent(batch.decomposition(b), n - 2, n, 1000 + b), n - 2);
    }
    MatrixBatch gradients =
        EigenGradient.backwardVectors(
            batch, ANALYTIC, MatrixBatch.of(cotangents), new EigenSolver());
    for (int b = 0; b < count; b++) {
      DenseMatrix expected =
          ProjectorGradient.backward(
              batch.decomposition(b), kept, ANALYTIC, gaussian(n, n, 1000 + b));
      assertTrue(relativeDifference(expected, gradients.matrix(b)) <= 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 0.3})
  void backward_lossOfOneVectorOfATie_isRefusedNamingTheCluster(double c) {
    Eigendecomposition eigen = SymmetricEigen.decompose(laplacian(c));
    DenseMatrix g = gaussian(3, 1, 2);
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () -> EigenGradient.backwardVectors(eigen, IndexRange.largest(1), ANALYTIC, g));
    String message = String.valueOf(failure.getMessage());
    assertTrue(
        message.contains(
            "the tie of eigenvalues 1 and 2, %s and %s,".formatted(eigen.value(1), eigen.value(2))),
        message);
    // What the message advises:
    DenseMatrix whole = padded(g, 2);
    EigenGradient.backwardVectors(eigen, InverseGap.powerIteration(19), whole);
    DenseMatrix part = Gauge.independentPart(eigen, whole);
    DenseMatrix gradient = EigenGradient.backwardVectors(eigen, ANALYTIC, part);
    // The nearest loss of the span: half of the cotangent belongs to the other vector.
    assertTrue(gradient.frobeniusNorm() <= 2 / c * g.frobeniusNorm());
    DiagnosedGradient diagnosed = EigenGradient.diagnosed(eigen, ANALYTIC, new double[3], whole);
    assertTrue(diagnosed.gaugeDependence() > 0.01);
    assertTrue(relativeDifference(gradient, diagnosed.gradient()) <= 1e-12);
    assertTrue(diagnosed.largestCoefficient() <= 1 / c * (1 + 1e-12));
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#boundedRules")
  void backward_boundedRule_hasNothingWithinATieWhereverRoundingPutIt(InverseGap rule) {
    DenseMatrix g = gaussian(3, 3, 3);
    DenseMatrix exact =
        EigenGradient.backwardVectors(
            Eigendecomposition.of(new double[] {0, 0.3, 0.3}, DenseMatrix.identity(3)), rule, g);
    for (double shift : new double[] {-0x1p-53, 0x1p-53, 0x1p-51}) {
      double[] values = {0, 0.3 + Math.min(0, shift), 0.3 + Math.max(0, shift)};
      Eigendecomposition split = Eigendecomposition.of(values, DenseMatrix.identity(3));
      DenseMatrix alone = EigenGradient.backwardVectors(split, rule, g);
      assertTrue(relativeDifference(exact, alone) <= 1e-14);
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void backward_batchWithTies_isEachGradientAlone(InverseGap rule) {
    DenseMatrix[] matrices = new DenseMatrix[11];
    Arrays.setAll(
        matrices, b -> b % 3 == 1 ? gaussian(3, 3, b).symmetricPart() : laplacian(0.1 * b));
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(MatrixBatch.of(matrices));
    DenseMatrix[] g = new DenseMatrix[11];
    Arrays.setAll(g, b -> Gauge.independentPart(eigen.decomposition(b), gaussian(3, 3, 100 + b)));
    MatrixBatch gradients =
        EigenGradient.backwardVectors(eigen, rule, MatrixBatch.of(g), new EigenSolver());
    for (int b = 1; b < 11; b++) {
      DenseMatrix alone = EigenGradient.backwardVectors(eigen.decomposition(b), rule, g[b]);
      assertTrue(relativeDifference(alone, gradients.matrix(b)) <= 1e-12);
    }
  }

  @Test
  void backward_valuesCotangentsThatDifferWithinATie_areRefusedBesideVectors() {
    Eigendecomposition eigen = SymmetricEigen.decompose(laplacian(0.3));
    DenseMatrix s = gaussian(3, 3, 4).symmetricPart();
    // L = tr(S·f(M)), f(λ) = λ²: the vectors' and the values' cotangents of Σ λⱼ²·vⱼᵀSvⱼ.
    DenseMatrix image = s.times(eigen.vectors());
    double[] c = new double[3];
    double[] factors = new double[3];
    for (int j = 0; j < 3; j++) {
      factors[j] = 2 * eigen.value(j) * eigen.value(j);
      for (int i = 0; i < 3; i++) {
        c[j] += 2 * eigen.value(j) * eigen.vectors().get(i, j) * image.get(i, j);
      }
    }
    DenseMatrix g = image.times(DenseMatrix.diagonal(factors));
    NonFiniteException failure =
        assertThrows(NonFiniteException.class, () -> EigenGradient.backward(eigen, ANALYTIC, c, g));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("∂L/∂λ differs within the tie of eigenvalues 1 and 2"), message);
    assertTrue(message.contains("SpectralFunction"), message);
    // Each of the two parts by itself has a gradient, and equal cotangents have one together.
    EigenGradient.backwardValues(eigen, c);
    EigenGradient.backwardVectors(eigen, ANALYTIC, g);
    double[] equal = {1, 2, 2};
    DenseMatrix sum =
        EigenGradient.backwardValues(eigen, equal)
            .plus(EigenGradient.backwardVectors(eigen, ANALYTIC, g));
    assertTrue(relativeDifference(sum, EigenGradient.backward(eigen, ANALYTIC, equal, g)) <= 1e-14);
    // A tie of vectors that L does not depend on has any cotangents.
    EigenGradient.backward(eigen, ANALYTIC, c, padded(gaussian(3, 1, 5), 0));
  }

  @Test
  void along_directionThatSplitsATie_isRefusedAndRightWithoutThatPart() {
    Eigendecomposition eigen = SymmetricEigen.decompose(laplacian(0.3));
    DenseMatrix direction = gaussian(3, 3, 6).symmetricPart();
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class, () -> EigenTangent.along(eigen, ANALYTIC, direction));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("splits the tie of eigenvalues 1 and 2"), message);
    // What the message advises:
    EigenTangent.along(eigen, InverseGap.powerIteration(19), direction);
    DenseMatrix kept =
        Gauge.independentDirection(eigen, direction, ANALYTIC.tieTolerance(eigen.order()));
    assertEquals(kept, kept.transpose());
    EigenTangent tangent = EigenTangent.along(eigen, IndexRange.largest(2), ANALYTIC, kept);
    // dL of L = tr(P·UUᵀ), forwards and backwards, along the whole direction.
    DenseMatrix p = gaussian(3, 3, 7);
    DenseMatrix gradient = ProjectorGradient.backward(eigen, IndexRange.largest(2), ANALYTIC, p);
    assertEquals(
        inner(gradient, direction),
        inner(spanCotangent(eigen, 1, 3, 7), tangent.vectors()),
        1e-13 * gradient.frobeniusNorm() * direction.frobeniusNorm());
  }

  @Test
  void projector_edgeThroughASplitTie_isRefusedUnlessNothingDependsOnIt() {
    Eigendecomposition eigen = SymmetricEigen.decompose(laplacian(0.3));
    IndexRange kept = IndexRange.largest(1);
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () -> ProjectorGradient.backward(eigen, kept, ANALYTIC, gaussian(3, 3, 8)));
    assertTrue(String.valueOf(failure.getMessage()).contains("eigenvalues 1 and 2"));
    // The projector's trace is 1 whatever the matrix.
    DenseMatrix zero = ProjectorGradient.backward(eigen, kept, ANALYTIC, DenseMatrix.identity(3));
    assertTrue(zero.maxAbs() <= 1e-14);
  }

  @Test
  void powerIterationGradient_splitTie_isTheRuleOnTheWholeSpectrum() {
    DenseMatrix m = withTie(6, 4, 9);
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    DenseMatrix g = gaussian(6, 2, 10);
    DenseMatrix expected =
        EigenGradient.backwardVectors(
            eigen, IndexRange.largest(2), InverseGap.powerIteration(19), g);
    double[] values = {eigen.value(4), eigen.value(5)};
    double[] vectors = Arrays.copyOfRange(eigen.vectors().columnMajor(), 24, 36);
    DenseMatrix actual =
        PowerIterationGradient.backward(
            SymmetricProduct.of(m), values, DenseMatrix.wrap(6, 2, vectors), 19, new double[2], g);
    assertTrue(relativeDifference(expected, actual) <= 1e-12);
  }

  @Test
  void withTieTolerance_choosesWhatTies() {
    double[] values = {1, 1 + 1e-7, 2};
    Eigendecomposition eigen = Eigendecomposition.of(values, DenseMatrix.identity(3));
    DenseMatrix g = gaussian(3, 3, 11);
    double size = EigenGradient.backwardVectors(eigen, ANALYTIC, g).frobeniusNorm();
    assertTrue(size > 1e5);
    assertThrows(
        NonFiniteException.class,
        () -> EigenGradient.backwardVectors(eigen, ANALYTIC.withTieTolerance(1e-6), g));
    assertTrue(
        EigenGradient.backwardVectors(eigen, InverseGap.clipped(1e12).withTieTolerance(1e-6), g)
                .frobeniusNorm()
            < 10);
    assertEquals(1e-6, ANALYTIC.withTieTolerance(1e-3).withTieTolerance(1e-6).tieTolerance(9));
    for (double tolerance : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(
          "tieTolerance must be ≥ 0 and finite", () -> ANALYTIC.withTieTolerance(tolerance));
    }
  }

  @Test
  void defaultTolerance_coversWhatRoundingMakesOfATie() {
    for (int n : new int[] {3, 5, 12, 40, 100}) {
      for (int seed = 0; seed < 30; seed++) {
        Eigendecomposition eigen = SymmetricEigen.decompose(withTie(n, n / 2, seed));
        double split = eigen.value(n / 2 + 1) - eigen.value(n / 2);
        assertTrue(split <= 0.5 * Gauge.tieTolerance(n) * eigen.value(n - 1), n + ", " + seed);
      }
    }
  }
}
