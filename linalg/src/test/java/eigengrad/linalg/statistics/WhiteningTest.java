package eigengrad.linalg.statistics;

import static eigengrad.linalg.statistics.TestSamples.accumulated;
import static eigengrad.linalg.statistics.TestSamples.assertClose;
import static eigengrad.linalg.statistics.TestSamples.assertGuarded;
import static eigengrad.linalg.statistics.TestSamples.assertIdentity;
import static eigengrad.linalg.statistics.TestSamples.correlated;
import static eigengrad.linalg.statistics.TestSamples.covariance;
import static eigengrad.linalg.statistics.TestSamples.refuse;
import static eigengrad.linalg.statistics.TestSamples.scaleFeatures;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhiteningTest {
  private static final DenseMatrix SAMPLES =
      scaleFeatures(correlated(7, 300, 2), 1, 2, 0.5, 3, 1, 0.25, 1);

  private static WhiteningOptions of(WhiteningKind kind) {
    return WhiteningOptions.DEFAULT.withKind(kind);
  }

  private static DenseMatrix matrix(WhiteningKind kind) {
    return Whitening.fit(SAMPLES, of(kind)).matrix();
  }

  /** V^(1/2), the deviations. */
  private static DenseMatrix deviations() {
    return DenseMatrix.diagonal(Diagonals.map(Diagonals.of(covariance(SAMPLES)), Math::sqrt));
  }

  private static double offDiagonal(DenseMatrix matrix) {
    return matrix.minus(DenseMatrix.diagonal(Diagonals.of(matrix))).maxAbs();
  }

  private static double trace(DenseMatrix matrix) {
    double trace = 0;
    for (double element : Diagonals.of(matrix)) {
      trace += element;
    }
    return trace;
  }

  @ParameterizedTest
  @EnumSource
  void transform_samples_haveCovarianceI(WhiteningKind kind) {
    Whitening direct = Whitening.fit(SAMPLES, of(kind));
    Whitening accumulated = Whitening.fit(accumulated(SAMPLES), of(kind));
    assertClose(direct.matrix(), accumulated.matrix(), 1e-12);
    for (Whitening whitening : new Whitening[] {direct, accumulated}) {
      DenseMatrix whitened = whitening.transform(SAMPLES);
      assertIdentity(covariance(whitened), 1e-12);
      assertArrayEquals(new double[7], accumulated(whitened).mean(), 1e-12);
      assertClose(SAMPLES, whitening.inverseTransform(whitened), 1e-12);
      assertIdentity(whitening.matrix().times(whitening.inverseMatrix()), 1e-13);
      assertEquals(7, whitening.rank());
      assertEquals(kind, whitening.kind());
    }
  }

  @Test
  void zca_matrix_isTheSymmetricRoot() {
    DenseMatrix w = matrix(WhiteningKind.ZCA);
    assertEquals(w, w.transpose());
    assertTrue(SymmetricEigen.values(w)[0] > 0);
    assertIdentity(w.times(w).times(covariance(SAMPLES)), 1e-12);
  }

  /** WWᵀ = Λ⁻¹, W Σ Wᵀ = I. */
  @Test
  void pca_rows_areEigenvectorsOfTheCovariance() {
    DenseMatrix w = matrix(WhiteningKind.PCA);
    Pca pca = Pca.fit(SAMPLES, PcaOptions.DEFAULT.withWhiten(true));
    assertEquals(
        pca.transform(SAMPLES), Whitening.fit(SAMPLES, of(WhiteningKind.PCA)).transform(SAMPLES));
    DenseMatrix squares = w.times(w.transpose());
    assertEquals(0, offDiagonal(squares), 1e-12 * squares.maxAbs());
    double[] variances = Diagonals.map(Diagonals.of(squares), s -> 1 / s);
    assertArrayEquals(pca.explainedVariance(), variances, 1e-12);
  }

  /** W = Lᵀ, LLᵀ = Σ⁻¹; and WΣ = L⁻¹ is lower triangular. */
  @Test
  void cholesky_matrix_isUpperTriangular() {
    DenseMatrix w = matrix(WhiteningKind.CHOLESKY);
    DenseMatrix inverse = Whitening.fit(SAMPLES, of(WhiteningKind.CHOLESKY)).inverseMatrix();
    DenseMatrix crossCovariance = w.times(covariance(SAMPLES));
    for (int j = 0; j < 7; j++) {
      assertTrue(w.get(j, j) > 0);
      for (int i = j + 1; i < 7; i++) {
        assertEquals(0, w.get(i, j));
        assertEquals(0, inverse.get(i, j));
        assertEquals(0, crossCovariance.get(j, i), 1e-12);
      }
    }
  }

  /** Features in other units have the same whitened values, whatever the condition number. */
  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "ZCA_COR", "PCA_COR"})
  void standardizedKinds_otherUnits_changeNothing(WhiteningKind kind) {
    DenseMatrix units = scaleFeatures(SAMPLES, 1e-9, 1, 1e9, 1, 1e-20, 1, 1e20);
    DenseMatrix expected = Whitening.fit(SAMPLES, of(kind)).transform(SAMPLES);
    assertClose(expected, Whitening.fit(units, of(kind)).transform(units), 1e-11);
    assertClose(expected, Whitening.fit(accumulated(units), of(kind)).transform(units), 1e-11);
  }

  /** P^(−1/2) = WV^(1/2) is symmetric; GΘ^(−1/2) has orthogonal rows. */
  @Test
  void correlationKinds_matrices_areThoseOfTheCorrelation() {
    DenseMatrix correlation = accumulated(SAMPLES).correlation();
    DenseMatrix root = matrix(WhiteningKind.ZCA_COR).times(deviations());
    assertClose(root, root.transpose(), 1e-13);
    assertTrue(SymmetricEigen.values(root.symmetricPart())[0] > 0);
    assertIdentity(root.times(root).times(correlation), 1e-12);
    DenseMatrix axes = matrix(WhiteningKind.PCA_COR).times(deviations());
    DenseMatrix squares = axes.times(axes.transpose());
    assertEquals(0, offDiagonal(squares), 1e-12);
    double[] values = SymmetricEigen.values(correlation);
    for (int j = 0; j < 7; j++) {
      assertEquals(values[6 - j], 1 / squares.get(j, j), 1e-12);
    }
  }

  /** Kessy, Lewin, Strimmer: ZCA has the largest trace of WΣ, ZCA-cor that of WΣV^(−1/2). */
  @ParameterizedTest
  @EnumSource
  void crossCovariance_optimalKinds_areAheadOfTheOthers(WhiteningKind kind) {
    DenseMatrix covariance = covariance(SAMPLES);
    double zca = trace(matrix(WhiteningKind.ZCA).times(covariance));
    double zcaCor =
        trace(matrix(WhiteningKind.ZCA_COR).times(covariance).times(inverseDeviations()));
    DenseMatrix cross = matrix(kind).times(covariance);
    assertEquals(kind == WhiteningKind.ZCA, trace(cross) > zca - 1e-9);
    assertEquals(
        kind == WhiteningKind.ZCA_COR, trace(cross.times(inverseDeviations())) > zcaCor - 1e-9);
  }

  private static DenseMatrix inverseDeviations() {
    return DenseMatrix.diagonal(Diagonals.map(Diagonals.of(deviations()), s -> 1 / s));
  }

  /** W(Σ + εI)Wᵀ = I, or with εV in place of εI. */
  @ParameterizedTest
  @EnumSource
  void epsilon_fewerSamplesThanFeatures_whitensTheSum(WhiteningKind kind) {
    DenseMatrix samples = correlated(12, 5, 1);
    DenseMatrix covariance = covariance(samples);
    WhiteningOptions ridge = of(kind).withEpsilon(0.1);
    DenseMatrix added =
        kind.isStandardized()
            ? DenseMatrix.diagonal(Diagonals.of(covariance))
            : DenseMatrix.identity(12);
    DenseMatrix sum = covariance.plusScaled(0.1, added);
    for (Whitening whitening :
        new Whitening[] {
          Whitening.fit(samples, ridge), Whitening.fit(accumulated(samples), ridge)
        }) {
      DenseMatrix w = whitening.matrix();
      assertIdentity(w.times(sum).times(w.transpose()), 1e-12);
      assertIdentity(w.times(whitening.inverseMatrix()), 1e-12);
      assertEquals(4, whitening.rank());
      assertEquals(0.1, whitening.epsilon());
    }
  }

  /** The way out that the message names is one, and so is the one that Javadoc names. */
  @ParameterizedTest
  @EnumSource
  void fit_singularCovariance_isRefusedWithItsRank(WhiteningKind kind) {
    DenseMatrix samples = correlated(6, 4, 1);
    String message = "has rank 3 of 6, as far as can be computed: make epsilon greater than ";
    Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
    refuse(illegal, message, () -> Whitening.fit(samples, of(kind)));
    refuse(illegal, message, () -> Whitening.fit(accumulated(samples), of(kind)));
    Whitening.fit(samples, of(kind).withEpsilon(1e-10));
    Whitening.fit(accumulated(samples), of(kind).withEpsilon(1e-10));
    Pca.fit(samples, PcaOptions.DEFAULT.withComponents(3).withWhiten(true));
  }

  @Test
  void fit_constantFeature_isRefusedAndLeftOut() {
    DenseMatrix samples = scaleFeatures(correlated(3, 50, 1), 1, 1, 0);
    Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
    for (WhiteningKind kind : WhiteningKind.values()) {
      String message =
          kind.isStandardized()
              ? "feature 2 is constant and has no correlations: leave it out, or whiten by kind ZCA"
              : "the covariance has rank 2 of 3";
      refuse(illegal, message, () -> Whitening.fit(samples, of(kind)));
      refuse(illegal, message, () -> Whitening.fit(accumulated(samples), of(kind)));
      DenseMatrix leftOut = DenseMatrix.of(2, 3, 1, 0, 0, 1, 0, 0).times(samples);
      assertEquals(2, Whitening.fit(leftOut, of(kind)).rank());
    }
    Whitening ridge = Whitening.fit(samples, WhiteningOptions.DEFAULT.withEpsilon(1e-6));
    assertEquals(0, ridge.transform(samples).get(2, 0), 1e-12);
    assertEquals(2, ridge.rank());
  }

  @ParameterizedTest
  @EnumSource
  void fit_meanOfAHundredMillion_keepsItsDigits(WhiteningKind kind) {
    DenseMatrix expected = Whitening.fit(correlated(5, 600, 0), of(kind)).matrix();
    DenseMatrix offset = correlated(5, 600, 1e8);
    assertClose(expected, Whitening.fit(offset, of(kind)).matrix(), 1e-8);
    assertClose(expected, Whitening.fit(accumulated(offset), of(kind)).matrix(), 1e-7);
  }

  /** κ = 10²⁰, where nothing is left in the covariance. */
  @ParameterizedTest
  @EnumSource
  void fit_almostDependentFeatures_areWhitenedFromSamples(WhiteningKind kind) {
    DenseMatrix graded = scaleFeatures(correlated(3, 200, 0), 1, 1, 1e-10);
    DenseMatrix samples = DenseMatrix.of(3, 3, 1, 0, 1, 0, 1, 1, 0, 0, 1).times(graded);
    Whitening whitening = Whitening.fit(samples, of(kind));
    assertIdentity(covariance(whitening.transform(samples)), 1e-4);
    refuse(
        IllegalArgumentException.class,
        "has rank 2 of 3",
        () -> Whitening.fit(accumulated(samples), of(kind)));
  }

  @ParameterizedTest
  @EnumSource
  void read_savedModel_transformsToTheSameBits(WhiteningKind kind) throws IOException {
    Whitening whitening = Whitening.fit(correlated(3, 20, 1), of(kind).withEpsilon(0.5));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    whitening.save(bytes);
    Whitening read = Whitening.read(new ByteArrayInputStream(bytes.toByteArray()));
    DenseMatrix samples = correlated(3, 4, 1);
    assertEquals(whitening.transform(samples), read.transform(samples));
    assertEquals(whitening.inverseTransform(samples), read.inverseTransform(samples));
    assertArrayEquals(whitening.mean(), read.mean());
    assertEquals(kind, read.kind());
    assertEquals(0.5, read.epsilon());
    assertEquals(3, read.rank());
    assertGuarded(bytes.toByteArray(), Whitening::read);
  }

  @Test
  void badInput_isRefused() {
    Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
    refuse(illegal, "got -1.0", () -> WhiteningOptions.DEFAULT.withEpsilon(-1));
    refuse(illegal, "got NaN", () -> WhiteningOptions.DEFAULT.withEpsilon(Double.NaN));
    refuse(illegal, "got 3×1", () -> Whitening.fit(correlated(3, 1, 0)));
    DenseMatrix broken = DenseMatrix.of(2, 2, 1, 2, 3, Double.POSITIVE_INFINITY);
    refuse(illegal, "got Infinity at index 1 of column 1", () -> Whitening.fit(broken));
    Whitening whitening = Whitening.fit(correlated(2, 9, 0));
    refuse(illegal, "samples must have 2 elements", () -> whitening.transform(SAMPLES));
    refuse(illegal, "transformed samples must have 2", () -> whitening.inverseTransform(SAMPLES));
    refuse(illegal, "got Infinity", () -> whitening.transform(broken));
    refuse(
        IllegalStateException.class,
        "weight greater than 1",
        () -> Whitening.fit(accumulated(correlated(3, 1, 0))));
  }

  /** The messages advise to scale, which helps. */
  @Test
  void fit_extremeSamples_areErrorsThatScalingMends() {
    for (WhiteningKind kind : WhiteningKind.values()) {
      DenseMatrix large = DenseMatrix.of(1, 2, 1.5e308, -1.5e308);
      refuse(
          ArithmeticException.class,
          "scale the samples down",
          () -> Whitening.fit(large, of(kind)));
      assertTrue(Whitening.fit(large.times(0x1p-600), of(kind)).matrix().maxAbs() > 0);
    }
    DenseMatrix small = DenseMatrix.of(1, 2, 1e-310, -1e-310);
    WhiteningOptions standardized = of(WhiteningKind.ZCA_COR);
    refuse(
        ArithmeticException.class,
        "scale the samples up",
        () -> Whitening.fit(small, standardized));
    assertEquals(1, Whitening.fit(small.times(0x1p600), standardized).rank());
  }

  @Test
  void fit_inverseBeyondTheLargestDouble_saysWhatHasOne() {
    DenseMatrix samples = DenseMatrix.of(1, 2, 1e153, -1e153);
    WhiteningOptions ridged = of(WhiteningKind.ZCA).withEpsilon(1e308);
    refuse(
        ArithmeticException.class,
        "samples scaled down by a power of two, or with a smaller epsilon",
        () -> Whitening.fit(samples.times(8), ridged));
    for (Whitening followed :
        new Whitening[] {
          Whitening.fit(samples.times(0x1p-600), ridged),
          Whitening.fit(samples.times(8), ridged.withEpsilon(1))
        }) {
      double inverse = followed.inverseMatrix().get(0, 0);
      assertTrue(inverse > 0 && inverse <= Double.MAX_VALUE);
    }
  }
}
