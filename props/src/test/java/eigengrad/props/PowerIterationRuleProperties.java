package eigengrad.props;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.EigenTangent;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import net.jqwik.api.Arbitrary;

/** The closed form. */
class PowerIterationRuleProperties implements PowerIterationContract, EigenTangentContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, int terms, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return EigenGradient.backward(
        eigen, InverseGap.powerIteration(terms), valueCotangent, vectorCotangent);
  }

  @Override
  public EigenTangent along(Eigendecomposition eigen, DenseMatrix direction) {
    return EigenTangent.along(eigen, InverseGap.powerIteration(600), direction);
  }

  /** Zeros and values of both signs too. */
  @Override
  public Arbitrary<GradientSample> hostile() {
    return GradientSample.of(Spectra.hostile(1, 12));
  }
}
