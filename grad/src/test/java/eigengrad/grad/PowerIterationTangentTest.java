package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.SymmetricProduct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerIterationTangentTest {

  /** Positive definite, condition number 100, evenly spaced. */
  private static DenseMatrix covariance(int n) {
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = 0.02 + 1.98 * (j + 1) / n;
    }
    return withSpectrum(1, values);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 19, 100})
  void along_leadingPairs_isTheClosedForm(int terms) {
    for (int n : new int[] {1, 2, 6, 33, 70}) {
      DenseMatrix m = covariance(n);
      DenseMatrix direction = gaussian(n, n, 2).symmetricPart();
      for (int k : new int[] {1, 2, 4, n}) {
        if (k <= n) {
          IndexRange range = IndexRange.largest(k);
          EigenTangent expected =
              EigenTangent.along(
                  SymmetricEigen.decompose(m), range, InverseGap.powerIteration(terms), direction);
          EigenTangent actual =
              PowerIterationTangent.along(m, SymmetricEigen.decompose(m, range), terms, direction);
          String where = "n = " + n + ", k = " + k;
          assertArrayEquals(expected.values(), actual.values(), 1e-12 * n, where);
          double size = expected.vectors().frobeniusNorm();
          double difference = expected.vectors().minus(actual.vectors()).frobeniusNorm();
          assertTrue(difference <= 1e-11 * (size + terms), where + ": " + difference);
        }
      }
    }
  }

  @Test
  void along_usersProducts_isTheTransposeOfTheGradient() {
    int n = 9;
    int k = 3;
    DenseMatrix m = covariance(n);
    DenseMatrix direction = gaussian(n, n, 3).symmetricPart();
    PartialEigendecomposition pairs = SymmetricEigen.decompose(m, IndexRange.largest(k));
    double[] c = gaussian(k, 1, 4).toArray();
    DenseMatrix g = gaussian(n, k, 5);
    EigenTangent tangent =
        PowerIterationTangent.along(
            (x, y) -> multiply(m, x, y),
            pairs.values(),
            pairs.vectors(),
            7,
            (x, y) -> multiply(direction, x, y));
    DenseMatrix gradient = PowerIterationGradient.backward(m, pairs, 7, c, g);
    double forward =
        inner(DenseMatrix.wrap(k, 1, c), DenseMatrix.wrap(k, 1, tangent.values()))
            + inner(g, tangent.vectors());
    double size = gradient.frobeniusNorm() * direction.frobeniusNorm();
    assertEquals(inner(gradient, direction), forward, 1e-13 * size);
  }

  private static void multiply(DenseMatrix matrix, double[] x, double[] y) {
    DenseMatrix product = matrix.times(DenseMatrix.wrap(x.length, 1, x));
    System.arraycopy(product.columnMajor(), 0, y, 0, y.length);
  }

  @Test
  void along_knownValuesFarApart_roundingDoesNotGrow() {
    DenseMatrix m = withSpectrum(7, 0.004, 0.006, 0.008, 0.01, 1);
    DenseMatrix direction = gaussian(5, 5, 8).symmetricPart();
    IndexRange range = IndexRange.largest(2);
    EigenTangent expected =
        EigenTangent.along(
            SymmetricEigen.decompose(m), range, InverseGap.powerIteration(19), direction);
    EigenTangent actual =
        PowerIterationTangent.along(m, SymmetricEigen.decompose(m, range), 19, direction);
    assertTrue(relativeDifference(expected.vectors(), actual.vectors()) <= 1e-10);
  }

  @Test
  void along_noPairs_isEmpty() {
    DenseMatrix m = covariance(3);
    EigenTangent tangent =
        PowerIterationTangent.along(m, SymmetricEigen.decompose(m, IndexRange.largest(0)), 19, m);
    assertEquals(0, tangent.values().length);
    assertEquals(DenseMatrix.wrap(3, 0, new double[0]), tangent.vectors());
  }

  @Test
  void badArguments_areRefusedByName() {
    DenseMatrix m = covariance(3);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(m, IndexRange.largest(2));
    assertRefused("terms K must be ≥ 1, got 0", () -> PowerIterationTangent.along(m, pairs, 0, m));
    assertRefused("order 3, got 4", () -> PowerIterationTangent.along(covariance(4), pairs, 19, m));
    assertRefused(
        "direction must be 3×3, got 4×4",
        () -> PowerIterationTangent.along(m, pairs, 19, covariance(4)));
    assertRefused("symmetric", () -> PowerIterationTangent.along(m, pairs, 19, gaussian(3, 3, 1)));
    SymmetricProduct product = SymmetricProduct.of(m);
    assertRefused(
        "0 at index 1",
        () ->
            PowerIterationTangent.along(
                product, new double[] {1, 0}, pairs.vectors(), 19, product));
  }
}
