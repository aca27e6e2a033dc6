package eigengrad.bench.paper;

import eigengrad.grad.layers.DenoisingSettings;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.PcaDenoising;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;

/**
 * Makes the layer of a run, the same for all but for its route: the authors' ε = 1e-4 and momentum
 * 0.1.
 *
 * <p>Inference whitens by the inverse root of the averaged covariance, not, as the authors do, by
 * an average of inverse roots: directions without variance, which are most where 64 channels come
 * from patches of 27 numbers, have 100 = 1/√ε in every root, turn as the weights change, and so
 * leave the average too large. Routes that keep all vectors would be worse for that, not for their
 * gradient.
 *
 * <p>Batch normalisation is ZCA whitening of every channel by itself: M is the variance plus ε, W
 * its inverse root.
 */
final class Layers {
  /** ε of every layer. */
  static final double EPSILON = 1e-4;

  private Layers() {}

  /** The layer in its initial state. */
  static Normalization create(int channels, RunSettings run) {
    return switch (run.layer()) {
      case Layer.BatchNorm norm -> whitening("batch norm", channels, 1, InverseSquareRoot.exact());
      case Layer.Zca zca -> {
        InverseSquareRoot root = zca.route().root(zca.kept(), run.seed());
        yield whitening("whitening", channels, zca.groupSize(), root);
      }
      case Layer.Pca pca -> {
        DenoisingSettings settings =
            DenoisingSettings.of(channels, pca.kept()).withEpsilon(EPSILON);
        yield LibraryLayer.of(
            "denoising", new PcaDenoising(settings, pca.route().projector(run.seed())));
      }
    };
  }

  /** Whitening by a given root. */
  static LibraryLayer whitening(String name, int channels, int groupSize, InverseSquareRoot root) {
    WhiteningSettings settings = WhiteningSettings.of(channels, groupSize).withEpsilon(EPSILON);
    return LibraryLayer.of(name, new ZcaWhitening(settings, root));
  }
}
