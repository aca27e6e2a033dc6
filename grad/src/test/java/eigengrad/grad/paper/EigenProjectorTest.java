package eigengrad.grad.paper;

import static eigengrad.grad.Samples.directional;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.inner;
import static eigengrad.grad.Samples.random;
import static eigengrad.grad.Samples.relativeDifference;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.linalg.DenseMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EigenProjectorTest {
  private static final DenseMatrix M = withSpectrum(1, 0.2, 0.5, 1, 1.4, 2);
  private static final DenseMatrix S = gaussian(5, 5, 2).symmetricPart();

  private static LeadingProjector.Pass pass(DifferentiableEigen eigen, int k) {
    return new EigenProjector(eigen).forward(M, ComponentCount.fixed(k));
  }

  private static DenseMatrix exact(int k, InverseGap rule) {
    return LeadingProjector.with(rule).forward(M, ComponentCount.fixed(k)).backward(S);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void forward_everyMethod_isTheExactProjector(int k) {
    DenseMatrix expected = LeadingProjector.exact().forward(M, ComponentCount.fixed(k)).matrix();
    for (DifferentiableEigen eigen :
        List.of(
            DifferentiableEigen.analytic(Precision.FLOAT64),
            DifferentiableEigen.hybrid(19, Precision.FLOAT64),
            DifferentiableEigen.deflatedPowerIteration(200, random(3), Precision.FLOAT64))) {
      LeadingProjector.Pass pass = pass(eigen, k);
      assertEquals(k, pass.components());
      assertTrue(relativeDifference(expected, pass.matrix()) <= 1e-12);
      assertEquals(pass.matrix(), pass.matrix().transpose());
    }
  }

  /** Pairs of kept vectors cancel, whatever the rule's coefficients. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void backward_exactMethods_isTheProjectorsGradientByTheirRule(int k) {
    DenseMatrix analytic = pass(DifferentiableEigen.analytic(Precision.FLOAT64), k).backward(S);
    assertTrue(relativeDifference(exact(k, InverseGap.analytic()), analytic) <= 1e-12);
    for (int terms : new int[] {1, 5, 19}) {
      DenseMatrix hybrid =
          pass(DifferentiableEigen.hybrid(terms, Precision.FLOAT64), k).backward(S);
      DenseMatrix expected = exact(k, InverseGap.powerIteration(terms));
      assertTrue(relativeDifference(expected, hybrid) <= 1e-12);
      assertEquals(hybrid, hybrid.transpose());
    }
  }

  @Test
  void backward_allVectorsKept_isZeroToRounding() {
    for (DifferentiableEigen eigen :
        List.of(
            DifferentiableEigen.analytic(Precision.FLOAT64),
            DifferentiableEigen.hybrid(19, Precision.FLOAT64))) {
      assertEquals(0, pass(eigen, 5).backward(S).maxAbs(), 1e-13);
    }
  }

  /** Not of what it converges to, but of the steps as they are. */
  @ParameterizedTest
  @ValueSource(ints = {3, 19})
  void backward_powerIteration_isTheDerivativeOfItsSteps(int steps) {
    LeadingProjector.Pass pass =
        pass(DifferentiableEigen.deflatedPowerIteration(steps, random(4), Precision.FLOAT64), 2);
    DenseMatrix gradient = pass.backward(S);
    for (int seed = 0; seed < 5; seed++) {
      DenseMatrix direction = gaussian(5, 5, 10 + seed).symmetricPart();
      double expected =
          directional(
              m ->
                  inner(
                      S,
                      new EigenProjector(
                              DifferentiableEigen.deflatedPowerIteration(
                                  steps, random(4), Precision.FLOAT64))
                          .forward(m, ComponentCount.fixed(2))
                          .matrix()),
              M,
              direction,
              1e-4);
      assertEquals(expected, inner(gradient, direction), 1e-7 * gradient.frobeniusNorm());
    }
  }

  /** Two kept vectors tie, which P does not see. */
  @Test
  void backward_tieAmongTheKept_isNoneOfTheHybridMethod() {
    DenseMatrix tied = withSpectrum(9, 1, 2, 2);
    ComponentCount two = ComponentCount.fixed(2);
    DenseMatrix s = gaussian(3, 3, 5).symmetricPart();
    DenseMatrix expected = LeadingProjector.exact().forward(tied, two).backward(s);
    DenseMatrix hybrid =
        new EigenProjector(DifferentiableEigen.hybrid(100, Precision.FLOAT64))
            .forward(tied, two)
            .backward(s);
    assertTrue(relativeDifference(expected, hybrid) <= 1e-12);
  }

  @Test
  void backward_tieAcrossTheEdge_isBoundedByTheHybridMethod() {
    DenseMatrix tied = DenseMatrix.diagonal(2, 1, 1);
    ComponentCount two = ComponentCount.fixed(2);
    LeadingProjector.Pass svd =
        new EigenProjector(DifferentiableEigen.analytic(Precision.FLOAT64)).forward(tied, two);
    DenseMatrix s = gaussian(3, 3, 6).symmetricPart();
    assertThrows(NonFiniteException.class, () -> svd.backward(s));
    DenseMatrix hybrid =
        new EigenProjector(DifferentiableEigen.hybrid(19, Precision.FLOAT64))
            .forward(tied, two)
            .backward(s);
    assertTrue(hybrid.frobeniusNorm() <= 2 * 19 * s.frobeniusNorm());
  }

  /** The values are those that the method finds; it is asked for all of them. */
  @Test
  void forward_energy_countsByTheMethodsOwnValues() {
    for (DifferentiableEigen eigen :
        List.of(
            DifferentiableEigen.hybrid(19, Precision.FLOAT64),
            DifferentiableEigen.deflatedPowerIteration(100, random(7), Precision.FLOAT64))) {
      EigenProjector projector = new EigenProjector(eigen);
      // 2 and 1.4 of a trace of 5.1.
      LeadingProjector.Pass pass = projector.forward(M, ComponentCount.energy(0.65));
      assertEquals(2, pass.components());
      DenseMatrix expected = exact(2, InverseGap.analytic());
      double limit = eigen instanceof ExactEigen ? 0.1 : 1e-6;
      assertTrue(relativeDifference(expected, pass.backward(S)) <= limit);
      assertEquals(3, projector.forward(M, ComponentCount.energy(0.7)).components());
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void forward_zeroMatrix_isFinite(Precision precision) {
    DenseMatrix zero = DenseMatrix.wrap(3, 3, new double[9]);
    for (DifferentiableEigen eigen :
        List.of(
            DifferentiableEigen.hybrid(19, precision),
            DifferentiableEigen.deflatedPowerIteration(19, random(8), precision))) {
      for (ComponentCount count : List.of(ComponentCount.fixed(2), ComponentCount.energy(0.9))) {
        LeadingProjector.Pass pass = new EigenProjector(eigen).forward(zero, count);
        assertTrue(pass.components() <= 2);
        assertTrue(pass.matrix().maxAbs() <= 1);
      }
    }
  }
}
