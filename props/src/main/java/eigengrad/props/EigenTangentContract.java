package eigengrad.props;

import eigengrad.grad.EigenTangent;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What forward and reverse mode of one rule must satisfy together, beside {@link
 * EigenGradientContract}: each is the transpose of the other.
 */
public interface EigenTangentContract extends EigenGradientContract {

  /**
   * Your forward mode.
   *
   * @param eigen the decomposition of M, n×n
   * @param direction dM, n×n symmetric; not to be modified
   * @return dλ and dV
   */
  EigenTangent along(Eigendecomposition eigen, DenseMatrix direction);

  /**
   * ⟨∂L/∂λ, dλ⟩ + ⟨∂L/∂V, dV⟩ = ⟨∂L/∂M, dM⟩.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void tangent_anyDirection_isTheTransposeOfTheGradient(
      @ForAll("separated") GradientSample sample, @ForAll("seeds") long seed) {
    int n = sample.size();
    DenseMatrix direction = SymmetricMatrices.gaussian(n, n, seed).symmetricPart();
    double[] c = sample.valueCotangent();
    DenseMatrix g = sample.vectorCotangent();
    EigenTangent tangent = along(sample.eigen(), direction);
    double forward =
        IntStream.range(0, n).mapToDouble(j -> c[j] * tangent.values()[j]).sum()
            + Differences.inner(g, tangent.vectors());
    DenseMatrix gradient = backward(sample.eigen(), c, g);
    double size =
        g.frobeniusNorm() * tangent.vectors().frobeniusNorm()
            + gradient.frobeniusNorm() * direction.frobeniusNorm();
    double difference = Math.abs(forward - Differences.inner(gradient, direction));
    Limit.ADJOINT.require(
        difference == 0 ? 0 : difference / size, sample + ", direction of seed " + seed);
  }
}
