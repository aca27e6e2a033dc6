package eigengrad.grad.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eigengrad.grad.InverseGap;
import eigengrad.grad.ProjectorGradient;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenProjector;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.SymmetricEigen;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadingProjectorTest {
  private static final DenseMatrix M = withSpectrum(1, 0.5, 1, 1.5, 2, 5);

  @Test
  void forward_fixedOrEnergy_isTheProjectorOfProjectorGradient() {
    Eigendecomposition eigen = SymmetricEigen.decompose(M);
    DenseMatrix s = gaussian(5, 5, 2).symmetricPart();
    InverseGap rule = InverseGap.lorentzian(1e-3);
    for (ComponentCount count : List.of(ComponentCount.fixed(2), ComponentCount.energy(0.7))) {
      LeadingProjector.Pass pass = LeadingProjector.with(rule).forward(M, count);
      IndexRange kept = IndexRange.largest(2);
      assertEquals(2, pass.components());
      assertEquals(ProjectorGradient.projector(eigen, kept), pass.matrix());
      assertEquals(ProjectorGradient.backward(eigen, kept, rule, s), pass.backward(s));
      assertEquals(
          ProjectorGradient.backward(eigen, kept, InverseGap.analytic(), s),
          LeadingProjector.exact().forward(M, count).backward(s));
    }
  }

  @Test
  void forward_allComponents_isTheIdentityWithoutGradient() {
    LeadingProjector.Pass pass = LeadingProjector.exact().forward(M, ComponentCount.fixed(5));
    assertEquals(0, pass.matrix().minus(DenseMatrix.identity(5)).maxAbs(), 1e-14);
    assertEquals(0, pass.backward(gaussian(5, 5, 3).symmetricPart()).maxAbs());
  }

  @Test
  void anything_badArguments_areRefusedByName() {
    ComponentCount two = ComponentCount.fixed(2);
    for (LeadingProjector projector :
        List.of(
            LeadingProjector.exact(),
            LeadingProjector.with(InverseGap.clipped(1e6)),
            new EigenProjector(DifferentiableEigen.analytic(Precision.FLOAT64)))) {
      assertRefused("got 6", () -> projector.forward(M, ComponentCount.fixed(6)));
      assertRefused(
          "at least one row, got 0×0",
          () -> projector.forward(DenseMatrix.identity(0), ComponentCount.energy(1)));
      assertThrows(IllegalArgumentException.class, () -> projector.forward(gaussian(3, 3, 4), two));
      assertThrows(IllegalArgumentException.class, () -> projector.forward(gaussian(3, 4, 4), two));
      assertThrows(
          IllegalArgumentException.class,
          () -> projector.forward(DenseMatrix.diagonal(1, Double.NaN, 2), two));
      LeadingProjector.Pass pass = projector.forward(M, two);
      assertRefused("otangent must be 5×5, got 4×4", () -> pass.backward(DenseMatrix.identity(4)));
      assertRefused(
          "must be finite", () -> pass.backward(DenseMatrix.diagonal(1, 2, Double.NaN, 4, 5)));
    }
  }
}
