package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What a layer must satisfy beside {@link LayerContract} that knows no axes: ZCA whitening of all
 * channels together turns with its features, batch normalisation and PCA whitening do not.
 */
public interface RotationEquivariantContract extends LayerContract {

  /**
   * Features that are turned come out, and get their gradients, turned alike: Y(QX) = Q Y(X).
   *
   * @param sample what it is checked on
   * @param seed of Q
   */
  @Property
  default void outputAndGradient_turnedFeatures_turnAlike(
      @ForAll("samples") FeatureSample sample, @ForAll("seeds") long seed) {
    DenseMatrix x = sample.features();
    DenseMatrix g = sample.outputGradient();
    DenseMatrix q = SymmetricMatrices.orthogonal(sample.channels(), seed);
    LayerChecks.requireClose(
        q.times(forward(x)), forward(q.times(x)), "features turned by Q", sample);
    LayerChecks.requireClose(
        q.times(backward(x, g)),
        backward(q.times(x), q.times(g)),
        "features and gradients turned by Q",
        sample);
  }
}
