package eigengrad.bench.paper;

import eigengrad.grad.layers.Averaging;
import eigengrad.grad.layers.DenoisingSettings;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.PcaDenoising;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;

/**
 * Makes the layer of a run with the authors' constants, the same for all: ε = 1e-4, running
 * averages with momentum 0.1 that start from 0 and 1.
 *
 * <p>Batch normalisation is ZCA whitening of every channel by itself: M is the variance plus ε, W
 * its inverse root.
 */
final class Layers {
  /** ε of every layer. */
  static final double EPSILON = 1e-4;

  private static final double MOMENTUM = 0.1;

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
            DenoisingSettings.of(channels, pca.kept())
                .withEpsilon(EPSILON)
                .withAveraging(new Averaging.Exponential(MOMENTUM, false));
        yield LibraryLayer.of(
            "denoising", new PcaDenoising(settings, pca.route().projector(run.seed())));
      }
    };
  }

  /** Whitening by a given root, as the paper's authors have it. */
  static LibraryLayer whitening(String name, int channels, int groupSize, InverseSquareRoot root) {
    WhiteningSettings settings =
        WhiteningSettings.ofPaper(channels, groupSize)
            .withEpsilon(EPSILON)
            .withAveraging(new Averaging.Exponential(MOMENTUM, false));
    return LibraryLayer.of(name, new ZcaWhitening(settings, root));
  }
}
