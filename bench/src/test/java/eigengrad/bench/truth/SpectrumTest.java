package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.SpectralFunction;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class SpectrumTest {
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);

  @Test
  void of_valuesOfBothSigns_largestMagnitudeComesFirst() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(1, -3, 0.1));
    Spectrum spectrum = Spectrum.of(eigen, Precision.FLOAT64);
    assertArrayEquals(new double[] {-3, 1, 0.1}, spectrum.values());
    assertArrayEquals(new double[] {0, 1, 0}, spectrum.vectors().column(0));
    assertEquals((double) 0.1f, Spectrum.of(eigen, Precision.FLOAT32).values()[2]);
  }

  /** M^(−1/2) and the projector, ties among them, against central differences of the function. */
  @Test
  void gradient_inverseRootWithATie_agreesWithDifferences() {
    DenseMatrix m = Covariances.withSpectrum(new double[] {2, 1, 1, 0.5}, random);
    DenseMatrix s = Covariances.gaussian(4, random);
    DenseMatrix direction = Covariances.gaussian(4, random);
    double step = 1e-5;
    double difference =
        (lossOfRoot(m.plusScaled(step, direction), s)
                - lossOfRoot(m.plusScaled(-step, direction), s))
            / (2 * step);
    Spectrum spectrum = Spectrum.of(SymmetricEigen.decompose(m), Precision.FLOAT64);
    double derivative =
        inner(spectrum.gradient(InverseRoot.WHOLE, s, Precision.FLOAT64), direction);
    assertEquals(difference, derivative, 1e-8 * Math.abs(difference));
  }

  @Test
  void gradient_projectorWithATieInside_agreesWithDifferences() {
    DenseMatrix m = Covariances.withSpectrum(new double[] {2, 2, 1, 0.5}, random);
    DenseMatrix s = Covariances.gaussian(4, random);
    DenseMatrix direction = Covariances.gaussian(4, random);
    double step = 1e-5;
    double difference =
        (lossOfProjector(m.plusScaled(step, direction), s)
                - lossOfProjector(m.plusScaled(-step, direction), s))
            / (2 * step);
    Spectrum spectrum = Spectrum.of(SymmetricEigen.decompose(m), Precision.FLOAT64);
    LeadingProjector projector = new LeadingProjector(2);
    double derivative = inner(spectrum.gradient(projector, s, Precision.FLOAT64), direction);
    assertEquals(difference, derivative, 1e-8 * Math.abs(difference));
    assertEquals(derivative, inner(projector.exact(m, s), direction), 1e-12);
  }

  @Test
  void gradient_float32_isStoredAsFloatsAndNear() {
    DenseMatrix m = Covariances.withSpectrum(new double[] {2, 1, 1, 0.5}, random);
    DenseMatrix s = Covariances.gaussian(4, random);
    Spectrum spectrum = Spectrum.of(SymmetricEigen.decompose(m), Precision.FLOAT32);
    DenseMatrix exact = InverseRoot.WHOLE.exact(m, s);
    DenseMatrix computed = spectrum.gradient(InverseRoot.WHOLE, s, Precision.FLOAT32);
    assertTrue(computed.minus(exact).frobeniusNorm() < 1e-5 * exact.frobeniusNorm());
    for (double x : computed.columnMajor()) {
      assertEquals((float) x, x);
    }
  }

  private static double lossOfRoot(DenseMatrix m, DenseMatrix s) {
    return inner(SpectralFunction.inverseSquareRoot().forward(m).matrix(), s);
  }

  private static double lossOfProjector(DenseMatrix m, DenseMatrix s) {
    Spectrum spectrum = Spectrum.of(SymmetricEigen.decompose(m), Precision.FLOAT64);
    double loss = 0;
    for (int k = 0; k < 2; k++) {
      DenseMatrix v = DenseMatrix.wrap(4, 1, spectrum.vectors().column(k));
      loss += inner(v.times(v.transpose()), s);
    }
    return loss;
  }

  private static double inner(DenseMatrix a, DenseMatrix b) {
    double sum = 0;
    for (int i = 0; i < a.columnMajor().length; i++) {
      sum += a.columnMajor()[i] * b.columnMajor()[i];
    }
    return sum;
  }
}
