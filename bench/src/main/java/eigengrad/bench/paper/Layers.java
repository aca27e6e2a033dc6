package eigengrad.bench.paper;

import eigengrad.grad.layers.PcaDenoising;
import eigengrad.grad.layers.PcaSettings;
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
  private Layers() {}

  /** The layer in its initial state. */
  static Normalization create(int channels, RunSettings run) {
    return switch (run.layer()) {
      case Layer.BatchNorm norm ->
          LibraryLayer.of("batch norm", new ZcaWhitening(WhiteningSettings.ofPaper(channels, 1)));
      case Layer.Zca zca ->
          LibraryLayer.of(
              "whitening",
              new ZcaWhitening(
                  WhiteningSettings.ofPaper(channels, zca.groupSize()),
                  zca.route().root(zca.kept(), run.seed())));
      case Layer.Pca pca ->
          LibraryLayer.of(
              "denoising",
              new PcaDenoising(
                  PcaSettings.ofPaper(channels, pca.kept()), pca.route().projector(run.seed())));
    };
  }
}
