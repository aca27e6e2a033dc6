package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSingularValues;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;
import eigengrad.linalg.SvdOptions;
import eigengrad.linalg.SvdShape;
import eigengrad.linalg.SvdSolver;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvdGradientTest {
  private static final InverseGap ANALYTIC = InverseGap.analytic();
  private static final MathContext DIGITS = new MathContext(120);

  private static double[] descending(int k) {
    double[] values = new double[k];
    Arrays.setAll(values, j -> 2.5 - 0.4 * j);
    return values;
  }

  private static void requireDifferences(DenseMatrix a, SvdLoss loss, double h) {
    DenseMatrix gradient = loss.gradient(Svd.decompose(a), ANALYTIC);
    for (int seed = 0; seed < 4; seed++) {
      DenseMatrix direction = gaussian(a.rows(), a.columns(), 10 + seed);
      double expected = directional(x -> loss.of(Svd.decompose(x)), a, direction, h);
      assertEquals(
          expected,
          inner(gradient, direction),
          1e-7 * gradient.frobeniusNorm() * direction.frobeniusNorm());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "4, 1", "5, 5", "9, 5", "5, 9"})
  void backward_distinctValues_agreesWithDifferences(int m, int n) {
    int k = Math.min(m, n);
    double[] weights = new double[k];
    Arrays.setAll(weights, j -> 1.5 - 0.3 * j);
    requireDifferences(withSingularValues(1, m, n, descending(k)), SvdLoss.of(m, n, weights), 1e-4);
  }

  /** 1/(σᵢ + σⱼ) overflows there, and counts for nothing where there is nothing to weigh. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-310})
  void backward_multipleOfTheIdentity_isTheValuesCotangentAtAnyScale(double scale) {
    SingularValueDecomposition svd = Svd.decompose(DenseMatrix.diagonal(scale, scale, scale));
    DenseMatrix symmetric = DenseMatrix.ofRows(new double[][] {{1, 2, 3}, {2, 4, 5}, {3, 5, 6}});
    DenseMatrix cotangent = svd.leftVectors().times(symmetric);
    DenseMatrix gradient =
        SvdGradient.backward(
            svd,
            InverseGap.powerIteration(19),
            cotangent,
            new double[] {7, 7, 7},
            svd.rightVectors().times(symmetric));
    DenseMatrix expected = DenseMatrix.diagonal(7, 7, 7);
    assertTrue(expected.minus(gradient).maxAbs() <= 1e-14, () -> "" + gradient);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "8, 5", "5, 8"})
  void backward_lossOfSpansWhereValuesTieAndVanish_agreesWithDifferences(int m, int n) {
    requireDifferences(
        withSingularValues(2, m, n, 2, 2, 1, 0, 0), SvdLoss.of(m, n, 1, 1, 0.5, 0, 0), 1e-4);
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void along_anyRule_isTheTransposeOfBackward(InverseGap rule) {
    boolean bounded = rule.bound(1, 1) < Double.POSITIVE_INFINITY;
    double[] values = bounded ? new double[] {2, 2, 1, 0.3, 0, 0} : descending(6);
    for (int[] shape : new int[][] {{6, 6}, {11, 6}, {6, 11}}) {
      int m = shape[0];
      int n = shape[1];
      SingularValueDecomposition svd = Svd.decompose(withSingularValues(3, m, n, values));
      DenseMatrix g = gaussian(m, 6, 4);
      double[] c = gaussian(6, 1, 5).toArray();
      DenseMatrix h = gaussian(n, 6, 6);
      DenseMatrix direction = gaussian(m, n, 7);
      DenseMatrix gradient = SvdGradient.backward(svd, rule, g, c, h);
      SvdTangent tangent = SvdTangent.along(svd, rule, direction);
      double expected = inner(g, tangent.left()) + inner(h, tangent.right());
      for (int j = 0; j < 6; j++) {
        expected += c[j] * tangent.values()[j];
      }
      assertEquals(
          expected,
          inner(gradient, direction),
          1e-13 * gradient.frobeniusNorm() * direction.frobeniusNorm());
      double[] alone = SvdTangent.valuesAlong(svd, direction);
      for (int j = 0; j < 6; j++) {
        assertEquals(tangent.values()[j], alone[j], 1e-14 * direction.frobeniusNorm());
      }
      DenseMatrix sum =
          SvdGradient.backwardLeft(svd, rule, g)
              .plus(SvdGradient.backwardRight(svd, rule, h))
              .plus(SvdGradient.backwardValues(svd, c));
      assertTrue(relativeDifference(sum, gradient) <= 1e-13);
    }
  }

  /** An orthogonal matrix whose elements are doubles: ½ times one of Hadamard's. */
  private static DenseMatrix hadamard(int turn) {
    double[] elements = new double[16];
    for (int i = 0; i < 16; i++) {
      int row = (i % 4 + turn) % 4;
      elements[i] = Integer.bitCount(row & (i / 4)) % 2 == 0 ? 0.5 : -0.5;
    }
    return DenseMatrix.wrap(4, 4, elements);
  }

  private static BigDecimal[][] exact(DenseMatrix a) {
    BigDecimal[][] result = new BigDecimal[a.rows()][a.columns()];
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.columns(); j++) {
        result[i][j] = new BigDecimal(a.get(i, j));
      }
    }
    return result;
  }

  private static BigDecimal[][] product(BigDecimal[][] a, BigDecimal[][] b) {
    BigDecimal[][] result = new BigDecimal[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int l = 0; l < b.length; l++) {
          sum = sum.add(a[i][l].multiply(b[l][j]), DIGITS);
        }
        result[i][j] = sum;
      }
    }
    return result;
  }

  /** The gradient with respect to a square A, in 120 digits. */
  private static DenseMatrix exactGradient(
      double[] sigma, DenseMatrix u, DenseMatrix v, DenseMatrix g, DenseMatrix h) {
    BigDecimal[][] ofU = product(exact(u.transpose()), exact(g));
    BigDecimal[][] ofV = product(exact(v.transpose()), exact(h));
    BigDecimal[][] core = new BigDecimal[4][4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        BigDecimal a = new BigDecimal(sigma[i]);
        BigDecimal b = new BigDecimal(sigma[j]);
        BigDecimal s = ofU[i][j].subtract(ofU[j][i]);
        BigDecimal t = ofV[i][j].subtract(ofV[j][i]);
        core[i][j] =
            i == j
                ? BigDecimal.ZERO
                : s.add(t)
                    .divide(b.subtract(a), DIGITS)
                    .add(s.subtract(t).divide(a.add(b), DIGITS))
                    .divide(BigDecimal.TWO);
      }
    }
    BigDecimal[][] gradient = product(product(exact(u), core), exact(v.transpose()));
    double[] elements = new double[16];
    Arrays.setAll(elements, l -> gradient[l % 4][l / 4].doubleValue());
    return DenseMatrix.wrap(4, 4, elements);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-6, 1e-9, 1e-12})
  void backward_nearTiesAndZeros_agreesWithArithmeticOf120Digits(double gap) {
    DenseMatrix u = hadamard(1);
    DenseMatrix v = hadamard(2);
    double[] sigma = {1 + gap, 1, 3 * gap, gap};
    SingularValueDecomposition svd = SingularValueDecomposition.of(sigma, u, v);
    // 26 bits each: products with ±½ are exact, and no rounding comes before the division.
    DenseMatrix g = rounded(gaussian(4, 4, 20));
    DenseMatrix h = rounded(gaussian(4, 4, 21));
    DenseMatrix expected = exactGradient(sigma, u, v, g, h);
    DenseMatrix actual = SvdGradient.backwardVectors(svd, ANALYTIC.withTieTolerance(0), g, h);
    assertTrue(relativeDifference(expected, actual) <= 1e-15);
  }

  private static DenseMatrix rounded(DenseMatrix a) {
    double[] elements = a.toArray();
    Arrays.setAll(elements, i -> Math.rint(elements[i] * 0x1p26) * 0x1p-26);
    return DenseMatrix.wrap(a.rows(), a.columns(), elements);
  }

  @Test
  void backward_pairsWithoutCotangents_doNotMatter() {
    for (int[] shape : new int[][] {{5, 5}, {7, 5}, {5, 7}}) {
      DenseMatrix a = withSingularValues(30, shape[0], shape[1], 3, 2, 1, 0, 0);
      SingularValueDecomposition svd = Svd.decompose(a);
      double[] zeros = {svd.value(0), svd.value(1), svd.value(1), 0, 0};
      SingularValueDecomposition tied =
          SingularValueDecomposition.of(zeros, svd.leftVectors(), svd.rightVectors());
      DenseMatrix g = firstColumn(shape[0]);
      DenseMatrix h = firstColumn(shape[1]);
      DenseMatrix gradient = SvdGradient.backwardVectors(tied, ANALYTIC, g, h);
      assertTrue(gradient.frobeniusNorm() > 0);
      DiagnosedGradient diagnosed = SvdGradient.diagnosed(tied, ANALYTIC, g, new double[5], h);
      assertEquals(gradient, diagnosed.gradient());
      assertEquals(0, diagnosed.gaugeDependence(), 1e-16);
      assertEquals(0, diagnosed.smallestRelativeGap());
      assertEquals(1 / (zeros[0] - zeros[1]), diagnosed.largestCoefficient(), 1e-12);
    }
  }

  private static DenseMatrix firstColumn(int rows) {
    double[] elements = new double[5 * rows];
    System.arraycopy(gaussian(rows, 1, 31).columnMajor(), 0, elements, 0, rows);
    return DenseMatrix.wrap(rows, 5, elements);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e150, 1e-150, 0x1p40, 0x1p-1000})
  void backward_scaledMatrix_isTheGradientDividedByTheScale(double scale) {
    DenseMatrix a = withSingularValues(40, 7, 4, 2, 1.5, 1, 0.1);
    DenseMatrix g = gaussian(7, 4, 41);
    DenseMatrix h = gaussian(4, 4, 42);
    for (InverseGap rule : Samples.rules().toList()) {
      DenseMatrix expected = SvdGradient.backwardVectors(Svd.decompose(a), rule, g, h);
      DenseMatrix actual =
          SvdGradient.backwardVectors(Svd.decompose(a.times(scale)), rule, g, h).times(scale);
      assertTrue(relativeDifference(expected, actual) <= 1e-12, rule.toString());
    }
  }

  @Test
  void backward_fullVectors_countAsThin() {
    DenseMatrix a = withSingularValues(50, 7, 4, 2, 1.5, 1, 0.1);
    SvdSolver full = new SvdSolver(SvdOptions.DEFAULT.withShape(SvdShape.FULL));
    SvdLoss loss = SvdLoss.of(7, 4, 1, 2, 3, 4);
    SingularValueDecomposition thin = Svd.decompose(a);
    DenseMatrix expected = loss.gradient(thin, ANALYTIC);
    DenseMatrix actual =
        SvdGradient.backward(
            full.decompose(a), ANALYTIC, loss.left(thin), loss.values(thin), loss.right(thin));
    assertTrue(relativeDifference(expected, actual) <= 1e-14);
  }

  @Test
  void backward_emptyMatrix_isEmpty() {
    for (int[] shape : new int[][] {{0, 0}, {3, 0}, {0, 3}}) {
      DenseMatrix a = DenseMatrix.wrap(shape[0], shape[1], new double[0]);
      SingularValueDecomposition svd = Svd.decompose(a);
      DenseMatrix g = DenseMatrix.wrap(shape[0], 0, new double[0]);
      DenseMatrix h = DenseMatrix.wrap(shape[1], 0, new double[0]);
      assertEquals(a, SvdGradient.backwardVectors(svd, ANALYTIC, g, h));
      assertEquals(g, SvdTangent.along(svd, ANALYTIC, a).left());
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "6, 4", "4, 6"})
  void backward_lossOfABasisWithinATie_isRefusedAndRightWithoutThatPart(int m, int n) {
    for (double[] values : new double[][] {{2, 1, 1, 0.5}, {2, 1, 0, 0}}) {
      SingularValueDecomposition svd = Svd.decompose(withSingularValues(60, m, n, values));
      DenseMatrix g = inTheBasis(svd.leftVectors(), 61);
      DenseMatrix h = inTheBasis(svd.rightVectors(), 62);
      NonFiniteException failure =
          assertThrows(
              NonFiniteException.class, () -> SvdGradient.backwardVectors(svd, ANALYTIC, g, h));
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.contains("within the tie of singular values"), message);
      assertTrue(message.contains("SvdGauge.independentPart"), message);
      SvdGauge.VectorCotangents part = SvdGauge.independentPart(svd, g, h);
      DenseMatrix gradient = SvdGradient.backwardVectors(svd, ANALYTIC, part.left(), part.right());
      DiagnosedGradient diagnosed = SvdGradient.diagnosed(svd, ANALYTIC, g, new double[4], h);
      assertTrue(relativeDifference(gradient, diagnosed.gradient()) <= 1e-12);
      // of.
      assertTrue(diagnosed.gaugeDependence() > 0.01);
      assertTrue(SvdGauge.dependence(svd, part.left(), part.right()) <= 1e-15);
      SvdGradient.backwardVectors(svd, InverseGap.powerIteration(19), g, h);
    }
  }

  /** Its part along the vectors is the same whichever basis a solver gives within a tie. */
  private static DenseMatrix inTheBasis(DenseMatrix vectors, int seed) {
    DenseMatrix any = gaussian(vectors.rows(), vectors.columns(), seed);
    DenseMatrix along = gaussian(vectors.columns(), vectors.columns(), seed + 100);
    return any.plusScaled(1, vectors.times(along.minus(vectors.transpose().times(any))));
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "6, 4", "4, 6"})
  void along_directionThatSplitsATie_isRefusedAndRightWithoutThatPart(int m, int n) {
    for (double[] values : new double[][] {{2, 1, 1, 0.5}, {2, 1, 0, 0}}) {
      SingularValueDecomposition svd = Svd.decompose(withSingularValues(63, m, n, values));
      DenseMatrix direction = gaussian(m, n, 64);
      NonFiniteException failure =
          assertThrows(NonFiniteException.class, () -> SvdTangent.along(svd, ANALYTIC, direction));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("SvdGauge.independentDirection"),
          failure.getMessage());
      DenseMatrix part = SvdGauge.independentDirection(svd, direction, Gauge.tieTolerance(6));
      SvdTangent tangent = SvdTangent.along(svd, ANALYTIC, part);
      SvdTangent open = SvdTangent.along(svd, InverseGap.clipped(1e15), direction);
      assertTrue(relativeDifference(open.left(), tangent.left()) <= 1e-12);
      assertTrue(relativeDifference(open.right(), tangent.right()) <= 1e-12);
    }
  }

  @Test
  void backward_valuesCotangentsThatDifferWithinATie_areRefusedBesideVectors() {
    SingularValueDecomposition svd = Svd.decompose(withSingularValues(65, 5, 4, 2, 1, 1, 0));
    SvdLoss loss = SvdLoss.of(5, 4, 1, 1, 1, 0);
    double[] c = {1, 2, 3, 4};
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () -> SvdGradient.backward(svd, ANALYTIC, loss.left(svd), c, loss.right(svd)));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("SingularFunction's gradient"),
        failure.getMessage());
    SvdGradient.backward(svd, ANALYTIC, loss.left(svd), new double[] {1, 2, 2, 9}, loss.right(svd));
  }

  @Test
  void badArguments_areRefused() {
    DenseMatrix a = withSingularValues(70, 5, 3, 3, 2, 1);
    SingularValueDecomposition svd = Svd.decompose(a);
    DenseMatrix g = gaussian(5, 3, 71);
    DenseMatrix h = gaussian(3, 3, 72);
    assertRefused(
        "leftCotangent must be 5×3", () -> SvdGradient.backwardVectors(svd, ANALYTIC, h, h));
    assertRefused(
        "rightCotangent must be 3×3", () -> SvdGradient.backwardVectors(svd, ANALYTIC, g, g));
    assertRefused(
        "valueCotangent must have 3 elements",
        () -> SvdGradient.backwardValues(svd, new double[2]));
    assertRefused("direction must be 5×3", () -> SvdTangent.along(svd, ANALYTIC, h));
    SingularValueDecomposition largest = Svd.decompose(a, 2);
    assertRefused(
        "all 3 singular values",
        () -> SvdGradient.backwardLeft(largest, ANALYTIC, gaussian(5, 2, 73)));
    SvdGradient.backwardValues(largest, new double[2]);
    SvdTangent.valuesAlong(largest, a);
  }
}
